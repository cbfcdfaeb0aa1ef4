"""The weekly digest: every Monday at eight, once, whatever happens to the clock or the process."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content import Content
from bot.database import Database
from bot.desk import counters, digest
from bot.desk.digest import SENT_AT
from bot.mentoring.states import State, Who
from bot.mentoring.tables import IntroductionMove
from bot.people import people
from bot.people.staff import Actor
from bot.questions import asked, ratings
from bot.refusals import NotAllowedError
from bot.safety import cases
from bot.safety.states import DrillEnd
from bot.safety.tables import Drill
from bot.screens.screen import Html
from bot.screens.voice import Voice
from handlers.desk.digest import digest_screen
from handlers.doors import DESK

ZONE = ZoneInfo("Asia/Phnom_Penh")
MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=ZONE)
GIRL, BOPHA = 1, 11


def test_it_is_due_on_monday_at_eight_where_the_bot_is_at_home() -> None:
    assert digest.due(MONDAY, ZONE) == ("2026-W48", MONDAY)
    before = MONDAY - timedelta(seconds=1)
    assert digest.due(before, ZONE) == ("2026-W47", MONDAY - timedelta(weeks=1))
    assert digest.due(MONDAY + timedelta(days=6), ZONE)[0] == "2026-W48"


@given(
    now=st.datetimes(datetime(2026, 1, 1), datetime(2032, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    zone=st.sampled_from(
        ["Asia/Phnom_Penh", "Europe/Berlin", "America/New_York", "Asia/Kathmandu"]
    ),
)
def test_every_moment_belongs_to_one_week_that_began_on_a_monday(now: datetime, zone: str) -> None:
    week, at = digest.due(now, ZoneInfo(zone))
    assert timedelta(0) <= now - at < timedelta(days=7, hours=2)
    assert (at.weekday(), at.time()) == (0, SENT_AT)
    assert digest.due(at, ZoneInfo(zone))[0] == week


async def test_a_week_is_begun_once_and_a_new_bot_does_not_begin_in_the_middle(
    database: Database,
) -> None:
    async with database.write() as session:
        wednesday = MONDAY + timedelta(days=2)
        assert not await digest.begin(session, "2026-W48", MONDAY, wednesday)
        assert not await digest.begin(session, "2026-W48", MONDAY, wednesday)
    next_monday = MONDAY + timedelta(weeks=1)
    async with database.write() as session:
        # Down until Thursday: late, but still the news of the week.
        late = next_monday + timedelta(days=3)
        assert await digest.begin(session, "2026-W49", next_monday, late)
        assert not await digest.begin(session, "2026-W49", next_monday, late)
        assert not await digest.begin(session, "2026-W48", MONDAY, MONDAY)


async def test_it_tells_what_waits_and_for_how_long(database: Database, content: Content) -> None:
    now = MONDAY.astimezone(UTC)
    concept = content.concepts[0].id
    async with database.write() as session:
        await people.meet(session, GIRL, "km", now)
        await asked.keep(Actor(session, GIRL, (), now - timedelta(days=5)), "why?", "en")
        await ratings.give_feedback(Actor(session, GIRL, (), now), "what-is-ai", False)
        girl = Actor(session, GIRL, (), now - timedelta(hours=3))
        await cases.open_case(girl, "abuse", ("w",), timedelta(1))
        for n, key in ((7, "answered"), (2, "lost")):
            for _ in range(n):
                await counters.count(session, date(2026, 11, 20), "question", [key])
        await counters.count(session, date(2026, 11, 20), "gap", [concept])
        await counters.count(session, date(2026, 11, 23), "question", ["lost"])
        news = await digest.gather(session, content, now, ZONE, date(2026, 11, 22))
    assert (news.first, news.last) == (date(2026, 11, 16), date(2026, 11, 22))
    assert (news.answered, news.lost) == (7, None)
    assert (news.groups_waiting, news.waiting_since) == (1, now - timedelta(days=5))
    assert (news.cases_open, news.cases_untaken) == (1, 1)
    screen = digest_screen(Voice(content, "en"), content, news, Html("–"), now, DESK())
    for words in ("answered 7", "not answered &lt;5", "1 groups, the oldest for 5 days",
                  "👎 &lt;5", "Open cases: 1", "3 hours"):  # fmt: skip
        assert words in screen.text
    assert "why?" not in screen.text


async def test_it_tells_how_the_drills_of_its_days_went_and_names_nobody(
    database: Database, content: Content
) -> None:
    last, lists = date(2026, 11, 22), {"alerted": [BOPHA], "arrived": [1], "passed": []}
    async with database.write() as session:
        for day, end in ((15, DrillEnd.NOBODY), (16, DrillEnd.UNANSWERED), (22, DrillEnd.LATE)):
            at = datetime(2026, 11, day, 12, tzinfo=ZONE)
            there = {"acknowledged_by": BOPHA, "acknowledged_at_utc": at + timedelta(minutes=14)}
            more = there if end is DrillEnd.LATE else {}
            session.add(Drill(began_at_utc=at, ended_at_utc=at, outcome=end, **lists | more))
        await session.flush()
        news = await digest.gather(session, content, MONDAY.astimezone(UTC), ZONE, last)
    assert [one.outcome for one in news.drills] == [DrillEnd.LATE, DrillEnd.UNANSWERED]
    screen = digest_screen(Voice(content, "en"), content, news, Html("–"), MONDAY, DESK())
    assert "late (14 min)" in screen.text
    assert "nobody answered" in screen.text
    assert str(BOPHA) not in screen.text.partition("Drills")[2]


@pytest.mark.parametrize("tongue", ["km", "en"])
async def test_it_tells_what_is_looked_over_together_and_what_the_clock_forgot(
    database: Database, content: Content, tongue: str
) -> None:
    now, last, friday = MONDAY.astimezone(UTC), date(2026, 11, 22), date(2026, 11, 20)
    reported = {"who": Who.STUDENT, "actor_id": GIRL, "after": State.BLOCKED, "told": True}
    async with database.write() as session:
        for kind, key, times in (
            ("sign", "abuse", 6), ("sign", "online", 1), ("relay", "held", 2), ("relay", "stopped", 1),
        ):  # fmt: skip
            for _ in range(times):
                await counters.count(session, friday, kind, [key])
        await counters.forgot(session, friday, {"questions": 12, "cases": 2, "talks": 0})
        for number, move, more in (
            (1, "report", {}), (1, "report", {}), (2, "report", {"who": Who.MENTOR}),
            (3, "report", {}), (3, "take_back", {}),
            (4, "report", {"at_utc": now - timedelta(days=8)}),
        ):  # fmt: skip
            at = {"at_utc": now - timedelta(days=2)}
            row = IntroductionMove(introduction_id=number, move=move, **reported | at | more)
            session.add(row)
            await session.flush()
        news = await digest.gather(session, content, now, ZONE, last)
    assert (news.held, news.stopped, news.approaches, news.reports) == (2, 1, 0, 1)
    assert news.signs == (("abuse", 6), ("online", None))
    assert news.forgotten == (("questions", 12), ("cases", None))
    voice = Voice(content, tongue)
    screen = digest_screen(voice, content, news, Html("–"), now, DESK())
    assert voice.label("kind.abuse") in screen.text
    assert voice.label("digest.forgot.questions") in screen.text
    assert voice.label("digest.forgot.talks") not in screen.text.rpartition("\n")[2]
    assert len(screen.text) <= 900


async def test_a_quiet_week_is_said_in_a_line_each(database: Database, content: Content) -> None:
    now = MONDAY.astimezone(UTC)
    async with database.write() as session:
        news = await digest.gather(session, content, now, ZONE, date(2026, 11, 22))
    voice = Voice(content, "en")
    said = digest_screen(voice, content, news, Html("–"), now, DESK()).text
    assert voice.say("digest.quiet_week") in said
    assert voice.say("digest.nothing_due") in said


async def test_it_is_shown_to_coordinators_alone(database: Database, content: Content) -> None:
    now = MONDAY.astimezone(UTC)
    async with database.write() as session:
        bopha = Actor(session, BOPHA, (BOPHA,), now)
        news = await digest.this_week(bopha, content, ZONE)
        assert (news.first, news.last) == (date(2026, 11, 17), date(2026, 11, 23))
        with pytest.raises(NotAllowedError):
            await digest.this_week(Actor(session, GIRL, (BOPHA,), now), content, ZONE)


async def test_overdue_reviews_are_named(content: Content) -> None:
    entry = next(iter(content.entries.values()))
    day = entry.review_due + timedelta(days=1)
    assert entry.id in list(digest.overdue(content, day))
    assert entry.id not in list(digest.overdue(content, entry.review_due))
