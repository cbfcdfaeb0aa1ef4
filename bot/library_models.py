"""The shapes of the library beside the FAQ: careers, the directory, women, stories, parents."""

from typing import Annotated, Literal

from pydantic import Field, HttpUrl

from bot.content_models import EntryId, Model, Reviewed, Source, Text

Track = Literal["science", "social", "either"]
WayKind = Literal["degree", "associate", "tvet", "self"]
OpportunityKind = Literal["scholarship", "programme", "club", "contest", "training", "dormitory"]
Recurs = Literal["yearly", "several a year", "always open", "ask"]


class Names(Model):
    """The words girls use for something, in each way of writing."""

    km: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    rom: tuple[str, ...] = ()

    def all(self) -> tuple[str, ...]:
        """Return every name."""
        return (*self.km, *self.en, *self.rom)


class Way(Model):
    """A way into a career."""

    kind: WayKind
    text: Text


class Career(Reviewed):
    """Work that a girl may choose."""

    id: EntryId
    emoji: str
    name: Text
    also_called: Names
    what: Text
    day: Text
    subjects: Annotated[tuple[str, ...], Field(min_length=1)]
    track: Track
    tags: Annotated[tuple[str, ...], Field(min_length=1)]
    ways: Annotated[tuple[Way, ...], Field(min_length=1)]
    study_at: tuple[str, ...]
    needs_university: bool
    # the other field to which it brings AI or data, if it does
    joins: str | None
    first_step: Text
    with_ai: Text
    myth: Text
    truth: Text
    for_parents: Text
    related: tuple[str, ...]
    faq: tuple[str, ...]


class CareerFile(Model):
    """One field's careers."""

    field: str
    careers: tuple[Career, ...]


class Institution(Reviewed):
    """A place to study."""

    id: EntryId
    short: str
    name: Text
    kind: Literal["public", "private", "tvet", "ngo"]
    provinces: tuple[str, ...]
    about: Text
    entry: Text
    link: HttpUrl | None = None


class Opportunity(Reviewed):
    """A scholarship, programme, club, contest, training or dormitory."""

    id: EntryId
    kind: OpportunityKind
    name: Text
    also_called: Names
    about: Text
    who: Text
    how: Text
    # provinces it is in or takes girls from; empty for the whole country
    provinces: tuple[str, ...] = ()
    for_girls: bool = False
    for_poor: bool = False
    fields: tuple[str, ...] = ()
    faq: str | None = None
    recurs: Recurs
    link: HttpUrl | None = None


class RoleModel(Model):
    """A woman publicly known for her work: public facts only, as of the year of the source."""

    id: EntryId
    name: str
    work: Text
    story: Text
    field: str
    careers: tuple[str, ...] = ()
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]


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


class Subject(Model):
    """A school subject."""

    id: str
    label: Text
