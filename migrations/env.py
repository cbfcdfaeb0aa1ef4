"""Alembic's entry: one SQLite file, a synchronous engine, batch mode for ALTER TABLE."""

from alembic import context
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

import bot.database.events_tables  # noqa: F401 - its tables belong to the metadata
from bot.database import (
    broadcast_tables,  # noqa: F401 - completes the metadata
    desk_tables,  # noqa: F401 - so that the metadata is complete
    mentoring_tables,  # noqa: F401 - so that its tables are known
    pathway_tables,  # noqa: F401 - completes the metadata
)
from bot.database.tables import Table

url = context.config.get_main_option("sqlalchemy.url")
if url is None:
    raise SystemExit("Alembic needs sqlalchemy.url; run migrations through `bongsrey`.")
engine = create_engine(url, poolclass=NullPool)
with engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=Table.metadata,
        render_as_batch=True,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()
