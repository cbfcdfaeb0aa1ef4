"""One message is redacted: what it said goes, that it was there stays, and so does who did it.

A black bar stands for the words, in every language and on every screen. Copies of it that the bot
sent in the last two days are taken out of the chats; what a member of staff wrote to a girl stays
in hers, and only somebody else redacts it. Nobody redacts what she may not read. In a talk it is
only what a report opened to coordinators, once one of them has decided about it and by another:
it may be what the report is about.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select, update

from bot.mentoring import apart, moves
from bot.mentoring.states import State
from bot.mentoring.tables import Introduction, RelayMessage
from bot.people.staff import Actor
from bot.questions import groups
from bot.questions.tables import AskedBack, GroupedQuestion, OpenQuestion
from bot.queues import hiding
from bot.refusals import RefusedError, StaleError
from bot.rights import May
from bot.safety import case_work
from bot.safety.tables import CaseMessage

BAR = "▇▇▇"


class Place(StrEnum):
    """Where a message stands; the letters lie in buttons."""

    QUESTION = "q"
    CASE = "c"
    TALK = "t"


# Of each place: the table of its messages, and the column that says within what each stands.
_ROWS = {
    Place.QUESTION: (GroupedQuestion, "group_id"),
    Place.CASE: (CaseMessage, "case_id"),
    Place.TALK: (RelayMessage, "introduction_id"),
}


@dataclass(frozen=True)
class Piece:
    """One message that can be redacted; `within` is its group, case or introduction."""

    place: Place
    id: int
    within: int
    text: str
    # whether no copy of it can be taken out of the chats, or none is
    stays_in_chats: bool


async def pieces(actor: Actor, place: Place, within: int) -> list[Piece]:
    """Return the messages of a group, a case or a reported talk that the actor may redact.

    Raises RefusedError where a talk's report is not looked into, or was by herself.
    """
    actor.require(May.REDACT)
    if place is Place.QUESTION:
        group = await groups.look(actor, within)
        found = [Piece(place, one.id, within, one.text, True) for one in group.questions]
    elif place is Place.CASE:
        case = await case_work.own(actor, within)
        rows = select(CaseMessage).where(CaseMessage.case_id == case.id).order_by(CaseMessage.id)
        found = [
            Piece(place, row.id, within, row.text, row.by_staff or _is_old(actor, row.at_utc))
            for row in await actor.session.scalars(rows)
            if row.text and not _is_own(actor, row)
        ]
    else:
        row = await _looked_into(actor, within)
        said = select(RelayMessage).where(
            RelayMessage.introduction_id == within, RelayMessage.at_utc <= row.reported_at_utc
        )
        lines = await actor.session.scalars(said.order_by(RelayMessage.id))
        found = [
            Piece(
                place, line.id, within, line.text,
                _is_of_staff(actor, line) or _is_old(actor, line.at_utc),
            )
            for line in lines
            if not _is_own(actor, line)
        ]  # fmt: skip
        await actor.note("read the transcript", "introduction", within)
    return [one for one in found if one.text != BAR]


async def piece(actor: Actor, place: Place, number: int) -> Piece:
    """Return one message that the actor may redact.

    Raises StaleError for what she may not read, RefusedError for what others redact.
    """
    actor.require(May.REDACT)
    table, stands_in = _ROWS[place]
    row = await actor.session.get(table, number)
    if row is None:
        raise StaleError
    for one in await pieces(actor, place, getattr(row, stands_in)):
        if one.id == number:
            return one
    raise RefusedError("redact.own") if _is_own(actor, row) else StaleError


def _is_own(actor: Actor, row: object) -> bool:
    """Return whether the actor wrote a message herself, or let it pass as it is."""
    if isinstance(row, CaseMessage):
        return row.by_staff and row.author_id == actor.id
    return isinstance(row, RelayMessage) and row.decided_by == actor.id


def _is_of_staff(actor: Actor, line: RelayMessage) -> bool:
    """Return whether somebody of the desk wrote a message of a talk, or chose its words."""
    return line.original is not None or line.sender_id in {*actor.staff, *actor.helpers}


def _is_old(actor: Actor, at: datetime) -> bool:
    return at <= actor.now - hiding.REACHES_BACK


async def _looked_into(actor: Actor, number: int) -> Introduction:
    """Return a reported talk about whose report another coordinator has decided.

    That a guardian or the clock closed it says nothing: nobody has read it then.
    """
    row = await apart.decided_on(actor, number)
    if row.reported_by is None or row.reported_at_utc is None:
        raise StaleError
    decided = await moves.decided_by(actor.session, number, since=row.reported_at_utc)
    if row.state is State.BLOCKED or decided is None:
        raise RefusedError("redact.report_open")
    if decided == actor.id:
        raise RefusedError("redact.decided")
    return row


async def redact(actor: Actor, place: Place, number: int, *, shown: int | None) -> Piece:
    """Take the words out of a message, and its copies out of the chats where they can be.

    `shown` is the message in the actor's own chat that is to say so, and stays. Raises StaleError
    for what the actor may not read, RefusedError for what others redact, or not yet.
    """
    found = await piece(actor, place, number)
    session = actor.session
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
        if not written.by_staff:
            await _take_back(actor, f"case:{found.within}:said:{number}", shown)
        await actor.note("redacted", "case", found.within, str(number))
    else:
        line = await session.get_one(RelayMessage, number)
        if not _is_of_staff(actor, line):
            await _take_back(actor, f"relay:{found.within}:{number}", shown)
        line.text, line.original = BAR, None if line.original is None else BAR
        await actor.note("redacted", "relay message", number)
    await session.flush()
    return found


async def _take_back(actor: Actor, key: str, shown: int | None) -> None:
    but = None if shown is None else (actor.id, shown)
    await hiding.take_back(actor.session, key, actor.now, but=but)
