"""The tables of announcements, and of what each person wants to hear."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from bot.announcements.states import Mend, RecipientState, State
from bot.database import stored_as
from bot.database.base import Table


class Broadcast(Table):
    """One announcement, from draft to report. Its `state` moves as `states.MOVES` says."""

    __tablename__ = "broadcasts"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    kind: Mapped[str]
    author_id: Mapped[int] = mapped_column(BigInteger)
    # by language, those that were written
    words: Mapped[dict[str, Any]]
    # Telegram's file id of a picture that the author sent
    picture: Mapped[str | None]
    # what the button opens, such as "home" or "faq:what-is-ai"
    opens: Mapped[str | None]
    audience: Mapped[dict[str, Any]]
    state: Mapped[State] = mapped_column(stored_as(State), default=State.DRAFT)
    # grows with every change, so that nobody approves what she has not seen
    version: Mapped[int] = mapped_column(default=1)
    # None for as soon as possible
    start_at_utc: Mapped[datetime | None]
    approved_by: Mapped[int | None] = mapped_column(BigInteger)
    # a correction that is being written or waits for approval: `corrections.Proposal`
    proposal: Mapped[dict[str, Any] | None]
    # everybody with an id up to this one has been looked at; None when all have
    cursor: Mapped[int | None] = mapped_column(BigInteger, default=0)
    # whether the chore has anything left to do
    busy: Mapped[bool] = mapped_column(default=False)
    # since when and from how many on the present speed is measured
    measured_from_utc: Mapped[datetime | None]
    measured_from: Mapped[int] = mapped_column(default=0)
    board_edits: Mapped[int] = mapped_column(default=0)
    # results of recipients whose rows are forgotten, by state and reason
    kept: Mapped[dict[str, Any]]
    # how often it comes again, and how many times after this one: `series`
    repeats: Mapped[str | None]
    times_left: Mapped[int | None]
    # when the first of its series was to start, from which the others are reckoned
    repeats_from_utc: Mapped[datetime | None]
    # the first of its series, and the next, which is planned as this one starts
    series_id: Mapped[int | None] = mapped_column(index=True)
    followed_by: Mapped[int | None]
    created_at_utc: Mapped[datetime]
    started_at_utc: Mapped[datetime | None]
    finished_at_utc: Mapped[datetime | None]


class Recipient(Table):
    """One person of one announcement, and what became of it for her."""

    __tablename__ = "recipients"
    broadcast_id: Mapped[int] = mapped_column(
        ForeignKey("broadcasts.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    state: Mapped[RecipientState] = mapped_column(
        stored_as(RecipientState), default=RecipientState.WAITING
    )
    language: Mapped[str | None]
    # the version of the words that was last staged for her
    version: Mapped[int] = mapped_column(default=0)
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    failure: Mapped[str | None]
    at_utc: Mapped[datetime | None]
    # a correction or withdrawal of her message
    mend: Mapped[Mend | None] = mapped_column(stored_as(Mend))
    __table_args__ = (Index("ix_recipients_state", "broadcast_id", "state", "person_id"),)


class Mute(Table):
    """A kind of message that a person does not want."""

    __tablename__ = "mutes"
    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[str] = mapped_column(primary_key=True)
    since_utc: Mapped[datetime]


class Interest(Table):
    """A field of work or a track that a person says interests her."""

    __tablename__ = "interests"
    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True
    )
    # field or track
    kind: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(primary_key=True)
