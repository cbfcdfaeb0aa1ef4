"""What coordinators answered and made part of the FAQ: written step by step, live at once.

A draft is a row of the table, so a restart loses nothing. What is live is given to the answerer
by `handlers/questions/chores.py` and written for the repository by `bongsrey content export`.
"""

from collections import defaultdict
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.content.base import Asks, Text
from bot.content.faq import Learned
from bot.language.words import utf16_length
from bot.people.audit import note
from bot.people.staff import require_coordinator
from bot.questions.tables import GroupedQuestion, LearnedEntry, OpenQuestion, QuestionGroup

# The same bounds that `bongsrey content check` holds the library to.
LONGEST_QUESTION, LONGEST_ANSWER = 60, 700
REVIEW_EVERY_DAYS = 180
NO_SOURCE = "Answered by a coordinator."
PAGE = 5
# What a draft still needs, in the order in which it is asked for.
STEPS = ("question_km", "answer_km", "question_en", "answer_en")
OPTIONAL = ("question_en", "answer_en")
SKIPPED = ""
_LIMITS = {"question": LONGEST_QUESTION, "answer": LONGEST_ANSWER}


class TooLongError(Exception):
    """What was written is too long for the FAQ; `most` is how many characters it may have."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most


async def begin(
    session: AsyncSession,
    actor_id: int,
    coordinators: tuple[int, ...],
    group_id: int,
    now: datetime,
) -> LearnedEntry | None:
    """Begin an entry from an answered group, or go on with the one begun. Coordinators only."""
    require_coordinator(actor_id, coordinators)
    begun = await session.scalar(
        select(LearnedEntry).where(
            LearnedEntry.group_id == group_id, LearnedEntry.state != "withdrawn"
        )
    )
    if begun is not None:
        return begun if begun.state == "draft" else None
    group = await session.get(QuestionGroup, group_id)
    if group is None or not (group.answer_km or group.answer_en):
        return None
    entry = LearnedEntry(
        state="draft", asks=[], group_id=group_id, author_id=actor_id, added_at_utc=now,
        changed_at_utc=now, answer_km=_fitting(group.answer_km),
        answer_en=_fitting(group.answer_en),
    )  # fmt: skip
    session.add(entry)
    await session.flush()
    return entry


def _fitting(answer: str | None) -> str | None:
    return answer if answer and utf16_length(answer) <= LONGEST_ANSWER else None


def missing(entry: LearnedEntry) -> str | None:
    """Return what a draft needs next: one of STEPS, `topic`, or None when it is complete."""
    for step in STEPS:
        if getattr(entry, step) is None:
            return step
    return "topic" if entry.topic is None else None


async def draft(
    session: AsyncSession, actor_id: int, coordinators: tuple[int, ...], entry_id: int
) -> LearnedEntry | None:
    """Return a draft; None when it is live, withdrawn or gone. Coordinators only."""
    require_coordinator(actor_id, coordinators)
    entry = await session.get(LearnedEntry, entry_id)
    return entry if entry is not None and entry.state == "draft" else None


async def fill(
    session: AsyncSession,
    actor_id: int,
    coordinators: tuple[int, ...],
    entry_id: int,
    step: str,
    text: str,
) -> LearnedEntry | None:
    """Write one part of a draft; an optional part may be SKIPPED. Raises TooLongError."""
    entry = await draft(session, actor_id, coordinators, entry_id)
    if entry is None or step not in STEPS or (text == SKIPPED and step not in OPTIONAL):
        return None
    most = _LIMITS[step.partition("_")[0]]
    if utf16_length(text) > most:
        raise TooLongError(most)
    setattr(entry, step, text)
    return entry


async def choose_topic(
    session: AsyncSession,
    actor_id: int,
    coordinators: tuple[int, ...],
    entry_id: int,
    topic: str,
) -> LearnedEntry | None:
    """Say on which shelf a draft goes."""
    entry = await draft(session, actor_id, coordinators, entry_id)
    if entry is not None:
        entry.topic = topic
    return entry


async def wordings(
    session: AsyncSession, actor_id: int, coordinators: tuple[int, ...], entry: LearnedEntry
) -> list[OpenQuestion]:
    """Return how the askers of an entry's group asked, each wording once."""
    require_coordinator(actor_id, coordinators)
    rows = await session.scalars(
        select(OpenQuestion)
        .join(GroupedQuestion, GroupedQuestion.question_id == OpenQuestion.id)
        .where(GroupedQuestion.group_id == entry.group_id)
        .order_by(OpenQuestion.id)
    )
    return list({" ".join(q.text.split()): q for q in reversed(list(rows))}.values())[::-1]


async def toggle(
    session: AsyncSession,
    actor_id: int,
    coordinators: tuple[int, ...],
    entry_id: int,
    question_id: int,
) -> LearnedEntry | None:
    """Choose an asker's wording as a way of asking, or take it back."""
    entry = await draft(session, actor_id, coordinators, entry_id)
    if entry is None:
        return None
    known = {q.id: q for q in await wordings(session, actor_id, coordinators, entry)}
    question = known.get(question_id)
    if question is not None:
        ask = {"language": question.language, "text": question.text}
        without = [a for a in entry.asks if a["text"] != question.text]
        entry.asks = without if len(without) < len(entry.asks) else [*entry.asks, ask]
    return entry


async def publish(
    session: AsyncSession,
    actor_id: int,
    coordinators: tuple[int, ...],
    entry_id: int,
    now: datetime,
) -> LearnedEntry | None:
    """Make a complete draft live. Coordinators only."""
    entry = await draft(session, actor_id, coordinators, entry_id)
    if entry is None or missing(entry) is not None:
        return None
    entry.state, entry.author_id = "live", actor_id
    entry.added_at_utc = entry.changed_at_utc = now
    await note(session, actor_id, "added to the FAQ", f"learned entry {entry_id}", now)
    return entry


async def withdraw(
    session: AsyncSession,
    actor_id: int,
    coordinators: tuple[int, ...],
    entry_id: int,
    now: datetime,
) -> LearnedEntry | None:
    """Take an entry back, live or draft. Coordinators only."""
    require_coordinator(actor_id, coordinators)
    entry = await session.get(LearnedEntry, entry_id)
    if entry is None or entry.state == "withdrawn":
        return None
    entry.state, entry.changed_at_utc = "withdrawn", now
    await note(session, actor_id, "withdrew", f"learned entry {entry_id}", now)
    return entry


async def review(
    session: AsyncSession,
    actor_id: int,
    coordinators: tuple[int, ...],
    entry_id: int,
    now: datetime,
) -> LearnedEntry | None:
    """Say that a second coordinator has read an entry; its author cannot. Coordinators only."""
    require_coordinator(actor_id, coordinators)
    entry = await session.get(LearnedEntry, entry_id)
    if entry is None or entry.state != "live" or entry.author_id == actor_id:
        return None
    entry.reviewed_by, entry.reviewed_at_utc, entry.changed_at_utc = actor_id, now, now
    await note(session, actor_id, "reviewed", f"learned entry {entry_id}", now)
    return entry


async def find(
    session: AsyncSession, actor_id: int, coordinators: tuple[int, ...], entry_id: int
) -> LearnedEntry | None:
    """Return an entry that was not withdrawn. Coordinators only."""
    require_coordinator(actor_id, coordinators)
    entry = await session.get(LearnedEntry, entry_id)
    return entry if entry is not None and entry.state != "withdrawn" else None


async def page(
    session: AsyncSession, actor_id: int, coordinators: tuple[int, ...], number: int
) -> tuple[list[LearnedEntry], int]:
    """Return a page of entries, drafts first and then the newest, and how many there are."""
    require_coordinator(actor_id, coordinators)
    kept = LearnedEntry.state != "withdrawn"
    rows = await session.scalars(
        select(LearnedEntry)
        .where(kept)
        .order_by(LearnedEntry.state, LearnedEntry.id.desc())
        .offset(max(number, 0) * PAGE)
        .limit(PAGE)
    )
    total = await session.scalar(select(func.count()).select_from(LearnedEntry).where(kept))
    return list(rows), int(total or 0)


async def stamp(session: AsyncSession) -> tuple[int, datetime | None]:
    """Return what changes whenever the live entries do."""
    row = await session.execute(
        select(func.count(), func.max(LearnedEntry.changed_at_utc)).where(
            LearnedEntry.state != "draft"
        )
    )
    count, changed = row.one()
    return int(count), changed


async def live(session: AsyncSession, zone: ZoneInfo) -> dict[str, list[Learned]]:
    """Return the live entries by topic, as the library has them."""
    rows = await session.scalars(
        select(LearnedEntry).where(LearnedEntry.state == "live").order_by(LearnedEntry.id)
    )
    found: dict[str, list[Learned]] = defaultdict(list)
    for row in rows:
        found[str(row.topic)].append(as_entry(row, zone))
    return dict(found)


def as_entry(row: LearnedEntry, zone: ZoneInfo) -> Learned:
    """Return a row as an entry, in the languages that somebody wrote."""
    answered = row.added_at_utc.astimezone(zone).date()
    return Learned(
        id=f"learned-{row.id}",
        question=_text(row.question_km, row.question_en),
        answer=_text(row.answer_km, row.answer_en),
        asks=asks_of(row.asks),
        no_source=NO_SOURCE,
        reviewed=_reviewed(row, zone) or answered,
        review_every_days=REVIEW_EVERY_DAYS,
        answered=answered,
    )


def _reviewed(row: LearnedEntry, zone: ZoneInfo) -> date | None:
    return row.reviewed_at_utc.astimezone(zone).date() if row.reviewed_at_utc else None


def _text(khmer: str | None, english: str | None) -> Text:
    return Text({tongue: words for tongue, words in (("km", khmer), ("en", english)) if words})


def asks_of(asks: list[dict[str, Any]]) -> Asks:
    """Return the chosen wordings by how they are written."""
    by: dict[str, list[str]] = defaultdict(list)
    for ask in asks:
        by[ask["language"]].append(ask["text"])
    return Asks(**{language: tuple(lines) for language, lines in by.items()})
