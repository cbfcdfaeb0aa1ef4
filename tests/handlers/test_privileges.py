"""Who guesses a command or forges a button is told nothing and changes nothing.

What is tried is made from the doors that the features open, so a new button, a new command or
a new thing to be awaited is tried without anybody adding it here.
"""

from collections.abc import AsyncIterator

import pytest

import handlers
from bot.answering.answerer import Answerer
from bot.content import Content
from bot.database import Database
from bot.incoming import Incoming
from bot.refusals import NotAllowedError, RefusedError, StaleError
from bot.rights import May
from bot.settings import Settings
from bot.turn import Services, Turn
from handlers.feature import Door
from tests.handlers import forged
from tests.handlers.secret_desk import FIRST, NOW, SEATS, SECRET, STUDENT, Desk, Take, open_desk

# The buttons that lead whoever has a part of the work to it.
OPENS = {
    "reader": {"desk", "fig", "audit"},
    "events": {"desk", "evd", "evf"},
    "mentors": {"desk", "vet", "over"},
}
# What only asks, or shows what is no secret, before the domain is asked for anything.
ONLY_ASK = {
    "case:note", "cast:new", "cast:topic", "cast:topics", "evf:paste", "evs:add", "evs:kind",
    "evs:mode", "fig:menu", "group:aside", "group:note", "learn:topics", "over:attest",
    "over:rewrite", "vet:check",
}  # fmt: skip


@pytest.fixture
def services(content: Content, answerer: Answerer) -> Services:
    settings = Settings(coordinator_ids=FIRST, _env_file=None)
    return Services(settings, content, answerer, lambda: NOW, "bong_srey_bot")


@pytest.fixture(params=["student", "removed coordinator", *SEATS])
async def desk(
    request: pytest.FixtureRequest, database: Database, services: Services
) -> AsyncIterator[Desk]:
    async with open_desk(database, services, request.param) as opened:
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
    async with open_desk(database, services, role) as desk:
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
    async with open_desk(database, services, "student") as desk:
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
