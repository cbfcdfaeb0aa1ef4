"""The table of cases."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.database.base import Table


class Case(Table):
    """Somebody who may be in danger asked for a person: alerted until acknowledged."""

    __tablename__ = "cases"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    kind: Mapped[str]
    words: Mapped[str | None] = mapped_column(Text)
    opened_at_utc: Mapped[datetime]
    alerted: Mapped[list[Any]]
    next_alert_at_utc: Mapped[datetime | None]
    acknowledged_by: Mapped[int | None] = mapped_column(BigInteger)
    acknowledged_at_utc: Mapped[datetime | None]
    closed_at_utc: Mapped[datetime | None]
