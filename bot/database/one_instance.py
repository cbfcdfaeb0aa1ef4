"""One instance at a time on one database: two would send everything twice."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from bot.private_files import private_file, private_folder
from bot.settings import SettingsError

# The doctor, who looks whether a bot runs, holds the lock for a moment.
_PATIENCE_SECONDS, _PAUSE_SECONDS = 1.0, 0.02


class AlreadyRunningError(Exception):
    """Another instance holds the database; the message says which file and what to do."""


class UnseenError(Exception):
    """Whether a bot runs cannot be seen; the message says why."""


@contextmanager
def only_instance(database_file: Path) -> Iterator[None]:
    """Hold the lock beside the database; the kernel frees it however the process ends.

    Raises SettingsError where nothing can be written, AlreadyRunningError.
    """
    try:
        path = _lock_of(database_file)
    except (OSError, RuntimeError):
        raise SettingsError(
            f"DATABASE_URL names {database_file}, which leads to no file: its symbolic links go "
            "in a circle, or it cannot be followed. Mend them, or name another."
        ) from None
    try:
        private_folder(path.parent)
        private_file(path)
    except OSError as error:
        if (says := folder_missing(database_file, path.parent.parent)) is not None:
            raise SettingsError(says) from None
        raise SettingsError(
            f"DATABASE_URL is not right: {path.parent} cannot be used ({error.strerror}). "
            "Give it to the user that the bot runs as (chown), or name another."
        ) from None
    with path.open("a+") as lock:
        try:
            _take(lock)
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


def folder_missing(database_file: Path, folder: Path) -> str | None:
    """Return what is said where the folder is missing in which the bot would make its own."""
    if folder.exists():
        return None
    return (
        f"DATABASE_URL names {database_file}, but there is no folder {folder}. Mend the name, or "
        "make the folder."
    )


def _lock_of(database_file: Path) -> Path:
    """Return the lock of a database. Raises OSError, RuntimeError for links without an end."""
    # Whatever name leads to the file, it is the same file.
    return database_file.resolve().with_suffix(".lock")


def _take(lock: IO[str]) -> None:
    """Take the lock, or raise OSError where somebody goes on holding it."""
    end = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > end:
                raise
            time.sleep(_PAUSE_SECONDS)
        else:
            return


def runs_on(database_file: Path) -> str | None:
    """Return the number of the process that runs on a database; None where none does.

    Raises UnseenError.
    """
    try:
        with _lock_of(database_file).open() as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return lock.read().strip() or "unknown"
    except FileNotFoundError:
        # It has never run here.
        return None
    except OSError as error:
        raise UnseenError(
            f"the file beside the database that tells it: {error.strerror}"
        ) from None
    except RuntimeError:
        raise UnseenError("the symbolic links to the database go in a circle") from None
    return None
