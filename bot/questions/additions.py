"""What coordinators answered and made part of the FAQ: written step by step, live at once.

A draft is a row of the table, so a restart loses nothing. What is live is given to the answerer
by `handlers/questions/chores.py` and written for the repository by `bongsrey content export`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Self
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.content.base import BASE_TONGUE, Asks, Text, Tongue
from bot.content.faq import Learned
from bot.database import count
from bot.language.words import utf16_length
from bot.people.staff import Actor
from bot.questions import groups
from bot.questions.groups import Question
from bot.questions.tables import AdditionState, LearnedEntry, QuestionGroup
from bot.refusals import GoneError, RefusedError, StaleError
from bot.rights import May

# The same bounds that `bongsrey content check` holds the library to.
LONGEST_QUESTION, LONGEST_ANSWER = 60, 700
REVIEW_EVERY_DAYS = 180
NO_SOURCE = "Answered by a coordinator."
PAGE = 5
SKIPPED = ""
_ID_PREFIX = "learned-"


class What(StrEnum):
    """The two things that an entry has in words."""

    QUESTION = "question"
    ANSWER = "answer"


@dataclass(frozen=True)
class Step:
    """One thing that a draft needs in words: its question or its answer, in a language."""

    what: What
    tongue: Tongue

    @classmethod
    def read(cls, name: str) -> Self:
        """Return the step that a name stands for; raises ValueError when it is none."""
        what, _, tongue = name.partition("_")
        return cls(What(what), tongue)

    @property
    def name(self) -> str:
        """Its name in buttons and in what is awaited."""
        return f"{self.what}_{self.tongue}"

    @property
    def most(self) -> int:
        """How many characters it may have."""
        return LONGEST_QUESTION if self.what is What.QUESTION else LONGEST_ANSWER

    @property
    def optional(self) -> bool:
        """Whether it may be SKIPPED; without the base language nobody could be answered."""
        return self.tongue != BASE_TONGUE


@dataclass(frozen=True)
class Addition:
    """What a coordinator adds to the FAQ, or has added; SKIPPED words are empty."""

    id: int
    state: AdditionState
    topic: str | None
    question: Mapping[Tongue, str]
    answer: Mapping[Tongue, str]
    # the askers' wordings that were chosen
    asks: frozenset[str]
    group_id: int | None
    author_id: int | None
    added_at: datetime
    reviewed_at: datetime | None

    @property
    def is_draft(self) -> bool:
        """Whether it is still being written."""
        return self.state is AdditionState.DRAFT

    def missing(self, tongues: Iterable[Tongue]) -> Step | None:
        """Return what must be written next; None when all is written, in every language."""
        for tongue in tongues:
            for what, words in ((What.QUESTION, self.question), (What.ANSWER, self.answer)):
                step = Step(what, tongue)
                if tongue not in words or not (step.optional or words[tongue].strip()):
                    return step
        return None


def _addition(row: LearnedEntry) -> Addition:
    return Addition(
        row.id, row.state, row.topic, row.question, row.answer,
        frozenset(ask["text"] for ask in row.asks), row.group_id, row.author_id,
        row.added_at_utc, row.reviewed_at_utc,
    )  # fmt: skip


async def begin(actor: Actor, group_id: int) -> Addition:
    """Begin an entry from an answered group, or go on with the one begun. Coordinators only."""
    actor.require(May.QUESTIONS)
    begun = await actor.session.scalar(
        select(LearnedEntry).where(
            LearnedEntry.group_id == group_id, LearnedEntry.state != AdditionState.WITHDRAWN
        )
    )
    if begun is not None:
        return _addition(await _draft(actor, begun.id))
    group = await actor.session.get(QuestionGroup, group_id)
    if group is None or not group.answer:
        raise GoneError("learn.gone")
    fitting = {t: words for t, words in group.answer.items() if _fits(words)}
    row = LearnedEntry(
        state=AdditionState.DRAFT, asks=[], group_id=group_id, author_id=actor.id,
        question={}, answer=fitting, added_at_utc=actor.now, changed_at_utc=actor.now,
    )  # fmt: skip
    actor.session.add(row)
    await actor.session.flush()
    return _addition(row)


def _fits(answer: str) -> bool:
    return utf16_length(answer) <= LONGEST_ANSWER


async def _kept(actor: Actor, entry_id: int) -> LearnedEntry:
    actor.require(May.QUESTIONS)
    row = await actor.session.get(LearnedEntry, entry_id)
    if row is None or row.state is AdditionState.WITHDRAWN:
        raise GoneError("learn.gone")
    return row


async def _draft(actor: Actor, entry_id: int) -> LearnedEntry:
    row = await _kept(actor, entry_id)
    if row.state is not AdditionState.DRAFT:
        raise GoneError("learn.gone")
    return row


async def find(actor: Actor, entry_id: int) -> Addition:
    """Return an entry; refused when it was withdrawn. Coordinators only."""
    return _addition(await _kept(actor, entry_id))


async def draft(actor: Actor, entry_id: int) -> Addition:
    """Return a draft; refused when it is live, withdrawn or gone. Coordinators only."""
    return _addition(await _draft(actor, entry_id))


async def fill(actor: Actor, entry_id: int, step: Step, text: str) -> Addition:
    """Write one part of a draft; an optional part may be SKIPPED. Coordinators only."""
    row = await _draft(actor, entry_id)
    if text == SKIPPED and not step.optional:
        raise StaleError
    if utf16_length(text) > step.most:
        raise RefusedError("learn.too_long", most=step.most)
    if step.what is What.QUESTION:
        row.question = {**row.question, step.tongue: text}
    else:
        row.answer = {**row.answer, step.tongue: text}
    return _addition(row)


async def choose_topic(actor: Actor, entry_id: int, topic: str) -> Addition:
    """Say on which shelf a draft goes."""
    row = await _draft(actor, entry_id)
    row.topic = topic
    return _addition(row)


async def wordings(actor: Actor, entry: Addition) -> list[Question]:
    """Return how the askers of an entry's group asked, each wording once.

    Coordinators only; the look at what girls wrote is recorded.
    """
    actor.require(May.QUESTIONS)
    await actor.note("read", "question group", entry.group_id)
    return await _wordings(actor, entry)


async def _wordings(actor: Actor, entry: Addition) -> list[Question]:
    asked = await groups.questions_of(actor.session, entry.group_id)
    # What may be private is no way of asking for others to read.
    shown = [q for q in reversed(asked) if not q.private]
    return list({" ".join(q.text.split()): q for q in shown}.values())[::-1]


async def toggle(actor: Actor, entry_id: int, question_id: int) -> Addition:
    """Choose an asker's wording as a way of asking, or take it back."""
    row = await _draft(actor, entry_id)
    known = {q.id: q for q in await _wordings(actor, _addition(row))}
    if question := known.get(question_id):
        without = [ask for ask in row.asks if ask["text"] != question.text]
        chosen = len(without) < len(row.asks)
        ask = {"language": question.language, "text": question.text}
        row.asks = without if chosen else [*row.asks, ask]
    return _addition(row)


async def publish(actor: Actor, entry_id: int, tongues: Iterable[Tongue]) -> Addition:
    """Make a draft live that is complete in all `tongues`. Coordinators only."""
    row = await _draft(actor, entry_id)
    if row.topic is None or _addition(row).missing(tongues) is not None:
        raise GoneError("learn.gone")
    row.state, row.author_id = AdditionState.LIVE, actor.id
    row.added_at_utc = row.changed_at_utc = actor.now
    await actor.note("added to the FAQ", "learned entry", entry_id)
    return _addition(row)


async def withdraw(actor: Actor, entry_id: int) -> bool:
    """Take an entry back, live or draft; return whether it was there. Coordinators only."""
    actor.require(May.QUESTIONS)
    row = await actor.session.get(LearnedEntry, entry_id)
    if row is None or row.state is AdditionState.WITHDRAWN:
        return False
    row.state, row.changed_at_utc = AdditionState.WITHDRAWN, actor.now
    await actor.note("withdrew", "learned entry", entry_id)
    return True


async def review(actor: Actor, entry_id: int) -> Addition:
    """Say that a second coordinator has read an entry; its author cannot. Coordinators only."""
    row = await _kept(actor, entry_id)
    if row.state is not AdditionState.LIVE or row.author_id == actor.id:
        raise GoneError("learn.gone")
    row.reviewed_by, row.reviewed_at_utc, row.changed_at_utc = actor.id, actor.now, actor.now
    await actor.note("reviewed", "learned entry", entry_id)
    return _addition(row)


async def how_many(actor: Actor) -> int:
    """Return how many entries wait for the eyes of a coordinator who did not write them."""
    actor.require(May.QUESTIONS)
    query = select(func.count()).where(
        LearnedEntry.state == AdditionState.LIVE,
        LearnedEntry.reviewed_at_utc.is_(None),
        LearnedEntry.author_id.is_distinct_from(actor.id),
    )
    return await count(actor.session, query)


async def page(actor: Actor, number: int) -> tuple[list[Addition], int]:
    """Return a page of entries, drafts first and then the newest, and how many there are."""
    actor.require(May.QUESTIONS)
    kept = LearnedEntry.state != AdditionState.WITHDRAWN
    rows = await actor.session.scalars(
        select(LearnedEntry)
        .where(kept)
        .order_by(LearnedEntry.state, LearnedEntry.id.desc())
        .offset(number * PAGE)
        .limit(PAGE)
    )
    query = select(func.count()).select_from(LearnedEntry).where(kept)
    return [_addition(row) for row in rows], await count(actor.session, query)


async def stamp(session: AsyncSession) -> tuple[int, datetime | None]:
    """Return what changes whenever the live entries do."""
    row = await session.execute(
        select(func.count(), func.max(LearnedEntry.changed_at_utc)).where(
            LearnedEntry.state != AdditionState.DRAFT
        )
    )
    total, changed = row.one()
    return int(total), changed


async def live(session: AsyncSession, zone: ZoneInfo) -> dict[str, list[Learned]]:
    """Return the live entries by topic, as the library has them."""
    rows = await session.scalars(
        select(LearnedEntry)
        .where(LearnedEntry.state == AdditionState.LIVE)
        .order_by(LearnedEntry.id)
    )
    found: dict[str, list[Learned]] = defaultdict(list)
    for row in rows:
        found[str(row.topic)].append(_as_entry(row, zone))
    return dict(found)


def number_of(entry_id: str) -> int | None:
    """Return the number of the addition that an entry of the FAQ is; None for any other."""
    number = entry_id.removeprefix(_ID_PREFIX)
    return int(number) if number != entry_id and number.isdecimal() else None


def _as_entry(row: LearnedEntry, zone: ZoneInfo) -> Learned:
    """Return a row as an entry, in the languages that somebody wrote."""
    answered = row.added_at_utc.astimezone(zone).date()
    return Learned(
        id=f"{_ID_PREFIX}{row.id}",
        question=_text(row.question),
        answer=_text(row.answer),
        asks=asks_of(row.asks),
        no_source=NO_SOURCE,
        reviewed=_reviewed(row, zone) or answered,
        review_every_days=REVIEW_EVERY_DAYS,
        answered=answered,
        read_by_two=row.reviewed_at_utc is not None,
    )


def _reviewed(row: LearnedEntry, zone: ZoneInfo) -> date | None:
    return row.reviewed_at_utc.astimezone(zone).date() if row.reviewed_at_utc else None


def _text(words: dict[Tongue, str]) -> Text:
    return Text({tongue: said for tongue, said in words.items() if said != SKIPPED})


def asks_of(asks: list[dict[str, Any]]) -> Asks:
    """Return the chosen wordings by how they are written."""
    by: dict[str, list[str]] = defaultdict(list)
    for ask in asks:
        by[ask["language"]].append(ask["text"])
    return Asks(**{language: tuple(lines) for language, lines in by.items()})
