"""Bring the database file to the newest schema, before anything else opens it."""

import sqlite3
from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from bot.database.backup import keep_before
from bot.private_files import private_database
from bot.settings import ROOT, SettingsError


def migrate(file: Path) -> None:
    """Create `file` where it is missing and run every migration it lacks (blocking).

    A copy is kept from before. Raises SettingsError for a database of a newer release, OSError
    where it cannot be written.
    """
    private_database(file)
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.set_main_option("sqlalchemy.url", f"sqlite:///{file}".replace("%", "%%"))
    known = [one.revision for one in ScriptDirectory.from_config(config).walk_revisions()]
    found = _revision(file)
    if found is not None and found not in known:
        raise SettingsError(
            f"DATABASE_URL names {file}, which a newer release of Bong Srey has changed "
            f"({found}). Start that release, or put back the copy from before."
        )
    # The newest comes first.
    if found not in (None, known[0]):
        keep_before(file, "migration")
    command.upgrade(config, "head")


def _revision(file: Path) -> str | None:
    """Return how far a database is migrated; None for an empty one."""
    with closing(sqlite3.connect(file)) as rows:
        table = rows.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'")
        if table.fetchone() is None:
            return None
        found = rows.execute("SELECT version_num FROM alembic_version").fetchone()
        return None if found is None else str(found[0])
