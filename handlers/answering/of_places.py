"""What is said of a place to study or an opportunity to who asked one thing about it.

What was asked comes first, the rest is one tap away. What no source says, such as a fee that
changes every year, is said plainly not to be known, with whom to ask.
"""

from bot.careers.directory import Item, Shelf, Wish, kind_of, shelf_of
from bot.careers.known import unknown_of
from bot.content import Content
from bot.content.directory import Institution, Opportunity
from bot.screens.links import page_rows
from bot.screens.screen import Button, Html, Screen, paragraphs
from bot.screens.sources import source_note
from bot.screens.voice import Voice
from handlers.answering.taps import ASK_A_PERSON
from handlers.careers import taps
from handlers.careers.directory import item_screen, over_text, provinces_named, to_shelf
from handlers.doors import ENTRY, HOME

# What is asked of a place to study that a shelf of the directory may answer.
_SHELVES: dict[str, Shelf] = {"scholarship": "scholarship", "dormitory": "dormitory"}


def is_unknown(item: Item, aspect: str | None) -> bool:
    """Return whether the thing is known and this about it is not."""
    return isinstance(item, Institution) and aspect in unknown_of(item)


def place_or_chance_screen(
    voice: Voice, content: Content, item: Item, aspect: str | None
) -> Screen:
    """Return what was asked of a place to study or an opportunity, above the rest."""
    shelf = shelf_of(item)
    if aspect in (None, "about"):
        return item_screen(voice, content, item, Wish(shelf).key)
    heading = voice.say(
        "asked.title",
        title=item.name.get(voice.tongue),
        aspect=voice.label(f"aspect.{kind_of(item)}.{aspect}"),
    )
    if told := item.told.get(aspect):
        parts = [voice.say("verbatim", text=told.get(voice.tongue)), *_link(voice, item)]
    elif isinstance(item, Institution):
        parts = _of_place(voice, content, item, aspect)
    else:
        parts = _of_chance(voice, content, item, aspect)
    rows: list[tuple[Button, ...]] = []
    if isinstance(item, Opportunity) and item.faq:
        rows.append((voice.button("dir.more", ENTRY(item.faq, voice.tongue, False)),))
    elif other := _SHELVES.get(aspect):
        rows.append((voice.button(f"dir.shelf.{other}", to_shelf(Wish(other))),))
    whole = voice.button("asked.whole", taps.ITEM(item.id, *Wish(shelf).key))
    unknown = is_unknown(item, aspect)
    rows += page_rows(voice, item.link)
    rows.append((whole, voice.button("asked.person", ASK_A_PERSON())) if unknown else (whole,))
    rows.append(
        (
            voice.button(f"dir.shelf.{shelf}", to_shelf(Wish(shelf))),
            voice.button("back.home", HOME()),
        )
    )
    return Screen(paragraphs(heading, *parts, source_note(voice, item)), tuple(rows))


def _of_place(voice: Voice, content: Content, place: Institution, aspect: str) -> list[Html]:
    about = voice.say("verbatim", text=place.about.get(voice.tongue))
    entry = voice.say("dir.entry", entry=place.entry.get(voice.tongue))
    where = voice.say("dir.where", where=provinces_named(voice, content, place.provinces))
    parts = {
        "majors": [about],
        "entrance": [entry],
        "deadline": [entry],
        "place": [where, about],
        "scholarship": [entry, about],
    }.get(aspect, [about])
    if not is_unknown(place, aspect):
        return [*parts, *_link(voice, place)]
    plainly = voice.say(f"unknown.institution.{aspect}", name=place.short)
    return [plainly, _whom_to_ask(voice, place), *parts]


def _whom_to_ask(voice: Voice, place: Institution) -> Html:
    if place.link:
        return voice.say("unknown.ask_there", link=str(place.link))
    return voice.say("unknown.ask_somebody")


def _of_chance(voice: Voice, content: Content, chance: Opportunity, aspect: str) -> list[Html]:
    about = voice.say("verbatim", text=chance.about.get(voice.tongue))
    who = voice.say("dir.who", who=chance.who.get(voice.tongue))
    how = voice.say("dir.how", how=chance.how.get(voice.tongue))
    again = voice.say(f"dir.recurs.{chance.recurs.replace(' ', '_')}")
    where = voice.say("dir.where", where=provinces_named(voice, content, chance.provinces))
    parts = {
        "who": [who],
        "how": [how, again],
        "deadline": [over_text(voice, chance), again, how],
        "place": [where, about],
        "chance": [about, who],
    }.get(aspect, [about])
    return [*parts, *_link(voice, chance)]


def _link(voice: Voice, item: Item) -> list[Html]:
    return [voice.say("dir.link", link=str(item.link))] if item.link else []
