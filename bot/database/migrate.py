"""Bring the database file to the newest schema, before anything else opens it."""

import sqlite3
from contextlib import closing
from pathlib import Path

from bot.database.backup import keep_before
from bot.database.trouble import FAILURES, in_words
from bot.private_files import private_database
from bot.settings import ROOT, SettingsError

MIGRATIONS = ROOT / "migrations"


def migrate(file: Path) -> None:
    """Create `file` where it is missing and run every migration it lacks (blocking).

    A copy is kept from before. Raises SettingsError, in plain words, where it cannot be used.
    """
    try:
        private_database(file)
        _upgrade(file)
    except FAILURES as error:
        raise SettingsError(
            f"DATABASE_URL names {file}, which cannot be used: {in_words(error)}."
        ) from None


def _upgrade(file: Path) -> None:
    found = revision(file)
    if found == newest():
        # Nothing to do, and what would do it takes half a second to load.
        return
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("sqlalchemy.url", f"sqlite:///{file}".replace("%", "%%"))
    known = [one.revision for one in ScriptDirectory.from_config(config).walk_revisions()]
    if found is not None and found not in known:
        raise SettingsError(
            f"DATABASE_URL names {file}, which a newer release of Bong Srey has changed "
            f"({found}). Start that release, or put back the copy from before."
        )
    if found is not None:
        keep_before(file, "migration")
    command.upgrade(config, "head")


def newest() -> str:
    """Return the newest revision, by the number with which the name of its file begins."""
    last = max(file.name for file in (MIGRATIONS / "versions").glob("[0-9]*_*.py"))
    return last.partition("_")[0]


def revision(file: Path) -> str | None:
    """Return how far a database is migrated; None for an empty one. Raises SettingsError.

    It is looked at without writing: where a copy was put over a database by hand, the log that
    was left of that would break the copy for good.
    """
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as rows:
        try:
            sound = rows.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_CORRUPT:
                raise
            sound = False
        if not sound:
            raise SettingsError(
                f"{file} is damaged. If a copy was put there by hand, take away {file.name}-wal "
                f"and {file.name}-shm, which belong to the one before; else put a copy in its "
                "place: bongsrey restore FILE."
            )
        table = rows.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'")
        if table.fetchone() is None:
            return None
        found = rows.execute("SELECT version_num FROM alembic_version").fetchone()
        return None if found is None else str(found[0])
