"""The chat page has words for all it shows, and something to try for everybody one can be."""

import re

from bot.content import Content
from bot.demo.page_words import page_words
from bot.demo.run import PEOPLE
from bot.demo.server import HERE


def test_every_word_is_there_in_every_language_and_is_shown(content: Content) -> None:
    found = page_words()
    script = (HERE / "chat_page.js").read_text(encoding="utf-8")
    shown = set(re.findall(r'"(\w+)"', script)) | {person.role for person in PEOPLE}
    asked = set(re.findall(r'say\("(\w+)"\)', script))
    assert asked <= found.words.keys() <= shown
    texts = [*found.words.values(), *(line.say for some in found.tries.values() for line in some)]
    assert all(set(text.root) >= set(content.complete) for text in texts)


def test_there_is_something_to_try_as_everybody() -> None:
    assert {person.role for person in PEOPLE} == page_words().tries.keys()
