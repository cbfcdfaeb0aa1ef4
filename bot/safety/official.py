"""The agreed ways out of a case: the hotlines of the content, which a coordinator may name."""

import re

from bot.content import Content

_KHMER_DIGITS = str.maketrans("០១២៣៤៥៦៧៨៩", "0123456789")


def without(content: Content, text: str) -> str:
    """Return a text without the numbers of the hotlines, however spaced or in Khmer digits."""
    plain = text.translate(_KHMER_DIGITS)
    for line in content.hotlines:
        digits = r"[ .-]?".join(re.sub(r"\D", "", line.number))
        plain = re.sub(rf"(?<!\d){digits}(?![ .-]?\d)", " ", plain)
    return plain
