"""Whether a message may pass between a girl and a mentor, and why not.

Pure: text in, a verdict and its reasons out. Three layers: shapes (numbers, codes), the patterns
that coordinators read, and an opinion that weighs them with how tries are written and what the
message means (`opinion.py`). It holds back more, and tells where a pattern met everyday words;
numbers and codes it never lets pass. What was written before is read together with it: words cut
in pieces just before (`window`), pieces of a number or a name over weeks (`pieces`).
"""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import re2

from bot.content.relay import Verdict
from bot.mentoring.contact import evidence, labels, languages, patterns, pieces
from bot.mentoring.contact.evidence import Seen, see
from bot.mentoring.contact.normalise import LONGEST, Readings, readings, unread, unseen, visible
from bot.mentoring.contact.opinion import opinion
from bot.mentoring.contact.patterns import Hit
from bot.mentoring.contact.window import SHORT, near
from bot.safety.readings import pieces as pieces_of


@dataclass(frozen=True)
class Finding:
    """A verdict, and keys of what was found, strongest first.

    `alert` is sexual talk, a meeting or grooming by an adult: it is stopped, and a coordinator
    must know at once. `stop` is clear; `hold` is doubtful and waits for a coordinator.
    """

    verdict: Verdict
    reasons: tuple[str, ...] = ()

    @property
    def reason(self) -> str:
        """What the sender is told; "" when nothing was found."""
        return self.reasons[0] if self.reasons else ""

    @property
    def barred(self) -> bool:
        """Whether it may not pass at all."""
        return self.verdict in ("stop", "alert")

    @property
    def kept_back(self) -> bool:
        """Whether it is not to be delivered now."""
        return self.verdict != "pass"


PASS = Finding("pass")
# What has fewer says too little for the model.
LEAST_LETTERS = 4
# What has fewer letters says so little that the opinion alone must be so sure, as log-odds.
FEW, SURE_OF_FEW = 20, 1.4
# So much less likely, as log-odds, is enough where a pattern stops or alerts: three more of 316
# innocent lines of `benchmarks/contacts/tune/` are kept back so, and three more of 254 tries.
OUTRIGHT = 1.4
# A part of a message has so many letters; more parts than these nobody writes.
LEAST_OF_PART, MOST_PARTS = 6, 24
STRETCH = 160
APPROACHES = ("closeness", "meeting")
_LONG_NUMBER = re2.compile(r"\b[0-9]{1,3}(?: [0-9]{3}){2}\b")
# Within so many messages of both a row of digits answers who asked for a number.
ASKED_WITHIN = 6
# A long text is read in parts; there is none in the bot that is longer than all of them.
OVERLAP, MOST = 200, 9000


async def warm_up() -> None:
    """Read the content and compile the patterns in a thread, so that no first look waits."""
    await asyncio.to_thread(look, "សួស្ដីបងស្រី")


def look(
    text: str,
    before: Sequence[str] = (),
    *,
    talk: Sequence[str] | None = None,
    by_mentor: bool = True,
    with_model: bool = True,
) -> Finding:
    """Return whether a message may pass, read alone and after what was written before.

    `before` is what its sender wrote, oldest first, versions before an edit included; `talk` what
    both wrote in the last weeks, when that is known. Without the model it is what the model is
    fitted on top of.
    """
    # A coordinator does not see it either: she would pass it on.
    hits = {Hit("stop", "code")} if unseen(text) else set()
    text = visible(text)
    parts = [*map(see, _parts(text))]
    hits |= set(_not_legible(text, parts))
    for part in parts:
        hits |= _alone(part, by_mentor=by_mentor, with_model=with_model)
    both = before if talk is None else talk
    # Together with others no more of a message is read than its first part.
    begins = parts[0]
    hits |= {Hit(*found) for found in pieces.together(both, begins)}
    running = _running(before, both)
    hits |= {Hit(*found) for found in pieces.in_a_row(running, text)}
    hits |= {Hit(*found) for found in labels.told(running, begins, lambda: _asked(both))}
    hits |= set(_joined_with(near(before), text, by_mentor=by_mentor))
    if not hits:
        return PASS
    ordered = sorted(hits, key=lambda hit: hit.order)
    return Finding(ordered[0].verdict, tuple(dict.fromkeys(hit.reason for hit in ordered)))


def _not_legible(text: str, parts: Sequence[Seen]) -> Iterator[Hit]:
    """Yield what keeps a text back because it cannot be read, or not all of its parts are."""
    if len(text) > MOST or any(unread(part.text) for part in parts):
        yield Hit("hold", "code")
    if languages.foreign(text[:MOST]):
        yield Hit("hold", "language")


def _running(before: Sequence[str], talk: Sequence[str]) -> Sequence[str]:
    """Return what its sender wrote last without a word of the other between."""
    count = 0
    for mine, last in zip(reversed(before), reversed(talk), strict=False):
        if mine != last:
            break
        count += 1
    return before[len(before) - count :]


def _asked(talk: Sequence[str]) -> bool:
    """Return whether somebody asked for a number, or offered one, in the last messages."""
    found = (hit for one in talk[-ASKED_WITHIN:] for hit in _joined((one,), "", by_mentor=True))
    return any(hit.reason == "number" for hit in found)


def _parts(text: str) -> Iterator[str]:
    """Yield a long text in parts that overlap, so that nothing is cut out of sight."""
    for start in range(0, min(max(len(text), 1), MOST), LONGEST - OVERLAP):
        yield text[start : start + LONGEST]
        if start + LONGEST >= len(text):
            return


def _alone(seen: Seen, *, by_mentor: bool, with_model: bool) -> set[Hit]:
    hits = seen.hits(by_mentor=by_mentor)
    rest = patterns.without_warnings(seen.read)
    if rest is not None and patterns.excepts(rest):
        # “but me you may send it”: a coordinator looks at it, whatever else is thought of it
        hits.add(Hit("hold", "secrecy"))
    elif rest is not None and not (
        # its numbers and codes are those of the whole
        seen.shapes or patterns.hits(patterns.found(rest), by_mentor=by_mentor)
    ):
        return set()
    if not with_model:
        return hits
    weighed = _weighed(seen, hits, by_mentor=by_mentor)
    return weighed | hits if rest is not None else weighed


def _joined_with(before: Sequence[str], text: str, *, by_mentor: bool) -> Iterator[Hit]:
    """Read a short message with those just before; what they were without it is known already."""
    if not before or len(text) > SHORT:
        return
    # Without a space only what was cut inside a word comes together; words would mix.
    for glue in (" ", "")[: 2 if max(map(len, (*before, text))) <= 12 else 1]:
        if joined := _joined((*before, text), glue, by_mentor=by_mentor):
            yield from joined - _joined(before, glue, by_mentor=by_mentor)


def _joined(messages: Sequence[str], glue: str, *, by_mentor: bool) -> set[Hit]:
    return patterns.hits(patterns.found(readings(glue.join(messages))), by_mentor=by_mentor)


def _weighed(seen: Seen, hits: set[Hit], *, by_mentor: bool) -> set[Hit]:
    """Return what was found, weighed with how likely the message is a try.

    People write most words of the patterns every day: they count where the message, or a part of
    it, is more likely a try than not. Shapes count always.
    """
    whole = evidence.of(seen)
    # What editors let a girl say passes, however like it is to what an adult may not.
    if whole.letters < LEAST_LETTERS or (not hits and patterns.sure(seen.found)):
        return hits
    parts = [evidence.of(see(part)) for part in parts_of(seen.text)]
    odds, said = opinion().likeliest(whole, parts)
    bands, kind = opinion().bands, said.likeness.kind
    # The opinion alone calls nobody: something that coordinators can read must be found too.
    if by_mentor and seen.found and kind in APPROACHES and odds >= bands.alert_from:
        return {*hits, Hit("alert", kind)}
    # Digits are judged as numbers, and homework is full of them: but not of such long ones.
    if not hits and kind in ("number", "code") and 3 * _digits(seen.read) >= whole.letters:
        return {Hit("hold", "number")} if _LONG_NUMBER.search(seen.read.plain) else set()
    # So few words mean little: what patterns find in them counts, and else only what is sure.
    if whole.letters < FEW:
        return hits or ({Hit("hold", kind)} if odds >= SURE_OF_FEW else set())
    if odds >= bands.hold_from:
        return hits or {Hit("hold", kind)}
    # What by its words is stopped or calls somebody is let go only where that is unlikelier still.
    outright = {whole.sure, whole.doubt} & {"stop", "alert"}
    if outright and odds >= bands.hold_from - OUTRIGHT:
        return hits
    return set(seen.shapes)


def _digits(read: Readings) -> int:
    return sum(char.isdigit() for char in read.plain)


def parts_of(text: str) -> list[str]:
    """Return the sentences of a message of several, alone and two by two: one may hide a try.

    Of very many, stretches that overlap stand for them.
    """
    parts = [part for part in pieces_of(text) if sum(map(str.isalpha, part)) >= LEAST_OF_PART]
    if len(parts) > MOST_PARTS:
        parts = [text[start : start + STRETCH] for start in range(0, len(text), STRETCH // 2)]
    return parts if len(parts) > 1 else []
