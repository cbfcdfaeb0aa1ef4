"""Put a copy in the place of the database, while no bot runs on it."""

import os
from pathlib import Path

from bot.database.backup import back_up, kept_before
from bot.database.migrate import revision
from bot.database.one_instance import only_instance
from bot.database.trouble import FAILURES, in_words
from bot.settings import SettingsError


def restore(copy: Path, database: Path) -> Path | None:
    """Put `copy` in the place of `database`; return where that is kept from before.

    The log beside the old database would be played into the copy and break it, so it goes aside
    with it. At no moment is there no database: a start would make an empty one. Raises
    SettingsError, and has then changed nothing, AlreadyRunningError.
    """
    if not copy.exists():
        raise SettingsError(f"{copy} does not exist.")
    if not copy.is_file():
        raise SettingsError(f"{copy} is no file. Name the copy itself.")
    database = database.resolve()
    if copy.resolve() == database:
        raise SettingsError(f"{copy} is the database itself. Name the copy.")
    kept = kept_before(database, "restore")
    ready = database.with_name(f"{database.name}.restored")
    with only_instance(database):
        try:
            if revision(copy) is None:
                raise SettingsError(f"{copy} is no database of Bong Srey.")
            back_up(copy, ready)
            had_one = database.exists()
            for old in database.parent.glob(f"{kept.name}*"):
                old.unlink()
            if had_one:
                os.link(database, kept)
                os.utime(kept)
            for beside in database.parent.glob(f"{database.name}-*"):
                os.replace(beside, kept.with_name(kept.name + beside.name[len(database.name) :]))
            os.replace(ready, database)
        except FAILURES as error:
            raise SettingsError(
                f"{copy} cannot be put in the place of {database}: {in_words(error)}."
            ) from None
        finally:
            ready.unlink(missing_ok=True)
    return kept if had_one else None
