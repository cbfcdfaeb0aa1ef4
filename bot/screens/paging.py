"""Pages: the buttons to the page before and the page after, and reading their data."""

from bot.screens.screen import Button
from bot.screens.voice import Voice


def page_row(voice: Voice, data: str, page: int, pages: int) -> tuple[Button, ...]:
    """Return the buttons to the pages before and after, those that exist."""
    row = []
    if page > 0:
        row.append(voice.button("page.previous", f"{data}:{page - 1}"))
    if page < pages - 1:
        row.append(voice.button("page.next", f"{data}:{page + 1}"))
    return tuple(row)


def number(text: str) -> int:
    """Return the page that callback data names; the first when it is forged."""
    return int(text) if text.isdecimal() and len(text) < 6 else 0


def number_of(text: str) -> int:
    """Return the number in a button's data; 0, which nothing has, when there is none."""
    return int(text) if text.isdecimal() and len(text) < 10 else 0
