"""The shapes of the directory: places to study, and opportunities."""

from typing import Literal

from pydantic import HttpUrl

from bot.content.base import EntryId, Names, Reviewed, Text

OpportunityKind = Literal["scholarship", "programme", "club", "contest", "training", "dormitory"]
Recurs = Literal["yearly", "several a year", "always open", "ask"]


class Institution(Reviewed):
    """A place to study."""

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
    # what exactly it pays for, and when it opened and closed; only what a source says
    pays: Text | None = None
    deadline: Text | None = None


# What is told of a thing beside what all of its kind have, by aspect and in this order.
TOLD_OF_PLACES = (
    "majors", "fees", "language", "scholarship", "girls", "dormitory", "deadline", "contact",
)  # fmt: skip
TOLD_OF_CHANCES = ("pays", "deadline")


def told_of(item: Institution | Opportunity) -> dict[str, Text]:
    """Return what is known of a thing beside what all of its kind have, by aspect."""
    names = TOLD_OF_PLACES if isinstance(item, Institution) else TOLD_OF_CHANCES
    known: dict[str, Text | None] = {name: getattr(item, name) for name in names}
    return {name: text for name, text in known.items() if text is not None}
