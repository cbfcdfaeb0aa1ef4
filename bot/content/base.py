"""The shapes that all content shares: words in both languages, sources, reviews."""

from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, HttpUrl, model_validator

Tongue = Literal["km", "en"]
EntryId = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]


class Model(BaseModel):
    """What all content shares: nothing unknown, nothing changed after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Text(Model):
    """The same words in both languages; neither may be missing."""

    km: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def get(self, tongue: Tongue) -> str:
        """Return the words in one language."""
        return self.km if tongue == "km" else self.en


class Asks(Model):
    """Ways of asking, by how they are written."""

    km: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    rom: tuple[str, ...] = ()
    mix: tuple[str, ...] = ()

    def all(self) -> tuple[str, ...]:
        """Return every way of asking."""
        return (*self.km, *self.en, *self.rom, *self.mix)


class Source(Model):
    """Where a fact was read."""

    title: str = Field(min_length=1)
    url: HttpUrl
    year: int | None


class Reviewed(Model):
    """Something that states facts: where they were read, when, and how long that holds."""

    sources: tuple[Source, ...] = ()
    no_source: str | None = None
    reviewed: date
    review_every_days: int = Field(ge=30, le=730)

    @model_validator(mode="after")
    def _sourced(self) -> "Reviewed":
        if bool(self.sources) == bool(self.no_source):
            raise ValueError("give either `sources`, or `no_source` with the reason, not both")
        return self

    @property
    def review_due(self) -> date:
        """The day by which it must be read again."""
        return self.reviewed + timedelta(days=self.review_every_days)


class Names(Model):
    """The words girls use for something, in each way of writing."""

    km: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    rom: tuple[str, ...] = ()

    def all(self) -> tuple[str, ...]:
        """Return every name."""
        return (*self.km, *self.en, *self.rom)
