"""Events as girls see them: by month, filtered; going, reminders, and the file for a calendar."""

from datetime import date, time
from html import unescape
from zoneinfo import ZoneInfo

from bot.content import Content
from bot.events import listing, signups
from bot.events.details import WITHOUT_PLACES
from bot.events.ical import write_calendar
from bot.events.listing import Month, Shown, read_filter
from bot.events.reminder_times import OFFSETS, USUAL
from bot.people.people import GRADES
from bot.queues.messages import Document
from bot.quiet_hours import QuietHours
from bot.refusals import StaleError
from bot.screens.screen import Button, Screen, paragraphs
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.events.notices import announce
from handlers.events.screens import (
    date_reminders_screen,
    detail_screen,
    hours_screen,
    line,
    settings_screen,
    where_text,
)

EVENTS_A_PAGE = 4
CHOICES_A_PAGE = 5
LONGEST_NUMBER = 12


def filter_words(voice: Voice, content: Content, shown: Shown) -> str:
    """Return the filters in words."""
    provinces = {p.id: p.label.get(voice.tongue) for p in content.provinces}
    words = [provinces[shown.province]] if shown.province else []
    words += [content.field[shown.field].label.get(voice.tongue)] if shown.field else []
    words += [voice.label(f"grade.{shown.grade}")] if shown.grade else []
    words += [voice.label(f"events.only.{_ONLY[shown.only]}")] if shown.only else []
    return " · ".join(words) or voice.label("events.only.all")


_ONLY = {"o": "online", "m": "mine"}


def month_screen(
    voice: Voice, content: Content, zone: ZoneInfo, found: Month, page: int, shown: Shown
) -> Screen:
    """Return a page of a month; the way on leads through its pages, then to the next month."""
    code = shown.code
    pages = max(1, -(-len(found.found) // EVENTS_A_PAGE))
    page = min(page, pages - 1)
    here = found.found[page * EVENTS_A_PAGE : (page + 1) * EVENTS_A_PAGE]

    def to(month: date, number: int) -> str:
        return f"ev:m:{month:%Y%m}:{number}:{code}"

    ways = []
    if page > 0:
        ways.append(voice.button("events.before", to(found.first, page - 1)))
    elif found.before:
        ways.append(voice.button("events.before", to(found.before, 0)))
    if page < pages - 1:
        ways.append(voice.button("events.after", to(found.first, page + 1)))
    elif found.after:
        ways.append(voice.button("events.after", to(found.after, 0)))
    filtered = voice.say("events.filtered", filters=filter_words(voice, content, shown))
    return Screen(
        paragraphs(
            voice.say("events.month", month=voice.month(found.first)),
            filtered if shown != Shown() else "",
            voice.say("events.choose" if here else "events.none"),
        ),
        (
            *((Button(line(voice, of, zone), f"ev:o:{of.date_id}:{code}"),) for of in here),
            tuple(ways),
            (
                voice.button("events.filter", f"ev:f:{code}"),
                voice.button("back.home", "go:home"),
            ),
        ),
    )


def filter_screen(voice: Voice, content: Content, shown: Shown) -> Screen:
    """Return the ways to choose."""
    code = shown.code
    return Screen(
        voice.say("events.choose_by", filters=filter_words(voice, content, shown)),
        (
            (
                voice.button("events.province", f"ev:fp:0:{code}"),
                voice.button("events.field", f"ev:ff:0:{code}"),
            ),
            (
                voice.button("events.grade", f"ev:fg:{code}"),
                voice.button("events.online", f"ev:m:0:0:{_with(shown, only='o')}"),
            ),
            (
                voice.button("events.mine", f"ev:m:0:0:{Shown(only='m').code}"),
                voice.button("events.all", f"ev:m:0:0:{Shown().code}"),
            ),
            (
                voice.button("events.settings", "ev:s"),
                voice.button("event.back", f"ev:m:0:0:{code}"),
            ),
        ),
    )


def _with(shown: Shown, **changed: str) -> str:
    return Shown(**{**vars(shown), **changed}).code


def choice_screen(
    voice: Voice, question: str, choices: list[tuple[str, str]], page: int, ways: str, code: str,
    nothing: str,
) -> Screen:  # fmt: skip
    """Return a page of choices, each a label and the code of the filter that it makes."""
    pages = -(-len(choices) // CHOICES_A_PAGE)
    page %= pages
    shown = choices[page * CHOICES_A_PAGE : (page + 1) * CHOICES_A_PAGE]
    onward = (voice.button("page.next", f"{ways}:{page + 1}:{code}"),) if pages > 1 else ()
    return Screen(
        voice.say(question, page=voice.number(page + 1), pages=voice.number(pages)),
        (
            *((Button(label, f"ev:m:0:0:{made}"),) for label, made in shown),
            (voice.button("events.any", f"ev:m:0:0:{nothing}"), *onward),
            (voice.button("event.back", f"ev:f:{code}"),),
        ),
    )


async def upcoming(turn: Turn, _argument: str) -> None:
    """Show what is coming, from the first month that has something."""
    await _month(turn, None, 0, Shown())


async def _month(turn: Turn, wanted: date | None, page: int, shown: Shown) -> None:
    services, zone = turn.services, turn.services.settings.zone
    found = await listing.month(turn.session, turn.person.id, wanted, shown, turn.now, zone)
    await turn.show(month_screen(turn.voice, services.content, zone, found, page, shown))


async def tapped(turn: Turn, argument: str) -> None:
    """Follow a button of the calendar."""
    what, _, rest = argument.partition(":")
    if what in ("m", "f", "fp", "ff", "fg"):
        await _browse(turn, what, rest)
    elif what in ("s", "st", "sb", "se"):
        await _settings(turn, what, rest)
    else:
        await _one(turn, what, rest)


async def _browse(turn: Turn, what: str, rest: str) -> None:
    voice, content = turn.voice, turn.services.content
    if what == "m":
        month, _, rest = rest.partition(":")
        page, _, code = rest.partition(":")
        await _month(turn, _first_of(month), _number(page), _known(turn, code))
        return
    if what == "f":
        await turn.show(filter_screen(voice, content, _known(turn, rest)))
        return
    page, _, code = rest.partition(":") if what != "fg" else ("0", "", rest)
    shown = _known(turn, code)
    if what == "fp":
        question, key = "events.ask_province", "province"
        named = [(p.label.get(voice.tongue), p.id) for p in content.provinces]
    elif what == "ff":
        question, key = "events.ask_field", "field"
        named = [(f"{f.emoji} {f.label.get(voice.tongue)}", f.id) for f in content.fields]
    else:
        question, key = "events.ask_grade", "grade"
        named = [(voice.label(f"grade.{grade}"), grade) for grade in GRADES]
    choices = [(label, _with(shown, **{key: value})) for label, value in named]
    nothing = _with(shown, **{key: ""})
    screen = choice_screen(
        voice, question, choices, _number(page), f"ev:{what}", shown.code, nothing
    )
    await turn.show(screen)


async def _one(turn: Turn, what: str, rest: str) -> None:
    """Follow a button of one date."""
    number, _, code = rest.partition(":")
    date_id = _number(number)
    if what == "o":
        await _detail(turn, date_id, code)
    elif what in ("y", "n"):
        await _answer(turn, date_id, code, going=what == "y")
    elif what == "c":
        await _file(turn, date_id)
    elif what == "r":
        await _date_reminders(turn, date_id)
    elif what == "rt":
        await _switch(turn, date_id, code)
    else:
        raise StaleError


async def _detail(turn: Turn, date_id: int, code: str) -> None:
    of = await signups.find(turn.session, date_id, turn.person.id)
    if of is None:
        raise StaleError
    ahead = await signups.ahead_of(turn.session, turn.person.id, date_id)
    shown = _known(turn, code).code
    services = turn.services
    await turn.show(
        detail_screen(
            turn.voice, services.content, of, ahead, shown, turn.now, services.settings.zone
        )
    )  # fmt: skip


async def _answer(turn: Turn, date_id: int, code: str, *, going: bool) -> None:
    answered = await signups.answer(
        turn.session, turn.person.id, date_id, going=going, now=turn.now,
        zone=turn.services.settings.zone,
    )  # fmt: skip
    of = await signups.find(turn.session, date_id)
    if answered is None or of is None:
        turn.toast = turn.voice.label("event.toast.closed")
    else:
        await announce(turn, answered.moved_up)
        reminded = answered.state == "going" and of.kind in WITHOUT_PLACES
        turn.toast = turn.voice.label(
            "event.toast.reminded" if reminded else f"event.toast.{answered.state}"
        )
    await _detail(turn, date_id, code)


async def _file(turn: Turn, date_id: int) -> None:
    of = await signups.find(turn.session, date_id)
    if of is None:
        raise StaleError
    voice, services = turn.voice, turn.services
    where = where_text(
        voice, services.content, online=of.online, province=of.province, place=of.place
    )
    title, text = of.title(voice.tongue), of.text(voice.tongue)
    data = write_calendar(of, title, text, _plain(where), turn.now, services.settings.zone)
    caption = voice.say("event.file", title=title)
    await turn.send(Document(f"bongsrey-{date_id}.ics", data, caption))


def _plain(said: str) -> str:
    """Return what a screen says as plain text, without the mark before it."""
    return unescape(said.partition(" ")[2])


async def _date_reminders(turn: Turn, date_id: int) -> None:
    of = await signups.find(turn.session, date_id)
    found = await signups.reminders_of(turn.session, turn.person.id, date_id)
    if of is None or found is None:
        raise StaleError
    chosen, own = found
    await turn.show(date_reminders_screen(turn.voice, of, chosen, own=own))


async def _switch(turn: Turn, date_id: int, value: str) -> None:
    found = await signups.reminders_of(turn.session, turn.person.id, date_id)
    if found is None or (value != "usual" and _number(value) not in OFFSETS):
        raise StaleError
    chosen = None if value == "usual" else set(found[0]) ^ {_number(value)}
    await signups.choose_for_date(
        turn.session, turn.person.id, date_id, chosen, turn.now, turn.services.settings.zone
    )
    await _date_reminders(turn, date_id)


async def _settings(turn: Turn, what: str, value: str) -> None:
    """Show or change how she is reminded in general."""
    chosen, quiet = await signups.choice_of(turn.session, turn.person.id)
    number = _number(value)
    if what == "st" and (value == "usual" or number in OFFSETS):
        base = USUAL if chosen is None else chosen
        switched = tuple(m for m in OFFSETS if (m in base) != (m == number))
        chosen = None if value == "usual" else switched
    elif what == "sb" and number in signups.EARLIEST_QUIET:
        quiet = QuietHours(time(number), quiet.ends)
    elif what == "se" and number in signups.LATEST_MORNING:
        quiet = QuietHours(quiet.begins, time(number))
    elif what in ("sb", "se"):
        question = "remind.ask_begins" if what == "sb" else "remind.ask_ends"
        hours = signups.EARLIEST_QUIET if what == "sb" else signups.LATEST_MORNING
        await turn.show(hours_screen(turn.voice, question, f"ev:{what}", hours))
        return
    if what != "s":
        zone = turn.services.settings.zone
        await signups.choose(turn.session, turn.person.id, chosen, quiet, turn.now, zone)
    await turn.show(settings_screen(turn.voice, chosen, quiet))


def _known(turn: Turn, code: str) -> Shown:
    """Return the filter of callback data, what is not known left out."""
    told, content = read_filter(code), turn.services.content
    return Shown(
        told.province if any(p.id == told.province for p in content.provinces) else "",
        told.field if told.field in content.field else "",
        told.grade if told.grade in GRADES else "",
        told.only if told.only in _ONLY else "",
    )


def _first_of(month: str) -> date | None:
    try:
        return date(int(month[:4]), int(month[4:]), 1)
    except ValueError:
        return None


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < LONGEST_NUMBER else 0
