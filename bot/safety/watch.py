"""Looks for signs that a girl may be in danger, before anything else is done with a message.

The signs are data (`content/safety/signs.yaml`), written and reviewed by people: phrases that
are enough alone, and groups of words that alarm when they meet in one sentence ("father" and
"hits"), with what takes the alarm back ("in volleyball") and which words may be denied ("my
father never hits me"). A missed alarm is worse than a false one, so matching forgives spelling.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.content.safety import Sign, Signs, WordForms
from bot.language.khmer import COENG, fold
from bot.language.romanised import respell
from bot.safety.danger_model import DangerModel

_SENTENCE_END = re.compile("[.?!។៕;\n]+")
_SENTENCES_TOGETHER = 2
_SHORT_WORD = 4
# Right before a deniable word: "not", "never", "nobody", in the four ways of writing.
_DENIAL_KHMER = re.compile("(អត់|មិន|មិនដែល|អត់ដែល|គ្មាននរណា|គ្មានអ្នកណា|មិនបាន|អត់បាន)(ដែល|បាន|ទាន់|មាន)*$")
_DENIAL_LATIN = re.compile(
    r"\b(not|never|no one|nobody|don t|doesn t|didn t|dont|doesnt|didnt|isn t|isnt|without|"
    r"ot|at|min|men|min del|ot del|kmean nona|ot ban)( (ever|even|really|yet|del|ban|any))?$"
)


class Level(StrEnum):
    """How much is done about what was seen.

    CARE: everything else stops; a hotline, a person, and “that is not what I meant”.
    GENTLE: it may or may not be danger; a warm line and a button go with the ordinary answer.
    """

    CARE = "care"
    GENTLE = "gentle"


@dataclass(frozen=True)
class Danger:
    """What was seen: the kind of danger and the name of the sign, never her words."""

    kind: str
    sign: str
    level: Level = Level.CARE


class _Forms:
    """A group of words compiled for all ways of writing."""

    def __init__(self, forms: WordForms) -> None:
        self._khmer = _alternatives(forms.km, fold)
        self._english = _alternatives(forms.en, fold, word=True)
        # What is short when respelled is soon an English word ("toh" becomes "to", "yeayi"
        # becomes "ye", and so would "year"): it must be exact.
        short = [f for f in forms.rom if len(f) <= _SHORT_WORD or len(respell(f)) < _SHORT_WORD]
        self._exact = _alternatives(short, fold, word=True)
        self._romanised = _alternatives(set(forms.rom) - set(short), respell, word=True)

    def places(self, heard: "_Heard") -> Iterable[tuple[str, int]]:
        """Yield the text and position before which each match stands, for denial."""
        for pattern, text in (
            (self._khmer, heard.khmer),
            (self._english, heard.english),
            (self._exact, heard.english),
            (self._romanised, heard.romanised),
        ):
            if pattern is not None:
                for match in pattern.finditer(text):
                    yield text, match.start()

    def in_(self, heard: "_Heard", *, deniable: bool = False) -> bool:
        """Return whether the words are there, and are not denied where they may be."""
        return any(
            not (deniable and _denied(text[:start].rstrip())) for text, start in self.places(heard)
        )


def _alternatives(
    forms: Iterable[str], key: Callable[[str], str], *, word: bool = False
) -> re.Pattern[str] | None:
    """Compile forms under `key`; a trailing * means that a Latin word may go on ("marri*")."""
    bodies = []
    for form in forms:
        parts = [
            re.escape(key(part.rstrip("*"))).replace(r"\ ", " ") + "[a-z]*" * part.endswith("*")
            for part in form.split()
        ]
        bodies.append(" ".join(parts) if word else "".join(parts))
    body = "|".join(sorted({b for b in bodies if b}, key=len, reverse=True))
    if not body:
        return None
    if word:
        return re.compile(rf"(?<![a-z])(?:{body})(?![a-z])")
    # Whole Khmer syllables only: "slap" is also the end of the syllable "house".
    return re.compile(f"(?<!{COENG})(?:{body})(?![{COENG}\u17b6-\u17d1])")


def _denied(before: str) -> bool:
    return bool(_DENIAL_KHMER.search(before) or _DENIAL_LATIN.search(before))


@dataclass(frozen=True)
class _Heard:
    khmer: str
    english: str
    romanised: str


def _hear(text: str) -> _Heard:
    folded = fold(text)
    latin = " ".join(word for word in folded.split() if word.isascii())
    return _Heard(folded.replace(" ", ""), latin, respell(latin))


class DangerWatch:
    """Reads every message; built once from the reviewed list and examples.

    Without `likeness` only the signs are looked for. `find` tells it what notions a message
    speaks of.
    """

    def __init__(
        self,
        signs: Signs,
        find: Callable[[str], Iterable[str]] | None = None,
        likeness: DangerModel | None = None,
    ) -> None:
        self._find = find
        self._likeness = likeness
        self._words = {name: _Forms(forms) for name, forms in signs.words.items()}
        self._signs = [(sign, _Forms(sign.phrases)) for sign in signs.signs]
        self._safe_words = {
            fold(form)
            for form in (*signs.safe_words.km, *signs.safe_words.en, *signs.safe_words.rom)
        }
        self._distress = _Forms(signs.distress)
        self._relief = _Forms(signs.relief)

    def look(self, text: str, before: Sequence[str] = ()) -> Danger | None:
        """Return what alarms in `text`, alone or read together with what she wrote `before` it.

        `before` holds her last messages, oldest first: danger is also said in pieces.
        """
        alone = self._look(text)
        if not before or (alone is not None and alone.level is Level.CARE):
            return alone
        together = self._look(" ".join((*before, text)))
        return together or alone

    def _look(self, text: str) -> Danger | None:
        """Return what alarms in a text, the signs before the likeness to the examples.

        A sign that only an ordinary word has set off is taken back when the message is like
        no danger at all.
        """
        if self.is_safe_word(text):
            return Danger("help", "safe word")
        sign = self._first_sign(text)
        if self._likeness is None:
            return sign
        likeness = self._likeness.look(text, self.markers(text, sign))
        if sign is not None:
            return sign if likeness.danger >= self._likeness.calm_below else None
        if likeness.danger >= self._likeness.alarm_from:
            return Danger(likeness.kind, "likeness")
        return None

    def markers(self, text: str, sign: Danger | None) -> list[str]:
        """Return what is known of a message beside its letters, for the likeness."""
        heard = _hear(text)
        groups = []
        for name, forms in self._words.items():
            if forms.in_(heard, deniable=True):
                groups.append(f"group {name}")
            elif forms.in_(heard):
                groups += [f"denied {name}", "denied"]
        spoken_of = self._find(text) if self._find else ()
        notions = [f"notion {name}" for name in dict.fromkeys(spoken_of)]
        return [*([f"sign {sign.kind}"] if sign else []), *dict.fromkeys(groups), *notions]

    def _first_sign(self, text: str) -> Danger | None:
        """Return the first sign in `text`; signs are in order of urgency."""
        sentences = [s for s in _SENTENCE_END.split(text) if s.strip()]
        spans = {" ".join(sentences[i : i + _SENTENCES_TOGETHER]) for i in range(len(sentences))}
        heard = [_hear(span) for span in [*sentences, *sorted(spans - set(sentences))]]
        for sign, phrases in self._signs:
            if any(self._shows(sign, phrases, span) for span in heard):
                return Danger(sign.kind, sign.name)
        return None

    def is_safe_word(self, text: str) -> bool:
        """Return whether the message is the agreed word that calls for help in any state."""
        return fold(text) in self._safe_words

    def still_distressed(self, text: str) -> bool:
        """Return whether a message in a care frame says that it is not over."""
        return self._distress.in_(_hear(text))

    def relieved(self, text: str) -> bool:
        """Return whether a message in a care frame says that all is well."""
        return self._relief.in_(_hear(text), deniable=True)

    def _shows(self, sign: Sign, phrases: _Forms, heard: _Heard) -> bool:
        if any(self._words[name].in_(heard) for name in sign.unless):
            return False
        if phrases.in_(heard, deniable=sign.deniable_phrases):
            return True
        groups = [*((name,) for name in sign.all), *sign.any]
        return bool(groups) and all(
            any(self._words[n].in_(heard, deniable=n in sign.deniable) for n in group)
            for group in groups
        )
