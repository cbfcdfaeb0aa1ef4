"""The decision about a message: danger, a wish to talk or for a job, then what the library says.

The command line and the bot use this and nothing else, so what `bongsrey ask` prints is what
a girl would get.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from bot.answering.concepts import ConceptFinder
from bot.answering.ranking import Candidate, Ranker, Ranking, Weights, documents_of, load_weights
from bot.answering.similarity import Views
from bot.careers.directory import Wish, wish_in
from bot.careers.finder import CareerFinder
from bot.content import Content
from bot.language.detect import ANSWERED_IN, Language, LanguageDetector
from bot.language.khmer import fold
from bot.safety.danger_model import DangerModel
from bot.safety.watch import Danger, DangerWatch, Level

Decision = Literal["answer", "clarify", "handoff", "safety", "smalltalk", "career", "mentor"]
OFFERED = 3
LONGEST_QUESTION = 1000
# Concepts that make a sentence a question and say nothing of its subject.
_ASKING = frozenset(
    {"when", "where", "how-much", "how", "who", "can", "why", "need", "how-long", "difference"}
)
_MOST_PARTS = 3
_SHORTEST_PART = 8
_FOLLOW_UP_CHARACTERS = 32
_SENTENCE_END = re.compile("[?？។៕!\n]+")
_FOLLOW_UP = re.compile(
    r"^(ចុះ|ហើយចុះ|ចុះបើ|and |what about|how about|then |so |how much is it|where is it|"
    r"who can|when is it|is it |does it|do they|can i |choh |chos |choss )|(នោះ|ហ្នឹង|មែនទេ|វិញ)$"
)
# A sentence that asks or wishes although it has no question mark, and one that denies and so does
# neither.
_QUESTION = re.compile(
    r"^(can|could|may|do|does|did|is|are|was|what|which|when|where|how|who|why|should|will) |"
    r"(ទេ|អត់|ឬនៅ|អ្វី|អី|ណា|ប៉ុន្មាន|ម៉េច)$| (te|ot|ey|avey|mech|ponman|na)$|"
    r"\bwant to (be|become|study|learn)\b|ចង់(ធ្វើ|ក្លាយ|រៀន)|\b[cj]h?ong (tver|tveu|rean|klay)"
)
_QUESTION_WORDS = _ASKING - {"can", "need"}
_DENIAL = re.compile(r"មិន|អត់.|គ្មាន|\b(ot|min|at|kmean) ")
# How much the context of a follow-up counts: the entry's relations, and its topic.
_RELATED_BOOST, _TOPIC_BOOST = 1.2, 0.8


@dataclass(frozen=True)
class Verdict:
    """What to do with a message.

    Who wishes to talk with a woman of some work is offered one, and gets what `library` says as
    well where that is an answer; to who wishes for a job, the career itself is the answer.
    """

    text: str
    language: Language
    # what the library alone would do
    library: Decision
    ids: tuple[str, ...]
    score: float
    candidates: tuple[Candidate, ...]
    danger: Danger | None = None
    outside: bool = False
    # what in the directory she may be looking for
    wish: Wish | None = None
    # the field of the woman she wants to talk with, or "any"
    mentor: str | None = None
    # the career that she wishes for or merely names
    career: str | None = None

    @property
    def decision(self) -> Decision:
        """What to do with it."""
        if self.library == "safety":
            return "safety"
        if self.mentor is not None:
            return "mentor"
        return "career" if self.career is not None else self.library

    @property
    def answers(self) -> bool:
        """Whether she gets the answers of the library, alone or before the offer of a mentor."""
        return self.library == "answer" and self.decision != "career"


class Answerer:
    """Knows the content and decides; holds no state between messages."""

    def __init__(
        self,
        content: Content,
        finder: ConceptFinder,
        watch: DangerWatch,
        wishes: DangerWatch,
        weights: Weights | None = None,
    ) -> None:
        self._content = content
        self._watch = watch
        self._wishes = wishes
        self._weights = weights or load_weights()
        self._finder = finder
        self._ranker = Ranker(documents_of(content), self._finder, self._weights)
        self._careers = CareerFinder(content.careers.values(), content.career_wishes)
        askable = [e.asks for e in content.entries.values()]
        askable += [s.asks for s in content.smalltalk] + [d.asks for d in content.decoys]
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
        self._detector = LanguageDetector(
            [line for asks in askable for line in asks.en]
            + [e.question.get("en") for e in content.entries.values()]
            + [word for concept in content.concepts for word in concept.en],
            [line for asks in askable for line in asks.rom]
            + [word for concept in content.concepts for word in concept.rom],
        )

    def language(self, text: str) -> Language:
        """Return how `text` is written."""
        return self._detector.detect(text)

    def look(self, text: str) -> Views:
        """Return how `text` is seen when it is compared with other questions."""
        return self._ranker.look(text[:LONGEST_QUESTION])

    def subjects(self, text: str) -> tuple[str, ...]:
        """Return the concepts that `text` is about, each once: no word of hers."""
        found = dict.fromkeys(self._finder.find(text[:LONGEST_QUESTION]))
        return tuple(concept for concept in found if concept not in _ASKING)

    def request(self, text: str) -> str | None:
        """Return what `text` asks of the bot itself, when it is one of the fixed ways to ask."""
        return self._requests.get(_fixed(text))

    def cries_stop(self, text: str) -> bool:
        """Return whether `text` is a bare “stop”, which after danger is no request to the bot."""
        return _fixed(text) in self._cries

    def asks(self, text: str) -> bool:
        """Return whether `text` is put as a question, or as a wish to learn or to be something."""
        folded = fold(text)
        if "?" in text or "？" in text:
            return True
        if _DENIAL.search(folded):
            return False
        asking = not _QUESTION_WORDS.isdisjoint(self._finder.find(text[:LONGEST_QUESTION]))
        return asking or bool(_QUESTION.search(folded))

    def danger(self, text: str, before: Sequence[str] = ()) -> Danger | None:
        """Return the sign of danger in `text`, alone or after what she wrote `before`, if any."""
        return self._watch.look(text, before)

    def still_distressed(self, text: str) -> bool:
        """Return whether a message in a care frame says that it is not over."""
        return self._watch.still_distressed(text)

    def relieved(self, text: str) -> bool:
        """Return whether a message in a care frame says that all is well."""
        return self._watch.relieved(text)

    def consider(self, text: str, last_entry: str | None = None, *, safe: bool = False) -> Verdict:
        """Decide about `text`.

        `last_entry` is the entry answered just before, for follow-ups; `safe` says that danger
        was looked for before, so that it is not looked for again. A gentle sign changes no answer.
        """
        verdict = self._consider(text, last_entry, safe=safe)
        if verdict.library == "safety":
            return verdict
        looked_for = wish_in(text, self._finder.find(text), self._content)
        woman = self._wishes.look(text)
        return replace(
            verdict,
            wish=None if verdict.library == "smalltalk" else looked_for,
            mentor=woman.kind if woman else None,
            career=self._careers.find(text),
        )

    def _consider(self, text: str, last_entry: str | None, *, safe: bool) -> Verdict:
        language = self.language(text)
        danger = None if safe else self._watch.look(text)
        short = text[:LONGEST_QUESTION]
        ranking = self._in_context(short, last_entry)
        if danger is not None and danger.level is Level.CARE:
            return self._verdict(text, language, "safety", ranking, danger)
        parts = self._several(short)
        if len(parts) > 1:
            ids = tuple(dict.fromkeys(part.candidates[0].id for part in parts))
            if len(ids) > 1:
                score = min(part.sure for part in parts)
                firsts = tuple(part.candidates[0] for part in parts)
                return Verdict(text, language, "answer", ids, score, firsts, danger)
        return self._verdict(text, language, self._decide(ranking), ranking, danger)

    def related(self, entry_id: str) -> tuple[str, ...]:
        """Return up to three entries to offer after one."""
        related = self._content.entries[entry_id].related
        return tuple(r for r in related if r in self._content.entries)[:OFFERED]

    def _verdict(
        self,
        text: str,
        language: Language,
        decision: Decision,
        ranking: Ranking,
        danger: Danger | None = None,
    ) -> Verdict:
        faq = tuple(c for c in ranking.candidates if c.kind == "faq")
        if decision == "smalltalk":
            ids: tuple[str, ...] = (ranking.candidates[0].id,)
        else:
            ids = (faq[0].id,) if faq else ()
        score = ranking.sure if ranking.candidates else 0.0
        outside = (
            decision == "handoff"
            and bool(ranking.candidates)
            and (
                ranking.candidates[0].kind == "decoy"
                and ranking.sure >= self._weights.clarify_from
            )
        )
        return Verdict(text, language, decision, ids, score, faq[:OFFERED], danger, outside)

    def _decide(self, ranking: Ranking) -> Decision:
        if not ranking.candidates:
            return "handoff"
        top = ranking.candidates[0]
        if top.kind == "smalltalk":
            return "smalltalk" if ranking.sure >= self._weights.clarify_from else "handoff"
        if top.kind == "decoy":
            return "handoff"
        if ranking.sure >= self._weights.answer_from:
            return "answer"
        return "clarify" if ranking.sure >= self._weights.clarify_from else "handoff"

    def _in_context(self, text: str, last_entry: str | None) -> Ranking:
        plain = self._ranker.rank(text)
        entry = self._content.entries.get(last_entry or "")
        if entry is None or not _may_follow_up(text):
            return plain
        if self._decide(plain) == "answer" and not _FOLLOW_UP.search(fold(text)):
            return plain
        topic = self._content.topic_of[entry.id]
        boosts = {e.id: _TOPIC_BOOST for e in self._content.in_topic(topic)}
        boosts |= dict.fromkeys(entry.related, _RELATED_BOOST)
        boosts[entry.id] = 0.0
        subject = entry.question.get(ANSWERED_IN[self.language(text)])
        joined = self._ranker.rank(f"{text} {subject}", boosts | {entry.id: -_RELATED_BOOST})
        boosted = self._ranker.rank(text, boosts)
        best = max((plain, boosted), key=lambda ranking: ranking.sure)
        if self._decide(best) != "handoff" or not joined.candidates:
            return best
        # Nothing fits the words alone: offer what fits them together with the last subject.
        sure = min(joined.sure, (self._weights.answer_from + self._weights.clarify_from) / 2)
        faq = tuple(c for c in joined.candidates if c.kind == "faq")
        return Ranking(faq, max(sure, self._weights.clarify_from)) if faq else best

    def _several(self, text: str) -> Sequence[Ranking]:
        """Return the rankings of the questions in one message, if each is surely answered."""
        parts = [p.strip() for p in _SENTENCE_END.split(text) if len(p.strip()) >= _SHORTEST_PART]
        if not 1 < len(parts) <= _MOST_PARTS:
            return ()
        rankings = [self._ranker.rank(part) for part in parts]
        sure = [r for r in rankings if self._decide(r) == "answer"]
        return sure if len(sure) > 1 else ()


def _fixed(text: str) -> str:
    """Return the key by which a fixed way to ask is found: its letters, however spaced."""
    return fold(text).replace(" ", "")


def _may_follow_up(text: str) -> bool:
    return len(fold(text)) <= _FOLLOW_UP_CHARACTERS or bool(_FOLLOW_UP.search(fold(text)))


def build_answerer(content: Content) -> Answerer:
    """Return the answerer for `content`, with its danger signs and fitted weights."""
    finder = ConceptFinder(content.concepts)
    watch = DangerWatch(content.signs, DangerModel())
    # A wish to talk with a woman of some work is read by the same reader as danger.
    return Answerer(content, finder, watch, DangerWatch(content.wishes))
