"""The shapes of the FAQ: topics, entries, small talk, concepts, agreed terms."""

from datetime import date
from typing import Self

from bot.content.base import Asks, EntryId, Model, Reviewed, Text


class FaqEntry(Reviewed):
    """One question with its reviewed answer."""

    id: EntryId
    question: Text
    answer: Text
    asks: Asks
    related: tuple[str, ...] = ()
    # the page of the bot (pages.yaml) of which it speaks, which a button opens
    opens: str | None = None
    # whether its amounts and per cents are no facts that age: examples, words of others
    timeless: bool = False

    def asked_too(self, more: Asks) -> Self:
        """Return this entry with more ways of asking for it."""
        return self.model_copy(update={"asks": self.asks.and_(more)})


class Learned(FaqEntry):
    """An entry that a coordinator added in the bot; `answered` is the day."""

    answered: date
    # whether a second coordinator has read it
    read_by_two: bool


class FaqFile(Model):
    """One topic's entries."""

    topic: str
    entries: tuple[FaqEntry, ...]


class Topic(Model):
    """A shelf of the FAQ."""

    id: str
    emoji: str
    label: Text
    # whether its answers are read in the private chat only
    private: bool = False


class SmallTalk(Model):
    """Something said to be polite or curious, with the bot's short reply."""

    id: EntryId
    asks: Asks
    reply: Text
    # nothing but a sign of life: right after danger it is met with care and not with small talk
    sign_of_life: bool = False
    # the page of the bot (pages.yaml) of which it speaks, which a button opens
    opens: str | None = None
    # the entry that it offers to show: a button opens it, and so does “yes”
    offers: EntryId | None = None


class Request(Model):
    """What is asked of the bot itself in fixed words: they mean this, whole, and nothing else."""

    id: EntryId
    said: Asks
    # what is a cry and no request while danger is near, whether it is among `said` or not
    cries: Asks | None = None


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
