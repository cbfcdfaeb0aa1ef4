"""The ways of asking that were accepted: what the answerer takes up, and what is written out."""

from collections import defaultdict
from datetime import datetime

from sqlalchemy import func, select

from bot.answering.targets import recalled
from bot.content.aspects import MoreAsks
from bot.content.base import Asks
from bot.database import Session
from bot.people import ages
from bot.people.tables import Person
from bot.teaching.tables import AskedWay, Teacher, WayState
from bot.teaching.targets import KINDS


async def stamp(session: Session) -> tuple[int, datetime | None]:
    """Return what changes whenever the accepted ways do."""
    row = await session.execute(
        select(func.count(), func.max(AskedWay.decided_at_utc)).where(
            AskedWay.state == WayState.ACCEPTED
        )
    )
    total, decided = row.one()
    return int(total), decided


async def accepted(session: Session) -> tuple[MoreAsks, ...]:
    """Return the accepted ways as the library has them, by the kind of what they ask for."""
    rows = await session.scalars(
        select(AskedWay).where(AskedWay.state == WayState.ACCEPTED).order_by(AskedWay.id)
    )
    found: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        kind, name, _ = recalled(row.target)
        if kind in KINDS:
            found[kind, name][row.language].append(row.text)
    files: dict[str, dict[str, Asks]] = defaultdict(dict)
    for (of, name), lines in found.items():
        files[of][name] = Asks(**{way: tuple(texts) for way, texts in lines.items()})
    return tuple(MoreAsks.model_validate({"kind": of, "asks": files[of]}) for of in files)


async def given_openly(session: Session) -> list[AskedWay]:
    """Return the accepted ways that girls gave who agree that they are published.

    None of a girl who has told since that she is too young.
    """
    rows = await session.scalars(
        select(AskedWay)
        .join(Teacher, Teacher.person_id == AskedWay.person_id)
        .join(Person, Person.id == AskedWay.person_id)
        .where(AskedWay.state == WayState.ACCEPTED, Teacher.open, ages.NOT_TOO_YOUNG)
    )
    return list(rows)
