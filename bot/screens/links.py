"""Pages outside that the bot names: opened, copied, and let through only when they are whole.

Telegram refuses a message of which one button's address is broken, so that what coordinators
typed and feeds brought is looked at before it is put on a button.
"""

import re
from collections.abc import Iterable
from html import escape
from typing import Literal
from urllib.parse import quote, urlsplit

from bot.screens.keyboard import LONGEST_COPIED
from bot.screens.screen import Address, Button, Copied, Html, Rows
from bot.screens.voice import Voice

LONGEST_ADDRESS = 1000
MOST_PAGES = 3
# An address in a text ends before a space, and before Khmer that follows without one.
_IN_TEXT = re.compile(r"https?://[^\s<>\"“”«»\u1780-\u17ff]+", re.IGNORECASE)
_AFTER_IT = ".,;:!?'’)]}"
_HOST = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*\.[a-z][a-z0-9-]+")
_KEPT = "%/:=&?~#+!$,;'()*[]@"
_FORMS = ("forms.gle", "forms.office.com", "typeform.com", "jotform.com", "surveymonkey.com")
_GOOGLE = re.compile(r"google\.(com|[a-z]{2})(\.[a-z]{2})?")
_MAPS = ("maps.app.goo.gl", "maps.google.com", "openstreetmap.org", "osm.org")

PageKind = Literal["page", "form", "map"]


def address(text: object) -> Address | None:
    """Return an address of the web as a button may have it; None for what is none.

    One that names a user is none either: it looks like another place than it is.
    """
    whole = str(text).strip()
    try:
        parts = urlsplit(whole)
        host, _ = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or "@" in parts.netloc:
        return None
    if not _HOST.fullmatch(host) or any(c.isspace() or not c.isprintable() for c in whole):
        return None
    written = quote(whole, safe=_KEPT)
    return Address(written) if len(written) <= LONGEST_ADDRESS else None


def addresses_in(*texts: object) -> list[Address]:
    """Return the addresses that stand in texts, each once."""
    found = (
        address(one.rstrip(_AFTER_IT))
        for text in texts
        if text
        for one in _IN_TEXT.findall(str(text))
    )
    return list(dict.fromkeys(one for one in found if one is not None))


def page_kind(page: Address) -> PageKind:
    """Return whether a page is a form to fill in, a map, or another page."""
    parts = urlsplit(page)
    host, path = (parts.hostname or "").removeprefix("www."), parts.path
    if _is_of(host, _FORMS) or (host == "docs.google.com" and path.startswith("/forms")):
        return "form"
    on_google = _GOOGLE.fullmatch(host) and path.startswith("/maps")
    return "map" if on_google or _is_of(host, _MAPS) else "page"


def _is_of(host: str, names: Iterable[str]) -> bool:
    return any(host == name or host.endswith(f".{name}") for name in names)


def page_rows(voice: Voice, *texts: object) -> Rows:
    """Return a row for each page that texts name: a button to open it, and one to copy it."""
    return tuple(
        (voice.button(f"link.{page_kind(page)}", page), *_copy(voice, page))
        for page in addresses_in(*texts)[:MOST_PAGES]
    )


def _copy(voice: Voice, page: Address) -> tuple[Button, ...]:
    if len(page) > LONGEST_COPIED:
        return ()
    return (voice.button("link.copy", Copied(page)),)


def copy_number(voice: Voice, number: str) -> Button:
    """Return the button that copies a telephone number, as a telephone wants it."""
    return voice.button("copy.number", Copied(number.replace(" ", "")), number=number)


def linked(title: str, page: object) -> Html:
    """Return a title that opens its page where that is one; nothing of either is taken as HTML."""
    words = escape(title, quote=False)
    found = address(page)
    return Html(f'<a href="{escape(found)}">{words}</a>' if found else words)
