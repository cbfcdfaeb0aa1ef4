"""Events on the coordinators' desk: what is coming, who goes (as counts), move, cancel."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.content import Content
from bot.events import calendar, listing, signups
from bot.events.happening import Happening
from bot.events.notices import Notice
from bot.events.signups import SMALLEST_GROUP, Attendance
from bot.language import typed_times
from bot.language.typed_times import Span, TimeProblemError
from bot.language.words import shorten
from bot.people.staff import require_coordinator
from bot.screens.paging import page_row
from bot.screens.screen import LONGEST_LABEL, Button, Html, Screen, paragraphs
from bot.screens.taps import StaleError
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.events import form
from handlers.events.form_screens import problem_screen
from handlers.events.notices import announce
from handlers.events.screens import utc, when_of, when_text, where_text

EVENTS_A_PAGE = 4
DATES_A_PAGE = 5


def list_screen(voice: Voice, found: list[Happening], page: int, zone: ZoneInfo) -> Screen:
    """Return a page of what is coming, and the ways to add to it."""
    pages = max(1, -(-len(found) // EVENTS_A_PAGE))
    page = min(page, pages - 1)
    here = found[page * EVENTS_A_PAGE : (page + 1) * EVENTS_A_PAGE]
    return Screen(
        voice.say("eventdesk.list", total=voice.number(len(found))),
        (
            *((Button(_line(voice, of, zone), f"evd:open:{of.event_id}"),) for of in here),
            page_row(voice, "evd:list", page, pages),
            (
                voice.button("eventdesk.new", "evf:new"),
                voice.button("eventdesk.paste", "evf:paste"),
            ),
            (
                voice.button("eventdesk.feeds", "evs:list"),
                voice.button("back.desk", "desk:home"),
            ),
        ),
    )


def _line(voice: Voice, of: Happening, zone: ZoneInfo) -> str:
    day = voice.short_day(of.starts.astimezone(zone).date())
    label = voice.label(
        "eventdesk.line", day=day, title=of.title(voice.tongue), going=voice.number(of.going)
    )
    return shorten(label, LONGEST_LABEL)


def card_screen(voice: Voice, content: Content, found: list[Happening], zone: ZoneInfo) -> Screen:
    """Return one event by its next date, with what can be done to it."""
    of = found[0]
    manage = (
        voice.button("eventdesk.dates", f"evd:dates:{of.event_id}:0")
        if len(found) > 1
        else voice.button("eventdesk.who", f"evd:who:{of.date_id}")
    )
    return Screen(
        voice.say(
            "eventdesk.card",
            kind=voice.label(f"event.kind.{of.kind}"),
            title_km=of.title_km,
            title_en=of.title_en,
            when=when_of(voice, of, zone),
            where=where_text(
                voice, content, online=of.online, province=of.province, place=of.place
            ),
            **_counts(voice, of),
        ),
        (
            (voice.button("eventdesk.edit", f"evf:edit:{of.event_id}"), manage),
            (voice.button("eventdesk.cancel", f"evd:cancel:{of.event_id}"),),
            (voice.button("eventdesk.back", "evd:list:0"),),
        ),
    )  # fmt: skip


def _counts(voice: Voice, of: Happening) -> dict[str, str]:
    return {"going": voice.number(of.going), "waiting": voice.number(of.waiting)}


def dates_screen(voice: Voice, found: list[Happening], page: int, zone: ZoneInfo) -> Screen:
    """Return a page of the dates of one event."""
    of = found[0]
    pages = -(-len(found) // DATES_A_PAGE)
    page = min(page, pages - 1)
    here = found[page * DATES_A_PAGE : (page + 1) * DATES_A_PAGE]
    return Screen(
        voice.say(
            "eventdesk.all_dates", title=of.title(voice.tongue), total=voice.number(len(found))
        ),
        (
            *((Button(_line(voice, d, zone), f"evd:date:{d.date_id}"),) for d in here),
            page_row(voice, f"evd:dates:{of.event_id}", page, pages),
            (voice.button("event.back", f"evd:open:{of.event_id}"),),
        ),
    )  # fmt: skip


def date_screen(voice: Voice, of: Happening, zone: ZoneInfo) -> Screen:
    """Return one date of an event that has many."""
    return Screen(
        voice.say(
            "eventdesk.date", title=of.title(voice.tongue), when=when_of(voice, of, zone),
            **_counts(voice, of),
        ),
        (
            (
                voice.button("eventdesk.move", f"evd:move:{of.date_id}"),
                voice.button("eventdesk.who", f"evd:who:{of.date_id}"),
            ),
            (voice.button("eventdesk.cancel", f"evd:drop:{of.date_id}"),),
            (voice.button("event.back", f"evd:dates:{of.event_id}:0"),),
        ),
    )  # fmt: skip


def who_screen(
    voice: Voice, content: Content, of: Happening, seen: Attendance, zone: ZoneInfo
) -> Screen:
    """Return who is going, as counts."""
    provinces = {p.id: p.label.get(voice.tongue) for p in content.provinces}
    parts = [
        voice.say(
            "eventdesk.counts", title=of.title(voice.tongue), when=when_of(voice, of, zone),
            going=voice.number(seen.going), waiting=voice.number(seen.waiting),
            not_going=voice.number(seen.not_going),
        )
    ]  # fmt: skip
    by_province = {provinces.get(name, name): n for name, n in seen.by_province.items()}
    by_grade = {voice.label(f"grade.{name}"): n for name, n in seen.by_grade.items()}
    for key, groups in (("provinces", by_province), ("grades", by_grade)):
        if groups:
            lines = _group_lines(voice, groups)
            parts.append(voice.say(f"eventdesk.who.{key}", lines=lines))
    parts.append(voice.say("eventdesk.who.small", smallest=voice.number(SMALLEST_GROUP)))
    back = (voice.button("event.back", f"evd:open:{of.event_id}"),)
    return Screen(paragraphs(*parts), (back,))


def _group_lines(voice: Voice, groups: dict[str, int]) -> Html:
    return Html(
        "\n".join(
            voice.say("eventdesk.who.line", name=name, count=voice.number(n))
            for name, n in groups.items()
        )
    )


def sure_screen(voice: Voice, of: Happening, told: int, yes: str, zone: ZoneInfo) -> Screen:
    """Return the question before something is cancelled."""
    return Screen(
        voice.say(
            "eventdesk.sure", title=of.title(voice.tongue), when=when_of(voice, of, zone),
            told=voice.number(told),
        ),
        (
            (voice.button("eventdesk.cancel_yes", yes),),
            (voice.button("eventdesk.keep", f"evd:open:{of.event_id}"),),
        ),
    )  # fmt: skip


async def tapped(turn: Turn, argument: str) -> None:
    """Follow a button of the events on the desk."""
    require_coordinator(turn.person.id, turn.coordinators)
    what, _, rest = argument.partition(":")
    number, _, more = rest.partition(":")
    value = form.number_of(number)
    if what == "list":
        await _list(turn, value)
    elif what in ("open", "dates", "cancel"):
        await _event(turn, what, value, form.number_of(more))
    elif what in ("date", "who", "drop", "move"):
        await _date(turn, what, value)
    elif what == "cancelyes":
        zone = turn.services.settings.zone
        await _cancelled(
            turn,
            await calendar.cancel(
                turn.session, turn.person.id, turn.coordinators, value, turn.now, zone
            ),
        )
    elif what == "dropyes":
        zone = turn.services.settings.zone
        await _cancelled(
            turn,
            await calendar.cancel_date(
                turn.session, turn.person.id, turn.coordinators, value, turn.now, zone
            ),
        )
    elif what == "moveyes":
        await _moved(turn, value, more)
    else:
        raise StaleError


async def _list(turn: Turn, page: int) -> None:
    found = await listing.for_staff(turn.session, turn.person.id, turn.coordinators, turn.now)
    await turn.show(list_screen(turn.voice, found, page, turn.services.settings.zone))


async def _event(turn: Turn, what: str, event_id: int, page: int) -> None:
    found = await listing.dates_for_staff(
        turn.session, turn.person.id, turn.coordinators, event_id, turn.now
    )
    services, zone = turn.services, turn.services.settings.zone
    if not found:
        await _gone(turn)
    elif what == "open":
        await turn.show(card_screen(turn.voice, services.content, found, zone))
    elif what == "dates":
        await turn.show(dates_screen(turn.voice, found, page, zone))
    else:
        told = sum(of.going + of.waiting for of in found)
        yes = f"evd:cancelyes:{event_id}"
        await turn.show(sure_screen(turn.voice, found[0], told, yes, zone))


async def _date(turn: Turn, what: str, date_id: int) -> None:
    of = await signups.find(turn.session, date_id)
    services, zone = turn.services, turn.services.settings.zone
    if of is None or of.cancelled or of.over <= turn.now:
        await _gone(turn)
    elif what == "date":
        await turn.show(date_screen(turn.voice, of, zone))
    elif what == "who":
        seen = await signups.attendance(turn.session, turn.person.id, turn.coordinators, date_id)
        await turn.show(who_screen(turn.voice, services.content, of, seen, zone))
    elif what == "drop":
        yes = f"evd:dropyes:{date_id}"
        await turn.show(sure_screen(turn.voice, of, of.going + of.waiting, yes, zone))
    else:
        turn.conversation.awaiting = {"for": "event_move", "date": date_id}
        when = when_of(turn.voice, of, zone)
        await turn.show(Screen(turn.voice.say("eventdesk.move_now", when=when)), new_message=True)


async def _cancelled(turn: Turn, notices: tuple[Notice, ...] | None) -> None:
    if notices is None:
        await _gone(turn)
        return
    told = turn.voice.number(await announce(turn, notices))
    back = (turn.voice.button("eventdesk.back", "evd:list:0"),)
    await turn.show(Screen(turn.voice.say("eventdesk.cancelled", told=told), (back,)))


async def wrote_time(turn: Turn, text: str) -> None:
    """Read the new time of one date, and echo it before anything is saved."""
    require_coordinator(turn.person.id, turn.coordinators)
    date_id = int((turn.conversation.awaiting or {})["date"])
    of = await signups.find(turn.session, date_id)
    voice, zone = turn.voice, turn.services.settings.zone
    if of is None or of.cancelled or of.over <= turn.now:
        turn.conversation.awaiting = None
        await _gone(turn)
        return
    try:
        span = typed_times.read_span(text, turn.now, zone)
    except TimeProblemError as error:
        await turn.show(problem_screen(voice, f"time_{error}", text))
        return
    turn.conversation.awaiting = None
    span = typed_times.like(span, of.starts, zone, all_day=of.all_day)
    starts, ends = _minutes(span.starts), _minutes(span.ends) if span.ends else 0
    new = when_text(voice, span.starts, span.ends, zone, all_day=of.all_day)
    await turn.show(
        Screen(
            voice.say(
                "eventdesk.move_sure", title=of.title(voice.tongue), was=when_of(voice, of, zone),
                when=new, city=voice.city(zone),
            ),
            (
                (voice.button("eventdesk.move_yes", f"evd:moveyes:{date_id}:{starts}:{ends}"),),
                (voice.button("eventdesk.keep", f"evd:date:{date_id}"),),
            ),
        )
    )  # fmt: skip


def _minutes(at: datetime) -> int:
    return int(at.timestamp() // 60)


async def _moved(turn: Turn, date_id: int, told: str) -> None:
    starts, _, ends = told.partition(":")
    begins, stops = form.number_of(starts), form.number_of(ends)
    if not begins:
        raise StaleError
    span = Span(utc(begins), utc(stops) if stops else None, False)
    zone = turn.services.settings.zone
    notices = await calendar.move_date(
        turn.session, turn.person.id, turn.coordinators, date_id, span, turn.now, zone
    )
    if notices is None:
        await _gone(turn)
        return
    count = turn.voice.number(await announce(turn, notices))
    back = (turn.voice.button("eventdesk.back", f"evd:date:{date_id}"),)
    await turn.show(Screen(turn.voice.say("eventdesk.moved", told=count), (back,)))


async def _gone(turn: Turn) -> None:
    back = (turn.voice.button("eventdesk.back", "evd:list:0"),)
    await turn.show(Screen(turn.voice.say("eventdesk.gone"), (back,)))
