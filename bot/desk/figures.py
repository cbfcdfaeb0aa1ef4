"""The figures of the desk: what is counted, as it may be shown. No names; no groups under five.

FIGURES is the list that other features extend: a name, and how its numbers are read.
"""

import csv
import io
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
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

WEEKS, DAYS, MOST_ROWS = 12, 28, 10
UNSAID = "unsaid"
OTHER = "other"
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
    """One bar: what it stands for, and a number for each series; None is one to four.

    `label` is a text of the library, a day, or None for words of the locales by `name`.
    """

    name: str
    values: tuple[int | None, ...]
    label: Text | date | None = None


@dataclass(frozen=True)
class Figure:
    """One figure, ready to be drawn or written as a table."""

    name: str
    kind: Kind
    series: tuple[str, ...]
    rows: tuple[Row, ...]


Maker = Callable[[Scope], Awaitable[Figure]]


async def make(actor: Actor, name: str, content: Content, zone: ZoneInfo) -> Figure:
    """Return a figure. Coordinators only; each look is recorded."""
    actor.require_staff()
    figure = await FIGURES[name](Scope(actor.session, content, actor.now, zone))
    await actor.note("looked at", "figure", more=name)
    return figure


def as_csv(header: Sequence[str], labels: Sequence[str], figure: Figure) -> str:
    """Return a figure as a table that spreadsheets open; one to four stays “<5”."""
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(header)
    for label, row in zip(labels, figure.rows, strict=True):
        few = f"<{small_counts.FEWEST_SHOWN}"
        table.writerow([label, *(few if value is None else value for value in row.values)])
    return out.getvalue()


async def _questions(scope: Scope) -> Figure:
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
    return Figure("questions", "weeks", series, tuple(rows))


async def _tallied(scope: Scope, kind: str) -> list[tuple[str, int]]:
    first = scope.today - timedelta(days=DAYS - 1)
    return (await counters.total(scope.session, kind, first, scope.today)).most_common()


def _bars(name: str, rows: Sequence[tuple[str, int, Text | None]]) -> Figure:
    bars = [Row(key, (small_counts.shown(n),), label) for key, n, label in rows[:MOST_ROWS]]
    return Figure(name, "bars", ("n",), tuple(bars))


async def _topics(scope: Scope) -> Figure:
    labels = {topic.id: topic.label for topic in scope.content.topics}
    counted = await _tallied(scope, "topic")
    return _bars("topics", [(key, n, labels[key]) for key, n in counted if key in labels])


def gap_label(content: Content, concept_id: str) -> Text | None:
    """Return the words for a subject that was asked about and not covered."""
    concept = next((c for c in content.concepts if c.id == concept_id), None)
    if concept is None or not (concept.km or concept.en):
        return None
    names = {"km": concept.km, "en": concept.en}
    return Text({tongue: known[0] for tongue, known in names.items() if known})


async def _gaps(scope: Scope) -> Figure:
    counted = await _tallied(scope, "gap")
    rows = [(key, n, gap_label(scope.content, key)) for key, n in counted]
    return _bars("gaps", [(k if label else OTHER, n, label) for k, n, label in rows
                          if label or k == OTHER])  # fmt: skip


async def _languages(scope: Scope) -> Figure:
    return _bars("languages", [(key, n, None) for key, n in await _tallied(scope, "language")])


async def _pathways(scope: Scope) -> Figure:
    counted = await careers_figures.saved_by_field(scope.session, scope.content.field_of)
    values = small_counts.shown_together([n for _, n in counted])
    rows = zip(counted, values, strict=True)
    labels = scope.content.field
    return Figure(
        "pathways", "bars", ("n",), tuple(Row(k, (v,), labels[k].label) for (k, _), v in rows)
    )


async def _walks(scope: Scope) -> Figure:
    counted = await careers_figures.walks(scope.session)
    return _together("walks", counted)


async def _people_by(scope: Scope, name: str, labels: dict[str, Text | None]) -> Figure:
    column = Person.province if name == "provinces" else Person.grade
    rows = await scope.session.execute(select(column, func.count()).group_by(column))
    counts = {(value or UNSAID): int(n) for value, n in rows}
    kept = [key for key in (*labels, UNSAID) if counts.get(key)]
    if name == "provinces":
        kept.sort(key=lambda key: -counts[key])
    values = small_counts.shown_together([counts[key] for key in kept])
    return Figure(
        name, "bars", ("n",),
        tuple(Row(k, (v,), labels.get(k)) for k, v in zip(kept, values, strict=True)),
    )  # fmt: skip


async def _provinces(scope: Scope) -> Figure:
    return await _people_by(scope, "provinces", {p.id: p.label for p in scope.content.provinces})


async def _grades(scope: Scope) -> Figure:
    return await _people_by(scope, "grades", dict.fromkeys(GRADES))


async def _introductions(scope: Scope) -> Figure:
    counted = await mentoring_figures.introductions_by_state(scope.session)
    return _together("introductions", counted)


async def _waits(scope: Scope) -> Figure:
    counted = await mentoring_figures.waits(scope.session, scope.now)
    return _together("waits", counted)


async def _events(scope: Scope) -> Figure:
    counted = await events_figures.signups(scope.session)
    values = small_counts.shown_together([n for _, n in counted][:MOST_ROWS])
    rows = [
        Row(label.get(BASE_TONGUE), (v,), label)
        for (label, _), v in zip(counted, values, strict=False)
    ]
    return Figure("events", "bars", ("n",), tuple(rows))


def _together(name: str, counted: Sequence[tuple[str, int]]) -> Figure:
    values = small_counts.shown_together([n for _, n in counted])
    rows = [Row(key, (v,)) for (key, _), v in zip(counted, values, strict=True)]
    return Figure(name, "bars", ("n",), tuple(rows))


FIGURES: dict[str, Maker] = {
    "questions": _questions,
    "topics": _topics,
    "gaps": _gaps,
    "languages": _languages,
    "provinces": _provinces,
    "grades": _grades,
    "pathways": _pathways,
    "walks": _walks,
    "introductions": _introductions,
    "waits": _waits,
    "events": _events,
}
