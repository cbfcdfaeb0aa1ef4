"""Text as the contact filter reads it: disguises undone, nothing a reader takes for a letter lost.

Never shown to anybody.
"""

import re
import unicodedata

from bot.language.khmer import COENG, repair

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufe00-\ufe0f\u20e3]"
)
_LOOKALIKES = str.maketrans("аеорсхуікмтнвɑαοοіԛѕԁɡⅼ", "aeopcxyikmtnbaaooiqsdgl")
_LEET = str.maketrans("013457@$!|", "oieastasil")
_SPACED = re.compile(r"(?<![a-z0-9])[a-z](?:([ .\-_*/,])[a-z])(?:\1[a-z])*(?![a-z0-9])")
_MIXED = re.compile(r"[a-z0-9@$!|]*[a-z][a-z0-9@$!|]*")
_BY_KHMER = re.compile("\\s+(?=[\u1780-\u17ff])|(?<=[\u1780-\u17ff])\\s+")


def plain(text: str) -> str:
    """Return text in lower case with ASCII digits, plain letters and nothing invisible."""
    text = unicodedata.normalize("NFKC", _INVISIBLE.sub("", repair(text)))
    text = "".join(_character(char) for char in text.lower())
    return khmer_key(text.translate(_LOOKALIKES))


def _character(char: str) -> str:
    if "\U0001f1e6" <= char <= "\U0001f1ff":
        return chr(ord("a") + ord(char) - 0x1F1E6)
    if not char.isascii() and (digit := unicodedata.digit(char, None)) is not None:
        return str(digit)
    return char


def khmer_key(text: str) -> str:
    """Return Khmer text with the subscripts that look alike made one."""
    return text.replace(COENG + "ដ", COENG + "ត").replace("ឲ្យ", "ឱ្យ").replace("អោយ", "ឱ្យ")


def joined(text: str) -> str:
    """Return plain text with letters that stand apart ("f a c e") brought together."""
    return _SPACED.sub(lambda m: re.sub("[^a-z]", "", m.group()), text)


def unleet(text: str) -> str:
    """Return plain text with the digits and signs that stand for letters made letters."""
    return _MIXED.sub(lambda m: m.group().translate(_LEET), text)


def tight(text: str) -> str:
    """Return plain text without the spaces around Khmer, where they mean nothing."""
    return _BY_KHMER.sub("", text)
