"""The tables of the desk's counts and of its weekly digest."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.database.base import Table


class Tally(Table):
    """How often something happened on a day: no names, no words."""

    __tablename__ = "tallies"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    day: Mapped[date]
    kind: Mapped[str]
    key: Mapped[str]
    n: Mapped[int]
    __table_args__ = (UniqueConstraint("day", "kind", "key"),)


class Digest(Table):
    """A week whose digest was sent, or begun too late to send."""

    __tablename__ = "digests"
    week: Mapped[str] = mapped_column(primary_key=True)
    handled_at_utc: Mapped[datetime]
    sent: Mapped[bool]
