"""Announcements: written, checked by a second pair of eyes, started, stopped, mended.

Here is who may decide what; `corrections.py` has what can be done about one that was sent,
`sending.py` carries it all out. Every change of what people will read raises the version, and
approval names the version, so nobody approves what she has not seen. Whoever submits counts as
the author, so nobody can agree to her own changes of another's draft.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.announcements import audience
from bot.announcements.audience import Audience
from bot.announcements.subscriptions import KINDS
from bot.announcements.tables import Broadcast
from bot.language.words import utf16_length
from bot.people.audit import note
from bot.people.staff import require_coordinator

# With its heading it must fit under a picture, where Telegram allows 1,024.
LONGEST_TEXT = 900
FURTHEST = timedelta(days=365)
PAGE = 5
LONGEST_VALUE = 40

# state -> the states it may move to
MOVES: dict[str, frozenset[str]] = {
    "draft": frozenset({"asked", "scheduled", "sending"}),
    "asked": frozenset({"draft", "scheduled", "sending"}),
    "scheduled": frozenset({"draft", "asked", "sending"}),
    "sending": frozenset({"paused", "cancelled", "withdrawn", "done"}),
    "paused": frozenset({"sending", "cancelled", "withdrawn"}),
    "done": frozenset({"withdrawn"}),
    "cancelled": frozenset({"withdrawn"}),
    "withdrawn": frozenset(),
}
STARTED = ("sending", "paused", "done", "cancelled", "withdrawn")


@dataclass(frozen=True)
class Desk:
    """Who acts on announcements, among which coordinators, when, and what needs two of them."""

    actor_id: int
    coordinators: tuple[int, ...]
    now: datetime
    approve_above: int

    @property
    def others(self) -> tuple[int, ...]:
        """The coordinators who could be the second."""
        return tuple(c for c in self.coordinators if c != self.actor_id)


class RefusedError(Exception):
    """It cannot be done as things stand; `why` is the key of the words that say so."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


async def page(session: AsyncSession, desk: Desk, number: int) -> tuple[list[Broadcast], int]:
    """Return a page of announcements, newest first, and how many pages there are."""
    require_coordinator(desk.actor_id, desk.coordinators)
    total = await session.scalar(select(func.count()).select_from(Broadcast)) or 0
    pages = max(1, -(-total // PAGE))
    rows = await session.scalars(
        select(Broadcast)
        .order_by(Broadcast.id.desc())
        .offset(min(max(number, 0), pages - 1) * PAGE)
        .limit(PAGE)
    )
    return list(rows), pages


async def find(session: AsyncSession, desk: Desk, broadcast_id: int) -> Broadcast:
    """Return an announcement; raises RefusedError when there is none."""
    require_coordinator(desk.actor_id, desk.coordinators)
    broadcast = await session.get(Broadcast, broadcast_id)
    if broadcast is None:
        raise RefusedError("cast.gone")
    return broadcast


async def begin(session: AsyncSession, desk: Desk, kind: str) -> Broadcast:
    """Begin a draft of a kind, for students."""
    require_coordinator(desk.actor_id, desk.coordinators)
    if kind not in KINDS:
        raise RefusedError("cast.gone")
    broadcast = Broadcast(
        kind=kind, author_id=desk.actor_id, audience=dict(audience.STUDENTS), kept={},
        created_at_utc=desk.now, version=1, cursor=0, state="draft", measured_from=0,
        board_edits=0, busy=False,
    )  # fmt: skip
    session.add(broadcast)
    await session.flush()
    return broadcast


async def draft(session: AsyncSession, desk: Desk, broadcast_id: int) -> Broadcast:
    """Return an announcement that may still be changed; what was asked or planned is taken back.

    Raises RefusedError when it has started.
    """
    broadcast = await find(session, desk, broadcast_id)
    if broadcast.state in STARTED:
        raise RefusedError("cast.started_already")
    if broadcast.state != "draft":
        _move(broadcast, "draft")
        changed(broadcast)
    return broadcast


async def write(
    session: AsyncSession, desk: Desk, broadcast_id: int, tongue: str, text: str | None
) -> Broadcast:
    """Set the words of one language; None takes them out."""
    broadcast = await draft(session, desk, broadcast_id)
    setattr(broadcast, f"text_{'en' if tongue == 'en' else 'km'}", fitting(text))
    return changed(broadcast)


async def illustrate(
    session: AsyncSession, desk: Desk, broadcast_id: int, picture: str | None
) -> Broadcast:
    """Set the picture, a file id of Telegram, or none."""
    broadcast = await draft(session, desk, broadcast_id)
    broadcast.picture = picture
    return changed(broadcast)


async def open_with(
    session: AsyncSession, desk: Desk, broadcast_id: int, opens: str | None
) -> Broadcast:
    """Set what the button opens, or none."""
    broadcast = await draft(session, desk, broadcast_id)
    broadcast.opens = opens
    return changed(broadcast)


async def choose(
    session: AsyncSession, desk: Desk, broadcast_id: int, name: str, value: str
) -> Broadcast:
    """Switch one option of one filter of the audience."""
    broadcast = await draft(session, desk, broadcast_id)
    if name not in audience.FILTERS or len(value) > LONGEST_VALUE:
        raise RefusedError("cast.gone")
    broadcast.audience = audience.toggled(broadcast.audience, name, value)
    return changed(broadcast)


async def discard(session: AsyncSession, desk: Desk, broadcast_id: int) -> None:
    """Delete a draft."""
    broadcast = await draft(session, desk, broadcast_id)
    await note(session, desk.actor_id, "discarded", named(broadcast), desk.now)
    await session.delete(broadcast)
    await session.flush()


async def head_count(session: AsyncSession, desk: Desk, broadcast: Broadcast) -> dict[str, int]:
    """Return how many people it would reach now, by language."""
    require_coordinator(desk.actor_id, desk.coordinators)
    chosen: Audience = broadcast.audience
    return await audience.count(session, chosen, broadcast.kind, desk.coordinators)


async def submit(
    session: AsyncSession, desk: Desk, broadcast_id: int, version: int, at: datetime | None
) -> Broadcast:
    """Send, plan, or ask the second coordinator, as the number of people demands.

    Raises RefusedError when it is empty, reaches nobody, was changed since it was checked, lies
    in the past, or needs a second coordinator and there is none.
    """
    broadcast = await draft(session, desk, broadcast_id)
    if not (broadcast.text_km or broadcast.text_en):
        raise RefusedError("cast.no_words")
    if broadcast.version != version:
        raise RefusedError("cast.changed")
    if at is not None and not desk.now < at < desk.now + FURTHEST:
        raise RefusedError("cast.bad_time")
    people = sum((await head_count(session, desk, broadcast)).values())
    if not people:
        raise RefusedError("cast.nobody")
    broadcast.start_at_utc, broadcast.approved_by = at, None
    broadcast.author_id = desk.actor_id
    if people > desk.approve_above:
        if not desk.others:
            raise RefusedError("cast.no_second")
        _move(broadcast, "asked")
        await note(session, desk.actor_id, "asked to send", named(broadcast), desk.now)
    else:
        await _set_off(session, broadcast, desk)
    return broadcast


async def approve(session: AsyncSession, desk: Desk, broadcast_id: int, version: int) -> Broadcast:
    """Let somebody else's announcement go out, exactly in the version that was shown."""
    broadcast = await find(session, desk, broadcast_id)
    if broadcast.state != "asked" or broadcast.version != version:
        raise RefusedError("cast.changed")
    if broadcast.author_id == desk.actor_id:
        raise RefusedError("cast.own")
    broadcast.approved_by = desk.actor_id
    await note(session, desk.actor_id, "approved", named(broadcast), desk.now)
    await _set_off(session, broadcast, desk)
    return broadcast


async def send_back(session: AsyncSession, desk: Desk, broadcast_id: int) -> Broadcast:
    """Give an announcement that waits for approval back to its author."""
    broadcast = await find(session, desk, broadcast_id)
    if broadcast.state != "asked":
        raise RefusedError("cast.changed")
    _move(broadcast, "draft")
    await note(session, desk.actor_id, "sent back", named(broadcast), desk.now)
    return broadcast


async def start_planned(
    session: AsyncSession,
    broadcast: Broadcast,
    coordinators: tuple[int, ...],
    now: datetime,
    approve_above: int,
) -> bool:
    """Start what was planned for now; return True when it must be agreed to first.

    So it is when more people fit than its author may send to alone, and nobody has agreed.
    """
    if broadcast.state != "scheduled":
        return False
    people = await audience.count(session, broadcast.audience, broadcast.kind, coordinators)
    if broadcast.approved_by is None and sum(people.values()) > approve_above:
        _move(broadcast, "asked")
        broadcast.start_at_utc = None
        return True
    _start(broadcast, now)
    return False


async def pause(session: AsyncSession, desk: Desk, broadcast_id: int) -> Broadcast:
    """Stage nothing more until it is resumed; what is on its way arrives."""
    return await decide(session, desk, broadcast_id, "paused", "paused")


async def resume(session: AsyncSession, desk: Desk, broadcast_id: int) -> Broadcast:
    """Go on after a pause. Only a pause: what was never approved cannot begin this way."""
    if (await find(session, desk, broadcast_id)).state != "paused":
        raise RefusedError("cast.changed")
    broadcast = await decide(session, desk, broadcast_id, "sending", "resumed")
    broadcast.measured_from_utc = None
    return broadcast


async def cancel(session: AsyncSession, desk: Desk, broadcast_id: int) -> Broadcast:
    """Send to nobody more; what is on its way arrives."""
    broadcast = await decide(session, desk, broadcast_id, "cancelled", "cancelled")
    broadcast.proposal = None
    return broadcast


async def decide(
    session: AsyncSession, desk: Desk, broadcast_id: int, state: str, action: str
) -> Broadcast:
    """Move an announcement to another state, if it may, and give the chore something to do."""
    broadcast = await find(session, desk, broadcast_id)
    _move(broadcast, state)
    broadcast.busy = True
    await note(session, desk.actor_id, action, named(broadcast), desk.now)
    return broadcast


async def _set_off(session: AsyncSession, broadcast: Broadcast, desk: Desk) -> None:
    if broadcast.start_at_utc is not None and broadcast.start_at_utc > desk.now:
        _move(broadcast, "scheduled")
        await note(session, desk.actor_id, "planned", named(broadcast), desk.now)
        return
    _start(broadcast, desk.now)
    await note(session, desk.actor_id, "started", named(broadcast), desk.now)


def _start(broadcast: Broadcast, now: datetime) -> None:
    _move(broadcast, "sending")
    broadcast.started_at_utc, broadcast.busy, broadcast.cursor = now, True, 0


def _move(broadcast: Broadcast, state: str) -> None:
    if state not in MOVES[broadcast.state]:
        raise RefusedError("cast.changed")
    broadcast.state = state


def changed(broadcast: Broadcast) -> Broadcast:
    """Raise the version: what was seen before is no longer what will be read."""
    broadcast.version += 1
    return broadcast


def fitting(text: str | None) -> str | None:
    """Return words without blanks around, None for none; raises RefusedError when too long."""
    words = (text or "").strip()
    if utf16_length(words) > LONGEST_TEXT:
        raise RefusedError("cast.too_long")
    return words or None


def named(broadcast: Broadcast) -> str:
    """Return the name of an announcement in the audit log."""
    return f"announcement {broadcast.id}"


def words_of(broadcast: Broadcast, tongue: str) -> str:
    """Return the words in a language, or in the other where there are none."""
    km, en = broadcast.text_km or "", broadcast.text_en or ""
    return (en or km) if tongue == "en" else (km or en)


async def opened_by(session: AsyncSession, broadcast_id: int) -> str | None:
    """Return what the button of an announcement opens; for anybody who has it."""
    return await session.scalar(select(Broadcast.opens).where(Broadcast.id == broadcast_id))
