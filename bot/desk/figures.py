"""The figures of the desk: what is counted, as it may be shown. No names; no groups under five.

FIGURES is the list that other features extend: a name, and how its numbers are read. A figure is
one picture and one sheet, with one to three parts; the picture shows the largest rows of each.
"""

from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import small_counts
from bot.careers import figures as careers_figures
from bot.content import Content
from bot.content.base import BASE_TONGUE, Text
from bot.desk import counters
from bot.events import figures as events_figures
from bot.mentoring import figures as mentoring_figures
from bot.people.people import GRADES
from bot.people.staff import Actor
from bot.people.tables import Person
from bot.questions import figures as questions_figures
from bot.rights import May
from bot.safety import figures as safety_figures

WEEKS, DAYS, MOST_EVENTS = 12, 28, 10
UNSAID = "unsaid"
OTHER = "other"
# In days: the name of a wait, and where it ends. Over three days is slow for everything.
_WAITS = (("day", 1), ("three_days", 3), ("longer", 10**6))
Kind = Literal["weeks", "bars"]


@dataclass(frozen=True)
class Scope:
    """What a figure is made from."""

    session: AsyncSession
    content: Content
    now: datetime
    zone: ZoneInfo

    @property
    def today(self) -> date:
        """The day, where the bot is at home."""
        return self.now.astimezone(self.zone).date()


@dataclass(frozen=True)
class Row:
    """One bar: what it stands for, and a number for each series; None may not be shown.

    `label` is a text of the library, a day, or None for words of the locales by `name`.
    """

    name: str
    values: tuple[int | None, ...]
    label: Text | date | None = None


@dataclass(frozen=True)
class Part:
    """Rows that belong together; `oldest` is since when the first of them waits.

    `guarded`: a number may be hidden because it would give away a hidden one beside it.
    """

    name: str
    rows: tuple[Row, ...]
    kind: Kind = "bars"
    series: tuple[str, ...] = ("n",)
    oldest: datetime | None = None
    guarded: bool = True


@dataclass(frozen=True)
class Figure:
    """One figure, ready to be drawn or written as a table."""

    name: str
    parts: tuple[Part, ...]

    @property
    def can_be_drawn(self) -> bool:
        """Whether there is a number to draw; if not, words say all of it."""
        return any(value for part in self.parts for row in part.rows for value in row.values)


Maker = Callable[[Scope], Awaitable[Sequence[Part]]]


async def make(actor: Actor, name: str, content: Content, zone: ZoneInfo) -> Figure:
    """Return a figure. Coordinators only; each look is recorded."""
    actor.require(May.FIGURES)
    parts = await FIGURES[name](Scope(actor.session, content, actor.now, zone))
    await actor.note("looked at", "figure", more=name)
    return Figure(name, tuple(parts))


async def make_all(actor: Actor, content: Content, zone: ZoneInfo) -> list[Figure]:
    """Return all figures. Coordinators only; the look is recorded."""
    actor.require(May.FIGURES)
    scope = Scope(actor.session, content, actor.now, zone)
    await actor.note("looked at", "figure", more="all")
    return [Figure(name, tuple(await read(scope))) for name, read in FIGURES.items()]


async def _waits(scope: Scope) -> Sequence[Part]:
    kinds = {
        "wait_questions": questions_figures.waiting_since,
        "wait_cases": safety_figures.waiting_since,
        "wait_introductions": mentoring_figures.waiting_since,
    }
    return [_waiting(name, await read(scope.session), scope.now) for name, read in kinds.items()]


def _waiting(name: str, since: list[datetime], now: datetime) -> Part:
    days = [(now - then).days for then in since]
    counted, begin = [], -(10**6)
    for row, end in _WAITS:
        counted.append((row, sum(begin <= day < end for day in days)))
        begin = end
    return Part(name, _together(counted), oldest=min(since, default=None))


async def _questions(scope: Scope) -> Sequence[Part]:
    monday = scope.today - timedelta(days=scope.today.weekday())
    first = monday - timedelta(weeks=WEEKS - 1)
    days = await counters.by_day(scope.session, "question", first, scope.today)
    weeks: dict[date, Counter[str]] = {first + timedelta(weeks=w): Counter() for w in range(WEEKS)}
    for day, counts in days.items():
        weeks[day - timedelta(days=day.weekday())].update(counts)
    series = ("answered", "clarified", "lost")
    rows = [
        Row(start.isoformat(), tuple(small_counts.shown(counts[s]) for s in series), start)
        for start, counts in weeks.items()
    ]
    return [Part("questions", tuple(rows), "weeks", series, guarded=False)]


async def _gaps(scope: Scope) -> Sequence[Part]:
    counted = await _tallied(scope, "gap")
    rows = [(key, n, gap_label(scope.content, key)) for key, n in counted]
    named = [(k if label else OTHER, n, label) for k, n, label in rows if label or k == OTHER]
    return [_apart("gaps", named)]


async def _asked(scope: Scope) -> Sequence[Part]:
    labels = {topic.id: topic.label for topic in scope.content.topics}
    topics = await _tallied(scope, "topic")
    languages = await _tallied(scope, "language")
    return [
        _apart("topics", ((key, n, labels[key]) for key, n in topics if key in labels)),
        _apart("languages", ((key, n, None) for key, n in languages)),
    ]


async def _tallied(scope: Scope, kind: str) -> list[tuple[str, int]]:
    first = scope.today - timedelta(days=DAYS - 1)
    return (await counters.total(scope.session, kind, first, scope.today)).most_common()


def gap_label(content: Content, concept_id: str) -> Text | None:
    """Return the words for a subject that was asked about and not covered."""
    concept = next((c for c in content.concepts if c.id == concept_id), None)
    if concept is None or not (concept.km or concept.en):
        return None
    names = {"km": concept.km, "en": concept.en}
    return Text({tongue: known[0] for tongue, known in names.items() if known})


async def _people(scope: Scope) -> Sequence[Part]:
    provinces: dict[str, Text | None] = {p.id: p.label for p in scope.content.provinces}
    by_province = await _people_by(scope, "provinces", provinces)
    by_grade = await _people_by(scope, "grades", dict.fromkeys(GRADES))
    return [Part("provinces", _largest_first(by_province)), Part("grades", by_grade)]


async def _people_by(scope: Scope, name: str, labels: dict[str, Text | None]) -> tuple[Row, ...]:
    column = Person.province if name == "provinces" else Person.grade
    rows = await scope.session.execute(select(column, func.count()).group_by(column))
    counts = {(value or UNSAID): int(n) for value, n in rows}
    return _together([(key, counts[key]) for key in (*labels, UNSAID) if counts.get(key)], labels)


async def _careers(scope: Scope) -> Sequence[Part]:
    kept = await careers_figures.saved_by_field(scope.session, scope.content.field_of)
    labels = {name: field.label for name, field in scope.content.field.items()}
    walks = await careers_figures.walks(scope.session)
    return [
        Part("pathways", _largest_first(_together(kept, labels))),
        Part("walks", _together(walks)),
    ]


async def _introductions(scope: Scope) -> Sequence[Part]:
    counted = await mentoring_figures.introductions_by_state(scope.session)
    return [Part("introductions", _largest_first(_together(counted)))]


async def _events(scope: Scope) -> Sequence[Part]:
    counted = (await events_figures.signups(scope.session))[:MOST_EVENTS]
    values = small_counts.shown_together([n for _, n in counted])
    rows = [
        Row(label.get(BASE_TONGUE), (value,), label)
        for (label, _), value in zip(counted, values, strict=True)
    ]
    return [Part("events", tuple(rows))]


def _apart(name: str, counted: Iterable[tuple[str, int, Text | None]]) -> Part:
    """Return counts of what was asked, which are no people: each is shown or not by itself."""
    rows = [Row(key, (small_counts.shown(n),), label) for key, n, label in counted]
    return Part(name, _largest_first(rows), guarded=False)


def _together(
    counted: Sequence[tuple[str, int]], labels: Mapping[str, Text | None] | None = None
) -> tuple[Row, ...]:
    """Return counts of people, as they may be shown beside each other."""
    values = small_counts.shown_together([n for _, n in counted])
    return tuple(
        Row(key, (value,), (labels or {}).get(key))
        for (key, _), value in zip(counted, values, strict=True)
    )


def _largest_first(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Return rows by size; those without a number by name, for their order would tell it."""
    return tuple(
        sorted(rows, key=lambda r: (-(r.values[0] or 0), r.name if r.values[0] is None else ""))
    )


# What waits comes first: it is what a coordinator can do something about.
FIGURES: dict[str, Maker] = {
    "waits": _waits,
    "questions": _questions,
    "gaps": _gaps,
    "asked": _asked,
    "people": _people,
    "careers": _careers,
    "introductions": _introductions,
    "events": _events,
}
