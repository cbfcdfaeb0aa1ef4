"""A talk that was reported goes on only where both are still there, and she is a mentor still."""

from collections.abc import Awaitable, Callable

import pytest

from bot import privacy
from bot.database import Database, Session
from bot.mentoring import mentors, talks, vetting
from bot.mentoring.states import MentorState, State
from tests.mentoring.village import (
    BOPHA,
    GIRL,
    NARY,
    NOW,
    POLICY,
    SOPHEA,
    acts,
    mentor_row,
    refused,
    state,
    talking,
)

_LEAVE: dict[str, Callable[[Session], Awaitable[object]]] = {
    "the girl erases herself": lambda session: privacy.erase(session, GIRL, NOW),
    "the mentor erases herself": lambda session: privacy.erase(session, SOPHEA, NOW),
    "the mentor retires": lambda session: mentors.retire(acts(session, SOPHEA)),
    "the mentor is suspended": lambda session: vetting.decide(
        acts(session, NARY), SOPHEA, "suspend"
    ),
}


@pytest.mark.parametrize("leaves", _LEAVE)
@pytest.mark.parametrize("reporter", [GIRL, SOPHEA])
async def test_with_one_who_is_gone_it_can_only_be_closed(
    database: Database, leaves: str, reporter: int
) -> None:
    async with database.write() as session:
        row = await talking(session)
        await talks.report(acts(session, reporter), row.id, POLICY)
        assert await talks.may_reopen(session, row, POLICY)
        await _LEAVE[leaves](session)
        assert not await talks.may_reopen(session, row, POLICY)
        bopha = acts(session, BOPHA)
        with refused("over.cannot_reopen"):
            await talks.reopen(bopha, row.id, POLICY)
        assert await state(session, row) is State.BLOCKED
        await talks.end(bopha, row.id, POLICY)
        assert await state(session, row) is State.ENDED


async def test_a_clearance_that_is_over_can_be_renewed_meanwhile(database: Database) -> None:
    async with database.write() as session:
        row = await talking(session)
        await talks.report(acts(session, GIRL), row.id, POLICY)
        (await mentor_row(session, SOPHEA)).state = MentorState.LAPSED
        await talks.reopen(acts(session, BOPHA), row.id, POLICY)
        assert row.state is State.PAUSED
