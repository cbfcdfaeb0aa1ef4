"""Bring the database file to the newest schema, before anything else opens it."""

import logging
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL

from bot.database.backup import keep_before
from bot.database.trouble import FAILURES, in_words, is_damage
from bot.private_files import private_database
from bot.settings import ROOT, SettingsError

log = logging.getLogger(__name__)

_MIGRATIONS = ROOT / "migrations"
# What every release had, and another program that uses Alembic has not.
OURS = {"alembic_version", "people", "inbox", "outbox"}


class UnfitError(SettingsError):
    """A file is no sound database of this release; `why` is what is wrong with it."""

    def __init__(self, file: Path, why: str, mend: str) -> None:
        super().__init__(f"{file} {why}. {mend}")
        self.why = why


def migrate(file: Path) -> None:
    """Create `file` where it is missing and run every migration it lacks (blocking).

    A copy is kept from before. Raises SettingsError, in plain words, where it cannot be used.
    """
    try:
        if file.exists() and not file.is_file() and not file.is_dir():
            raise SettingsError(f"DATABASE_URL names {file}, which is no file.")
        found = revision(file) if file.is_file() else None
        if not file.exists():
            log.info("%s is not there yet: the bot begins with an empty database", file)
        private_database(file)
        _upgrade(file, found)
    except FAILURES as error:
        raise SettingsError(
            f"DATABASE_URL names {file}, which cannot be used: {in_words(error)}."
        ) from None


def _upgrade(file: Path, found: str | None) -> None:
    if found == known_revisions()[0]:
        # Nothing to do, and what would do it takes half a second to load.
        return
    if found is not None:
        keep_before(file, "migration")
    upgrade(URL.create("sqlite", database=str(file)).render_as_string())


def upgrade(address: str) -> None:
    """Run every migration that a database lacks, in one transaction (blocking)."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.set_main_option("sqlalchemy.url", address.replace("%", "%%"))
    command.upgrade(config, "head")


def known_revisions() -> list[str]:
    """Return what this release can bring a database to, the newest first.

    The name of each migration's file begins with its revision.
    """
    files = sorted((_MIGRATIONS / "versions").glob("[0-9]*_*.py"), reverse=True)
    return [file.name.partition("_")[0] for file in files]


def revision(file: Path) -> str | None:
    """Return how far a database is migrated; None for an empty one.

    Raises UnfitError for a damaged one, one of another program and one of a newer release, with
    the mend for one that a bot is to run on. It is looked at without writing: where a copy was put
    over a database by hand, the log that was left of that would break the copy for good.
    """
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as rows:
        try:
            sound = rows.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
        except sqlite3.DatabaseError as error:
            if not is_damage(error):
                raise
            sound = False
        if not sound:
            mend = (
                f"If a copy was put there by hand, take away {file.name}-wal and {file.name}-shm, "
                "which belong to the one before; else put a copy in its place: "
                "bongsrey restore FILE."
            )
            raise UnfitError(file, "is damaged", mend)
        tables = {name for (name,) in rows.execute("SELECT name FROM sqlite_master")}
        if not tables:
            return None
        if not tables >= OURS:
            why = "is no database of Bong Srey: it holds what another program keeps"
            raise UnfitError(file, why, "Name another file.")
        found = rows.execute("SELECT max(version_num) FROM alembic_version").fetchone()[0]
    if found not in known_revisions():
        why = f"was changed by a newer release of Bong Srey ({found})"
        mend = "Start that release, or put back the copy from before: bongsrey restore FILE."
        raise UnfitError(file, why, mend)
    return str(found)
