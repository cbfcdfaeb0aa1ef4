"""Looks for signs that a girl may be in danger, before anything else is done with a message.

The signs are data (`content/safety/signs.yaml`), written and reviewed by people: phrases that
are enough alone, and groups of words that alarm when they meet in one sentence ("father" and
"hits"), with what takes the alarm back ("in volleyball") and which words may be denied ("my
father never hits me"). A missed alarm is worse than a false one, so matching forgives spelling.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.content.safety import Sign, Signs, WordForms
from bot.language.khmer import COENG, fold
from bot.language.romanised import respell
from bot.safety import readings
from bot.safety.danger_model import GRAVE, DangerModel

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


def _plain(text: str) -> str:
    """Return a text of any script as its phrases are looked for."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


class DangerWatch:
    """Reads every message; built once from the reviewed list and examples.

    Without `likeness` only the signs are looked for.
    """

    def __init__(self, signs: Signs, likeness: DangerModel | None = None) -> None:
        self._likeness = likeness
        self._words = {name: _Forms(forms) for name, forms in signs.words.items()}
        self._signs = [(sign, _Forms(sign.phrases)) for sign in signs.signs]
        self._safe_words = {
            fold(form)
            for form in (*signs.safe_words.km, *signs.safe_words.en, *signs.safe_words.rom)
        }
        self._distress = _Forms(signs.distress)
        self._relief = _Forms(signs.relief)
        self._abroad = [
            (kind, re.compile("|".join(re.escape(_plain(phrase)) for phrase in phrases)))
            for kind, phrases in signs.in_other_languages.items()
        ]

    def look(self, text: str, before: Sequence[str] = ()) -> Danger | None:
        """Return what alarms in `text`, alone or read together with what she wrote `before` it.

        `before` holds her last messages, oldest first: danger is also said in pieces. What they
        say without `text` was answered in its time and alarms no more.
        """
        alone = self._alone(text)
        pieces = readings.with_before(text, before)
        if pieces is None or (alone is not None and alone.level is Level.CARE):
            return alone
        earlier, together = (self._alone(words) for words in pieces)
        if together is None or together.level is not Level.CARE:
            return alone
        return alone if earlier is not None and earlier.level is Level.CARE else together

    def _alone(self, text: str) -> Danger | None:
        """Return the gravest of what is seen in a text, in each way of reading it."""
        if self.is_safe_word(text):
            return Danger("help", "safe word")
        for kind, phrases in self._abroad:
            if phrases.search(_plain(text)):
                return Danger(kind, "in another language")
        gentle = None
        for reading in (*readings.whole(text), *readings.parts(text)):
            found = self._read(reading)
            if found is not None and found.level is Level.CARE:
                return found
            gentle = gentle or found
        return gentle

    def _read(self, text: str) -> Danger | None:
        """Return what alarms in one reading, the signs before the likeness to the examples.

        A sign that only an ordinary word has set off is gentle, or nothing, when the message is
        like no danger at all; not so a wish to die, which is never taken for a manner of speech.
        """
        sign = self._first_sign(text)
        if self._likeness is None:
            return sign
        if sign is not None and sign.kind == "selfharm":
            return sign
        likeness, bands = self._likeness.look(text), self._likeness.bands
        care = bands.care_when_grave if likeness.kind in GRAVE else bands.care
        gentle = bands.gentle
        if sign is not None:
            care, gentle = bands.care_with_sign, bands.gentle_with_sign
        if likeness.danger < gentle:
            return None
        level = Level.CARE if likeness.danger >= care else Level.GENTLE
        if sign is not None:
            return replace(sign, level=level)
        return Danger(likeness.kind, "likeness", level)

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
