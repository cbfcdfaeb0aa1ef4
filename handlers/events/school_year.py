"""The school year: what comes in the next twelve months, how certain each date is, whom to ask.

A coordinator takes a date into the events with one tap, and completes it in the form.
"""

from bot.content import Content
from bot.content.school_year import SchoolDate
from bot.events import school_year
from bot.events.school_year import Coming
from bot.language.words import shorten
from bot.refusals import StaleError
from bot.screens.paging import Page
from bot.screens.screen import LONGEST_LABEL, Button, Html, Screen, paragraphs
from bot.screens.sources import source_note
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.doors import ASKED, CALENDAR, ENTRY, SCHOOL_YEAR, homewards
from handlers.events import form
from handlers.events.screens import for_whom
from handlers.events.taps import SCHOOL_DATE, TAKE_OVER

DATES_A_PAGE = 5


def list_screen(voice: Voice, found: tuple[Coming, ...], number: int) -> Screen:
    """Return a page of what comes, each date a button; its mark says how certain it is."""
    page = Page.of(found, number, DATES_A_PAGE)
    return Screen(
        voice.say(
            "schoolyear.list",
            page=voice.number(page.number + 1),
            pages=voice.number(page.pages),
        ),
        (
            *(
                (Button(_line(voice, one), SCHOOL_DATE(one.of.id, page.number)),)
                for one in page.items
            ),
            page.ways(voice, SCHOOL_YEAR),
            homewards(voice, voice.button("events.back", CALENDAR(None, 0, ""))),
        ),
    )


def _line(voice: Voice, one: Coming) -> str:
    when = _short(voice, one)
    label = voice.label(
        f"schoolyear.line.{one.certainty}", when=when, name=one.of.name.get(voice.tongue)
    )
    return shorten(label, LONGEST_LABEL)


def _short(voice: Voice, one: Coming) -> str:
    """Return when it is, short enough for a button: a day or two, or a month or two."""
    say = voice.short_month if one.certainty == "usual" else voice.short_day
    first, last = say(one.first), say(one.last)
    return first if first == last else voice.label("schoolyear.span", first=first, last=last)


def date_screen(
    voice: Voice,
    content: Content,
    of: SchoolDate,
    found: Coming | None,
    number: int,
    *,
    coordinator: bool,
) -> Screen:
    """Return one date: when it comes and how certain that is, what was so far, whom to ask."""
    lines = [
        voice.say("schoolyear.name", name=of.name.get(voice.tongue)),
        _when(voice, found),
        *for_whom(voice, content, (), of.grades),
    ]
    rows = _ways_on(voice, content, of)
    if coordinator:
        rows.append((voice.button("schoolyear.take", TAKE_OVER(of.id)),))
    rows.append(homewards(voice, voice.button("schoolyear.back", SCHOOL_YEAR(number))))
    return Screen(
        paragraphs(
            "\n".join(lines),
            voice.say("verbatim", text=of.text.get(voice.tongue)),
            source_note(voice, of),
        ),
        tuple(rows),
    )


def _when(voice: Voice, found: Coming | None) -> Html:
    if found is None:
        return voice.say("schoolyear.over")
    say = voice.month if found.certainty == "usual" else voice.weekday
    first, last = say(found.first), say(found.last)
    if first == last:
        return voice.say(f"schoolyear.{found.certainty}", when=first)
    span = voice.say("schoolyear.from_to", first=first, last=last)
    return voice.say(f"schoolyear.{found.certainty}", when=span)


def _ways_on(voice: Voice, content: Content, of: SchoolDate) -> list[tuple[Button, ...]]:
    rows: list[tuple[Button, ...]] = []
    if of.faq in content.entries:
        question = content.entries[of.faq].question.get(voice.tongue)
        label = shorten(question, LONGEST_LABEL)
        rows.append((Button(label, ENTRY(of.faq, voice.tongue, False)),))
    chance = next((o for o in content.opportunities if o.id == of.opportunity), None)
    if chance is not None:
        label = voice.label("schoolyear.chance", name=chance.name.get(voice.tongue))
        opens = ASKED("opportunity", chance.id, "about", voice.tongue)
        rows.append((Button(shorten(label, LONGEST_LABEL), opens),))
    return rows


async def dates(turn: Turn, page: int) -> None:
    """Show a page of what comes in the next twelve months."""
    found = school_year.coming(turn.services.content.school_year, turn.today)
    await turn.show(list_screen(turn.voice, found, page))


async def date(turn: Turn, name: str, page: int) -> None:
    """Show one date."""
    of, content = _named(turn, name), turn.services.content
    found = school_year.next_of(of, turn.today)
    screen = date_screen(turn.voice, content, of, found, page, coordinator=turn.is_coordinator)
    await turn.show(screen)


async def take_over(turn: Turn, name: str) -> None:
    """Begin an event with what is known of a date; the day only where it is certain."""
    of, zone = _named(turn, name), turn.services.settings.zone
    found = school_year.next_of(of, turn.today)
    await form.begin(turn, school_year.as_event(of, found, turn.now, zone))


def _named(turn: Turn, name: str) -> SchoolDate:
    of = turn.services.content.school_date.get(name)
    if of is None:
        raise StaleError
    return of
