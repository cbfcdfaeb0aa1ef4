"""The tables of what is learned from use: who teaches, ways of asking, what others say of them."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, Index, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from bot.database.base import Table, stored_as


class Origin(StrEnum):
    """How it became known that these words ask for this."""

    # she tapped what she meant
    TAP = "tap"
    # she said that the answer helped
    THUMB = "thumb"
    # coordinators said so of a group of questions
    GROUP = "group"
    # a girl wrote it in order to teach
    TAUGHT = "taught"


class WayState(StrEnum):
    """Where a way of asking stands."""

    WAITING = "waiting"
    # only a coordinator decides: somebody found it not nice, or others agreed on what is doubtful
    HELD = "held"
    ACCEPTED = "accepted"
    DROPPED = "dropped"


# What waits for others, or for a coordinator alone.
UNDECIDED = (WayState.WAITING, WayState.HELD)


class Teacher(Table):
    """A girl who lets the bot learn from her, and what she has agreed to."""

    __tablename__ = "teachers"
    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True
    )
    joined_at_utc: Mapped[datetime]
    # whether what she gives may be published for everybody (CC BY 4.0), without her
    open: Mapped[bool] = mapped_column(default=False, server_default=false())
    # whether the words of her questions may be kept when she taps what she meant
    learns: Mapped[bool] = mapped_column(default=False, server_default=false())


class AskedWay(Table):
    """A way of asking for something: her words, and the key of the target that they ask for."""

    __tablename__ = "asked_ways"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    text: Mapped[str] = mapped_column(Text)
    # the key by which the same words are found again
    folded: Mapped[str] = mapped_column(Text)
    # km, en, rom or mix
    language: Mapped[str]
    target: Mapped[str]
    origin: Mapped[Origin] = mapped_column(stored_as(Origin))
    state: Mapped[WayState] = mapped_column(stored_as(WayState))
    # whose words they are; nobody's once words that were not given to teach are accepted
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), index=True
    )
    at_utc: Mapped[datetime]
    # by a coordinator, or by nobody where others agreed
    decided_by: Mapped[int | None] = mapped_column(BigInteger)
    decided_at_utc: Mapped[datetime | None]
    __table_args__ = (
        UniqueConstraint("target", "folded"),
        Index("ix_asked_ways_state", "state"),
        # The number of one that she took back must never mean another.
        {"sqlite_autoincrement": True},
    )


class WayVote(Table):
    """What a girl said of another's way of asking: that it is one, that it is none, or neither."""

    __tablename__ = "way_votes"
    way_id: Mapped[int] = mapped_column(
        ForeignKey("asked_ways.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True
    )
    agrees: Mapped[bool | None]
    at_utc: Mapped[datetime]
