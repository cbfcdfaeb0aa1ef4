"""Bring the database that the settings name to the newest schema, before all else."""

import asyncio
import logging
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from sqlalchemy import make_url, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.pool import NullPool

from bot.database.migrate import OURS, known_revisions, migrate, upgrade
from bot.database.on_postgres import called, engine_of
from bot.database.trouble import in_words, is_of_database
from bot.settings import SettingsError

log = logging.getLogger(__name__)

_TABLES = text("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
_REVISION = text("SELECT max(version_num) FROM alembic_version")


@dataclass(frozen=True)
class Found:
    """How far a database on a server is migrated: None where it is empty."""

    revision: str | None

    @property
    def is_of_this_release(self) -> bool:
        """Whether this release can read it as it is."""
        return self.revision == known_revisions()[0]


def prepare(url: str) -> None:
    """Run every migration that a database lacks (blocking); a file is made where it is missing.

    Raises SettingsError, in plain words, where it cannot be used.
    """
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        migrate(Path(unquote(url.partition(":///")[2])))
        return
    found = asyncio.run(look_at(url))
    if found.is_of_this_release:
        return
    if found.revision is None:
        log.info("%s is empty: the tables are made", called(url))
    try:
        upgrade(url)
    except Exception as error:
        raise plainly(url, error) from None


async def look_at(url: str) -> Found:
    """Return how far a database on a server is migrated, changing nothing.

    Raises SettingsError for one that cannot be reached, one of another program and one of a newer
    release.
    """
    engine = engine_of(url, poolclass=NullPool)
    try:
        async with engine.connect() as connection:
            return await _found(connection, url)
    except Exception as error:
        raise plainly(url, error) from None
    finally:
        await engine.dispose()


def plainly(url: str, error: Exception) -> Exception:
    """Return what to raise in place of an error: in plain words, if it is the database's."""
    if isinstance(error, SettingsError) or not is_of_database(error):
        return error
    return SettingsError(f"DATABASE_URL names {called(url)}, which cannot be used: "
                         f"{in_words(error)}.")  # fmt: skip


async def _found(connection: AsyncConnection, url: str) -> Found:
    tables = set(await connection.scalars(_TABLES))
    if not tables:
        return Found(None)
    if not tables >= OURS:
        raise SettingsError(
            f"DATABASE_URL names {called(url)}, which is no database of Bong Srey: it holds what "
            "another program keeps. Name an empty one (createdb)."
        )
    found = await connection.scalar(_REVISION)
    if found not in known_revisions():
        raise SettingsError(
            f"DATABASE_URL names {called(url)}, which was changed by a newer release of Bong Srey "
            f"({found}). Start that release, or put back the copy from before (pg_restore)."
        )
    return Found(str(found))
