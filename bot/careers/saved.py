"""The opportunities and places to study that a person keeps; careers she keeps are in `walks`."""

from sqlalchemy import delete, select

from bot.careers.tables import SavedItem
from bot.database import Session, insert_new
from bot.people.staff import Actor


async def keep(actor: Actor, item_id: str) -> None:
    """Keep an opportunity or a place to study; keeping it twice changes nothing."""
    row = {"person_id": actor.id, "item_id": item_id, "saved_at_utc": actor.now}
    await insert_new(actor.session, SavedItem, row)


async def let_go(actor: Actor, item_id: str) -> None:
    """Let go of one that was kept."""
    await actor.session.execute(
        delete(SavedItem).where(SavedItem.person_id == actor.id, SavedItem.item_id == item_id)
    )


async def kept(session: Session, person_id: int) -> tuple[str, ...]:
    """Return the ids of what she kept, the newest first."""
    query = select(SavedItem.item_id).where(SavedItem.person_id == person_id)
    return tuple(await session.scalars(query.order_by(SavedItem.saved_at_utc.desc())))
