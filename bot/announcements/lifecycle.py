"""Announcements: written, checked by a second pair of eyes, started, stopped.

Here is who may decide what; `corrections.py` has what can be done about one that was sent,
`sending.py` carries it all out. Every change of what people will read raises the version, and
approval names the version, so nobody approves what she has not seen. Whoever submits counts as
the author, so nobody can agree to her own changes of another's draft.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import TypeAlias

from sqlalchemy import func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.announcements import audience
from bot.announcements.policy import Policy
from bot.announcements.states import STARTED, State, after
from bot.announcements.subscriptions import KINDS
from bot.announcements.tables import Broadcast
from bot.content.base import BASE_TONGUE, Tongue
from bot.database import count
from bot.language.words import utf16_length
from bot.people import chats, switches
from bot.people.staff import Actor
from bot.refusals import GoneError, RefusedError, StaleError
from bot.rights import May
from bot.screens.paging import Page, pages_of

# What handlers are given: a row that they read and never write.
Announcement: TypeAlias = Broadcast

# With its heading it must fit under a picture, where Telegram allows 1,024.
LONGEST_TEXT = 900
FURTHEST = timedelta(days=365)
A_PAGE = 5
LONGEST_VALUE = 40


async def page(actor: Actor, number: int) -> Page[Announcement]:
    """Return a page of announcements, newest first; of a series the last one stands for all."""
    actor.require(May.ANNOUNCEMENTS)
    shown = or_(Broadcast.followed_by.is_(None), Broadcast.busy)
    total = await count(actor.session, select(func.count()).where(shown))
    pages = pages_of(total, A_PAGE)
    number = min(number, pages - 1)
    rows = await actor.session.scalars(
        select(Broadcast)
        .where(shown)
        .order_by(Broadcast.id.desc())
        .offset(number * A_PAGE)
        .limit(A_PAGE)
    )
    return Page(tuple(rows), number, pages)


async def to_approve(actor: Actor) -> int:
    """Return how many announcements wait for the actor's agreement. Coordinators only."""
    actor.require(May.ANNOUNCEMENTS)
    query = select(func.count()).where(
        Broadcast.state == State.ASKED, Broadcast.author_id != actor.id
    )
    return await count(actor.session, query)


async def find(actor: Actor, broadcast_id: int) -> Announcement:
    """Return an announcement; raises RefusedError when there is none."""
    actor.require(May.ANNOUNCEMENTS)
    broadcast = await actor.session.get(Broadcast, broadcast_id)
    if broadcast is None:
        raise GoneError("cast.gone")
    return broadcast


async def begin(
    actor: Actor, kind: str, to: audience.Audience = audience.STUDENTS
) -> Announcement:
    """Begin a draft of a kind; one that she began and left empty is thrown away."""
    actor.require(May.ANNOUNCEMENTS)
    if kind not in KINDS:
        raise StaleError
    hers = select(Broadcast).where(
        Broadcast.author_id == actor.id, Broadcast.state == State.DRAFT,
        Broadcast.picture.is_(None), Broadcast.opens.is_(None),
    )  # fmt: skip
    for left in await actor.session.scalars(hers):
        if not left.words:
            await actor.session.delete(left)
    broadcast = Broadcast(
        kind=kind, author_id=actor.id, words={}, audience=dict(to), kept={},
        created_at_utc=actor.now,
    )  # fmt: skip
    actor.session.add(broadcast)
    await actor.session.flush()
    return broadcast


async def draft_that_opens(actor: Actor, opens: str) -> Announcement | None:
    """Return the newest draft of the actor's whose button opens this. Coordinators only."""
    actor.require(May.ANNOUNCEMENTS)
    query = (
        select(Broadcast)
        .where(
            Broadcast.author_id == actor.id, Broadcast.state == State.DRAFT,
            Broadcast.opens == opens,
        )
        .order_by(Broadcast.id.desc())
    )  # fmt: skip
    return (await actor.session.scalars(query.limit(1))).first()


async def draft(actor: Actor, broadcast_id: int) -> Announcement:
    """Return an announcement that may still be changed; what was asked or planned is taken back.

    Raises RefusedError when it has started.
    """
    broadcast = await find(actor, broadcast_id)
    if broadcast.state in STARTED:
        raise GoneError("cast.started_already")
    if broadcast.state is not State.DRAFT:
        move(broadcast, "redraft")
        changed(broadcast)
    return broadcast


async def write(actor: Actor, broadcast_id: int, tongue: Tongue, text: str | None) -> Announcement:
    """Set the words of one language; None takes them out."""
    words = fitting({tongue: text})
    broadcast = await draft(actor, broadcast_id)
    broadcast.words = {t: w for t, w in broadcast.words.items() if t != tongue} | words
    return changed(broadcast)


async def set_kind(actor: Actor, broadcast_id: int, kind: str) -> Announcement:
    """Set which kind of message it is."""
    if kind not in KINDS:
        raise StaleError
    broadcast = await draft(actor, broadcast_id)
    broadcast.kind = kind
    return changed(broadcast)


async def illustrate(actor: Actor, broadcast_id: int, picture: str | None) -> Announcement:
    """Set the picture, a file id of Telegram, or none."""
    broadcast = await draft(actor, broadcast_id)
    broadcast.picture = picture
    return changed(broadcast)


async def open_with(actor: Actor, broadcast_id: int, opens: str | None) -> Announcement:
    """Set what the button opens, or none."""
    broadcast = await draft(actor, broadcast_id)
    broadcast.opens = opens
    return changed(broadcast)


async def choose(actor: Actor, broadcast_id: int, name: str, value: str) -> Announcement:
    """Switch one option of one filter of the audience."""
    if name not in audience.FILTERS or len(value) > LONGEST_VALUE:
        raise StaleError
    broadcast = await draft(actor, broadcast_id)
    broadcast.audience = audience.toggled(broadcast.audience, name, value)
    return changed(broadcast)


async def discard(actor: Actor, broadcast_id: int) -> None:
    """Delete a draft; a series of which it was the next has ended with the one before."""
    broadcast = await draft(actor, broadcast_id)
    before = update(Broadcast).where(Broadcast.followed_by == broadcast.id)
    await actor.session.execute(before.values(followed_by=None, times_left=0))
    await actor.note("discarded", "announcement", broadcast.id)
    await actor.session.delete(broadcast)
    await actor.session.flush()


async def head_count(actor: Actor, broadcast: Announcement, today: date) -> dict[str, int]:
    """Return how many people it would reach now, by language."""
    actor.require(May.ANNOUNCEMENTS)
    to, kind = broadcast.audience, broadcast.kind
    return await audience.count(actor.session, to, kind, actor.staff, today)


async def checked(actor: Actor, broadcast_id: int, version: int) -> Announcement:
    """Return a draft that still is as it was checked; raises RefusedError for any other.

    Nothing is taken back: an old button must not undo what was planned with a newer one.
    """
    broadcast = await find(actor, broadcast_id)
    if broadcast.state in STARTED:
        raise GoneError("cast.started_already")
    if broadcast.state is not State.DRAFT or broadcast.version != version:
        raise GoneError("cast.changed")
    return broadcast


async def submit(
    actor: Actor, broadcast_id: int, version: int, at: datetime | None, policy: Policy
) -> Announcement:
    """Send, plan, or ask the second coordinator, as the number of people demands.

    Raises RefusedError when it is empty, reaches nobody, was changed, asked or planned since it
    was checked, lies in the past, or needs a second coordinator and there is none.
    """
    broadcast = await checked(actor, broadcast_id, version)
    if not broadcast.words:
        raise RefusedError("cast.no_words")
    if at is not None and not actor.now < at < actor.now + FURTHEST:
        raise RefusedError("cast.bad_time")
    people = sum((await head_count(actor, broadcast, policy.today(actor.now))).values())
    if not people:
        raise RefusedError("cast.nobody")
    large = people > policy.approve_above
    if large and not actor.others:
        raise RefusedError("cast.no_second")
    broadcast.start_at_utc, broadcast.approved_by = at, None
    broadcast.repeats_from_utc = None
    broadcast.author_id = actor.id
    if large:
        move(broadcast, "ask")
        await actor.note("asked to send", "announcement", broadcast.id)
    else:
        await _set_off(actor, broadcast)
    return broadcast


async def approve(actor: Actor, broadcast_id: int, version: int) -> Announcement:
    """Let somebody else's announcement go out, exactly in the version that was shown."""
    broadcast = await find(actor, broadcast_id)
    if broadcast.state is not State.ASKED or broadcast.version != version:
        raise GoneError("cast.changed")
    if broadcast.author_id == actor.id:
        raise RefusedError("cast.own")
    broadcast.approved_by = actor.id
    await actor.note("approved", "announcement", broadcast.id)
    await _set_off(actor, broadcast)
    return broadcast


async def send_back(actor: Actor, broadcast_id: int) -> Announcement:
    """Give an announcement that waits for approval back to its author."""
    broadcast = await find(actor, broadcast_id)
    if broadcast.state is not State.ASKED:
        raise GoneError("cast.changed")
    move(broadcast, "redraft")
    await actor.note("sent back", "announcement", broadcast.id)
    return broadcast


async def is_planned(session: AsyncSession, broadcast_id: int) -> bool:
    """Return whether an announcement waits for its time."""
    return (await session.get_one(Broadcast, broadcast_id)).state is State.SCHEDULED


async def start_planned(
    session: AsyncSession, broadcast_id: int, staff: tuple[int, ...], now: datetime, policy: Policy
) -> Announcement | None:
    """Start what was planned for now; return it when it must be agreed to first.

    So it is when more people fit than its author may send to alone, and nobody has agreed.
    """
    broadcast = await session.get_one(Broadcast, broadcast_id)
    off = await switches.relay_is_off(session)
    if broadcast.state is not State.SCHEDULED or off:
        return None
    to, kind, today = broadcast.audience, broadcast.kind, policy.today(now)
    people = await audience.count(session, to, kind, staff, today)
    if broadcast.approved_by is None and sum(people.values()) > policy.approve_above:
        move(broadcast, "ask")
        broadcast.start_at_utc = None
        return broadcast
    _start(broadcast, now)
    return None


async def pause(actor: Actor, broadcast_id: int) -> Announcement:
    """Stage nothing more until it is resumed; what is on its way arrives."""
    return await decide(actor, broadcast_id, "pause", "paused")


async def resume(actor: Actor, broadcast_id: int) -> Announcement:
    """Go on after a pause. Only a pause: what was never approved cannot begin this way."""
    broadcast = await decide(actor, broadcast_id, "resume", "resumed")
    broadcast.measured_from_utc = None
    return broadcast


async def cancel(actor: Actor, broadcast_id: int) -> Announcement:
    """Send to nobody more; what is on its way arrives."""
    broadcast = await decide(actor, broadcast_id, "cancel", "cancelled")
    broadcast.proposal = None
    await rest_series(actor.session, broadcast)
    return broadcast


async def decide(actor: Actor, broadcast_id: int, how: str, action: str) -> Announcement:
    """Make a move, if it may be made, note the action, and give the chore something to do."""
    broadcast = await find(actor, broadcast_id)
    move(broadcast, how)
    broadcast.busy = True
    await actor.note(action, "announcement", broadcast.id)
    return broadcast


async def rest_series(session: AsyncSession, broadcast: Broadcast) -> None:
    """Let a series rest until it is looked at anew, for one of it was stopped or taken back."""
    if broadcast.followed_by is None:
        broadcast.times_left = 0
    else:
        await rest_next(session, broadcast)


async def rest_next(session: AsyncSession, broadcast: Broadcast) -> Broadcast | None:
    """Make the next of a series a draft again and return it; None where none can be changed."""
    following = await session.get(Broadcast, broadcast.followed_by or 0)
    if following is None or following.state in STARTED:
        return None
    if following.state is not State.DRAFT:
        move(following, "redraft")
    return changed(following)


async def _set_off(actor: Actor, broadcast: Broadcast) -> None:
    if broadcast.start_at_utc is not None and broadcast.start_at_utc > actor.now:
        move(broadcast, "plan")
        await actor.note("planned", "announcement", broadcast.id)
        return
    _start(broadcast, actor.now)
    await actor.note("started", "announcement", broadcast.id)


def _start(broadcast: Broadcast, now: datetime) -> None:
    move(broadcast, "start")
    broadcast.started_at_utc, broadcast.busy = now, True
    broadcast.cursor = chats.BEFORE_ALL


def move(broadcast: Broadcast, name: str) -> None:
    """Make a move; raises RefusedError where it may not be made."""
    state = after(broadcast.state, name)
    if state is None:
        raise GoneError("cast.changed")
    broadcast.state = state


def changed(broadcast: Broadcast) -> Broadcast:
    """Raise the version: what was seen before is no longer what will be read."""
    broadcast.version += 1
    return broadcast


def fitting(words: Mapping[Tongue, str | None]) -> dict[Tongue, str]:
    """Return words without blanks around, only what is not empty.

    Raises RefusedError when they are too long.
    """
    trimmed = {tongue: (text or "").strip() for tongue, text in words.items()}
    if any(utf16_length(text) > LONGEST_TEXT for text in trimmed.values()):
        raise RefusedError("cast.too_long", most=LONGEST_TEXT)
    return {tongue: text for tongue, text in trimmed.items() if text}


def words_of(broadcast: Announcement, tongue: Tongue) -> str:
    """Return the words in a language, or in another where there are none."""
    words = broadcast.words
    return str(words.get(tongue) or words.get(BASE_TONGUE) or next(iter(words.values()), ""))


async def opened_by(session: AsyncSession, broadcast_id: int) -> str | None:
    """Return what the button of an announcement opens; for anybody who has it."""
    return await session.scalar(select(Broadcast.opens).where(Broadcast.id == broadcast_id))
