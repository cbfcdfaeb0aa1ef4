"""Alembic's entry, for both engines; batch mode for ALTER TABLE, which SQLite does not have.

All that is lacking is done in one transaction: what is cut short changes nothing, so the next
start begins where this one did.
"""

import asyncio
from typing import Any

from alembic import context
from sqlalchemy import Connection, create_engine, event, make_url
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from bot.database.base import UtcDateTime
from bot.database.on_postgres import ONE_MIGRATES
from bot.tables import metadata


def render_item(kind: str, item: object, _context: object) -> str | bool:
    """Write a time as what the database knows: a migration must not import what may change."""
    return "sa.DateTime()" if kind == "type" and isinstance(item, UtcDateTime) else False


def is_of_the_engine(
    item: Any, _name: str | None, kind: str, _reflected: bool, _compared: object
) -> bool:
    """Leave out what one engine alone has: an index with a condition for workers side by side."""
    return kind != "index" or item.info.get("engine", dialect) == dialect


def migrate(connection: Connection) -> None:
    """Bring a database to where Alembic was told to."""
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        compare_type=True,
        transactional_ddl=True,
        render_item=render_item,
        include_object=is_of_the_engine,
    )
    with context.begin_transaction():
        if dialect == "postgresql":
            # Many workers may start at once: one migrates, the others wait and find it done.
            connection.exec_driver_sql(ONE_MIGRATES)
        context.run_migrations()


def migrate_file(address: str) -> None:
    """Migrate a SQLite file with a synchronous engine."""
    # What a migration moves may be words of people, which no failure of it may show.
    engine = create_engine(address, poolclass=NullPool, hide_parameters=True)

    # The driver begins no transaction for what changes a table, so it is told to leave that alone.
    @event.listens_for(engine, "connect")
    def _set_up(connection: Any, _record: Any) -> None:
        connection.isolation_level = None

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    with engine.connect() as connection:
        migrate(connection)
    engine.dispose()


async def migrate_server(address: str) -> None:
    """Migrate a database on a PostgreSQL server."""
    engine = create_async_engine(address, poolclass=NullPool, hide_parameters=True)
    async with engine.connect() as connection:
        await connection.run_sync(migrate)
    await engine.dispose()


url = context.config.get_main_option("sqlalchemy.url")
if url is None:
    raise SystemExit("Alembic needs sqlalchemy.url; run migrations through `bongsrey`.")
dialect = make_url(url).get_backend_name()
if dialect == "sqlite":
    migrate_file(url)
else:
    asyncio.run(migrate_server(url))
