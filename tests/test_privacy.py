"""What is kept of a person: seen, erased, forgotten in time.

The tables are asked themselves which of their columns can hold the id of a person, so a new one
is tried without anybody adding it here.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import JSON, BigInteger, Column, Date, Enum, func, insert, select
from sqlalchemy import Table as SqlTable

from bot import privacy
from bot.database import Database, Session
from bot.database.base import UtcDateTime
from bot.mentoring.states import MentorState
from bot.mentoring.tables import Mentor
from bot.people import people
from bot.people.staff import Actor
from bot.people.tables import Person
from bot.questions import asked, groups, ratings
from bot.questions.tables import OpenQuestion, QuestionGroup
from bot.safety import cases
from bot.safety.tables import Case
from bot.settings import Settings
from bot.tables import metadata
from tests.traces import columns_with

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TEN_MINUTES = timedelta(minutes=10)
GIRL, FIRST, SECOND = 1, 11, 12
STAFF = (FIRST, SECOND)
# Somebody whose id is found wherever it stands, and somebody else.
HER, ANOTHER = 918273645, 5

# Long numbers that are not people's.
NOT_PEOPLE = {
    "case_messages.message_id", "inbox.message_id", "inbox.update_id", "last_words.message_id", "outbox.message_id",
    "phones.before_message_id", "recipients.message_id", "relay_messages.message_id", "conversations.tapped_on",
}  # fmt: skip
# Lists of ids, and what else names people in a column of JSON.
LISTS_OF_PEOPLE = {"cases.alerted", "drills.alerted", "drills.passed", "introductions.tried"}
NAMES_PEOPLE = {
    "broadcasts.proposal", "inbox.payload", "outbox.payload",
}  # fmt: skip
NAMES_NOBODY = {
    "broadcasts.audience", "broadcasts.kept", "broadcasts.words", "conversations.awaiting",
    "conversations.buttons", "conversations.doors", "conversations.offered", "conversations.trail",
    "drills.arrived",
    "event_drafts.details",
    "event_feeds.left_out", "event_signups.offsets", "events.accepted", "events.fields", "events.grades",
    "events.offered", "events.offsets", "events.text", "events.title", "learned_entries.answer",
    "learned_entries.asks", "learned_entries.question", "mentees.draft", "mentors.languages",
    "question_groups.answer", "question_groups.writing_for", "reminder_choices.offsets",
    "walks.steps",
}  # fmt: skip
# What a row must say to be one, where any word would not do.
WORDS = {
    "desk_notes.about": "case", "event_signups.state": "going", "introductions.state": "ended",
    "mentors.state": "applied", "recipients.state": "delivered",
}  # fmt: skip
OBJECTS = {"audience", "kept", "details"}


def _columns() -> Iterator[Column[Any]]:
    for table in metadata.sorted_tables:
        yield from table.columns


def _to_people(column: Column[Any]) -> bool:
    return any(key.column.table.name == "people" for key in column.foreign_keys)


def _of_people() -> Iterator[str]:
    """Yield each column that can hold a person's id."""
    for column in _columns():
        if isinstance(column.type, JSON):
            if str(column) in LISTS_OF_PEOPLE | NAMES_PEOPLE:
                yield str(column)
        elif str(column) in NOT_PEOPLE:
            continue
        elif isinstance(column.type, BigInteger) or _to_people(column):
            yield str(column)


def _value(column: Column[Any]) -> Any:
    """Return something that the column can hold."""
    kind = column.type
    if _to_people(column) or isinstance(kind, BigInteger):
        return ANOTHER
    if str(column) in WORDS:
        return WORDS[str(column)]
    if isinstance(kind, Enum):
        return kind.enums[0]
    if isinstance(kind, JSON):
        return {} if column.name in OBJECTS else []
    if isinstance(kind, UtcDateTime):
        return NOW
    if isinstance(kind, Date):
        return date(2026, 11, 24)
    return kind.python_type(1)


async def _add(session: Session, table: SqlTable, **her: Any) -> None:
    """Add a row, and first those that it hangs on."""
    row = dict(her)
    for column in table.columns:
        if column.name not in row and not column.nullable:
            row[column.name] = _value(column)
        for key in column.foreign_keys:
            parent = key.column.table
            there = await session.scalar(select(func.count()).select_from(parent))
            if column.name in row and parent.name != "people" and not there:
                await _add(session, parent)
    await session.execute(insert(table).values(row))


def test_every_column_that_could_name_somebody_is_known() -> None:
    """A new column of long numbers or of JSON is a person's or it is not: say which, above."""
    of_json = {str(column) for column in _columns() if isinstance(column.type, JSON)}
    assert of_json == LISTS_OF_PEOPLE | NAMES_PEOPLE | NAMES_NOBODY
    named = privacy.EXEMPT.keys() | privacy.PROTECTS.keys()
    assert named <= {str(column) for column in _columns()}
    # These are erased where nothing was reported, and tried for it below.
    assert not privacy.EXEMPT.keys() & privacy.PROTECTS.keys()


@pytest.mark.parametrize("column", sorted(set(_of_people()) - privacy.EXEMPT.keys()))
async def test_whatever_holds_her_id_is_shown_to_her_and_erased(
    database: Database, column: str
) -> None:
    table, _, name = column.partition(".")
    async with database.write() as session:
        for person_id in (HER, ANOTHER):
            if column != "people.id" or person_id != HER:
                await people.meet(session, person_id, "km", NOW)
        await session.flush()
        if table != "people":
            # Everybody who writes has a conversation.
            await session.execute(metadata.tables["conversations"].delete())
        before = {} if column == "people.id" else await privacy.export(session, HER)
        her = [HER] if column in LISTS_OF_PEOPLE else HER
        # An open case is the one exception (below).
        closed = {"closed_at_utc": NOW} if column == "cases.person_id" else {}
        await _add(session, metadata.tables[table], **closed | {name: her})
        session.expunge_all()
        assert await privacy.export(session, HER) != before, "she is not shown it"
    async with database.write() as session:
        await privacy.erase(session, HER, NOW)
    async with database.read() as session:
        assert set(await columns_with(session, HER)) <= privacy.EXEMPT.keys()


# What makes a talk one that was reported.
REPORTED = {"state": "blocked", "reported_by": ANOTHER, "reported_at_utc": NOW}


@pytest.mark.parametrize(
    "column", sorted(set(_of_people()) - privacy.EXEMPT.keys() - privacy.PROTECTS.keys())
)
async def test_of_a_report_and_a_frozen_mentor_stays_only_what_protects_children(
    database: Database, column: str
) -> None:
    """She is a girl whose talk was reported and a mentor about whom something waits."""
    table, _, name = column.partition(".")
    tables = metadata.tables
    async with database.write() as session:
        for person_id in (HER, ANOTHER):
            if column != "people.id" or person_id != HER:
                await people.meet(session, person_id, "km", NOW)
        await session.flush()
        if table != "people":
            await session.execute(tables["conversations"].delete())
        for number, side in ((1, "student_id"), (2, "mentor_id")):
            two = REPORTED | {"id": number, side: HER}
            await _add(session, tables["introductions"], **two)
            said = {"id": number, "introduction_id": number, "sender_id": HER}
            await _add(session, tables["relay_messages"], **said)
        await _add(session, tables["mentors"], person_id=HER, state="approved")
        await _add(session, tables["cases"], person_id=HER)
        her = [HER] if column in LISTS_OF_PEOPLE else HER
        more = REPORTED | {"id": 3} if table == "introductions" else {}
        more = {"id": 3} if table == "cases" else more
        if column != "people.id":
            await _add(session, tables[table], **more | {name: her})
    async with database.write() as session:
        await privacy.erase(session, HER, NOW)
    async with database.read() as session:
        kept = set(await columns_with(session, HER))
        mentor = await session.get_one(Mentor, HER)
    assert mentor.state is MentorState.FROZEN
    assert privacy.PROTECTS.keys() <= kept, "what is to be looked at is gone"
    assert kept <= privacy.EXEMPT.keys() | privacy.PROTECTS.keys()


async def test_she_sees_and_erases_everything(database: Database) -> None:
    async with database.write() as session:
        girl = Actor(session, GIRL, STAFF, NOW)
        await people.meet(session, GIRL, "km", NOW)
        await asked.keep(girl, "why?", "en")
        await ratings.give_feedback(girl, "what-is-ai", True)
        await ratings.give_feedback(girl, "what-is-ai", False)
        await cases.open_case(girl, "abuse", ("words",), TEN_MINUTES)
        kept = await privacy.export(session, GIRL)
        assert kept["questions"][0]["text"] == "why?"
        assert kept["helpful"] == {"what-is-ai": False}
        (message,) = kept["talks_with_a_person"][0]["messages"]
        assert (message["from"], message["text"]) == ("you", "words")
    async with database.write() as session:
        await privacy.erase(session, GIRL, NOW)
    async with database.read() as session:
        for table, key in ((Person, GIRL), (OpenQuestion, 1)):
            assert await session.get(table, key) is None
        # Of an open case stays that it is there.
        assert (await session.get_one(Case, 1)).erased_at_utc == NOW
        assert not await columns_with(session, "words")


async def test_what_is_old_is_forgotten(database: Database) -> None:
    async with database.write() as session:
        await people.meet(session, GIRL, "km", NOW)
        await asked.keep(Actor(session, GIRL, (), NOW - timedelta(days=91)), "old", "en")
        await asked.keep(Actor(session, GIRL, (), NOW - timedelta(days=89)), "new", "en")
        await privacy.forget_old(session, Settings(question_days=90, _env_file=None), NOW)
        (group,), total = await groups.waiting(Actor(session, FIRST, STAFF, NOW), 0)
        assert ([q.text for q in group.questions], total) == (["new"], 1)
        assert await session.scalar(select(func.count()).select_from(QuestionGroup)) == 1
