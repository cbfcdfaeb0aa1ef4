"""Alembic's entry: one SQLite file, a synchronous engine, batch mode for ALTER TABLE."""

import bot.database.events_tables  # noqa: F401 - its tables belong to the metadata
from alembic import context
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from bot.announcements import tables
from bot.careers import tables as careers_tables
from bot.database.base import Table
from bot.mentoring import tables as mentoring_tables
from bot.questions import tables as questions_tables

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
