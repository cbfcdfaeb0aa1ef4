"""Whether each way of asking finds its own entry.

To ask all of them takes a minute and more, so a check asks those that an edit may have touched:
what stands in an entry that has changed, what is like a line that came or went, wherever it
stands, and what found its own by little. Of all others the last look holds (`last_look.py`).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from bot.answering.concepts import ConceptFinder
from bot.answering.learned import load_classifiers
from bot.answering.ranking import Ranker
from bot.answering.signals import Reader
from bot.answering.suggestions import OFFERED
from bot.answering.targets import NAMED, targets_of
from bot.answering.weights import load_weights
from bot.content import Content
from bot.editing.last_look import Look, differing, digests, made_with
from bot.language.khmer import fold

# By so much at most its score rises to whom a line comes that is wholly alike: the weights of all
# that is seen of lines, together. What is nearly the same is asked again however sure it was.
_GAIN, _SAME = 15.0, 0.6
# So much of a name in a line, and the line may be taken to name the thing.
_HOLDS = 0.4
# By less its own entry is not before the others for sure: an edit anywhere may turn it.
_LITTLE = 3.0
# After so many changes small shifts of all others may have come together: all are asked again.
_MOST_CHANGED = 60


@dataclass(frozen=True)
class Line:
    """A way of asking: of which entry it is, and among how many that entry must be."""

    entry: str
    text: str
    among: int

    @property
    def target(self) -> str:
        """Return the key of what it must find."""
        return f"faq:{self.entry}"


@dataclass(frozen=True)
class Plan:
    """Which of all ways of asking are asked, and why all of them, if so."""

    asked: list[Line]
    all: int
    everything: str = ""


@dataclass(frozen=True)
class Found:
    """What is wrong, and the look that the next check begins with."""

    problems: list[str]
    look: Look


# What goes through the lines to be asked, such as a bar that shows how far it is.
Going = Callable[[Plan], Iterable[Line]]


def collisions(content: Content, last: Look | None = None, going: Going | None = None) -> Found:
    """Return what was found: every question must find its own entry first, every way of asking
    among the three offered, and none may stand in two entries.

    `last` is the last look, if it shall count. Lines of `content/asks/` are as girls wrote them,
    and may well fit two.
    """
    targets = targets_of(content)
    reader = Reader(targets, ConceptFinder(content.concepts), load_classifiers(), content.aspects)
    ranker = Ranker(reader, load_weights())
    lines = list(_lines(content))
    now, stamp = digests(targets), made_with(content)
    plan, changed = _plan(lines, reader, now, stamp, last)
    problems = list(_twice(lines))
    leads: dict[str, dict[str, float]] = {}
    if last is not None and not plan.everything:
        asked = {*plan.asked}
        for line in lines:
            if line not in asked:
                leads.setdefault(line.entry, {})[line.text] = last.leads[line.entry][line.text]
    for line in (going or _asked)(plan):
        found = ranker.in_order(line.text)
        lead = _lead(found, line)
        if lead is None:
            other = found[0][0] if found else "nothing"
            problems.append(
                f"entry “{line.entry}”: “{line.text}” finds “{other}” first: word it more "
                "clearly, or move it there."
            )
        else:
            leads.setdefault(line.entry, {})[line.text] = lead
    said = {target.key: target.lines for target in targets}
    return Found(problems, Look(stamp, now, said, leads, tuple(changed)))


def _asked(plan: Plan) -> Iterable[Line]:
    return plan.asked


def _lines(content: Content) -> Iterator[Line]:
    for file in content.faq:
        for entry in file.entries:
            questions = tuple(entry.question.get(tongue) for tongue in content.complete)
            for text in dict.fromkeys((*questions, *entry.asks.all())):
                yield Line(entry.id, text, 1 if text in questions else OFFERED)


def _twice(lines: Iterable[Line]) -> Iterator[str]:
    owner: dict[str, str] = {}
    for line in lines:
        first = owner.setdefault(fold(line.text), line.entry)
        if first != line.entry:
            yield f"entry “{line.entry}”: “{line.text}” stands in “{first}” too: keep it in one."


def _plan(
    lines: list[Line], reader: Reader, now: dict[str, str], stamp: str, last: Look | None
) -> tuple[Plan, list[str]]:
    """Return which lines are asked, and what has changed since all of them were."""
    if last is None:
        return Plan(lines, len(lines), "Everything is checked."), []
    if last.made_with != stamp:
        why = "The code, the fitted weights, the concepts or the aspects are not as they were."
        return Plan(lines, len(lines), why), []
    changed = differing(last.targets, now)
    together = sorted({*last.changed, *changed})
    if len(together) > _MOST_CHANGED:
        why = f"{len(together)} entries and pages have changed since everything was asked."
        return Plan(lines, len(lines), why), []
    near = _near(reader, last, changed, lines)
    anew = {*changed}
    # Where nothing has changed no lead has either; a line without one did not find its own.
    least = _LITTLE if changed else -np.inf

    def may_differ(line: Line) -> bool:
        lead = last.leads.get(line.entry, {}).get(line.text)
        return lead is None or lead < least or line in near or line.target in anew

    return Plan([line for line in lines if may_differ(line)], len(lines)), together


def _near(reader: Reader, last: Look, changed: Sequence[str], lines: Sequence[Line]) -> set[Line]:
    """Return the lines that are so near to what came or went that it may come before their own."""
    here = {target.key: target.lines for target in reader.targets}
    every = enumerate((key, text) for key, said in here.items() for text in said)
    place = {line: number for number, line in every}
    # Of two entries of one name, a mistake that is told elsewhere, one is no target.
    at = np.array([place.get((line.target, line.text), 0) for line in lines])
    leads = [last.leads.get(line.entry, {}).get(line.text, 0.0) for line in lines]
    enough = np.minimum(np.array(leads) / _GAIN, _SAME)
    touched = np.zeros(len(lines), bool)
    for key in changed:
        named = key.partition(":")[0] in NAMED
        for text in {*last.lines.get(key, ())} ^ {*here.get(key, ())}:
            touched |= reader.likeness(text)[at] >= enough
            if named:
                touched |= reader.holding(text)[at] >= _HOLDS
    return {lines[number] for number in np.flatnonzero(touched).tolist()}


def _lead(found: Sequence[tuple[str, float]], line: Line) -> float | None:
    """Return how far its entry is before the one that would push it out; None if it is out."""
    first = [key for key, _ in found[: line.among]]
    if line.target not in first:
        return None
    own = found[first.index(line.target)][1]
    # Where nothing else was worth a look nothing is near to pushing it out.
    out = found[line.among][1] if len(found) > line.among else -np.inf
    return min(own - out, _GAIN)
