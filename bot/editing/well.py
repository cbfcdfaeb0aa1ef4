"""What was read and found well: while it, and what reads it, are as they were, it needs no second
reading. Only what takes long to read is kept so.
"""

import hashlib
from collections.abc import Iterable
from functools import cache

from bot.settings import ROOT


class Well:
    """Knows by their digests what was found well before, and what is this time."""

    def __init__(self, before: Iterable[str] = ()) -> None:
        self._before = frozenset(before)
        self.seen: set[str] = set()

    def knows(self, *told: bytes) -> bool:
        """Return whether it was found well before; `told` is all that decides it."""
        if (digest := _digest(told)) not in self._before:
            return False
        self.seen.add(digest)
        return True

    def is_well(self, *told: bytes) -> None:
        """Learn that it was found well."""
        self.seen.add(_digest(told))


@cache
def code_of(*places: str) -> bytes:
    """Return a digest of some modules and rooms of `bot`, with what was fitted for them."""
    told = hashlib.sha256()
    for place in (ROOT / "bot" / name for name in places):
        for file in sorted(place.iterdir()) if place.is_dir() else [place]:
            if file.is_file():
                told.update(file.name.encode() + file.read_bytes())
    return told.digest()


def _digest(told: Iterable[bytes]) -> str:
    parts = (hashlib.blake2b(part, digest_size=16).digest() for part in told)
    return hashlib.blake2b(b"".join(parts), digest_size=16).hexdigest()
