"""The tables. Times are UTC and say so in their names; ids of people are Telegram's,
or reckoned from one (`bot/people/chats.py`)."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, DateTime, Enum, MetaData
from sqlalchemy import Table as Stored
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

# Longer than any state is: a new state must not need a wider column.
_LONGEST_STATE = 32


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


def stored_as(states: type[StrEnum]) -> Enum:
    """Return the type of a column that keeps one of `states` as its word, not as its name."""
    return Enum(
        states,
        native_enum=False,
        create_constraint=False,
        validate_strings=True,
        length=_LONGEST_STATE,
        values_callable=lambda members: [member.value for member in members],
    )


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


def stored(table: type[Table]) -> Stored:
    """Return a table without its class: what is written through it makes no objects."""
    return Table.metadata.tables[table.__tablename__]
