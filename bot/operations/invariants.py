"""What must hold of the database whatever happened: asked by the doctor and at the end of a soak.

A rule is said in plain words, with a query for the rows that break it; of these only numbers are
told, never a word, and never an id of Telegram's. Each rule holds at every commit, so it may be
asked at any time.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.ext.asyncio import AsyncSession

from bot.announcements.recipients import ON_THE_WAY
from bot.announcements.states import STARTED
from bot.announcements.states import State as CastState
from bot.announcements.tables import Broadcast, Recipient
from bot.careers.tables import Walk
from bot.database.links import broken_links
from bot.desk.tables import Tally
from bot.events.states import ReminderState
from bot.events.tables import Reminder
from bot.mentoring.states import HOLDING, OPEN, MentorState, Passage, State
from bot.mentoring.tables import Introduction, IntroductionMove, Mentor, RelayMessage
from bot.operations.leftovers import leftovers
from bot.people import chats
from bot.people.tables import Phone, Profile
from bot.questions.tables import AskedBack, OpenQuestion
from bot.queues.inbox import MOST_ATTEMPTS
from bot.queues.tables import InboxState, InboxUpdate, OutboxMessage, OutboxState
from bot.safety.tables import Case, Drill
from bot.teaching.tables import AskedWay, Origin, Teacher, WayState, WayVote

# So many rows are named; there may be more.
_NAMED = 10


@dataclass(frozen=True)
class Rule:
    """What must hold of something, and a query for the numbers of those for which it does not."""

    holds: str
    of: str
    broken_by: Select[Any]


@dataclass(frozen=True)
class Breach:
    """A rule that does not hold, and of which rows."""

    rule: str
    rows: tuple[str, ...]

    def __str__(self) -> str:
        """Return it in words."""
        more = " and more" if len(self.rows) > _NAMED else ""
        return f"{self.rule}; not so of {', '.join(self.rows[:_NAMED])}{more}"


def _but_for(left: ColumnElement[bool], right: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return that one of two holds without the other."""
    return or_(and_(left, ~right), and_(right, ~left))


_WAITS, _ENDED = OutboxMessage.state == OutboxState.WAITING, OutboxMessage.finished_at_utc
_QUEUES = (
    Rule(
        "an update that waits has its words, and one that is done has none",
        "update",
        select(InboxUpdate.update_id).where(
            _but_for(InboxUpdate.state == InboxState.WAITING, InboxUpdate.payload.is_not(None))
        ),
    ),
    Rule(
        "an update is tried a few times only",
        "update",
        select(InboxUpdate.update_id).where(InboxUpdate.attempts > MOST_ATTEMPTS),
    ),
    Rule(
        "a message that waits has its words, and one that has left has none",
        "message",
        select(OutboxMessage.id).where(_but_for(_WAITS, OutboxMessage.payload.is_not(None))),
    ),
    Rule(
        "a message that has left has a time, and one that waits has none",
        "message",
        select(OutboxMessage.id).where(_but_for(_WAITS, _ENDED.is_(None))),
    ),
    Rule(
        "a message that was dropped says why",
        "message",
        select(OutboxMessage.id).where(
            OutboxMessage.state == OutboxState.DROPPED, OutboxMessage.failure.is_(None)
        ),
    ),
)


def _several(table: Any, of: Any, where: ColumnElement[bool]) -> Select[Any]:
    """Return the newest row of each person who has several that only one may be."""
    return select(func.max(table.id)).where(where).group_by(of).having(func.count() > 1)


_open_case = Case.closed_at_utc.is_(None)
_runs = Drill.ended_at_utc.is_(None)
_SAFETY = (
    Rule("a girl has one open case at most", "case", _several(Case, Case.person_id, _open_case)),
    Rule(
        "an open case is with somebody, or it is known when the next is called",
        "case",
        select(Case.id).where(
            _open_case, Case.acknowledged_by.is_(None), Case.next_alert_at_utc.is_(None)
        ),
    ),
    Rule(
        "whoever has a case has it since a time",
        "case",
        select(Case.id).where(
            _but_for(Case.acknowledged_by.is_(None), Case.acknowledged_at_utc.is_(None))
        ),
    ),
    Rule(
        "a case that is closed says how it ended, and no other does",
        "case",
        select(Case.id).where(_but_for(_open_case, Case.outcome.is_(None))),
    ),
    Rule(
        "one drill runs at a time",
        "drill",
        select(func.max(Drill.id)).where(_runs).having(func.count() > 1),
    ),
    Rule(
        "a drill that is over says how it ended, and no other does",
        "drill",
        select(Drill.id).where(_but_for(_runs, Drill.outcome.is_(None))),
    ),
    Rule(
        "whoever was there in a drill was there at a time",
        "drill",
        select(Drill.id).where(
            _but_for(Drill.acknowledged_by.is_(None), Drill.acknowledged_at_utc.is_(None))
        ),
    ),
)

_last_move = (
    select(func.max(IntroductionMove.id))
    .where(IntroductionMove.introduction_id == Introduction.id)
    .correlate(Introduction)
    .scalar_subquery()
)
_moves = select(
    IntroductionMove.id,
    IntroductionMove.before,
    func.lag(IntroductionMove.after)
    .over(partition_by=IntroductionMove.introduction_id, order_by=IntroductionMove.id)
    .label("led_to"),
).subquery()
# A talk that has begun outlives a clearance: nothing passes in it until that is renewed.
_ASKED = (State.OFFERED, State.ACCEPTED)
_MENTORING = (
    Rule(
        "a girl has one open introduction at most", "introduction",
        _several(Introduction, Introduction.student_id, Introduction.state.in_(OPEN)),
    ),
    Rule(
        "where a mentor's place is taken it is known whose", "introduction",
        select(Introduction.id).where(
            Introduction.state.in_(HOLDING), Introduction.mentor_id.is_(None)
        ),
    ),
    Rule(
        "only a mentor who is approved is asked to meet a girl", "introduction",
        select(Introduction.id)
        .outerjoin(Mentor, Mentor.person_id == Introduction.mentor_id)
        .where(
            Introduction.state.in_(_ASKED),
            or_(Mentor.state.is_(None), Mentor.state != MentorState.APPROVED),
        ),
    ),
    Rule(
        "a mentor who is approved was signed for by two", "mentor",
        select(Mentor.public_id).where(
            Mentor.state == MentorState.APPROVED,
            or_(
                Mentor.checked_by.is_(None),
                Mentor.approved_by.is_(None),
                Mentor.checked_by == Mentor.approved_by,
            ),
        ),
    ),
    Rule(
        "an introduction is where its last move has led", "introduction",
        select(Introduction.id)
        .outerjoin(IntroductionMove, IntroductionMove.id == _last_move)
        .where(
            or_(
                IntroductionMove.after.is_(None), IntroductionMove.after != Introduction.state
            )
        ),
    ),
    Rule(
        "a move begins where the one before has led", "move",
        select(_moves.c.id).where(_moves.c.led_to != _moves.c.before),
    ),
    Rule(
        "a message that waits for the morning has a time", "message between two",
        select(RelayMessage.id).where(
            RelayMessage.state == Passage.NIGHT, RelayMessage.due_at_utc.is_(None)
        ),
    ),
)  # fmt: skip


_IN_CHAT = chats.chat_in(Profile.person_id) == Phone.chat_id


def _shares(person: Any) -> ColumnElement[bool]:
    """Return that somebody is among those who share the phone."""
    return exists().where(Profile.person_id == person, _IN_CHAT)


def _so_many(table: Any, where: ColumnElement[bool]) -> Select[Any]:
    """Return how many rows are so, if any: their numbers are Telegram's."""
    return select(func.count()).select_from(table).where(where).having(func.count() > 0)


_OTHERS = (
    Rule(
        "somebody walks one way at a time",
        "walk",
        _several(Walk, Walk.person_id, Walk.replaced.is_(False)),
    ),
    Rule(
        "a question that somebody answered is answered since a time",
        "question",
        select(OpenQuestion.id).where(
            OpenQuestion.answered_by.is_not(None), OpenQuestion.answered_at_utc.is_(None)
        ),
    ),
    Rule(
        "what a girl answered to what she was asked back has a time",
        "question asked back",
        select(AskedBack.id).where(
            _but_for(AskedBack.answer.is_(None), AskedBack.answered_at_utc.is_(None))
        ),
    ),
    Rule(
        "a reminder that is on its way has its message",
        "reminder",
        select(Reminder.id).where(
            Reminder.state == ReminderState.STAGED, Reminder.outbox_key.is_(None)
        ),
    ),
    Rule(
        "an announcement that is planned has a time",
        "announcement",
        select(Broadcast.id).where(
            Broadcast.state == CastState.SCHEDULED, Broadcast.start_at_utc.is_(None)
        ),
    ),
    Rule(
        "nobody waits for an announcement with which nothing is left to do",
        "announcement",
        select(func.distinct(Recipient.broadcast_id))
        .join(Broadcast, Broadcast.id == Recipient.broadcast_id)
        .where(
            Broadcast.busy.is_(False),
            Broadcast.state.in_(STARTED - {CastState.PAUSED}),
            Recipient.state.in_(ON_THE_WAY),
        ),
    ),
    Rule(
        "who is on a shared phone, or writes her PIN, is one of those who share it",
        "shared phones:",
        _so_many(
            Phone,
            or_(
                and_(Phone.in_use.is_not(None), ~_shares(Phone.in_use)),
                and_(Phone.asked.is_not(None), ~_shares(Phone.asked)),
                and_(Phone.asked.is_not(None), Phone.in_use.is_not(None)),
            ),
        ),
    ),
    Rule(
        "a phone is shared by somebody",
        "shared phones:",
        _so_many(Phone, ~exists().where(_IN_CHAT)),
    ),
    Rule(
        "whoever shares a phone has one that is shared",
        "so many:",
        _so_many(Profile, ~exists().where(_IN_CHAT)),
    ),
    Rule("what is counted happened at least once", "count", select(Tally.id).where(Tally.n < 1)),
)
_of_questions = AskedWay.origin != Origin.TAUGHT
_TEACHING = (
    Rule(
        "a way of asking that was decided about has a time, and no other has",
        "way of asking",
        select(AskedWay.id).where(
            _but_for(
                AskedWay.state.in_((WayState.ACCEPTED, WayState.DROPPED)),
                AskedWay.decided_at_utc.is_not(None),
            )
        ),
    ),
    Rule(
        "words of questions are nobody's once they are accepted, and no others are",
        "way of asking",
        select(AskedWay.id).where(
            _but_for(
                and_(_of_questions, AskedWay.state == WayState.ACCEPTED),
                AskedWay.person_id.is_(None),
            )
        ),
    ),
    Rule(
        "words of questions are kept only of who lets the bot learn from them",
        "way of asking",
        select(AskedWay.id)
        .outerjoin(Teacher, Teacher.person_id == AskedWay.person_id)
        .where(
            _of_questions,
            AskedWay.person_id.is_not(None),
            or_(Teacher.learns.is_(None), ~Teacher.learns),
        ),
    ),
    Rule(
        "nobody judges what she gave herself",
        "way of asking",
        select(AskedWay.id)
        .join(WayVote, WayVote.way_id == AskedWay.id)
        .where(WayVote.person_id == AskedWay.person_id),
    ),
)
RULES: tuple[Rule, ...] = (*_QUEUES, *_SAFETY, *_MENTORING, *_TEACHING, *_OTHERS)


async def breaches(session: AsyncSession, coordinator_ids: Collection[int] = ()) -> list[Breach]:
    """Return what does not hold. `coordinator_ids` are those of the settings: they stay known."""
    found = []
    for (table, missing), number in sorted((await broken_links(session)).items()):
        holds = f"a row of {table} hangs on one of {missing} that is there"
        found.append(Breach(holds, (f"{number} rows",)))
    for rule in RULES:
        rows = (await session.scalars(rule.broken_by.limit(_NAMED + 1))).all()
        if rows:
            found.append(Breach(rule.holds, tuple(f"{rule.of} {row}" for row in rows)))
    for column, left in await leftovers(session, coordinator_ids):
        holds = f"nothing in {column} leads to one who erased herself"
        found.append(Breach(holds, (f"{left} rows",)))
    return found
