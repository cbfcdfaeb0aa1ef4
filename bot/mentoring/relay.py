"""The relay: a message passes every check in order, or it does not pass.

Who writes, whether the two may talk at this moment, how much was written, danger, contact
details (with what was written before), the night. Messages are copied, never forwarded, so no
account shows. What was decided is kept with the words until the retention time.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.mentoring import guardians, mentors, moves, switches
from bot.mentoring.contact_filter import look
from bot.mentoring.policy import Policy
from bot.mentoring.states import State, Who
from bot.mentoring.tables import Introduction, RelayMessage
from bot.people.audit import note
from bot.people.staff import require_coordinator
from bot.refusals import NotAllowedError

LONGEST = 1500
REMEMBERED, REMEMBERED_FOR = 6, timedelta(hours=24)
STRIKES, STRIKES_WITHIN = 3, timedelta(days=7)


@dataclass(frozen=True)
class Outcome:
    """What became of a message. `kind`: sent, night, held, stopped, closed, too_many, too_long.

    `reason` is a key of what to say; `to_id` and `from_name` are given when it is to be sent.
    """

    kind: str
    reason: str = ""
    message_id: int = 0
    introduction_id: int = 0
    sender_id: int = 0
    to_id: int = 0
    to_student: bool = False
    from_name: str = ""
    text: str = ""
    corrected: bool = False


async def talk_of(session: AsyncSession, actor_id: int, number: int) -> tuple[Introduction, bool]:
    """Return an introduction and whether `actor_id` is its student.

    Raises NotAllowedError for anybody but the two.
    """
    row = await session.get(Introduction, number)
    if row is None or actor_id not in (row.student_id, row.mentor_id):
        raise NotAllowedError
    return row, actor_id == row.student_id


async def closed_because(
    session: AsyncSession,
    row: Introduction,
    coordinators: tuple[int, ...],
    policy: Policy,
    now: datetime,
) -> str | None:
    """Return why nothing may pass between the two at this moment; None when it may."""
    if row.state != State.ACTIVE:
        return "paused" if row.state in (State.PAUSED, State.BLOCKED) else "over"
    if row.mentor_id is None or (row.ends_at_utc is not None and now >= row.ends_at_utc):
        return "over"
    if not await switches.is_on(session, switches.RELAY):
        return "off"
    if not await switches.on_call(session, coordinators):
        return "no_coordinator"
    if not mentors.cleared(await mentors.find(session, row.mentor_id), now):
        return "clearance"
    if not await guardians.may_talk(session, row.student_id, policy):
        return "consent"
    return None


async def carry(
    session: AsyncSession,
    actor_id: int,
    number: int,
    text: str,
    telegram_id: int | None,
    coordinators: tuple[int, ...],
    policy: Policy,
    now: datetime,
    *,
    danger: bool = False,
    sampled: bool = False,
    edit_of: RelayMessage | None = None,
) -> Outcome:
    """Take a message through every check and return what became of it."""
    row, from_student = await talk_of(session, actor_id, number)
    if (why := await closed_because(session, row, coordinators, policy, now)) is not None:
        return Outcome("closed", why, introduction_id=number)
    if len(text) > LONGEST:
        return Outcome("too_long", introduction_id=number)
    if await _written_since(session, row.id, actor_id, now) >= policy.messages_a_day:
        return Outcome("too_many", introduction_id=number)
    # The first version is kept for a report; one not yet delivered is never delivered.
    if edit_of is not None and edit_of.state in ("night", "held"):
        edit_of.state = "replaced"
    before = await _recent(session, row.id, actor_id, now, edit_of)
    message = RelayMessage(
        introduction_id=row.id, sender_id=actor_id, from_student=from_student,
        message_id=telegram_id, edit_of=edit_of.id if edit_of else None, text=text,
        state="sent", at_utc=now, sampled=sampled,
    )  # fmt: skip
    session.add(message)
    finding = look(text, before)
    if finding.verdict == "stop":
        message.state, message.reason, message.sampled = "stopped", finding.reason, False
    elif danger or finding.verdict == "hold":
        message.state, message.sampled = "held", False
        message.reason = "danger" if danger else finding.reason
    await session.flush()
    if message.state == "stopped":
        await _count_strikes(session, row, actor_id, policy, now)
        return Outcome("stopped", finding.reason, message.id, number)
    if message.state == "held":
        return Outcome("held", message.reason or "", message.id, number)
    return await _pass(session, row, message, policy, now)


async def _written_since(
    session: AsyncSession, introduction_id: int, sender_id: int, now: datetime
) -> int:
    query = select(func.count()).where(
        RelayMessage.introduction_id == introduction_id,
        RelayMessage.sender_id == sender_id,
        RelayMessage.at_utc > now - timedelta(days=1),
    )
    return int(await session.scalar(query) or 0)


async def _recent(
    session: AsyncSession,
    introduction_id: int,
    sender_id: int,
    now: datetime,
    edit_of: RelayMessage | None,
) -> tuple[str, ...]:
    """Return what the same person wrote shortly before, oldest first, an edited message aside."""
    query = (
        select(RelayMessage.text)
        .where(
            RelayMessage.introduction_id == introduction_id,
            RelayMessage.sender_id == sender_id,
            RelayMessage.at_utc > now - REMEMBERED_FOR,
            RelayMessage.state.in_(("sent", "night", "held")),
            RelayMessage.id != (edit_of.id if edit_of else 0),
        )
        .order_by(RelayMessage.id.desc())
        .limit(REMEMBERED)
    )
    return tuple(reversed(list(await session.scalars(query))))


async def _count_strikes(
    session: AsyncSession, row: Introduction, sender_id: int, policy: Policy, now: datetime
) -> None:
    query = select(func.count()).where(
        RelayMessage.introduction_id == row.id,
        RelayMessage.sender_id == sender_id,
        RelayMessage.state == "stopped",
        RelayMessage.at_utc > now - STRIKES_WITHIN,
    )
    strikes = int(await session.scalar(query) or 0)
    if strikes and strikes % STRIKES == 0:
        who = Who.STUDENT if sender_id == row.student_id else Who.MENTOR
        await moves.make(session, row, "warn", Who.BOT, moves.BOT_ID, policy, now, who)


async def _pass(
    session: AsyncSession,
    row: Introduction,
    message: RelayMessage,
    policy: Policy,
    now: datetime,
) -> Outcome:
    """Send a message that passed, or keep it for the morning."""
    morning = None if message.from_student else policy.morning_after(now)
    if morning is not None:
        message.state, message.due_at_utc = "night", morning
        return Outcome("night", message_id=message.id, introduction_id=row.id)
    message.state, message.due_at_utc = "sent", None
    return await _outgoing(session, row, message)


async def _outgoing(session: AsyncSession, row: Introduction, message: RelayMessage) -> Outcome:
    if message.from_student:
        student = await guardians.mentee(session, row.student_id)
        name, to_id = student.alias or "", row.mentor_id or 0
    else:
        mentor = await mentors.find(session, row.mentor_id or 0)
        name, to_id = (mentor.first_name or "") if mentor else "", row.student_id
    return Outcome(
        "sent", message_id=message.id, introduction_id=row.id, sender_id=message.sender_id,
        to_id=to_id, to_student=not message.from_student, from_name=name, text=message.text,
        corrected=message.edit_of is not None,
    )  # fmt: skip


async def edited(
    session: AsyncSession, actor_id: int, telegram_id: int | None
) -> RelayMessage | None:
    """Return the newest version of the message of a talk that a person's edit changes."""
    if telegram_id is None:
        return None
    query = (
        select(RelayMessage)
        .where(RelayMessage.sender_id == actor_id, RelayMessage.message_id == telegram_id)
        .order_by(RelayMessage.id.desc())
        .limit(1)
    )
    return (await session.scalars(query)).first()


async def deliver_due(
    session: AsyncSession, coordinators: tuple[int, ...], policy: Policy, now: datetime
) -> list[Outcome]:
    """Return what became of the messages of the night: each is checked again before it goes."""
    query = (
        select(RelayMessage)
        .where(RelayMessage.state == "night", RelayMessage.due_at_utc <= now)
        .order_by(RelayMessage.id)
    )
    outcomes = []
    for message in await session.scalars(query):
        row = await session.get_one(Introduction, message.introduction_id)
        why = await closed_because(session, row, coordinators, policy, now)
        if why is None:
            outcomes.append(await _pass(session, row, message, policy, now))
        else:
            message.state, message.reason = "refused", why
            outcomes.append(
                Outcome("closed", why, message.id, row.id, sender_id=message.sender_id)
            )
    return outcomes


async def allow(
    session: AsyncSession,
    actor_id: int,
    coordinators: tuple[int, ...],
    message_id: int,
    policy: Policy,
    now: datetime,
    text: str | None = None,
) -> Outcome | None:
    """Let a held message pass, as it is or as a coordinator changed it; None when it is gone."""
    message = await _held(session, actor_id, coordinators, message_id)
    if message is None:
        return None
    row = await session.get_one(Introduction, message.introduction_id)
    if (why := await closed_because(session, row, coordinators, policy, now)) is not None:
        return Outcome("closed", why, message.id, row.id)
    message.decided_by = message.read_by = actor_id
    if text is not None:
        message.text = text[:LONGEST]
    await note(session, actor_id, "allowed" if text is None else "allowed changed",
               f"relay message {message_id}", now)  # fmt: skip
    return await _pass(session, row, message, policy, now)


async def refuse(
    session: AsyncSession,
    actor_id: int,
    coordinators: tuple[int, ...],
    message_id: int,
    now: datetime,
) -> RelayMessage | None:
    """Keep a held message from passing; None when it is gone."""
    message = await _held(session, actor_id, coordinators, message_id)
    if message is not None:
        message.state, message.decided_by, message.read_by = "refused", actor_id, actor_id
        await note(session, actor_id, "refused", f"relay message {message_id}", now)
    return message


async def _held(
    session: AsyncSession, actor_id: int, coordinators: tuple[int, ...], message_id: int
) -> RelayMessage | None:
    require_coordinator(actor_id, coordinators)
    message = await session.get(RelayMessage, message_id)
    # Nobody decides about her own words, were she a mentor as well.
    if message is None or message.state != "held" or message.sender_id == actor_id:
        return None
    return message
