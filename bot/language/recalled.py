"""What was found in a text, kept for when it is said again; its words are not kept.

Most of what is looked at was looked at a moment before: her last messages are read together with
each new one, and many ask the same. A text is known by a hash with a key that ends with the
process, so that nothing anybody wrote can be read from what is kept.
"""

import hashlib
import os
import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Recalled(Generic[T]):
    """What was found in the texts that were looked at last."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._secret = os.urandom(32)
        self._lock = threading.Lock()
        self._found: dict[bytes, T] = {}

    def __contains__(self, text: str) -> bool:
        return self._hash(text) in self._found

    def of(self, text: str, find: Callable[[str], T]) -> T:
        """Return what `find` finds in a text, or found."""
        place = self._hash(text)
        with self._lock:
            if place in self._found:
                # Last again, for the first is the first to go.
                known = self._found[place] = self._found.pop(place)
                return known
        found = find(text)
        self.keep(text, found)
        return found

    def keep(self, text: str, found: T) -> None:
        """Keep what was found in a text."""
        with self._lock:
            self._found[self._hash(text)] = found
            while len(self._found) > self._most:
                del self._found[next(iter(self._found))]

    def _hash(self, text: str) -> bytes:
        words = text.encode("utf-8", "surrogatepass")
        return hashlib.blake2b(words, digest_size=16, key=self._secret).digest()
