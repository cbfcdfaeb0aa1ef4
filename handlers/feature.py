"""What a feature opens to the world: its commands, buttons, awaited answers, chores, desk places.

`handlers/__init__.py` lists the features by hand; `Routes.of` refuses to start when two claim
the same door, when a button has no door, or when a door cannot take what its button carries.
`docs/doors.md` is drawn from the same values.
"""

import inspect
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from types import MappingProxyType, ModuleType
from typing import Any

from bot.awaited import Awaited, read_awaited
from bot.database import Database
from bot.refusals import StaleError
from bot.screens.taps import Data, Tap
from bot.timekeeper import Chore
from bot.turn import Services, Turn

# (turn, what follows the command)
CommandHandler = Callable[[Turn, str], Awaitable[None]]
# (turn, *what the tap carries)
TapHandler = Callable[..., Awaitable[None]]
# (turn, what was awaited, the text or the id of the picture)
AwaitedHandler = Callable[[Turn, Any, str], Awaitable[None]]
# Says that something was staged, so that the courier looks.
Wake = Callable[[], None]
NONE: Mapping[Any, Any] = MappingProxyType({})


@dataclass(frozen=True)
class Duty:
    """What a feature does every so often: a function of (services, database, wake).

    One that remembers something between two times is a class made of the three, with a `run`.
    Either may return when it is due before its next turn.
    """

    name: str
    every: timedelta
    does: Callable[[Services, Database, Wake], Any]

    def chore(self, services: Services, database: Database, wake: Wake) -> Chore:
        """Return the chore for the timekeeper of one running bot."""
        if isinstance(self.does, type):
            return Chore(self.name, self.every, self.does(services, database, wake).run)
        return Chore(self.name, self.every, partial(self.does, services, database, wake))


@dataclass(frozen=True)
class Feature:
    """The doors of one feature: what people can say to it, tap or be asked for, and its clock."""

    name: str
    commands: Mapping[str, CommandHandler] = field(default=NONE)
    staff_commands: Mapping[str, CommandHandler] = field(default=NONE)
    taps: Mapping[Tap, TapHandler] = field(default=NONE)
    awaited: Mapping[type[Awaited], AwaitedHandler] = field(default=NONE)
    pictures: Mapping[type[Awaited], AwaitedHandler] = field(default=NONE)
    duties: tuple[Duty, ...] = ()
    # its places on the coordinators' desk: the key of the label, and where it leads
    desk: tuple[tuple[str, Data], ...] = ()
    # modules whose taps are this feature's: each must have a door
    makes: tuple[ModuleType, ...] = ()


@dataclass(frozen=True)
class Routes:
    """Every door of every feature."""

    features: tuple[Feature, ...]
    commands: Mapping[str, CommandHandler]
    staff_commands: Mapping[str, CommandHandler]
    taps: Mapping[str, tuple[Tap, TapHandler]]
    awaited: Mapping[type[Awaited], AwaitedHandler]
    pictures: Mapping[type[Awaited], AwaitedHandler]

    @classmethod
    def of(cls, features: Iterable[Feature], shared: ModuleType) -> "Routes":
        """Gather the doors; `shared` holds the taps that several features show.

        Raises ValueError, which names the feature and the door, when something does not fit.
        """
        features = tuple(features)
        taps: dict[str, tuple[Tap, TapHandler]] = {}
        for feature in features:
            for tap, handler in feature.taps.items():
                if tap.name in taps:
                    raise ValueError(f"{feature.name}: the button {tap.name} has two doors")
                _fits(feature.name, tap, handler)
                taps[tap.name] = tap, handler
        made = (module for feature in features for module in feature.makes)
        for module in (shared, *made):
            for tap in vars(module).values():
                if isinstance(tap, Tap) and taps.get(tap.name, (None,))[0] != tap:
                    raise ValueError(f"{module.__name__}: the button {tap.name} has no door")
        return cls(
            features,
            _together(features, "commands"),
            _together(features, "staff_commands"),
            taps,
            _together(features, "awaited"),
            _together(features, "pictures"),
        )

    def tapped(self, data: str) -> tuple[Tap, TapHandler, tuple[Any, ...]]:
        """Return the door of a button and what it carries; raises StaleError for no door."""
        parts = data.split(":")
        for size in range(min(3, len(parts)), 0, -1):
            if found := self.taps.get(":".join(parts[:size])):
                tap, handler = found
                return tap, handler, tap.read(":".join(parts[size:]))
        raise StaleError(parts[0])

    def expected(self, stored: dict[str, Any] | None) -> Awaited | None:
        """Return what a conversation awaits."""
        return read_awaited(stored, self.awaited) or read_awaited(stored, self.pictures)

    def chores(self, services: Services, database: Database, wake: Wake) -> tuple[Chore, ...]:
        """Return every chore of every feature."""
        duties = (duty for feature in self.features for duty in feature.duties)
        return tuple(duty.chore(services, database, wake) for duty in duties)


def _together(features: tuple[Feature, ...], doors: str) -> dict[Any, Any]:
    found: dict[Any, Any] = {}
    for feature in features:
        for name, handler in getattr(feature, doors).items():
            if name in found:
                raise ValueError(f"{feature.name}: {name} has two doors")
            found[name] = handler
    return found


def _fits(feature: str, tap: Tap, handler: TapHandler) -> None:
    """Raise ValueError unless the handler takes a turn and as many values as the tap carries."""
    try:
        inspect.signature(handler).bind(None, *tap.carries)
    except TypeError:
        raise ValueError(
            f"{feature}: the door of {tap.name} must take a turn and {len(tap.carries)} values"
        ) from None
