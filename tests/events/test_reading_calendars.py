"""Calendars of others as they are written out there: read rightly, within limits, or told of."""

import pytest

from bot.events.ical.problems import CalendarProblemError
from bot.events.ical.reading import Item, read_calendar
from tests.events.conftest import NOW, ZONE, calendar_of, file_of, local, one


def items(*events: str) -> tuple[Item, ...]:
    return read_calendar(calendar_of(*events), NOW, ZONE).items


def starts(item: Item) -> list[str]:
    """Return the dates of an event on the clock of Phnom Penh."""
    return [f"{slot.starts.astimezone(ZONE):%d.%m. %H:%M}" for slot in item.slots]


def test_one_event_with_its_end_and_its_place() -> None:
    (item,) = items(one(more="\nDURATION:PT2H\nLOCATION:Kampot\\, hall\nDESCRIPTION:a\\nb"))
    assert (item.title, item.place, item.text) == ("Fair", "Kampot, hall", "a\nb")
    (slot,) = item.slots
    assert (slot.starts, slot.ends) == (local(10, 14), local(10, 16))


def test_times_without_a_zone_are_ours_and_others_keep_their_own() -> None:
    floating, day, paris = items(
        one("f", "20261210T140000"),
        "UID:d\nDTSTART;VALUE=DATE:20261210\nDTEND;VALUE=DATE:20261211\nSUMMARY:Day",
        "UID:p\nDTSTART;TZID=Europe/Paris:20261210T080000\nSUMMARY:Paris",
    )
    assert floating.slots[0].starts == paris.slots[0].starts == local(10, 14)
    assert (day.all_day, day.slots[0].starts, day.slots[0].ends) == (True, local(10, 0), None)


def test_a_rule_with_exceptions_and_a_moved_date() -> None:
    (item,) = items(
        "UID:r\nDTSTART;TZID=Asia/Phnom_Penh:20261103T140000\nDURATION:PT1H\nSUMMARY:Club\n"
        "RRULE:FREQ=WEEKLY;UNTIL=20261222T070000Z\nEXDATE;TZID=Asia/Phnom_Penh:20261208T140000",
        "UID:r\nRECURRENCE-ID;TZID=Asia/Phnom_Penh:20261215T140000\n"
        "DTSTART;TZID=Asia/Phnom_Penh:20261216T090000\nSUMMARY:Club",
    )
    assert [(s.name, s.starts) for s in item.slots] == [
        ("20261124", local(24, 14, month=11)),
        ("20261201", local(1, 14)),
        ("20261215", local(16, 9)),
        ("20261222", local(22, 14)),
    ]


def test_what_cannot_be_read_leaves_out_only_itself_and_is_told() -> None:
    said = read_calendar(
        calendar_of(
            one("good"),
            "UID:bad\nDTSTART:garbage\nSUMMARY:Bad",
            "UID:untitled\nDTSTART:20261210T070000Z",
            one("secondly", more="\nRRULE:FREQ=SECONDLY"),
            one("costly", more="\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"),
            "UID:nowhere\nDTSTART;TZID=Nowhere/Middle:20261210T070000\nSUMMARY:Far",
            "UID:long ago\nDTSTART;TZID=Nowhere/Middle:20201210T070000\nSUMMARY:Far",
            one("old", "20200101T000000Z"),
            one("off", more="\nSTATUS:CANCELLED"),
        ),
        NOW,
        ZONE,
    )
    assert [(i.uid, len(i.slots)) for i in said.items] == [("good", 1), ("old", 0), ("off", 0)]
    assert [(left.uid, left.title, left.why) for left in said.left_out] == [
        ("bad", "Bad", "time"),
        ("untitled", "", "title"),
        ("secondly", "Fair", "rule"),
        ("costly", "Fair", "rule"),
        ("nowhere", "Far", "zone"),
    ]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"<html>hello</html>", "not_a_calendar"),
        (b"", "not_a_calendar"),
        (b"\xff\xfe\x00", "not_a_calendar"),
        (calendar_of(), "empty"),
        (calendar_of(*(one(str(n)) for n in range(501))), "too_large"),
        (calendar_of("UID:x\nDTSTART:garbage\nSUMMARY:x"), "unreadable"),
        (calendar_of(one())[:-20], "cut_off"),
        (calendar_of(one()).rsplit(b"END:VEVENT")[0], "cut_off"),
    ],
)
def test_what_is_no_calendar_is_named(data: bytes, problem: str) -> None:
    with pytest.raises(CalendarProblemError, match=problem):
        read_calendar(data, NOW, ZONE)


CLUB = "UID:c\nDTSTART;TZID=Asia/Phnom_Penh:20261201T140000\nDURATION:PT1H\nSUMMARY:Club"
WEEKLY = f"{CLUB}\nRRULE:FREQ=WEEKLY;COUNT=4"


def test_further_dates_are_read() -> None:
    (item,) = items(
        f"{CLUB}\nRDATE;TZID=Asia/Phnom_Penh:20261203T140000,20261204T090000\nRDATE:20261205T070000Z\n"
        "RDATE;VALUE=PERIOD:20261206T070000Z/PT3H\nRDATE:"
    )
    assert starts(item) == [
        "01.12. 14:00", "03.12. 14:00", "04.12. 09:00", "05.12. 14:00", "06.12. 14:00",
    ]  # fmt: skip
    assert item.slots[-1].ends == local(6, 17)
    assert [slot.name for slot in item.slots[:3]] == ["0", "20261203", "20261204T0900"]


@pytest.mark.parametrize(
    "without",
    [
        "EXDATE;VALUE=DATE:20261208",
        "EXDATE:20261208",
        "EXDATE:20261208T140000",
        "EXDATE:20261208T070000Z",
        "EXDATE:20261208T070000Z/PT2H",
        "EXDATE:20261208T070000Z,",
        "EXDATE;TZID=Europe/Paris:20261208T080000",
        "EXDATE:20250101T070000Z,20261208T070000Z",
    ],
)
def test_a_date_may_be_left_out_in_many_ways(without: str) -> None:
    (item,) = items(f"{WEEKLY}\n{without}")
    assert starts(item) == ["01.12. 14:00", "15.12. 14:00", "22.12. 14:00"]


def test_of_a_whole_day_only_the_day_counts() -> None:
    (item,) = items(
        "UID:d\nDTSTART;VALUE=DATE:20261201\nRRULE:FREQ=DAILY;COUNT=4\nSUMMARY:Days\n"
        "EXDATE;TZID=America/New_York:20261202T000000",
        "UID:d\nRECURRENCE-ID:20261203T000000Z\nDTSTART;VALUE=DATE:20261210\nSUMMARY:Days",
    )
    assert starts(item) == ["01.12. 00:00", "04.12. 00:00", "10.12. 00:00"]


def test_a_moved_or_cancelled_date_is_found_by_its_moment_or_its_day() -> None:
    early = "UID:c\nDTSTART;TZID=Asia/Phnom_Penh:20261201T060000\nSUMMARY:Club\nRRULE:FREQ=DAILY;COUNT=4"
    (item,) = items(
        early,
        "UID:c\nRECURRENCE-ID:20261201T230000Z\nDTSTART:20261202T020000Z\nSUMMARY:Club",
        "UID:c\nRECURRENCE-ID:20261202T230000Z\nDTSTART:20261202T230000Z\nSTATUS:CANCELLED",
        "UID:c\nRECURRENCE-ID;VALUE=DATE:20261204\nDTSTART:20261204T020000Z\nSUMMARY:Club",
    )
    assert starts(item) == ["01.12. 06:00", "02.12. 09:00", "04.12. 09:00"]
    assert [slot.name for slot in item.slots] == ["20261201", "20261202", "20261204"]


def test_overrides_without_their_event_are_dates_of_one_event() -> None:
    (item,) = items(
        "UID:c\nRECURRENCE-ID:20261201T070000Z\nDTSTART:20261201T080000Z\nSUMMARY:Club",
        "UID:c\nRECURRENCE-ID:20261208T070000Z\nDTSTART:20261208T070000Z\nSUMMARY:Club",
    )
    assert starts(item) == ["01.12. 15:00", "08.12. 14:00"]
    assert [slot.name for slot in item.slots] == ["20261201", "20261208"]


def test_the_newest_version_of_an_event_and_of_a_date_holds() -> None:
    (item,) = items(
        f"{WEEKLY}\nSEQUENCE:1",
        f"{WEEKLY.replace('T140000', 'T150000')}\nSEQUENCE:3",
        f"{WEEKLY.replace('T140000', 'T160000')}\nSEQUENCE:2",
        "UID:c\nRECURRENCE-ID:20261208T080000Z\nDTSTART:20261208T030000Z\nSUMMARY:Club\nSEQUENCE:9",
        "UID:c\nRECURRENCE-ID:20261208T080000Z\nDTSTART:20261208T010000Z\nSUMMARY:Club\nSEQUENCE:4",
    )
    assert starts(item) == ["01.12. 15:00", "08.12. 10:00", "15.12. 15:00", "22.12. 15:00"]


def test_changes_of_no_date_of_the_event_are_dates_of_their_own() -> None:
    change = "UID:c\nRECURRENCE-ID:20261208T{0}0000Z\nDTSTART:20261208T{0}0000Z\nSUMMARY:Club"
    (item,) = items(f"{CLUB}\nRRULE:FREQ=WEEKLY;COUNT=2", change.format("01"), change.format("03"))
    assert starts(item) == ["01.12. 14:00", "08.12. 08:00", "08.12. 10:00", "08.12. 14:00"]


def test_what_an_older_version_changed_goes_when_the_newer_one_ends_before() -> None:
    (item,) = items(
        f"{CLUB}\nSEQUENCE:2\nRRULE:FREQ=WEEKLY;UNTIL=20261209",
        "UID:c\nSEQUENCE:1\nRECURRENCE-ID:20261222T070000Z\nDTSTART:20261222T070000Z\nSUMMARY:Club",
    )
    assert starts(item) == ["01.12. 14:00", "08.12. 14:00"]


def test_this_and_all_later_dates_are_moved_or_called_off() -> None:
    later = "UID:c\nRECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Asia/Phnom_Penh:20261208T140000\n"
    moved, off = (
        items(WEEKLY, f"{later}DTSTART:20261209T020000Z\nDURATION:PT2H\nSUMMARY:Club")[0],
        items(WEEKLY, f"{later}DTSTART:20261208T070000Z\nSTATUS:CANCELLED")[0],
    )
    assert starts(moved) == ["01.12. 14:00", "09.12. 09:00", "16.12. 09:00", "23.12. 09:00"]
    assert moved.slots[-1].ends == local(23, 11)
    assert [slot.name for slot in moved.slots] == ["20261201", "20261208", "20261215", "20261222"]
    assert starts(off) == ["01.12. 14:00"]


def test_a_calendar_that_calls_off_has_no_dates() -> None:
    data = file_of(f"METHOD:CANCEL\nBEGIN:VEVENT\n{one()}\nEND:VEVENT\n")
    assert [item.slots for item in read_calendar(data, NOW, ZONE).items] == [()]


@pytest.mark.parametrize(
    ("rule", "read"),
    [
        ("RRULE:", ["01.12. 14:00"]),
        ("RRULE:FREQ=WEEKLY;BYMONTH=12", ["01.12. 14:00", "08.12. 14:00", "15.12. 14:00"]),
        ("RRULE:FREQ=DAILY;BYHOUR=9;COUNT=2", ["01.12. 14:00", "02.12. 09:00", "03.12. 09:00"]),
        ("RRULE:FREQ=WEEKLY;COUNT=1\nRRULE:FREQ=DAILY;COUNT=2", ["01.12. 14:00", "02.12. 14:00"]),
        ("RRULE:FREQ=DAILY;UNTIL=20261203", ["01.12. 14:00", "02.12. 14:00", "03.12. 14:00"]),
        ("RRULE:FREQ=DAILY;UNTIL=20261202T140000", ["01.12. 14:00", "02.12. 14:00"]),
        ("RRULE:FREQ=DAILY;UNTIL=20261202T070000Z", ["01.12. 14:00", "02.12. 14:00"]),
        ("RRULE:FREQ=DAILY;COUNT=2;", ["01.12. 14:00", "02.12. 14:00"]),
        ("RRULE:FREQ=MONTHLY;BYDAY=2MO", ["01.12. 14:00", "14.12. 14:00", "11.01. 14:00"]),
    ],
)
def test_rules_as_calendars_write_them(rule: str, read: list[str]) -> None:
    (item,) = items(f"{CLUB}\n{rule}")
    assert starts(item)[:3] == read


def test_a_rule_keeps_the_hour_of_its_own_zone() -> None:
    (item,) = items(
        "UID:n\nDTSTART;TZID=America/New_York:20261027T200000\nSUMMARY:Talk\n"
        "RRULE:FREQ=WEEKLY;UNTIL=20261201"
    )
    assert starts(item) == ["25.11. 08:00", "02.12. 08:00"]


def _zoned(tzid: str, more: str = "") -> bytes:
    event = f"UID:z\nDTSTART;TZID={tzid}:20261210T090000\nSUMMARY:Talk"
    return file_of(f"{more}BEGIN:VEVENT\n{event}\nEND:VEVENT\n")


@pytest.mark.parametrize(
    ("tzid", "hour"),
    [
        ("SE Asia Standard Time", "10.12. 09:00"),
        ('"(UTC-05:00) Eastern Time (US & Canada)"', "10.12. 21:00"),
        ("(UTC-05:00) Eastern Time (US & Canada)", "10.12. 21:00"),
        ('"(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna"', "10.12. 15:00"),
        ('"(UTC+07:00) Bangkok, Hanoi, Jakarta"', "10.12. 09:00"),
        ("Phnom Penh", "10.12. 09:00"),
        ("/freeassociation.sourceforge.net/Europe/Berlin", "10.12. 15:00"),
        ("europe/lisbon", "10.12. 16:00"),
        ("UTC", "10.12. 16:00"),
        ("GMT+0900", "10.12. 07:00"),
        ("UTC+02", "10.12. 14:00"),
    ],
)
def test_zones_as_the_world_and_outlook_call_them(tzid: str, hour: str) -> None:
    (item,) = read_calendar(_zoned(tzid), NOW, ZONE).items
    assert starts(item) == [hour]


def _custom(away: str) -> str:
    return (
        "BEGIN:VTIMEZONE\nTZID:Customized Time Zone\nBEGIN:STANDARD\nDTSTART:16010101T000000\n"
        f"TZOFFSETFROM:{away}\nTZOFFSETTO:{away}\nEND:STANDARD\nEND:VTIMEZONE\n"
    )


def test_each_file_has_its_own_zones() -> None:
    custom = "Customized Time Zone"
    for away, hour in (("+1000", "10.12. 06:00"), ("+0700", "10.12. 09:00")):
        (item,) = read_calendar(_zoned(custom, _custom(away)), NOW, ZONE).items
        assert starts(item) == [hour]
    with pytest.raises(CalendarProblemError, match="unreadable"):
        read_calendar(_zoned(custom), NOW, ZONE)


def test_a_zone_of_the_file_keeps_its_summer_time() -> None:
    zone = (
        "BEGIN:VTIMEZONE\nTZID:Ours\n"
        "BEGIN:STANDARD\nDTSTART:16010101T030000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\n"
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\nEND:STANDARD\n"
        "BEGIN:DAYLIGHT\nDTSTART:16010101T020000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\n"
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\nEND:DAYLIGHT\nEND:VTIMEZONE\n"
    )
    event = "UID:z\nSUMMARY:Talk\nDTSTART;TZID={}:20270327T020000\nRRULE:FREQ=DAILY;COUNT=3"
    found = [
        read_calendar(
            file_of(f"{zone}BEGIN:VEVENT\n{event.format(name)}\nEND:VEVENT\n"), NOW, ZONE
        ).items[0]
        for name in ("Ours", "Europe/Berlin")
    ]
    assert starts(found[0]) == starts(found[1]) == ["27.03. 08:00", "28.03. 08:00", "29.03. 07:00"]


def test_a_whole_day_and_a_time_in_utc_need_no_zone() -> None:
    data = file_of(
        "X-WR-TIMEZONE:Nowhere/Middle\n"
        "BEGIN:VEVENT\nUID:d\nSUMMARY:D\nDTSTART;TZID=Nowhere/Middle;VALUE=DATE:20261210\nEND:VEVENT\n"
        "BEGIN:VEVENT\nUID:z\nSUMMARY:Z\nDTSTART;TZID=Nowhere/Middle:20261210T020000Z\nEND:VEVENT\n"
        "BEGIN:VEVENT\nUID:f\nSUMMARY:F\nDTSTART:20261210T020000\nEND:VEVENT\n"
    )
    said = read_calendar(data, NOW, ZONE)
    assert [starts(item) for item in said.items] == [["10.12. 00:00"], ["10.12. 09:00"]]
    assert [(left.uid, left.why) for left in said.left_out] == [("f", "zone")]


def test_floating_times_are_on_the_clock_that_the_calendar_names() -> None:
    event = f"BEGIN:VEVENT\n{one(at='20261210T090000')}\nEND:VEVENT\n"
    (item,) = read_calendar(file_of(f"X-WR-TIMEZONE:Asia/Tokyo\n{event}"), NOW, ZONE).items
    assert starts(item) == ["10.12. 07:00"]


def test_a_broken_zone_or_line_harms_only_what_needs_it() -> None:
    broken = _custom("+0700").replace("TZOFFSETTO:+0700", "TZOFFSETTO:soon")
    data = file_of(
        f"A LINE WITHOUT A COLON\n{broken}\n\n"
        f"BEGIN:VEVENT\n{one('a')}\nGEO:nowhere\nnor this\nEND:VEVENT\n"
        "BEGIN:VEVENT\nUID:b\nDTSTART;TZID=Customized Time Zone:20261210T090000\nSUMMARY:B\n"
        f"END:VEVENT\nBEGIN:VEVENT\n{one('c')}\nDTEND:None\nBEGIN:VALARM\nSUMMARY:No\n"
        "END:VALARM\nEND:VEVENT\n"
    )
    said = read_calendar(data, NOW, ZONE)
    assert [(item.uid, item.title, len(item.slots)) for item in said.items] == [
        ("a", "Fair", 1),
        ("c", "Fair", 1),
    ]
    assert [(left.uid, left.why) for left in said.left_out] == [("b", "zone")]


def test_several_calendars_in_one_file_are_read_each_with_its_zones() -> None:
    data = _zoned("Customized Time Zone", _custom("+1000")) + _zoned(
        "Customized Time Zone", _custom("+0700")
    ).replace(b"UID:z", b"UID:y")
    assert [starts(item) for item in read_calendar(data, NOW, ZONE).items] == [
        ["10.12. 06:00"],
        ["10.12. 09:00"],
    ]


def test_an_event_without_a_uid_is_known_again_by_its_title_and_time() -> None:
    nameless = "DTSTART:20261210T070000Z\nSUMMARY:Fair"
    first, second = items(nameless, nameless.replace("Fair", "Talk"))
    again, _ = items(nameless, nameless.replace("Fair", "Talk"))
    assert first.uid == again.uid != second.uid
    assert (first.title, second.title) == ("Fair", "Talk")


@pytest.mark.parametrize("ends", ["\r\n", "\r", "\n\n", "\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_lines_end_and_letters_are_written_in_many_ways(ends: str, encoding: str) -> None:
    text = calendar_of(one(title="សិក្ខា\n សាលា")).decode().replace("\n", ends)
    (item,) = read_calendar(text.encode(encoding), NOW, ZONE).items
    assert item.title == "សិក្ខាសាលា"


def test_a_letter_that_was_folded_in_its_middle_is_whole_again() -> None:
    data = calendar_of(one(title="កម្ពុជា")).replace(
        "ពុ".encode(), "ព".encode()[:1] + b"\n " + "ពុ".encode()[1:]
    )
    assert read_calendar(data, NOW, ZONE).items[0].title == "កម្ពុជា"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("<p>Come &amp; see</p><p>Two</p>", "Come & see\nTwo"),
        ("One<br>Two<br/>Three", "One\nTwo\nThree"),
        ('<a href="https://a.org/x">Register</a> now', "Register (https://a.org/x) now"),
        ('<a href="https://a.org">https://a.org</a>', "https://a.org"),
        ("<ul><li>A</li><li>B</li></ul>", "• A\n• B"),
        ("<style>p {}</style><b>Hi</b><!-- no -->", "Hi"),
        ("R&amp;D &#8211; &nbsp;1 &lt;3", "R&D – 1 <3"),
        ("3 < 5 > 2, AT&T <mailing@list.org>", "3 < 5 > 2, AT&T <mailing@list.org>"),
        ("a\\nb", "a\nb"),
    ],
)
def test_markup_is_shown_as_plain_text(written: str, shown: str) -> None:
    (item,) = items(one(more=f"\nDESCRIPTION:{written.replace(',', chr(92) + ',')}"))
    assert item.text == shown


def test_titles_and_places_are_one_line_without_markup() -> None:
    (item,) = items(one(title="<b>Fair</b>\\n&amp; fun", more="\nLOCATION:Hall<br>Kampot"))
    assert (item.title, item.place) == ("Fair & fun", "Hall Kampot")
