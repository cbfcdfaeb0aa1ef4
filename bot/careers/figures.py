"""What is counted of the path: walks, and careers that people keep. No names."""

from collections import Counter
from collections.abc import Mapping

from sqlalchemy import func, select

from bot.careers.tables import SavedCareer, Walk
from bot.database import Session


async def walks(session: Session) -> list[tuple[str, int]]:
    """Return how many walks through the pathways were begun, taken up again and finished."""
    query = select(
        func.count(), func.count().filter(Walk.resumed > 0), func.count(Walk.finished_at_utc)
    ).select_from(Walk)
    begun, resumed, finished = (await session.execute(query)).one()
    return [("begun", int(begun)), ("resumed", int(resumed)), ("finished", int(finished))]


async def saved_by_field(session: Session, field_of: Mapping[str, str]) -> list[tuple[str, int]]:
    """Return how many people keep a career of each field, most first."""
    rows = await session.execute(select(SavedCareer.person_id, SavedCareer.career_id))
    pairs = {(person, field_of[career]) for person, career in rows if career in field_of}
    return Counter(field for _, field in pairs).most_common()
