"""Whether a message may pass between a girl and a mentor, and why not.

Pure: text in, a verdict and its reasons out. Three layers: shapes (numbers, codes), the patterns
that coordinators read, and below them a model of how tries are written, which can only hold back
more, never let pass what the others keep. What the sender wrote before is read together with it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.content.relay import Verdict
from bot.mentoring.contact import codes, numbers, patterns
from bot.mentoring.contact.model import model
from bot.mentoring.contact.normalise import LONGEST, Readings, plain, readings
from bot.mentoring.contact.patterns import Found, Hit
from bot.mentoring.contact.window import SHORT, Window, window


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


def look(
    text: str, before: Sequence[str] = (), *, by_mentor: bool = True, with_model: bool = True
) -> Finding:
    """Return whether a message may pass, read alone and after what its sender wrote before.

    `before` is oldest first, versions before an edit included; as much of it is read as the
    window holds. Without the model it is what the model is fitted on top of.
    """
    read = readings(text)
    found = patterns.found(read)
    hits = {*_shapes(read), *patterns.hits(found, by_mentor=by_mentor)}
    if before:
        hits |= set(_together(window(before, LONGEST), text, by_mentor=by_mentor))
    if with_model and not any(hit.verdict == "alert" for hit in hits):
        hits |= set(_by_likeness(read, found, by_mentor=by_mentor, held=bool(hits)))
    if not hits:
        return PASS
    ordered = sorted(hits, key=lambda hit: hit.order)
    return Finding(ordered[0].verdict, tuple(dict.fromkeys(hit.reason for hit in ordered)))


def _shapes(read: Readings) -> Iterator[Hit]:
    if (verdict := numbers.judge(patterns.without_allowed(read.plain))) != "pass":
        yield Hit(verdict, "number")
    if (verdict := codes.judge(read)) != "pass":
        yield Hit(verdict, "code")


def _together(before: Window, text: str, *, by_mentor: bool) -> Iterator[Hit]:
    """Read the message with those before it; what they were without it is known already."""
    if last := numbers.fragment(plain(text)):
        pieces = (numbers.fragment(plain(one)) for one in before.messages)
        verdict = numbers.pieced([*filter(None, pieces), last])
        if verdict != "pass":
            yield Hit(verdict, "number")
    if before.near and len(text) <= SHORT:
        # Without a space only what was cut inside a word comes together; words would mix.
        for glue in (" ", "")[: 2 if max(map(len, (*before.near, text))) <= 12 else 1]:
            known = _joined(before.near, glue, by_mentor=by_mentor)
            yield from _joined((*before.near, text), glue, by_mentor=by_mentor) - known


def _joined(messages: Sequence[str], glue: str, *, by_mentor: bool) -> set[Hit]:
    return patterns.hits(patterns.found(readings(glue.join(messages))), by_mentor=by_mentor)


def _by_likeness(read: Readings, found: Found, *, by_mentor: bool, held: bool) -> Iterator[Hit]:
    if sum(char.isalpha() for char in read.plain) < LEAST_LETTERS:
        return  # digits are judged as numbers, signs as codes
    likeness = model().look(read, patterns.notions(read, found))
    # The model's word alone calls nobody: something that coordinators can read must be found too.
    approach = likeness.kind in ("closeness", "meeting") and bool(found)
    if by_mentor and approach and likeness.score >= model().alert_from:
        yield Hit("alert", likeness.kind)
    elif not held and likeness.score >= model().hold_from:
        yield Hit("hold", likeness.kind)
