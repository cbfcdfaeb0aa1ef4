"""What the doctor finds: one plain line each."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.clock import Clock
from bot.database import Database
from bot.settings import Settings


class Verdict(StrEnum):
    """How it stands with one thing."""

    WELL = "ok"
    # worth a look, and no fault
    LOOK = "look"
    BAD = "BAD"
    UNSEEN = "unseen"


@dataclass(frozen=True)
class Finding:
    """What was found about one thing, and what mends it where it is bad."""

    verdict: Verdict
    about: str
    says: str

    def __str__(self) -> str:
        """Return it as it is printed."""
        return f"{self.verdict:<7}{self.about}: {self.says}"


@dataclass(frozen=True)
class Patient:
    """The bot that is looked at. `database` is there where it can be read by this release.

    `process` is the number of the process that runs on it, if one does and it can be seen;
    `unseen` is why it cannot.
    """

    settings: Settings
    clock: Clock
    database: Database | None
    process: str | None
    unseen: str | None = None

    @property
    def now(self) -> datetime:
        """What time it is."""
        return self.clock()


Check = Callable[[Patient], Awaitable[Iterable[Finding]]]


def well(about: str, says: str) -> Finding:
    """Return that all is well."""
    return Finding(Verdict.WELL, about, says)


def look(about: str, says: str) -> Finding:
    """Return what is worth a look."""
    return Finding(Verdict.LOOK, about, says)


def bad(about: str, says: str) -> Finding:
    """Return what must be mended."""
    return Finding(Verdict.BAD, about, says)


def unseen(about: str, why: str) -> Finding:
    """Return what cannot be seen from here, and why."""
    return Finding(Verdict.UNSEEN, about, why)


def long(seconds: float) -> str:
    """Return how long something took, as one says it: “40 s”, “12 min”, “3 h”, “5 days”."""
    for size, unit, most in ((1, "s", 120), (60, "min", 120), (3600, "h", 72)):
        if seconds < most * size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds / 86400:.0f} days"
