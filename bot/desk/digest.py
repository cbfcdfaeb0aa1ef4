"""The weekly digest: what the desk must know on a Monday morning, once to each coordinator."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import small_counts
from bot.content import Content
from bot.database import count
from bot.desk import counters
from bot.desk.tables import Digest
from bot.mentoring.figures import reports_against_mentors, slow_mentors
from bot.people.staff import Actor
from bot.questions import ratings
from bot.questions.tables import AdditionState, GroupedQuestion, LearnedEntry, OpenQuestion
from bot.rights import May
from bot.safety import figures as safety
from bot.safety.drills import Result
from bot.safety.tables import Case

SENT_AT = time(8)
MOST_NAMED = 5
# Only a bot that has just been set up skips a week: a digest of nothing helps nobody.
_FRESH = timedelta(hours=12)


@dataclass(frozen=True)
class News:
    """What a digest says; counts as they may be shown, None being one to four."""

    first: date
    last: date
    answered: int | None
    clarified: int | None
    lost: int | None
    newcomers: int | None
    gaps: tuple[tuple[str, int | None], ...]
    groups_waiting: int
    waiting_since: datetime | None
    doubted: tuple[ratings.LowRated, ...]
    overdue: tuple[str, ...]
    unreviewed: int
    cases_open: int
    cases_untaken: int
    case_since: datetime | None
    # how the drills of these days went, the last first
    drills: tuple[Result, ...]
    slow_mentors: int
    # danger that was met with care, by kind
    signs: tuple[tuple[str, int | None], ...]
    # messages between girls and mentors that waited for a coordinator, or did not pass
    held: int
    stopped: int
    # talks that were frozen because of what a mentor wrote
    approaches: int
    # talks in which somebody reported the mentor
    reports: int
    # what the clock forgot, by kind, the most first
    forgotten: tuple[tuple[str, int | None], ...]


def due(now: datetime, zone: ZoneInfo) -> tuple[str, datetime]:
    """Return the week whose digest was due last, and when that was."""
    here = now.astimezone(zone)
    monday = here.date() - timedelta(days=here.weekday())
    at = datetime.combine(monday, SENT_AT, zone)
    if at > now:
        monday -= timedelta(weeks=1)
        at = datetime.combine(monday, SENT_AT, zone)
    year, week, _ = monday.isocalendar()
    return f"{year}-W{week:02}", at


async def handled(session: AsyncSession, week: str) -> bool:
    """Return whether a week's digest was sent or left out."""
    return await session.get(Digest, week) is not None


async def begin(session: AsyncSession, week: str, at: datetime, now: datetime) -> bool:
    """Write down that a week is handled; return whether its digest is to be sent now."""
    if await handled(session, week):
        return False
    fresh = await count(session, select(func.count()).select_from(Digest)) == 0
    sent = not (fresh and now - at > _FRESH)
    session.add(Digest(week=week, handled_at_utc=now, sent=sent))
    await session.flush()
    return sent


async def this_week(actor: Actor, content: Content, zone: ZoneInfo) -> News:
    """Return the news of the seven days that end today. Coordinators only."""
    actor.require(May.FIGURES)
    today = actor.now.astimezone(zone).date()
    return await gather(actor.session, content, actor.now, zone, today)


async def gather(
    session: AsyncSession, content: Content, now: datetime, zone: ZoneInfo, last: date
) -> News:
    """Return the news of the seven days that end with `last`."""
    first = last - timedelta(days=6)
    asked = await counters.total(session, "question", first, last)
    gaps = (await counters.total(session, "gap", first, last)).most_common(MOST_NAMED)
    newcomers = await counters.total(session, "new", first, last)
    signs = (await counters.total(session, "sign", first, last)).most_common()
    relay = await counters.total(session, "relay", first, last)
    forgotten = (await counters.total(session, counters.FORGOT, first, last)).most_common()
    still_open = OpenQuestion.answered_at_utc.is_(None)
    groups, since = (
        await session.execute(
            select(
                func.count(GroupedQuestion.group_id.distinct()),
                func.min(OpenQuestion.asked_at_utc),
            )
            .join(GroupedQuestion, GroupedQuestion.question_id == OpenQuestion.id)
            .where(still_open)
        )
    ).one()
    cases = list(await session.scalars(select(Case).where(Case.closed_at_utc.is_(None))))
    unread = select(func.count()).where(
        LearnedEntry.state == AdditionState.LIVE, LearnedEntry.reviewed_at_utc.is_(None)
    )
    return News(
        first=first,
        last=last,
        answered=small_counts.shown(asked["answered"]),
        clarified=small_counts.shown(asked["clarified"]),
        lost=small_counts.shown(asked["lost"]),
        newcomers=small_counts.shown(newcomers["person"]),
        gaps=_told(gaps),
        groups_waiting=int(groups),
        waiting_since=since,
        doubted=tuple((await ratings.listed(session))[:MOST_NAMED]),
        overdue=tuple(overdue(content, now.astimezone(zone).date())),
        unreviewed=await count(session, unread),
        cases_open=len(cases),
        cases_untaken=sum(case.acknowledged_by is None for case in cases),
        case_since=min((case.opened_at_utc for case in cases), default=None),
        drills=tuple(await safety.drills_between(session, first, last, zone, MOST_NAMED)),
        slow_mentors=await slow_mentors(session, now),
        signs=_told(signs),
        held=relay["held"],
        stopped=relay["stopped"],
        approaches=relay["approach"],
        reports=await reports_against_mentors(
            session,
            datetime.combine(first, time(), zone),
            datetime.combine(last + timedelta(days=1), time(), zone),
        ),
        forgotten=_told(forgotten),
    )


def _told(counts: Iterable[tuple[str, int]]) -> tuple[tuple[str, int | None], ...]:
    """Return counts as they may be told; None for one that is too small."""
    return tuple((key, small_counts.shown(n)) for key, n in counts)


def overdue(content: Content, day: date) -> Iterator[str]:
    """Yield the ids of what must be read again by now."""
    shelves = (
        content.entries.values(), content.careers.values(), content.institutions,
        content.opportunities, content.school_year, content.hotlines,
    )  # fmt: skip
    for shelf in shelves:
        for item in shelf:
            if item.reviewed + timedelta(days=item.review_every_days) < day:
                yield item.id
