"""What a search from another chat shows: things to send there, and the way to the bot itself."""

from dataclasses import dataclass

from bot.screens.screen import Html, Rows


@dataclass(frozen=True)
class Article:
    """Something found: how it stands in the list, and the message that is sent of it."""

    id: str
    title: str
    description: str
    text: Html
    rows: Rows


@dataclass(frozen=True)
class Found:
    """Everything found, below the button that opens the bot with `start`.

    It may be shown for `good_for_seconds` again: to all who search the same where it is `shared`,
    else to her alone.
    """

    articles: tuple[Article, ...]
    label: str
    start: str
    good_for_seconds: int
    shared: bool = False
