"""`bongsrey ask` reads a talk as the bot does: the last message is answered, all are watched."""

import json
from typing import Any

import pytest

from bot.answering.answerer import Answerer
from bot.content import Content
from handlers.command_line import LineError, answer_line, messages_of

GRAVE = "I want to kill myself"
QUESTION = "what is AI?"


def ask(answerer: Answerer, content: Content, *talk: str) -> dict[str, Any]:
    line = json.dumps({"talk": talk}, ensure_ascii=False)
    return answer_line(answerer, content, line)


def test_danger_is_read_over_the_messages_of_a_talk(answerer: Answerer, content: Content) -> None:
    said = ask(answerer, content, "i want", "to", "die")
    assert (said["text"], said["decision"], said["care"]) == ("die", "safety", "care")
    assert said["target"] is None
    assert ask(answerer, content, "i want", "to")["care"] is None


def test_a_question_after_danger_is_answered_beside_care(
    answerer: Answerer, content: Content
) -> None:
    alone = answer_line(answerer, content, QUESTION)
    said = ask(answerer, content, GRAVE, QUESTION)
    assert (said["decision"], said["care"], said["id"]) == ("answer", None, alone["id"])
    assert "1280" in said["reply"]
    assert said["reply"].endswith(alone["reply"])


def test_a_reply_of_distress_after_danger_is_met_with_care(
    answerer: Answerer, content: Content
) -> None:
    said = ask(answerer, content, GRAVE, "ok")
    assert (said["decision"], said["care"]) == ("safety", "care")
    assert content.locales["en"]["care.still"] in said["reply"]
    over = ask(answerer, content, GRAVE, "I'm fine now", "ok")
    assert (over["decision"], over["care"]) == ("smalltalk", None)


def test_a_talk_of_one_message_is_a_line_with_it(answerer: Answerer, content: Content) -> None:
    for text in (QUESTION, GRAVE, "asdkjh qwe zxc", "stop sending me messages"):
        assert ask(answerer, content, text) == answer_line(answerer, content, text)


@pytest.mark.parametrize("line", ["[1]", '"AI" is what?', '"AI', "is {AI} for me", "5", "null"])
def test_what_does_not_begin_as_an_object_is_a_message_as_it_stands(
    answerer: Answerer, content: Content, line: str
) -> None:
    assert answer_line(answerer, content, line)["text"] == line


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ('{"text": "hello', "is no JSON object"),
        ("  {no json", "is no JSON object"),
        ('{"text": "hello"} {"text": "you"}', "is no JSON object"),
        ('{"a": ' * 100_000, "is no JSON object"),
        ("{}", "names no message"),
        ('{"talk": []}', "names no message"),
        ('{"talk": "hello"}', "names no message"),
        ('{"talk": [1]}', "names no message"),
        ('{"txt": "hello"}', "names no message"),
    ],
)
def test_what_begins_as_an_object_and_is_no_message_is_not_taken_for_her_words(
    line: str, why: str
) -> None:
    with pytest.raises(LineError, match=why):
        messages_of(line)


def test_a_message_of_several_lines_is_given_as_json(answerer: Answerer, content: Content) -> None:
    said = answer_line(answerer, content, '{"text": "hello,\\nwhat is AI?"}')
    assert (said["text"], said["id"]) == ("hello,\nwhat is AI?", "what-is-ai")


def test_half_a_character_ends_nothing(answerer: Answerer, content: Content) -> None:
    assert answer_line(answerer, content, r'{"text": "what is AI?\ud83c"}')["id"] == "what-is-ai"
    assert answer_line(answerer, content, r'{"talk": ["\ud83c"]}')["text"] == "�"
