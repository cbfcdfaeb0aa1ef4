"""The tables of the two queues: updates on their way in, messages on their way out."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, Index, Integer, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.database.base import Table, stored_as

# SQLite has room for 64 bits in every number.
_LARGE = Integer().with_variant(BigInteger(), "postgresql")


class InboxState(StrEnum):
    """How far an update is."""

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"


class OutboxState(StrEnum):
    """How far a message is; why it was dropped is its `failure`."""

    WAITING = "waiting"
    SENT = "sent"
    DROPPED = "dropped"


class InboxUpdate(Table):
    """An update from Telegram; its words are erased when its turn commits."""

    __tablename__ = "inbox"
    update_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    payload: Mapped[dict[str, Any] | None]
    # tells it from another with its number; none for what an older release has stored
    sign: Mapped[int | None] = mapped_column(_LARGE)
    # whose turn it is, until it is done; and where her message stands in her chat, so that “hide
    # this” can take it away, for two days
    chat_id: Mapped[int | None] = mapped_column(BigInteger)
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    received_at_utc: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    state: Mapped[InboxState] = mapped_column(stored_as(InboxState), default=InboxState.WAITING)
    # which of several workers takes it, and until when nobody else does (`claims.py`)
    claimed_by: Mapped[int | None]
    claimed_until_utc: Mapped[datetime | None]
    __table_args__ = (
        Index("ix_inbox_waiting", "state", "update_id"),
        # Where several workers ask what is first in its chat.
        Index(
            "ix_inbox_chat_waiting", "chat_id", "update_id",
            postgresql_where=text("state = 'waiting'"), info={"engine": "postgresql"},
        ).ddl_if(dialect="postgresql"),
    )  # fmt: skip


class OutboxMessage(Table):
    """A message to be delivered once; its words are erased when it was."""

    __tablename__ = "outbox"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    key: Mapped[str] = mapped_column(unique=True)
    # for whom it is: her id, from which her chat is reckoned (`bot/people/chats.py`)
    chat_id: Mapped[int] = mapped_column(BigInteger)
    method: Mapped[str]
    payload: Mapped[dict[str, Any] | None]
    lane: Mapped[int]
    due_at_utc: Mapped[datetime]
    # when it is of no more use: the courier drops it as "expired" instead of sending it
    expires_at_utc: Mapped[datetime | None]
    state: Mapped[OutboxState] = mapped_column(stored_as(OutboxState), default=OutboxState.WAITING)
    attempts: Mapped[int] = mapped_column(default=0)
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    failure: Mapped[str | None]
    created_at_utc: Mapped[datetime]
    finished_at_utc: Mapped[datetime | None]
    __table_args__ = (Index("ix_outbox_waiting", "state", "lane", "id"),)
