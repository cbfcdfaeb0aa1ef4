"""The shapes of what is said and looked for when a girl may be in danger."""

from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from bot.content.base import Model, Source, Text

# The kind of danger of which no more is known than that she wants help.
GENERAL = "help"


class WordForms(BaseModel):
    """Words for one thing, in each way of writing."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    km: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    rom: tuple[str, ...] = ()


class Sign(BaseModel):
    """One sign of danger."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    kind: str
    name: str
    phrases: WordForms = WordForms()
    all: tuple[str, ...] = ()
    any: tuple[tuple[str, ...], ...] = ()
    unless: tuple[str, ...] = ()
    # groups that say that it is only told of
    softened_by: tuple[str, ...] = ()
    deniable: tuple[str, ...] = ()
    deniable_phrases: bool = False


class Signs(BaseModel):
    """The reviewed list."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    safe_words: WordForms
    distress: WordForms
    relief: WordForms
    # that nobody shall be called any more, said while somebody is
    call_off: WordForms = WordForms()
    # phrases of other languages, by kind of danger, matched as they are written
    in_other_languages: dict[str, tuple[str, ...]] = {}
    # kinds of danger that an answer helps most, so that it comes first, with a gentle line
    met_gently: tuple[str, ...] = ()
    # FAQ entries of which who asks is in danger, or another girl is
    met_with_care: tuple[str, ...] = ()
    # FAQ entries that speak of danger themselves, so their ways of asking prove nothing
    spoken_of: tuple[str, ...] = ()
    # more FAQ entries that are read in the private chat only
    kept_private: tuple[str, ...] = ()
    # groups that say that it is herself, whatever it is told in
    herself: tuple[str, ...] = ()
    words: dict[str, WordForms]
    signs: tuple[Sign, ...]


class Hotline(Model):
    """A number to call, with who answers, and when it was last confirmed."""

    id: str
    number: str = Field(pattern=r"^[0-9 ]{3,12}$")
    name: Text
    about: Text
    source: Source
    reviewed: date
    review_every_days: int = Field(ge=30, le=365)


class Care(Model):
    """What to say to a girl who may be in danger, by the kind of danger."""

    kind: str
    reply: Text
    hotlines: tuple[str, ...] = Field(min_length=1)
    entry: str | None = None
