"""Copies by a schedule: one every so often, each kept for some days, in a folder of their own.

The folder is the whole memory of it. A copy is named for when it was made, so a restart, a clock
that jumps or a copy that was taken away leads to nothing worse than one copy more.
"""

import logging
import os
import shutil
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.database.backup import back_up
from bot.database.counted import in_short
from bot.database.migrate import UnfitError, revision
from bot.database.sealed import sealed_size
from bot.database.trouble import FAILURES, in_words
from bot.settings import Settings, SettingsError

log = logging.getLogger(__name__)

_NAME, _SEALED = "bongsrey-%Y%m%d-%H%M%S.sqlite", ".age"
# What a clock may be off without a copy seeming to come from the future.
_SLACK = timedelta(minutes=5)
# A copy that fills the disk would silence the bot until it is taken away again.
_ROOM_LEFT = 50 * 1024 * 1024
# What is less, or no number of pages, is no database of ours: an empty one is twice as large.
_LEAST_BYTES, _PAGE = 256 * 1024, 4096
# After a clock was set back a second may be due while one is still made.
ONE_AT_A_TIME = threading.Lock()
# Half a copy of a process that was killed.
_HALF_NO_LONGER = timedelta(hours=1)


@dataclass(frozen=True)
class Copy:
    """A copy of the schedule, and when it was made."""

    file: Path
    at: datetime

    @property
    def is_sealed(self) -> bool:
        """Whether it is encrypted, by its name."""
        return self.file.name.endswith(_SEALED)


def folder_of(settings: Settings, database: Path) -> Path:
    """Return where the copies of a database lie: where the settings say, or beside it."""
    return settings.backup_folder or database.parent / "backups"


def see_folder(settings: Settings) -> None:
    """Raise SettingsError where copies are to be made and none could be written.

    It is said when the bot starts: whoever reads the log first when she needs a copy has none.
    """
    folder = folder_of(settings, settings.database_file)
    if settings.backup_hours and (why := _unwritable(folder)) is not None:
        named = "names" if settings.backup_folder else "is not set, so that copies go to"
        raise SettingsError(f"BACKUP_FOLDER {named} {folder}, {why}.")


def _unwritable(folder: Path) -> str | None:
    """Return why no file can be written in a folder, with the mend; one that is not there is
    made."""
    try:
        place = folder if folder.exists() else folder.parent
        if not place.exists():
            return f"but there is no folder {place}. Make it, or name another"
        if not place.is_dir():
            return "which is a file. Name a folder" if place == folder else (
                f"but {place} is a file. Name another folder"
            )  # fmt: skip
    except OSError as error:
        return f"which cannot be used ({error.strerror}). Name another"
    if os.access(place, os.W_OK | os.X_OK, effective_ids=True):
        return None
    return (
        f"but {place} cannot be written. Give it to the user that the bot runs as (chown), under "
        "systemd name it in ReadWritePaths= too, or name another"
    )


def copies(folder: Path) -> list[Copy]:
    """Return the copies that lie in a folder, the newest first."""
    found = []
    for file in folder.glob("bongsrey-*"):
        try:
            at = datetime.strptime(f"{file.name.removesuffix(_SEALED)}+0000", f"{_NAME}%z")
        except ValueError:
            # Somebody's own file.
            continue
        found.append(Copy(file, at))
    return sorted(found, key=lambda copy: copy.at, reverse=True)


def newest(folder: Path, now: datetime) -> Copy | None:
    """Return the newest copy. One from the future is none: nobody knows when it was made."""
    return next((copy for copy in copies(folder) if not is_ahead(copy, now)), None)


def is_ahead(copy: Copy, now: datetime) -> bool:
    """Return whether a copy is named for a time that has not come."""
    return copy.at > now + _SLACK


def flaw(copy: Copy) -> str | None:
    """Return why a copy cannot be restored, as far as that is seen without a private key."""
    try:
        if copy.is_sealed:
            size = sealed_size(copy.file)
            whole = size is not None and size >= _LEAST_BYTES and size % _PAGE == 0
            return None if whole else "it is damaged, or not whole"
        return None if revision(copy.file) else "it is empty"
    except UnfitError as error:
        return f"it {error.why}"
    except FAILURES as error:
        return in_words(error)


class StoppedError(Exception):
    """The bot ends, and the copy is left."""


def make_when_due(
    database: Path, settings: Settings, now: datetime, is_stopped: Callable[[], bool]
) -> datetime:
    """Make a copy if it is time (blocking); return when the next is due.

    Raises SettingsError in plain words, StoppedError soon after `is_stopped` says so.
    """
    folder, keys = folder_of(settings, database), settings.backup_keys
    # Where copies go before the next would be due, that one is due when they go.
    every = min(timedelta(hours=settings.backup_hours), timedelta(days=settings.backup_days))

    def between() -> None:
        if is_stopped():
            raise StoppedError

    with ONE_AT_A_TIME:
        made = newest(folder, now)
        if made is None or made.is_sealed != bool(keys) or made.at + every <= now:
            made = make(database, folder, keys, now, between)
    return made.at + every


def make(
    database: Path,
    folder: Path,
    keys: Sequence[str],
    now: datetime,
    between: Callable[[], None] = lambda: None,
) -> Copy:
    """Make a copy now (blocking). Raises SettingsError in plain words, and what `between` does."""
    between()
    name = now.astimezone(UTC).strftime(_NAME)
    copy = Copy(folder / f"{name}{_SEALED if keys else ''}", now)
    _needs_room(database, folder, bool(keys))
    counts = back_up(database, copy.file, keys, between)
    log.info("the database is copied to %s: %s", copy.file.name, in_short(counts))
    return copy


def _needs_room(database: Path, folder: Path, is_sealed: bool) -> None:
    """Raise SettingsError where a copy, and the one that is sealed from it, would fill a disk."""
    size = sum(f.stat().st_size for f in database.parent.glob(f"{database.name}*")
               if f.name in (database.name, f"{database.name}-wal"))  # fmt: skip
    try:
        places = [folder if folder.exists() else folder.parent]
        if is_sealed:
            # What is sealed lies open beside the database for a moment.
            places.append(database.parent)
        disks = [place.stat().st_dev for place in places]
        for place, disk in zip(places, disks, strict=True):
            free = shutil.disk_usage(place).free
            if free < size * disks.count(disk) + _ROOM_LEFT:
                raise SettingsError(
                    f"there is no room for a copy on the disk of {place}: {free // 1024**2} MB "
                    "are free. Make room, or set BACKUP_FOLDER to a folder on another disk."
                )
    except OSError as error:
        raise SettingsError(
            f"BACKUP_FOLDER names {folder}, which cannot be used ({error.strerror}). Make the "
            "folder that it lies in, or name another."
        ) from None


def forget_old(folder: Path, days: int, now: datetime, none_was_made: bool = False) -> None:
    """Delete the copies that were kept long enough, and halves that a killed process left.

    Where a newer one was due and could not be made, the last that can be restored stays.
    """
    last = _last_good(folder, now) if none_was_made else None
    for copy in copies(folder):
        if now - _since(copy, now) <= timedelta(days=days):
            continue
        if copy == last:
            log.warning("the copy %s is kept for more than %d days: none newer could be made, and "
                        "it is the last that can be restored", copy.file.name, days)  # fmt: skip
            continue
        copy.file.unlink(missing_ok=True)
        log.info("the copy %s was kept for %d days and is deleted", copy.file.name, days)
    for half in folder.glob("bongsrey-*.part"):
        if now - datetime.fromtimestamp(half.stat().st_mtime, UTC) > _HALF_NO_LONGER:
            half.unlink(missing_ok=True)


def _last_good(folder: Path, now: datetime) -> Copy | None:
    good = (c for c in copies(folder) if not is_ahead(c, now) and flaw(c) is None)
    return next(good, None)


def _since(copy: Copy, now: datetime) -> datetime:
    """Return since when a copy is kept: one that a wrong clock named, since that was seen."""
    if not is_ahead(copy, now):
        return copy.at
    seen = datetime.fromtimestamp(copy.file.stat().st_mtime, UTC)
    if seen > now + _SLACK:
        os.utime(copy.file, (now.timestamp(), now.timestamp()))
        return now
    return seen
