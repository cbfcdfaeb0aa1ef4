"""The inbox of open questions: alike ones together, one coordinator at a time, one answer.

A coordinator who begins to write has the group for half an hour; nobody else can answer it
meanwhile. What she sends goes to the askers of the questions she saw, each once and in her own
language; a question that joined while she wrote waits in a group of its own.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import Select, delete, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.content.base import Text, Tongue
from bot.database import count
from bot.language.detect import ANSWERED_IN, Language
from bot.language.khmer import khmer_share
from bot.people import notes, switches
from bot.people.staff import Actor
from bot.questions.tables import GroupedQuestion, OpenQuestion, QuestionGroup
from bot.refusals import GoneError, RefusedError, StaleError
from bot.rights import May

LEASE = timedelta(minutes=30)
HANDED_OVER = timedelta(days=1)
PAGE = 5
LONGEST_ANSWER = 3000
# The languages in which questions are answered.
TONGUES: tuple[Tongue, ...] = tuple(dict.fromkeys(ANSWERED_IN.values()))


async def _waiting(actor: Actor) -> Select[int]:
    """Select the groups that wait and that she may see: who is not on call sees no private one."""
    query = (
        select(GroupedQuestion.group_id)
        .join(OpenQuestion, OpenQuestion.id == GroupedQuestion.question_id)
        .where(OpenQuestion.answered_at_utc.is_(None))
        .group_by(GroupedQuestion.group_id)
    )
    on_call = await switches.is_on(actor.session, switches.duty(actor.id))
    return query if on_call else query.where(~OpenQuestion.private)


@dataclass(frozen=True)
class Question:
    """One open question, and how it was written."""

    id: int
    person_id: int
    text: str
    language: Language
    asked_at: datetime
    # whether it stood beside danger
    private: bool = False

    @property
    def tongue(self) -> Tongue:
        """The language in which it is answered."""
        return ANSWERED_IN[self.language]


@dataclass(frozen=True)
class Group:
    """Open questions with one answer to come; `holder` is who is at work on it now."""

    id: int
    questions: tuple[Question, ...]
    holder: int | None
    until: datetime | None
    # what is written so far, by language
    answer: Mapping[Tongue, str]

    @property
    def askers(self) -> int:
        """How many people asked."""
        return len({q.person_id for q in self.questions})

    @property
    def private(self) -> bool:
        """Whether it may be private: only those on call see it."""
        return any(q.private for q in self.questions)

    @property
    def since(self) -> datetime:
        """When the first of them was asked."""
        return min(q.asked_at for q in self.questions)


@dataclass(frozen=True)
class Reply:
    """What one asker gets: her own question, and the answer in her language."""

    question: Question
    text: str


class TakenError(Exception):
    """Another coordinator is at work on the group."""

    def __init__(self, holder: int) -> None:
        super().__init__()
        self.holder = holder


async def place(
    session: AsyncSession, question_id: int, now: datetime, *, stays: bool = False
) -> None:
    """Put a question into a new group of its own; one that stays is not put elsewhere."""
    group = QuestionGroup(created_at_utc=now, compared=stays)
    session.add(group)
    await session.flush()
    row = await session.get(GroupedQuestion, question_id)
    if row is None:
        session.add(GroupedQuestion(question_id=question_id, group_id=group.id))
    else:
        row.group_id = group.id
    await session.flush()


async def how_many(actor: Actor) -> int:
    """Return how many groups wait, with nothing of what was asked. Coordinators only."""
    actor.require(May.QUESTIONS)
    waiting = (await _waiting(actor)).subquery()
    return await count(actor.session, select(func.count()).select_from(waiting))


async def waiting(actor: Actor, page: int) -> tuple[list[Group], int]:
    """Return a page of groups, most asked first and then oldest, and how many there are.

    Coordinators only; the look at what girls wrote is recorded.
    """
    actor.require(May.QUESTIONS)
    askers = func.count(OpenQuestion.person_id.distinct())
    ids = await actor.session.scalars(
        (await _waiting(actor))
        .order_by(askers.desc(), func.min(OpenQuestion.asked_at_utc))
        .offset(page * PAGE)
        .limit(PAGE)
    )
    total = await how_many(actor)
    await actor.note("read", "list of questions", page + 1)
    return [await _read(actor, group_id) for group_id in ids], total


async def look(actor: Actor, group_id: int) -> Group:
    """Return a group with its open questions; refused when none is left.

    Coordinators only; the look at what girls wrote is recorded.
    """
    actor.require(May.QUESTIONS)
    group = await _read(actor, group_id)
    await actor.note("read", "question group", group_id)
    return group


async def _read(actor: Actor, group_id: int) -> Group:
    row = await actor.session.get(QuestionGroup, group_id)
    questions = await questions_of(actor.session, group_id, only_open=True)
    if row is None or not questions:
        raise GoneError("desk.gone")
    shown = (await _waiting(actor)).where(GroupedQuestion.group_id == group_id)
    if await actor.session.scalar(shown) is None:
        raise GoneError("desk.gone")
    held = _is_held(row, actor.now)
    return Group(
        group_id, tuple(questions), row.claimed_by if held else None,
        row.claimed_until_utc if held else None, row.answer,
    )  # fmt: skip


async def of_question(actor: Actor, question_id: int) -> Group:
    """Return the group of an open question. Coordinators only; raises GoneError for any other.

    Raises TakenError while another is at work on it.
    """
    actor.require(May.QUESTIONS)
    row = await actor.session.get(GroupedQuestion, question_id)
    if row is None:
        raise GoneError("desk.gone")
    group = await _read(actor, row.group_id)
    if question_id not in {one.id for one in group.questions}:
        raise GoneError("desk.gone")
    if group.holder not in (None, actor.id):
        raise TakenError(group.holder)
    return group


async def holder(actor: Actor, group_id: int) -> int | None:
    """Return who is at work on a group now."""
    row = await actor.session.get_one(QuestionGroup, group_id)
    return row.claimed_by if _is_held(row, actor.now) else None


def _is_held(row: QuestionGroup, now: datetime) -> bool:
    return row.claimed_until_utc is not None and row.claimed_until_utc > now


async def questions_of(
    session: AsyncSession, group_id: int | None, *, only_open: bool = False
) -> list[Question]:
    """Return the questions that lie in a group, oldest first."""
    query = (
        select(OpenQuestion)
        .join(GroupedQuestion, GroupedQuestion.question_id == OpenQuestion.id)
        .where(GroupedQuestion.group_id == group_id)
        .order_by(OpenQuestion.id)
    )
    if only_open:
        query = query.where(OpenQuestion.answered_at_utc.is_(None))
    return [
        Question(
            q.id, q.person_id, q.text, cast("Language", q.language), q.asked_at_utc, q.private
        )
        for q in await session.scalars(query)
    ]


async def answered(actor: Actor, group_id: int) -> list[Question]:
    """Return the questions of a group that has its answer, without those that may be private.

    Coordinators only; the look at what girls wrote is recorded. Raises GoneError for none left.
    """
    actor.require(May.QUESTIONS)
    row = await actor.session.get(QuestionGroup, group_id)
    asked = [q for q in await questions_of(actor.session, group_id) if not q.private]
    if row is None or not row.answer or not asked:
        raise GoneError("desk.gone")
    await actor.note("read", "question group", group_id)
    return asked


async def _hold(actor: Actor, group_id: int) -> tuple[QuestionGroup, Group]:
    """Take or keep a group for the actor. Raises TakenError while another has it."""
    actor.require(May.QUESTIONS)
    group = await _read(actor, group_id)
    if group.holder not in (None, actor.id):
        raise TakenError(group.holder)
    row = await actor.session.get_one(QuestionGroup, group_id)
    if row.claimed_by != actor.id:
        # What another had begun to write and let go of is hers, not the actor's.
        row.answer, row.writing_for = {}, None
    row.claimed_by, row.claimed_until_utc = actor.id, actor.now + LEASE
    return row, group


async def claim(actor: Actor, group_id: int) -> Group:
    """Begin to answer: nobody else can meanwhile. Raises TakenError while another has it."""
    row, group = await _hold(actor, group_id)
    row.writing_for = [q.id for q in group.questions]
    await actor.note("took", "question group", group_id)
    return await _read(actor, group_id)


async def write(actor: Actor, group_id: int, text: str) -> Group:
    """Keep the answer in the language it is written in.

    Raises TakenError as `claim` does, RefusedError for an answer that is too long.
    """
    if len(text) > LONGEST_ANSWER:
        raise RefusedError("inbox.answer_too_long", most=LONGEST_ANSWER)
    row, group = await _hold(actor, group_id)
    if row.writing_for is None:
        row.writing_for = [q.id for q in group.questions]
    tongue = ANSWERED_IN["km" if khmer_share(text) > 0 else "en"]
    row.answer = {**row.answer, tongue: text}
    await actor.session.flush()
    return await _read(actor, group_id)


async def let_go(actor: Actor, group_id: int) -> Group:
    """Give a group back to the others, with nothing sent. Raises TakenError."""
    row, _ = await _hold(actor, group_id)
    row.claimed_by = row.claimed_until_utc = row.writing_for = None
    row.answer = {}
    await actor.session.flush()
    return await _read(actor, group_id)


async def send(actor: Actor, group_id: int) -> tuple[list[Reply], int]:
    """Answer the questions she saw; return one reply for each asker, and how many wait on.

    Refused when there is nothing to send or nobody to send it to. Raises TakenError.
    """
    row, group = await _hold(actor, group_id)
    if not row.answer:
        raise GoneError("desk.gone")
    answer = Text(row.answer)
    seen = set(row.writing_for or [q.id for q in group.questions])
    now_answered = [q for q in group.questions if q.id in seen]
    late = [q for q in group.questions if q.id not in seen]
    if not now_answered:
        raise GoneError("desk.gone")
    for question in late:
        await place(actor.session, question.id, actor.now)
    await _close(actor, row, now_answered)
    await actor.note("answered", "question group", group_id)
    replies = {q.person_id: Reply(q, answer.get(q.tongue)) for q in now_answered}
    return list(replies.values()), len(late)


async def set_aside(actor: Actor, group_id: int) -> None:
    """Close a group that needs no answer; nobody is told. Raises TakenError."""
    row, group = await _hold(actor, group_id)
    await _close(actor, row, group.questions)
    await actor.note("set aside", "question group", group_id)


async def _close(actor: Actor, row: QuestionGroup, questions: Iterable[Question]) -> None:
    await actor.session.execute(
        update(OpenQuestion)
        .where(OpenQuestion.id.in_([q.id for q in questions]))
        .values(answered_at_utc=actor.now, answered_by=actor.id)
    )
    row.claimed_by = row.claimed_until_utc = row.writing_for = None


async def take_out(actor: Actor, question_id: int) -> int:
    """Take a question out of its group, for good; return the group it was in.

    Refused when it is answered or alone already. Raises TakenError while another writes.
    """
    group = await of_question(actor, question_id)
    if len(group.questions) < 2:
        raise GoneError("desk.gone")
    await place(actor.session, question_id, actor.now, stays=True)
    await actor.note("took out", "question", question_id)
    return group.id


async def hand_over(actor: Actor, group_id: int, to_id: int) -> Group:
    """Give a group to another coordinator, who has it for a day. Raises TakenError."""
    actor.require(May.QUESTIONS)
    if to_id not in actor.others:
        raise StaleError
    row, _ = await _hold(actor, group_id)
    row.claimed_by, row.claimed_until_utc = to_id, actor.now + HANDED_OVER
    row.writing_for = None
    await actor.note("handed over", "question group", group_id)
    # What she is told quotes a question.
    to = replace(actor, id=to_id)
    group = await _read(to, group_id)
    await to.note("was brought", "question group", group_id)
    return group


async def add_note(actor: Actor, group_id: int, text: str) -> None:
    """Add a note about a group that waits; refused when it is gone. Coordinators only."""
    actor.require(May.QUESTIONS)
    await _read(actor, group_id)
    await notes.add(actor, "group", group_id, text)


async def sweep(session: AsyncSession) -> None:
    """Delete groups in which no question is left, with the notes about them."""
    filled = exists().where(GroupedQuestion.group_id == QuestionGroup.id)
    await session.execute(delete(QuestionGroup).where(~filled))
    await notes.sweep(session, "group", select(QuestionGroup.id))
