"""Events as girls see them: by month, filtered; going, reminders, and the file for a calendar."""

from dataclasses import replace
from datetime import date, time
from html import unescape
from zoneinfo import ZoneInfo

from bot.content import Content
from bot.events import check_in, listing, signups
from bot.events.details import WITHOUT_PLACES
from bot.events.happening import Happening
from bot.events.ical.writing import write_calendar
from bot.events.listing import Month, Shown, read_filter
from bot.events.reminder_times import OFFSETS, USUAL
from bot.events.states import Answer
from bot.people.people import GRADES
from bot.queues.messages import Document
from bot.quiet_hours import QuietHours
from bot.refusals import StaleError
from bot.screens.paging import Page, page_of
from bot.screens.screen import Button, Screen, paragraphs
from bot.screens.taps import Data
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.doors import CALENDAR, REMINDER_SETTINGS, SCHOOL_YEAR, homewards
from handlers.events.notices import announce
from handlers.events.screens import (
    date_reminders_screen,
    detail_screen,
    give_up_screen,
    hours_screen,
    line,
    may_give_up,
    settings_screen,
    where_of,
)
from handlers.events.taps import (
    BY_FIELD,
    BY_GRADE,
    BY_PROVINCE,
    CHOOSE,
    OPEN,
    QUIET_FROM,
    QUIET_UNTIL,
)

EVENTS_A_PAGE = 4
CHOICES_A_PAGE = 5


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
    voice: Voice, content: Content, zone: ZoneInfo, found: Month, number: int, shown: Shown
) -> Screen:
    """Return a page of a month; the way on leads through its pages, then to the next month."""
    page = Page.of(found.found, number, EVENTS_A_PAGE)

    def to(month: date, number: int) -> Data:
        return CALENDAR(f"{month:%Y%m}", number, shown.code)

    ways = []
    if page.number > 0:
        ways.append(voice.button("events.before", to(found.first, page.number - 1)))
    elif found.before:
        ways.append(voice.button("events.before", to(found.before, 0)))
    if page.number < page.pages - 1:
        ways.append(voice.button("events.after", to(found.first, page.number + 1)))
    elif found.after:
        ways.append(voice.button("events.after", to(found.after, 0)))
    filtered = voice.say("events.filtered", filters=filter_words(voice, content, shown))
    return Screen(
        paragraphs(
            voice.say("events.month", month=voice.month(found.first)),
            filtered if shown != Shown() else "",
            voice.say("events.choose" if page.items else "events.none"),
        ),
        (
            *(
                (Button(line(voice, happening, zone), OPEN(happening.date_id, shown)),)
                for happening in page.items
            ),
            tuple(ways),
            (
                voice.button("events.filter", CHOOSE(shown)),
                voice.button("events.school_year", SCHOOL_YEAR(0)),
            ),
            homewards(voice),
        ),
    )


def filter_screen(voice: Voice, content: Content, shown: Shown) -> Screen:
    """Return the ways to choose."""
    online = replace(shown, only="o")
    return Screen(
        voice.say("events.choose_by", filters=filter_words(voice, content, shown)),
        (
            (
                voice.button("events.province", BY_PROVINCE(0, shown)),
                voice.button("events.field", BY_FIELD(0, shown)),
            ),
            (
                voice.button("events.grade", BY_GRADE(shown)),
                voice.button("events.online", _from_the_first(online)),
            ),
            (
                voice.button("events.mine", _from_the_first(Shown(only="m"))),
                voice.button("events.all", _from_the_first(Shown())),
            ),
            (
                voice.button("events.settings", REMINDER_SETTINGS()),
                voice.button("event.back", _from_the_first(shown)),
            ),
            homewards(voice),
        ),
    )


def _from_the_first(shown: Shown) -> Data:
    """Return the way to the first month that has something to show."""
    return CALENDAR(None, 0, shown.code)


def choice_screen(
    voice: Voice,
    question: str,
    page: Page[tuple[str, Shown]],
    onward: Data | None,
    nothing: Shown,
    shown: Shown,
) -> Screen:
    """Return a page of choices, each a label and the filter that it makes."""
    more = (voice.button("page.next", onward),) if onward and page.pages > 1 else ()
    return Screen(
        voice.say(question, page=voice.number(page.number + 1), pages=voice.number(page.pages)),
        (
            *((Button(label, _from_the_first(made)),) for label, made in page.items),
            (voice.button("events.any", _from_the_first(nothing)), *more),
            homewards(voice, voice.button("event.back", CHOOSE(shown))),
        ),
    )


async def upcoming(turn: Turn, _argument: str) -> None:
    """Show what is coming, from the first month that has something."""
    await _month(turn, None, 0, Shown())


async def month(turn: Turn, name: str | None, page: int, code: str) -> None:
    """Show a page of a month, filtered."""
    await _month(turn, _first_of(name or ""), page, _known(turn, read_filter(code)))


async def _month(turn: Turn, wanted: date | None, page: int, shown: Shown) -> None:
    services, zone = turn.services, turn.services.settings.zone
    found = await listing.month(turn.actor, wanted, shown, zone)
    await turn.show(month_screen(turn.voice, services.content, zone, found, page, shown))


async def choose(turn: Turn, shown: Shown) -> None:
    """Show the ways to choose."""
    await turn.show(filter_screen(turn.voice, turn.services.content, _known(turn, shown)))


async def by_province(turn: Turn, page: int, shown: Shown) -> None:
    """Ask for a province."""
    tongue, shown = turn.voice.tongue, _known(turn, shown)
    choices = [
        (province.label.get(tongue), replace(shown, province=province.id))
        for province in turn.services.content.provinces
    ]
    found = Page.around(choices, page, CHOICES_A_PAGE)
    onward, nothing = BY_PROVINCE(found.after, shown), replace(shown, province="")
    await turn.show(
        choice_screen(turn.voice, "events.ask_province", found, onward, nothing, shown)
    )


async def by_field(turn: Turn, page: int, shown: Shown) -> None:
    """Ask for a field."""
    tongue, shown = turn.voice.tongue, _known(turn, shown)
    choices = [
        (f"{field.emoji} {field.label.get(tongue)}", replace(shown, field=field.id))
        for field in turn.services.content.fields
    ]
    found = Page.around(choices, page, CHOICES_A_PAGE)
    onward, nothing = BY_FIELD(found.after, shown), replace(shown, field="")
    await turn.show(choice_screen(turn.voice, "events.ask_field", found, onward, nothing, shown))


async def by_grade(turn: Turn, shown: Shown) -> None:
    """Ask for a grade; all of them fit on one page."""
    voice, shown = turn.voice, _known(turn, shown)
    choices = [(voice.label(f"grade.{grade}"), replace(shown, grade=grade)) for grade in GRADES]
    found = Page.of(choices, 0, len(choices))
    nothing = replace(shown, grade="")
    await turn.show(choice_screen(voice, "events.ask_grade", found, None, nothing, shown))


async def detail(turn: Turn, date_id: int, shown: Shown) -> None:
    """Show one date."""
    happening = await signups.find(turn.session, date_id, turn.person.id)
    if happening is None:
        raise StaleError
    ahead = await signups.ahead_of(turn.session, turn.person.id, date_id)
    places = happening.kind not in WITHOUT_PLACES
    code = await check_in.code_of(turn.actor, date_id) if places else None
    services, shown = turn.services, _known(turn, shown)
    zone = services.settings.zone
    month = await listing.month(turn.actor, happening.starts.astimezone(zone).date(), shown, zone)
    listed = [other.date_id for other in month.found]
    await turn.show(
        detail_screen(
            turn.voice,
            services.content,
            happening,
            ahead,
            shown,
            turn.now,
            zone,
            page_of(listed, date_id, EVENTS_A_PAGE),
            code,
            for_others=await signups.is_for_others(turn.actor, happening),
        )
    )


async def is_there(turn: Turn, date_id: int) -> bool:
    """Return whether there is (still) such a date to be shown."""
    return await signups.find(turn.session, date_id) is not None


async def go(turn: Turn, date_id: int, shown: Shown) -> None:
    """Take a place, or a place in the waiting list."""
    await _answer(turn, date_id, shown, going=True)


async def stay(turn: Turn, date_id: int, shown: Shown) -> None:
    """Ask whether she gives up her place; where she holds none nobody loses one."""
    happening, shown = await _found(turn, date_id), _known(turn, shown)
    if may_give_up(happening, turn.now):
        await turn.show(give_up_screen(turn.voice, happening, shown))
    else:
        await _answer(turn, date_id, shown, going=False)


async def stay_for_sure(turn: Turn, date_id: int, shown: Shown) -> None:
    """Give up a place."""
    await _answer(turn, date_id, shown, going=False)


async def _answer(turn: Turn, date_id: int, shown: Shown, *, going: bool) -> None:
    zone = turn.services.settings.zone
    turn.way_back = ("events.back", OPEN(date_id, shown))
    answered = await signups.answer(turn.actor, date_id, going=going, zone=zone, role=turn.role)
    happening = await signups.find(turn.session, date_id)
    if answered is None or happening is None:
        turn.toast = turn.voice.label("event.toast.closed")
    else:
        await announce(turn.session, turn.services, answered.moved_up, turn.now)
        reminded = answered.state is Answer.GOING and happening.kind in WITHOUT_PLACES
        turn.toast = turn.voice.label(
            "event.toast.reminded" if reminded else f"event.toast.{answered.state}"
        )
    await detail(turn, date_id, shown)


async def file(turn: Turn, date_id: int) -> None:
    """Send one date as a file for the calendar of her telephone."""
    happening = await _found(turn, date_id)
    voice, services = turn.voice, turn.services
    where = where_of(voice, services.content, happening)
    title = happening.title.get(voice.tongue)
    text = happening.text.get(voice.tongue) if happening.text else ""
    data = write_calendar(happening, title, text, _plain(where), turn.now, services.settings.zone)
    caption = voice.say("event.file", title=title)
    await turn.send(Document(f"bongsrey-{date_id}.ics", data, caption))


async def _found(turn: Turn, date_id: int) -> Happening:
    happening = await signups.find(turn.session, date_id, turn.person.id)
    if happening is None:
        raise StaleError
    return happening


def _plain(said: str) -> str:
    """Return what a screen says as plain text, without the mark before it."""
    return unescape(said.partition(" ")[2])


async def date_reminders(turn: Turn, date_id: int) -> None:
    """Show her reminders for one date."""
    happening = await _found(turn, date_id)
    chosen, own = await signups.reminders_of(turn.session, turn.person.id, date_id)
    await turn.show(date_reminders_screen(turn.voice, happening, chosen, turn.now, own=own))


async def remind(turn: Turn, date_id: int, minutes: int | None) -> None:
    """Switch one reminder for one date on or off, or go back to the usual ones."""
    offsets, _ = await signups.reminders_of(turn.session, turn.person.id, date_id)
    chosen = None if minutes is None else {*offsets} ^ {minutes}
    zone = turn.services.settings.zone
    await signups.choose_for_date(turn.actor, date_id, chosen, zone)
    await date_reminders(turn, date_id)


async def settings(turn: Turn) -> None:
    """Show how she is reminded in general."""
    chosen, quiet = await signups.choice_of(turn.session, turn.person.id)
    await turn.show(settings_screen(turn.voice, chosen, quiet))


async def remind_all(turn: Turn, minutes: int | None) -> None:
    """Switch one reminder in general on or off, or go back to the usual ones."""
    chosen, quiet = await signups.choice_of(turn.session, turn.person.id)
    base = USUAL if chosen is None else chosen
    switched = tuple(m for m in OFFSETS if (m in base) != (m == minutes))
    await _choose(turn, None if minutes is None else switched, quiet)


async def quiet_from(turn: Turn, hour: int | None) -> None:
    """Ask from which hour on her telephone is to make no sound, or set it."""
    if hour is None:
        hours = signups.EARLIEST_QUIET
        await turn.show(hours_screen(turn.voice, "remind.ask_begins", QUIET_FROM, hours))
        return
    if hour not in signups.EARLIEST_QUIET:
        raise StaleError
    chosen, quiet = await signups.choice_of(turn.session, turn.person.id)
    await _choose(turn, chosen, replace(quiet, begins=time(hour)))


async def quiet_until(turn: Turn, hour: int | None) -> None:
    """Ask until which hour her telephone is to make no sound, or set it."""
    if hour is None:
        hours = signups.LATEST_MORNING
        await turn.show(hours_screen(turn.voice, "remind.ask_ends", QUIET_UNTIL, hours))
        return
    if hour not in signups.LATEST_MORNING:
        raise StaleError
    chosen, quiet = await signups.choice_of(turn.session, turn.person.id)
    await _choose(turn, chosen, replace(quiet, ends=time(hour)))


async def _choose(turn: Turn, chosen: tuple[int, ...] | None, quiet: QuietHours) -> None:
    await signups.choose(turn.actor, chosen, quiet, turn.services.settings.zone)
    await turn.show(settings_screen(turn.voice, chosen, quiet))


def _known(turn: Turn, told: Shown) -> Shown:
    """Return the filter of a button, what is not known left out."""
    content = turn.services.content
    return Shown(
        told.province if any(p.id == told.province for p in content.provinces) else "",
        told.field if told.field in content.field else "",
        told.grade if told.grade in GRADES else "",
        told.only if told.only in _ONLY else "",
    )


def _first_of(month: str) -> date | None:
    if len(month) != len("202611"):
        return None
    try:
        return date(int(month[:4]), int(month[4:]), 1)
    except ValueError:
        return None
