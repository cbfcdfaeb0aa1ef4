"""The opportunities and places to study that a person keeps; careers she keeps are in `walks`."""

from sqlalchemy import delete, select

from bot.careers import directory, walks
from bot.careers.directory import Item
from bot.careers.tables import SavedItem
from bot.content import Content
from bot.content.careers import Career
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


async def everything(session: Session, content: Content, person_id: int) -> list[Item | Career]:
    """Return all that she keeps, the newest of each kind first, careers last.

    What is gone from the library is left out.
    """
    items = [directory.item(content, one) for one in await kept(session, person_id)]
    careers = [content.careers.get(one) for one in await walks.saved(session, person_id)]
    return [one for one in (*items, *careers) if one is not None]
