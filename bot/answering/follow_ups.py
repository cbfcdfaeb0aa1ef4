"""What a message asks in the light of the answer before: “And a nurse?”, “How much is it?”."""

from dataclasses import replace

from bot.answering import wording
from bot.answering.ranking import Candidate, Ranker, Ranking
from bot.answering.signals import Reader
from bot.answering.suggestions import offered
from bot.answering.targets import NAMED, recalled
from bot.answering.verdict import decide
from bot.answering.weights import Bands
from bot.careers.directory import province_in
from bot.content import Content
from bot.language.detect import ANSWERED_IN, LanguageDetector

# How like the patterns of an aspect a follow-up must be that names nothing.
_SAME_THING = 0.42
# How much the context of a follow-up counts: the entry's relations, and its topic.
_RELATED_BOOST, _TOPIC_BOOST = 1.2, 0.8
# How much less sure than an answer is what only the last subject makes of a follow-up.
_LESS_SURE = 0.05


class FollowUps:
    """Reads what follows an answer; holds no state between messages."""

    def __init__(
        self,
        content: Content,
        detector: LanguageDetector,
        reader: Reader,
        ranker: Ranker,
        bands: Bands,
    ) -> None:
        self._content = content
        self._detector = detector
        self._reader = reader
        self._ranker = ranker
        self._bands = bands

    def of(self, text: str, plain: Ranking, last: str) -> Ranking:
        """Return the ranking of a message that may follow up, where `plain` is that of its words.

        `last` is the context of the answer before.
        """
        kind, rest, aspect = recalled(last)
        if kind is not None and kind in NAMED:
            return self._about_the_same(text, plain, Candidate(rest, kind, 0.0, aspect))
        if kind == "list" and province_in(text, self._content.provinces) is not None:
            return Ranking((Candidate(rest, "list", self._bands.answer_from),), 1.0, 1.0)
        entry = self._content.entries.get(rest if kind == "faq" else last)
        if entry is None or not wording.follows_up(text):
            return plain
        if decide(plain, self._bands) in ("answer", "smalltalk"):
            return plain
        topic = self._content.topic_of[entry.id]
        boosts = {f"faq:{e.id}": _TOPIC_BOOST for e in self._content.in_topic(topic)}
        boosts |= dict.fromkeys((f"faq:{r}" for r in entry.related), _RELATED_BOOST)
        boosts[f"faq:{entry.id}"] = -_RELATED_BOOST
        subject = entry.question.get(ANSWERED_IN[self._detector.detect(text, "en")])
        joined = self._ranker.rank(f"{text} {subject}", boosts)
        meant = offered(joined)
        if not meant or decide(plain, self._bands) == "clarify":
            return plain
        # Nothing fits the words alone: offer what fits them together with the last subject.
        score = min(meant[0].score, self._bands.answer_from - _LESS_SURE)
        first = replace(meant[0], score=score)
        return Ranking((first, *meant[1:]), first.score, 1.0)

    def _about_the_same(self, text: str, plain: Ranking, before: Candidate) -> Ranking:
        """Return what a follow-up asks of the thing that was shown, or of another of its kind."""
        top = plain.candidates[0] if plain.candidates else None
        like_it = top is not None and top.kind == before.kind and top.aspect in (None, "wish")
        if top is not None and like_it and before.aspect:
            # “And a nurse?” asks of a nurse what was asked before.
            other = replace(top, aspect=before.aspect)
            return replace(plain, candidates=(other, *plain.candidates[1:]))
        if self._reader.names(text) or decide(plain, self._bands) in ("answer", "smalltalk"):
            return plain
        asked = self._reader.aspect(before.kind, text)
        if asked is None or asked.likeness < _SAME_THING:
            return plain
        sure = max(plain.sure, self._bands.answer_from)
        same = replace(before, score=sure, aspect=asked.id)
        return Ranking((same, *plain.candidates), sure, 1.0)
