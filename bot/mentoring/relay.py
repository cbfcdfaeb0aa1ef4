"""The relay: a message passes every check in order, or it does not pass.

Who writes, whether the two may talk at this moment, how much was written, an approach, danger,
contact details (with all that both wrote before), the night. Messages are copied, never forwarded,
so no account shows. What was decided is kept with the words until the retention time.

An edit is one more message: it is read together with what it corrects, which the other may have
read already, and it never takes a held version out of a coordinator's sight (`held`).
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum

from sqlalchemy import Select, func, or_, select

from bot.database import count, read_once
from bot.mentoring import apart, guardians, mentors, talks, tries
from bot.mentoring.contact.look import Finding, look
from bot.mentoring.contact.normalise import LONGEST as LONGEST
from bot.mentoring.contact.pieces import DAYS, REMEMBERED
from bot.mentoring.policy import Policy
from bot.mentoring.states import Passage, State
from bot.mentoring.tables import Introduction
from bot.mentoring.tables import RelayMessage as RelayMessage
from bot.people import switches
from bot.people.staff import Actor
from bot.refusals import NotAllowedError

# So long after something passed in a talk, what one of the two writes may be meant for the other.
LATELY = timedelta(hours=24)
# What the other has, or may still get.
_PASSED = (Passage.SENT, Passage.NIGHT, Passage.HELD)
# Nothing passes yet, or for a while.
_NOT_OPEN = (State.ACCEPTED, State.PAUSED, State.BLOCKED)


class End(StrEnum):
    """How a message ended, for the one who wrote it."""

    SENT = "sent"
    NIGHT = "night"
    HELD = "held"
    STOPPED = "stopped"
    # stopped, and the two are frozen
    APPROACH = "approach"
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
    # the mentor writes to nobody until a coordinator has looked
    QUIET = "quiet"


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


async def alive(actor: Actor) -> list[Introduction]:
    """Return the talks of the actor that began or had a message lately, the newest first."""
    if not await _is_meant(actor):
        return []
    last = (
        select(func.max(RelayMessage.id))
        .where(
            RelayMessage.introduction_id == Introduction.id,
            RelayMessage.at_utc > actor.now - LATELY,
            RelayMessage.state.in_(_PASSED),
        )
        .scalar_subquery()
    )
    rows = await actor.session.scalars(
        _of(actor)
        .where(
            Introduction.state == State.ACTIVE,
            or_(last.is_not(None), Introduction.since_utc > actor.now - LATELY),
        )
        .order_by(last.desc().nulls_last(), Introduction.id.desc())
    )
    return list(rows)


async def not_open(actor: Actor) -> Introduction | None:
    """Return the newest talk of the actor that rests since lately, or has still to begin."""
    if not await _is_meant(actor):
        return None
    return await actor.session.scalar(
        _of(actor)
        .where(Introduction.state.in_(_NOT_OPEN), Introduction.since_utc > actor.now - LATELY)
        .order_by(Introduction.since_utc.desc())
        .limit(1)
    )


def _of(actor: Actor) -> Select[Introduction]:
    return select(Introduction).where(
        or_(Introduction.student_id == actor.id, Introduction.mentor_id == actor.id)
    )


async def _is_meant(actor: Actor) -> bool:
    """Return whether what the actor types may be for another; mostly it costs nothing."""

    async def read() -> frozenset[int]:
        pairs = await actor.session.execute(
            select(Introduction.student_id, Introduction.mentor_id).where(
                Introduction.state.in_((State.ACTIVE, *_NOT_OPEN))
            )
        )
        return frozenset(person for pair in pairs for person in pair if person is not None)

    return actor.id in await read_once(actor.session, "who talks", (Introduction,), read)


async def closed_because(actor: Actor, row: Introduction, policy: Policy) -> Closed | None:
    """Return why nothing may pass between the two at this moment; None when it may.

    That the mentor is kept from writing closes it for her alone.
    """
    session, now = actor.session, actor.now
    if row.state is not State.ACTIVE:
        resting = row.state in (State.PAUSED, State.BLOCKED)
        return Closed.PAUSED if resting else Closed.OVER
    if row.mentor_id is None or (row.ends_at_utc is not None and now >= row.ends_at_utc):
        return Closed.OVER
    if not await switches.is_on(session, switches.RELAY):
        return Closed.OFF
    if not await apart.on_call(actor, row):
        return Closed.NO_COORDINATOR
    mentor = await mentors.find(session, row.mentor_id)
    if mentor is None or not mentors.cleared(mentor, now):
        return Closed.CLEARANCE
    if actor.id == row.mentor_id and mentor.quiet_since_utc is not None:
        return Closed.QUIET
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
    talk = await _before(actor, number)
    before = [text for sender_id, text in talk if sender_id == actor.id]
    found = look(written.text, before, talk=[text for _, text in talk], by_mentor=not from_student)
    return await judged(actor, row, written, found, policy)


async def judged(
    actor: Actor, row: Introduction, written: Written, found: Finding, policy: Policy
) -> Outcome:
    """Keep a message that was read, and do with it what was found."""
    from_student = actor.id == row.student_id
    earlier = await _versions(actor, written.edit_of)
    message = RelayMessage(
        introduction_id=row.id,
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
    if not from_student and (found.verdict == "alert" or written.danger):
        return await _approached(actor, row, message, found, policy)
    if found.barred:
        _end(message, Passage.STOPPED, found.reason)
        await actor.session.flush()
        await tries.count_one(actor, row, policy)
        return Outcome(End.STOPPED, found.reason, message.id, row.id)
    # A message of the night is delivered in its newest version; what is held stays held.
    for version in earlier:
        if version.state is Passage.NIGHT:
            version.state = Passage.REPLACED
    held = next((v for v in earlier if v.state is Passage.HELD), None)
    if written.danger or found.verdict == "hold" or held is not None:
        why = found.reason or (held.reason if held else None)
        why = "danger" if written.danger else why
        _end(message, Passage.HELD, why)
        await actor.session.flush()
        return Outcome(End.HELD, why or "", message.id, row.id)
    await actor.session.flush()
    return await let_pass(actor, row, message, policy)


def _end(message: RelayMessage, state: Passage, reason: str | None) -> None:
    message.state, message.reason, message.sampled = state, reason, False


async def _approached(
    actor: Actor, row: Introduction, message: RelayMessage, found: Finding, policy: Policy
) -> Outcome:
    """Stop words of a mentor that look like an approach, and freeze the two at once.

    She writes to no other girl either until a coordinator has looked.
    """
    _end(message, Passage.STOPPED, found.reason or "danger")
    await actor.session.flush()
    await talks.freeze(actor, row, policy)
    mentor = await mentors.find(actor.session, actor.id)
    if mentor is not None:
        await mentors.quiet(actor, mentor)
    await actor.note("froze for an approach", "introduction", row.id)
    return Outcome(End.APPROACH, message.reason or "", message.id, row.id)


async def _versions(actor: Actor, newest: RelayMessage | None) -> list[RelayMessage]:
    """Return the versions of a message up to `newest`, newest first."""
    found = []
    while newest is not None:
        found.append(newest)
        newest = await actor.session.get(RelayMessage, newest.edit_of) if newest.edit_of else None
    return found


async def _written_today(actor: Actor, introduction_id: int) -> int:
    query = select(func.count()).where(
        RelayMessage.introduction_id == introduction_id,
        RelayMessage.sender_id == actor.id,
        RelayMessage.at_utc > actor.now - timedelta(days=1),
    )
    return await count(actor.session, query)


async def _before(actor: Actor, introduction_id: int) -> list[tuple[int, str]]:
    """Return what both wrote in the last weeks, with who wrote it, oldest first.

    Every version that the other has, or may still get: what was edited since was read already.
    """
    query = (
        select(RelayMessage.sender_id, RelayMessage.text)
        .where(
            RelayMessage.introduction_id == introduction_id,
            RelayMessage.at_utc > actor.now - timedelta(days=DAYS),
            RelayMessage.state.in_(_PASSED),
        )
        .order_by(RelayMessage.id.desc())
        .limit(REMEMBERED)
    )
    return [
        (row.sender_id, row.text) for row in reversed((await actor.session.execute(query)).all())
    ]


async def let_pass(
    actor: Actor, row: Introduction, message: RelayMessage, policy: Policy
) -> Outcome:
    """Send a message that passed, or keep it for the morning."""
    morning = None if message.from_student else policy.morning_after(actor.now)
    if morning is not None:
        message.state, message.due_at_utc = Passage.NIGHT, morning
        return Outcome(End.NIGHT, message_id=message.id, introduction_id=row.id)
    message.state, message.due_at_utc = Passage.SENT, None
    return await _outgoing(actor, row, message)


async def _outgoing(actor: Actor, row: Introduction, message: RelayMessage) -> Outcome:
    if message.from_student:
        alias = await guardians.alias_of(actor.session, row.student_id)
        name, to_id = alias or "", row.mentor_id or 0
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
        corrected=await _arrived_before(actor, message),
    )


async def _arrived_before(actor: Actor, message: RelayMessage) -> bool:
    """Return whether the other has an earlier version of a message."""
    earlier = (await _versions(actor, message))[1:]
    return any(version.state is Passage.SENT for version in earlier)


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
    for message in (await bot.session.scalars(query)).all():
        row = await bot.session.get_one(Introduction, message.introduction_id)
        why = await closed_because(replace(bot, id=message.sender_id), row, policy)
        if why is Closed.QUIET:
            # It waits on, until a coordinator has looked at what she tried.
            continue
        if why is None:
            outcomes.append(await let_pass(bot, row, message, policy))
        else:
            message.state, message.reason = Passage.REFUSED, why
            outcomes.append(
                Outcome(End.CLOSED, why, message.id, row.id, sender_id=message.sender_id)
            )
    return outcomes
