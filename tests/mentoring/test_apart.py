"""Nobody decides or looks about a pair she belongs to: every act of a coordinator, in turn."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import pytest

from bot.database import Database, Session
from bot.mentoring import (
    apart,
    guardians,
    held,
    introductions,
    mentors,
    oversight,
    relay,
    talks,
    vetting,
)
from bot.mentoring.relay import Written
from bot.mentoring.states import State
from bot.mentoring.tables import Introduction
from bot.people.staff import Actor
from tests.mentoring.village import (
    BOPHA,
    DARA,
    GIRL,
    GUARDIAN,
    NARY,
    NOW,
    POLICY,
    SOPHEA,
    STAFF,
    acts,
    meet,
    mentor,
    mentor_row,
    refused,
    requested,
    state,
    student,
    talking,
    wish,
)

OWN = {"the student": GIRL, "the mentor": SOPHEA, "the guardian": GUARDIAN}
Act = Callable[[Actor, Introduction, int], Awaitable[Any]]


async def _consent(actor: Actor, row: Introduction) -> int:
    given = await guardians.consent_of(actor.session, row.student_id)
    assert given is not None
    return given.id


async def _withdraw(actor: Actor, row: Introduction, _held: int) -> None:
    await guardians.withdraw(actor, await _consent(actor, row))


def _desk(deed: str) -> Act:
    async def act(actor: Actor, row: Introduction, _held: int) -> None:
        await introductions.decide(actor, row.id, deed, POLICY)

    return act


async def _lets_write(actor: Actor, _row: Introduction, _held: int) -> None:
    await mentors.quiet(actor, await mentor_row(actor.session, SOPHEA))
    await vetting.let_write(actor, SOPHEA)


# Every act about a pair; (actor, introduction, held message).
ACTS: dict[str, Act] = {
    **{f"desk: {deed}": _desk(deed) for deed in introductions.DEEDS},
    "approve": lambda a, r, h: introductions.approve(a, r.id, POLICY),
    "refuse": lambda a, r, h: introductions.refuse(a, r.id, POLICY),
    "reopen": lambda a, r, h: talks.reopen(a, r.id, POLICY),
    "attest": lambda a, r, h: guardians.attest(a, r.student_id, "form 12"),
    "look": lambda a, r, h: oversight.look(a, r.id),
    "find": lambda a, r, h: apart.decided_on(a, r.id),
    "transcript": lambda a, r, h: oversight.transcript(a, r.id),
    "allow": lambda a, r, h: held.allow(a, h, POLICY),
    "rewrite": lambda a, r, h: held.allow(a, h, POLICY, "other words"),
    "hold back": lambda a, r, h: held.refuse(a, h),
    "let her mentor write": _lets_write,
    "clear her mentor": lambda a, r, h: vetting.decide(a, SOPHEA, "clear"),
}
# What a coordinator could do about herself as a mentor.
VETTING: dict[str, Callable[[Actor], Awaitable[Any]]] = {
    "see": lambda a: vetting.seen(a, SOPHEA),
    "check": lambda a: vetting.check(a, SOPHEA, "identity", "folder 3"),
    "sign": lambda a: vetting.approve(a, SOPHEA, POLICY),
    "renew": lambda a: vetting.renew(a, SOPHEA, POLICY),
    "read her story": lambda a: vetting.read_story(a, SOPHEA, allow=True),
    "let her write": lambda a: vetting.let_write(a, SOPHEA),
    **{
        name: partial(vetting.decide, mentor_id=SOPHEA, name=name)
        for name in ("refuse", "suspend", "clear", "recheck", "remove", "return")
    },
}


async def _talk_with_held(session: Session) -> tuple[Introduction, int]:
    row = await talking(session)
    said = Written("I can lend you 20$", sampled=True)
    message = await relay.carry(acts(session, SOPHEA), row.id, said, POLICY)
    sample = Written("a clean message", sampled=True)
    await relay.carry(acts(session, GIRL), row.id, sample, POLICY)
    return row, message.message_id


def _as_coordinator(session: Session, who: int) -> Actor:
    return acts(session, who, staff=(*STAFF, who))


@pytest.mark.parametrize("role", OWN)
@pytest.mark.parametrize("name", ACTS)
async def test_no_coordinator_acts_on_a_pair_of_her_own(
    database: Database, role: str, name: str
) -> None:
    async with database.write() as session:
        row, message = await _talk_with_held(session)
        with refused("over.own_pair"):
            await ACTS[name](_as_coordinator(session, OWN[role]), row, message)


@pytest.mark.parametrize("role", ["the student", "the mentor"])
async def test_no_coordinator_takes_a_consent_back_in_a_pair_of_her_own(
    database: Database, role: str
) -> None:
    """Her guardian may: it is hers."""
    async with database.write() as session:
        row, message = await _talk_with_held(session)
        with refused("over.own_pair"):
            await _withdraw(_as_coordinator(session, OWN[role]), row, message)


@pytest.mark.parametrize("role", OWN)
async def test_no_coordinator_sees_what_waits_in_a_pair_of_her_own(
    database: Database, role: str
) -> None:
    async with database.write() as session:
        row, message = await _talk_with_held(session)
        own = _as_coordinator(session, OWN[role])
        assert await held.look(own) is None
        assert await held.look(own, message) is None
        assert await oversight.next_sample(own) is None
        assert await oversight.open_introductions(own) == []
        board = await oversight.board(own)
        assert (board.held, board.samples) == (0, 0)
        other = acts(session, BOPHA)
        assert await held.look(other) is not None
        assert [r.id for r in await oversight.open_introductions(other)] == [row.id]


@pytest.mark.parametrize("name", VETTING)
async def test_nobody_vets_herself(database: Database, name: str) -> None:
    async with database.write() as session:
        await meet(session, *STAFF)
        await mentor(session, SOPHEA)
        with refused("vet.not_yourself"):
            await VETTING[name](_as_coordinator(session, SOPHEA))
        assert await vetting.listed(_as_coordinator(session, SOPHEA)) == []


async def test_she_of_whom_a_girl_wishes_does_not_approve_the_wish(database: Database) -> None:
    async with database.write() as session:
        await mentor(session, SOPHEA)
        await meet(session, *STAFF)
        await student(session, GIRL, "adult")
        row = await introductions.request(acts(session, GIRL), wish(mentor_id=SOPHEA), POLICY)
        assert row is not None
        with refused("over.own_pair"):
            await introductions.approve(_as_coordinator(session, SOPHEA), row.id, POLICY)


@pytest.mark.parametrize("attests", [False, True])
async def test_who_approved_or_attested_is_not_offered_the_girl(
    database: Database, attests: bool
) -> None:
    async with database.write() as session:
        await mentor(session, SOPHEA)
        row = await requested(session)
        sophea = _as_coordinator(session, SOPHEA)
        if attests:
            await guardians.attest(sophea, GIRL, "form 12")
            await introductions.approve(acts(session, BOPHA), row.id, POLICY)
        else:
            await introductions.approve(sophea, row.id, POLICY)
        assert await state(session, row) is State.APPROVED
        await mentor(session, DARA)
        await introductions.offer_next(acts(session, BOPHA), row, POLICY)
        assert row.mentor_id == DARA


async def test_a_guardian_is_not_offered_her_own_child(database: Database) -> None:
    async with database.write() as session:
        await mentor(session, SOPHEA)
        await mentor(session, DARA)
        await student(session, GIRL)
        invitation = await guardians.invite(acts(session, GIRL))
        invitation.guardian_id, invitation.given_at_utc = DARA, NOW
        await session.flush()
        fits = await introductions.fitting(session, GIRL, "software", "km", "kandal", NOW)
        assert [m.person_id for m in fits] == [SOPHEA]


async def test_a_pair_of_the_only_coordinator_on_call_has_nobody_to_look_and_nothing_passes(
    database: Database,
) -> None:
    async with database.write() as session:
        row = await talking(session)
        alone = acts(session, GIRL, staff=(SOPHEA,))
        closed = await relay.carry(alone, row.id, Written("hello"), POLICY)
        assert closed.reason == "no_coordinator"
        assert NARY not in alone.staff
