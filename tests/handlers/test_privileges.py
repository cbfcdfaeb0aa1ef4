"""Who guesses a command or forges a button is told nothing and changes nothing.

What is tried is read from the table of routes and from the code behind each route, so a new
route or a new button is tried without anybody adding it here.
"""

import ast
import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text

import handlers
from bot.answering.answerer import Answerer
from bot.content import Content
from bot.database import Database
from bot.database.base import Table
from bot.desk import (
    counters,  # fmt: skip
    team,
)
from bot.incoming import Incoming
from bot.people import notes, people
from bot.people import staff as people_staff
from bot.questions import additions, ratings
from bot.questions import asked as questions
from bot.questions import groups as question_groups
from bot.queues.tables import OutboxMessage
from bot.safety import cases
from bot.settings import Settings
from bot.turn import Services, Turn
from handlers.desk.home import SECTIONS

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
STUDENT, GIRL, BOPHA, NARY = 1001, 1002, 3001, 3002
FIRST = (BOPHA, NARY)
SECRET = "zxq-secret"
# Rows that may change when she does something: her own, and counts without a name.
OWNED_BY = {"people": "id", "outbox": "chat_id"}
UNNAMED = {"tallies"}
# A question of hers opens a group; what was there stays as it was.
MAY_GROW = {"questions", "question_groups", "grouped_questions"}
# What anybody may set in motion: asking for a person alerts one, erasing herself is recorded.
MAY_CHANGE = {
    "care:person": {"cases", "outbox"},
    "data:erase_yes": {"audit", "coordinators", "invitations"},
}


def _verbs(module: Any) -> set[str]:
    """Return every word that a handler compares with or looks up: the verbs of its buttons."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        parts: list[ast.expr] = []
        if isinstance(node, ast.Compare):
            parts = node.comparators
        elif isinstance(node, ast.Dict):
            parts = [key for key in node.keys if key is not None]
        for part in parts:
            for leaf in ast.walk(part):
                if isinstance(leaf, ast.Constant) and isinstance(leaf.value, str):
                    found.add(leaf.value)
    return {verb for verb in found if verb.replace("_", "").isalnum() and verb.isascii()}


def _forgeries() -> Iterator[str]:
    for prefix, handler in handlers.BUTTONS.items():
        yield from (prefix, f"{prefix}:", f"{prefix}:0", f"{prefix}:1", f"{prefix}:1:1")
        for verb in sorted(_verbs(inspect.getmodule(handler))):
            for rest in ("", ":1", ":1:1", ":1:yes", ":what-is-ai"):
                yield f"{prefix}:{verb}{rest}"


def _awaited_keys() -> dict[str, Any]:
    """Return a value for whatever a handler reads from what is awaited."""
    keys: dict[str, Any] = {}
    for handler in handlers.AWAITED.values():
        for node in ast.walk(ast.parse(inspect.getsource(inspect.getmodule(handler)))):
            if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
                keys[str(node.slice.value)] = 1
    return keys | {"step": "question_km", "about": "group"}


async def _seed(session, role: str) -> None:
    """Fill every shelf of the desk with somebody else's secrets."""
    for person_id in (STUDENT, GIRL, *FIRST):
        await people.meet(session, person_id, "en", NOW)
    await team.register_first(session, FIRST, NOW)
    if role == "removed coordinator":
        secret = await team.invite(session, BOPHA, FIRST, NOW)
        await team.accept(session, STUDENT, FIRST, secret, NOW)
        staff = (*FIRST, STUDENT)
        seat = next(m for m in await team.team(session, BOPHA, staff, FIRST) if not m.first)
        await team.remove(session, BOPHA, staff, FIRST, seat.number, NOW)
    await team.rename(session, BOPHA, FIRST, SECRET, NOW)
    await team.invite(session, BOPHA, FIRST, NOW)
    for asked in ("one", "two"):
        await questions.keep(session, GIRL, f"{SECRET} {asked}?", "en", NOW)
    groups, _ = await question_groups.waiting(session, BOPHA, FIRST, 0, NOW)
    for group in groups:
        await notes.add(session, BOPHA, FIRST, "group", group.id, SECRET, NOW)
    await question_groups.write(session, BOPHA, FIRST, groups[0].id, SECRET, NOW)
    await question_groups.send(session, BOPHA, FIRST, groups[0].id, NOW)
    draft = await additions.begin(session, BOPHA, FIRST, groups[0].id, NOW)
    assert draft is not None
    await additions.fill(session, BOPHA, FIRST, draft.id, "question_km", SECRET)
    await ratings.give_feedback(session, GIRL, "what-is-ai", False, NOW)
    girl = people_staff.Actor(session, GIRL, FIRST, NOW)
    case, _ = await cases.open_case(girl, "abuse", SECRET, timedelta(minutes=10))
    await cases.acknowledge(people_staff.Actor(session, BOPHA, FIRST, NOW), case.id)
    await counters.count(session, NOW.date(), "topic", [SECRET])


async def _others(session) -> dict[str, list[Any]]:
    """Return every row that is not hers."""
    rows: dict[str, list[Any]] = {}
    for table in Table.metadata.sorted_tables:
        if table.name in UNNAMED:
            continue
        owner = OWNED_BY.get(table.name, "person_id")
        query = select(table)
        # A seat at the desk is a row about her, and not hers to change.
        if owner in table.c and table.name not in ("coordinators", "cases", "questions"):
            query = query.where(table.c[owner] != STUDENT)
        rows[table.name] = sorted(map(repr, (await session.execute(query)).all()))
    return rows


class RolledBackError(Exception):
    """Ends a try without keeping what it did."""


@pytest.fixture
def services(content: Content, answerer: Answerer) -> Services:
    settings = Settings(coordinator_ids=FIRST, _env_file=None)
    return Services(settings, content, answerer, lambda: NOW, "bong_srey_bot")


@dataclass(frozen=True)
class Desk:
    """A database full of other people's secrets, and what it holds that is not hers."""

    database: Database
    before: dict[str, list[Any]]


async def _filled(database: Database, role: str) -> Desk:
    async with database.write() as session:
        await _seed(session, role)
        return Desk(database, await _others(session))


@pytest.fixture(params=["student", "removed coordinator"])
async def seeded(request, database: Database) -> Desk:
    return await _filled(database, request.param)


async def _try(
    desk: Desk, services: Services, heard: Incoming, awaiting: dict[str, Any] | None = None
) -> list[Any]:
    """Do something as the student; return what she was sent, after checking the rest."""
    sent: list[Any] = []
    try:
        async with desk.database.write() as session:
            person, conversation, new = await people.meet(session, STUDENT, "en", NOW)
            conversation.awaiting = awaiting
            staff = await people_staff.coordinators_of(session, FIRST)
            turn = Turn(services, session, 7_000, heard, person, conversation, new, staff)
            await handlers.take(turn)
            await session.flush()
            before, after = desk.before, await _others(session)
            may = MAY_CHANGE.get(heard.data, set())
            for table in before.keys() - may:
                grown = after[table] if table not in MAY_GROW else [
                    row for row in after[table] if row in before[table]
                ]  # fmt: skip
                assert grown == before[table], f"{heard.data or heard.text} changed {table}"
            staged = await session.scalars(
                select(OutboxMessage).where(OutboxMessage.key.like("%7000%"))
            )
            for message in staged:
                assert message.chat_id == STUDENT or may, f"{heard} wrote to somebody else"
                assert SECRET not in str(message.payload), f"{heard} told a secret"
                sent.append((message.method, message.payload, turn.toast))
            raise RolledBackError
    except RolledBackError:
        return sent


def _tap(data: str) -> Incoming:
    return Incoming("button", STUDENT, "en", data=data, callback_id="1", message_id=1)


def _say(words: str) -> Incoming:
    return Incoming("text", STUDENT, "en", words, message_id=1)


async def test_no_forged_button_tells_or_changes_anything(
    seeded: Desk, services: Services
) -> None:
    """And a button of the desk is answered as one that does not exist."""
    nothing = await _try(seeded, services, _tap("no-such-button:1"))
    sections = {data.partition(":")[0] for _, data in SECTIONS} | {"audit"}
    assert {"desk", "group", "learn", "doubt", "fig", "team"} <= sections
    tried = 0
    for data in _forgeries():
        told = await _try(seeded, services, _tap(data))
        tried += 1
        if data.partition(":")[0] in sections:
            assert told == nothing, data
    assert tried > 400


async def test_no_guessed_command_tells_or_changes_anything(
    seeded: Desk, services: Services
) -> None:
    nothing = await _try(seeded, services, _say("/no_such_command"))
    assert await _try(seeded, services, _say("/desk")) == nothing
    for command in handlers.COMMANDS:
        for argument in ("", " 1", " home", " list:0", " join_1", f" {SECRET[:3]}"):
            await _try(seeded, services, _say(f"/{command}{argument}"))


async def test_a_guessed_invitation_is_answered_as_any_link_to_nothing(
    seeded: Desk, services: Services
) -> None:
    nothing = await _try(seeded, services, _say("/start nothing_here"))
    for guess in ("join_", "join_1", "join_" + "A" * 32):
        assert await _try(seeded, services, _say(f"/start {guess}")) == nothing


async def test_nothing_that_was_awaited_can_be_used_without_the_role(
    seeded: Desk, services: Services
) -> None:
    """A coordinator who was removed while she wrote is the one who could try."""
    for name in handlers.AWAITED:
        awaiting = {**_awaited_keys(), "for": name}
        await _try(seeded, services, _say("good morning"), awaiting)


async def test_the_tries_would_notice(database: Database, services: Services) -> None:
    """The same tries by a coordinator do change and tell things: the net is not torn."""
    desk = await _filled(database, "student")
    services.settings = services.settings.model_copy(update={"coordinator_ids": (STUDENT, *FIRST)})
    noticed = 0
    for data in _forgeries():
        try:
            async with database.write() as session:
                person, conversation, new = await people.meet(session, STUDENT, "en", NOW)
                turn = Turn(services, session, 7_000, _tap(data), person, conversation, new,
                            (STUDENT, *FIRST))  # fmt: skip
                await handlers.take(turn)
                await session.flush()
                told = await session.scalar(
                    text("SELECT count(*) FROM outbox WHERE payload LIKE :secret"),
                    {"secret": f"%{SECRET}%"},
                )
                noticed += bool(told) or await _others(session) != desk.before
                raise RolledBackError
        except RolledBackError:
            pass
    assert noticed > 20
