"""The lines of a calendar file: what each component says, whatever else in the file is broken.

A library that reads a file as a whole refuses it for one bad line, and keeps the zones of one
file for the next. Here only the lines that matter are looked at; what a line means is read where
it is used, so that what is wrong with it harms one event.
"""

import re
from dataclasses import dataclass, field

from bot.events.ical.problems import CalendarProblemError

_TIMES = re.compile("DTSTART|DTEND|RDATE|EXDATE|RECURRENCE-ID")
_WANTED = re.compile(
    f"{_TIMES.pattern}|UID|SEQUENCE|SUMMARY|DESCRIPTION|LOCATION|STATUS|DURATION|RRULE|TZID"
    "|TZOFFSETFROM|TZOFFSETTO|X-WR-TIMEZONE|METHOD"
)
_LINE = re.compile(r'([A-Za-z0-9-]+)((?:"[^"]*"|[^":])*+):(.*)', re.DOTALL)
_BROKEN_QUOTES = re.compile(r"([A-Za-z0-9-]+)([^:]*):(.*)", re.DOTALL)
_AFTER_A_COLON = re.compile(r":(\d{8}[^:]*)$")
_ESCAPED = re.compile(r"\\([nN,;:\"\\])")
_DEEPEST = 20


@dataclass(frozen=True)
class Line:
    """What a line says: its parameters as they stand there, and its value."""

    parameters: str
    value: str

    def parameter(self, name: str) -> str:
        """Return a parameter without its quotes, or nothing."""
        found = re.search(rf';\s*{name}\s*=\s*(?:"([^"]*)"?|([^;]*))', self.parameters, re.I)
        return ((found[1] or found[2] or "") if found else "").strip()


@dataclass
class Component:
    """A part of a calendar, between its BEGIN and its END."""

    kind: str
    lines: dict[str, list[Line]] = field(default_factory=dict)
    parts: list["Component"] = field(default_factory=list)

    def line(self, name: str) -> Line | None:
        """Return the first line of that name that says something."""
        return next((line for line in self.lines.get(name, ()) if line.value.strip()), None)

    def value(self, name: str) -> str:
        """Return what the first line of that name says, or nothing."""
        line = self.line(name)
        return line.value.strip() if line else ""

    def text(self, name: str) -> str:
        """Return what the first line of that name says, with what was escaped in it."""
        return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], self.value(name))


def calendars(data: bytes) -> list[Component]:
    """Return every calendar of a file, with its events and its zones as parts.

    Raises CalendarProblemError when it is no calendar or ends in the middle of one.
    """
    found: list[Component] = []
    bare = Component("VCALENDAR")
    stack: list[Component] = []
    for text in _unfolded(data):
        name, _, kind = text.partition(":")
        name, kind = name.strip().upper(), kind.strip().upper()
        if name == "BEGIN":
            if len(stack) >= _DEEPEST:
                raise CalendarProblemError("not_a_calendar")
            component = Component(kind)
            (stack[-1].parts if stack else found if kind == "VCALENDAR" else bare.parts).append(
                component
            )
            stack.append(component)
        elif name == "END":
            while stack and kind in [component.kind for component in stack]:
                if stack.pop().kind == kind:
                    break
        elif stack:
            _take(stack[-1], text)
    # A file that was cut off lacks events; they must not look as if they were cancelled.
    if stack:
        raise CalendarProblemError("cut_off")
    if not (found or bare.parts):
        raise CalendarProblemError("not_a_calendar")
    return [*found, bare] if bare.parts else found


def _unfolded(data: bytes) -> list[str]:
    """Return the lines; what was folded is joined before it is decoded, as letters may be cut."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = data.decode("utf-16", "replace").encode()
    data = data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    data = re.sub(rb"\n\n+", b"\n", data).replace(b"\n ", b"").replace(b"\n\t", b"")
    try:
        return data.decode().split("\n")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace").split("\n")


def _take(component: Component, text: str) -> None:
    """Keep a line if it is one of those that matter."""
    found = _LINE.match(text) or _BROKEN_QUOTES.match(text)
    if found is None or not _WANTED.fullmatch(name := found[1].upper()):
        return
    parameters, value = found[2], found[3]
    if _TIMES.fullmatch(name) and (time := _AFTER_A_COLON.search(value)):
        # A zone such as (UTC-05:00) without its quotes: the time comes after the last colon.
        parameters, value = text[len(name) : -len(time[0])], time[1]
    component.lines.setdefault(name, []).append(Line(parameters, value))
