"""The decision about a message: danger, a wish to talk or for a job, then what the library says.

The command line and the bot use this and nothing else, so what `bongsrey ask` prints is what
a girl would get.
"""

from collections.abc import Sequence
from functools import cached_property

from bot.answering import kept, wording
from bot.answering.concepts import ConceptFinder
from bot.answering.follow_ups import FollowUps
from bot.answering.learned import Classifiers, load_classifiers
from bot.answering.names import NameFinder
from bot.answering.ranking import Candidate, Ranker, Ranking, merged
from bot.answering.second_look import may_be_graver, seen_again
from bot.answering.signals import Reader
from bot.answering.similarity import Views
from bot.answering.suggestions import Suggestions, offered
from bot.answering.targets import NO_QUESTION, targets_of
from bot.answering.verdict import SURE_ENOUGH, Decision, Verdict, decide
from bot.answering.weights import Weights, load_weights
from bot.answering.wording import LONGEST_QUESTION
from bot.careers.directory import wish_in
from bot.content import Content
from bot.language.detect import Language, LanguageDetector, fitted
from bot.language.encoder import Encoder, load_encoder
from bot.language.khmer import fold
from bot.language.meaning import Meaning
from bot.safety.danger import Danger, Level
from bot.safety.danger_model import DangerModel
from bot.safety.second_opinion import MEANING, SecondOpinion
from bot.safety.watch import LIKENESS, DangerWatch

_MOST_PARTS, _MOST_SENTENCES = 3, 6
# From so many letters on a message may be a story, of which only some sentences ask.
_STORY = 70
# How much surer a sentence must be than the whole for it to be what she asks.
_SURER = 0.05
# How much of a message the name of a woman must be for it to ask for her.
_NAME_OF_A_WOMAN = 0.25


class Answerer:
    """Knows the content and decides; holds no state between messages."""

    def __init__(
        self,
        content: Content,
        finder: ConceptFinder,
        watch: DangerWatch,
        wishes: DangerWatch,
        classifiers: Classifiers,
        encoder: Encoder | None = None,
        weights: Weights | None = None,
    ) -> None:
        self._content = content
        self._watch = watch
        self._wishes = wishes
        weights = weights or load_weights()
        self._bands = weights.bands
        self._finder = finder
        self._reader = Reader(targets_of(content), finder, classifiers, content.aspects)
        self._ranker = Ranker(self._reader, weights, encoder)
        # Women are no targets of the ranking: nothing is asked of them but who they are.
        self._women = NameFinder({w.id: (w.name, w.name_km or "") for w in content.women})
        self._requests = {
            _fixed(words): request.id
            for request in content.requests
            for words in request.said.all()
        }
        self._cries = {
            _fixed(words)
            for request in content.requests
            if request.cries is not None
            for words in request.cries.all()
        }
        self._detector = _detector(content)
        self._follow_ups = FollowUps(
            content, self._detector, self._reader, self._ranker, self._bands
        )

    def language(self, text: str, otherwise: Language = "en") -> Language:
        """Return how `text` is written; `otherwise` where it does not tell."""
        return self._detector.detect(text, otherwise)

    def look(self, text: str) -> Views:
        """Return how `text` is seen when it is compared with other questions."""
        return self._reader.look(text[:LONGEST_QUESTION])

    def subjects(self, text: str) -> tuple[str, ...]:
        """Return the concepts that `text` is about, each once: no word of hers."""
        found = dict.fromkeys(self._finder.find(text[:LONGEST_QUESTION]))
        return tuple(concept for concept in found if concept not in wording.ASKING)

    def request(self, text: str) -> str | None:
        """Return what `text` asks of the bot itself, when it is one of the fixed ways to ask."""
        return self._requests.get(_fixed(text))

    def is_cry(self, text: str) -> bool:
        """Return whether `text` is said to people once danger is near: “stop”, “take me home”."""
        return _fixed(text) in self._cries

    def asks(self, text: str) -> bool:
        """Return whether `text` is put as a question, or as a wish to learn or to be something."""
        return wording.asks(text, self._finder)

    def danger(
        self, text: str, before: Sequence[str] = (), *, to_bot: bool = False
    ) -> Danger | None:
        """Return the sign of danger in `text`, alone or after what she wrote `before`, if any.

        What is said `to_bot` in fixed words is none by itself, but may end what she said before.
        """
        said = [line for line in before if not self._is_only_like_danger(line)]
        seen = self._watch.look(text, said, harmless=to_bot)
        if seen is None or not may_be_graver(seen):
            return seen
        return seen_again(seen, self._best(text[:LONGEST_QUESTION]), self._content.signs)

    def _is_only_like_danger(self, line: str) -> bool:
        """Return whether a line was asked of the bot and would weigh on what is said after it."""
        asked = self.request(line) is not None and not self.is_cry(line)
        return asked and self._watch.look(line) is not None

    def still_distressed(self, text: str) -> bool:
        """Return whether a message in a care frame says that it is not over."""
        return self._watch.still_distressed(text)

    def relieved(self, text: str) -> bool:
        """Return whether a message in a care frame says that all is well."""
        return self._watch.relieved(text)

    def calls_off(self, text: str) -> bool:
        """Return whether a message asks to call nobody any more."""
        return self._watch.calls_off(text)

    def is_named_danger(self, text: str) -> bool:
        """Return whether people have named what is in a text a sign of danger."""
        seen = self._watch.look(text)
        return seen is not None and seen.sign != LIKENESS

    def consider(self, text: str, last: str | None = None, *, safe: bool = False) -> Verdict:
        """Decide about `text`.

        `last` is the `context` of the answer just before, for follow-ups; `safe` says that danger
        was looked for before, so that it is not looked for again. A gentle sign changes no answer.
        """
        language = self.language(text)
        danger = None if safe else self.danger(text)
        short = text[:LONGEST_QUESTION]
        if danger is not None and danger.level is Level.CARE:
            ranking = self._in_context(short, last)
            return self._verdict(text, language, "safety", ranking, danger)
        if several := self._several(short):
            score = min(part.sure for part in several)
            firsts = tuple(part.candidates[0] for part in several)
            return Verdict(text, language, "answer", firsts, firsts, score, danger)
        ranking = self._in_context(short, last)
        return self._verdict(text, language, decide(ranking, self._bands), ranking, danger)

    async def foresee(self, text: str) -> None:
        """Do what takes longest about a text that is considered soon; nothing is waited for then.

        Other things go on meanwhile.
        """
        short = text[:LONGEST_QUESTION]
        parts = wording.sentences(short)
        if 1 < len(parts) <= _MOST_PARTS:
            for part in parts:
                await self._ranker.foresee(part)
            if self._several(short):
                return
        await self._ranker.foresee(short)
        for part in self._told(short, self._ranker.rank(short)):
            await self._ranker.foresee(part)

    def suggest(self, text: str) -> tuple[Candidate, ...]:
        """Return the things that a text may be about, best first, though it may be half typed."""
        short = text[:LONGEST_QUESTION]
        ranking = self._best(short)
        sure = self._bands.answers(ranking.sure, ranking.stray)
        answer = next(iter(ranking.candidates), None) if sure else None
        return self._suggestions.of(short, ranking, answer)

    @cached_property
    def _suggestions(self) -> Suggestions:
        return Suggestions(self._content, self._finder, self._reader.targets)

    def _verdict(
        self,
        text: str,
        language: Language,
        decision: Decision,
        ranking: Ranking,
        danger: Danger | None = None,
    ) -> Verdict:
        first = ranking.candidates[:1]
        shown = first if decision in ("answer", "smalltalk") else ()
        outside = (
            decision == "handoff"
            and bool(first)
            and first[0].kind == "outside"
            and ranking.sure >= self._bands.surely_from
        )
        looked_for = wish_in(text, self._finder.find(text), self._content)
        sure = ranking.sure if ranking.candidates else 0.0
        woman, may_be = self._wishes.look(text), _may_be_a_woman(decision, first)
        if woman is not None and may_be:
            # Who wishes to talk with a woman of some work is offered one.
            decision, shown = "answer", (Candidate("mentor", "feature", ranking.sure),)
        elif may_be and (known := self._woman_named(text)):
            sure = max(sure, SURE_ENOUGH)
            decision, shown = "answer", (Candidate("women", "feature", sure, known),)
        return Verdict(
            text,
            language,
            decision,
            shown,
            offered(ranking),
            sure,
            danger,
            outside,
            None if decision == "smalltalk" else looked_for,
            woman.kind if woman else None,
        )

    def _woman_named(self, text: str) -> str | None:
        """Return the woman of the library by whose name `text` asks for her."""
        named = next(iter(self._women.find(text[:LONGEST_QUESTION])), None)
        if named is None or named.end - named.start < _NAME_OF_A_WOMAN * len(text):
            return None
        return named.key

    def _best(self, text: str) -> Ranking:
        """Rank a message; of a story, the sentence that asks when it is surer than the whole."""
        whole = self._ranker.rank(text)
        rankings = [self._ranker.rank(part) for part in self._told(text, whole)]
        told = [r for r in rankings if r.candidates and r.candidates[0].kind not in NO_QUESTION]
        surest = max(told, key=lambda ranking: ranking.sure, default=whole)
        return surest if surest.sure > whole.sure + _SURER else merged(whole, surest)

    def _told(self, text: str, whole: Ranking) -> list[str]:
        """Return the sentences of a story that ask, where the whole is not sure enough."""
        if len(text) < _STORY or whole.sure >= self._bands.surely_from:
            return []
        sentences = wording.sentences(text)
        return ([part for part in sentences if self.asks(part)] or sentences[-1:])[
            :_MOST_SENTENCES
        ]

    def _in_context(self, text: str, last: str | None) -> Ranking:
        """Rank a message, as a follow-up of the answer before where it may be one."""
        plain = self._best(text)
        if last is None or not wording.may_follow_up(text):
            return plain
        return self._follow_ups.of(text, plain, last)

    def _several(self, text: str) -> Sequence[Ranking]:
        """Return the rankings of the questions in one message, if each is surely answered."""
        parts = wording.sentences(text)
        if not 1 < len(parts) <= _MOST_PARTS:
            return ()
        rankings = [self._ranker.rank(part) for part in parts]
        sure = [
            ranking
            for ranking in rankings
            if decide(ranking, self._bands) == "answer" and ranking.sure >= self._bands.surely_from
        ]
        different = len({ranking.candidates[0].key for ranking in sure}) > 1
        return sure if different else ()


def _may_be_a_woman(decision: Decision, first: tuple[Candidate, ...]) -> bool:
    """Return whether a woman is all that is asked for, and there is no answer beside her."""
    if decision == "answer":
        return first[0].kind not in ("faq", "feature") or first[0].score < SURE_ENOUGH
    return decision in ("clarify", "handoff")


def _detector(content: Content) -> LanguageDetector:
    """Return what tells the languages apart, learnt from the ways of asking."""
    askable = [e.asks for e in content.entries.values()]
    askable += [p.asks for p in content.pages]
    askable += [s.asks for s in content.smalltalk] + [d.asks for d in content.decoys]
    english = [line for asks in askable for line in asks.en]
    english += [e.question.get("en") for e in content.entries.values()]
    english += [word for concept in content.concepts for word in concept.en]
    romanised = [line for asks in askable for line in asks.rom]
    romanised += [word for concept in content.concepts for word in concept.rom]
    odds = kept.odds((english, romanised), lambda: fitted(english, romanised))
    return LanguageDetector(odds)


def _fixed(text: str) -> str:
    """Return the key by which a fixed way to ask is found: its letters, however spaced."""
    return fold(text).replace(" ", "")


def build_answerer(content: Content) -> Answerer:
    """Return the answerer for `content`, with its danger signs and fitted weights."""
    finder = ConceptFinder(content.concepts)
    # A wish to talk with a woman of some work is read by the same reader as danger.
    wishes, encoder = DangerWatch(content.wishes), load_encoder()
    watch = build_watch(content, encoder)
    return Answerer(content, finder, watch, wishes, load_classifiers(), encoder)


def build_watch(content: Content, encoder: Encoder | None) -> DangerWatch:
    """Return what listens for danger: signs, likeness, what the library knows, what is meant."""
    classifiers = load_classifiers()
    meant = None if encoder is None else Meaning(encoder.encode, MEANING).odds
    opinion = SecondOpinion(classifiers.classes, classifiers.likely, meant)
    return DangerWatch(content.signs, DangerModel(), opinion)
