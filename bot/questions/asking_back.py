"""Asking one girl back about her question: one question of a coordinator, one answer of hers.

The bot carries both, and nothing else is opened: neither knows who the other is, no contact
passes, and what she answers stands beside her question for whoever answers it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from bot.content import Content
from bot.database import count
from bot.mentoring.contact.look import look
from bot.people import switches
from bot.people.staff import Actor
from bot.questions import groups
from bot.questions.asked import set_apart
from bot.questions.groups import Question
from bot.questions.tables import AskedBack, GroupedQuestion, OpenQuestion
from bot.refusals import GoneError, NotAllowedError, RefusedError
from bot.rights import May
from bot.safety import official

LONGEST_QUESTION, LONGEST_ANSWER = 500, 1000
# So often may be asked about one question; after that it is answered, or set aside.
MOST = 3


@dataclass(frozen=True)
class Asked:
    """What a coordinator asks about a question; without an answer as long as she gave none."""

    id: int
    question_id: int
    by: int | None
    text: str
    at: datetime
    answer: str | None


@dataclass(frozen=True)
class Answered:
    """What became of her answer: where it lies, and who hears of it at once, if anybody."""

    group_id: int
    to_id: int | None
    text: str


async def question(actor: Actor, question_id: int) -> Question:
    """Return a question about which may be asked; the look is recorded. Coordinators only.

    Raises GoneError for one that is answered or gone, TakenError while another has its group.
    """
    group = await groups.of_question(actor, question_id)
    await actor.note("looked at", "question", question_id)
    return next(one for one in group.questions if one.id == question_id)


async def ask(
    actor: Actor, content: Content, question_id: int, text: str
) -> tuple[Question, Asked]:
    """Ask the girl of a question back. Coordinators only; raises as `question` does.

    Raises RefusedError for words that give a contact or are too long, and when it was asked often
    enough or she has not answered yet.
    """
    found = await question(actor, question_id)
    said = text.strip()
    if not said or len(said) > LONGEST_QUESTION:
        raise RefusedError("back.too_long", most=LONGEST_QUESTION)
    if look(official.without(content, said)).barred:
        raise RefusedError("back.no_contact")
    mine = AskedBack.question_id == question_id
    waits = select(func.count()).where(mine, AskedBack.answered_at_utc.is_(None))
    if await count(actor.session, waits):
        raise RefusedError("back.waits")
    if await count(actor.session, select(func.count()).where(mine)) >= MOST:
        raise RefusedError("back.enough", most=MOST)
    row = AskedBack(question_id=question_id, asked_by=actor.id, text=said, asked_at_utc=actor.now)
    actor.session.add(row)
    await actor.session.flush()
    await actor.note("asked back", "question", question_id)
    return found, _asked(row)


async def to_answer(actor: Actor, number: int) -> Asked:
    """Return what the actor was asked and has not answered yet.

    Raises NotAllowedError for what others were asked, GoneError when it is too late.
    """
    row, _ = await _hers(actor, number)
    return _asked(row)


async def answer(actor: Actor, number: int, text: str, *, private: bool) -> Answered:
    """Keep what the girl answers, beside her question. Raises as `to_answer` does.

    `private` says that it stands beside words of danger: then all of it is for those on call.
    Raises RefusedError for what is too long.
    """
    row, asked = await _hers(actor, number)
    said = text.strip()
    if not said or len(said) > LONGEST_ANSWER:
        raise RefusedError("back.too_long", most=LONGEST_ANSWER)
    row.answer, row.answered_at_utc = said, actor.now
    await actor.session.flush()
    if private:
        await set_apart(actor, [asked.text])
    group_id = await actor.session.scalar(
        select(GroupedQuestion.group_id).where(GroupedQuestion.question_id == asked.id)
    )
    if group_id is None:
        raise GoneError("back.over")
    to_id = await _hears(actor, row, asked, await groups.holder(actor, group_id))
    if to_id is not None:
        await Actor(actor.session, to_id, actor.staff, actor.now).note(
            "was brought", "question", asked.id
        )
    return Answered(group_id, to_id, said)


async def _hers(actor: Actor, number: int) -> tuple[AskedBack, OpenQuestion]:
    row = await actor.session.get(AskedBack, number)
    found = await actor.session.get(OpenQuestion, row.question_id) if row else None
    if row is None or found is None:
        raise GoneError("back.over")
    if found.person_id != actor.id:
        raise NotAllowedError
    if row.answered_at_utc is not None:
        raise GoneError("back.answered")
    if found.answered_at_utc is not None:
        raise GoneError("back.over")
    return row, found


async def _hears(
    actor: Actor, row: AskedBack, asked: OpenQuestion, holder: int | None
) -> int | None:
    """Return who hears of an answer: who is at work on the group, else who asked."""
    to_id = holder if holder is not None else row.asked_by
    if to_id is None or to_id not in actor.staff:
        return None
    if asked.private and not await switches.is_on(actor.session, switches.duty(to_id)):
        return None
    return to_id


async def about(actor: Actor, questions: Iterable[Question]) -> list[Asked]:
    """Return what was asked back about questions, oldest first. Coordinators only."""
    actor.require(May.QUESTIONS)
    query = (
        select(AskedBack)
        .where(AskedBack.question_id.in_([one.id for one in questions]))
        .order_by(AskedBack.id)
    )
    return [_asked(row) for row in await actor.session.scalars(query)]


def _asked(row: AskedBack) -> Asked:
    return Asked(row.id, row.question_id, row.asked_by, row.text, row.asked_at_utc, row.answer)
