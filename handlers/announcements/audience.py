"""Choosing who an announcement goes to, with the number of people always in sight."""

from bot.announcements import audience, lifecycle
from bot.announcements.lifecycle import Desk
from bot.announcements.tables import Broadcast
from bot.language.words import shorten
from bot.screens.paging import page_row
from bot.screens.screen import LONGEST_LABEL, Button, Screen
from bot.screens.taps import StaleError
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.announcements.card import reach_of
from handlers.announcements.screens import Reach, option_label

OPTIONS_A_PAGE = 6


def audience_screen(voice: Voice, broadcast: Broadcast, reach: Reach) -> Screen:
    """Return every filter with what was chosen in it."""
    rows = []
    for name in audience.FILTERS:
        options = reach.chosen.get(name, ())
        words = ", ".join(option_label(voice, o) for o in options) or voice.label("audience.all")
        label = voice.label(
            "cast.audience_row", filter=voice.label(f"audience.{name}"), chosen=words
        )
        rows.append((Button(shorten(label, LONGEST_LABEL), f"cast:opt:{broadcast.id}:{name}:0"),))
    return Screen(
        voice.say("cast.audience", people=voice.number(reach.people)),
        (*rows, (voice.button("cast.card", f"cast:card:{broadcast.id}"),)),
    )


def options_screen(
    voice: Voice, broadcast: Broadcast, name: str, options: tuple[audience.Option, ...],
    page: int, people: int,
) -> Screen:  # fmt: skip
    """Return a page of one filter's options, ticked where they are chosen."""
    number, chosen = broadcast.id, broadcast.audience.get(name, [])
    pages = max(1, -(-len(options) // OPTIONS_A_PAGE))
    page = min(max(page, 0), pages - 1)
    buttons = [
        Button(
            f"{'✅' if o.value in chosen else '⬜'} {option_label(voice, o)}",
            f"cast:pick:{number}:{name}:{page}:{o.value}",
        )
        for o in options[page * OPTIONS_A_PAGE : (page + 1) * OPTIONS_A_PAGE]
    ]
    return Screen(
        voice.say(
            "cast.option",
            filter=voice.label(f"audience.{name}"),
            people=voice.number(people),
            page=voice.number(page + 1),
            pages=voice.number(pages),
        ),
        (
            *(tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2)),
            (*page_row(voice, f"cast:opt:{number}:{name}", page, pages),
             voice.button("back.desk", f"cast:who:{number}")),
        ),
    )  # fmt: skip


async def choose(turn: Turn, desk: Desk, number: int, _rest: str) -> None:
    """Show the filters."""
    broadcast = await lifecycle.draft(turn.session, desk, number)
    await turn.show(audience_screen(turn.voice, broadcast, await reach_of(turn, desk, broadcast)))


async def options(turn: Turn, desk: Desk, number: int, rest: str) -> None:
    """Show one filter."""
    name, _, page = rest.partition(":")
    await _options(turn, desk, await lifecycle.draft(turn.session, desk, number), name, page)


async def pick(turn: Turn, desk: Desk, number: int, rest: str) -> None:
    """Switch one option."""
    name, _, tail = rest.partition(":")
    page, _, value = tail.partition(":")
    broadcast = await lifecycle.choose(turn.session, desk, number, name, value)
    await _options(turn, desk, broadcast, name, page)


async def _options(turn: Turn, desk: Desk, broadcast: Broadcast, name: str, page: str) -> None:
    if name not in audience.FILTERS:
        raise StaleError
    shown = await audience.FILTERS[name].options(turn.session, turn.services.content)
    people = sum((await lifecycle.head_count(turn.session, desk, broadcast)).values())
    at = int(page) if page.isdecimal() and len(page) < 4 else 0
    await turn.show(options_screen(turn.voice, broadcast, name, shown, at, people))
