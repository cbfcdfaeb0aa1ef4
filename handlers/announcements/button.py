"""Choosing what the button of an announcement opens."""

from collections.abc import Callable, Sequence
from functools import partial

from bot.announcements import lifecycle
from bot.announcements.opens import ANSWER, CAREER, EVENT, ITEM, LINK, names, parted, tidy_link
from bot.careers import directory
from bot.careers.directory import SHELVES, wish_of
from bot.content import Content
from bot.events import listing
from bot.language.words import shorten
from bot.refusals import StaleError
from bot.rights import May
from bot.screens.paging import Page
from bot.screens.screen import LONGEST_LABEL, Button, Screen
from bot.screens.taps import Data, is_number
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.announcements import screens, taps
from handlers.announcements.awaiting import LinkOf
from handlers.announcements.card import card
from handlers.announcements.opening import OPENS

_NOTHING = "none"
A_PAGE = 5
_Place = tuple[str, Data]


async def ask_button(turn: Turn, number: int) -> None:
    """Offer what the button may open."""
    await lifecycle.draft(turn.actor, number)
    voice = turn.voice
    chosen = [
        voice.button("cast.an_event", taps.EVENTS(number, 0)),
        voice.button("cast.a_career", taps.FIELDS(number, 0)),
        voice.button("cast.an_item", taps.SHELVES(number)),
        voice.button("cast.an_answer", taps.TOPICS(number, 0)),
        voice.button("cast.a_link", taps.LINK(number)),
        voice.button("cast.a_page", taps.PAGES(number)),
        voice.button("cast.no_button", taps.SET_BUTTON(number, _NOTHING)),
        voice.button("cast.card", taps.CARD(number)),
    ]
    await turn.show(Screen(voice.say("cast.button"), tuple((one,) for one in chosen)))


async def pages(turn: Turn, number: int) -> None:
    """Offer the pages of the bot itself."""
    await lifecycle.draft(turn.actor, number)
    voice = turn.voice
    chosen = [voice.button(_page_label(t), taps.SET_BUTTON(number, t)) for t in OPENS]
    back = voice.button("back.topic", taps.BUTTON(number))
    await turn.show(Screen(voice.say("cast.pages"), tuple((one,) for one in (*chosen, back))))


def _page_label(page: str) -> str:
    # What the girls' button says of home is only that it opens something.
    return "back.home" if page == "home" else f"news.open.{page}"


def choice_screen(
    voice: Voice,
    key: str,
    choices: Sequence[_Place],
    at: int,
    to: Callable[[int], Data],
    back: Data,
) -> Screen:
    """Return a page of what can be chosen from, with the way back."""
    page = Page.of(choices, at, A_PAGE)
    return Screen(
        voice.say(key, page=voice.number(page.number + 1), pages=voice.number(page.pages)),
        (
            *((Button(shorten(label, LONGEST_LABEL), data),) for label, data in page.items),
            (*page.ways(voice, to), voice.button("back.topic", back)),
        ),
    )


def _to(number: int, what: str, which: object) -> Data:
    return taps.SET_BUTTON(number, names(what, which))


async def topics(turn: Turn, number: int, at: int) -> None:
    """Offer the topics of the library, to find an answer in."""
    tongue = turn.voice.tongue
    found = [
        (f"{t.emoji} {t.label.get(tongue)}", taps.TOPIC(number, t.id, 0))
        for t in turn.services.content.topics
    ]
    to = partial(taps.TOPICS, number)
    await turn.show(choice_screen(turn.voice, "cast.topics", found, at, to, taps.BUTTON(number)))


async def topic(turn: Turn, number: int, name: str, at: int) -> None:
    """Offer the answers of one topic."""
    tongue = turn.voice.tongue
    found = [
        (e.question.get(tongue), _to(number, ANSWER, e.id))
        for e in turn.services.content.in_topic(name)
    ]
    to = partial(taps.TOPIC, number, name)
    await turn.show(
        choice_screen(turn.voice, "cast.entries", found, at, to, taps.TOPICS(number, 0))
    )


async def events(turn: Turn, number: int, at: int) -> None:
    """Offer the events to come."""
    turn.actor.require(May.ANNOUNCEMENTS)
    zone, voice = turn.services.settings.zone, turn.voice
    found = [
        (
            f"{voice.short_day(h.starts.astimezone(zone).date())} · {h.title.get(voice.tongue)}",
            _to(number, EVENT, h.event_id),
        )
        for h in await listing.for_staff(turn.actor)
    ]
    to = partial(taps.EVENTS, number)
    key = "cast.events" if found else "cast.no_events"
    await turn.show(choice_screen(voice, key, found, at, to, taps.BUTTON(number)))


async def fields(turn: Turn, number: int, at: int) -> None:
    """Offer the fields of work, to find a career in."""
    turn.actor.require(May.ANNOUNCEMENTS)
    found = [
        (field.label.get(turn.voice.tongue), taps.CAREERS(number, field.id, 0))
        for field in turn.services.content.fields
    ]
    to = partial(taps.FIELDS, number)
    await turn.show(choice_screen(turn.voice, "cast.fields", found, at, to, taps.BUTTON(number)))


async def careers(turn: Turn, number: int, field_id: str, at: int) -> None:
    """Offer the careers of one field."""
    turn.actor.require(May.ANNOUNCEMENTS)
    content = turn.services.content
    found = [
        (career.name.get(turn.voice.tongue), _to(number, CAREER, career.id))
        for career in content.careers.values()
        if content.field_of[career.id] == field_id
    ]
    to = partial(taps.CAREERS, number, field_id)
    await turn.show(
        choice_screen(turn.voice, "cast.careers", found, at, to, taps.FIELDS(number, 0))
    )


async def shelves(turn: Turn, number: int) -> None:
    """Offer the shelves of the directory."""
    turn.actor.require(May.ANNOUNCEMENTS)
    voice = turn.voice
    rows = [(voice.button(f"dir.shelf.{s}", taps.ITEMS(number, s, 0)),) for s in SHELVES]
    back = voice.button("back.topic", taps.BUTTON(number))
    await turn.show(Screen(voice.say("cast.shelves"), (*rows, (back,))))


async def items(turn: Turn, number: int, shelf: str, at: int) -> None:
    """Offer what stands on one shelf of the directory."""
    turn.actor.require(May.ANNOUNCEMENTS)
    content = turn.services.content
    wish = wish_of((shelf, "-", "-"), content)
    if wish is None:
        raise StaleError
    found = [
        (item.name.get(turn.voice.tongue), _to(number, ITEM, item.id))
        for item in directory.search(content, wish)
    ]
    to = partial(taps.ITEMS, number, shelf)
    await turn.show(choice_screen(turn.voice, "cast.items", found, at, to, taps.SHELVES(number)))


async def ask_link(turn: Turn, number: int) -> None:
    """Ask for the address of a page."""
    broadcast = await lifecycle.draft(turn.actor, number)
    turn.expect(LinkOf(broadcast.id))
    back = turn.voice.button("back.topic", taps.BUTTON(number))
    await turn.show(screens.write_screen(turn.voice, "cast.link", None, back))


async def wrote_link(turn: Turn, asked: LinkOf, text: str) -> None:
    """Take the address of a page."""
    opens = names(LINK, tidy_link(text))
    await lifecycle.open_with(turn.actor, asked.id, opens)
    await card(turn, asked.id)
    turn.expect(LinkOf(asked.id, again=True))


async def set_button(turn: Turn, number: int, opens: str) -> None:
    """Set what the button opens."""
    if opens == _NOTHING:
        await lifecycle.open_with(turn.actor, number, None)
    elif opens in OPENS or await _is_there(turn, opens):
        await lifecycle.open_with(turn.actor, number, opens)
    else:
        raise StaleError
    await card(turn, number)


async def _is_there(turn: Turn, opens: str) -> bool:
    """Return whether a button names something that the bot can show."""
    content: Content = turn.services.content
    what, which = parted(opens)
    if what == EVENT:
        return is_number(which) and await listing.next_date(turn.actor, int(which)) is not None
    return (
        (what == ANSWER and which in content.entries)
        or (what == CAREER and which in content.careers)
        or (what == ITEM and directory.item(content, which) is not None)
    )
