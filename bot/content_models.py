"""The shapes of what editors write in `content/`: answers, words, hotlines, topics."""

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


class FaqEntry(Reviewed):
    """One question with its reviewed answer."""

    id: EntryId
    question: Text
    answer: Text
    asks: Asks
    related: tuple[str, ...] = ()


class Learned(FaqEntry):
    """An entry that a coordinator added in the bot; `answered` is the day."""

    answered: date


class FaqFile(Model):
    """One topic's entries."""

    topic: str
    entries: tuple[FaqEntry, ...]


class Topic(Model):
    """A shelf of the FAQ."""

    id: str
    emoji: str
    label: Text


class SmallTalk(Model):
    """Something said to be polite or curious, with the bot's short reply."""

    id: EntryId
    asks: Asks
    reply: Text


class Decoy(Model):
    """Something girls ask that this bot does not answer; it teaches the matcher to say no."""

    id: EntryId
    asks: Asks


class Concept(Model):
    """A notion with the words for it in every way of writing."""

    id: str
    km: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    rom: tuple[str, ...] = ()


class Term(Model):
    """A term with the agreed Khmer word, and the words that must not stand for it."""

    id: EntryId
    en: str
    km: str
    avoid: tuple[str, ...] = ()
    note: str | None = None


class Hotline(Model):
    """A number to call, with who answers, and when it was last confirmed."""

    id: str
    number: str = Field(pattern=r"^[0-9 ]{3,12}$")
    name: Text
    about: Text
    source: Source
    reviewed: date
    review_every_days: int = Field(ge=30, le=365)


class Province(Model):
    """A province or the capital; `also` holds other spellings in Latin letters."""

    id: str
    label: Text
    also: tuple[str, ...] = ()


class WorkField(Model):
    """A field of work, shared by careers, mentors and events."""

    id: str
    emoji: str
    label: Text


class Care(Model):
    """What to say to a girl who may be in danger, by the kind of danger."""

    kind: str
    reply: Text
    hotlines: tuple[str, ...] = Field(min_length=1)
    entry: str | None = None
