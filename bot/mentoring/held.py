"""Held messages: read by a coordinator in every version, decided on once, and never forgotten.

Held stays held: an edit is kept beside the message, and all versions are one thing to decide on.
Who is on call is reminded after some hours, who wrote it is told after a day that it waits.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select

from bot.database import count
from bot.mentoring import apart, relay, roster
from bot.mentoring.contact.look import look as read
from bot.mentoring.policy import Policy
from bot.mentoring.relay import LONGEST, Closed, End, Outcome
from bot.mentoring.states import OPEN, Passage, State
from bot.mentoring.tables import Introduction, Mentor, RelayMessage
from bot.people.staff import Actor
from bot.refusals import RefusedError
from bot.rights import May

REMIND_AFTER, TELL_AFTER = timedelta(hours=4), timedelta(days=1)


@dataclass(frozen=True)
class Held:
    """A message to decide on, in its newest held version, and all versions, oldest first."""

    message: RelayMessage
    versions: tuple[RelayMessage, ...]


@dataclass(frozen=True)
class Reminder:
    """What waits too long for one coordinator."""

    coordinator_id: int
    messages: int
    mentors: int
    since: datetime


async def look(actor: Actor, message_id: int | None = None) -> Held | None:
    """Return a held message, the oldest unless one is named; the look is recorded.

    None when nothing waits that she may read. Coordinators only, never of their own pair.
    """
    actor.require(May.TALKS)
    query = select(RelayMessage).where(*_readable(actor))
    if message_id is not None:
        query = query.where(RelayMessage.id == message_id)
    message = (await actor.session.scalars(query.order_by(RelayMessage.id).limit(1))).first()
    if message is None:
        return None
    found = await _whole(actor, message)
    await actor.note("read", "relay message", found.message.id)
    return found


async def _whole(actor: Actor, message: RelayMessage) -> Held:
    """Return a held message with every version of it: all have its number at Telegram."""
    same = (
        RelayMessage.id == message.id
        if message.message_id is None
        else RelayMessage.message_id == message.message_id
    )
    query = (
        select(RelayMessage)
        .where(
            RelayMessage.introduction_id == message.introduction_id,
            RelayMessage.sender_id == message.sender_id,
            same,
        )
        .order_by(RelayMessage.id)
    )
    family = tuple(await actor.session.scalars(query))
    newest = [row for row in family if row.state is Passage.HELD][-1]
    return Held(newest, family)


async def _to_decide(actor: Actor, message_id: int) -> tuple[Held, Introduction] | None:
    """Return a held message to decide on; None when it is gone.

    Raises RefusedError where the pair is her own, and where a newer version has come that she
    has not read.
    """
    actor.require(May.TALKS)
    message = await actor.session.get(RelayMessage, message_id)
    if message is None or message.state is not Passage.HELD:
        return None
    row = await actor.session.get_one(Introduction, message.introduction_id)
    await apart.require(actor, row)
    found = await _whole(actor, message)
    if found.message.id != message_id:
        raise RefusedError("over.newer_version")
    return found, row


def _decided(actor: Actor, found: Held, state: Passage) -> None:
    """Write down who decided, and what becomes of every version that was held."""
    for version in found.versions:
        if version.state is Passage.HELD:
            version.state, version.decided_by, version.read_by = state, actor.id, actor.id


async def _refused(actor: Actor, found: Held) -> None:
    _decided(actor, found, Passage.REFUSED)
    await actor.note("refused", "relay message", found.message.id)


async def allow(
    actor: Actor, message_id: int, policy: Policy, text: str | None = None
) -> Outcome | None:
    """Let a held message pass, as it is or as a coordinator changed it; None when it is gone.

    What she wrote is kept beside what arrives. Raises RefusedError as `refuse` does, and for a
    change that is too long or has contact details in it.
    """
    if (decision := await _to_decide(actor, message_id)) is None:
        return None
    found, row = decision
    message = found.message
    if text is not None and len(text) > LONGEST:
        raise RefusedError("talk.too_long", most=LONGEST)
    if text is not None and read(text).barred:
        raise RefusedError("form_fault.contact")
    why = await relay.closed_because(actor, row, policy)
    if why is Closed.OVER:
        # Nothing can pass any more, and it has been read.
        await _refused(actor, found)
    if why is not None:
        return Outcome(End.CLOSED, why, message.id, row.id)
    _decided(actor, found, Passage.REPLACED)
    if text is not None:
        message.original, message.text = message.text, text
    action = "allowed" if text is None else "allowed changed"
    await actor.note(action, "relay message", message_id)
    return await relay.let_pass(actor, row, message, policy)


async def refuse(actor: Actor, message_id: int) -> RelayMessage | None:
    """Keep a held message from passing; None when it is gone.

    Raises RefusedError where the pair is her own, and where she has not read the newest version.
    """
    if (decision := await _to_decide(actor, message_id)) is None:
        return None
    found, _ = decision
    await _refused(actor, found)
    return found.message


async def reminders(bot: Actor, policy: Policy) -> list[Reminder]:
    """Return whom to remind of what waits for hours; by day only, and each once in that time."""
    if policy.morning_after(bot.now) is not None:
        return []
    before = bot.now - REMIND_AFTER
    frozen = select(Introduction.id).where(Introduction.state == State.BLOCKED)
    messages = list(
        await bot.session.scalars(
            select(RelayMessage).where(
                RelayMessage.state == Passage.HELD,
                RelayMessage.at_utc <= before,
                RelayMessage.introduction_id.not_in(frozen),
            )
        )
    )
    quiet = list(await bot.session.scalars(select(Mentor).where(Mentor.quiet_since_utc <= before)))
    due = any(_due(m.reminded_at_utc, before) for m in messages) or any(
        _due(m.quiet_reminded_at_utc, before) for m in quiet
    )
    if not due:
        return []
    found = [
        reminder
        for who in (await roster.read(bot.session, bot.staff, bot.now, policy.zone)).told
        if (reminder := await _reminder(bot, who, messages, quiet)) is not None
    ]
    for message in messages:
        message.reminded_at_utc = bot.now
    for mentor in quiet:
        mentor.quiet_reminded_at_utc = bot.now
    return found


def _due(reminded: datetime | None, before: datetime) -> bool:
    return reminded is None or reminded <= before


async def _reminder(
    bot: Actor, who: int, messages: Sequence[RelayMessage], quiet: Sequence[Mentor]
) -> Reminder | None:
    own = set(await bot.session.scalars(apart.own_pairs(who)))
    hers = [message.at_utc for message in messages if message.introduction_id not in own]
    others = [m.quiet_since_utc for m in quiet if m.person_id != who and m.quiet_since_utc]
    if not hers and not others:
        return None
    return Reminder(who, len(hers), len(others), min([*hers, *others]))


async def waiting_long(bot: Actor, policy: Policy) -> list[RelayMessage]:
    """Return the messages whose writers are to hear that they still wait, each once."""
    if policy.morning_after(bot.now) is not None:
        return []
    still_open = select(Introduction.id).where(Introduction.state.in_(OPEN))
    found = list(
        await bot.session.scalars(
            select(RelayMessage).where(
                RelayMessage.state == Passage.HELD,
                RelayMessage.wait_told_at_utc.is_(None),
                RelayMessage.at_utc <= bot.now - TELL_AFTER,
                RelayMessage.introduction_id.in_(still_open),
            )
        )
    )
    for message in found:
        message.wait_told_at_utc = bot.now
    return found


async def waits(actor: Actor) -> int:
    """Return how many held messages wait that a coordinator may read."""
    return await count(actor.session, select(func.count()).where(*_readable(actor)))


def _readable(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions of a held message that she may read: in no pair of her own."""
    others = RelayMessage.introduction_id.not_in(apart.own_pairs(actor.id))
    return RelayMessage.state == Passage.HELD, others
