"""One pasted block becomes an event: lines of `name: value`, in Khmer or English.

    kind: workshop
    title: ថ្ងៃសាកសរសេរកូដ
    title: A day of trying code
    when: 5/12/2026 14:00-16:00
    where: Phnom Penh, Factory
    places: 30
    repeat: weekly until 30/1/2027

Which title is Khmer and which English is seen from the letters. A line without a name goes on
with the line before. What is not understood is reported, and the rest is kept.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.content.base import Text, Tongue
from bot.events.details import (
    LONGEST_PLACE,
    LONGEST_TEXT,
    LONGEST_TITLE,
    MOST_PLACES,
    Details,
    reworded,
    said_in,
)
from bot.events.reminder_times import OFFSETS
from bot.language.khmer import fold, khmer_share, repair
from bot.language.typed_times import TimeProblemError, read_last_day, read_span

_LINE = re.compile(r"^\s*([^:៖\n]{1,40}?)\s*[:៖]\s*(.*)$")
_LIMITS = {"title": LONGEST_TITLE, "text": LONGEST_TEXT}
_KHMER: Tongue = "km"
_NUMBER = re.compile(r"\d{1,6}")


@dataclass(frozen=True)
class Words:
    """The words to look for, folded, with what each means; all come from `content/`."""

    tongues: tuple[Tongue, ...]  # in which events are written
    names: Mapping[str, str]  # of lines: kind, title, text, when, where, …
    kinds: Mapping[str, str]
    repeats: Mapping[str, str]
    offsets: Mapping[str, int]
    provinces: Mapping[str, str]
    fields: Mapping[str, str]
    grades: Mapping[str, str]
    online: frozenset[str]
    everywhere: frozenset[str]
    until: tuple[str, ...]


@dataclass(frozen=True)
class Problem:
    """A line that is not understood: the name of words in `content/`, and what was written."""

    name: str
    said: str


@dataclass(frozen=True)
class Read:
    """What a block says, as far as it was understood."""

    details: Details
    problems: tuple[Problem, ...]


def read_block(text: str, words: Words, now: datetime, zone: ZoneInfo) -> Read:
    """Return the event that a block describes, and every line that was not understood."""
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, said in _lines(text, words):
        if name is None:
            problems.append(Problem("line", said))
            continue
        try:
            if name in _LIMITS:
                values[name] = _words_of(name, said, values.get(name), words.tongues)
            else:
                values |= _READERS[name](said, words, now, zone)
        except _UnreadableError as error:
            problems.append(Problem(str(error), said))
    return Read(Details(**values), tuple(problems))


def says_anything(text: str, words: Words) -> bool:
    """Return whether a text has a line that a block may have."""
    return any(name is not None for name, _ in _lines(text, words))


def corrected(before: Details, read: Details) -> dict[str, Any]:
    """Return what to set in an event of which a block says a part anew."""
    values = {name: getattr(read, name) for name in read.model_fields_set}
    for name in _LIMITS.keys() & values.keys():
        for words in filter(None, (getattr(before, name), values[name])):
            values[name] = Text({**(values[name].root if values[name] else {}), **words.root})
    return values


class _UnreadableError(Exception):
    """The message is the name of words in `content/`."""


def _lines(text: str, words: Words) -> list[tuple[str | None, str]]:
    found: list[tuple[str | None, str]] = []
    for line in repair(text).splitlines():
        match = _LINE.match(line)
        name = words.names.get(fold(match[1])) if match else None
        if match and name:
            found.append((name, match[2].strip()))
        elif found and found[-1][0] == "text":
            found[-1] = ("text", f"{found[-1][1]}\n{line.rstrip()}")
        elif line.strip():
            found.append((None, line.strip()))
    return [(name, said.strip()) for name, said in found if said.strip() or name is None]


def _kind(said: str, words: Words, _now: datetime, _zone: ZoneInfo) -> dict[str, Any]:
    return {"kind": _one(said, words.kinds, "kind")}


def _words_of(name: str, said: str, so_far: Text | None, tongues: Sequence[Tongue]) -> Text | None:
    """Put in words: Khmer letters are Khmer, others the first other language without words."""
    if len(said) > _LIMITS[name]:
        raise _UnreadableError(f"{name}_long")
    others = [tongue for tongue in tongues if tongue != _KHMER]
    if khmer_share(said) > 0.3 or not others:
        return reworded(so_far, _KHMER, said)
    free = (tongue for tongue in others if not said_in(so_far, tongue))
    return reworded(so_far, next(free, others[-1]), said)


def _when(said: str, _words: Words, now: datetime, zone: ZoneInfo) -> dict[str, Any]:
    try:
        span = read_span(said, now, zone)
    except TimeProblemError as error:
        raise _UnreadableError(f"time_{error}") from None
    return {"starts": span.starts, "ends": span.ends, "all_day": span.all_day}


def _where(said: str, words: Words, _now: datetime, _zone: ZoneInfo) -> dict[str, Any]:
    """The first part may be "online", a province or the whole country; the rest is the place."""
    head, _, rest = said.partition(",")
    key, place = fold(head), rest.strip()
    values: dict[str, Any] = {"online": False, "province": None, "everywhere": False}
    if key in words.online:
        values["online"] = True
    elif key in words.provinces:
        values["province"] = words.provinces[key]
    elif key in words.everywhere:
        values["everywhere"] = True
    else:
        place = said
    if len(place) > LONGEST_PLACE:
        raise _UnreadableError("place_long")
    return {**values, "place": place}


def _places(said: str, _words: Words, _now: datetime, _zone: ZoneInfo) -> dict[str, Any]:
    try:
        return {"places": read_places(said)}
    except ValueError:
        raise _UnreadableError("places") from None


def read_places(said: str) -> int:
    """Return a number of places, in the digits of either language. Raises ValueError."""
    found = _NUMBER.search(fold(said))
    if found is None or not 1 <= int(found[0]) <= MOST_PLACES:
        raise ValueError(said)
    return int(found[0])


def _repeat(said: str, words: Words, now: datetime, zone: ZoneInfo) -> dict[str, Any]:
    plain = fold(said)
    head, last = plain, None
    for word in words.until:
        at = said.lower().find(word)
        if at >= 0:
            try:
                last = read_last_day(said[at + len(word) :], now, zone)
            except TimeProblemError as error:
                raise _UnreadableError(f"time_{error}") from None
            head = fold(said[:at])
            break
    return {"repeat": _one(head, words.repeats, "repeat"), "repeat_until": last}


def _remind(said: str, words: Words, _now: datetime, _zone: ZoneInfo) -> dict[str, Any]:
    chosen = _several(said, words.offsets, "remind")
    return {"offsets": tuple(m for m in OFFSETS if m in chosen)}


def _fields(said: str, words: Words, _now: datetime, _zone: ZoneInfo) -> dict[str, Any]:
    return {"fields": tuple(_several(said, words.fields, "field"))}


def _grades(said: str, words: Words, _now: datetime, _zone: ZoneInfo) -> dict[str, Any]:
    return {"grades": tuple(_several(said, words.grades, "grade"))}


def _several(said: str, known: Mapping[str, Any], problem: str) -> list[Any]:
    """Return what a list names; "and" joins two of them unless it is in the name of one."""
    found: list[Any] = []
    for part in filter(str.strip, re.split("[,;/、]", said)):
        whole = fold(part) in known
        pieces = [part] if whole else filter(str.strip, re.split(" និង | and ", part))
        found += [_one(piece, known, problem) for piece in pieces]
    return list(dict.fromkeys(found))


def _one(said: str, known: Mapping[str, Any], problem: str) -> Any:
    found = known.get(fold(said))
    if found is None:
        raise _UnreadableError(problem)
    return found


_READERS = {
    "kind": _kind,
    "when": _when,
    "where": _where,
    "fields": _fields,
    "grades": _grades,
    "places": _places,
    "repeat": _repeat,
    "remind": _remind,
}
