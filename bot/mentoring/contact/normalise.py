"""A message as a reader takes it: disguises undone once, in linear time, before all else.

One text can be read in several ways (`l0l` is a laugh or a number), so there are several readings;
none of them is ever shown to anybody.
"""

import unicodedata
from dataclasses import dataclass

import re2

from bot.language.khmer import COENG, repair
from bot.language.romanised import respell
from bot.mentoring.contact.knowledge import relay
from bot.mentoring.contact.platforms import renamed

# No message is longer in the relay; what is longer elsewhere is read as far as this.
LONGEST = 1500

# What begins a new line, and no other pattern takes for a space.
_BREAKS = re2.compile(r"[\x{0b}\x{0c}\x{1c}-\x{1f}\x{85}\x{2028}\x{2029}]")
# What shows nothing: signs of control and format, fillers, selectors of a look, marks on letters,
# tags. A tab and the ends of lines are spaces.
_INVISIBLE = re2.compile(
    r"[\x{0}-\x{08}\x{0e}-\x{1b}\x{7f}-\x{84}\x{86}-\x{9f}\p{Cf}\x{34f}\x{115f}\x{1160}\x{3164}\x{ffa0}\x{fe00}-\x{fe0f}\x{e0000}-\x{e0fff}"
    r"\x{300}-\x{36f}\x{1ab0}-\x{1aff}\x{1dc0}-\x{1dff}\x{20d0}-\x{20ff}]+"
)
_FLAG = re2.compile(r"\x{1f3f4}[\x{e0020}-\x{e007e}]{1,8}\x{e007f}")
# Letters that no telephone shows, and rows of signs that show nothing, of several kinds.
_HIDDEN = re2.compile(
    r"[\x{e0000}-\x{e007f}]|[\x{e0100}-\x{e01ef}]{2}"
    r"|\x{200b}{8}[\x{200c}-\x{200f}\x{2060}-\x{2064}\x{feff}]|(?:\x{200c}|\x{200d}|\x{2060}|\x{feff}"
    r"|\x{200e}|\x{200f}|\x{2062}|\x{2063}|\x{200b}\x{200c}){6}"
)
_PRIVATE = re2.compile(r"\p{Co}")
_LOOKALIKES = str.maketrans(
    dict(
        zip(
            "абеорсхуікмтнвѕԁԛԍһјӏզոսցδεηικνορτυχωαβγɑɡıſøłđß",
            "a6eopcxyikmthbsdqghjiqnugdenikvoptuxwabyagisoldb",
            strict=True,
        )
    )
    | dict(zip("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘǫʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnopqrstuvwyz", strict=True))
    | {"。": ".", "•": ".", "․": ".", "‧": ".", "∙": ".", "⋅": "."}
    | {chr(0x17F0 + digit): str(digit) for digit in range(10)}  # lunar digits
    | {chr(0x3021 + number): str(number + 1) for number in range(9)}  # Hangzhou: 〡 to 〩
    | {chr(0x1F550 + hour): f" {hour + 1} " for hour in range(12)}  # faces of clocks
    | {chr(0x1F55C + hour): f" {hour + 1} " for hour in range(12)}
    | {chr(0x2680 + number): f" {number + 1} " for number in range(6)}  # dice
    | dict(zip("壹貳贰參叁肆伍陸陆柒捌玖", "122334566789", strict=True))
    | {"☝": " 1 ", "✌": " 2 ", "🖐": " 5 ", "✋": " 5 ", "🔟": " 10 "}
    | {chr(0x1F1E6 + place): chr(ord("a") + place) for place in range(26)}  # letters of flags
)
# A full stop that belongs to the sign of a digit stands between no two digits: ⒈⒉⒊.
_NUMERALS = str.maketrans(
    {chr(0x2488 + number): f" {number + 1} " for number in range(20)}
    | {chr(0x2160 + number): f" {number + 1} " for number in range(12)}
    | {chr(0x2170 + number): f" {number + 1} " for number in range(12)}
)
_LEET = str.maketrans("0134578@$!|+", "oieastbasilt")
_CHUNK = re2.compile(r"[a-z0-9@$!|]+|[\x{1780}-\x{17ff}]+|[^a-z0-9@$!|\x{1780}-\x{17ff}]+")
_BY_KHMER = re2.compile(r"([\x{1780}-\x{17ff}])\s+|\s+([\x{1780}-\x{17ff}])")
_INNER_MARK = re2.compile(r"([a-z])[^a-z0-9\s\x{1780}-\x{17ff}]{1,3}([a-z])")
_SCRIPTS = re2.compile(r"[\x{1780}-\x{17ff}]+|[a-z0-9']+")
_SPACES = re2.compile(r"\s+")
# Of one sign may come eighteen letters: of a part so many are read, and more are never passed.
_MOST_LETTERS = 4 * LONGEST
_LONGEST_GAP = 3
# The commonest words, of which no Khmer in Latin letters is full.
_COMMON = (
    "the and is are was were you i my your to of in that it it's for with have has had not "
    "this they he she we his her their at from by as but what how when who which so one can "
    "will do did does if about be been there then than like very because or an me our more "
    "get go said say know think want would could should him them its i'm don't u ur n a on no "
    "only two"
)
_ENGLISH = frozenset(_COMMON.split())


@dataclass(frozen=True)
class Readings:
    """The readings of one message.

    `raw` keeps case and signs, for what looks encoded; `plain` is lower case with plain letters
    and digits; `forms` are all the ways to read its words; `respelled` has the spellings of
    Khmer in Latin letters made one.
    """

    raw: str
    plain: str
    forms: tuple[str, ...]
    respelled: str


def visible(text: str) -> str:
    """Return a text without the signs that show nothing, however many they are."""
    return str(_INVISIBLE.sub("", _BREAKS.sub("\n", unicodedata.normalize("NFC", text))))


def unseen(text: str) -> bool:
    """Return whether a text holds what nobody sees who reads it, a coordinator neither."""
    return _HIDDEN.search(_FLAG.sub("", text)) is not None or _PRIVATE.search(text) is not None


def unread(part: str) -> bool:
    """Return whether a part unfolds into more letters than are looked at."""
    return len(unicodedata.normalize("NFKD", part)) > _MOST_LETTERS


def readings(text: str) -> Readings:
    """Return every reading of a message; what is longer than `LONGEST` is cut first."""
    raw = visible(repair(text[:LONGEST]))
    flat = plain(text)
    near = tight(flat)
    joined = tight(_joined(flat))
    unleet = _unleet(near)
    named = renamed(near)
    forms = (
        near, flat, joined, unleet, _unleet(joined), _INNER_MARK.sub(r"\1\2", near), named,
    )  # fmt: skip
    # English under the spelling of Khmer turns into other words ("job" into "meet").
    romanised = not _is_english(flat) and any("a" <= char <= "z" for char in flat)
    other = tight(_respelled(flat)) if romanised else near
    return Readings(raw, flat, tuple(dict.fromkeys(map(stacked, forms))), stacked(other))


def _is_english(flat: str) -> bool:
    words = [word for word in flat.split() if word[0].isascii() and word[0].isalpha()]
    return 4 * sum(word.strip(".,!?'") in _ENGLISH for word in words) >= max(len(words), 1)


def _respelled(flat: str) -> str:
    """Return plain text whose Latin parts are under one spelling; Khmer stays as it is."""
    names = relay().allowed.names
    return " ".join(
        part if "\u1780" <= part[0] <= "\u17ff" or part in names else respell(part)
        for part in _SCRIPTS.findall(flat)
    )


def plain(text: str) -> str:
    """Return text in lower case with ASCII digits, plain letters and nothing invisible."""
    text = text[:LONGEST].replace("ឲ្យ", "ឱ្យ").replace("ឲ", "ឱ្យ")
    text = unicodedata.normalize("NFKD", repair(text.translate(_NUMERALS)))
    text = unicodedata.normalize("NFC", visible(text))[:_MOST_LETTERS].lower()
    text = "".join(map(_digit, text.translate(_LOOKALIKES)))
    return khmer_key(_SPACES.sub(" ", text).strip())


def _digit(char: str) -> str:
    if char.isascii():
        return char
    digit = unicodedata.digit(char, None)
    return char if digit is None else str(digit)


def khmer_key(text: str) -> str:
    """Return Khmer text with the spellings that people mix up made one."""
    text = text.replace(COENG + "ដ", COENG + "ត")
    for spelling in ("ឲ្យ", "ឲ", "អោយ", "ឱយ"):
        text = text.replace(spelling, "ឱ្យ")
    return text.replace("ញុំា", "ញ៉ាំ").replace("\u17d4", " ")


def stacked(text: str) -> str:
    """Return text with every Khmer subscript as one sign: no word begins inside another."""
    first, *rest = text.split(COENG)
    out = [first]
    for part in rest:
        below = bool(part) and "\u1780" <= part[0] <= "\u17b3"
        out.append(chr(0xE000 + ord(part[0]) - 0x1780) + part[1:] if below else part)
    return "".join(out)


def tight(text: str) -> str:
    """Return plain text without the spaces around Khmer, where they mean nothing."""
    return str(_BY_KHMER.sub(r"\1\2", _BY_KHMER.sub(r"\1\2", text)))


def _joined(text: str) -> str:
    """Return plain text with letters that stand apart ("f a-c.e") brought together."""
    out: list[str] = []
    gap = ""
    last_single = False
    for chunk in _CHUNK.findall(text):
        if not (chunk[0].isascii() and chunk[0].isalnum()):
            if last_single and len(chunk) <= _LONGEST_GAP:
                gap = chunk
            else:
                out.append(chunk)
                last_single = False
            continue
        single = len(chunk) == 1 and chunk.isalpha()
        if gap and not (single and last_single):
            out.append(gap)
        gap = ""
        out.append(chunk)
        last_single = single
    return "".join(out) + gap


def _unleet(text: str) -> str:
    """Return plain text with the digits and signs that stand for letters made letters."""
    return "".join(
        chunk.translate(_LEET) if any(char.isalpha() for char in chunk) else chunk
        for chunk in _CHUNK.findall(text)
    )
