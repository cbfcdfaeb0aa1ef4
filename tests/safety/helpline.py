"""The people of these tests, and short ways to bring a case where a test begins."""

from collections.abc import Awaitable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.database import Session
from bot.people import people
from bot.people.staff import Actor
from bot.queues import outbox
from bot.queues.messages import Text
from bot.queues.outbox import Lane
from bot.queues.tables import OutboxMessage, OutboxState
from bot.refusals import NotAllowedError
from bot.safety import cases, on_call
from bot.safety.on_call import Alert, Step
from bot.safety.states import News
from bot.screens.screen import Html

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TEN_MINUTES = timedelta(minutes=10)
GIRL, STRANGER, FIRST, SECOND = 1, 2, 11, 12
STAFF = (FIRST, SECOND)


def acts(session: Session, person_id: int, at: datetime = NOW) -> Actor:
    """Somebody who does something."""
    return Actor(session, person_id, STAFF, at)


async def meet(session: Session, *person_ids: int) -> None:
    """Let these have written to the bot; everybody where none is named."""
    for person_id in person_ids or (GIRL, STRANGER, *STAFF):
        await people.meet(session, person_id, "km", NOW)


async def case_opened(session: Session, *words: str) -> int:
    """Let everybody meet the bot and the girl open a case; return its number."""
    await meet(session)
    opened = await cases.open_case(acts(session, GIRL), "abuse", words or ("words",), TEN_MINUTES)
    if opened.alert is not None:
        await ends(session, opened.alert, OutboxState.SENT)
    return opened.case.id


async def ends(session: Session, alert: Alert, state: OutboxState) -> None:
    """Let an alert be staged, and end so."""
    await outbox.stage(
        session,
        Text(Html("alert")),
        to=alert.coordinator_id,
        key=alert.key,
        lane=Lane.NOTE,
        now=NOW,
    )
    row = (await session.scalars(_outbox(alert.key))).one()
    row.state = state
    await session.flush()


def _outbox(key: str) -> Any:
    return select(OutboxMessage).where(OutboxMessage.key == key)


async def look(session: Session, at: datetime, staff: tuple[int, ...] = STAFF) -> Step | None:
    """Let the clock look after the one case."""

    async def everybody(_person_id: int) -> tuple[int, ...]:
        return staff

    steps = await on_call.look_after(session, everybody, at, TEN_MINUTES)
    assert len(steps) < 2
    return steps[0] if steps else None


def said(step: Step | None) -> tuple[int | None, News | None]:
    """Whom a step calls, and what the girl hears of it."""
    assert step is not None
    return step.alert.coordinator_id if step.alert else None, step.news


async def refused(attempt: Awaitable[object], why: type[Exception] = NotAllowedError) -> None:
    """An attempt is refused, for this reason."""
    with pytest.raises(why):
        await attempt
