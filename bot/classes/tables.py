"""The tables of classes: which there are, who joined, who tried codes."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.database.base import Table


class SchoolClass(Table):
    """A class of a school, or a club of it, to which coordinators can write."""

    __tablename__ = "classes"
    # An audience names a class by its number, which must never mean another one later.
    __table_args__ = {"sqlite_autoincrement": True}
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    name: Mapped[str] = mapped_column(Text)
    # the school, and where it is
    school: Mapped[str] = mapped_column(Text)
    code: Mapped[str] = mapped_column(unique=True)
    # its last day
    until: Mapped[date]
    made_at_utc: Mapped[datetime]
    closed_at_utc: Mapped[datetime | None]


class ClassMember(Table):
    """A girl who joined a class."""

    __tablename__ = "class_members"
    class_id: Mapped[int] = mapped_column(
        ForeignKey("classes.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True
    )
    joined_at_utc: Mapped[datetime]


class ClassTry(Table):
    """How many codes that there are none of somebody typed since a moment."""

    __tablename__ = "class_tries"
    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True
    )
    since_utc: Mapped[datetime]
    tries: Mapped[int]
