"""The shapes of what is told of people: women, stories, the page for parents."""

from typing import Annotated, Literal, cast

from pydantic import Field, model_validator

from bot.content.base import (
    BASE_TONGUE,
    EntryId,
    Model,
    Reviewed,
    Source,
    Text,
    Tongue,
    newest_year,
)

# Why a living woman may be named at all: an interview or talk under her name, what she published
# herself, or the public role of an official or the head of a company.
Ground = Literal["interview", "own words", "public office"]


class RoleModel(Model):
    """A woman who is named, with what she told of her work or what her public office is."""

    id: EntryId
    name: str
    # as a source writes it in Khmer; never guessed from the Latin letters
    name_km: Annotated[str, Field(pattern=r"^[\u1780-\u17d3 ]+$")] | None = None
    ground: Ground
    work: Text
    story: Text
    field: str
    careers: tuple[str, ...] = ()
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _dated(self) -> "RoleModel":
        if newest_year(self.sources) is None:
            raise ValueError("no source has a year: find one that has, or take her out")
        return self

    @property
    def year(self) -> int:
        """The year of the newest source."""
        # There is one: else she would not have been let in.
        return cast(int, newest_year(self.sources))

    def known_as(self, tongue: Tongue) -> str:
        """Return her name, in Khmer with the Latin letters beside it where a source has it."""
        if tongue == BASE_TONGUE and self.name_km:
            return f"{self.name_km} ({self.name})"
        return self.name


class Story(Model):
    """“A day as …”: made up to show what the work is like, and marked so."""

    id: EntryId
    career: str
    title: Text
    text: Text


class Objection(Model):
    """Something parents say, and an answer a daughter can give."""

    id: EntryId
    says: Text
    answer: Text
    faq: str | None = None


class ForParents(Reviewed):
    """The page for the family."""

    title: Text
    page: Text
    objections: tuple[Objection, ...]
