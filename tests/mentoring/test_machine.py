"""Random sequences of everybody's actions, with two coordinators and crashes in the middle:
no illegal state, no lost introduction, no mentor over her places, nothing told twice.
"""

import asyncio
import shutil
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import select

from bot.database import Database, Session
from bot.database.migrate import migrate
from bot.mentoring import (
    due,
    guardians,
    held,
    introductions,
    mentors,
    moves,
    relay,
    talks,
    vetting,
)
from bot.mentoring.privacy import erase, held_back
from bot.mentoring.relay import End, Written
from bot.mentoring.states import HOLDING, MOVES, OPEN, MentorState, Passage, State, Who
from bot.mentoring.tables import (
    GuardianConsent,
    Introduction,
    IntroductionMove,
    Mentor,
    RelayMessage,
)
from bot.people import switches
from bot.people.staff import Actor
from bot.refusals import NotAllowedError, RefusedError, StaleError
from tests.mentoring.village import (
    BOPHA,
    DARA,
    GIRL,
    GUARDIAN,
    NARY,
    NOW,
    OTHER_GIRL,
    POLICY,
    SOPHEA,
    STAFF,
    STRANGER,
    apply,
    consent,
    meet,
    mentor,
    student,
    vet,
    wish,
)

GIRLS, MENTORS = (GIRL, OTHER_GIRL), (SOPHEA, DARA)
EVERYBODY = (*GIRLS, *MENTORS, *STAFF, GUARDIAN, STRANGER)
_MOVES = {move.name: move for move in MOVES}
_numbers = st.sampled_from((1, 1, 1, 2, 2, 3, 4))
_everybody = st.sampled_from(EVERYBODY)
_stage = st.sampled_from((0, 1, 2, 3, 4, 4, 5))
_crash = st.sampled_from((False, False, False, True))


class _CrashError(Exception):
    """The power is cut before the transaction is committed."""


class Village(RuleBasedStateMachine):
    """Each rule is one action in one transaction, which may be cut off."""

    _template: Path | None = None

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        if Village._template is None:
            Village._template = Path(tempfile.mkdtemp()) / "empty.sqlite"
            migrate(Village._template)
        file = shutil.copy(Village._template, self.folder / "village.sqlite")
        self.loop = asyncio.new_event_loop()
        self.database = Database(f"sqlite+aiosqlite:///{file}")
        self.now = NOW

    def teardown(self) -> None:
        self.loop.run_until_complete(self.database.close())
        self.loop.close()
        shutil.rmtree(self.folder)

    def does(self, session: Session, who: int) -> Actor:
        """Somebody who does something now."""
        return Actor(session, who, STAFF, self.now)

    def act(self, action: Callable[[Session], Awaitable[Any]], *, crash: bool = False) -> None:
        async def unit() -> None:
            with suppress(_CrashError, NotAllowedError, RefusedError, StaleError):
                async with self.database.write() as session:
                    await action(session)
                    if crash:
                        raise _CrashError

        self.loop.run_until_complete(unit())

    def see(self, *queries: Any) -> list[list[Any]]:
        """Return the rows of each query, all of one moment."""

        async def look() -> list[list[Any]]:
            async with self.database.read() as session:
                return [list(await session.scalars(query)) for query in queries]

        return self.loop.run_until_complete(look())

    @initialize(stages=st.tuples(_stage, _stage))
    def people_come(self, stages: tuple[int, int]) -> None:
        """Two mentors with a place each, two girls, each somewhere on the usual way."""

        async def come(session: Session) -> None:
            await meet(session, *STAFF)
            await mentor(session, SOPHEA, places=1)
            await mentor(session, DARA, places=1)
            for girl, stage in zip(GIRLS, stages, strict=True):
                await student(session, girl)
                await consent(session, girl)
                await self._go(session, girl, stage)

        self.act(come)

    async def _go(self, session: Session, girl: int, stage: int) -> None:
        row = None
        if stage > 0:
            row = await introductions.request(self.does(session, girl), wish(), POLICY)
        if row is None:
            return
        # Where the way is barred she stays as far as she came.
        with suppress(RefusedError):
            if stage > 1:
                await introductions.approve(self.does(session, BOPHA), row.id, POLICY)
            if stage > 2 and row.mentor_id is not None:
                await introductions.accept(self.does(session, row.mentor_id), row.id, POLICY)
            if stage > 3:
                await introductions.begin(self.does(session, girl), row.id, POLICY)
            if stage > 4:
                await talks.report(self.does(session, girl), row.id, POLICY)

    @rule(girl=st.sampled_from(GIRLS), mentor_id=st.sampled_from((None, *MENTORS)), crash=_crash)
    def ask(self, girl: int, mentor_id: int | None, crash: bool) -> None:
        self.act(
            lambda s: introductions.request(self.does(s, girl), wish(mentor_id=mentor_id), POLICY),
            crash=crash,
        )

    @rule(who=_everybody, number=_numbers, crash=_crash,
          act=st.sampled_from((introductions.approve, introductions.refuse, talks.pause,
                               talks.resume, talks.end, talks.report,
                               talks.reopen)))  # fmt: skip
    def decide(self, who: int, number: int, crash: bool, act: Any) -> None:
        self.act(lambda s: act(self.does(s, who), number, POLICY), crash=crash)

    @rule(who=st.sampled_from(STAFF), number=_numbers)
    def approve(self, who: int, number: int) -> None:
        self.act(lambda s: introductions.approve(self.does(s, who), number, POLICY))

    @rule(
        who=_everybody,
        number=_numbers,
        crash=_crash,
        act=st.sampled_from((introductions.accept, introductions.begin, introductions.withdraw)),
    )
    def answer(self, who: int, number: int, crash: bool, act: Any) -> None:
        self.act(lambda s: act(self.does(s, who), number, POLICY), crash=crash)

    @rule(girl=st.sampled_from(GIRLS), stage=_stage, crash=_crash)
    def goes_the_usual_way(self, girl: int, stage: int, crash: bool) -> None:
        self.act(lambda s: self._go(s, girl, stage), crash=crash)

    @rule(who=st.sampled_from(MENTORS), number=_numbers, crash=_crash)
    def pass_on(self, who: int, number: int, crash: bool) -> None:
        self.act(
            lambda s: introductions.pass_on(self.does(s, who), number, "busy", POLICY),
            crash=crash,
        )

    @rule(who=_everybody, number=_numbers, more=st.booleans())
    def wish_more(self, who: int, number: int, more: bool) -> None:
        self.act(lambda s: talks.wish_more(self.does(s, who), number, POLICY, more=more))

    @rule(
        who=_everybody,
        number=_numbers,
        text=st.sampled_from(("hello", "hello", "012345678", "lend me 5$", "sweet words")),
        edit=st.booleans(),
    )
    def write(self, who: int, number: int, text: str, edit: bool) -> None:
        async def say(session: Session) -> None:
            row = await session.get(Introduction, number)
            state = row.state if row else None
            actor = self.does(session, who)
            before = await relay.edited(actor, number) if edit else None
            written = Written(text, number, danger=text == "sweet words", edit_of=before)
            outcome = await relay.carry(actor, number, written, POLICY)
            if outcome.end is End.APPROACH:
                assert row is not None
                assert (who, row.state) == (row.mentor_id, State.BLOCKED)
            if outcome.end in (End.SENT, End.NIGHT):
                assert state == State.ACTIVE
                assert text == "hello"
                # What is held is not taken out of sight by an edit.
                assert before is None or before.state is not Passage.HELD
                assert row is not None
                assert await guardians.may_talk(session, row.student_id, POLICY)
                found = await mentors.find(session, row.mentor_id or 0)
                assert found is not None
                assert mentors.cleared(found, self.now)
                assert who != row.mentor_id or found.quiet_since_utc is None
                assert await switches.is_on(session, switches.RELAY)

        self.act(say)

    @rule(
        hours=st.sampled_from((1, 23, 24, 24, 48, 72, 24 * 8, 24 * 15, 24 * 30, 24 * 370)),
        crash=_crash,
    )
    def time_goes_by(self, hours: int, crash: bool) -> None:
        self.now += timedelta(hours=hours)
        self.act(lambda s: due.go_round(moves.bot(s, STAFF, self.now), POLICY), crash=crash)

    @rule(
        on=st.sampled_from((True, True, True, False)),
        name=st.sampled_from((switches.RELAY, *map(switches.duty, STAFF))),
    )
    def switch(self, on: bool, name: str) -> None:
        self.act(lambda s: switches.turn(self.does(s, BOPHA), name, on=on))

    @rule(girl=st.sampled_from(GIRLS), ending=st.booleans())
    def guardian_takes_it_back(self, girl: int, ending: bool) -> None:
        async def take_back(session: Session) -> None:
            given = await guardians.consent_of(session, girl)
            if given is not None:
                guardian = self.does(session, GUARDIAN)
                await guardians.withdraw(guardian, given.id)
                # Even where nothing is ended yet, nothing passes.
                if ending:
                    await introductions.stop_all(guardian, girl, Who.GUARDIAN, POLICY)

        self.act(take_back)

    @rule(girl=st.sampled_from(GIRLS))
    def guardian_agrees(self, girl: int) -> None:
        self.act(lambda s: guardians.attest(self.does(s, NARY), girl, "form"))

    @rule(
        who=_everybody,
        mentor_id=st.sampled_from(MENTORS),
        crash=_crash,
        name=st.sampled_from(("suspend", "recheck", "remove", "return", "clear")),
    )
    def vetting(self, who: int, mentor_id: int, name: str, crash: bool) -> None:
        async def decide(session: Session) -> None:
            actor = self.does(session, who)
            await vetting.decide(actor, mentor_id, name)
            await introductions.let_go(actor, mentor_id, POLICY, ending=True)

        self.act(decide, crash=crash)

    @rule(mentor_id=st.sampled_from(MENTORS))
    def vet_again(self, mentor_id: int) -> None:
        async def again(session: Session) -> None:
            found = await mentors.find(session, mentor_id)
            if found is not None and found.state == MentorState.APPLIED:
                await vet(session, mentor_id)
                found.clearance_until_utc = self.now + POLICY.clearance_lasts

        self.act(again)

    @rule(who=_everybody, mentor_id=st.sampled_from(MENTORS), crash=_crash)
    def lets_a_mentor_write_again(self, who: int, mentor_id: int, crash: bool) -> None:
        self.act(lambda s: vetting.let_write(self.does(s, who), mentor_id), crash=crash)

    @rule(who=_everybody, message_id=_numbers, allows=st.booleans(), crash=_crash)
    def decides_on_a_message(self, who: int, message_id: int, allows: bool, crash: bool) -> None:
        async def decide(session: Session) -> None:
            if allows:
                await held.allow(self.does(session, who), message_id, POLICY, "hello")
            else:
                await held.refuse(self.does(session, who), message_id)

        self.act(decide, crash=crash)

    @rule(mentor_id=st.sampled_from(MENTORS), crash=_crash)
    def a_mentor_erases_herself_and_applies_again(self, mentor_id: int, crash: bool) -> None:
        async def again(session: Session) -> None:
            waits = await held_back(session, mentor_id)
            await erase(session, mentor_id, self.now)
            left = await mentors.find(session, mentor_id)
            if waits:
                assert left is not None
                assert (left.state, left.first_name) == (MentorState.FROZEN, None)
            with suppress(NotAllowedError):
                await apply(session, mentor_id, places=1)
            if waits:
                found = await mentors.find(session, mentor_id)
                assert found is not None
                assert found.state is MentorState.FROZEN

        self.act(again, crash=crash)

    @rule(girl=st.sampled_from(GIRLS))
    def erases_herself_and_comes_back(self, girl: int) -> None:
        async def again(session: Session) -> None:
            await erase(session, girl, self.now)
            await student(session, girl)
            await consent(session, girl)

        self.act(again)

    @invariant()
    def all_is_as_promised(self) -> None:
        """Whatever was done, every promise holds."""
        moves, rows, mentors, messages, consents = self.see(
            select(IntroductionMove).order_by(IntroductionMove.id), select(Introduction),
            select(Mentor), select(RelayMessage), select(GuardianConsent),
        )  # fmt: skip
        _every_move_is_drawn(moves)
        _no_introduction_is_lost(rows)
        _the_history_is_the_state(moves, rows)
        _no_mentor_is_over_her_places(mentors, rows)
        _a_girl_has_one_open_introduction(rows)
        _no_contact_detail_was_passed(messages)
        _consent_is_given_before_it_is_withdrawn(consents)


def _every_move_is_drawn(moves: list[IntroductionMove]) -> None:
    for move in moves:
        drawn = _MOVES[move.move]
        assert Who(move.who) in drawn.who
        if move.before is None:
            assert not drawn.before
        else:
            assert State(move.before) in drawn.before
            assert State(move.after) == (drawn.after or State(move.before))


def _no_introduction_is_lost(rows: list[Introduction]) -> None:
    for row in rows:
        if row.state in OPEN:
            assert row.due_at_utc is not None, row.state
            assert (row.mentor_id is not None) == (row.state in HOLDING), row.state


def _the_history_is_the_state(moves: list[IntroductionMove], rows: list[Introduction]) -> None:
    last = {move.introduction_id: move.after for move in moves}
    for row in rows:
        assert last[row.id] == row.state


def _no_mentor_is_over_her_places(mentors: list[Mentor], rows: list[Introduction]) -> None:
    for found in mentors:
        # Of her who erased herself nothing is left to compare with.
        if found.first_name is None:
            continue
        taken = [r for r in rows if r.mentor_id == found.person_id and r.state in HOLDING]
        assert len(taken) <= (found.places or 0)


def _a_girl_has_one_open_introduction(rows: list[Introduction]) -> None:
    girls = [row.student_id for row in rows if row.student_id and row.state in OPEN]
    assert len(girls) == len(set(girls))


def _no_contact_detail_was_passed(messages: list[RelayMessage]) -> None:
    passed = {message.text for message in messages if message.state in ("sent", "night")}
    assert passed <= {"hello"}


def _consent_is_given_before_it_is_withdrawn(consents: list[GuardianConsent]) -> None:
    for row in consents:
        if row.given_at_utc and row.withdrawn_at_utc:
            assert row.given_at_utc <= row.withdrawn_at_utc


Village.TestCase.settings = settings(
    max_examples=18, stateful_step_count=30,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)  # fmt: skip
TestEverybodysActions = Village.TestCase
