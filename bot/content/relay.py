"""The shapes of what the relay looks for: words, patterns, digits, as coordinators read them."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from bot.content.base import Model

Word = Annotated[str, StringConstraints(min_length=1)]
Digit = Annotated[str, StringConstraints(pattern="^[0-9]$")]
Teen = Annotated[str, StringConstraints(pattern="^1[0-9]$")]
Verdict = Literal["pass", "hold", "stop", "alert"]
# What is sought in what passes between two people, strongest first: of two that are found and
# weigh the same, the sender is told the first.
REASONS = (
    "closeness", "meeting", "photo", "secrecy", "number", "account", "link", "app", "money",
    "place", "code", "language",
)  # fmt: skip


class Forms(Model):
    """The words for one thing, in each way of writing.

    `km` and `en` may use the signs of patterns; `rom`, Khmer in Latin letters, are words only,
    for their other spellings are found too.
    """

    km: tuple[Word, ...] = ()
    en: tuple[Word, ...] = ()
    rom: tuple[Word, ...] = ()


class Pattern(Model):
    """What is sought: `{name}` is a group of words, ` ~ ` some words between, ` ~~ ` more."""

    # a `hint` keeps nothing back by itself: the model weighs it with the other words
    verdict: Literal["hint", "hold", "stop", "alert"]
    # what it weighs when the girl writes it, where that differs; an alert is about an adult
    from_girl: Verdict | None = None
    # it counts even where the model is sure that a message is innocent
    sure: bool = False
    find: Word


class Theme(Model):
    """One kind of thing that does not pass: `content/safety/relay/<theme>.yaml`."""

    about: Word
    reason: Literal[REASONS]  # type: ignore[valid-type]
    words: dict[str, Forms] = {}
    # phrases that look like it and are everyday; they are taken out before anything is sought
    harmless: tuple[Word, ...] = ()
    patterns: tuple[Pattern, ...]
    # examples, from a mentor's hand: what is sought here, and what looks like it and passes
    finds: tuple[Word, ...] = Field(min_length=3)
    passes: tuple[Word, ...] = Field(min_length=3)


class Shared(Model):
    """Words that several themes use."""

    words: dict[str, Forms]


class Allowed(Model):
    """What may be said in the relay: official sites, hotlines, everyday code, advice of safety."""

    sites: tuple[Word, ...]
    hotlines: tuple[Word, ...]
    code: tuple[Word, ...]
    warnings: tuple[Word, ...] = ()
    excepting: Word
    examples: tuple[Word, ...] = ()
    names: tuple[Word, ...] = ()


class Platforms(Model):
    """Names of places to chat: found by their consonants, and in other scripts."""

    named: tuple[Word, ...]
    foreign: tuple[tuple[Word, ...], ...]


class Languages(Model):
    """Everyday words and letters of languages that are not read here, by language.

    Words stand apart by spaces; `shared` are those that are English or Khmer in Latin letters too.
    """

    words: dict[str, Word]
    letters: dict[str, Word]
    shared: Word
    # letters of other scripts of which faces are made
    faces: Word


class Digits(Model):
    """How digits are said and what explains a number."""

    digits: dict[Digit, tuple[Word, ...]]
    tens: dict[Digit, tuple[Word, ...]]
    teens: dict[Teen, tuple[Word, ...]]
    times: dict[Digit, tuple[Word, ...]]
    between: tuple[Word, ...]
    calling: tuple[Word, ...]
    units: tuple[Word, ...]
    ordered: tuple[Word, ...]
    lessons: tuple[Word, ...]
    hints: tuple[Word, ...]
    # the digits of numbers that every schoolbook has
    constants: tuple[Word, ...]


class Relay(Model):
    """All that the relay looks for."""

    themes: dict[str, Theme]
    shared: Shared
    allowed: Allowed
    digits: Digits
    platforms: Platforms
    languages: Languages
