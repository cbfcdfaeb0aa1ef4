"""One instance at a time on one database: two would send everything twice."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.private_files import private_file, private_folder
from bot.settings import SettingsError


class AlreadyRunningError(Exception):
    """Another instance holds the database; the message says which file and what to do."""


@contextmanager
def only_instance(database_file: Path) -> Iterator[None]:
    """Hold the lock beside the database; the kernel frees it however the process ends.

    Raises SettingsError where nothing can be written, AlreadyRunningError.
    """
    # Whatever name leads to the file, it is the same file.
    path = database_file.resolve().with_suffix(".lock")
    try:
        private_folder(path.parent)
        private_file(path)
    except OSError as error:
        if not path.parent.parent.exists():
            raise SettingsError(
                f"DATABASE_URL names {database_file}, but there is no folder "
                f"{path.parent.parent}. Mend the name, or make the folder."
            ) from None
        raise SettingsError(
            f"DATABASE_URL is not right: {path.parent} cannot be used ({error.strerror}). "
            "Give it to the user that the bot runs as (chown), or name another."
        ) from None
    with path.open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.seek(0)
            raise AlreadyRunningError(
                f"Bong Srey is already running on {database_file} (process "
                f"{lock.read().strip() or 'unknown'}). Stop that one first, or set DATABASE_URL "
                "to another file."
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def runs_on(database_file: Path) -> str | None:
    """Return the number of the process that runs on a database; None where none does."""
    path = database_file.resolve().with_suffix(".lock")
    try:
        with path.open() as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return lock.read().strip() or "unknown"
    except OSError:
        # It has never run here, or whoever asks may not look.
        return None
    return None
