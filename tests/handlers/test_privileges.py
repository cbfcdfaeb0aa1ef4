"""Who guesses a command or forges a button is told nothing and changes nothing.

What is tried is made from the doors that the features open, so a new button, a new command or
a new thing to be awaited is tried without anybody adding it here.
"""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

import handlers
from bot.answering.answerer import Answerer
from bot.content import Content
from bot.database import Database
from bot.database.base import Table
from bot.desk import counters, team
from bot.incoming import Incoming
from bot.people import notes, people
from bot.people.staff import Actor, coordinators_of, helpers_of
from bot.questions import additions, asked, groups, ratings
from bot.questions.additions import Step, What
from bot.queues.tables import OutboxMessage
from bot.refusals import NotAllowedError, RefusedError, StaleError
from bot.rights import ALLOWED, May, Seat
from bot.safety import case_work, cases
from bot.settings import Settings
from bot.teaching.tables import AskedWay, Origin, Teacher, WayState
from bot.turn import Services, Turn
from handlers.feature import Door
from tests.handlers import forged

# Those who have a part of the work at the desk, and the buttons that lead them to it.
SEATS = {seat.value: seat for seat in Seat if seat is not Seat.FULL}
OPENS = {
    "reader": {"desk", "fig", "audit"},
    "events": {"desk", "evd", "evf"},
    "mentors": {"desk", "vet", "over"},
}
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
# What only asks, or shows what is no secret, before the domain is asked for anything.
ONLY_ASK = {
    "case:note", "cast:new", "cast:topic", "cast:topics", "evf:paste", "evs:add", "evs:kind",
    "evs:mode", "fig:menu", "group:aside", "group:note", "learn:topics", "over:attest",
    "over:rewrite", "vet:check",
}  # fmt: skip
_WRITES = re.compile(r'\s*(INSERT INTO|UPDATE|DELETE FROM) "?(\w+)', re.IGNORECASE)


# What must stay as it is


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


@pytest.fixture
def services(content: Content, answerer: Answerer) -> Services:
    settings = Settings(coordinator_ids=FIRST, _env_file=None)
    return Services(settings, content, answerer, lambda: NOW, "bong_srey_bot")


@asynccontextmanager
async def _open(database: Database, services: Services, role: str) -> AsyncIterator[Desk]:
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


@pytest.fixture(params=["student", "removed coordinator", *SEATS])
async def desk(
    request: pytest.FixtureRequest, database: Database, services: Services
) -> AsyncIterator[Desk]:
    async with _open(database, services, request.param) as opened:
        yield opened


def _tap(data: str) -> Incoming:
    return Incoming("button", STUDENT, "en", data=data, callback_id="1", message_id=1)


def _say(words: str) -> Incoming:
    return Incoming("text", STUDENT, "en", words, message_id=1)


async def test_no_forged_button_tells_or_changes_anything(desk: Desk) -> None:
    """And a button of the desk is answered as one that does not exist."""
    nothing = await desk.refuses(_tap("no-such-button:1"))
    tried = of_desk = 0
    # What is no part of the desk is tried in many ways by a student, and once by the others.
    for data in forged.forgeries(forged.COMBINATIONS if desk.role == "student" else 1):
        if (door := forged.door_of(data)) is not None and desk.is_hers(door):
            continue
        told = await desk.refuses(_tap(data))
        tried += 1
        if door is not None and isinstance(door.who, May):
            of_desk += 1
            assert told == nothing, data
    assert tried > 200
    assert of_desk > 30


async def test_behind_the_doors_of_the_desk_everything_asks_again(desk: Desk) -> None:
    """Were the router to let her in, she would still be told nothing and change nothing."""
    asked_again = 0
    let_in: set[str] = set()

    def behind(name: str, door: Door, *values: object) -> Take:
        async def enter(turn: Turn) -> None:
            nonlocal asked_again
            try:
                async with turn.session.begin_nested():
                    await door.handler(turn, *values)
                let_in.add(name)
            except NotAllowedError:
                asked_again += 1
            except (RefusedError, StaleError):
                pass

        return enter

    for tap, door in handlers.ROUTES.taps.values():
        if isinstance(door.who, May) and not desk.is_hers(door):
            for texts in forged.readable(tap)[: forged.COMBINATIONS]:
                values = tap.read(":".join(texts))
                await desk.refuses(
                    _tap(forged.data(tap, texts)), take=behind(tap.name, door, *values)
                )
    for awaiting in forged.awaited():
        asked = handlers.ROUTES.expected(awaiting)
        if asked is not None and isinstance(asked.who, May):
            door = {**handlers.ROUTES.awaited, **handlers.ROUTES.pictures}[type(asked)]
            if desk.is_hers(door):
                continue
            said = "good morning"
            await desk.refuses(_say(said), awaiting, take=behind(asked.name, door, asked, said))
    assert let_in <= ONLY_ASK
    assert asked_again > 50


def test_what_a_button_cannot_carry_is_stale() -> None:
    """So no door has to expect it; an empty part at the end was once written out."""
    for tap, _ in handlers.ROUTES.taps.values():
        for carried in forged.misshapen(tap):
            try:
                values = tap.read(carried)
            except StaleError:
                continue
            assert len(values) == len(tap.carries)
            assert tap.read(tap(*values).removeprefix(tap.name).removeprefix(":")) == values


async def test_no_guessed_command_tells_or_changes_anything(desk: Desk) -> None:
    nothing = await desk.refuses(_say("/no_such_command"))
    for command, door in handlers.ROUTES.commands.items():
        for argument in ("", " 1", " home", " list:0", " join_1", f" {SECRET[:3]}"):
            if desk.is_hers(door):
                continue
            told = await desk.refuses(_say(f"/{command}{argument}"))
            assert not isinstance(door.who, May) or told == nothing, command


async def test_a_guessed_invitation_is_answered_as_any_link_to_nothing(desk: Desk) -> None:
    nothing = await desk.refuses(_say("/start nothing_here"))
    for guess in ("join_", "join_1", "join_" + "A" * 32):
        assert await desk.refuses(_say(f"/start {guess}")) == nothing


async def test_nothing_that_was_awaited_can_be_used_without_the_role(desk: Desk) -> None:
    """A coordinator who was removed while she wrote is the one who could try."""
    tried = 0
    doors = {**handlers.ROUTES.awaited, **handlers.ROUTES.pictures}
    for awaiting in forged.awaited():
        asked = handlers.ROUTES.expected(awaiting)
        if asked is not None and desk.is_hers(doors[type(asked)]):
            continue
        await desk.refuses(_say("good morning"), awaiting)
        tried += 1
    assert tried > 10


@pytest.mark.parametrize("role", SEATS)
async def test_whoever_has_a_part_of_the_work_gets_through_to_it(
    database: Database, services: Services, role: str
) -> None:
    """What her seat is for is not refused: were it all closed, nothing above would notice."""
    async with _open(database, services, role) as desk:
        nothing = await desk.refuses(_tap("no-such-button:1"))
        opened = set()
        for tap, door in handlers.ROUTES.taps.values():
            if desk.is_hers(door):
                for values in forged.readable(tap):
                    async with desk.tried(_tap(forged.data(tap, values))) as turn:
                        told = [(m.method, m.payload, turn.toast) for m in await desk.staged()]
                        if told != nothing:
                            opened.add(tap.name)
    names = {name.partition(":")[0] for name in opened}
    assert names >= OPENS[role]
    assert not names & {"group", "case", "over:transcript", "cast"}


async def test_the_tries_would_notice(database: Database, services: Services) -> None:
    """The same tries by a coordinator do change and tell things: the net is not torn."""
    services.settings = services.settings.model_copy(update={"coordinator_ids": (*FIRST, STUDENT)})
    noticed: set[str] = set()
    async with _open(database, services, "student") as desk:
        for tap, door in handlers.ROUTES.taps.values():
            if isinstance(door.who, May):
                for values in forged.readable(tap):
                    if await desk.notices(_tap(forged.data(tap, values))):
                        noticed.add(tap.name)
                        break
    assert len(noticed) > 15
    assert {name.partition(":")[0] for name in noticed} >= {
        "group",
        "learn",
        "doubt",
        "team",
        "way",
    }


def test_what_is_awaited_is_made_as_it_is_stored() -> None:
    kinds = {kind.name for kind in handlers.ROUTES.awaited}
    for stored in forged.awaited():
        if stored["for"] in kinds:
            assert handlers.ROUTES.expected(stored) is not None, stored
