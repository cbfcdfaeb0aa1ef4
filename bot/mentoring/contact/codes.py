"""Text that looks encoded: nobody can read along, so a coordinator looks at it first.

Only what can be told by its shape is here; what announces itself in words (“read it backwards”)
is a pattern of `code.yaml`.
"""

import re2

from bot.content.relay import Verdict
from bot.mentoring.contact.normalise import Readings

_SHAPES = tuple(
    re2.compile(shape)
    for shape in (
        # Morse, at least four groups of dots and dashes
        r"(?:(?:^|[\s/|])[.\-–—·•−]{1,6}){4,}(?:[\s/|]|$)",
        # binary, a byte or more in all, and numbers of a machine
        r"\b[01]{8,}\b|(?:\b[01]{4,8}\b[\s,]*){3,}|(?:\\x|0x|%)[0-9a-fA-F]{2}(?:.{0,3}[0-9a-fA-F]{2}){3,}",
        # hexadecimal bytes
        r"(?:\b[0-9a-fA-F]{2}\b[\s:]+){2,}\b(?:[a-fA-F][0-9]|[0-9][a-fA-F])\b[\s:]+(?:\b[0-9a-fA-F]{2}\b[\s:]*){2,}",
        # Roman digits, five or more in a row
        r"(?i)(?:(?:^|[\s,./+-])[\s,]*(?:i{1,3}|iv|vi{0,3}|ix|x{1,3}|o)){6,}(?:$|[^a-z])",
        # digits that few keyboards have: of dice, clocks, cards, tiles, merchants, Rome
        r"(?:[Ⅰ-ⅿ⒈-⒛〇〡-〩⚀-⚅\x{1f550}-\x{1f567}\x{1f0a0}-\x{1f0ff}\x{1f000}-\x{1f09f}][\s,.]*){4,}",
        # letters by which digits are told: A to J, or the consonants in their order
        r"\b[A-J]{7,}\b|(?:^|\s)(?:[\x{1780}-\x{17a2}]\s+){5,}[\x{1780}-\x{17a2}](?:\s|$)",
        # strokes that are counted
        r"(?:\|{1,9}\s+){3,}\|",
        # letters by their place in the tables of machines
        r"(?i)(?:\bchr\b|fromcharcode|\bbytes\b|\bascii\b|\bord\b|\bunicode\b)[^a-z]{0,6}(?:[0-9]{2,3}[\s,()+]{1,4}(?:chr)?\(?){3,}",
        # braille, and letters of ciphers in circles or boxes
        r"[\x{2800}-\x{28ff}]{3,}",
        # digits raised to digits, and powers of one letter that follow no order
        r"(?:\d[⁰¹²³⁴-⁹][\s,]*){4,}|(?:[xyn][⁰¹²³⁴-⁹][\s,]*){7,}",
        # atoms, each with a digit, that are no molecule; roots in a row
        r"(?:\b[A-Z][a-z]?[0-9]\b[\s,]*){6,}|(?:√[0-9]{1,3}[\s,]*){8,}",
        # letters of a sentence that stand apart: a word to be spelled is shorter
        r"(?i)(?:\b[a-z]\b[\s.,|*/_-]+){11,}[a-z]\b",
        # the first Khmer consonants, by which digits are told, and nothing but consonants
        r"[\x{1780}-\x{1789}]{8,}",
        # circles that are counted
        r"(?i)(?:\bo{1,9}\s+){6,}o",
    )
)
# groups of the same picture, counted: 🍎🍎🍎 🍌 🍇🍇🍇🍇
_PICTURES = re2.compile(r"[\x{2b50}-\x{2b55}\x{2600}-\x{27bf}\x{1f300}-\x{1faff}]+")
_ENCODED = re2.compile(r"[A-Za-z0-9+/_-]{12,}={0,2}")
_SUMS = re2.compile(
    r"(?:\d{1,6}\s*(?:[-+x×*/÷]|បូក|ដក|គុណ|ចែក|plus|minus|times|take away|bok|dork|dok|kun|chek)"
    r"\s*\d{1,6}[\s,;/.]*"
    r"(?:then|and|next|roch|ruoch|heuy|hery|រួច|ហើយ|បន្ទាប់(?:មក)?)?[\s,;/.]*){3,}"
)
_EQUATIONS = re2.compile(r"[=≈]|\bequals?\b|ស្មើ")
# Scores out of the same total and days of one month, which are no sums.
_PARTS = re2.compile(r"\b\d{1,3} ?/ ?(\d{1,3})\b")
_OTHER_SUMS = re2.compile(r"\d\s*[-+x×*÷]\s*\d")
_FEW_TOTALS = 2
# A sum of many powers of x, each with one digit before it.
_POWERS = re2.compile(r"(?:\d?x\^?\d?\s*\+\s*){6,}")


def judge(read: Readings) -> Verdict:
    """Return `hold` for what looks encoded."""
    if any(shape.search(read.raw) for shape in _SHAPES):
        return "hold"
    if _counted_pictures(read.raw) or any(map(_encoded, _ENCODED.findall(read.raw))):
        return "hold"
    if _POWERS.search(read.plain):
        return "hold"
    sums = _SUMS.search(read.plain) and not _EQUATIONS.search(read.plain)
    return "hold" if sums and not _of_few_totals(read.plain) else "pass"


def _of_few_totals(text: str) -> bool:
    """Return whether all that looks like sums are parts of the same total: 9/10, 6/10, 8/10."""
    totals = _PARTS.findall(text)
    return len(totals) > _FEW_TOTALS >= len(set(totals)) and not _OTHER_SUMS.search(text)


def _counted_pictures(text: str) -> bool:
    """Return whether at least four groups of one picture each, of unlike sizes, stand in a row."""
    sizes = [len(group) for group in _PICTURES.findall(text) if len(set(group)) == 1]
    return len(sizes) >= 4 and max(sizes) >= 3 and len(set(sizes)) >= 3


def _encoded(word: str) -> bool:
    """Return whether a long run of letters and digits changes its kind all the time."""
    kinds = ["d" if c.isdigit() else "u" if c.isupper() else "l" for c in word if c.isalnum()]
    changes = sum(a != b for a, b in zip(kinds, kinds[1:], strict=False))
    return len(set(kinds)) == 3 and changes >= max(4, len(word) // 3) or word.endswith("==")
