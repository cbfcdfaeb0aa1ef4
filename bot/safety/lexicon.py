"""Finds the groups of words of the reviewed list in a piece of text, in every way of writing.

All groups of one way of writing are looked for at once, by an engine whose time grows with the
length of the text and not with the number of words.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import re2

from bot.content.load import ContentError
from bot.content.safety import WordForms
from bot.language.khmer import COENG, fold
from bot.language.romanised import respell

_SHORT_WORD = 4
# What is read forgivingly must be long, or it soon reads as something else: letters of a phrase.
_TELLING, _TELLING_WORD, _TELLING_KHMER = 7, 7, 4
# A word so long is still known by its letters when one of them is lost.
_LONG_WORD = 7
# Right before a deniable word: "not", "never", "nobody", in the four ways of writing.
_DENIAL_KHMER = "(?:អត់|មិន|មិនដែល|អត់ដែល|គ្មាននរណា|គ្មានអ្នកណា|មិនបាន|អត់បាន)(?:ដែល|បាន|ទាន់|មាន)*$"
_DENIAL_LATIN = (
    r"\b(?:not|never|no one|nobody|don t|doesn t|didn t|dont|doesnt|didnt|isn t|isnt|without|"
    r"ot|at|min|men|min del|ot del|kmean nona|ot ban)(?: (?:ever|even|really|yet|del|ban|any))?$"
)
# A denial stands right before; what is farther back is not read for it.
_NEAR = 40


# Some eight times what the longest of the groups needs; more would be filled in the end.
BUDGET = 16 << 20
# Folding leaves no such sign in what is read.
_IN_NO_READING = "!"
_TOO_MANY = (
    "content/safety: the words of danger are too many for the memory that they are looked for in: "
    "take some away, or raise BUDGET in bot/safety/lexicon.py."
)

_KHMER_LETTERS = re.compile("[\u1780-\u17b3]")
# The second sign of many vowel keys, which a program of Telegram's has lost, and what people
# leave out in haste.
_KHMER_SIGNS = re.compile("[\u17c6-\u17d1]")


@dataclass(frozen=True)
class _View:
    """One reading of a text, and the words that are looked for in it."""

    words: Callable[[WordForms], Iterable[str]]
    key: Callable[[str], str]
    # whole Latin words, Khmer syllables, or anywhere in a word
    kind: Literal["latin", "khmer", "inside"]

    def pattern(self, forms: WordForms) -> str | None:
        """Return what finds any of the words; a trailing * lets a Latin word go on."""
        bodies = {_body(form, self.key, self.kind) for form in self.words(forms)}
        body = "|".join(sorted(bodies - {""}, key=len, reverse=True))
        if not body:
            return None
        if self.kind == "inside":
            return f"({body})"
        if self.kind == "latin":
            return f"(?:^|[^a-z])({body})(?:$|[^a-z])"
        # Whole Khmer syllables only: "slap" is also the end of the syllable "house".
        return f"(?:^|[^{COENG}])({body})(?:$|[^{COENG}\u17b6-\u17d1])"


def _body(form: str, key: Callable[[str], str], kind: str) -> str:
    if kind == "inside":
        return re.escape(key(form.replace(" ", "")))
    parts = [
        re.escape(key(part.rstrip("*"))).replace(r"\ ", " ") + "[a-z]*" * part.endswith("*")
        for part in form.split()
    ]
    return (" " if kind == "latin" else "").join(parts)


def _exact(forms: WordForms) -> list[str]:
    # What is short when respelled is soon an English word ("toh" becomes "to", "yeayi" becomes
    # "ye", and so would "year"): it must be exact.
    return [*forms.en, *(f for f in forms.rom if _is_short(f))]


def _is_short(form: str) -> bool:
    return len(form) <= _SHORT_WORD or len(respell(form)) < _SHORT_WORD


def _telling(forms: WordForms) -> list[str]:
    """Return the Latin phrases that no other words are likely to be taken for."""
    return [
        form
        for form in (*forms.en, *forms.rom)
        if "*" not in form
        and len(form.replace(" ", "")) >= (_TELLING if " " in form else _TELLING_WORD)
    ]


def _phrases(forms: WordForms) -> list[str]:
    return [form.replace("'", "") for form in _telling(forms) if " " in form]


def _without_signs(text: str) -> str:
    return _KHMER_SIGNS.sub("", fold(text))


class _Spelling:
    """One key for a word and its misspellings: letters swapped, doubled, lost or too many."""

    def __init__(self, phrases: Iterable[str]) -> None:
        words = {_letters(word) for phrase in phrases for word in _latin(fold(phrase)).split()}
        self._known = words
        self._near: dict[str, str] = {}
        for word in sorted(words):
            for less in _one_less(word):
                self._near.setdefault(less, word)

    def key(self, text: str) -> str:
        """Return a text with each word under its key."""
        return " ".join(self._word(_letters(word)) for word in _latin(fold(text)).split())

    def _word(self, word: str) -> str:
        if word in self._known:
            return word
        more = (less for less in _one_less(word) if less in self._known)
        return self._near.get(word) or next(more, word)


def _letters(word: str) -> str:
    """Return the first letter of a word and the others in the order of the alphabet."""
    single = _DOUBLE.sub(r"\1", word)
    return single[:1] + "".join(sorted(single[1:]))


_DOUBLE = re.compile(r"(.)\1+")


def _one_less(word: str) -> list[str]:
    if len(word) < _LONG_WORD:
        return []
    return [word[:place] + word[place + 1 :] for place in range(1, len(word))]


def _latin(folded: str) -> str:
    return " ".join(word for word in folded.split() if word.isascii())


@dataclass(frozen=True)
class Heard:
    """A piece of text as it is read, with the groups that are in it, by reading."""

    readings: tuple[str, ...]
    found: tuple[frozenset[str], ...]
    # whether a group is there undenied, once it was asked
    stands: dict[str, bool] = field(default_factory=dict)


class Lexicon:
    """Groups of words by name, compiled once. Raises ContentError where they do not fit.

    `budget` is the memory, in bytes, that may be filled for one way of writing.
    """

    def __init__(self, groups: Mapping[str, WordForms], budget: int = BUDGET) -> None:
        self._spelling = _Spelling(form for forms in groups.values() for form in _telling(forms))
        self._sets: list[tuple[re2.Set, Sequence[str]]] = []
        self._alone: list[dict[str, re2._Regexp]] = []
        for view in self._views():
            patterns = {
                name: pattern
                for name, forms in groups.items()
                if (pattern := view.pattern(forms)) is not None
            }
            self._sets.append((_sought(patterns.values(), budget), tuple(patterns)))
            self._alone.append({n: re2.compile(p, _options()) for n, p in patterns.items()})

    def _views(self) -> tuple[_View, ...]:
        return (
            _View(lambda forms: forms.km, fold, "khmer"),
            _View(_exact, fold, "latin"),
            _View(lambda forms: [f for f in forms.rom if not _is_short(f)], respell, "latin"),
            _View(
                lambda forms: [f for f in forms.km if _letters_of_khmer(f) >= _TELLING_KHMER],
                _without_signs,
                "khmer",
            ),
            _View(_telling, self._spelling.key, "latin"),
            _View(_phrases, lambda form: _DOUBLE.sub(r"\1", fold(form)), "inside"),
        )

    def _readings(self, text: str) -> tuple[str, ...]:
        """Return a text as each view reads it."""
        folded = fold(text)
        latin, khmer = _latin(folded), folded.replace(" ", "")
        joined = " ".join(word for word in latin.split() if len(word) >= _TELLING - 1)
        return (
            khmer,
            latin,
            respell(latin),
            _KHMER_SIGNS.sub("", khmer),
            self._spelling.key(latin),
            _DOUBLE.sub(r"\1", joined),
        )

    def hear(self, text: str) -> Heard:
        """Return a piece of text with the groups that are in it."""
        readings = self._readings(text)
        return Heard(
            readings,
            tuple(
                # An empty set of patterns matches nothing, and may not be asked.
                frozenset(names[place] for place in (sought.Match(read) or ()) if names)
                if names and read
                else frozenset()
                for (sought, names), read in zip(self._sets, readings, strict=True)
            ),
        )

    def has(self, name: str, heard: Heard, *, deniable: bool = False) -> bool:
        """Return whether a group's words are there, and are not denied where they may be."""
        if not any(name in found for found in heard.found):
            return False
        if not deniable:
            return True
        if name not in heard.stands:
            heard.stands[name] = any(
                not _denied(before)
                for place, found in enumerate(heard.found)
                if name in found
                for before in _befores(self._alone[place][name], heard.readings[place])
            )
        return heard.stands[name]


def _letters_of_khmer(form: str) -> int:
    return len(_KHMER_LETTERS.findall(form))


def _befores(pattern: "re2._Regexp", text: str) -> Iterable[str]:
    """Yield what stands before each place where a pattern is found."""
    found = pattern.search(text)
    while found is not None:
        yield text[max(0, found.start(1) - _NEAR) : found.start(1)].rstrip()
        # The boundary sign before the next match may be this one's last.
        found = pattern.search(text, max(found.start(1) + 1, found.end(1) - 1))


def _sought(patterns: Iterable[str], budget: int) -> "re2.Set":
    """Return what looks for all of the patterns at once, after it was seen to find something.

    Where its memory is too little for the patterns it finds nothing in any text, and says nothing
    of it: that would be read as “no danger”.
    """
    sought = re2.Set.SearchSet(_options(budget))
    try:
        for pattern in patterns:
            sought.Add(pattern)
        last = sought.Add(_IN_NO_READING)
        sought.Compile()
    except re2.error as error:
        raise ContentError(f"{_TOO_MANY} ({error})") from None
    if sought.Match(_IN_NO_READING) != [last]:
        raise ContentError(_TOO_MANY)
    return sought


def _options(budget: int = BUDGET) -> "re2.Options":
    chosen = re2.Options()
    chosen.max_mem = budget
    chosen.log_errors = False
    return chosen


_KHMER_DENIED, _LATIN_DENIED = (
    re2.compile(pattern, _options()) for pattern in (_DENIAL_KHMER, _DENIAL_LATIN)
)


def _denied(before: str) -> bool:
    return bool(_KHMER_DENIED.search(before) or _LATIN_DENIED.search(before))
