"""Files that hold girls' words are the bot's alone, whatever the umask of who started it.

SQLite gives the files beside a database (-wal, -shm, -journal) the mode of the database, so it
is enough that the database is made so. What an older release or a copy left open is mended.
"""

import logging
import os
import stat
from pathlib import Path

from bot.settings import ROOT

log = logging.getLogger(__name__)

_FILE, _FOLDER = 0o600, 0o700


def private_folder(folder: Path) -> None:
    """Make a folder for private files. Raises OSError.

    The folder that it lies in must be there: a slip in a name must not make a tree of folders.
    One that is there is somebody's, who may need it as it is: it is left so, with a line in the
    log. The bot's own is closed.
    """
    folder.mkdir(_FOLDER, exist_ok=True)
    if not _is_wide(folder, _FOLDER):
        return
    if is_own(folder):
        _narrow(folder, _FOLDER)
    else:
        log.warning("others on this machine may look into %s; a folder of its own is better",
                    folder)  # fmt: skip


def private_file(file: Path) -> None:
    """Make an empty private file, or close the one that is there. Raises OSError."""
    os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, _FILE))
    if file.is_file() and _is_wide(file, _FILE):
        _narrow(file, _FILE)


def write_private(file: Path, text: str) -> None:
    """Write a private file. Raises OSError."""
    private_file(file)
    file.write_text(text, encoding="utf-8")


def private_database(database: Path) -> None:
    """Make or close a database file, and what lies beside it of an earlier run; make its folder.

    Raises OSError.
    """
    database = database.resolve()
    private_folder(database.parent)
    private_file(database)
    for beside in database.parent.glob(f"{database.name}-*"):
        private_file(beside)


def is_own(folder: Path) -> bool:
    """Return whether a folder is one that nobody but the bot has made: `data`, or one in it."""
    return folder.resolve().is_relative_to(ROOT / "data")


def is_open_to_others(place: Path) -> bool:
    """Return whether others on this machine may open a file or look into a folder."""
    return _is_wide(place, _FOLDER if place.is_dir() else _FILE)


def close_to_others(place: Path) -> None:
    """Make a file or a folder, with all that is in it, the bot's alone. Raises OSError."""
    for one in (place, *place.rglob("*")):
        one.chmod(_FOLDER if one.is_dir() else _FILE)


def _is_wide(path: Path, mode: int) -> bool:
    return bool(stat.S_IMODE(path.stat().st_mode) & ~mode & 0o077)


def _narrow(path: Path, mode: int) -> None:
    try:
        path.chmod(mode)
    except PermissionError:
        log.warning("%s is open to others on this machine, and belongs to another user", path)
    else:
        log.warning("%s was open to others on this machine; it is closed now", path)
