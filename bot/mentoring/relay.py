"""The relay: a message passes every check in order, or it does not pass.

Who writes, whether the two may talk at this moment, how much was written, danger, contact
details (with what was written before), the night. Messages are copied, never forwarded, so no
account shows. What was decided is kept with the words until the retention time.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from sqlalchemy import func, select

from bot.database import count
from bot.mentoring import guardians, mentors, moves, switches
from bot.mentoring.contact_filter import look
from bot.mentoring.policy import Policy
from bot.mentoring.states import Passage, State, Who
from bot.mentoring.tables import Introduction
from bot.mentoring.tables import RelayMessage as RelayMessage
from bot.people.staff import Actor
from bot.refusals import NotAllowedError

LONGEST = 1500
REMEMBERED, REMEMBERED_FOR = 6, timedelta(hours=24)
STRIKES, STRIKES_WITHIN = 3, timedelta(days=7)
# What is read together with a new message, and what an edit replaces.
_PASSED = (Passage.SENT, Passage.NIGHT, Passage.HELD)
_UNDELIVERED = (Passage.NIGHT, Passage.HELD)


class End(StrEnum):
    """How a message ended, for the one who wrote it."""

    SENT = "sent"
    NIGHT = "night"
    HELD = "held"
    STOPPED = "stopped"
    CLOSED = "closed"
    TOO_MANY = "too_many"
    TOO_LONG = "too_long"


class Closed(StrEnum):
    """Why nothing may pass between the two."""

    PAUSED = "paused"
    OVER = "over"
    OFF = "off"
    NO_COORDINATOR = "no_coordinator"
    CLEARANCE = "clearance"
    CONSENT = "consent"


@dataclass(frozen=True)
class Written:
    """What one of the two wrote, and what was seen of it on the way here."""

    text: str
    telegram_id: int | None = None
    danger: bool = False
    sampled: bool = False
    edit_of: RelayMessage | None = None


@dataclass(frozen=True)
class Outcome:
    """What became of a message.

    `reason` is a key of what to say; `to_id` and `from_name` are given when it is to be sent.
    """

    end: End
    reason: str = ""
    message_id: int = 0
    introduction_id: int = 0
    sender_id: int = 0
    to_id: int = 0
    to_student: bool = False
    from_name: str = ""
    text: str = ""
    corrected: bool = False


async def talk_of(actor: Actor, number: int) -> tuple[Introduction, bool]:
    """Return an introduction and whether who acts is its student.

    Raises NotAllowedError for anybody but the two.
    """
    row = await actor.session.get(Introduction, number)
    if row is None or actor.id not in (row.student_id, row.mentor_id):
        raise NotAllowedError
    return row, actor.id == row.student_id


async def closed_because(actor: Actor, row: Introduction, policy: Policy) -> Closed | None:
    """Return why nothing may pass between the two at this moment; None when it may."""
    session, now = actor.session, actor.now
    if row.state is not State.ACTIVE:
        resting = row.state in (State.PAUSED, State.BLOCKED)
        return Closed.PAUSED if resting else Closed.OVER
    if row.mentor_id is None or (row.ends_at_utc is not None and now >= row.ends_at_utc):
        return Closed.OVER
    if not await switches.is_on(session, switches.RELAY):
        return Closed.OFF
    if not await switches.on_call(session, actor.staff):
        return Closed.NO_COORDINATOR
    if not mentors.cleared(await mentors.find(session, row.mentor_id), now):
        return Closed.CLEARANCE
    if not await guardians.may_talk(session, row.student_id, policy):
        return Closed.CONSENT
    return None


async def carry(actor: Actor, number: int, written: Written, policy: Policy) -> Outcome:
    """Take a message through every check and return what became of it."""
    row, from_student = await talk_of(actor, number)
    if (why := await closed_because(actor, row, policy)) is not None:
        return Outcome(End.CLOSED, why, introduction_id=number)
    if len(written.text) > LONGEST:
        return Outcome(End.TOO_LONG, introduction_id=number)
    if await _written_today(actor, number) >= policy.messages_a_day:
        return Outcome(End.TOO_MANY, introduction_id=number)
    # The first version is kept for a report; one not yet delivered is never delivered.
    if written.edit_of is not None and written.edit_of.state in _UNDELIVERED:
        written.edit_of.state = Passage.REPLACED
    before = await _recent(actor, number, written.edit_of)
    message = RelayMessage(
        introduction_id=number,
        sender_id=actor.id,
        from_student=from_student,
        message_id=written.telegram_id,
        edit_of=written.edit_of.id if written.edit_of else None,
        text=written.text,
        state=Passage.SENT,
        at_utc=actor.now,
        sampled=written.sampled,
    )
    actor.session.add(message)
    finding = look(written.text, before)
    reason = finding.reason
    if finding.verdict == "stop":
        message.state, message.reason, message.sampled = Passage.STOPPED, reason, False
    elif written.danger or finding.verdict == "hold":
        message.state, message.sampled = Passage.HELD, False
        message.reason = "danger" if written.danger else reason
    await actor.session.flush()
    if message.state is Passage.STOPPED:
        await _count_strikes(actor, row, policy)
        return Outcome(End.STOPPED, reason, message.id, number)
    if message.state is Passage.HELD:
        return Outcome(End.HELD, message.reason or "", message.id, number)
    return await _pass(actor, row, message, policy)


async def _written_today(actor: Actor, introduction_id: int) -> int:
    query = select(func.count()).where(
        RelayMessage.introduction_id == introduction_id,
        RelayMessage.sender_id == actor.id,
        RelayMessage.at_utc > actor.now - timedelta(days=1),
    )
    return await count(actor.session, query)


async def _recent(
    actor: Actor, introduction_id: int, edit_of: RelayMessage | None
) -> tuple[str, ...]:
    """Return what the same person wrote shortly before, oldest first, an edited message aside."""
    query = (
        select(RelayMessage.text)
        .where(
            RelayMessage.introduction_id == introduction_id,
            RelayMessage.sender_id == actor.id,
            RelayMessage.at_utc > actor.now - REMEMBERED_FOR,
            RelayMessage.state.in_(_PASSED),
            RelayMessage.id != (edit_of.id if edit_of else 0),
        )
        .order_by(RelayMessage.id.desc())
        .limit(REMEMBERED)
    )
    return tuple(reversed(list(await actor.session.scalars(query))))


async def _count_strikes(actor: Actor, row: Introduction, policy: Policy) -> None:
    query = select(func.count()).where(
        RelayMessage.introduction_id == row.id,
        RelayMessage.sender_id == actor.id,
        RelayMessage.state == Passage.STOPPED,
        RelayMessage.at_utc > actor.now - STRIKES_WITHIN,
    )
    strikes = await count(actor.session, query)
    if strikes and strikes % STRIKES == 0:
        side = Who.STUDENT if actor.id == row.student_id else Who.MENTOR
        await moves.make(actor, row, "warn", Who.BOT, policy, side)


async def _pass(actor: Actor, row: Introduction, message: RelayMessage, policy: Policy) -> Outcome:
    """Send a message that passed, or keep it for the morning."""
    morning = None if message.from_student else policy.morning_after(actor.now)
    if morning is not None:
        message.state, message.due_at_utc = Passage.NIGHT, morning
        return Outcome(End.NIGHT, message_id=message.id, introduction_id=row.id)
    message.state, message.due_at_utc = Passage.SENT, None
    return await _outgoing(actor, row, message)


async def _outgoing(actor: Actor, row: Introduction, message: RelayMessage) -> Outcome:
    if message.from_student:
        student = await guardians.mentee(actor.session, row.student_id)
        name, to_id = student.alias or "", row.mentor_id or 0
    else:
        mentor = await mentors.find(actor.session, row.mentor_id or 0)
        name, to_id = (mentor.first_name or "") if mentor else "", row.student_id
    return Outcome(
        End.SENT,
        message_id=message.id,
        introduction_id=row.id,
        sender_id=message.sender_id,
        to_id=to_id,
        to_student=not message.from_student,
        from_name=name,
        text=message.text,
        corrected=message.edit_of is not None,
    )


async def edited(actor: Actor, telegram_id: int | None) -> RelayMessage | None:
    """Return the newest version of the message of a talk that a person's edit changes."""
    if telegram_id is None:
        return None
    query = (
        select(RelayMessage)
        .where(RelayMessage.sender_id == actor.id, RelayMessage.message_id == telegram_id)
        .order_by(RelayMessage.id.desc())
        .limit(1)
    )
    return (await actor.session.scalars(query)).first()


async def deliver_due(bot: Actor, policy: Policy) -> list[Outcome]:
    """Return what became of the messages of the night: each is checked again before it goes."""
    query = (
        select(RelayMessage)
        .where(RelayMessage.state == Passage.NIGHT, RelayMessage.due_at_utc <= bot.now)
        .order_by(RelayMessage.id)
    )
    outcomes = []
    for message in await bot.session.scalars(query):
        row = await bot.session.get_one(Introduction, message.introduction_id)
        why = await closed_because(bot, row, policy)
        if why is None:
            outcomes.append(await _pass(bot, row, message, policy))
        else:
            message.state, message.reason = Passage.REFUSED, why
            outcomes.append(
                Outcome(End.CLOSED, why, message.id, row.id, sender_id=message.sender_id)
            )
    return outcomes


async def allow(
    actor: Actor, message_id: int, policy: Policy, text: str | None = None
) -> Outcome | None:
    """Let a held message pass, as it is or as a coordinator changed it; None when it is gone."""
    message = await _held(actor, message_id)
    if message is None:
        return None
    row = await actor.session.get_one(Introduction, message.introduction_id)
    if (why := await closed_because(actor, row, policy)) is not None:
        return Outcome(End.CLOSED, why, message.id, row.id)
    message.decided_by = message.read_by = actor.id
    if text is not None:
        message.text = text[:LONGEST]
    action = "allowed" if text is None else "allowed changed"
    await actor.note(action, "relay message", message_id)
    return await _pass(actor, row, message, policy)


async def refuse(actor: Actor, message_id: int) -> RelayMessage | None:
    """Keep a held message from passing; None when it is gone."""
    message = await _held(actor, message_id)
    if message is not None:
        message.state, message.decided_by = Passage.REFUSED, actor.id
        message.read_by = actor.id
        await actor.note("refused", "relay message", message_id)
    return message


async def _held(actor: Actor, message_id: int) -> RelayMessage | None:
    actor.require_staff()
    message = await actor.session.get(RelayMessage, message_id)
    # Nobody decides about her own words, were she a mentor as well.
    if message is None or message.state is not Passage.HELD or message.sender_id == actor.id:
        return None
    return message
