"""What the card for the family says: why the work is a good life, the way there, costs known.

The picture (`family_card_picture.py`) and the text of the same name say the same, from here.
Costs are only what the content says: free training, scholarships, and else "ask the school".
"""

from dataclasses import dataclass

from bot.careers.plan import free_training_for, one_of_each_kind, places_for, scholarships_for
from bot.content import Content
from bot.content.base import Tongue
from bot.content.careers import Career
from bot.content.directory import Institution
from bot.screens.voice import Voice

# Whole names are long.
MOST_WAYS, MOST_PLACES = 2, 3


@dataclass(frozen=True)
class Section:
    """A heading with its lines."""

    kind: str  # way, place or cost
    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class FamilyCard:
    """The words of the card, plain text in one language."""

    for_whom: str
    name: str
    what: str
    promise: str
    sections: tuple[Section, ...]
    closing: str
    signature: str


def family_card(content: Content, career: Career, tongue: Tongue, username: str) -> FamilyCard:
    """Return the card for a career."""
    voice = Voice(content, tongue)
    places = [_called(place, tongue) for place in places_for(content, career, None)]
    ways = [way.text.get(tongue) for way in one_of_each_kind(career.ways)[:MOST_WAYS]]
    sections = [Section("way", voice.label("card.way"), tuple(ways))]
    if places:
        where = tuple(places[:MOST_PLACES])
        sections.append(Section("place", voice.label("card.place"), where))
    sections.append(Section("cost", voice.label("card.cost"), _costs(voice, content, career)))
    return FamilyCard(
        voice.label("card.for_whom"),
        career.name.get(tongue),
        career.what.get(tongue),
        career.for_parents.get(tongue),
        tuple(sections),
        voice.label("card.closing"),
        signature(voice, username),
    )


def signature(voice: Voice, username: str) -> str:
    """Return the line that says from whom a picture is, and where the bot is found."""
    return (
        voice.label("card.signature", username=username) if username else voice.label("card.name")
    )


def _called(place: Institution, tongue: Tongue) -> str:
    """Return the whole name of a place, which a family can read, and its short one behind it."""
    name = place.name.get(tongue)
    return name if place.short in name else f"{name} ({place.short})"


def _costs(voice: Voice, content: Content, career: Career) -> tuple[str, ...]:
    known = (
        ("card.free", free_training_for(content, career)),
        ("card.scholarship", scholarships_for(content, career)),
    )
    return (
        *(voice.label(key, name=found[0].name.get(voice.tongue)) for key, found in known if found),
        voice.label("card.ask_school"),
    )
