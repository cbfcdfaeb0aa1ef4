"""Languages that no coordinator reads: what is written in one of them waits for somebody who can.

Whole scripts are told by their letters; languages in Latin letters by their everyday words, for
Khmer in Latin letters has no spelling that could be known. One foreign word among others is a word
of a lesson, and passes.
"""

import unicodedata
from dataclasses import dataclass
from functools import cache

import re2

from bot.mentoring.contact.knowledge import relay

# Letters of a script that is neither Khmer nor Latin. One or two Greek letters are mathematics.
_FOREIGN = re2.compile(r"(?:[^\P{L}\p{Latin}\p{Khmer}\p{Common}\p{Greek}]\p{M}*)+|\p{Greek}{4,}")
_READ = re2.compile(r"[\p{Latin}\p{Khmer}]")
_SENTENCE = re2.compile(r"[.!?\n;:។៕៖,()/|…]+|[\x{1780}-\x{17ff}]+")
_WORD = re2.compile(r"\p{Latin}[\p{Latin}\p{M}]*")
# A single word to learn, beside words that explain it.
_LONGEST_WORD, _BESIDE = 9, 2
# What a word counts that is also of another language.
_SHARED = 0.75


@dataclass(frozen=True)
class _Known:
    words: dict[str, frozenset[str]]
    letters: dict[str, frozenset[str]]
    shared: frozenset[str]
    faces: frozenset[str]


@cache
def _known() -> _Known:
    known = relay().languages
    return _Known(
        {name: frozenset(words.split()) for name, words in known.words.items()},
        {name: frozenset(letters) for name, letters in known.letters.items()},
        frozenset(known.shared.split()),
        frozenset(known.faces),
    )


def foreign(text: str) -> bool:
    """Return whether a message, or a sentence of it, is in a language that nobody here reads."""
    text = unicodedata.normalize("NFKC", text).lower()
    if _in_another_script(text):
        return True
    return any(_sounds_foreign(sentence) for sentence in {text, *_SENTENCE.split(text)})


def _in_another_script(text: str) -> bool:
    faces = _known().faces
    runs = [run for run in _FOREIGN.findall(text) if not set(run) <= faces]
    if not runs:
        return False
    read, strange = len(_READ.findall(text)), sum(map(len, runs))
    return len(runs) > 2 or max(map(len, runs)) > _LONGEST_WORD or read < _BESIDE * strange


def _sounds_foreign(sentence: str) -> bool:
    words = _WORD.findall(sentence)
    return len(words) > 1 and any(_is_of(words, name) for name in _known().words)


def _is_of(words: list[str], name: str) -> bool:
    """Return whether enough words of a sentence are of a language, in its words or letters.

    A word that is also English or Khmer counts little, unless a mark shows whose it is.
    """
    known = _known()
    own, letters = known.words[name], known.letters.get(name, frozenset())
    sure: list[str] = []
    shared = 0
    for word in words:
        bare = word if word.isascii() else _without_marks(word)
        if not letters.isdisjoint(word) or bare != word and (word in own or bare in own):
            sure.append(bare)
        elif word in own and word not in known.shared:
            sure.append(word)
        elif word in own:
            shared += 1
    unlike = len(set(sure))
    if unlike < 2:
        return unlike == 1 and len(sure) + shared == len(words)
    share = (len(sure) + _SHARED * shared) / len(words)
    return share >= {2: 0.5, 3: 0.45}.get(unlike, 0.35)


def _without_marks(word: str) -> str:
    letters = unicodedata.normalize("NFD", word.replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
