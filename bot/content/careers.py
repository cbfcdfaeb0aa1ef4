"""The shapes of careers and the ways into them."""

from typing import Annotated, Literal

from pydantic import Field

from bot.content.base import EntryId, Model, Names, Text, Told

Track = Literal["science", "social", "either"]
WayKind = Literal["degree", "associate", "tvet", "self"]


class Way(Model):
    """A way into a career."""

    kind: WayKind
    text: Text


class Career(Told):
    """Work that a girl may choose."""

    TOLD = ("pay", "cost", "years")

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
    # what it pays, what the study costs and how long it takes: only what a source says
    pay: Text | None = None
    cost: Text | None = None
    years: Text | None = None
    related: tuple[str, ...]
    faq: tuple[str, ...]


class CareerFile(Model):
    """One field's careers."""

    field: str
    careers: tuple[Career, ...]
