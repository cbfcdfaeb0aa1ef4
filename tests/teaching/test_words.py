"""Which words may be kept to learn from: none of danger, none that name or reach a person."""

import pytest

from bot.answering.answerer import Answerer
from bot.content import Content
from bot.teaching import words
from bot.teaching.targets import can_be_learned, can_be_taught, known_ways


@pytest.mark.parametrize(
    "text",
    ["តើ AI ជាអ្វី?", "AI nis jea avey tov bong", "what is AI in grade 12 in 2026", "ចង់រៀន IT នៅណា"],
)
def test_everyday_questions_may_be_kept(text: str, content: Content, answerer: Answerer) -> None:
    assert words.may_be_kept(text, content, answerer)


@pytest.mark.parametrize(
    "text",
    [
        "what is AI, call me 012 345 678", "AI ជាអី ០១២ ៣៤៥ ៦៧៨", "t.me/sreypov what is AI",
        "add me @sreypov", "my name is Pov, what is AI", "ញុំឈ្មោះពៅ AI ជាអី",
        "nhom chmos Pov, AI jea avey", "i live in Kampot near the market, what is AI",
        "អា ឆ្កែ ជាអី", "what the fuck is AI", "you are stupid", "a chkae AI jea avey",
        "can i go back to school after having a baby", "my period is late",
        "i feel so sad and alone", "my father hits me every night", "i want to die", "12", "▇▇▇", "😂", "ក" * 161,
    ],
)  # fmt: skip
def test_what_names_reaches_hurts_or_frightens_is_not(
    text: str, content: Content, answerer: Answerer
) -> None:
    assert not words.may_be_kept(text, content, answerer)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("AI nis jea avey tov bong", True), ("អាអ៊ីអានេះវាជាអីទៅ", True),
        # What may be a name, another thing surely, and nothing that it knows.
        ("Sreypov, AI nis jea avey", False), ("AI nis jea avey tov Dara", False),
        ("តើអ្វីទៅជាការសរសេរកូដ?", False), ("hello hello hello bong", False),
        ("ស្ករត្នោតផ្អែម ផ្អែមណាស់", False),
    ],
)  # fmt: skip
def test_others_see_unread_only_what_the_bot_takes_for_the_question(
    text: str, seen: bool, content: Content, answerer: Answerer
) -> None:
    assert words.others_may_see(text, "faq:what-is-ai", content, answerer) is seen


def test_the_same_words_have_one_key_however_they_are_spaced_and_typed() -> None:
    assert words.key("What is  AI?") == words.key("what isAI")
    assert words.key("ខ្ញុំ") == words.key("ខ្ញំុ")


def test_nothing_is_learned_for_private_matters_things_with_names_and_small_talk(
    content: Content,
) -> None:
    assert can_be_learned(content, "faq:what-is-ai")
    assert can_be_learned(content, "feature:mentor")
    assert can_be_learned(content, f"list:{_page(content, 'list')}")
    private = next(iter(content.sensitive))
    for key in (f"faq:{private}", "faq:no-such-entry", "career:nurse", "smalltalk:insult",
                "career:nurse/pay", "outside:weather", "nonsense"):  # fmt: skip
        assert not can_be_learned(content, key)
    assert not can_be_taught(content, private)
    assert can_be_taught(content, "what-is-ai")


def test_what_the_library_knows_of_a_target_is_all_its_ways(content: Content) -> None:
    entry = content.entries["what-is-ai"]
    assert {*entry.question.all(), *entry.asks.all()} == {*known_ways(content, "faq:what-is-ai")}
    assert known_ways(content, "feature:mentor")


def _page(content: Content, kind: str) -> str:
    return next(page.id for page in content.pages if page.kind == kind)
