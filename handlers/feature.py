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
from types import ModuleType
from typing import Any

from bot.database import Database
from bot.database.again import until_kept
from bot.desk.places import Place
from bot.people.staff import Actor, Role
from bot.refusals import StaleError
from bot.rights import May
from bot.screens.awaited import Awaited, read_awaited
from bot.screens.taps import Data, For, Tap, Who
from bot.timekeeper import Chore, Wake
from bot.turn import Services, ShowsHome, Turn

# (turn, what follows the command)
CommandHandler = Callable[[Turn, str], Awaitable[None]]
# (turn, *what the tap carries)
TapHandler = Callable[..., Awaitable[None]]
# (turn, what was awaited, the text or the id of the picture)
AwaitedHandler = Callable[[Turn, Any, str], Awaitable[None]]


@dataclass(frozen=True)
class Duty:
    """What a feature does every so often: a function of (services, database, wake).

    One that remembers something between two times is a class made of the three, with a `run`.
    Either may return when it is due before its next turn. One of several processes on a database
    does it for all, but for what each does `everywhere` for itself.
    """

    name: str
    every: timedelta
    does: Callable[[Services, Database, Wake], Any]
    everywhere: bool = False

    def chore(self, services: Services, database: Database, wake: Wake) -> Chore:
        """Return the chore for the timekeeper of one running bot."""
        run = partial(self.does, services, database, wake)
        if isinstance(self.does, type):
            run = run().run
        # It reads anew what is due, so it may be done again where it met a turn.
        return Chore(self.name, self.every, partial(until_kept, run), self.everywhere)


@dataclass(frozen=True)
class Feature:
    """The doors of one feature: what people can say to it, tap or be asked for, and its clock."""

    name: str
    commands: Mapping[str, CommandHandler] = field(default_factory=dict)
    # those of the desk, each with the part of the work that it belongs to
    staff_commands: Mapping[str, tuple[May, CommandHandler]] = field(default_factory=dict)
    taps: Mapping[Tap, TapHandler] = field(default_factory=dict)
    awaited: Mapping[type[Awaited], AwaitedHandler] = field(default_factory=dict)
    pictures: Mapping[type[Awaited], AwaitedHandler] = field(default_factory=dict)
    duties: tuple[Duty, ...] = ()
    # its places on the coordinators' desk
    desk: tuple[Place, ...] = ()
    # home for those who are no students, by their role
    homes: Mapping[Role, ShowsHome] = field(default_factory=dict)
    # modules whose taps are this feature's: each must have a door
    makes: tuple[ModuleType, ...] = ()
    # where a refusal leads, when it happens behind one of these doors: a label's key, a button
    back: tuple[str, Data] | None = None


@dataclass(frozen=True)
class Door:
    """A handler, whom it is for, and the feature that it belongs to."""

    feature: Feature
    handler: Callable[..., Awaitable[None]]
    who: For = Who.EVERYBODY


@dataclass(frozen=True)
class Routes:
    """Every door of every feature."""

    features: tuple[Feature, ...]
    commands: Mapping[str, Door]
    taps: Mapping[str, tuple[Tap, Door]]
    awaited: Mapping[type[Awaited], Door]
    pictures: Mapping[type[Awaited], Door]

    @classmethod
    def of(cls, features: Iterable[Feature], *shared: ModuleType) -> "Routes":
        """Gather the doors; `shared` holds the taps that several features show.

        Raises ValueError, which names the feature and the door, when something does not fit.
        """
        features = tuple(features)
        commands: dict[str, Door] = {}
        taps: dict[str, tuple[Tap, Door]] = {}
        awaited: dict[type[Awaited], Door] = {}
        pictures: dict[type[Awaited], Door] = {}
        for feature in features:
            for name, handler in feature.commands.items():
                _add(commands, name, Door(feature, handler))
            for name, (may, handler) in feature.staff_commands.items():
                _add(commands, name, Door(feature, handler, may))
            for tap, handler in feature.taps.items():
                _fits(feature, tap, handler)
                _add(taps, tap.name, (tap, Door(feature, handler, tap.who)))
            for kind, answered in feature.awaited.items():
                _add(awaited, kind, Door(feature, answered, kind.who))
            for kind, pictured in feature.pictures.items():
                _add(pictures, kind, Door(feature, pictured, kind.who))
        for module in (*shared, *(module for feature in features for module in feature.makes)):
            for tap in vars(module).values():
                if isinstance(tap, Tap) and (tap.name not in taps or taps[tap.name][0] != tap):
                    raise ValueError(f"{module.__name__}: the button {tap.name} has no door")
        for tap, _ in taps.values():
            if gone := set(tap.undoes) - taps.keys():
                raise ValueError(f"the button {tap.name} undoes {gone}, which has no door")
        return cls(features, commands, taps, awaited, pictures)

    def tapped(self, data: str) -> tuple[Door, tuple[Any, ...]]:
        """Return the door of a button and what it carries; raises StaleError for no door."""
        found, rest = self._found(data)
        if found is None:
            raise StaleError(data.partition(":")[0])
        tap, door = found
        return door, tap.read(rest)

    def list_of(self, data: str) -> Tap | None:
        """Return the list of which a button shows a page, if it does."""
        found, _ = self._found(data)
        return found[0] if found is not None and found[0].is_list else None

    def opens(self, actor: Actor, data: Data) -> bool:
        """Return whether a button leads anywhere for somebody: what is not hers is not shown."""
        found, _ = self._found(data)
        return found is None or not isinstance(found[1].who, May) or actor.may(found[1].who)

    def answers(self, data: str) -> bool:
        """Return whether a button answers a question of the bot, and does not open one."""
        found, carried = self._found(data)
        return found is not None and found[0].answers and carried != ""

    def undoes(self, data: str, before: str) -> bool:
        """Return whether a button takes back what another did that was tapped before."""
        (later, carried), (earlier, carried_before) = self._found(data), self._found(before)
        if later is None or earlier is None or earlier[0].name not in later[0].undoes:
            return False
        return later[0] is earlier[0] or f"{carried_before}:".startswith(f"{carried}:")

    def _found(self, data: str) -> tuple[tuple[Tap, Door] | None, str]:
        """Return the tap and the door that data names, if any, and what follows its name."""
        parts = data.split(":")
        for size in range(min(3, len(parts)), 0, -1):
            if found := self.taps.get(":".join(parts[:size])):
                return found, ":".join(parts[size:])
        return None, ""

    @property
    def desk_places(self) -> tuple[Place, ...]:
        """The places of every feature on the coordinators' desk."""
        return tuple(place for feature in self.features for place in feature.desk)

    @property
    def homes(self) -> Mapping[Role, ShowsHome]:
        """Home for each role that a feature has one for."""
        return {role: home for feature in self.features for role, home in feature.homes.items()}

    def expected(self, stored: dict[str, Any] | None) -> Awaited | None:
        """Return what a conversation awaits."""
        return read_awaited(stored, self.awaited) or read_awaited(stored, self.pictures)

    def chores(self, services: Services, database: Database, wake: Wake) -> tuple[Chore, ...]:
        """Return every chore of every feature."""
        duties = (duty for feature in self.features for duty in feature.duties)
        return tuple(duty.chore(services, database, wake) for duty in duties)


def _add(doors: dict[Any, Any], name: Any, door: Any) -> None:
    if name in doors:
        raise ValueError(f"{name} has two doors")
    doors[name] = door


def _fits(feature: Feature, tap: Tap, handler: TapHandler) -> None:
    """Raise ValueError unless the handler takes a turn and as many values as the tap carries."""
    try:
        inspect.signature(handler).bind(None, *tap.carries)
    except TypeError:
        raise ValueError(
            f"{feature.name}: the door of {tap.name} must take a turn and what the tap carries, "
            f"{len(tap.carries)} values"
        ) from None
