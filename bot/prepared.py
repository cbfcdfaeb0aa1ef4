"""What takes long to make and is always the same, kept on disk: made once, then only read.

A file is named for all that went into it, so what is stale is never found. Where nothing can be
written everything is made anew at each start, and the bot is only slower.
"""

import contextlib
import hashlib
import logging
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from bot.private_files import close_to_others, private_folder
from bot.settings import ROOT

log = logging.getLogger(__name__)
T = TypeVar("T")

_FORGOTTEN_SECONDS = 3600
FOLDER = ROOT / "data" / "prepared"


class UnlikeError(Exception):
    """What was made would not be read as it is, so it is not kept."""


@dataclass(frozen=True)
class Shelf(Generic[T]):
    """Things of one kind: how they are read and written, and how many of them are kept.

    Each is a file or a folder. After an error of `damaged` while it is read it is made anew;
    `write` may raise UnlikeError.
    """

    suffix: str
    read: Callable[[Path], T]
    write: Callable[[Path, T], None]
    most: int
    damaged: tuple[type[Exception], ...] = (OSError, ValueError)

    def take(
        self,
        made_of: bytes,
        make: Callable[[], T],
        folder: Path | None = None,
        family: bytes | None = None,
    ) -> T:
        """Return what `make` returns; from disk when it was made before of the same.

        What is of one family may be made from the `latest` of it.
        """
        folder = folder or FOLDER
        place = folder / f"{_named(made_of)}{self._ending(family)}"
        try:
            kept = self.read(place)
            # Of those that are kept, the last to be used.
            os.utime(place)
            return kept
        except self.damaged:
            made = make()
        try:
            self._keep(place, made)
        except (OSError, UnlikeError) as error:
            log.info("not kept in %s (%s)", folder.name, type(error).__name__)
        return made

    def latest(self, family: bytes, folder: Path | None = None) -> T | None:
        """Return the thing of a family that was used last, if one is kept and whole."""
        places = (folder or FOLDER).glob(f"*{self._ending(family)}")
        for place in sorted(places, key=_last_used, reverse=True):
            with contextlib.suppress(*self.damaged):
                return self.read(place)
        return None

    def _ending(self, family: bytes | None) -> str:
        return self.suffix if family is None else f"-{_named(family)}{self.suffix}"

    def _keep(self, place: Path, made: T) -> None:
        """Write it whole or not at all, for several may start at once; let go of what is old."""
        private_folder(place.parent.parent)
        private_folder(place.parent)
        with tempfile.TemporaryDirectory(dir=place.parent, suffix=".part") as part:
            whole = Path(part) / place.name
            self.write(whole, made)
            close_to_others(whole)
            _remove(place)
            whole.replace(place)
        # What a start that was killed has left half written.
        for half in place.parent.glob("*.part"):
            if _last_used(half) < time.time() - _FORGOTTEN_SECONDS:
                _remove(half)
        others = place.parent.glob(f"*{self.suffix}")
        for old in sorted(others, key=_last_used, reverse=True)[self.most :]:
            _remove(old)


def _named(told: bytes) -> str:
    return hashlib.sha256(told).hexdigest()[:32]


def _remove(place: Path) -> None:
    """Let go of a file or a folder; who has it open goes on reading it."""
    if place.is_dir():
        shutil.rmtree(place, ignore_errors=True)
    else:
        with contextlib.suppress(OSError):
            place.unlink()


def _last_used(place: Path) -> float:
    try:
        return place.stat().st_mtime
    except FileNotFoundError:
        # Another one that starts has just let go of it.
        return 0.0
