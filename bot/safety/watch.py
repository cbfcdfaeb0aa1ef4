"""Looks for signs that a girl may be in danger, before anything else is done with a message.

The signs are data (`content/safety/signs.yaml`), written and reviewed by people: phrases that
are enough alone, and groups of words that alarm when they meet in one sentence ("father" and
"hits"), with what takes the alarm back ("in volleyball") and which words may be denied ("my
father never hits me"). A missed alarm is worse than a false one, so matching forgives spelling.
What is heard so is weighed once more with what the message is about (`second_opinion.py`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.content.safety import Sign, Signs
from bot.language.khmer import fold
from bot.language.links import without_links
from bot.language.recalled import Recalled
from bot.safety import readings
from bot.safety.abroad import Abroad
from bot.safety.danger import Danger, Level
from bot.safety.danger_model import NOTHING_LIKE_IT, DangerModel, Likeness
from bot.safety.lexicon import Heard, Lexicon
from bot.safety.second_opinion import Evidence, SecondOpinion

# The name of what no sign says, but the examples.
LIKENESS = "likeness"
# Without a sign, fewer letters are no ground for care: "I don't want".
_LETTERS_TO_BE_SURE = 8
# So little like danger no opinion is asked of what nothing else speaks for.
_HARDLY_LIKE_IT = 0.02
# Of a text of more pieces only those are asked for their meaning that words find likeliest: one
# costs some 25 ms, and a message may have hundreds.
_MOST_MEANT = 16
# Her last messages are read again with each new one: of so many texts it is known what alarms.
_MOST_KNOWN = 4096


@dataclass(frozen=True)
class _Seen:
    """A sign that was found."""

    danger: Danger
    # one of its phrases is there, not only words that met
    said: bool
    # it is told of: in an essay, a film, a career
    softened: bool
    # it is herself of whom it is told
    hers: bool

    @property
    def beyond_doubt(self) -> bool:
        """Return whether no likeness takes it back."""
        return self.hers or (self.danger.kind == "selfharm" and not self.softened)

    @property
    def alone(self) -> Danger:
        """Return what is seen where nothing is known of likeness."""
        return replace(self.danger, level=Level.GENTLE) if self.softened else self.danger


@dataclass(frozen=True)
class _Piece:
    """A piece of a message, with the sign in it, and how that and its likeness would be met."""

    sign: _Seen | None
    heard: Danger | None
    evidence: Evidence


class DangerWatch:
    """Reads every message; built once from the reviewed list and examples.

    Without `likeness` only the signs are looked for; without an `opinion` nothing is asked about
    what a message is about.
    """

    def __init__(
        self,
        signs: Signs,
        likeness: DangerModel | None = None,
        opinion: SecondOpinion | None = None,
    ) -> None:
        self._likeness = likeness
        self._opinion = opinion
        self._signs = signs.signs
        self._herself = signs.herself
        self._met_gently = frozenset(signs.met_gently)
        self._urgency = {kind: place for place, kind in enumerate(s.kind for s in signs.signs)}
        self._lexicon = Lexicon(
            dict(signs.words) | {_phrases(sign): sign.phrases for sign in signs.signs}
        )
        self._mood = Lexicon(
            {"distress": signs.distress, "relief": signs.relief, "call_off": signs.call_off}
        )
        self._safe_words = {
            fold(form)
            for form in (*signs.safe_words.km, *signs.safe_words.en, *signs.safe_words.rom)
        }
        self._abroad = Abroad(signs.in_other_languages)
        self._known: Recalled[Danger | None] = Recalled(_MOST_KNOWN)
        self._known_pieces: Recalled[Danger | None] = Recalled(_MOST_KNOWN)

    def look(
        self, text: str, before: Sequence[str] = (), *, harmless: bool = False
    ) -> Danger | None:
        """Return what alarms in `text`, alone or read together with what she wrote `before` it.

        `before` holds her last messages, oldest first: danger is also said in pieces. What they
        say without `text` was answered in its time and alarms no more. A text that is `harmless`
        by itself alarms only together with them, and not by what is seen in it without them.
        """
        own = self._alone(text)
        alone = None if harmless else own
        pieces = readings.with_before(text, before)
        if pieces is None or (alone is not None and alone.level is Level.CARE):
            return alone
        earlier, together = (self._alone(words) for words in pieces)
        if together is None:
            return alone
        # What is asked in fixed words makes a wish to die of what stood right before it only where
        # that was heard as danger too: "AI?", "I don't want".
        if harmless and together.sign == LIKENESS and self._alone(before[-1]) is None:
            return alone
        known = own if own is not None and own.sign == together.sign else alone
        if _weight(together) <= max(_weight(earlier), _weight(known)):
            return alone
        # Pieces put together are no message that anybody wrote: to be a little like danger is
        # no ground then, a sign is.
        doubtful = together.level is Level.GENTLE and together.sign == LIKENESS
        return alone if doubtful else together

    def _alone(self, text: str) -> Danger | None:
        """Return the gravest of what is seen in a text, in each way of reading it."""
        return self._known.of(text[: readings.LONGEST], self._beside_links)

    def _beside_links(self, text: str) -> Danger | None:
        """Return what is seen without the links, whose letters are like anything; a sign that
        people have named is found in them too: "t.me/i-want-to-die".
        """
        if (said := without_links(text)) == text:
            return self._gravest(text)
        everything = self._gravest(text)
        named = None if everything is None or everything.sign == LIKENESS else everything
        return max(self._gravest(said), named, key=_weight)

    def _gravest(self, text: str) -> Danger | None:
        if self.is_safe_word(text):
            return Danger("help", "safe word")
        if (kind := self._abroad.kind(text)) is not None:
            return self._as_met(Danger(kind, "in another language"))
        pieces, wholes = _readings(text)
        # A sign is of one sentence or two; what is told in more may be like danger all the same.
        found = [*self._in_pieces(pieces), *(self._read(whole, None) for whole in wholes)]
        return self._first(found)

    def _first(self, found: Iterable[Danger | None]) -> Danger | None:
        """Return the gravest and most urgent of what was found, if anything was."""
        return min((d for d in found if d is not None), key=self._rank, default=None)

    def _in_pieces(self, pieces: Sequence[str]) -> list[Danger | None]:
        if self._opinion is None or len(pieces) <= _MOST_MEANT:
            return [self._known_pieces.of(piece, self._in_piece) for piece in pieces]
        heard = [self._hear(piece, self._first_sign(piece)) for piece in pieces]
        odds = [self._opinion.odds(piece.evidence) for piece in heard]
        likeliest = {*sorted(range(len(heard)), key=odds.__getitem__)[-_MOST_MEANT:]}
        # The likeliest first: of two that are met alike the first is told.
        ordered = sorted(range(len(heard)), key=lambda n: n not in likeliest)
        return [self._in(heard[n], by_words=n not in likeliest) for n in ordered]

    def evidence(self, text: str) -> list[Evidence]:
        """Return what is heard in each piece of a text, for a second opinion."""
        pieces, wholes = _readings(text)
        heard = [self._hear(piece, self._first_sign(piece)) for piece in pieces]
        heard += [self._hear(whole, None) for whole in wholes]
        return [piece.evidence for piece in heard]

    def _in_piece(self, piece: str) -> Danger | None:
        return self._in(self._hear(piece, self._first_sign(piece)), by_words=False)

    def _in(self, piece: _Piece, *, by_words: bool) -> Danger | None:
        """Return what alarms in a piece and its clauses, by words alone or by the meaning too."""
        sign, found = piece.sign, [self._weighed(piece, by_words=by_words)]
        if (
            sign is not None
            and not sign.softened
            and (sign.said or self._is_drowned(piece.evidence, by_words=by_words))
        ):
            clauses = readings.clauses(piece.evidence.text)
            found += [self._in_clause(clause, by_words=by_words) for clause in clauses]
        return self._first(found)

    def _is_drowned(self, evidence: Evidence, *, by_words: bool) -> bool:
        """Return whether a sign stands among so much else that the piece is hardly like danger."""
        opinion = self._opinion
        return opinion is not None and opinion.level(evidence, by_words=by_words) is None

    def _in_clause(self, clause: str, *, by_words: bool) -> Danger | None:
        sign = self._first_sign(clause)
        return None if sign is None else self._read(clause, sign, by_words=by_words)

    def _read(self, piece: str, sign: _Seen | None, *, by_words: bool = False) -> Danger | None:
        return self._weighed(self._hear(piece, sign), by_words=by_words)

    def _weighed(self, piece: _Piece, *, by_words: bool) -> Danger | None:
        """Return what alarms in one piece, weighed once more with what the piece is about."""
        sign, heard, evidence = piece.sign, piece.heard, piece.evidence
        if self._opinion is None or (sign is not None and sign.beyond_doubt):
            return heard
        like = evidence.likeness
        if heard is None and like.danger < _HARDLY_LIKE_IT:
            return None
        level = self._opinion.level(evidence, by_words=by_words)
        if level is Level.CARE and (heard is None or heard.level is Level.GENTLE):
            # People have said of a sign how it is met, and likeness alone may be too little.
            by_sign = heard is not None and heard.sign != LIKENESS
            level = Level.GENTLE if by_sign or self._is_doubtful(evidence.text) else level
        if level is None and heard is not None and _stays(heard):
            level = Level.GENTLE
        known = heard or Danger(like.kind, LIKENESS)
        return None if level is None else replace(known, level=level)

    def _hear(self, piece: str, sign: _Seen | None) -> _Piece:
        """Return what alarms in one piece by its sign and its likeness, as it is met, and why."""
        like = NOTHING_LIKE_IT if self._likeness is None else self._likeness.look(piece)
        alarm = self._alarm(piece, sign, like)
        heard = None if alarm is None else self._as_met(alarm)
        by_sign = None if sign is None else self._as_met(sign.alone).level
        level = None if heard is None else heard.level
        return _Piece(sign, heard, Evidence(piece, like, level, by_sign))

    def _as_met(self, danger: Danger) -> Danger:
        """Return a danger as it is met: gently where an answer helps most.

        What is very like danger as the examples know it may be more than its sign says.
        """
        gentle = danger.kind in self._met_gently and danger.sign != LIKENESS
        return replace(danger, level=Level.GENTLE) if gentle else danger

    def _rank(self, danger: Danger) -> tuple[int, int]:
        """Gravest first, then most urgent."""
        most = len(self._urgency)
        return -_weight(danger), self._urgency.get(danger.kind, most)

    def _alarm(self, piece: str, sign: _Seen | None, likeness: Likeness) -> Danger | None:
        """Return what alarms in one piece, its sign before the likeness to the examples.

        A sign that only words which met have set off is gentle, or nothing, when its piece is
        little like danger. A phrase that says it is gentle at least; and a wish to die is never
        taken for a manner of speech.
        What is told of in an essay or a film weighs as the examples say, and is gentle at least.
        """
        if self._likeness is None:
            return None if sign is None else sign.alone
        if sign is not None and sign.beyond_doubt:
            return sign.danger
        bands = self._likeness.bands
        sure = likeness.danger >= bands.care or likeness.grave >= bands.care_when_grave
        gentle = bands.gentle
        if sign is not None:
            gentle = 0.0 if sign.softened or sign.said else bands.gentle_with_sign
            enough = bands.care_with_sign if sign.said else bands.care_where_words_meet
            sure = sure or (not sign.softened and likeness.danger >= enough)
        if likeness.danger < gentle:
            return None
        level = Level.CARE if sure else Level.GENTLE
        if sign is not None:
            return replace(sign.danger, level=level)
        if level is Level.CARE and self._is_doubtful(piece):
            level = Level.GENTLE
        return Danger(likeness.kind, LIKENESS, level)

    def _first_sign(self, piece: str) -> _Seen | None:
        """Return the first sign in a piece, in order of urgency; one that is meant goes first."""
        heard = self._lexicon.hear(piece)
        told = None
        for sign in self._signs:
            if self._shows(sign, heard):
                seen = self._seen(sign, heard)
                if not seen.softened:
                    return seen
                told = told or seen
        return told

    def _seen(self, sign: Sign, heard: Heard) -> _Seen:
        has = self._lexicon.has
        told = any(has(name, heard) for name in sign.softened_by)
        hers = told and any(has(name, heard, deniable=True) for name in self._herself)
        danger = Danger(sign.kind, sign.name)
        said = has(_phrases(sign), heard, deniable=sign.deniable_phrases)
        return _Seen(danger, said=said, softened=told and not hers, hers=hers)

    def _is_doubtful(self, piece: str) -> bool:
        """Return whether likeness alone is no ground for care."""
        too_little = sum(map(str.isalpha, piece)) < _LETTERS_TO_BE_SURE
        return too_little or self._is_denied(piece)

    def _is_denied(self, piece: str) -> bool:
        """Return whether the words of a sign are there and only a denial takes the alarm back."""
        heard = self._lexicon.hear(piece)
        return any(
            self._shows(sign, heard, deniable=False) and not self._shows(sign, heard)
            for sign in self._signs
        )

    def is_safe_word(self, text: str) -> bool:
        """Return whether the message is the agreed word that calls for help in any state."""
        return fold(text) in self._safe_words

    def still_distressed(self, text: str) -> bool:
        """Return whether a message in a care frame says that it is not over."""
        return self._feels("distress", text)

    def relieved(self, text: str) -> bool:
        """Return whether a message in a care frame says that all is well."""
        return self._feels("relief", text, deniable=True)

    def calls_off(self, text: str) -> bool:
        """Return whether a message asks to call nobody any more."""
        return self._feels("call_off", text)

    def _feels(self, mood: str, text: str, *, deniable: bool = False) -> bool:
        heard = self._mood.hear(text[: readings.LONGEST])
        return self._mood.has(mood, heard, deniable=deniable)

    def _shows(self, sign: Sign, heard: Heard, *, deniable: bool = True) -> bool:
        has = self._lexicon.has
        if any(has(name, heard) for name in sign.unless):
            return False
        if has(_phrases(sign), heard, deniable=deniable and sign.deniable_phrases):
            return True
        groups = [*((name,) for name in sign.all), *sign.any]
        return bool(groups) and all(
            any(has(name, heard, deniable=deniable and name in sign.deniable) for name in group)
            for group in groups
        )


def _weight(danger: Danger | None) -> int:
    """Return how much is done about a danger: nothing, a gentle line, or care."""
    return 0 if danger is None else 2 if danger.level is Level.CARE else 1


def _stays(heard: Danger) -> bool:
    """Return whether a danger is met gently at least, whatever it is about.

    So is what people have named a sign, what was very like danger, and what is most like a wish
    to die: to miss one of these is worse than a warm line too many.
    """
    return heard.sign != LIKENESS or heard.level is Level.CARE or heard.kind == "selfharm"


def _readings(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the pieces of a text, and all of it where that is one thought, however it is read."""
    wholes = readings.whole(text)
    pieces = dict.fromkeys(piece for whole in wholes for piece in readings.pieces(whole))
    return tuple(pieces), tuple(whole for whole in wholes if readings.is_thought(whole))


def _phrases(sign: Sign) -> str:
    """Return the name under which the phrases of a sign are kept beside the groups of words."""
    return f"{sign.kind}: {sign.name}"
