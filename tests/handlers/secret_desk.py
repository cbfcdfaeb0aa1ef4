"""A desk full of other people's secrets, at which somebody tries what is not hers to do."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import event, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

import handlers
from bot.database import Database
from bot.database.base import Table
from bot.desk import counters, team
from bot.incoming import Incoming
from bot.people import notes, people
from bot.people.staff import Actor, coordinators_of, helpers_of
from bot.questions import additions, asked, groups, ratings
from bot.questions.additions import Step, What
from bot.queues.tables import OutboxMessage
from bot.rights import ALLOWED, May, Seat
from bot.safety import case_work, cases
from bot.teaching.tables import AskedWay, Origin, Teacher, WayState
from bot.turn import Services, Turn
from handlers.feature import Door

# Those who have a part of the work at the desk.
SEATS = {seat.value: seat for seat in Seat if seat is not Seat.FULL}
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
STUDENT, GIRL, BOPHA, NARY = 1001, 1002, 3001, 3002
FIRST = (BOPHA, NARY)
SECRET = "zxq-secret"
TURN = 7_000
# Rows that may change when she does something: her own, and counts without a name.
OWNED_BY = {"people": "id", "outbox": "chat_id", "phones": "chat_id"}
UNNAMED = {"tallies"}
# A question of hers opens a group; what was there stays as it was.
MAY_GROW = {"questions", "question_groups", "grouped_questions"}
# What anybody may set in motion: asking for a person alerts one, erasing herself is recorded.
MAY_CHANGE = {
    "care:person": {"cases", "outbox"},
    "data:erase_yes": {"audit", "coordinators", "invitations"},
}
_WRITES = re.compile(r'\s*(INSERT INTO|UPDATE|DELETE FROM) "?(\w+)', re.IGNORECASE)


async def _joins(actor: Actor, secret: str) -> None:
    """Somebody follows an invitation, and says that she joins."""
    _, found = await team.follow(actor, secret)
    assert found is not None
    assert await team.accept(actor, found.id)


async def _seed(session: AsyncSession, role: str) -> None:
    """Fill every shelf of the desk with somebody else's secrets."""
    for person_id in (STUDENT, GIRL, *FIRST):
        await people.meet(session, person_id, "en", NOW)
    await team.register_first(session, FIRST, NOW)
    bopha, girl = Actor(session, BOPHA, FIRST, NOW), Actor(session, GIRL, FIRST, NOW)
    if role in SEATS:
        secret = await team.invite(bopha, SEATS[role])
        await _joins(Actor(session, STUDENT, FIRST, NOW), secret)
    if role == "removed coordinator":
        secret = await team.invite(bopha)
        await _joins(Actor(session, STUDENT, FIRST, NOW), secret)
        three = Actor(session, BOPHA, (*FIRST, STUDENT), NOW)
        seat = next(m for m in await team.team(three, FIRST) if not m.first)
        await team.remove(three, FIRST, seat.number)
    if role not in SEATS:
        # What the colleagues are called is no secret at the desk.
        await team.rename(bopha, SECRET)
    await team.invite(bopha)
    for words in ("one", "two"):
        await asked.keep(girl, f"{SECRET} {words}?", "en")
    waiting, _ = await groups.waiting(bopha, 0)
    for group in waiting:
        await notes.add(bopha, "group", group.id, SECRET)
    await groups.write(bopha, waiting[0].id, SECRET)
    await groups.send(bopha, waiting[0].id)
    draft = await additions.begin(bopha, waiting[0].id)
    await additions.fill(bopha, draft.id, Step(What.QUESTION, "km"), SECRET)
    await ratings.give_feedback(girl, "what-is-ai", False)
    session.add(Teacher(person_id=GIRL, joined_at_utc=NOW))
    for number, state in enumerate((WayState.WAITING, WayState.ACCEPTED), 1):
        session.add(
            AskedWay(
                id=number, text=f"{SECRET} way", folded=f"{SECRET}{number}", language="rom",
                target="faq:what-is-ai", origin=Origin.TAUGHT, state=state, person_id=GIRL,
                at_utc=NOW,
            )
        )  # fmt: skip
    opened = await cases.open_case(girl, "abuse", (SECRET,), timedelta(minutes=10))
    await case_work.acknowledge(bopha, opened.case.id)
    await counters.count(session, NOW.date(), "topic", [SECRET])


async def _others(session: AsyncSession, name: str) -> list[str]:
    """Return every row of a table that is not hers."""
    table = Table.metadata.tables[name]
    owner = OWNED_BY.get(name, "person_id")
    query = select(table)
    # A seat at the desk is a row about her, and not hers to change.
    if owner in table.c and name not in ("coordinators", "cases", "questions"):
        query = query.where(table.c[owner] != STUDENT)
    return sorted(map(repr, (await session.execute(query)).all()))


Take = Callable[[Turn], Awaitable[None]]


class Desk:
    """A database full of other people's secrets; whatever is tried there is taken back."""

    def __init__(self, session: AsyncSession, services: Services, role: str) -> None:
        self._session = session
        self._services = services
        self.role = role
        self._before: dict[str, list[str]] = {}
        self._staff: tuple[int, ...] = ()
        self._helpers: dict[int, Seat] = {}
        # how each table was written to by what is tried now
        self._written: set[tuple[str, str]] = set()

    async def remember(self) -> None:
        """Keep in mind what there is."""
        self._before = {t: await _others(self._session, t) for t in Table.metadata.tables}
        first = self._services.settings.coordinator_ids
        self._staff = await coordinators_of(self._session, first)
        self._helpers = await helpers_of(self._session, first)

    def note_statement(self, *execution: Any) -> None:
        """Note which table a statement writes to; an event of the engine."""
        if written := _WRITES.match(execution[2]):
            self._written.add((written[1].upper(), written[2]))

    @asynccontextmanager
    async def tried(
        self, heard: Incoming, awaiting: dict[str, Any] | None = None, take: Take = handlers.take
    ) -> AsyncIterator[Turn]:
        """Do something as the student; take it back at the end."""
        session = self._session
        savepoint = await session.begin_nested()
        try:
            person, conversation, new = await people.meet(session, STUDENT, "en", NOW)
            conversation.awaiting = awaiting
            await session.flush()
            turn = Turn(
                self._services, session, TURN, heard, person, conversation, new, self._staff,
                self._helpers,
            )  # fmt: skip
            self._written.clear()
            await take(turn)
            await session.flush()
            yield turn
        finally:
            await savepoint.rollback()
            session.expunge_all()

    def is_hers(self, door: Door) -> bool:
        """Tell whether a door of the desk is for one with her seat."""
        seat = self._helpers.get(STUDENT)
        return isinstance(door.who, May) and seat is not None and door.who in ALLOWED[seat]

    async def changed(self) -> dict[str, list[str]]:
        """Return the rows of others in each table that is not as it was, as they are now.

        Only tables that were written to are read; what is deleted may take anything with it.
        """
        tables = {name for _, name in self._written}
        if any(how == "DELETE FROM" for how, _ in self._written):
            tables = set(self._before)
        now = {name: await _others(self._session, name) for name in tables & self._before.keys()}
        return {name: rows for name, rows in now.items() if rows != self._before[name]}

    async def staged(self) -> list[OutboxMessage]:
        """Return what the turn sends."""
        return list(
            await self._session.scalars(
                select(OutboxMessage).where(OutboxMessage.key.like(f"%{TURN}%"))
            )
        )

    async def refuses(
        self, heard: Incoming, awaiting: dict[str, Any] | None = None, take: Take = handlers.take
    ) -> list[Any]:
        """Try something that must change and tell nothing; return what she was sent."""
        may = MAY_CHANGE.get(heard.data, set())
        async with self.tried(heard, awaiting, take) as turn:
            for table, rows in (await self.changed()).items():
                before = self._before[table]
                grown = table in MAY_GROW and [r for r in rows if r in before] == before
                if not (grown or table in may or table in UNNAMED):
                    raise AssertionError(f"{heard.data or heard.text} {awaiting} changed {table}")
            staged = await self.staged() if self._staged else []
            for message in staged:
                assert message.chat_id == STUDENT or may, f"{heard} wrote to somebody else"
                assert SECRET not in str(message.payload), f"{heard} told a secret"
            return [(message.method, message.payload, turn.toast) for message in staged]

    @property
    def _staged(self) -> bool:
        return any(table == "outbox" for _, table in self._written)

    async def notices(self, heard: Incoming) -> bool:
        """Try the same with the role; tell whether it told a secret or changed something."""
        async with self.tried(heard):
            told = await self._session.scalar(
                select(func.count()).where(
                    OutboxMessage.key.like(f"%{TURN}%"),
                    text("payload LIKE :secret").bindparams(secret=f"%{SECRET}%"),
                )
            )
            return bool(told) or bool((await self.changed()).keys() - UNNAMED)


@asynccontextmanager
async def open_desk(database: Database, services: Services, role: str) -> AsyncIterator[Desk]:
    """Fill the desk, and notice from now on what is written."""
    async with database.write() as session:
        await _seed(session, role)
        await session.flush()
        session.expunge_all()
        desk = Desk(session, services, role)
        await desk.remember()
        connection = (await session.connection()).sync_connection
        assert connection is not None
        event.listen(connection, "before_cursor_execute", desk.note_statement)
        yield desk
