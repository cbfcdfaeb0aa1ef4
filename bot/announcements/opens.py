"""What the button of an announcement opens: a word, and for some a colon and which one.

It lies in the database and behind buttons in old chats, so the words never change.
"""

from bot.refusals import RefusedError
from bot.screens.links import address

# an answer, an event, a career, something of the directory, a page outside of Telegram
ANSWER, EVENT, CAREER, ITEM, LINK = "faq", "event", "career", "dir", "link"
LONGEST_LINK = 300


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
    if len(whole) > LONGEST_LINK or address(whole) is None:
        raise RefusedError("cast.bad_link")
    return whole
