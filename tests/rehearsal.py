"""Somebody tries out everything on a stage, and nothing comes of it.

Each thing is done through the bot's own doors in a transaction that is taken back at the end:
nobody hears of it, and the next thing is tried where this one was.

    async with rehearsal(stage, STUDENT) as srey:
        tried = await srey.act("go:home")
"""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import event, func, select
from sqlalchemy.ext.asyncio import AsyncSession

import handlers
from bot.content.base import Tongue
from bot.incoming import Incoming
from bot.people import people, staff
from bot.queues.tables import OutboxMessage
from bot.turn import Turn
from handlers.doors import HOME, MORE, PATH
from tests.chat import buttons_of, keys_of, text_of
from tests.stage import Stage

# Every command that the bot knows.
COMMANDS = tuple(handlers.ROUTES.commands)
_WRITES = re.compile(r"(?:INSERT INTO|UPDATE|DELETE FROM) (\w+)")
# What changes in these changes nothing of what a button leads to.
_UNSEEN = {"outbox", "conversations", "tallies", "audit"}


@dataclass(frozen=True)
class Tried:
    """What came of something that was tried: what she was shown, and whether more has changed."""

    texts: tuple[str, ...]
    screens: tuple[tuple[str, ...], ...]  # of each what its buttons send
    # of each how many may be chosen, besides the ways back, home, to her walk and to what she keeps
    choices: tuple[int, ...]
    toast: str
    changed: bool

    @property
    def buttons(self) -> tuple[str, ...]:
        """What all the buttons send."""
        return tuple(data for screen in self.screens for data in screen)


def _leads_away(button: dict[str, Any]) -> bool:
    sends = str(button.get("callback_data", ""))
    return str(button["text"]).startswith("‹") or sends.startswith(
        (HOME(), MORE(), PATH(), "saved:list")
    )


class Rehearsal:
    """Somebody tries things out; all is taken back at the end, and nobody hears of it."""

    def __init__(self, stage: Stage, person_id: int, session: AsyncSession) -> None:
        self._stage = stage
        self._person_id = person_id
        self._session = session
        self._turns = 1_000_000
        self._changed: set[str] = set()

    @asynccontextmanager
    async def taken_back(self) -> AsyncIterator[None]:
        """Take back what is done within, and no more."""
        savepoint = await self._session.begin_nested()
        try:
            yield
        finally:
            await savepoint.rollback()
            self._session.expunge_all()

    async def speak(self, tongue: Tongue) -> None:
        """Let her menus be in a language."""
        person, _, _ = await people.meet(
            self._session, self._person_id, self._stage.services.tongue(None), self._stage.now
        )
        person.language, person.language_chosen = tongue, True
        await self._session.flush()

    async def act(self, does: str) -> Tried:
        """Give a command, when it begins with a slash, or tap a button that sends this."""
        session, stage = self._session, self._stage
        last = await session.scalar(select(func.max(OutboxMessage.id))) or 0
        person, conversation, new = await people.meet(
            session, self._person_id, stage.services.tongue(None), stage.now
        )
        first = stage.services.settings.coordinator_ids
        self._turns += 1
        turn = Turn(
            replace(stage.services), session, self._turns, self._heard(does), person, conversation,
            new, await staff.coordinators_of(session, first), await staff.helpers_of(session, first),
        )  # fmt: skip
        self._changed.clear()
        await handlers.take(turn)
        await session.flush()
        changed = self._changed - _UNSEEN
        told = await session.scalars(
            select(OutboxMessage.payload).where(
                OutboxMessage.id > last, OutboxMessage.chat_id == self._person_id
            )
        )
        shown = [payload or {} for payload in told]
        return Tried(
            tuple(text_of(message) for message in shown),
            tuple(tuple(data for _, data in buttons_of(message)) for message in shown),
            tuple(len([b for b in keys_of(message) if not _leads_away(b)]) for message in shown),
            turn.toast or "",
            bool(changed),
        )

    def _heard(self, does: str) -> Incoming:
        if does.startswith("/"):
            return Incoming("text", self._person_id, text=does, message_id=1)
        message_id = self._turns  # a message of its own, so that no finger taps twice
        return Incoming(
            "button", self._person_id, data=does, callback_id="1", message_id=message_id
        )

    def note_change(self, *execution: Any) -> None:
        """Note which table a statement writes to; an event of the engine."""
        if written := _WRITES.match(execution[2]):
            self._changed.add(written[1])


@asynccontextmanager
async def rehearsal(stage: Stage, person_id: int) -> AsyncIterator[Rehearsal]:
    """Let somebody try things out without any consequence."""
    async with stage.database.write() as session:
        trying = Rehearsal(stage, person_id, session)
        engine = session.get_bind()
        event.listen(engine, "before_cursor_execute", trying.note_change)
        try:
            async with trying.taken_back():
                yield trying
        finally:
            event.remove(engine, "before_cursor_execute", trying.note_change)
