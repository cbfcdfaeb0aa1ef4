"""Calendars made to do harm: whatever they say, reading them takes little time and memory."""

import tracemalloc
from time import thread_time

import pytest

from bot.events.fetch import LARGEST_BYTES
from bot.events.ical.problems import MOST_SECONDS, CalendarProblemError
from bot.events.ical.reading import Calendar, read_calendar
from bot.language.words import words
from tests.events.conftest import NOW, ZONE, calendar_of, file_of, one


@pytest.fixture(scope="module", autouse=True)
def _word_model() -> None:
    """Load the word model, as the bot does when it starts: no calendar waits for it."""
    words("សួស្ដី")


def _read(data: bytes) -> Calendar | str:
    """Read a file, and return what it says or what is wrong with it."""
    try:
        return read_calendar(data, NOW, ZONE)
    except CalendarProblemError as error:
        return str(error)


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=MINUTELY;COUNT=1000000000",
        "FREQ=DAILY;COUNT=1000000000",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=99999999999999999999",
        "FREQ=DAILY;BYHOUR=0,1,2,3,4,5;BYMINUTE=0,1,2,3,4,5;BYSECOND=0,1,2,3,4,5",
        "FREQ=WEEKLY;BYDAY=MO;BYSETPOS=9",
        "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO;BYSETPOS=9",
        "FREQ=YEARLY;UNTIL=99991231T235959Z",
        "FREQ=DAILY;BYDAY=99XX",
        "FREQ=DAILY;BYMONTH=13",
        "FREQ=" + "A" * 10_000,
        "FREQ=DAILY;COUNT=" + "9" * 5_000,
        ";" * 10_000,
    ],
)
def test_no_rule_takes_long(rule: str) -> None:
    began = thread_time()
    said = _read(calendar_of(one("good"), one("bad", more=f"\nRRULE:{rule}")))
    assert thread_time() - began < 1
    assert isinstance(said, Calendar)
    assert said.items[0].uid == "good"


@pytest.mark.parametrize("zone", ["America/New_York", "Ours"])
def test_rules_without_an_end_stop_at_the_horizon(zone: str) -> None:
    ours = (
        "BEGIN:VTIMEZONE\nTZID:Ours\nBEGIN:STANDARD\nDTSTART:16010101T030000\n"
        "TZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\n"
        "END:STANDARD\nEND:VTIMEZONE\n"
    )
    events = "".join(
        f"BEGIN:VEVENT\nUID:{n}\nDTSTART;TZID={zone}:20{n:02}1210T090000\nSUMMARY:Day\n"
        "RRULE:FREQ=YEARLY\nEND:VEVENT\n"
        for n in range(25)
    )
    began = thread_time()
    said = read_calendar(file_of(ours + events), NOW, ZONE)
    assert thread_time() - began < 1
    assert {len(item.slots) for item in said.items} == {2}


def test_many_costly_rules_end_the_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.events.ical.problems.MOST_SECONDS", 0.2)
    costly = [one(str(n), more="\nRRULE:FREQ=WEEKLY;BYDAY=MO;BYSETPOS=9") for n in range(400)]
    began = thread_time()
    assert _read(calendar_of(*costly)) == "too_large"
    assert thread_time() - began < 1


@pytest.mark.parametrize(
    "zone_rule", ["FREQ=SECONDLY", "FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO;BYSETPOS=9"]
)
def test_no_rule_of_a_zone_takes_long(zone_rule: str) -> None:
    zone = (
        "BEGIN:VTIMEZONE\nTZID:Ours\nBEGIN:STANDARD\nDTSTART:16010101T030000\n"
        f"TZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nRRULE:{zone_rule}\nEND:STANDARD\nEND:VTIMEZONE\n"
    )
    event = "BEGIN:VEVENT\nUID:a\nSUMMARY:A\nDTSTART;TZID=Ours:20261210T090000\nEND:VEVENT\n"
    began = thread_time()
    assert _read(file_of(zone + event)) == "unreadable"
    assert thread_time() - began < 1


# A tenth of the largest file: what takes more than its length would take, is seen in it too.
_LENGTH = LARGEST_BYTES // 10


def _filled(line: str, around: str = "{}") -> bytes:
    """Return a file with as many times this line as fit into it."""
    return around.format(line * (_LENGTH // len(line))).encode()


def _event_with(start: str, line: str) -> bytes:
    return _filled(
        line, f"BEGIN:VCALENDAR\nBEGIN:VEVENT\n{one()}\n{start}{{}}\nEND:VEVENT\nEND:VCALENDAR"
    )


def _overrides() -> bytes:
    """Return hundreds of overrides, each of which moves all later dates of a daily event."""
    moves = "".join(
        f"BEGIN:VEVENT\nUID:a\nRECURRENCE-ID;RANGE=THISANDFUTURE:202611{day:02}T{hour:02}0000Z\n"
        "DTSTART:20261210T070000Z\nSUMMARY:A\nEND:VEVENT\n"
        for day in range(1, 29)
        for hour in range(24)
    )
    return file_of(f"BEGIN:VEVENT\n{one(more=chr(10) + 'RRULE:FREQ=DAILY')}\nEND:VEVENT\n{moves}")


FILES = {
    "events that never end": _filled("BEGIN:VEVENT\n"),
    "empty events": _filled("BEGIN:VEVENT\nEND:VEVENT\n"),
    "ends of nothing": _filled("BEGIN:A\nEND:B\n"),
    "folds": _filled("\n ", "BEGIN:VCALENDAR{}\nEND:VCALENDAR"),
    "days left out": _event_with("EXDATE:", "20261210T070000Z,"),
    "further dates": _event_with("RDATE:", "20261210T070000Z,"),
    "parameters": _event_with("DTEND", ';A="b'),
    "links": _event_with("DESCRIPTION:", "<a href='x"),
    "styles": _event_with("DESCRIPTION:", "<style>"),
    "remarks": _event_with("DESCRIPTION:", "<!--"),
    "moves": _overrides(),
}


@pytest.mark.parametrize("what", FILES)
def test_no_file_takes_long(what: str) -> None:
    began = thread_time()
    _read(FILES[what])
    assert thread_time() - began < MOST_SECONDS / 5


@pytest.mark.parametrize("what", ["events that never end", "empty events", "parameters"])
def test_no_file_takes_much_memory(what: str) -> None:
    tracemalloc.start()
    try:
        _read(FILES[what])
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 40 * _LENGTH
