"""The dates of one event of a calendar: by its rule, added, left out, moved or called off."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo

from bot.events.dates import FIRST, HORIZON
from bot.events.ical.entries import DAY, Entry, Slot
from bot.events.ical.lines import Line
from bot.events.ical.problems import Patience
from bot.events.ical.rules import Rule
from bot.events.ical.times import Moment, length, moments_in


@dataclass(frozen=True)
class _Change:
    """An override: of one date, or of that and all later ones."""

    entry: Entry
    of: Moment
    later_too: bool


def slots_of(
    group: Sequence[Entry], now: datetime, patience: Patience
) -> tuple[Entry, list[Slot]]:
    """Return the entry that speaks for an event, and its dates to come, soonest first.

    Raises LeftOutError when they cannot be read.
    """
    masters = [entry for entry in group if "RECURRENCE-ID" not in entry.component.lines]
    # max() returns the first of several: of two that are as new, the one above holds.
    master = max(masters or group, key=lambda entry: entry.sequence)
    if masters and master.cancelled:
        return master, []
    series = _Series(master, now, patience, alone=not masters)
    changes = _changes(group, series)
    slots = {}
    if masters:
        slots = dict(series.slots([change for change in changes if change.later_too]))
    slots = _changed(slots, changes, series, patience)
    ahead = [
        slot
        for slot in slots.values()
        if (slot.ends or slot.starts + DAY) > now and slot.starts < now + HORIZON
    ]
    return master, _named_apart(sorted(ahead, key=lambda slot: slot.starts))


def _changes(group: Sequence[Entry], series: "_Series") -> list[_Change]:
    """Return the newest override of each date, soonest first."""
    newest: dict[datetime, _Change] = {}
    for entry in group:
        line = entry.component.line("RECURRENCE-ID")
        if line is None:
            continue
        of = series.as_its_own(entry.zones.moments(line, series.first.zone)[0])
        later_too = line.parameter("RANGE").upper() == "THISANDFUTURE"
        old = newest.get(of.utc())
        if old is None or entry.sequence > old.entry.sequence:
            newest[of.utc()] = _Change(entry, of, later_too)
    return [newest[at] for at in sorted(newest)]


def _changed(
    slots: dict[datetime, Slot], changes: Sequence[_Change], series: "_Series", patience: Patience
) -> dict[datetime, Slot]:
    """Return the dates by when they were to begin, those with an override as it says."""
    zone = series.first.zone
    kept, found = dict(slots), {}
    exact = {change.of.utc() for change in changes}
    same_day: dict[date, list[datetime]] = {}
    for at in slots:
        if at not in exact:
            same_day.setdefault(at.astimezone(zone).date(), []).append(at)
    strays = Counter(
        change.of.on(zone).date() for change in changes if change.of.utc() not in slots
    )
    for change in changes:
        patience.check()
        at = change.of.utc()
        if at not in slots:
            # Some name the day only, or another hour than the one at which it begins.
            day = change.of.on(zone).date()
            if strays[day] == len(same_day.get(day, ())) == 1:
                (at,) = same_day[day]
            elif series.leaves_out(change.of) or series.ended_before(change):
                continue
        old = kept.pop(at, None)
        if not change.entry.cancelled:
            name = old.name if old else series.name(change.of.on(zone))
            found[at] = _slot(name, change.entry.starts().utc(), change.entry.lasts())
    return kept | found


def _slot(name: str, starts: datetime, lasts: timedelta | None) -> Slot:
    return Slot(name, starts, starts + lasts if lasts and lasts > timedelta() else None)


def _named_apart(slots: Sequence[Slot]) -> list[Slot]:
    """Return the slots, those that would share a name with their hour in it."""
    seen: set[str] = set()
    named = []
    for slot in slots:
        if slot.name in seen:
            slot = replace(slot, name=f"{slot.name}:{slot.starts:%H%M}")
        if slot.name not in seen:
            seen.add(slot.name)
            named.append(slot)
    return named


class _Series:
    """The dates that an event names by itself; `alone` is an override without its event."""

    def __init__(self, master: Entry, now: datetime, patience: Patience, *, alone: bool) -> None:
        self._master, self._now, self._patience, self._alone = master, now, patience, alone
        self.first = master.starts()
        self._lasts = master.lasts()
        self._rules = [Rule(line.value, self.first.zone) for line in self._lines("RRULE")]
        self._not_at: set[datetime] = set()
        self._not_on: set[datetime] = set()
        for line in self._lines("EXDATE"):
            for moment in master.zones.moments(line, self.first.zone):
                moment = self.as_its_own(moment)
                if moment.all_day:
                    self._not_on.add(moment.local)
                else:
                    self._not_at.add(moment.utc())

    def as_its_own(self, moment: Moment) -> Moment:
        """Return a moment that names one of its dates: of a whole day, only the day counts."""
        if not self.first.all_day or moment.all_day:
            return moment
        return Moment(datetime.combine(moment.local, time()), self.first.zone, True)

    def slots(self, changes: Sequence[_Change]) -> Iterator[tuple[datetime, Slot]]:
        """Yield each date by when it was to begin, changed by what holds for all later ones."""
        zone, all_day = self.first.zone, self.first.all_day
        moves = [_move(change, zone) for change in changes]
        far = max((abs(move.by) for move in moves), default=timedelta())
        for local, lasts in self._local(far):
            self._patience.check()
            moment = Moment(local, zone, all_day)
            if self.leaves_out(moment):
                continue
            at = moment.utc()
            move = next((move for move in reversed(moves) if move.since <= at), None)
            if move is not None:
                if move.cancelled:
                    continue
                moment, lasts = Moment(local + move.by, zone, all_day), move.lasts
            is_first = local == self.first.local and not self._rules
            yield at, _slot(FIRST if is_first else self.name(local), moment.utc(), lasts)

    def _local(self, far: timedelta) -> Iterator[tuple[datetime, timedelta | None]]:
        """Yield the times on its own clock, about those to come, and how long each takes."""
        zone, first = self.first.zone, self.first.local
        here = self._now.astimezone(zone).replace(tzinfo=None)
        since = here - far - (self._lasts or DAY) - DAY
        stop = here + HORIZON + far + DAY
        rules = self._rules
        if not rules or any(rule.last is None or rule.last >= first for rule in rules):
            yield first, self._lasts
        for rule in rules:
            for at in rule.between(first, since, stop, self._patience):
                if at >= since:
                    yield at, self._lasts
        for line in self._lines("RDATE"):
            for period in filter(str.strip, line.value.split(",")):
                begins, _, ends = (part.strip() for part in period.partition("/"))
                (moment,) = self._master.zones.moments(Line(line.parameters, begins), zone)
                lasts = _until(ends, moment) if ends else self._lasts
                local = self.as_its_own(moment).on(zone)
                if moment.all_day and not self.first.all_day:
                    local = datetime.combine(local, first.time())
                yield local, lasts

    def _lines(self, name: str) -> list[Line]:
        return [line for line in self._master.component.lines.get(name, ()) if line.value.strip()]

    def leaves_out(self, moment: Moment) -> bool:
        """Return whether the event says that there is no date then."""
        day = datetime.combine(moment.on(self.first.zone), time())
        return day in self._not_on or moment.utc() in self._not_at

    def ended_before(self, change: _Change) -> bool:
        """Return whether a newer version of the event ends before what an older one changed."""
        of = change.of.on(self.first.zone)
        lasts = [rule.last for rule in self._rules]
        newer = change.entry.sequence < self._master.sequence
        return newer and bool(lasts) and all(last is not None and last < of for last in lasts)

    def name(self, local: datetime) -> str:
        """Return the name of a date: its day, and its hour where it is not the usual one."""
        usual = self._alone or self.first.all_day or local.time() == self.first.local.time()
        return f"{local:%Y%m%d}" if usual else f"{local:%Y%m%dT%H%M}"


@dataclass(frozen=True)
class _Move:
    """Since when, how far and to what length all later dates are moved, or called off."""

    since: datetime
    by: timedelta
    lasts: timedelta | None
    cancelled: bool


def _move(change: _Change, zone: tzinfo) -> _Move:
    entry = change.entry
    by = entry.starts().on(zone) - change.of.on(zone)
    return _Move(change.of.utc(), by, entry.lasts(), entry.cancelled)


def _until(text: str, begins: Moment) -> timedelta:
    """Return how long a period is, that is told by its end or by its length."""
    if text.upper().startswith(("P", "+P")):
        return length(text)
    return moments_in(text, begins.zone)[0].utc() - begins.utc()
