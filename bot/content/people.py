"""The shapes of what is told of people: women, stories, the page for parents."""

from typing import Annotated

from pydantic import Field

from bot.content.base import EntryId, Model, Reviewed, Source, Text


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
