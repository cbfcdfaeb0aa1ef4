"""The poster of a week: a few numbers, and how they were the week before, for the team's group.

A picture travels: so no number under five is in it, nor a subject that fewer asked about, nor
anything of the cases of girls in danger, which stand in the digest for coordinators alone.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from bot import small_counts
from bot.content import Content
from bot.content.base import Text
from bot.desk import counters, digest
from bot.desk.figures import gap_label
from bot.mentoring import figures as mentoring_figures
from bot.people.staff import Actor
from bot.questions import figures as questions_figures
from bot.rights import May

MOST_GAPS = 3
# The name of a number: the kind and the key by which it is counted (`bot/desk/counters.py`).
NUMBERS = {
    "answered": ("question", "answered"),
    "lost": ("question", "lost"),
    "team": ("desk", "answered"),
    "newcomers": ("new", "person"),
}


@dataclass(frozen=True)
class Number:
    """A count of the week and of the week before; None is one to four."""

    name: str
    now: int | None
    before: int | None


@dataclass(frozen=True)
class Waiting:
    """How many girls wait for something, None being one to four, and since when the first."""

    name: str
    girls: int | None
    since: datetime | None


@dataclass(frozen=True)
class Poster:
    """What the poster of a week says."""

    first: date
    last: date
    numbers: tuple[Number, ...]
    waiting: tuple[Waiting, ...]
    gaps: tuple[Text, ...]

    @property
    def says_nothing(self) -> bool:
        """Whether nothing happened in either week."""
        return not any(n.now != 0 or n.before != 0 for n in self.numbers)


async def last_week(actor: Actor, content: Content, zone: ZoneInfo) -> Poster:
    """Return the poster that came with the last digest. Coordinators only; it is recorded."""
    actor.require(May.FIGURES)
    _, at = digest.due(actor.now, zone)
    await actor.note("looked at", "figure", more="poster")
    return await gather(actor.session, content, at.date() - timedelta(days=1))


async def gather(session: AsyncSession, content: Content, last: date) -> Poster:
    """Return the poster of the seven days that end with `last`."""
    first = last - timedelta(days=6)
    numbers = []
    for name, (kind, key) in NUMBERS.items():
        now = await counters.total(session, kind, first, last)
        week = timedelta(weeks=1)
        before = await counters.total(session, kind, first - week, last - week)
        shown = small_counts.shown(now[key]), small_counts.shown(before[key])
        numbers.append(Number(name, *shown))
    gaps = (await counters.total(session, "gap", first, last)).most_common()
    labels = (gap_label(content, key) for key, n in gaps if n >= small_counts.FEWEST_SHOWN)
    return Poster(
        first,
        last,
        tuple(numbers),
        (
            _waiting("questions", await questions_figures.waiting_since(session)),
            _waiting("introductions", await mentoring_figures.waiting_since(session)),
        ),
        tuple(label for label in labels if label)[:MOST_GAPS],
    )


def _waiting(name: str, since: list[datetime]) -> Waiting:
    return Waiting(name, small_counts.shown(len(since)), min(since, default=None))
