"""Puts newly asked questions beside those they are like, off the path of any answer.

Looking at texts takes time, so it is done between two short transactions: what was read may
have changed by the time it is written, and what somebody has taken meanwhile is left alone.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy import Select, delete, exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.answering.similarity import Views, group
from bot.people.tables import DeskNote
from bot.questions import groups
from bot.questions.tables import GroupedQuestion, OpenQuestion, QuestionGroup

# Older groups are not compared: so many open questions wait for people, not for sorting.
MOST_GROUPS = 400


async def anything_new(session: AsyncSession) -> bool:
    """Return whether there is a group that was not compared, or a question in none."""
    fresh = (
        select(QuestionGroup.id)
        .join(GroupedQuestion, GroupedQuestion.group_id == QuestionGroup.id)
        .join(OpenQuestion, OpenQuestion.id == GroupedQuestion.question_id)
        .where(~QuestionGroup.compared, OpenQuestion.answered_at_utc.is_(None))
        .limit(1)
    )
    return any([await session.scalar(query) is not None for query in (fresh, _lost().limit(1))])


def _lost() -> Select[int]:
    return select(OpenQuestion.id).where(
        OpenQuestion.answered_at_utc.is_(None),
        ~exists().where(GroupedQuestion.question_id == OpenQuestion.id),
    )


async def take_in(session: AsyncSession, now: datetime) -> None:
    """Give every open question a group: those of an older version have none."""
    for question_id in list(await session.scalars(_lost())):
        await groups.place(session, question_id, now)


async def texts(session: AsyncSession) -> tuple[dict[int, list[str]], list[int]]:
    """Return the open questions of the newest groups, and which groups are fresh."""
    rows = await session.execute(
        select(QuestionGroup.id, QuestionGroup.compared, OpenQuestion.text)
        .join(GroupedQuestion, GroupedQuestion.group_id == QuestionGroup.id)
        .join(OpenQuestion, OpenQuestion.id == GroupedQuestion.question_id)
        .where(OpenQuestion.answered_at_utc.is_(None), ~OpenQuestion.private)
        .order_by(QuestionGroup.id.desc(), OpenQuestion.id)
    )
    found: dict[int, list[str]] = defaultdict(list)
    fresh: set[int] = set()
    for group_id, compared, text in rows:
        if compared and group_id not in found and len(found) >= MOST_GROUPS:
            continue
        found[group_id].append(text)
        if not compared:
            fresh.add(group_id)
    return dict(found), sorted(fresh)


def sort(
    found: Mapping[int, list[str]], fresh: list[int], look: Callable[[str], Views]
) -> dict[int, int]:
    """Return which fresh group goes into which other (slow: run it in a thread)."""
    looks = {group_id: [look(text) for text in lines] for group_id, lines in found.items()}
    return group(looks, fresh)


async def settle(session: AsyncSession, fresh: list[int], into: Mapping[int, int]) -> None:
    """Write down where fresh groups go; what a coordinator has touched meanwhile stays."""
    touched = select(DeskNote.about_id).where(DeskNote.about == "group")
    free = set(
        await session.scalars(
            select(QuestionGroup.id).where(
                QuestionGroup.id.in_(fresh),
                QuestionGroup.claimed_by.is_(None),
                QuestionGroup.id.not_in(touched),
            )
        )
    )
    for group_id in fresh:
        home = into.get(group_id)
        if home is None or group_id not in free or not await _open(session, home):
            continue
        await session.execute(
            update(GroupedQuestion)
            .where(GroupedQuestion.group_id == group_id)
            .values(group_id=home)
        )
        await session.execute(delete(QuestionGroup).where(QuestionGroup.id == group_id))
    await session.execute(
        update(QuestionGroup).where(QuestionGroup.id.in_(fresh)).values(compared=True)
    )


async def _open(session: AsyncSession, group_id: int) -> bool:
    query = (
        select(OpenQuestion.id)
        .join(GroupedQuestion, GroupedQuestion.question_id == OpenQuestion.id)
        .where(GroupedQuestion.group_id == group_id, OpenQuestion.answered_at_utc.is_(None))
        .limit(1)
    )
    return await session.scalar(query) is not None
