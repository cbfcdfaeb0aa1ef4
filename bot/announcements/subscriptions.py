"""What each person wants to hear: kinds of messages she may switch off, and what interests her.

A safety notice cannot be switched off; everything else can, with one tap, and switched on again
with one tap or with /start. Help and answers are no "kind": they always work.
"""

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.announcements.tables import Interest, Mute
from bot.database import insert_new
from bot.people.staff import Actor
from bot.refusals import StaleError

OPTIONAL = ("announcement", "event", "tip")
SAFETY = "safety"
KINDS = (*OPTIONAL, SAFETY)
TRACKS = ("science", "social")


async def muted(session: AsyncSession, person_id: int) -> frozenset[str]:
    """Return the kinds that a person does not want."""
    return frozenset(await session.scalars(select(Mute.kind).where(Mute.person_id == person_id)))


async def mute(actor: Actor, kind: str) -> None:
    """Switch a kind off; twice is as good as once. Raises StaleError for what always comes."""
    if kind not in OPTIONAL:
        raise StaleError
    row = {"person_id": actor.id, "kind": kind, "since_utc": actor.now}
    await insert_new(actor.session, Mute, row)


async def unmute(session: AsyncSession, person_id: int, kind: str | None = None) -> bool:
    """Switch a kind on again, or all; return whether anything was off."""
    asked = delete(Mute).where(Mute.person_id == person_id).returning(Mute.kind)
    if kind is not None:
        asked = asked.where(Mute.kind == kind)
    return bool((await session.scalars(asked)).all())


async def interests(session: AsyncSession, person_id: int, kind: str) -> frozenset[str]:
    """Return the fields, or the track, that a person told."""
    return frozenset(
        await session.scalars(
            select(Interest.value).where(Interest.person_id == person_id, Interest.kind == kind)
        )
    )


async def toggle_field(session: AsyncSession, person_id: int, field: str) -> None:
    """Add a field of work to her interests, or take it out again."""
    mine = Interest.person_id == person_id, Interest.kind == "field", Interest.value == field
    gone = await session.scalars(delete(Interest).where(*mine).returning(Interest.value))
    if not gone.all():
        session.add(Interest(person_id=person_id, kind="field", value=field))
        await session.flush()


async def choose_track(session: AsyncSession, person_id: int, track: str | None) -> None:
    """Keep the one track she is in; None forgets it."""
    await session.execute(
        delete(Interest).where(Interest.person_id == person_id, Interest.kind == "track")
    )
    if track in TRACKS:
        session.add(Interest(person_id=person_id, kind="track", value=track))
        await session.flush()
