"""The tables of the pathway: walks through the tree, and what was saved."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from bot.database.base import Table


class Walk(Table):
    """One walk through the tree. A person has one that is not `replaced`; the rest are counted."""

    __tablename__ = "walks"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    # [[node, option], …] in the order of walking
    steps: Mapped[list[Any]]
    # the question she was shown last, or the answer that ended the walk
    at: Mapped[str]
    started_at_utc: Mapped[datetime]
    touched_at_utc: Mapped[datetime]
    finished_at_utc: Mapped[datetime | None]
    resumed: Mapped[int] = mapped_column(default=0)
    # she began another walk afterwards
    replaced: Mapped[bool] = mapped_column(default=False)
    __table_args__ = (Index("ix_walks_person", "person_id", "replaced"),)


class SavedCareer(Table):
    """A career that a person wants to find again."""

    __tablename__ = "saved_careers"
    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True
    )
    career_id: Mapped[str] = mapped_column(primary_key=True)
    saved_at_utc: Mapped[datetime]


class SavedItem(Table):
    """An opportunity or a place to study that a person wants to find again, by its id."""

    __tablename__ = "saved_items"
    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True
    )
    item_id: Mapped[str] = mapped_column(primary_key=True)
    saved_at_utc: Mapped[datetime]
    # by which those who keep a thing are read page by page
    __table_args__ = (Index("ix_saved_items_keepers", "item_id", "person_id"),)


class WeeklyStep(Table):
    """The step of a plan that a person checked off last, and when she is asked of the next."""

    __tablename__ = "weekly_steps"
    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True
    )
    career_id: Mapped[str]
    # None: she took it back
    done_at_utc: Mapped[datetime | None]
    # None: she is not asked
    ask_at_utc: Mapped[datetime | None] = mapped_column(index=True)
    # how many questions in a row she did not answer
    unanswered: Mapped[int] = mapped_column(default=0)
