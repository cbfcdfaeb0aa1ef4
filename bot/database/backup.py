"""A copy of the database while the bot runs, checked before it replaces an older one."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from bot.private_files import private_file, private_folder
from bot.settings import SettingsError


def back_up(database: Path, copy: Path) -> None:
    """Write a sound copy of `database` to `copy`, replacing it only once it is complete.

    VACUUM INTO stalls writers for milliseconds (STACK.md part D); copying the file would lose
    what still lies in the write-ahead log. Raises SettingsError when there is no database, or
    no place for the copy.
    """
    if not database.exists():
        raise SettingsError(f"DATABASE_URL names {database}, which does not exist yet.")
    part = copy.with_name(copy.name + ".part")
    try:
        if not copy.parent.exists():
            private_folder(copy.parent)
        part.unlink(missing_ok=True)
        # SQLite copies into an empty file as into none, and nobody else may open this one.
        private_file(part)
    except OSError as error:
        raise SettingsError(f"{copy} cannot be written ({error.strerror}).") from None
    try:
        with closing(sqlite3.connect(database)) as source:
            source.execute("VACUUM INTO ?", (str(part),))
        with closing(sqlite3.connect(part)) as check:
            verdict = check.execute("PRAGMA quick_check").fetchone()[0]
        if verdict != "ok":
            raise SettingsError(f"The copy of DATABASE_URL is not sound: {verdict}.")
        os.replace(part, copy)
    except (OSError, sqlite3.Error) as error:
        why = getattr(error, "strerror", None) or type(error).__name__
        raise SettingsError(f"DATABASE_URL cannot be copied to {copy} ({why}).") from None
    finally:
        part.unlink(missing_ok=True)
