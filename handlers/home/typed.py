"""What she types instead of tapping: the words of a button, a grade, the name of her province.

Only what is shown can be pressed so, and only by words that say nothing else: a question that
names a province is a question.
"""

import re
from collections.abc import Iterable, Sequence

from bot.careers.directory import province_in
from bot.content import Content
from bot.content.lists import Province
from bot.language.khmer import fold
from bot.screens.screen import Button, Screen
from bot.screens.taps import Data
from bot.screens.voice import Voice, in_every_language
from handlers.doors import PATH_BELOW, homewards
from handlers.home.taps import FIRST_PROVINCE, PROVINCE, UNSAID

# (label, data), as they were last shown
Shown = Sequence[Sequence[str]]

# What is said to an offer in fixed words (content/requests.yaml), and how its button begins.
YES, UNSURE = "agrees", "unsure"
_OFFER = "👉"

# What stands around the number of a grade, and around the name of a province.
_AROUND = re.compile(
    r"ថ្នាក់ទី|ថ្នាក់|ទី|ខេត្ត|ក្រុង|ខ្ញុំ|អូន|ប្អូន|បង|កំពុង|រៀន|នៅ|មក|ពី|ចា៎|ចាស|បាទ|ហើយ"
    r"|\b(?:grade|class|year|province|city|i|am|m|im|in|live|from|at|the|my|is|th|g|oun|aun|bong"
    r"|knhom|khnhom|nhom|rean|nov|nou|t?h?nak|thnak|ti|khet|khaet|krong|jah|cha)\b"
)
_GRADE_SIGN = re.compile(r"ថ្នាក់|grade")
_GLUED = re.compile(r"(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z])")
_OR = re.compile(r"\bor\b|ឬ")
# How a button says that lower grades are meant as well.
_BELOW = ("below", "ក្រោម")
# What she may add when she tells her grade.
_BESIDE_GRADE = re.compile(
    r"វិទ្យាសាស្ត្រសង្គម|វិទ្យាសាស្រ្តសង្គម|វិទ្យាសាស្ត្រពិត|វិទ្យាសាស្ត្រ|វិទ្យាសាស្រ្ត|សង្គម|ឆ្នាំនេះ|សិស្ស|ទេ|ណា"
    r"|\b(?:social|science|sciences|track|now|this|year|student|school|high|still|study|studying"
    r"|only|just|a|of|bong|vityeasas|sangkum)\b"
)
# How a numbered list is numbered.
_NUMERALS = {chr(ord("①") + n): str(n + 1) for n in range(9)}
_NUMBERS = {
    "7": ("seven", "seventh", "ប្រាំពីរ"),
    "8": ("eight", "eighth", "ប្រាំបី"),
    "9": ("nine", "ninth", "ប្រាំបួន"),
    "10": ("ten", "tenth", "ដប់"),
    "11": ("eleven", "eleventh", "ដប់មួយ"),
    "12": ("twelve", "twelfth", "ដប់ពីរ"),
}
# From so many letters on a text may be a part of a label.
_SHORTEST = 3
# No name of a province is longer, with what is said around it.
_LONGEST = 40


def pressed(text: str, shown: Shown, content: Content, asked: str | None = None) -> Data | None:
    """Return what the button sends that `text` presses, of those that are shown.

    `asked` is what the text says in fixed words, if anything.
    """
    data = _pressed(text, shown, content)
    if data is None and asked == YES:
        return _offered(shown)
    return _unsure(shown, content) if data is None and asked == UNSURE else data


def whole(text: str, shown: Shown) -> Data | None:
    """Return what the button sends whose words `text` is, all of them and nothing else."""
    words = fold(text)
    data = _said_whole(words, [one for one in shown if one[1]]) if words else None
    return None if data is None else Data(data)


def _pressed(text: str, shown: Shown, content: Content) -> Data | None:
    words = fold(text)
    if not words:
        return None
    # What opens a page or copies something does so under a finger only.
    shown = [(label, data) for label, data in shown if data]
    for ways in (_said_whole, _said_in_part, _numbered, _grade):
        if (data := ways(words, shown)) is not None:
            return Data(data)
    return _province(text, shown, content.provinces)


def nearly(text: str, shown: Shown) -> tuple[str, Data] | None:
    """Return the one button, its label first, of which a text says a word or two."""
    words = fold(text)
    if len(words) < _SHORTEST or words.isdecimal():
        return None
    found = [(label, Data(data)) for label, data in shown if data and _is_part(words, fold(label))]
    return found[0] if len(found) == 1 else None


def _is_part(words: str, label: str) -> bool:
    # Khmer words are not always spaced.
    return f" {words} " in f" {label} " if words.isascii() else words in label


def nearly_screen(voice: Voice, label: str, data: Data) -> Screen:
    """Return the question whether she means a button, of which she has said a part."""
    return Screen(
        voice.say("typed.meant", label=label),
        (
            (Button(f"{_OFFER} {label}", data),),
            homewards(voice, voice.button("path.go_on", PATH_BELOW())),
        ),
    )


def _offered(shown: Shown) -> Data | None:
    """Return what the button sends that shows what was just offered, if anything was."""
    return next((Data(data) for label, data in shown if label.startswith(_OFFER) and data), None)


def _unsure(shown: Shown, content: Content) -> Data | None:
    """Return what the button “I'm not sure” sends, if it is shown."""
    labels = in_every_language(content, "path.unsure")
    return next((Data(data) for label, data in shown if label in labels and data), None)


def _said_whole(words: str, shown: Shown) -> str | None:
    return next((data for label, data in shown if words == fold(label)), None)


def _said_in_part(words: str, shown: Shown) -> str | None:
    """Return the button of which this is one half: “finished” of “Finished or left school”."""
    found = {data for label, data in shown if words in map(fold, _OR.split(label))}
    return found.pop() if len(found) == 1 and not words.isdecimal() else None


def _numbered(words: str, shown: Shown) -> str | None:
    """Return the button of a numbered list that has this number: “① 🩺 Nurse”."""
    return next((data for label, data in shown if words == _NUMERALS.get(label[:1])), None)


def _grade(words: str, shown: Shown) -> str | None:
    """Return the button of a grade, where grades are shown: “11”, “grade 11”, “ថ្នាក់ទី១១”."""
    grade = _number(words) or _number(_BESIDE_GRADE.sub(" ", words))
    if grade is None:
        return None
    found = {
        data
        for label, data in shown
        if _GRADE_SIGN.search(fold(label)) and grade in _grades_of(fold(label))
    }
    return found.pop() if len(found) == 1 else None


def _number(words: str) -> str | None:
    bare = _bare(words)
    spelt = (number for number, names in _NUMBERS.items() if bare in names)
    return bare if bare.isdecimal() else next(spelt, None)


def _grades_of(folded: str) -> frozenset[str]:
    """Return the grades of a label that names grades and nothing else; none of others."""
    parts = [_bare(part) for part in _OR.split(folded)]
    if len(parts) == 2 and parts[0].isdecimal() and parts[1] in _BELOW:
        return frozenset(str(grade) for grade in range(1, int(parts[0]) + 1))
    return frozenset(parts) if all(map(str.isdecimal, parts)) else frozenset()


def _bare(words: str) -> str:
    return " ".join(_AROUND.sub(" ", _GLUED.sub(" ", words)).split())


def province_alone(text: str, provinces: Sequence[Province]) -> Province | None:
    """Return the province that `text` names, when it says nothing else."""
    named = province_in(text, provinces) if len(text) <= _LONGEST else None
    province = next((p for p in provinces if p.id == named), None)
    if province is None:
        return None
    names = (*province.label.all(), *province.also)
    return province if _is_one(_bare(fold(text)), names) else None


def _province(text: str, shown: Shown, provinces: Sequence[Province]) -> Data | None:
    """Return the button of a province, where provinces are shown, be it on another page."""
    province = province_alone(text, provinces)
    if province is None:
        return None
    for choice in (PROVINCE, FIRST_PROVINCE):
        if any(data == choice(UNSAID) for _, data in shown):
            return choice(province.id)
    labels = set(map(fold, province.label.all()))
    return next((Data(data) for label, data in shown if fold(label) in labels), None)


def _is_one(bare: str, names: Iterable[str]) -> bool:
    """Return whether the words are a name and nothing else, however spaced and spelt."""
    left = len(bare.replace(" ", ""))
    return any(abs(left - len(fold(name).replace(" ", ""))) <= 2 for name in names)
