"""Links in what somebody writes: who sends one says nothing with the letters that it is made of.

Names of people ("@somebody") and words run together at a full stop ("he hits.me") are no links
here: what may be said in them is read. Khmer ends a link, for it is written without spaces.
"""

import re

_LINK = re.compile(
    r"(?:(?:https?://|www\.)[!-~]+"
    r"|(?<![\w.@-])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:(?:com|edu|gov|kh|net|org)(?![\w-])[!-~]*|[a-z]{2,6}/[!-~]+))",
    re.IGNORECASE | re.ASCII,
)


def without_links(text: str) -> str:
    """Return what is said beside the links."""
    return _LINK.sub(" ", text)


def is_link(text: str) -> bool:
    """Return whether there is a link, or several, and no letter or digit beside it."""
    beside = without_links(text)
    return beside != text and not any(map(str.isalnum, beside))
