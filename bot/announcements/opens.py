"""What the button of an announcement opens: a word, and for some a colon and which one.

It lies in the database and behind buttons in old chats, so the words never change.
"""

import re
from urllib.parse import urlsplit

from bot.refusals import RefusedError

# an answer, an event, a career, something of the directory, a page outside of Telegram
ANSWER, EVENT, CAREER, ITEM, LINK = "faq", "event", "career", "dir", "link"
LONGEST_LINK = 300
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]+", re.IGNORECASE)


def names(what: str, which: object) -> str:
    """Return how it is kept that a button opens one of something."""
    return f"{what}:{which}"


def parted(opens: str) -> tuple[str, str]:
    """Return what is opened, and which one where there are many."""
    what, _, which = opens.partition(":")
    return what, which


def link_in(opens: str | None) -> str | None:
    """Return the page outside of Telegram to which a button leads, if it leads to one."""
    what, which = parted(opens or "")
    return which if what == LINK else None


def tidy_link(text: str) -> str:
    """Return the address of a page as a coordinator typed it, with its scheme.

    Raises RefusedError for what is none, or looks like another place than it is.
    """
    typed = text.strip()
    whole = typed if "://" in typed else f"https://{typed}"
    try:
        parts = urlsplit(whole)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise RefusedError("cast.bad_link") from None
    fits = (
        parts.scheme.lower() in ("http", "https")
        and "@" not in parts.netloc
        and _HOST.fullmatch(host) is not None
        and len(whole) <= LONGEST_LINK
        and whole.isprintable()
        and not any(c.isspace() for c in whole)
    )
    if not fits:
        raise RefusedError("cast.bad_link")
    return whole
