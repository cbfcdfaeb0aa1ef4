"""The shapes of what is asked about named things, and of the pages that can be asked for."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from bot.content.base import Asks, EntryId, Model

# Where the name of the thing stands in a pattern.
PLACE = "{x}"


class AspectPatterns(Model):
    """One aspect, with the ways in which it is asked about."""

    id: EntryId
    asks: Asks

    @model_validator(mode="after")
    def _each_names_the_thing(self) -> "AspectPatterns":
        for line in self.asks.all():
            if line.count(PLACE) != 1:
                raise ValueError(f"“{line}”: write {PLACE} once, where the name stands")
        return self


class Aspects(Model):
    """All that is asked about one kind of thing: `content/aspects/<kind>.yaml`."""

    kind: Literal["career", "institution", "opportunity"]
    aspects: Annotated[tuple[AspectPatterns, ...], Field(min_length=1)]


class AskedPage(Model):
    """A list or another page of the bot that girls ask for in their own words."""

    id: EntryId
    kind: Literal["list", "feature"]
    asks: Asks


class MoreAsks(Model):
    """More ways of asking, by the id of what they ask for: `content/asks/`."""

    kind: Literal["faq", "list", "feature", "smalltalk", "outside"]
    asks: dict[EntryId, Asks]
