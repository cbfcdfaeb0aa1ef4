"""The inbox of open questions: alike ones together, one coordinator at a time, one answer.

A coordinator who begins to write has the group for half an hour; nobody else can answer it
meanwhile. What she sends goes to the askers of the questions she saw, each once and in her own
language; a question that joined while she wrote waits in a group of its own.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.language.khmer import khmer_share
from bot.people import notes
from bot.people.audit import note
from bot.people.staff import require_coordinator
from bot.questions.tables import GroupedQuestion, OpenQuestion, QuestionGroup

LEASE = timedelta(minutes=30)
HANDED_OVER = timedelta(days=1)
PAGE = 5
LONGEST_ANSWER = 3000


@dataclass(frozen=True)
class Group:
    """Open questions with one answer to come; `holder` is who is at work on it now."""

    id: int
    questions: tuple[OpenQuestion, ...]
    holder: int | None
    until: datetime | None
    answer_km: str | None
    answer_en: str | None

    @property
    def askers(self) -> int:
        """How many people asked."""
        return len({q.person_id for q in self.questions})

    @property
    def since(self) -> datetime:
        """When the first of them was asked."""
        return min(q.asked_at_utc for q in self.questions)


@dataclass(frozen=True)
class Reply:
    """What one asker gets: her own question, and the answer in her language."""

    question: OpenQuestion
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


async def waiting(
    session: AsyncSession, actor_id: int, coordinators: tuple[int, ...], page: int, now: datetime
) -> tuple[list[Group], int]:
    """Return a page of groups, most asked first and then oldest, and how many there are."""
    require_coordinator(actor_id, coordinators)
    askers = func.count(OpenQuestion.person_id.distinct())
    query = (
        select(GroupedQuestion.group_id)
        .join(OpenQuestion, OpenQuestion.id == GroupedQuestion.question_id)
        .where(OpenQuestion.answered_at_utc.is_(None))
        .group_by(GroupedQuestion.group_id)
    )
    ids = await session.scalars(
        query.order_by(askers.desc(), func.min(OpenQuestion.asked_at_utc))
        .offset(max(page, 0) * PAGE)
        .limit(PAGE)
    )
    total = await session.scalar(select(func.count()).select_from(query.subquery()))
    groups = [await _read(session, group_id, now) for group_id in ids]
    return [group for group in groups if group is not None], int(total or 0)


async def look(
    session: AsyncSession,
    actor_id: int,
    coordinators: tuple[int, ...],
    group_id: int,
    now: datetime,
) -> Group | None:
    """Return a group with its open questions; None when none is left. Coordinators only."""
    require_coordinator(actor_id, coordinators)
    return await _read(session, group_id, now)


async def _read(session: AsyncSession, group_id: int, now: datetime) -> Group | None:
    row = await session.get(QuestionGroup, group_id)
    if row is None:
        return None
    questions = await session.scalars(
        select(OpenQuestion)
        .join(GroupedQuestion, GroupedQuestion.question_id == OpenQuestion.id)
        .where(GroupedQuestion.group_id == group_id, OpenQuestion.answered_at_utc.is_(None))
        .order_by(OpenQuestion.id)
    )
    found = tuple(questions)
    if not found:
        return None
    held = row.claimed_until_utc is not None and row.claimed_until_utc > now
    return Group(
        group_id, found, row.claimed_by if held else None,
        row.claimed_until_utc if held else None, row.answer_km, row.answer_en,
    )  # fmt: skip


async def _hold(
    session: AsyncSession,
    actor_id: int,
    coordinators: tuple[int, ...],
    group_id: int,
    now: datetime,
) -> tuple[QuestionGroup, Group] | None:
    """Take or keep a group for the actor. Raises TakenError while another has it."""
    group = await look(session, actor_id, coordinators, group_id, now)
    if group is None:
        return None
    if group.holder not in (None, actor_id):
        raise TakenError(group.holder)
    row = await session.get_one(QuestionGroup, group_id)
    if row.claimed_by != actor_id:
        # What another had begun to write and let go of is hers, not the actor's.
        row.answer_km = row.answer_en = None
        row.writing_for = None
    row.claimed_by, row.claimed_until_utc = actor_id, now + LEASE
    return row, group


async def claim(
    session: AsyncSession,
    actor_id: int,
    coordinators: tuple[int, ...],
    group_id: int,
    now: datetime,
) -> Group | None:
    """Begin to answer: nobody else can meanwhile. Raises TakenError while another has it."""
    held = await _hold(session, actor_id, coordinators, group_id, now)
    if held is None:
        return None
    row, group = held
    row.writing_for = [q.id for q in group.questions]
    await note(session, actor_id, "took", f"question group {group_id}", now)
    return await _read(session, group_id, now)


async def write(
    session: AsyncSession,
    actor_id: int,
    coordinators: tuple[int, ...],
    group_id: int,
    text: str,
    now: datetime,
) -> Group | None:
    """Keep the answer in the language it is written in. Raises TakenError as `claim` does."""
    held = await _hold(session, actor_id, coordinators, group_id, now)
    if held is None:
        return None
    row, group = held
    if row.writing_for is None:
        row.writing_for = [q.id for q in group.questions]
    if khmer_share(text) > 0:
        row.answer_km = text[:LONGEST_ANSWER]
    else:
        row.answer_en = text[:LONGEST_ANSWER]
    await session.flush()
    return await _read(session, group_id, now)


async def let_go(
    session: AsyncSession,
    actor_id: int,
    coordinators: tuple[int, ...],
    group_id: int,
    now: datetime,
) -> Group | None:
    """Give a group back to the others, with nothing sent."""
    held = await _hold(session, actor_id, coordinators, group_id, now)
    if held is None:
        return None
    row, _ = held
    row.claimed_by = row.claimed_until_utc = row.writing_for = None
    row.answer_km = row.answer_en = None
    await session.flush()
    return await _read(session, group_id, now)


async def send(
    session: AsyncSession,
    actor_id: int,
    coordinators: tuple[int, ...],
    group_id: int,
    now: datetime,
) -> tuple[list[Reply], int] | None:
    """Answer the questions she saw; return one reply for each asker, and how many wait on.

    None when there is nothing to send or nobody to send it to. Raises TakenError.
    """
    held = await _hold(session, actor_id, coordinators, group_id, now)
    if held is None:
        return None
    row, group = held
    khmer, english = row.answer_km or row.answer_en, row.answer_en or row.answer_km
    if khmer is None or english is None:
        return None
    seen = set(row.writing_for or [q.id for q in group.questions])
    replies: dict[int, Reply] = {}
    later = 0
    for question in group.questions:
        if question.id not in seen:
            await place(session, question.id, now)
            later += 1
            continue
        question.answered_at_utc, question.answered_by = now, actor_id
        answer = english if question.language == "en" else khmer
        replies[question.person_id] = Reply(question, answer)
    if not replies:
        return None
    row.claimed_by = row.claimed_until_utc = row.writing_for = None
    await note(session, actor_id, "answered", f"question group {group_id}", now)
    return list(replies.values()), later


async def set_aside(
    session: AsyncSession,
    actor_id: int,
    coordinators: tuple[int, ...],
    group_id: int,
    now: datetime,
) -> Group | None:
    """Close a group that needs no answer; nobody is told. Raises TakenError."""
    held = await _hold(session, actor_id, coordinators, group_id, now)
    if held is None:
        return None
    row, group = held
    for question in group.questions:
        question.answered_at_utc, question.answered_by = now, actor_id
    row.claimed_by = row.claimed_until_utc = row.writing_for = None
    await note(session, actor_id, "set aside", f"question group {group_id}", now)
    return group


async def take_out(
    session: AsyncSession,
    actor_id: int,
    coordinators: tuple[int, ...],
    question_id: int,
    now: datetime,
) -> int | None:
    """Take a question out of its group, for good; return the group it was in.

    None when it is answered or alone already. Raises TakenError while another writes.
    """
    require_coordinator(actor_id, coordinators)
    row = await session.get(GroupedQuestion, question_id)
    if row is None:
        return None
    group_id = row.group_id
    group = await _read(session, group_id, now)
    if group is None or len(group.questions) < 2:
        return None
    if group.holder not in (None, actor_id):
        raise TakenError(group.holder)
    if question_id not in {q.id for q in group.questions}:
        return None
    await place(session, question_id, now, stays=True)
    await note(session, actor_id, "took out", f"question {question_id}", now)
    return group_id


async def hand_over(
    session: AsyncSession,
    actor_id: int,
    coordinators: tuple[int, ...],
    group_id: int,
    to_id: int,
    now: datetime,
) -> Group | None:
    """Give a group to another coordinator, who has it for a day. Raises TakenError."""
    require_coordinator(actor_id, coordinators)
    if to_id not in coordinators or to_id == actor_id:
        return None
    held = await _hold(session, actor_id, coordinators, group_id, now)
    if held is None:
        return None
    row, _ = held
    row.claimed_by, row.claimed_until_utc = to_id, now + HANDED_OVER
    row.writing_for = None
    await note(session, actor_id, "handed over", f"question group {group_id}", now)
    return await _read(session, group_id, now)


async def add_note(
    session: AsyncSession,
    actor_id: int,
    coordinators: tuple[int, ...],
    group_id: int,
    text: str,
    now: datetime,
) -> bool:
    """Add a note about a group; return whether it is still there. Coordinators only."""
    require_coordinator(actor_id, coordinators)
    if await session.get(QuestionGroup, group_id) is None:
        return False
    await notes.add(session, actor_id, coordinators, "group", group_id, text, now)
    return True


async def sweep(session: AsyncSession) -> None:
    """Delete groups in which no question is left, with the notes about them."""
    filled = exists().where(GroupedQuestion.group_id == QuestionGroup.id)
    await session.execute(delete(QuestionGroup).where(~filled))
    await notes.sweep(session, "group", select(QuestionGroup.id))
