"""The roster: who is called first, and that it leaves nobody out."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from bot import privacy
from bot.database import Database, Session
from bot.desk import team
from bot.mentoring import roster
from bot.mentoring.roster import Line, Roster, There
from bot.mentoring.tables import RosterLine
from bot.people import switches
from bot.people.tables import AuditLine, Person, Reachability
from bot.quiet_hours import QuietHours
from bot.refusals import NotAllowedError, StaleError
from bot.settings import Settings
from tests.mentoring.village import BOPHA, NARY, NOW, SOPHEA, STRANGER, acts, meet, refused

ZONE = ZoneInfo("Asia/Phnom_Penh")
LINDA = 13
ALL = (BOPHA, NARY, LINDA)
EVENING = datetime(2026, 11, 24, 22, tzinfo=ZONE)


async def _off_call(session: Session, *who: int) -> None:
    for one in who:
        await switches.turn(acts(session, one, staff=ALL), switches.duty(one), on=False)


async def _sleeps(session: Session, who: int, begins: int = 21, ends: int = 6) -> None:
    await roster.set_quiet(acts(session, who, staff=ALL), begins, ends)


async def _names(session: Session, who: int, deputy: int | None) -> None:
    await roster.set_deputy(acts(session, who, staff=ALL), deputy)


async def _order(session: Session, at: datetime = NOW) -> tuple[int, ...]:
    return await roster.in_order(session, ALL, at, ZONE)


async def _told(session: Session, at: datetime = NOW) -> tuple[int, ...]:
    return (await roster.read(session, ALL, at, ZONE)).told


async def test_nobody_said_anything_and_the_order_is_that_of_before(database: Database) -> None:
    async with database.write() as session:
        await meet(session, *ALL)
        assert await _order(session) == ALL


async def test_who_is_on_call_comes_before_who_is_not(database: Database) -> None:
    async with database.write() as session:
        await meet(session, *ALL)
        await _off_call(session, BOPHA)
        assert await _order(session) == (NARY, LINDA, BOPHA)


async def test_quiet_hours_are_those_of_the_programmes_clock(database: Database) -> None:
    async with database.write() as session:
        await meet(session, *ALL)
        await _sleeps(session, BOPHA)
        assert await _order(session) == ALL
        assert await _order(session, EVENING) == (NARY, LINDA, BOPHA)
        early, six = EVENING.replace(hour=5, minute=59), EVENING.replace(hour=6)
        assert (await _order(session, early))[0] == NARY
        assert await _order(session, six) == ALL
        await roster.set_no_quiet(acts(session, BOPHA))
        assert await _order(session, EVENING) == ALL


async def test_the_deputy_of_who_is_not_there_comes_before_the_others(database: Database) -> None:
    async with database.write() as session:
        await meet(session, *ALL)
        await _off_call(session, NARY, LINDA)
        await _sleeps(session, BOPHA)
        await _names(session, BOPHA, LINDA)
        assert await _order(session) == ALL
        assert await _order(session, EVENING) == (LINDA, BOPHA, NARY)
        await _names(session, BOPHA, None)
        assert await _order(session, EVENING) == ALL


async def test_a_deputy_who_sleeps_comes_behind_one_who_does_not(database: Database) -> None:
    async with database.write() as session:
        await meet(session, *ALL)
        await _off_call(session, LINDA)
        await _sleeps(session, BOPHA)
        await _sleeps(session, NARY)
        await _names(session, NARY, BOPHA)
        await _names(session, BOPHA, LINDA)
        assert await _order(session, EVENING) == (LINDA, BOPHA, NARY)


async def test_what_calls_nobody_one_after_the_other_is_told_to_who_is_there(
    database: Database,
) -> None:
    async with database.write() as session:
        await meet(session, *ALL)
        await _off_call(session, LINDA)
        await _sleeps(session, BOPHA)
        assert await _told(session) == (BOPHA, NARY)
        assert await _told(session, EVENING) == (NARY,)
        await _sleeps(session, NARY)
        assert await _told(session, EVENING) == (BOPHA, NARY), "as if there were no quiet hours"
        await _names(session, NARY, LINDA)
        assert await _told(session, EVENING) == (LINDA,)
        await _off_call(session, BOPHA, NARY)
        await _names(session, NARY, None)
        assert await _told(session) == ALL, "nobody is on call, so everybody is told"


_hours = st.none() | st.tuples(st.integers(0, 23), st.integers(0, 23)).map(
    lambda hours: QuietHours(time(hours[0]), time(hours[1]))
)
_said = st.tuples(
    st.sampled_from(There),
    _hours,
    st.none() | st.integers(min_value=0, max_value=4),
)


@st.composite
def _teams(draw: st.DrawFn) -> list[Line]:
    people = draw(st.lists(_said, min_size=1, max_size=5))
    return [Line(n, *said) for n, said in enumerate(people)]


@given(_teams())
def test_whatever_they_say_nobody_is_left_out_and_nobody_named_twice(lines: list[Line]) -> None:
    found = Roster.of(lines)
    assert sorted(found.order) == list(range(len(lines)))
    assert found.told, "somebody is told, too"


@given(_teams())
def test_the_gaps_are_the_hours_in_which_all_on_duty_sleep(lines: list[Line]) -> None:
    gaps = Roster.of(lines).gaps
    on_duty = [line.quiet for line in lines if line.on_duty]
    uncovered = {
        hour
        for hour in range(24)
        if all(quiet is not None and quiet.covers(time(hour)) for quiet in on_duty)
    }
    shown = {hour for hour in range(24) if any(gap.covers(time(hour)) for gap in gaps)}
    assert shown == (uncovered if len(uncovered) < 24 else set())


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("21-6", (21, 6)),
        ("២១-៦", (21, 6)),
        (" 21:00 – 6:00 ", (21, 6)),
        ("22 to 7", (22, 7)),
        ("១៧ ដល់ ៨", (17, 8)),
        ("20h-24h", (20, 0)),
    ],
)
def test_hours_are_read_as_people_type_them(text: str, hours: tuple[int, int]) -> None:
    assert roster.read_hours(text) == hours


@pytest.mark.parametrize("text", ["", "at night", "21", "21-6-7", "21:30-6", "x" * 4000])
def test_what_names_no_hours_is_refused(text: str) -> None:
    with refused("roster.hours_unclear"):
        roster.read_hours(text)


async def test_only_a_coordinator_says_it_of_herself_and_names_a_colleague(
    database: Database,
) -> None:
    async with database.write() as session:
        await meet(session, *ALL, STRANGER, SOPHEA)
        for one in (STRANGER, SOPHEA):
            nobody = acts(session, one, staff=ALL)
            for attempt in (
                roster.set_quiet(nobody, 21, 6),
                roster.set_no_quiet(nobody),
                roster.set_deputy(nobody, BOPHA),
            ):
                with pytest.raises(NotAllowedError):
                    await attempt
        bopha = acts(session, BOPHA, staff=ALL)
        for other in (BOPHA, SOPHEA, STRANGER):
            with pytest.raises(StaleError):
                await roster.set_deputy(bopha, other)
        for begins, ends in ((21, 21), (24, 6), (21, 99)):
            with refused("roster.hours_unclear"):
                await roster.set_quiet(bopha, begins, ends)
        assert (await session.scalars(select(RosterLine))).all() == []


async def test_what_she_says_is_in_the_log_by_numbers(database: Database) -> None:
    async with database.write() as session:
        await meet(session, *ALL)
        await team.register_first(session, ALL, NOW)
        await _sleeps(session, BOPHA)
        await _names(session, BOPHA, NARY)
        lines = (await session.scalars(select(AuditLine).order_by(AuditLine.id))).all()
        assert [(line.action, line.subject) for line in lines] == [
            ("set", "quiet hours 21-6"),
            ("named as deputy", "coordinator 2"),
        ]


# Who leaves


async def test_who_leaves_the_desk_is_nobodys_deputy_and_comes_back_without_a_line(
    database: Database,
) -> None:
    async with database.write() as session:
        await meet(session, *ALL)
        await _sleeps(session, LINDA)
        await _off_call(session, LINDA)
        await _names(session, BOPHA, LINDA)
        await team.let_go(session, LINDA, NOW)
        found = await roster.read(session, ALL, EVENING, ZONE)
        assert found.there == ALL
        assert [line.deputy_id for line in found.lines] == [None, None, None]


async def test_who_was_taken_out_of_the_settings_is_nobodys_deputy_at_once(
    database: Database,
) -> None:
    async with database.write() as session:
        await meet(session, *ALL)
        await _names(session, BOPHA, LINDA)
        found = await roster.read(session, (BOPHA, NARY), NOW, ZONE)
        assert [line.deputy_id for line in found.lines] == [None, None]


async def test_what_she_said_goes_with_her_and_with_her_seat(database: Database) -> None:
    async with database.write() as session:
        await meet(session, *ALL)
        for one in ALL:
            await _sleeps(session, one)
        await _names(session, BOPHA, LINDA)
        kept = (await privacy.export(session, BOPHA))["mentoring"]["on_the_roster"]
        assert kept == {"quiet_from": 21, "quiet_until": 6, "has_a_deputy": True}
        await privacy.erase(session, LINDA, NOW)
        assert await _kept(session) == {BOPHA: None, NARY: None}
        # By the settings only one is a coordinator still.
        settings = Settings(coordinator_ids=(BOPHA,), _env_file=None)
        await privacy.forget_old(session, settings, NOW)
        assert await _kept(session) == {BOPHA: None}


async def _kept(session: Session) -> dict[int, int | None]:
    rows = await session.scalars(select(RosterLine).order_by(RosterLine.person_id))
    return {row.person_id: row.deputy_id for row in rows}


async def test_who_cannot_be_reached_is_not_on_call_and_her_deputy_is_called(
    database: Database,
) -> None:
    async with database.write() as session:
        await meet(session, *ALL)
        await _off_call(session, NARY, LINDA)
        await _names(session, BOPHA, LINDA)
        (await session.get_one(Person, BOPHA)).reach = Reachability.BLOCKED
        await session.flush()
        found = await roster.read(session, ALL, NOW, ZONE)
        assert (found.there, found.order) == ((), (LINDA, BOPHA, NARY))
