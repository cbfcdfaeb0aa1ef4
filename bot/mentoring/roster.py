"""The roster: who is called first, in whose quiet hours, and who stands in for whom.

It puts those who may be called in an order and takes nobody out of it: first who is on call and
has no quiet hours, then the deputies of those who are not there, then everybody else, whatever
they said. So a girl is never left because of a roster, and whoever nobody else relieves is called
no later than without one.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select, update

from bot.database import Session
from bot.language.khmer import latin_digits
from bot.mentoring.tables import RosterLine
from bot.people import switches
from bot.people.staff import Actor
from bot.people.tables import Coordinator, Switch
from bot.quiet_hours import QuietHours
from bot.refusals import RefusedError, StaleError
from bot.rights import May

_HOURS = range(24)
# Two hours as somebody types them: "21-6", "21:00 to 6:00", in Khmer digits too.
_HOUR = r"(\d{1,2})(?:h|[:.h]00)?"
_FROM_TO = re.compile(rf"\s*{_HOUR}\s*(?:-|–|—|~|to|ដល់)\s*{_HOUR}\s*")


class There(StrEnum):
    """Whether a coordinator is there, as the others see it."""

    ON = "on"
    QUIET = "quiet"
    OFF = "off"
    # the bot cannot write to her
    UNREACHABLE = "unreachable"


@dataclass(frozen=True)
class Line:
    """What is known of a coordinator: whether she is there now, her quiet hours, her deputy."""

    person_id: int
    there: There
    quiet: QuietHours | None
    deputy_id: int | None

    @property
    def on_duty(self) -> bool:
        """Whether she has not gone off call, and can be reached."""
        return self.there in (There.ON, There.QUIET)


@dataclass(frozen=True)
class Roster:
    """The coordinators in the order in which they are called."""

    on_call: tuple[Line, ...]
    deputies: tuple[Line, ...]
    others: tuple[Line, ...]

    @classmethod
    def of(cls, lines: Sequence[Line]) -> "Roster":
        """Return the roster of some coordinators, who are in the order of alerts."""
        on_call = tuple(line for line in lines if line.there is There.ON)
        rest = [line for line in lines if line.there is not There.ON]
        missed = {line.deputy_id for line in rest}
        deputies = [line for line in rest if line.person_id in missed]
        # A deputy who sleeps is called behind one who does not.
        deputies.sort(key=lambda line: line.there is There.QUIET)
        return cls(on_call, tuple(deputies), tuple(one for one in rest if one not in deputies))

    @property
    def lines(self) -> tuple[Line, ...]:
        """Everybody, those first who are called first."""
        return self.on_call + self.deputies + self.others

    @property
    def order(self) -> tuple[int, ...]:
        """The ids of everybody, those first who are called first."""
        return _ids(self.lines)

    @property
    def there(self) -> tuple[int, ...]:
        """Who is on call now, and has no quiet hours."""
        return _ids(self.on_call)

    @property
    def anybody_on_duty(self) -> bool:
        """Whether somebody has not gone off call, be it in her quiet hours."""
        return any(line.on_duty for line in self.lines)

    @property
    def told(self) -> tuple[int, ...]:
        """Whom to tell at once of what calls nobody one after the other.

        Who is on call; if nobody is now the deputies, then those in their quiet hours, then all.
        """
        reached = [line for line in self.deputies if line.there is not There.UNREACHABLE]
        quiet = [line for line in self.others if line.on_duty]
        return self.there or _ids(reached) or _ids(quiet) or self.order

    def line(self, person_id: int) -> Line | None:
        """Return what is known of one."""
        return next((line for line in self.lines if line.person_id == person_id), None)

    @property
    def gaps(self) -> tuple[QuietHours, ...]:
        """The hours of the day in which everybody who is on duty has quiet hours."""
        quiet = [line.quiet for line in self.lines if line.on_duty]
        awake = [any(one is None or not one.covers(time(h)) for one in quiet) for h in _HOURS]
        if not any(awake):
            return ()
        begins = [h for h in _HOURS if not awake[h] and awake[h - 1]]
        return tuple(QuietHours(time(h), time(_next(awake, h))) for h in begins)


def _ids(lines: Sequence[Line]) -> tuple[int, ...]:
    return tuple(line.person_id for line in lines)


def _next(awake: Sequence[bool], hour: int) -> int:
    """Return the first hour from one on in which somebody is there."""
    return next(h % 24 for h in range(hour, hour + 24) if awake[h % 24])


async def read(session: Session, staff: Sequence[int], now: datetime, zone: ZoneInfo) -> Roster:
    """Return the roster of some coordinators, as it is now."""
    return Roster.of(await _lines(session, staff, now, zone))


async def _lines(
    session: Session, staff: Sequence[int], now: datetime, zone: ZoneInfo
) -> list[Line]:
    rows = await session.scalars(select(RosterLine).where(RosterLine.person_id.in_(staff)))
    told = {row.person_id: row for row in rows}
    reachable, lines = await switches.reachable(session, staff), []
    for one in staff:
        row = told.get(one)
        quiet = _quiet(row)
        if one not in reachable:
            there = There.UNREACHABLE
        elif not await switches.is_on(session, switches.duty(one)):
            there = There.OFF
        else:
            asleep = quiet is not None and quiet.holds(now, zone)
            there = There.QUIET if asleep else There.ON
        # Whoever left the desk is nobody's deputy.
        deputy = row.deputy_id if row is not None and row.deputy_id in staff else None
        lines.append(Line(one, there, quiet, deputy))
    return lines


def _quiet(row: RosterLine | None) -> QuietHours | None:
    if row is None or row.quiet_from is None or row.quiet_until is None:
        return None
    return QuietHours(time(row.quiet_from), time(row.quiet_until))


async def in_order(
    session: Session, staff: Sequence[int], now: datetime, zone: ZoneInfo
) -> tuple[int, ...]:
    """Return these coordinators in the order in which they are called now."""
    return (await read(session, staff, now, zone)).order


def read_hours(text: str) -> tuple[int, int]:
    """Return from when to when, as somebody typed it; raises RefusedError for anything else."""
    found = _FROM_TO.fullmatch(latin_digits(text).casefold())
    if found is None:
        raise RefusedError("roster.hours_unclear")
    begins, ends = (0 if int(hour) == len(_HOURS) else int(hour) for hour in found.groups())
    return begins, ends


async def set_quiet(actor: Actor, begins: int, ends: int) -> None:
    """Set the actor's quiet hours. Coordinators only."""
    actor.require(May.CASES)
    if begins not in _HOURS or ends not in _HOURS or begins == ends:
        raise RefusedError("roster.hours_unclear")
    row = await _own(actor)
    row.quiet_from, row.quiet_until = begins, ends
    await actor.note("set", "quiet hours", more=f"{begins}-{ends}")


async def set_no_quiet(actor: Actor) -> None:
    """Let the actor have no quiet hours. Coordinators only."""
    actor.require(May.CASES)
    row = await _own(actor)
    row.quiet_from = row.quiet_until = None
    await actor.note("ended", "quiet hours")


async def set_deputy(actor: Actor, person_id: int | None) -> None:
    """Name another coordinator as the actor's deputy, or nobody. Coordinators only."""
    actor.require(May.CASES)
    if person_id is not None and person_id not in actor.others:
        raise StaleError
    (await _own(actor)).deputy_id = person_id
    named = actor.id if person_id is None else person_id
    number = select(Coordinator.number).where(Coordinator.person_id == named)
    action = "named no deputy" if person_id is None else "named as deputy"
    await actor.note(action, "coordinator", await actor.session.scalar(number))


async def _own(actor: Actor) -> RosterLine:
    row = await actor.session.get(RosterLine, actor.id)
    if row is None:
        row = RosterLine(person_id=actor.id)
        actor.session.add(row)
    return row


async def forget(session: Session, person_id: int) -> None:
    """Forget what somebody said, and that she is anybody's deputy: she leaves the desk."""
    for query in (
        delete(RosterLine).where(RosterLine.person_id == person_id),
        delete(Switch).where(Switch.name == switches.duty(person_id)),
        update(RosterLine).where(RosterLine.deputy_id == person_id).values(deputy_id=None),
    ):
        await session.execute(query)


async def forget_others(session: Session, staff: Sequence[int]) -> None:
    """Forget whoever is no coordinator any more: the settings may have named her."""
    for query in (
        delete(RosterLine).where(RosterLine.person_id.not_in(staff)),
        update(RosterLine).where(RosterLine.deputy_id.not_in(staff)).values(deputy_id=None),
    ):
        await session.execute(query)
