"""The words of the chat page, and what one may try there as each person."""

import yaml

from bot.content.base import Model, Text, Words
from bot.settings import CONTENT

FILE = CONTENT / "demo" / "page.yaml"


class Try(Model):
    """Something to try as somebody: a tap on it sends words to the bot, or searches for them."""

    say: Text
    send: Words | None = None
    search: Words | None = None


class PageWords(Model):
    """The file."""

    words: dict[str, Text]
    # by the role of a person
    tries: dict[str, tuple[Try, ...]]


def page_words() -> PageWords:
    """Read the words of the page."""
    return PageWords.model_validate(yaml.safe_load(FILE.read_text(encoding="utf-8")))
