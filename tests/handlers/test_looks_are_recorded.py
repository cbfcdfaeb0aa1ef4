"""Whenever a coordinator is shown words of a girl, the audit log says so.

What is tried is made from the doors that the features open: whichever shows her words must leave
a line of the one who looked. The table below names the doors that do, so that none is missed.
"""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

import handlers
from bot.answering.answerer import Answerer
from bot.content import Content
from bot.database import Database
from bot.desk import team
from bot.incoming import Incoming
from bot.mentoring.states import MentorState, Passage, State
from bot.mentoring.tables import Introduction, Mentee, Mentor, RelayMessage
from bot.people import ages, people
from bot.people.ages import Band
from bot.people.staff import Actor
from bot.people.tables import AuditLine
from bot.questions import additions, asked, groups
from bot.queues.tables import OutboxMessage
from bot.rights import May
from bot.safety import cases
from bot.settings import Settings
from bot.teaching.tables import AskedWay, Origin, WayState
from bot.turn import Services, Turn
from tests.handlers import forged

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
GIRL, SOPHEA, BOPHA, NARY = 1002, 2001, 3001, 3002
STAFF = (BOPHA, NARY)
HERS = "zxq, she wrote"
TURN = 7_000
# So many of the ways in which a button can be forged are tried.
_WAYS = 4
# The doors behind which her words stand.
SHOW_HER_WORDS = {
    # the introductions: her hope, and what she wrote to her mentor
    "over:intro", "over:transcript", "over:held", "over:sample", "over:approve",
    "over:yes", "over:pause", "over:freeze",
    # the inbox of questions
    "group:list", "group:open", "group:answer", "group:words", "learn:begin", "learn:show",
    "group:whom", "group:ask",
    "learn:asked", "group:known",
    # what is learned from use
    "way:list", "way:open", "way:no", "way:learned", "way:out",
    # the cases
    "case:ack",
}  # fmt: skip


def _introduction(state: State, **more: Any) -> Introduction:
    return Introduction(
        id=1, student_id=GIRL, mentor_id=SOPHEA, state=state, field="software",
        language="en", hope=HERS, tried=[], asked_at_utc=NOW, since_utc=NOW, **more,
    )  # fmt: skip


def _message(number: int, state: Passage, reason: str | None = None) -> RelayMessage:
    return RelayMessage(
        id=number, introduction_id=1, sender_id=GIRL, from_student=True, text=HERS, state=state,
        reason=reason, at_utc=NOW, sampled=reason is None,
    )  # fmt: skip


async def _seed(session: AsyncSession) -> None:
    """Let her words stand wherever they can: a wish, a talk, a report, questions, a case."""
    for person_id in (GIRL, SOPHEA, *STAFF):
        await people.meet(session, person_id, "en", NOW)
    await team.register_first(session, STAFF, NOW)
    bopha, girl = Actor(session, BOPHA, STAFF, NOW), Actor(session, GIRL, STAFF, NOW)
    for words in ("one", "two"):
        await asked.keep(girl, f"{HERS} {words}?", "en")
    waiting, _ = await groups.waiting(bopha, 0)
    answered = waiting[-1].id
    await groups.write(bopha, answered, "An answer.")
    await groups.send(bopha, answered)
    await additions.begin(bopha, answered)
    await cases.open_case(girl, "abuse", (HERS,), timedelta(minutes=10))
    await ages.tell(girl, Band.ADULT, NOW.date())
    for number, state in enumerate((WayState.WAITING, WayState.ACCEPTED), 1):
        session.add(
            AskedWay(
                id=number, text=f"{HERS} way", folded=f"way{number}", language="rom",
                target="faq:what-is-ai", origin=Origin.THUMB, state=state, person_id=GIRL,
                at_utc=NOW,
            )
        )  # fmt: skip
    session.add(Mentee(person_id=GIRL, alias="Pov", assent_version=1))
    session.add(
        Mentor(
            person_id=SOPHEA, public_id="1", state=MentorState.APPROVED, languages=[],
            clearance_until_utc=NOW + timedelta(days=300),
        )
    )  # fmt: skip


# Where an introduction can stand at the desk.
STANDS: dict[str, Callable[[], Introduction]] = {
    "asked for": lambda: _introduction(State.REQUESTED),
    "active": lambda: _introduction(State.ACTIVE, ends_at_utc=NOW + timedelta(days=9)),
    "reported": lambda: _introduction(
        State.BLOCKED, ends_at_utc=NOW + timedelta(days=9), reported_by=GIRL, reported_at_utc=NOW
    ),
}


@pytest.fixture
def services(content: Content, answerer: Answerer) -> Services:
    settings = Settings(coordinator_ids=STAFF, _env_file=None)
    return Services(settings, content, answerer, lambda: NOW, "bong_srey_bot")


@pytest.fixture
async def session(database: Database) -> AsyncIterator[AsyncSession]:
    async with database.write() as opened:
        await _seed(opened)
        await opened.flush()
        opened.expunge_all()
        yield opened


class Looks:
    """What a coordinator was shown by one thing that she did, which is taken back."""

    def __init__(self, session: AsyncSession, services: Services) -> None:
        self._session, self._services = session, services
        # the doors that showed her words, and those that left no line of it
        self.showed: set[str] = set()
        self.silent: set[str] = set()

    async def tries(
        self, name: str, heard: Incoming, awaiting: dict[str, Any] | None = None
    ) -> None:
        """Do something as a coordinator, and note whether it showed and recorded."""
        session = self._session
        savepoint = await session.begin_nested()
        try:
            person, conversation, new = await people.meet(session, BOPHA, "en", NOW)
            conversation.awaiting = awaiting
            before = await self._lines()
            await handlers.take(
                Turn(self._services, session, TURN, heard, person, conversation, new, STAFF)
            )
            await session.flush()
            sent = await session.scalars(
                select(OutboxMessage.payload).where(
                    OutboxMessage.chat_id == BOPHA, OutboxMessage.key.like(f"%{TURN}%")
                )
            )
            if any(HERS in str(payload) for payload in sent):
                self.showed.add(name)
                if await self._lines() == before:
                    self.silent.add(f"{name} {heard.data or heard.text}")
        finally:
            await savepoint.rollback()
            session.expunge_all()

    async def _lines(self) -> int:
        query = select(func.count()).where(AuditLine.actor_id == BOPHA)
        return int(await self._session.scalar(query) or 0)


async def _tries_every_door(looks: Looks, begins: str = "") -> None:
    for tap, door in handlers.ROUTES.taps.values():
        if isinstance(door.who, May) and tap.name.startswith(begins):
            for texts in forged.readable(tap)[:_WAYS]:
                data = forged.data(tap, texts)
                heard = Incoming("button", BOPHA, "en", data=data, callback_id="1", message_id=1)
                await looks.tries(tap.name, heard)
    for awaiting in forged.awaited():
        if not awaiting["for"].startswith(begins):
            continue
        said = Incoming("text", BOPHA, "en", "good morning to all", message_id=1)
        await looks.tries(awaiting["for"], said, awaiting)


async def test_whoever_is_shown_a_girls_words_leaves_a_line(
    session: AsyncSession, services: Services
) -> None:
    showed: set[str] = set()
    for place, introduction in enumerate(STANDS.values()):
        savepoint = await session.begin_nested()
        held = _message(1, Passage.HELD, "money")
        session.add_all((introduction(), held, _message(2, Passage.SENT)))
        await session.flush()
        session.expunge_all()
        looks = Looks(session, services)
        # How an introduction stands is all one to the doors of other rooms.
        await _tries_every_door(looks, "over:" if place else "")
        await savepoint.rollback()
        assert not looks.silent
        showed |= looks.showed
    assert showed >= SHOW_HER_WORDS
