"""Who is reached: every filter finds whom it names."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.announcements import audience, subscriptions
from bot.content import Content
from bot.database import Database
from bot.events.tables import Event, EventDate, EventSignup
from bot.mentoring.tables import GuardianConsent, Mentor
from bot.people.tables import Person, Reachability
from tests.announcements.newsroom import (
    FIRST,
    GIRL,
    NOW,
    POLICY,
    STAFF,
    TODAY,
    by,
    people,
    school_class,
)


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({}, {1, 2, 3, 4, FIRST}),
        ({"who": ["students"]}, {1, 2, 3, 4}),
        ({"who": ["coordinators"]}, {FIRST}),
        ({"who": ["students", "coordinators"]}, {1, 2, 3, 4, FIRST}),
        ({"who": ["nonsense"]}, set()),
        ({"language": ["en"]}, {2}),
        ({"grade": ["11", "12"]}, {1, 2}),
        ({"grade": ["unsaid"]}, {4, FIRST}),
        ({"grade": ["9", "unsaid"]}, {3, 4, FIRST}),
        ({"province": ["kep"], "grade": ["12"]}, {2}),
        ({"field": ["health", "law-society"]}, {1, 3}),
        ({"track": ["science"]}, {1}),
    ],
)
async def test_every_filter_finds_whom_it_names(
    database: Database, chosen: dict[str, list[str]], expected: set[int]
) -> None:
    async with database.write() as session:
        await people(session, 1, first=1, grade="11")
        await people(session, 1, first=2, grade="12", language="en")
        await people(session, 1, first=3, grade="9", province="kampot")
        await people(session, 1, first=4, grade=None, province=None)
        await people(session, 1, first=FIRST, grade=None, province=None)
        await people(session, 1, first=50)
        (await session.get_one(Person, 50)).reach = Reachability.BLOCKED
        await people(session, 1, first=51)
        await subscriptions.mute(by(session, 51), "announcement")
        await subscriptions.toggle_field(session, 1, "health")
        await subscriptions.toggle_field(session, 2, "health")
        await subscriptions.toggle_field(session, 2, "health")
        await subscriptions.toggle_field(session, 3, "law-society")
        await subscriptions.choose_track(session, 1, "social")
        await subscriptions.choose_track(session, 1, "science")
        clause = audience.members(chosen, "announcement", STAFF, TODAY)
        found = set(await session.scalars(select(Person.id).where(clause)))
        assert found == expected
        assert sum(
            (await audience.count(session, chosen, "announcement", STAFF, TODAY)).values()
        ) == len(expected)


async def test_mentors_guardians_and_who_signed_up_are_told_apart(
    database: Database, content: Content
) -> None:
    """Given a mentor, a guardian and two girls who answered an event, each filter finds its own."""
    girl, other, mentor, guardian = 1, 2, 3, 4
    async with database.write() as session:
        for person_id in (girl, other, mentor, guardian):
            await people(session, 1, first=person_id)
        session.add(Mentor(person_id=mentor, state="approved", languages=["km"]))
        session.add(
            GuardianConsent(
                student_id=girl,
                guardian_id=guardian,
                method="link",
                text_version=1,
                asked_at_utc=NOW,
                token="x",
            )  # fmt: skip
        )
        event = Event(
            kind="workshop", title={"km": "ក", "en": "A"}, text={}, online=True,
            place="", fields=[], grades=[], all_day=False, first_at_utc=NOW, state="published",
            created_by=FIRST, created_at_utc=NOW,
        )  # fmt: skip
        session.add(event)
        await session.flush()
        date = EventDate(event_id=event.id, slot="1", starts_at_utc=NOW, over_at_utc=NOW)
        session.add(date)
        await session.flush()
        for person_id, answer in ((girl, "going"), (other, "not_going")):
            session.add(
                EventSignup(
                    date_id=date.id,
                    person_id=person_id,
                    state=answer,
                    queue=0,
                    answered_at_utc=NOW,
                )  # fmt: skip
            )
        await session.flush()
        for chosen, expected in (
            ({"who": ["students"]}, {girl, other}),
            ({"who": ["mentors"]}, {mentor}),
            ({"event": [str(event.id)]}, {girl}),
            ({"event": ["forged"]}, set()),
        ):
            clause = audience.members(chosen, "announcement", STAFF, TODAY)
            assert set(await session.scalars(select(Person.id).where(clause))) == expected
        options = await audience.FILTERS["event"].options(session, content, [], TODAY)
        assert [option.value for option in options] == [str(event.id)]
        date.went = 1
        await session.flush()
        for before in ([], [str(event.id)]):
            options = await audience.FILTERS["event"].options(session, content, before, TODAY)
            assert [option.value for option in options] == before, "chosen, it stays"


async def test_a_class_is_written_to_until_its_last_day_is_over(
    database: Database, content: Content
) -> None:
    """Nothing closes it at midnight but the day itself."""
    async with database.write() as session:
        await people(session, 1, first=GIRL)
        to = {"class": [await school_class(session, TODAY, GIRL)]}
        for day, goes_on in ((TODAY, True), (TODAY + timedelta(days=1), False)):
            reached = await audience.count(session, to, "announcement", STAFF, day)
            assert bool(reached) is goes_on
            left = select(Person.id).where(Person.id == GIRL, audience.has_left(to, day))
            assert bool((await session.scalars(left)).all()) is not goes_on
            offered = await audience.FILTERS["class"].options(session, content, [], day)
            assert bool(offered) is goes_on


def test_the_day_begins_at_midnight_of_the_own_zone() -> None:
    assert POLICY.today(datetime(2026, 11, 24, 16, 59, tzinfo=UTC)) == date(2026, 11, 24)
    assert POLICY.today(datetime(2026, 11, 24, 17, 0, tzinfo=UTC)) == date(2026, 11, 25)


async def test_every_open_class_is_offered_and_what_was_chosen_stays(
    database: Database, content: Content
) -> None:
    yesterday = TODAY - timedelta(days=1)
    async with database.write() as session:
        chosen, _ = await school_class(session, yesterday), await school_class(session, yesterday)
        newest_first = [await school_class(session, TODAY) for _ in range(25)][::-1]
        offered = await audience.FILTERS["class"].options(session, content, [chosen], TODAY)
        assert [option.value for option in offered] == [*newest_first, chosen]
        named = await audience.chosen(session, content, {"class": [chosen]}, TODAY)
        assert [option.value for option in named["class"]] == [chosen]
