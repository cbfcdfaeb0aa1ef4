"""One message is redacted: what it said goes, that it was there stays, and so does who did it.

A black bar stands for the words, in every language and on every screen. Copies of it that the bot
sent in the last two days are taken out of the chats. Nobody redacts what she may not read, and in
a talk nothing before its report was looked into: it may be what the report is about.
"""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select, update

from bot.mentoring import apart
from bot.mentoring.states import State
from bot.mentoring.tables import Introduction, RelayMessage
from bot.people.staff import Actor
from bot.questions import groups
from bot.questions.tables import AskedBack, GroupedQuestion, OpenQuestion
from bot.queues import hiding
from bot.refusals import RefusedError, StaleError
from bot.rights import May
from bot.safety import cases
from bot.safety.tables import CaseMessage

BAR = "▇▇▇"


class Place(StrEnum):
    """Where a message stands; the letters lie in buttons."""

    QUESTION = "q"
    CASE = "c"
    TALK = "t"


@dataclass(frozen=True)
class Piece:
    """One message that can be redacted; `within` is its group, case or introduction."""

    place: Place
    id: int
    within: int
    text: str


async def pieces(actor: Actor, place: Place, within: int) -> list[Piece]:
    """Return the messages of a group, a case or a reported talk that the actor may redact."""
    actor.require(May.REDACT)
    if place is Place.QUESTION:
        group = await groups.look(actor, within)
        found = [(one.id, one.text) for one in group.questions]
    elif place is Place.CASE:
        case = await cases.own(actor, within)
        rows = select(CaseMessage).where(CaseMessage.case_id == case.id).order_by(CaseMessage.id)
        found = [(row.id, row.text) for row in await actor.session.scalars(rows) if row.text]
    else:
        row = await apart.decided_on(actor, within)
        said = select(RelayMessage).where(RelayMessage.introduction_id == within)
        lines = await actor.session.scalars(said.order_by(RelayMessage.id))
        found = [(line.id, line.text) for line in lines if _is_read(actor, row, line)]
        await actor.note("read the transcript", "introduction", within)
    return [Piece(place, number, within, text) for number, text in found if text != BAR]


async def piece(actor: Actor, place: Place, number: int) -> Piece:
    """Return one message that the actor may redact; raises StaleError for any other."""
    actor.require(May.REDACT)
    session = actor.session
    if place is Place.QUESTION:
        grouped = await session.get(GroupedQuestion, number)
        within = grouped.group_id if grouped is not None else None
    elif place is Place.CASE:
        written = await session.get(CaseMessage, number)
        within = written.case_id if written is not None else None
    else:
        return await _of_talk(actor, number)
    if within is not None:
        for one in await pieces(actor, place, within):
            if one.id == number:
                return one
    raise StaleError


async def _of_talk(actor: Actor, number: int) -> Piece:
    """Return a message of a talk: one up to a report, or one that she has read as a sample."""
    line = await actor.session.get(RelayMessage, number)
    if line is None or line.text == BAR:
        raise StaleError
    row = await apart.decided_on(actor, line.introduction_id)
    if not _is_read(actor, row, line):
        raise StaleError
    return Piece(Place.TALK, number, row.id, line.text)


def _is_read(actor: Actor, row: Introduction, line: RelayMessage) -> bool:
    if line.sampled and line.read_by == actor.id:
        return True
    reported = row.reported_at_utc
    return row.reported_by is not None and reported is not None and line.at_utc <= reported


async def is_reported(actor: Actor, number: int) -> bool:
    """Return whether a talk has a transcript that coordinators read, which only a report opens."""
    return (await apart.decided_on(actor, number)).reported_by is not None


async def redact(actor: Actor, place: Place, number: int) -> Piece:
    """Take the words out of a message, and its copies out of the chats where they can be.

    Raises StaleError for what the actor may not read, RefusedError while a report is open.
    """
    found = await piece(actor, place, number)
    session, now = actor.session, actor.now
    if place is Place.QUESTION:
        question = await session.get_one(OpenQuestion, number)
        question.text = BAR
        await session.execute(
            update(AskedBack)
            .where(AskedBack.question_id == number, AskedBack.answer.is_not(None))
            .values(answer=BAR)
        )
        await actor.note("redacted", "question", number)
    elif place is Place.CASE:
        written = await session.get_one(CaseMessage, number)
        written.text = BAR
        await hiding.take_back(session, f"case:{found.within}:said:{number}", now)
        await actor.note("redacted", "case", found.within, str(number))
    else:
        row = await session.get_one(Introduction, found.within)
        if row.state is State.BLOCKED:
            raise RefusedError("redact.report_open")
        line = await session.get_one(RelayMessage, number)
        line.text, line.original = BAR, None if line.original is None else BAR
        await hiding.take_back(session, f"relay:{found.within}:{number}", now)
        await actor.note("redacted", "relay message", number)
    await session.flush()
    return found
