"""How a date of an event is said, to students and to staff: pure functions to screens."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from bot.content import Content
from bot.events.details import WITHOUT_PLACES
from bot.events.happening import Happening
from bot.events.listing import Shown
from bot.events.reminder_times import DAY, OFFSETS, USUAL
from bot.events.states import Answer
from bot.language.words import shorten
from bot.quiet_hours import QuietHours
from bot.screens import deep_links
from bot.screens.deep_links import share
from bot.screens.links import page_rows
from bot.screens.screen import LONGEST_LABEL, Button, Html, Screen, in_rows, paragraphs
from bot.screens.taps import Data, Tap
from bot.screens.voice import Voice
from handlers.doors import CALENDAR, PROFILE, REMINDER_SETTINGS, homewards
from handlers.events.taps import (
    FILE,
    GO,
    OPEN,
    QUIET_FROM,
    QUIET_UNTIL,
    REMIND,
    REMIND_ALL,
    REMINDERS,
    STAY,
    STAY_SURE,
)

_SOON = timedelta(hours=2)
_MARKS = {Answer.GOING: ".hers", Answer.WAITING: ".waits", Answer.NOT_GOING: "", None: ""}


def when_text(
    voice: Voice, starts: datetime, ends: datetime | None, zone: ZoneInfo, *, all_day: bool
) -> Html:
    """Return a time in words, in the zone."""
    first = starts.astimezone(zone)
    last = ends.astimezone(zone) if ends else None
    day = voice.weekday(first.date())
    if all_day:
        final = (last - timedelta(seconds=1)).date() if last else first.date()
        if final <= first.date():
            return voice.say("event.time.all_day", day=day)
        return voice.say("event.time.days", day=day, end_day=voice.weekday(final))
    if last is None:
        return voice.say("event.time", day=day, time=voice.clock(first))
    if last.date() == first.date():
        return voice.say(
            "event.time.until", day=day, time=voice.clock(first), end=voice.clock(last)
        )
    return voice.say(
        "event.time.until_day",
        day=day,
        time=voice.clock(first),
        end=voice.clock(last),
        end_day=voice.weekday(last.date()),
    )


def when_of(voice: Voice, happening: Happening, zone: ZoneInfo) -> Html:
    """Return the time of a date in words."""
    return when_text(voice, happening.starts, happening.ends, zone, all_day=happening.all_day)


def where_text(
    voice: Voice, content: Content, *, online: bool, province: str | None, place: str
) -> Html:
    """Return where something is, on one line."""
    provinces = {p.id: p.label.get(voice.tongue) for p in content.provinces}
    if online:
        head = voice.say("event.where.online")
    elif province in provinces:
        head = voice.say("event.where.place", place=provinces[province])
    elif place:
        return voice.say("event.where.place", place=place)
    else:
        return voice.say("event.where.everywhere")
    return Html(f"{head} · {voice.say('verbatim', text=place)}") if place else head


def where_of(voice: Voice, content: Content, happening: Happening) -> Html:
    """Return where a date is, on one line."""
    return where_text(
        voice,
        content,
        online=happening.online,
        province=happening.province,
        place=happening.place,
    )


def for_whom(
    voice: Voice, content: Content, fields: Sequence[str], grades: Sequence[str]
) -> list[Html]:
    """Return the lines that say for which fields and grades, if not for all."""
    lines = []
    if fields:
        names = [content.field[f].label.get(voice.tongue) for f in fields if f in content.field]
        lines.append(voice.say("event.for_fields", fields=", ".join(names)))
    if grades:
        said = [voice.label(f"grade.{grade}") for grade in grades]
        lines.append(voice.say("event.for_grades", grades=", ".join(said)))
    return lines


def head_text(voice: Voice, content: Content, happening: Happening, zone: ZoneInfo) -> Html:
    """Return what every message about a date begins with."""
    return voice.say(
        "event.text",
        kind=voice.label(f"event.kind.{happening.kind}"),
        title=happening.title.get(voice.tongue),
        when=when_of(voice, happening, zone),
        where=where_of(voice, content, happening),
    )


def line(voice: Voice, happening: Happening, zone: ZoneInfo) -> str:
    """Return a date as the label of a button."""
    mark = _MARKS[happening.hers]
    day = voice.short_day(happening.starts.astimezone(zone).date())
    label = voice.label(f"event.line{mark}", day=day, title=happening.title.get(voice.tongue))
    return shorten(label, LONGEST_LABEL)


def detail_screen(
    voice: Voice,
    content: Content,
    happening: Happening,
    ahead: int,
    shown: Shown,
    now: datetime,
    zone: ZoneInfo,
    number: int,
    code: str | None,
    *,
    for_others: bool = False,
) -> Screen:
    """Return one date with what she can do about it.

    `shown` is the filter to go back to, `number` the page of its month on which the date stands;
    `code` is what she shows at the door. One that is `for_others` than her grade she cannot join.
    """
    closed = happening.cancelled or happening.closes <= now
    facts = for_whom(voice, content, happening.fields, happening.grades)
    if happening.repeat:
        facts.append(voice.say(f"event.repeat.{happening.repeat}"))
    if happening.places is not None and not closed:
        left = max(0, happening.places - happening.going) if happening.waiting == 0 else 0
        facts.append(
            voice.say("event.places", left=voice.number(left))
            if left
            else voice.say("event.full", waiting=voice.number(happening.waiting))
        )
    head = "\n".join([head_text(voice, content, happening, zone), *facts])
    text = happening.text.get(voice.tongue) if happening.text else ""
    said = paragraphs(
        voice.say("event.cancelled") if happening.cancelled else "",
        head,
        voice.say("verbatim", text=text),
        voice.say("event.over")
        if closed and not happening.cancelled
        else _hers(voice, happening, ahead),
        voice.say("event.not_her_grade")
        if for_others and not closed and happening.hers is None
        else "",
        voice.say("event.code", code=code) if code and not closed else "",
    )
    title = happening.title.get(voice.tongue)
    rows: list[tuple[Button, ...]] = []
    if not closed:
        rows += _answers(voice, happening, shown, for_others=for_others)
        rows += page_rows(voice, happening.place, text)
        rows.append(share(voice, title, deep_links.EVENT, happening.date_id))
    month = f"{happening.starts.astimezone(zone):%Y%m}"
    back = homewards(voice, voice.button("events.back", CALENDAR(month, number, shown.code)))
    return Screen(said, (*rows, back))


def _hers(voice: Voice, happening: Happening, ahead: int) -> str:
    if happening.hers is None:
        return ""
    if happening.hers is Answer.GOING and happening.kind in WITHOUT_PLACES:
        return voice.say("event.hers.reminded")
    return voice.say(f"event.hers.{happening.hers}", ahead=voice.number(ahead))


def _answers(
    voice: Voice, happening: Happening, shown: Shown, *, for_others: bool
) -> list[tuple[Button, ...]]:
    alone = happening.kind in WITHOUT_PLACES
    rows: list[tuple[Button, ...]] = []
    if happening.hers in (Answer.GOING, Answer.WAITING):
        no = "event.no_reminder" if alone else "event.not"
        rows.append((voice.button(no, STAY(happening.date_id, shown)),))
    elif for_others:
        rows.append((voice.button("event.change_grade", PROFILE()),))
    else:
        yes = "event.remind_me" if alone else "event.wait" if happening.full else "event.go"
        rows.append((voice.button(yes, GO(happening.date_id, shown)),))
    file = voice.button("event.calendar", FILE(happening.date_id))
    if happening.hers is Answer.GOING:
        rows.append((voice.button("event.reminders", REMINDERS(happening.date_id)), file))
    else:
        rows.append((file,))
    return rows


def may_give_up(happening: Happening, now: datetime) -> bool:
    """Return whether she holds a place, or waits for one, and can still give it up."""
    holds = happening.hers in (Answer.GOING, Answer.WAITING)
    closed = happening.cancelled or happening.closes <= now
    return holds and not closed and happening.kind not in WITHOUT_PLACES


def give_up_screen(voice: Voice, happening: Happening, shown: Shown) -> Screen:
    """Return the question whether she gives up her place.

    To keep it is where her finger was, so that whoever taps once too often loses nothing.
    """
    if happening.hers is Answer.WAITING:
        kind = "wait"
    else:
        kind = "free" if happening.places is None else "place"
    return Screen(
        voice.say(f"event.give_up.{kind}", title=happening.title.get(voice.tongue)),
        (
            (voice.button("event.keep_place", OPEN(happening.date_id, shown)),),
            (voice.button("event.give_up", STAY_SURE(happening.date_id, shown)),),
            homewards(voice),
        ),
    )


def reminder_screen(
    voice: Voice,
    content: Content,
    happening: Happening,
    now: datetime,
    zone: ZoneInfo,
    *,
    late: bool,
) -> Screen:
    """Return a reminder; how long it is until then is told as it is now, late or not."""
    days = (happening.starts.astimezone(zone).date() - now.astimezone(zone).date()).days
    key = "days" if days > 1 else "tomorrow" if days == 1 else "today"
    if not happening.all_day and happening.starts - now <= _SOON:
        key = "soon"
    alone = happening.kind in WITHOUT_PLACES
    answers = (
        (voice.button("event.no_reminder", STAY(happening.date_id, Shown())),)
        if alone
        else (
            voice.button("event.go", GO(happening.date_id, Shown())),
            voice.button("event.not", STAY(happening.date_id, Shown())),
        )
    )
    return Screen(
        paragraphs(
            voice.say(f"reminder.{key}", days=voice.number(days)),
            head_text(voice, content, happening, zone),
            voice.say("reminder.late") if late else "",
        ),
        (
            answers,
            (voice.button("event.details", OPEN(happening.date_id, Shown())),),
            homewards(voice),
        ),
    )


def choice_rows(
    voice: Voice,
    chosen: Sequence[int],
    to: Callable[[int], Data],
    *,
    all_day: bool = False,
    ahead: timedelta | None = None,
) -> tuple[tuple[Button, ...], ...]:
    """Return a switch for each offset, two a row; what is so far `ahead` has no longer ones."""
    switches = [
        Button(
            voice.label(
                "offset.on" if m in chosen else "offset.off", offset=voice.label(f"offset.{m}")
            ),
            to(m),
        )
        for m in OFFSETS
        if not (all_day and m < DAY) and (ahead is None or timedelta(minutes=m) < ahead)
    ]
    return in_rows(switches)


def date_reminders_screen(
    voice: Voice, happening: Happening, chosen: Sequence[int], now: datetime, *, own: bool
) -> Screen:
    """Return her reminders for one date."""
    own_key = "remind.own" if own else "remind.as_events_say"
    return Screen(
        paragraphs(
            voice.say("remind.event", title=happening.title.get(voice.tongue)), voice.say(own_key)
        ),
        (
            *choice_rows(
                voice,
                chosen,
                partial(REMIND, happening.date_id),
                all_day=happening.all_day,
                ahead=happening.closes - now,
            ),
            (
                voice.button("remind.usual", REMIND(happening.date_id, None)),
                voice.button("remind.general", REMINDER_SETTINGS()),
            ),
            homewards(voice, voice.button("event.back", OPEN(happening.date_id, Shown()))),
        ),
    )


def settings_screen(voice: Voice, chosen: Sequence[int] | None, quiet: QuietHours) -> Screen:
    """Return how she is reminded in general."""
    begins, ends = voice.number(quiet.begins.hour), voice.number(quiet.ends.hour)
    return Screen(
        paragraphs(
            voice.say("remind.all", begins=begins, ends=ends),
            voice.say("remind.as_events_say" if chosen is None else "remind.own"),
        ),
        (
            *choice_rows(voice, USUAL if chosen is None else chosen, REMIND_ALL),
            (
                voice.button("remind.begins", QUIET_FROM(None), hour=begins),
                voice.button("remind.ends", QUIET_UNTIL(None), hour=ends),
            ),
            (
                voice.button("remind.usual", REMIND_ALL(None)),
                voice.button("events.back", CALENDAR(None, 0, "")),
            ),
            homewards(voice),
        ),
    )


def hours_screen(voice: Voice, question: str, to: Tap, hours: Sequence[int]) -> Screen:
    """Return a choice of hours."""
    buttons = [voice.button("remind.hour", to(h), hour=voice.number(h)) for h in hours]
    return Screen(
        voice.say(question),
        (
            *in_rows(buttons, 3),
            homewards(voice, voice.button("event.back", REMINDER_SETTINGS())),
        ),
    )
