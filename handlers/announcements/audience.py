"""Choosing who an announcement goes to, with the number of people always in sight."""

from bot.announcements import audience, lifecycle
from bot.announcements.lifecycle import Announcement
from bot.language.words import shorten
from bot.refusals import StaleError
from bot.screens.paging import Page
from bot.screens.screen import LONGEST_LABEL, Button, Screen, in_rows
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.announcements import taps
from handlers.announcements.card import reach_of
from handlers.announcements.screens import Reach, amount, option_label

OPTIONS_A_PAGE = 5


def audience_screen(voice: Voice, broadcast: Announcement, reach: Reach) -> Screen:
    """Return every filter with what was chosen in it."""
    rows = []
    for name in audience.FILTERS:
        options = reach.chosen.get(name, ())
        words = ", ".join(option_label(voice, o) for o in options) or voice.label("audience.all")
        label = voice.label(
            "cast.audience_row", filter=voice.label(f"audience.{name}"), chosen=words
        )
        data = taps.FILTER(broadcast.id, name, 0)
        rows.append((Button(shorten(label, LONGEST_LABEL), data),))
    return Screen(
        voice.say("cast.audience", people=amount(voice, broadcast, reach.people)),
        (*rows, (voice.button("cast.card", taps.CARD(broadcast.id)),)),
    )


def options_screen(
    voice: Voice, broadcast: Announcement, name: str, page: Page[audience.Option], people: int
) -> Screen:
    """Return a page of one filter's options, ticked where they are chosen."""
    chosen = broadcast.audience.get(name, [])
    buttons = [
        Button(
            f"{'✅' if o.value in chosen else '⬜'} {option_label(voice, o)}",
            taps.OPTION(broadcast.id, name, page.number, o.value),
        )
        for o in page.items
    ]
    return Screen(
        voice.say(
            "cast.option",
            filter=voice.label(f"audience.{name}"),
            people=amount(voice, broadcast, people),
            page=voice.number(page.number + 1),
            pages=voice.number(page.pages),
        ),
        (
            *in_rows(buttons),
            (
                *page.ways(voice, lambda to: taps.FILTER(broadcast.id, name, to)),
                voice.button("back.desk", taps.AUDIENCE(broadcast.id)),
            ),
        ),
    )


async def choose(turn: Turn, number: int) -> None:
    """Show the filters."""
    broadcast = await lifecycle.draft(turn.actor, number)
    await turn.show(audience_screen(turn.voice, broadcast, await reach_of(turn, broadcast)))


async def options(turn: Turn, number: int, name: str, page: int) -> None:
    """Show one filter."""
    if name not in audience.FILTERS:
        raise StaleError
    await _options(turn, await lifecycle.draft(turn.actor, number), name, page)


async def pick(turn: Turn, number: int, name: str, page: int, value: str) -> None:
    """Switch one option."""
    await _options(turn, await lifecycle.choose(turn.actor, number, name, value), name, page)


async def _options(turn: Turn, broadcast: Announcement, name: str, page: int) -> None:
    chosen, content = broadcast.audience.get(name, []), turn.services.content
    found = await audience.FILTERS[name].options(turn.session, content, chosen, turn.today)
    people = sum((await lifecycle.head_count(turn.actor, broadcast, turn.today)).values())
    shown = Page.of(found, page, OPTIONS_A_PAGE)
    await turn.show(options_screen(turn.voice, broadcast, name, shown, people))
