"""Events on the coordinators' desk: what is coming, who goes (as counts), move, cancel."""

from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from bot.content import Content
from bot.events import calendar, drafts, listing, offers, signups
from bot.events import check_in as door
from bot.events.details import WITHOUT_PLACES
from bot.events.happening import Happening
from bot.events.notices import Notice
from bot.events.signups import SMALLEST_GROUP, Attendance
from bot.language import typed_times
from bot.language.typed_times import Span, TimeProblemError
from bot.language.words import shorten
from bot.screens.paging import Page, page_of
from bot.screens.screen import LONGEST_LABEL, Button, Html, Screen, paragraphs
from bot.screens.taps import Data
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.doors import ANNOUNCE_EVENT, DESK, WRITE_TO_COMERS
from handlers.events.awaiting import CodeOf, NewTime
from handlers.events.form_screens import not_understood
from handlers.events.notices import announce
from handlers.events.screens import when_of, when_text, where_of
from handlers.events.taps import (
    ATTENDANCE,
    CALL_OFF,
    CALL_OFF_YES,
    CANCEL,
    CANCEL_YES,
    CHECK_IN,
    DATE,
    DATES,
    EDIT,
    EVENT,
    EVENTS,
    FEEDS,
    MOVE,
    MOVE_YES,
    NEW,
    PASTE,
    PREVIEW,
)

EVENTS_A_PAGE = 4
DATES_A_PAGE = 5


def list_screen(
    voice: Voice,
    found: list[Happening],
    number: int,
    zone: ZoneInfo,
    draft: int | None,
    *,
    offered: int,
) -> Screen:
    """Return a page of what is coming, and the ways to add to it; `offered` waits for a look.

    Whoever has left a new event unfinished goes on with that `draft`, and throws it away there.
    """
    begin = (
        voice.button("eventdesk.new", NEW())
        if draft is None
        else voice.button("eventdesk.go_on", PREVIEW(draft))
    )
    page = Page.of(found, number, EVENTS_A_PAGE)
    return Screen(
        voice.say("eventdesk.list", total=voice.number(len(found))),
        (
            *(
                (Button(_line(voice, happening, zone), EVENT(happening.event_id)),)
                for happening in page.items
            ),
            page.ways(voice, EVENTS),
            (
                begin,
                voice.button("eventdesk.paste", PASTE()),
            ),
            (
                Button(voice.counted(voice.label("eventdesk.feeds"), offered), FEEDS()),
                voice.button("back.desk", DESK()),
            ),
        ),
    )


def _line(voice: Voice, happening: Happening, zone: ZoneInfo) -> str:
    day = voice.short_day(happening.starts.astimezone(zone).date())
    label = voice.label(
        "eventdesk.line",
        day=day,
        title=happening.title.get(voice.tongue),
        going=voice.number(happening.going),
    )
    return shorten(label, LONGEST_LABEL)


def card_screen(voice: Voice, content: Content, found: list[Happening], zone: ZoneInfo) -> Screen:
    """Return one event by its next date, with what can be done to it."""
    happening = found[0]
    manage = (
        voice.button("eventdesk.dates", DATES(happening.event_id, 0))
        if len(found) > 1
        else voice.button("eventdesk.who", ATTENDANCE(happening.date_id))
    )
    return Screen(
        voice.say(
            "eventdesk.card",
            kind=voice.label(f"event.kind.{happening.kind}"),
            **{f"title_{tongue}": happening.title.get(tongue) for tongue in content.tongues},
            when=when_of(voice, happening, zone),
            where=where_of(voice, content, happening),
            **_counts(voice, happening),
        ),
        (
            (voice.button("eventdesk.edit", EDIT(happening.event_id)), manage),
            (voice.button("eventdesk.announce", ANNOUNCE_EVENT(happening.event_id)),),
            (voice.button("eventdesk.cancel", CANCEL(happening.event_id)),),
            (voice.button("eventdesk.back", EVENTS.again()),),
        ),
    )


def _counts(voice: Voice, happening: Happening) -> dict[str, str]:
    return {"going": voice.number(happening.going), "waiting": voice.number(happening.waiting)}


def dates_screen(voice: Voice, found: list[Happening], number: int, zone: ZoneInfo) -> Screen:
    """Return a page of the dates of one event."""
    happening = found[0]
    page = Page.of(found, number, DATES_A_PAGE)
    return Screen(
        voice.say(
            "eventdesk.all_dates",
            title=happening.title.get(voice.tongue),
            total=voice.number(len(found)),
        ),
        (
            *((Button(_line(voice, date, zone), DATE(date.date_id)),) for date in page.items),
            page.ways(voice, partial(DATES, happening.event_id)),
            (voice.button("event.back", EVENT(happening.event_id)),),
        ),
    )


def date_screen(voice: Voice, happening: Happening, number: int, zone: ZoneInfo) -> Screen:
    """Return one date of an event that has many, `number` the page of them where it stands."""
    return Screen(
        voice.say(
            "eventdesk.date",
            title=happening.title.get(voice.tongue),
            when=when_of(voice, happening, zone),
            **_counts(voice, happening),
        ),
        (
            (
                voice.button("eventdesk.move", MOVE(happening.date_id)),
                voice.button("eventdesk.who", ATTENDANCE(happening.date_id)),
            ),
            (voice.button("eventdesk.cancel", CALL_OFF(happening.date_id)),),
            (voice.button("event.back", DATES(happening.event_id, number)),),
        ),
    )


def who_screen(
    voice: Voice,
    content: Content,
    happening: Happening,
    seen: Attendance,
    came: int,
    back: Data,
    zone: ZoneInfo,
) -> Screen:
    """Return who is going and how many came, as counts, with what can be done for them."""
    provinces = {p.id: p.label.get(voice.tongue) for p in content.provinces}
    parts = [
        voice.say(
            "eventdesk.counts",
            title=happening.title.get(voice.tongue),
            when=when_of(voice, happening, zone),
            going=voice.number(seen.going),
            waiting=voice.number(seen.waiting),
            not_going=voice.number(seen.not_going),
            came=voice.number(came),
        )
    ]
    by_province = {provinces.get(name, name): n for name, n in seen.by_province.items()}
    by_grade = {voice.label(f"grade.{name}"): n for name, n in seen.by_grade.items()}
    for key, groups in (("provinces", by_province), ("grades", by_grade)):
        if groups:
            lines = _group_lines(voice, groups)
            parts.append(voice.say(f"eventdesk.who.{key}", lines=lines))
    parts.append(voice.say("eventdesk.who.small", smallest=voice.number(SMALLEST_GROUP)))
    # Nobody comes to a last day or an exam: there is no door to check in at.
    door = happening.kind not in WITHOUT_PLACES
    return Screen(
        paragraphs(*parts),
        (
            *(((voice.button("checkin.begin", CHECK_IN(happening.date_id)),),) if door else ()),
            (voice.button("eventdesk.write_to", WRITE_TO_COMERS(happening.event_id)),),
            (voice.button("event.back", back),),
        ),
    )


def _group_lines(voice: Voice, groups: dict[str, int]) -> Html:
    return Html(
        "\n".join(
            voice.say("eventdesk.who.line", name=name, count=voice.number(n))
            for name, n in groups.items()
        )
    )


def sure_screen(
    voice: Voice, happening: Happening, told: int, yes: Data, keep: Data, zone: ZoneInfo
) -> Screen:
    """Return the question before something is cancelled."""
    return Screen(
        voice.say(
            "eventdesk.sure",
            title=happening.title.get(voice.tongue),
            when=when_of(voice, happening, zone),
            told=voice.number(told),
        ),
        (
            (voice.button("eventdesk.cancel_yes", yes),),
            (voice.button("eventdesk.keep", keep),),
        ),
    )


def move_screen(
    voice: Voice, happening: Happening, starts: datetime, ends: datetime | None, zone: ZoneInfo
) -> Screen:
    """Return the question before one date is moved."""
    new = when_text(voice, starts, ends, zone, all_day=happening.all_day)
    return Screen(
        voice.say(
            "eventdesk.move_sure",
            title=happening.title.get(voice.tongue),
            was=when_of(voice, happening, zone),
            when=new,
            city=voice.city(zone),
        ),
        (
            (voice.button("eventdesk.move_yes", MOVE_YES(happening.date_id, starts, ends)),),
            (voice.button("eventdesk.keep", DATE(happening.date_id)),),
        ),
    )


async def events(turn: Turn, page: int) -> None:
    """Show what is coming."""
    found = await listing.for_staff(turn.actor)
    offered = await offers.how_many(turn.actor)
    zone = turn.services.settings.zone
    draft = await drafts.unfinished(turn.actor)
    number = None if draft is None else draft.id
    await turn.show(list_screen(turn.voice, found, page, zone, number, offered=offered))


async def event(turn: Turn, event_id: int) -> None:
    """Show one event by its next date."""
    found = await listing.dates_for_staff(turn.actor, event_id)
    services = turn.services
    await turn.show(card_screen(turn.voice, services.content, found, services.settings.zone))


async def dates(turn: Turn, event_id: int, page: int) -> None:
    """Show the dates of one event."""
    found = await listing.dates_for_staff(turn.actor, event_id)
    await turn.show(dates_screen(turn.voice, found, page, turn.services.settings.zone))


async def date(turn: Turn, date_id: int) -> None:
    """Show one date."""
    happening = await listing.date_for_staff(turn.actor, date_id)
    found = await listing.dates_for_staff(turn.actor, happening.event_id)
    number = page_of([one.date_id for one in found], date_id, DATES_A_PAGE)
    await turn.show(date_screen(turn.voice, happening, number, turn.services.settings.zone))


async def attendance(turn: Turn, date_id: int) -> None:
    """Show who is going to a date, as counts."""
    happening = await listing.date_for_staff(turn.actor, date_id)
    seen = await signups.attendance(turn.actor, date_id)
    content, zone = turn.services.content, turn.services.settings.zone
    came = await door.how_many(turn.actor, date_id)
    # An event with a single date has no screen of the date: it opens from the event itself.
    dates = await listing.dates_for_staff(turn.actor, happening.event_id)
    back = DATE(date_id) if len(dates) > 1 else EVENT(happening.event_id)
    if happening.kind not in WITHOUT_PLACES:
        # Whoever stands at the door types what she is shown.
        turn.expect(CodeOf(date_id, asked=False))
    await turn.show(who_screen(turn.voice, content, happening, seen, came, back, zone))


async def check_in(turn: Turn, date_id: int) -> None:
    """Ask for the codes of those who come, one after the other."""
    happening = await listing.date_for_staff(turn.actor, date_id)
    turn.expect(CodeOf(date_id))
    title = happening.title.get(turn.voice.tongue)
    await turn.show(
        _door_screen(turn, date_id, Screen(turn.voice.say("checkin.ask", title=title)))
    )


async def wrote_code(turn: Turn, asked: CodeOf, text: str) -> None:
    """Count one who has come; what is typed next is the next code."""
    turn.way_back = ("eventdesk.who", ATTENDANCE(asked.date))
    found = await door.came(turn.actor, asked.date, text)
    key = "checkin.again" if found.again else "checkin.came"
    said = Screen(turn.voice.say(key, came=turn.voice.number(found.came)))
    await turn.show(_door_screen(turn, asked.date, said))


def _door_screen(turn: Turn, date_id: int, screen: Screen) -> Screen:
    return screen.with_row(turn.voice.button("checkin.end", ATTENDANCE(date_id)))


async def cancel(turn: Turn, event_id: int) -> None:
    """Ask whether an event is to be cancelled."""
    found = await listing.dates_for_staff(turn.actor, event_id)
    told = sum(happening.going + happening.waiting for happening in found)
    zone = turn.services.settings.zone
    yes, keep = CANCEL_YES(event_id), EVENT(event_id)
    await turn.show(sure_screen(turn.voice, found[0], told, yes, keep, zone))


async def cancelled(turn: Turn, event_id: int) -> None:
    """Cancel an event."""
    zone = turn.services.settings.zone
    await _tell_cancelled(turn, await calendar.cancel(turn.actor, event_id, zone))


async def call_off(turn: Turn, date_id: int) -> None:
    """Ask whether one date is to be called off."""
    happening = await listing.date_for_staff(turn.actor, date_id)
    told, zone = happening.going + happening.waiting, turn.services.settings.zone
    yes, keep = CALL_OFF_YES(date_id), DATE(date_id)
    await turn.show(sure_screen(turn.voice, happening, told, yes, keep, zone))


async def called_off(turn: Turn, date_id: int) -> None:
    """Call one date off."""
    zone = turn.services.settings.zone
    await _tell_cancelled(turn, await calendar.cancel_date(turn.actor, date_id, zone))


async def _tell_cancelled(turn: Turn, notices: tuple[Notice, ...]) -> None:
    told = turn.voice.number(await announce(turn.session, turn.services, notices, turn.now))
    back = (turn.voice.button("eventdesk.back", EVENTS.again()),)
    await turn.show(Screen(turn.voice.say("eventdesk.cancelled", told=told), (back,)))


async def move(turn: Turn, date_id: int) -> None:
    """Ask for the new time of one date."""
    happening = await listing.date_for_staff(turn.actor, date_id)
    turn.expect(NewTime(date_id))
    when = when_of(turn.voice, happening, turn.services.settings.zone)
    await turn.show(
        Screen(
            turn.voice.say("eventdesk.move_now", when=when),
            ((turn.voice.button("event.back", DATE(date_id)),),),
        ),
        new_message=True,
    )


async def wrote_time(turn: Turn, asked: NewTime, text: str) -> None:
    """Read the new time of one date, and echo it before anything is saved."""
    happening = await listing.date_for_staff(turn.actor, asked.date)
    voice, zone = turn.voice, turn.services.settings.zone
    try:
        told = typed_times.read_span(text, turn.now, zone)
        span = typed_times.like(told, happening.starts, turn.now, zone, all_day=happening.all_day)
    except TimeProblemError as error:
        raise not_understood(voice, f"time_{error}", text) from None
    turn.expect(None)
    await turn.show(move_screen(voice, happening, span.starts, span.ends, zone))


async def moved(turn: Turn, date_id: int, starts: datetime, ends: datetime | None) -> None:
    """Move one date."""
    span, zone = Span(starts, ends, False), turn.services.settings.zone
    notices = await calendar.move_date(turn.actor, date_id, span, zone)
    told = turn.voice.number(await announce(turn.session, turn.services, notices, turn.now))
    back = (turn.voice.button("eventdesk.back", DATE(date_id)),)
    await turn.show(Screen(turn.voice.say("eventdesk.moved", told=told), (back,)))
