"""Copies by a schedule: one every so often, each kept for some days, in a folder of their own.

The folder is the whole memory of it. A copy is named for when it was made, so a restart, a clock
that jumps or a copy that was taken away leads to nothing worse than one copy more.
"""

import logging
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.database.backup import back_up
from bot.database.counted import in_short
from bot.settings import Settings, SettingsError

log = logging.getLogger(__name__)

_NAME, _SEALED = "bongsrey-%Y%m%d-%H%M%S.sqlite", ".age"
# What a clock may be off without a copy seeming to come from the future.
_SLACK = timedelta(minutes=5)
# A copy that fills the disk would silence the bot until it is taken away again.
_ROOM_LEFT = 50 * 1024 * 1024
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


def next_due(folder: Path, every: timedelta, now: datetime) -> datetime:
    """Return when the next copy is due; now where there is none. One from the future is none."""
    newest = next((copy for copy in copies(folder) if copy.at <= now + _SLACK), None)
    return now if newest is None else newest.at + every


def make(database: Path, folder: Path, keys: Sequence[str], now: datetime) -> Copy:
    """Make a copy now (blocking). Raises SettingsError in plain words."""
    name = now.astimezone(UTC).strftime(_NAME)
    copy = Copy(folder / f"{name}{_SEALED if keys else ''}", now)
    _needs_room(database, folder)
    counts = back_up(database, copy.file, keys)
    log.info("the database is copied to %s: %s", copy.file.name, in_short(counts))
    return copy


def _needs_room(database: Path, folder: Path) -> None:
    """Raise SettingsError where a copy, and the one that is sealed from it, would fill a disk."""
    size = 2 * sum(f.stat().st_size for f in database.parent.glob(f"{database.name}*")
                   if f.name in (database.name, f"{database.name}-wal"))  # fmt: skip
    for place in {folder if folder.exists() else folder.parent, database.parent}:
        try:
            free = shutil.disk_usage(place).free
        except OSError as error:
            raise SettingsError(
                f"BACKUP_FOLDER names {folder}, which cannot be used ({error.strerror}). Make the "
                "folder that it lies in, or name another."
            ) from None
        if free < size + _ROOM_LEFT:
            raise SettingsError(
                f"there is no room for a copy on the disk of {place}: {free // 1024**2} MB are "
                "free. Make room, or set BACKUP_FOLDER to a folder on another disk."
            )


def forget_old(folder: Path, days: int, now: datetime) -> None:
    """Delete the copies that were kept long enough, and halves that a killed process left."""
    for copy in copies(folder):
        if now - copy.at > timedelta(days=days):
            copy.file.unlink(missing_ok=True)
            log.info("the copy %s was kept for %d days and is deleted", copy.file.name, days)
    for half in folder.glob("bongsrey-*.part"):
        if now - datetime.fromtimestamp(half.stat().st_mtime, UTC) > _HALF_NO_LONGER:
            half.unlink(missing_ok=True)
