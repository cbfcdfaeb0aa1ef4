"""The shapes of the directory: places to study, and opportunities."""

from typing import Literal

from pydantic import HttpUrl

from bot.content.base import EntryId, Names, Text, Told

OpportunityKind = Literal["scholarship", "programme", "club", "contest", "training", "dormitory"]
Recurs = Literal["yearly", "several a year", "always open", "ask"]


class Institution(Told):
    """A place to study."""

    TOLD = (
        "majors", "fees", "language", "scholarship", "girls", "dormitory", "deadline", "contact",
    )  # fmt: skip

    id: EntryId
    short: str
    name: Text
    also_called: Names = Names()
    kind: Literal["public", "private", "tvet", "ngo"]
    provinces: tuple[str, ...]
    about: Text
    entry: Text
    link: HttpUrl | None = None
    # What girls ask of it, each named as its aspect in `content/aspects/institution.yaml`; only
    # what a source says, with its year where it ages.
    majors: Text | None = None
    fees: Text | None = None
    deadline: Text | None = None
    dormitory: Text | None = None
    contact: Text | None = None
    scholarship: Text | None = None
    language: Text | None = None
    girls: Text | None = None


class Opportunity(Told):
    """A scholarship, programme, club, contest, training or dormitory."""

    TOLD = ("pays", "deadline")

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
    # what exactly it pays for, and when it opened and closed; only what a source says
    pays: Text | None = None
    deadline: Text | None = None
