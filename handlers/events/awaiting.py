"""What a coordinator is asked to write about events."""

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.answering.concepts import ConceptFinder
from bot.answering.wording import asks
from bot.content import Content
from bot.content.faq import Concept
from bot.events import check_in as door
from bot.events import pasted
from bot.events.details import LONGEST_PLACE
from bot.language.khmer import fold
from bot.language.links import is_link
from bot.language.typed_times import is_like_day
from bot.rights import May
from bot.screens.awaited import Awaited
from bot.screens.taps import Data
from handlers.events.form_screens import words_to_look_for
from handlers.events.taps import PREVIEW

# The steps of the form that are answered with a button, or by writing what it says.
TAPPED = ("kind", "where", "fields", "grades", "repeat", "remind")
_ADDRESS = re.compile(r"(?:https?|webcal)://\S+|[\w-]+(?:\.[\w-]+)+/\S*", re.IGNORECASE)


@lru_cache(maxsize=1)
def _finder(concepts: tuple[Concept, ...]) -> ConceptFinder:
    return ConceptFinder(concepts)


def _may_be_place(text: str, content: Content) -> bool:
    """Return whether words may name a place: they ask nothing, and are no greeting or thanks."""
    said = fold(text)
    polite = (fold(ask) for talk in content.smalltalk for ask in talk.asks.all())
    return (
        len(text) <= LONGEST_PLACE
        and not asks(text, _finder(content.concepts))
        and said not in polite
    )


@dataclass(frozen=True)
class Step(Awaited, name="event", who=May.EVENTS):
    """The words of one step of a draft; `mode` is as in the buttons of the form.

    `again` where the step was answered, and what is sent once more may correct it.
    """

    draft: int
    step: str
    mode: str
    again: bool = False

    @property
    def is_tapped(self) -> bool:
        """Whether it is answered with a button."""
        return self.step in TAPPED

    @property
    def goes_on(self) -> Data | None:
        """The button that leads back to the draft."""
        return None if self.again else PREVIEW(self.draft)

    def takes(self, text: str, content: Content) -> bool:
        """Return whether it is an answer, where none was asked for any more."""
        return not self.again or self.corrected_by(text, content)

    def corrected_by(self, text: str, content: Content) -> bool:
        """Return whether it is a day or a place, where one is looked for."""
        if self.step == "place":
            return is_link(text) or (self.again and _may_be_place(text, content))
        return self.step in ("when", "until") and is_like_day(text)


@dataclass(frozen=True)
class Block(Awaited, name="event_block", who=May.EVENTS):
    """A whole event in one message; `again` is the draft that it became, and may be corrected."""

    again: int | None = None

    def takes(self, text: str, content: Content) -> bool:
        """Return whether it is a block, where none was asked for any more."""
        return self.again is None or self.corrected_by(text, content)

    def corrected_by(self, text: str, content: Content) -> bool:
        """Return whether it says something of an event."""
        return pasted.says_anything(text, words_to_look_for(content))


@dataclass(frozen=True)
class NewTime(Awaited, name="event_move", who=May.EVENTS):
    """The time to which one date is moved."""

    date: int

    def corrected_by(self, text: str, content: Content) -> bool:
        """Return whether it is a day."""
        return is_like_day(text)


@dataclass(frozen=True)
class CodeOf(Awaited, name="event_code", who=May.EVENTS):
    """The code of somebody who comes to a date; the next follows.

    `asked` unless only a date is looked at, where nothing but a code is one.
    """

    date: int
    asked: bool = True

    def takes(self, text: str, content: Content) -> bool:
        """Return whether it is an answer, where none was asked for."""
        return self.asked or door.is_code(text)


@dataclass(frozen=True)
class FeedChoice(Awaited, name="feed_choice", who=May.EVENTS):
    """Of which kind the events of a new feed are; then how often it is read."""

    kind: str | None = None

    @property
    def is_tapped(self) -> bool:
        """Whether it is answered with a button."""
        return True


@dataclass(frozen=True)
class Address(Awaited, name="feed", who=May.EVENTS):
    """The address of a calendar to follow; `again` is the feed that an address became before."""

    kind: str
    once: bool
    again: int | None = None

    def takes(self, text: str, content: Content) -> bool:
        """Return whether it is an address, where none was asked for any more."""
        return self.again is None or self.corrected_by(text, content)

    def corrected_by(self, text: str, content: Content) -> bool:
        """Return whether it looks like an address."""
        return bool(_ADDRESS.fullmatch(text.strip()))
