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
