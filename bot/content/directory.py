"""The shapes of the directory: places to study, and opportunities."""

import re
from datetime import date
from typing import Literal

from pydantic import HttpUrl, RootModel, field_validator

from bot.content.base import EntryId, Names, Text, Told

OpportunityKind = Literal["scholarship", "programme", "club", "contest", "training", "dormitory"]
Recurs = Literal["yearly", "several a year", "always open", "ask"]
_YEAR = re.compile(r"20\d\d")
_STUDY_YEAR = re.compile(r"(20\d\d)-(\d\d)")


class Round(RootModel[date | str]):
    """A round that a source tells of: its last day, or only its year, or the year of study."""

    @field_validator("root")
    @classmethod
    def _is_a_time(cls, root: date | str) -> date | str:
        if isinstance(root, date) or _YEAR.fullmatch(root):
            return root
        study = _STUDY_YEAR.fullmatch(root)
        if study and (int(study[1]) + 1) % 100 == int(study[2]):
            return root
        raise ValueError("write the last day, or “2025”, or the year of study as “2025-26”")

    @property
    def ended(self) -> date:
        """The last day on which it may have been open."""
        if isinstance(self.root, date):
            return self.root
        if study := _STUDY_YEAR.fullmatch(self.root):
            # Who begins late begins in the first months of the second year.
            return date(int(study[1]) + 1, 3, 31)
        return date(int(self.root), 12, 31)


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
    # the newest round of which its texts tell; once it is over, her page says so
    last_round: Round | None = None
    link: HttpUrl | None = None
    # what exactly it pays for, and when it opened and closed; only what a source says
    pays: Text | None = None
    deadline: Text | None = None
