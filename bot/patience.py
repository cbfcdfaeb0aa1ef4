"""What cannot be done now is waited for: longer and longer, and said once, not at every try."""

import logging

# The longest wait for a database that cannot be read or written, for to try costs little, and for
# what is asked over a network.
DATABASE_SECONDS, NETWORK_SECONDS = 5.0, 60.0


class Patience:
    """How long to wait between tries of one thing, and a line in the log when it begins and ends.

    `trouble` is what the log says of it, such as “no updates come”.
    """

    def __init__(self, log: logging.Logger, trouble: str, longest_seconds: float) -> None:
        self._log = log
        self._trouble = trouble
        self._longest_seconds = longest_seconds
        self._seconds = 0.0

    @property
    def troubles(self) -> tuple[str, ...]:
        """What cannot be done now, in words; nothing where all is well."""
        return (self._trouble,) if self._seconds else ()

    def failed(self, why: str) -> float:
        """Return the seconds until the next try; say why when it is the first that failed."""
        if not self._seconds:
            self._log.error("%s (%s); trying until it works", self._trouble, why)
        self._seconds = min(self._seconds * 2 or 1.0, self._longest_seconds)
        return self._seconds

    def worked(self) -> None:
        """Say that it is over, if there was anything."""
        if self._seconds:
            self._log.warning("%s: that is over", self._trouble)
        self._seconds = 0.0
