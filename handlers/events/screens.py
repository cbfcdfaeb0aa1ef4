"""How a date of an event is said, to students and to staff: pure functions to screens."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.content import Content
from bot.events.details import WITHOUT_PLACES
from bot.events.happening import Happening
from bot.events.reminder_times import DAY, OFFSETS, USUAL
from bot.language.words import shorten
from bot.quiet_hours import QuietHours
from bot.screens.screen import LONGEST_LABEL, Button, Html, Screen, paragraphs
from bot.screens.voice import Voice

_SOON = timedelta(hours=2)


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
        "event.time.until_day", day=day, time=voice.clock(first), end=voice.clock(last),
        end_day=voice.weekday(last.date()),
    )  # fmt: skip


def when_of(voice: Voice, of: Happening, zone: ZoneInfo) -> Html:
    """Return the time of a date in words."""
    return when_text(voice, of.starts, of.ends, zone, all_day=of.all_day)


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


def head_text(voice: Voice, content: Content, of: Happening, zone: ZoneInfo) -> Html:
    """Return what every message about a date begins with."""
    return voice.say(
        "event.text",
        kind=voice.label(f"event.kind.{of.kind}"),
        title=of.title(voice.tongue),
        when=when_of(voice, of, zone),
        where=where_text(
            voice, content, online=of.online, province=of.province, place=of.place
        ),
    )  # fmt: skip


def line(voice: Voice, of: Happening, zone: ZoneInfo) -> str:
    """Return a date as the label of a button."""
    mark = {"going": ".hers", "waiting": ".waits"}.get(of.hers or "", "")
    day = voice.short_day(of.starts.astimezone(zone).date())
    label = voice.label(f"event.line{mark}", day=day, title=of.title(voice.tongue))
    return shorten(label, LONGEST_LABEL)


def detail_screen(
    voice: Voice, content: Content, of: Happening, ahead: int, code: str, now: datetime,
    zone: ZoneInfo,
) -> Screen:  # fmt: skip
    """Return one date with what she can do about it; `code` is the filter to go back to."""
    closed = of.cancelled or of.closes <= now
    facts = for_whom(voice, content, of.fields, of.grades)
    if of.repeat:
        facts.append(voice.say(f"event.repeat.{of.repeat}"))
    if of.places is not None and not closed:
        left = max(0, of.places - of.going) if of.waiting == 0 else 0
        facts.append(
            voice.say("event.places", left=voice.number(left))
            if left
            else voice.say("event.full", waiting=voice.number(of.waiting))
        )
    head = "\n".join([head_text(voice, content, of, zone), *facts])
    text = paragraphs(
        voice.say("event.cancelled") if of.cancelled else "",
        head,
        voice.say("verbatim", text=of.text(voice.tongue)),
        voice.say("event.over") if closed and not of.cancelled else _hers(voice, of, ahead),
    )
    rows = [] if closed else _answers(voice, of, code)
    month = f"{of.starts.astimezone(zone):%Y%m}"
    back = (
        voice.button("events.back", f"ev:m:{month}:0:{code}"),
        voice.button("back.home", "go:home"),
    )
    return Screen(text, (*rows, back))


def _hers(voice: Voice, of: Happening, ahead: int) -> str:
    if of.hers is None:
        return ""
    if of.hers == "going" and of.kind in WITHOUT_PLACES:
        return voice.say("event.hers.reminded")
    return voice.say(f"event.hers.{of.hers}", ahead=voice.number(ahead))


def _answers(voice: Voice, of: Happening, code: str) -> list[tuple[Button, ...]]:
    alone = of.kind in WITHOUT_PLACES
    rows: list[tuple[Button, ...]] = []
    if of.hers in ("going", "waiting"):
        no = "event.no_reminder" if alone else "event.not"
        rows.append((voice.button(no, f"ev:n:{of.date_id}:{code}"),))
    else:
        yes = "event.remind_me" if alone else "event.wait" if of.full else "event.go"
        rows.append((voice.button(yes, f"ev:y:{of.date_id}:{code}"),))
    file = voice.button("event.calendar", f"ev:c:{of.date_id}")
    if of.hers == "going":
        rows.append((voice.button("event.reminders", f"ev:r:{of.date_id}"), file))
    else:
        rows.append((file,))
    return rows


def reminder_screen(
    voice: Voice, content: Content, of: Happening, now: datetime, zone: ZoneInfo, *, late: bool
) -> Screen:
    """Return a reminder; how long it is until then is told as it is now, late or not."""
    days = (of.starts.astimezone(zone).date() - now.astimezone(zone).date()).days
    key = "days" if days > 1 else "tomorrow" if days == 1 else "today"
    if not of.all_day and of.starts - now <= _SOON:
        key = "soon"
    alone = of.kind in WITHOUT_PLACES
    answers = (
        (voice.button("event.no_reminder", f"ev:n:{of.date_id}:"),)
        if alone
        else (
            voice.button("event.go", f"ev:y:{of.date_id}:"),
            voice.button("event.not", f"ev:n:{of.date_id}:"),
        )
    )
    return Screen(
        paragraphs(
            voice.say(f"reminder.{key}", days=voice.number(days)),
            head_text(voice, content, of, zone),
            voice.say("reminder.late") if late else "",
        ),
        (answers, (voice.button("event.details", f"ev:o:{of.date_id}:"),)),
    )


def choice_rows(
    voice: Voice, chosen: Sequence[int], data: str, *, all_day: bool = False
) -> tuple[tuple[Button, ...], ...]:
    """Return a switch for each offset, two a row."""
    switches = [
        Button(
            voice.label(
                "offset.on" if m in chosen else "offset.off", offset=voice.label(f"offset.{m}")
            ),
            f"{data}:{m}",
        )
        for m in OFFSETS
        if not (all_day and m < DAY)
    ]
    return tuple(tuple(switches[i : i + 2]) for i in range(0, len(switches), 2))


def date_reminders_screen(
    voice: Voice, of: Happening, chosen: Sequence[int], *, own: bool
) -> Screen:
    """Return her reminders for one date."""
    own_key = "remind.own" if own else "remind.as_events_say"
    return Screen(
        paragraphs(
            voice.say("remind.event", title=of.title(voice.tongue)), voice.say(own_key)
        ),
        (
            *choice_rows(voice, chosen, f"ev:rt:{of.date_id}", all_day=of.all_day),
            (
                voice.button("remind.usual", f"ev:rt:{of.date_id}:usual"),
                voice.button("remind.general", "ev:s"),
            ),
            (voice.button("event.back", f"ev:o:{of.date_id}:"),),
        ),
    )  # fmt: skip


def settings_screen(voice: Voice, chosen: Sequence[int] | None, quiet: QuietHours) -> Screen:
    """Return how she is reminded in general."""
    begins, ends = voice.number(quiet.begins.hour), voice.number(quiet.ends.hour)
    return Screen(
        paragraphs(
            voice.say("remind.all", begins=begins, ends=ends),
            voice.say("remind.as_events_say" if chosen is None else "remind.own"),
        ),
        (
            *choice_rows(voice, USUAL if chosen is None else chosen, "ev:st"),
            (
                voice.button("remind.begins", "ev:sb", hour=begins),
                voice.button("remind.ends", "ev:se", hour=ends),
            ),
            (
                voice.button("remind.usual", "ev:st:usual"),
                voice.button("events.back", "ev:m:0:0:"),
            ),
        ),
    )


def hours_screen(voice: Voice, question: str, data: str, hours: Sequence[int]) -> Screen:
    """Return a choice of hours."""
    buttons = [voice.button("remind.hour", f"{data}:{h}", hour=voice.number(h)) for h in hours]
    return Screen(
        voice.say(question),
        (
            *(tuple(buttons[i : i + 3]) for i in range(0, len(buttons), 3)),
            (voice.button("event.back", "ev:s"),),
        ),
    )


def utc(minutes: int) -> datetime:
    """Return the time that callback data names by its minutes since 1970."""
    return datetime.fromtimestamp(minutes * 60, UTC)
