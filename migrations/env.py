"""Alembic's entry: one SQLite file, a synchronous engine, batch mode for ALTER TABLE.

All that is lacking is done in one transaction: what is cut short changes nothing, so the next
start begins where this one did.
"""

from typing import Any

from alembic import context
from sqlalchemy import create_engine, event
from sqlalchemy.pool import NullPool

from bot.database.base import UtcDateTime
from bot.tables import metadata


def render_item(kind: str, item: object, _context: object) -> str | bool:
    """Write a time as what the database knows: a migration must not import what may change."""
    return "sa.DateTime()" if kind == "type" and isinstance(item, UtcDateTime) else False


url = context.config.get_main_option("sqlalchemy.url")
if url is None:
    raise SystemExit("Alembic needs sqlalchemy.url; run migrations through `bongsrey`.")
# What a migration moves may be words of people, which no failure of it may show.
engine = create_engine(url, poolclass=NullPool, hide_parameters=True)


# The driver begins no transaction for what changes a table, so it is told to leave that alone.
@event.listens_for(engine, "connect")
def _set_up(connection: Any, _record: Any) -> None:
    connection.isolation_level = None


@event.listens_for(engine, "begin")
def _begin(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


with engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        compare_type=True,
        transactional_ddl=True,
        render_item=render_item,
    )
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()
