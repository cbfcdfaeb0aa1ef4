"""Her last messages: the one home of what a person has just written.

Danger is also said in pieces, in a correction, or in the answer to a form, so what was written in
the last half hour is read together. When she asks for a person, the words that alarmed come from
here. They die young: by the clock, when she says that all is well, and when she erases herself.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import bindparam, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import deleted
from bot.people.staff import Actor
from bot.safety.danger import Danger, Level
from bot.safety.tables import LastWord

LASTS = timedelta(minutes=30)
MOST = 8
# No message of Telegram's is longer.
LONGEST = 4096

# (text, what she wrote before it, oldest first)
Find = Callable[[str, Sequence[str]], Danger | None]


class Seen(StrEnum):
    """What was seen in a message: the two levels of danger, or that it was none."""

    CARE = Level.CARE.value
    GENTLE = Level.GENTLE.value
    # she said that it was not meant so
    CALM = "calm"


@dataclass(frozen=True)
class Word:
    """One message of hers, and what was seen in it, if anything."""

    text: str
    seen: str | None = None
    kind: str | None = None


@dataclass(frozen=True)
class Finding:
    """What alarms, and whether only what she wrote before makes it so."""

    danger: Danger
    together: bool


@dataclass(frozen=True)
class Alarming:
    """The words that alarmed, oldest first, and of which kind the danger is; both may be none."""

    kind: str | None
    words: tuple[str, ...]


def look(find: Find, words: Sequence[Word], place: int = -1) -> Finding | None:
    """Return what alarms in the message at a place of the chat, alone or read with the others.

    What was met with care is not read again, or every question after it would ring; what was
    met gently counts towards care and not towards gentleness once more.
    """
    new = words[place]
    alone = find(new.text, ())
    if alone is not None and alone.level is Level.CARE:
        return Finding(alone, together=False)
    unmet = [word.text for word in words if word.seen is None]
    window = [word.text for word in words if word.seen in (None, Seen.GENTLE)]
    together = _together(find, window)
    if together is not None and together.level is Level.CARE:
        return Finding(together, together=True)
    if alone is not None:
        return Finding(alone, together=False)
    if len(unmet) < len(window):
        together = _together(find, unmet)
    return None if together is None else Finding(together, together=True)


def _together(find: Find, texts: Sequence[str]) -> Danger | None:
    return find(texts[-1], texts[:-1]) if len(texts) > 1 else None


def met(words: Sequence[Word], found: Finding | None, place: int = -1) -> list[Word]:
    """Return her words with what was found in the message at a place, or in all together."""
    if found is None:
        return list(words)
    level, kind = Seen(found.danger.level.value), found.danger.kind
    return [
        Word(word.text, level, kind)
        if (found.together or word is words[place]) and word.seen in (None, Seen.GENTLE)
        else word
        for word in words
    ]


async def heard(actor: Actor, text: str, message_id: int | None, find: Find) -> Finding | None:
    """Keep what she wrote and return what alarms in it; an edit replaces its message.

    Words that alarmed stay beside their edit, and however much she writes after them: she may
    have been watched.
    """
    rows = await _rows(actor)
    row = next((r for r in rows if message_id is not None and r.message_id == message_id), None)
    if row is not None and _alarms(row) and row.text != text[:LONGEST]:
        row.message_id, row = None, None
    if row is None:
        row = LastWord(person_id=actor.id, message_id=message_id)
        actor.session.add(row)
        rows.append(row)
    row.text, row.at_utc, row.seen, row.kind = text[:LONGEST], actor.now, None, None
    words, place = [Word(r.text, r.seen, r.kind) for r in rows], rows.index(row)
    found = look(find, words, place)
    for told, word in zip(rows, met(words, found, place), strict=True):
        told.seen, told.kind = word.seen, word.kind
    await actor.session.flush()
    calm = [old for old in rows if not _alarms(old)]
    for old in calm[: max(0, len(calm) - MOST)]:
        await actor.session.delete(old)
    return found


async def wrote(actor: Actor, message_id: int | None) -> bool:
    """Return whether a message is kept here: it was said to the bot, and not to another."""
    rows = await _rows(actor)
    return message_id is not None and any(row.message_id == message_id for row in rows)


async def says(actor: Actor, message_id: int | None, text: str) -> bool:
    """Return whether a message that is kept here says exactly this."""
    rows = await _rows(actor)
    kept = [row.text for row in rows if message_id is not None and row.message_id == message_id]
    return text[:LONGEST] in kept


async def newest(actor: Actor) -> int | None:
    """Return the number of the last message that she wrote, for `text_of`."""
    rows = await _rows(actor)
    return max(rows, key=lambda row: (row.at_utc, row.id)).id if rows else None


async def text_of(actor: Actor, number: int | None) -> str | None:
    """Return a message of hers by its number, while it is kept."""
    rows = await _rows(actor)
    return next((row.text for row in rows if row.id == number), None)


async def message_of(actor: Actor, number: int) -> tuple[str, int | None] | None:
    """Return a message of hers by its number, and by what it is known in her chat."""
    rows = await _rows(actor)
    return next(((row.text, row.message_id) for row in rows if row.id == number), None)


async def alarming(actor: Actor) -> Alarming:
    """Return the words of hers that alarmed, for the coordinator who is called."""
    rows = [row for row in await _rows(actor) if _alarms(row)]
    return Alarming(_kind(rows), tuple(row.text for row in rows))


async def beside_danger(actor: Actor, text: str) -> bool:
    """Return whether words of hers alarmed, or came after some that did."""
    return text in (await since_alarm(actor)).words


async def since_alarm(actor: Actor) -> Alarming:
    """Return all that she wrote from her first alarming words on, for who is called to her.

    Her name, where she is and what she fears alarm nobody by themselves.
    """
    rows = await _rows(actor)
    first = next((place for place, row in enumerate(rows) if _alarms(row)), len(rows))
    kind = _kind([row for row in rows if _alarms(row)])
    return Alarming(kind, tuple(row.text for row in rows[first:]))


async def not_meant(actor: Actor) -> str | None:
    """Take her alarming words as harmless, for she says so; return the last of them."""
    rows = [row for row in await _rows(actor) if _alarms(row)]
    for row in rows:
        row.seen, row.kind = Seen.CALM, None
    await actor.session.flush()
    return rows[-1].text if rows else None


async def forget(session: AsyncSession, person_id: int) -> None:
    """Forget what a person wrote last."""
    await session.execute(delete(LastWord).where(LastWord.person_id == person_id))


async def forget_old(session: AsyncSession, now: datetime) -> int:
    """Forget what was written longer ago than it is read together; return how much."""
    return await deleted(session, delete(LastWord).where(LastWord.at_utc <= now - LASTS))


async def oldest_at(session: AsyncSession) -> datetime | None:
    """Return when the oldest of what is kept was written."""
    return await session.scalar(select(LastWord.at_utc).order_by(LastWord.at_utc).limit(1))


_KEPT = (
    select(LastWord)
    .where(LastWord.person_id == bindparam("person"), LastWord.at_utc > bindparam("since"))
    .order_by(LastWord.id)
)


async def _rows(actor: Actor) -> list[LastWord]:
    given = {"person": actor.id, "since": actor.now - LASTS}
    return list(await actor.session.scalars(_KEPT, given))


def _kind(rows: Sequence[LastWord]) -> str | None:
    """Return of which kind the danger is of which the alarming words speak."""
    grave = [row for row in rows if row.seen == Seen.CARE] or rows
    return grave[-1].kind if grave else None


def _alarms(row: LastWord) -> bool:
    return row.seen in (Seen.CARE, Seen.GENTLE)
