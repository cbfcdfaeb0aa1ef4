"""The audit log, read a page at a time: who did which privileged thing to what, and when.

It is only ever added to (`note`); the database refuses to change or delete a line. Ids
of people are shown as short aliases, so a page may be shown to others. Nobody reads what was done
to herself as a mentor, or about a pair of her own (`apart.lines_about`).
"""

import hashlib
import re
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, func, select

from bot.database import count
from bot.mentoring import apart
from bot.people import staff
from bot.people.staff import Actor
from bot.people.switches import DUTY, RELAY
from bot.people.tables import AuditLine
from bot.refusals import StaleError
from bot.rights import May

PAGE, MOST = 8, 10_000
# who acts when the clock does
BOT_ID = 0
# of these the number is the id of a person
_PERSON = "mentor"
# the switch by which a coordinator goes on call: its name has her id in it
_DUTY = re.compile(rf"{DUTY}:(\d+)")
# the log itself
LOG = "log"
# A Telegram id is long, the number of a case or an event is short.
_TELEGRAM_ID = re.compile(r"\d{5,}")


@dataclass(frozen=True)
class Line:
    """One privileged act: `number` and `name` for a coordinator, `alias` for anybody else.

    It was done to something of a `kind`; `which` one is a number or a name. `actor_id` and
    `about_id`, where it was done to a person, are to find their names by and are shown to nobody.
    """

    at: datetime
    number: int | None
    name: str | None
    alias: str
    action: str
    kind: str
    which: str
    actor_id: int = field(repr=False)
    about_id: int | None = field(repr=False)


@dataclass(frozen=True)
class Wanted:
    """What of the log is wanted: what a coordinator did, by her number; a kind of thing."""

    who: int | None = None
    kind: str | None = None

    @property
    def word(self) -> str | None:
        """The kind as buttons carry it."""
        return None if self.kind is None else _word(self.kind)


def _word(kind: str) -> str:
    return kind.replace(" ", "-")


# Every kind of thing that the log names, as buttons carry it.
KINDS = {
    _word(kind): kind
    for kind in (
        "case", "question group", "question", "learned entry", "mentor", "introduction",
        "relay message", "consent", "event", "event date", "feed", "announcement",
        "coordinator", "invitation", DUTY, RELAY, "list of questions", "entry",
        "figure", "person", "class", "way of asking", "list of ways of asking", "drill",
        "quiet hours", LOG,
    )
}  # fmt: skip


def wanted(who: int | None, word: str | None) -> Wanted:
    """Return what a button asks for; raises StaleError for a kind that there is none of."""
    if word is not None and word not in KINDS:
        raise StaleError
    return Wanted(who, KINDS[word] if word is not None else None)


def alias(person_id: int) -> str:
    """Return a short stand-in for an id, the same each time, that nobody can write to."""
    return hashlib.sha256(str(person_id).encode()).hexdigest()[:4]


async def page(actor: Actor, number: int, wanted: Wanted = Wanted()) -> tuple[list[Line], int]:
    """Return a page of what is wanted, newest first, and how much there is. Coordinators only."""
    actor.require(May.LOG)
    known = await staff.aliases(actor.session)
    fits = _fits(actor, wanted, known)
    total = await count(actor.session, select(func.count()).select_from(AuditLine).where(*fits))
    query = select(AuditLine).where(*fits).order_by(AuditLine.id.desc())
    rows = await actor.session.scalars(query.offset(number * PAGE).limit(PAGE))
    return [_line(row, known) for row in rows], total


async def take_along(actor: Actor, wanted: Wanted) -> list[Line]:
    """Return what is wanted, newest first, as much as a table may hold. Coordinators only.

    That she took it along leaves a line.
    """
    actor.require(May.LOG)
    known = await staff.aliases(actor.session)
    query = select(AuditLine).where(*_fits(actor, wanted, known)).order_by(AuditLine.id.desc())
    lines = [_line(row, known) for row in await actor.session.scalars(query.limit(MOST))]
    parts = (None if wanted.who is None else str(wanted.who), wanted.word)
    await actor.note("took along", LOG, more=" ".join(part for part in parts if part))
    return lines


def _fits(
    actor: Actor, wanted: Wanted, known: dict[int, tuple[int, str | None]]
) -> tuple[ColumnElement[bool], ...]:
    fits = [~apart.lines_about(actor.id)]
    if wanted.who is not None:
        ids = [person_id for person_id, (number, _) in known.items() if number == wanted.who]
        fits.append(AuditLine.actor_id.in_(ids))
    if wanted.kind == DUTY:
        fits.append(AuditLine.kind.startswith(f"{DUTY}:"))
    elif wanted.kind is not None:
        fits.append(AuditLine.kind == wanted.kind)
    return tuple(fits)


def _line(row: AuditLine, known: dict[int, tuple[int, str | None]]) -> Line:
    number, name = known.get(row.actor_id, (None, None))
    which = row.subject.removeprefix(row.kind).strip()
    kind, about_id = row.kind, row.number if row.kind == _PERSON else None
    if (switch := _DUTY.fullmatch(row.kind)) is not None:
        kind, which, about_id = DUTY, "", int(switch[1])
    return Line(
        row.at_utc,
        number,
        name,
        alias(row.actor_id),
        row.action,
        _hidden(kind),
        _hidden(which),
        row.actor_id,
        about_id,
    )


def _hidden(words: str) -> str:
    """Return words with aliases for the ids of people; a switch has one in its name."""
    return _TELEGRAM_ID.sub(lambda found: alias(int(found[0])), words)
