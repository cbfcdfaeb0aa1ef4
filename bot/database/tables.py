"""The tables. Times are UTC and say so in their names; ids of people are Telegram's."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, ForeignKey, Index, MetaData, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator


class UtcDateTime(TypeDecorator[datetime]):
    """A time in UTC: SQLite drops the zone, so it is put back on the way out."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse times without a zone, store the rest in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the stored time, aware of being UTC."""
        return None if value is None else value.replace(tzinfo=UTC)


class Table(DeclarativeBase):
    """What all tables share: constraint names that migrations can rely on."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {
        datetime: UtcDateTime,
        dict[str, Any]: JSON(none_as_null=True),
        list[Any]: JSON(none_as_null=True),
    }


class Person(Table):
    """Somebody who wrote to the bot: an id, choices, no name."""

    __tablename__ = "people"
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    language: Mapped[str]
    language_chosen: Mapped[bool] = mapped_column(default=False)
    grade: Mapped[str | None]
    province: Mapped[str | None]
    # reachable, blocked (she stopped the bot) or deactivated (the account is gone)
    reach: Mapped[str] = mapped_column(default="reachable")
    joined_at_utc: Mapped[datetime]


class Conversation(Table):
    """Where a chat stands: what the bot is waiting for and which buttons it last showed."""

    __tablename__ = "conversations"
    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True
    )
    awaiting: Mapped[dict[str, Any] | None]
    buttons: Mapped[list[Any]]
    last_entry: Mapped[str | None]
    last_entry_at_utc: Mapped[datetime | None]
    lost_at_utc: Mapped[datetime | None]
    care_until_utc: Mapped[datetime | None]
    care_kind: Mapped[str | None]
    care_tongue: Mapped[str | None]
    pending_text: Mapped[str | None] = mapped_column(Text)


class InboxUpdate(Table):
    """An update from Telegram; its words are erased when its turn commits."""

    __tablename__ = "inbox"
    update_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    payload: Mapped[dict[str, Any] | None]
    received_at_utc: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    # waiting, done or failed
    state: Mapped[str] = mapped_column(default="waiting")
    __table_args__ = (Index("ix_inbox_waiting", "state", "update_id"),)


class OutboxMessage(Table):
    """A message to be delivered once; its words are erased when it was."""

    __tablename__ = "outbox"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    key: Mapped[str] = mapped_column(unique=True)
    chat_id: Mapped[int] = mapped_column(BigInteger)
    method: Mapped[str]
    payload: Mapped[dict[str, Any] | None]
    lane: Mapped[int]
    due_at_utc: Mapped[datetime]
    # when it is of no more use: the courier drops it as "expired" instead of sending it
    expires_at_utc: Mapped[datetime | None]
    # waiting, sent, dropped (with the reason in `failure`)
    state: Mapped[str] = mapped_column(default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    failure: Mapped[str | None]
    created_at_utc: Mapped[datetime]
    finished_at_utc: Mapped[datetime | None]
    __table_args__ = (Index("ix_outbox_waiting", "state", "lane", "id"),)


class OpenQuestion(Table):
    """A question the bot could not answer, kept with its asker for a coordinator."""

    __tablename__ = "questions"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str]
    asked_at_utc: Mapped[datetime]
    answered_at_utc: Mapped[datetime | None]
    answered_by: Mapped[int | None] = mapped_column(BigInteger)


class Feedback(Table):
    """One person's 👍 or 👎 on one entry; the latest counts."""

    __tablename__ = "feedback"
    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True
    )
    entry_id: Mapped[str] = mapped_column(primary_key=True)
    helpful: Mapped[bool]
    given_at_utc: Mapped[datetime]


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


class AuditLine(Table):
    """Who did which privileged thing to what, and when; never changed."""

    __tablename__ = "audit"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    at_utc: Mapped[datetime]
    actor_id: Mapped[int] = mapped_column(BigInteger)
    action: Mapped[str]
    subject: Mapped[str]
