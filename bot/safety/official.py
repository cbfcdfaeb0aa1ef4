"""The agreed ways out of a case: the hotlines of the content, which a coordinator may name."""

import re

from bot.content import Content
from bot.language.khmer import latin_digits


def without(content: Content, text: str) -> str:
    """Return a text without the numbers of the hotlines, however spaced or in Khmer digits."""
    plain = latin_digits(text)
    for line in content.hotlines:
        digits = r"[ .-]?".join(re.sub(r"\D", "", line.number))
        plain = re.sub(rf"(?<!\d){digits}(?![ .-]?\d)", " ", plain)
    return plain
