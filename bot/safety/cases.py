"""Cases: somebody in distress asks for a person, to whom her words go as long as it is open.

A case is taken and closed by a coordinator (`case_work`). It ends with an outcome, which can be
taken back for a minute; what was written is then sealed, for whoever takes a later case of the
same girl, so that she need not tell it all again, and erased in its time
(`bot/safety/privacy.py`). What was a mistake is erased as soon as that minute is over.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from bot.content.safety import GENERAL
from bot.database import read_once
from bot.people.staff import Actor
from bot.people.tables import Conversation, Person
from bot.queues import outbox
from bot.safety import care_time, erased, on_call
from bot.safety.on_call import Alert
from bot.safety.states import Outcome
from bot.safety.tables import Case, CaseMessage

UNDO = timedelta(minutes=1)
# A mentor's or a guardian's concern, a mentor's report: she is grown up, in no danger herself.
OF_GROWN_UPS = ("concern", "report_mentor", "to_coordinators")
# The first is of before it was kept who reported.
REPORTS = ("report", "report_student", "report_mentor")
# Between what the bot notes in a case and the talk that it is of.
_OF = ":"


class Standing(StrEnum):
    """Where a call for help stands, as she may be told."""

    # a coordinator who can be reached has it
    TAKEN = "taken"
    # a coordinator is being called
    CALLING = "calling"
    # no coordinator can be reached
    NOBODY = "nobody"


@dataclass(frozen=True)
class CaseFile:
    """What is known of a case, without what was written in it: whose it is, who has it."""

    id: int
    person_id: int
    kind: str
    # the language in which she asked for help
    tongue: str | None
    opened_at_utc: datetime
    acknowledged_by: int | None
    # whether somebody has it or is called
    standing: Standing
    # whether she erased herself: another may hold her phone, so nothing is said there unasked
    erased: bool = False

    @property
    def held_by(self) -> int | None:
        """Who has it and can be reached; None for nobody."""
        return self.acknowledged_by if self.standing is Standing.TAKEN else None


@dataclass(frozen=True)
class Carried:
    """A message on its way in a case; `to_id` is None while nobody has the case."""

    case: CaseFile
    number: int
    text: str
    to_id: int | None
    corrected: bool
    # what was sent that is no text, which is not kept
    media: str | None = None

    @property
    def key(self) -> str:
        """The key of the message in the outbox, by which is known whether it arrived."""
        return message_key(self.case.id, self.number, self.to_id)


@dataclass(frozen=True)
class Opened:
    """A call for help: her case, whom to alert, and those of her words that the case is given."""

    case: CaseFile
    alert: Alert | None
    words: tuple[Carried, ...]


def message_key(case_id: int, number: int, to_id: int | None) -> str:
    """Return the key in the outbox of a message of a case."""
    return f"{erased.words_key(case_id)}:{number}:{to_id}"


async def file_of(actor: Actor, case: Case) -> CaseFile:
    """Return what is known of a case."""
    if await on_call.holder(actor.session, case, actor.staff) is not None:
        standing = Standing.TAKEN
    elif await on_call.is_calling(actor.session, case):
        standing = Standing.CALLING
    else:
        standing = Standing.NOBODY
    return CaseFile(
        case.id, case.person_id, case.kind, case.tongue, case.opened_at_utc,
        case.acknowledged_by, standing, case.erased_at_utc is not None,
    )  # fmt: skip


def sign(what: str, number: int) -> str:
    """Return what the bot notes in a case of its own: `what` was tapped, and of which talk.

    It is kept as what is no text is kept, and said to each reader in her own language.
    """
    return f"{what}{_OF}{number}"


def read_sign(media: str) -> tuple[str, int | None]:
    """Return what was sent that is no text, and of which talk it is, if of any."""
    what, _, number = media.partition(_OF)
    return what, int(number) if number.isdecimal() else None


async def open_case(
    actor: Actor, kind: str, words: Sequence[str], interval: timedelta, sign: str | None = None
) -> Opened:
    """Open a case of the actor, or call once more in her open one.

    Her words are kept with it as they are, and the `sign` of what she tapped; what the case has
    already is not kept twice.
    """
    session = actor.session
    case = await open_case_of(actor, agrees=True)
    new = case is None
    if case is None:
        person = await session.get_one(Person, actor.id)
        talk = await session.get(Conversation, actor.id)
        case = Case(
            person_id=actor.id, kind=kind, opened_at_utc=actor.now, alerted=[],
            tongue=(talk.care_tongue if talk else None) or person.language, cared=kind,
        )  # fmt: skip
        session.add(case)
        await session.flush()
    elif case.cared in REPORTS and kind not in REPORTS:
        # More is asked of a person now than to look at a talk.
        case.cared = kind
    erased.is_back(case, actor.now)
    rows = await _add_words(actor, case, words)
    if sign is not None:
        rows += await _add_sign(actor, case, sign)
    call = on_call.call_next if new else on_call.call_again
    alert = await call(session, case, actor.staff, actor.now, interval)
    file = await file_of(actor, case)
    if alert is not None and file.standing is Standing.NOBODY:
        # The alert is still to be staged: it is on its way.
        file = replace(file, standing=Standing.CALLING)
    carried = tuple(
        Carried(file, row.id, row.text, file.held_by, row.corrected, row.media) for row in rows
    )
    return Opened(file, alert, carried)


async def _add_words(actor: Actor, case: Case, words: Sequence[str]) -> list[CaseMessage]:
    """Keep those words of hers that the case does not have yet."""
    known = await actor.session.scalars(
        select(CaseMessage.text).where(
            CaseMessage.case_id == case.id, CaseMessage.author_id == actor.id
        )
    )
    old = set(known)
    rows = [
        CaseMessage(
            case_id=case.id, author_id=actor.id, by_staff=False, text=text, message_id=None,
            corrected=False, at_utc=actor.now,
        )
        for text in dict.fromkeys(words)
        if text.strip() and text not in old
    ]  # fmt: skip
    actor.session.add_all(rows)
    await actor.session.flush()
    return rows


async def _add_sign(actor: Actor, case: Case, sign: str) -> list[CaseMessage]:
    known = select(CaseMessage.id).where(CaseMessage.case_id == case.id, CaseMessage.media == sign)
    if await actor.session.scalar(known.limit(1)) is not None:
        return []
    row = CaseMessage(
        case_id=case.id, author_id=actor.id, by_staff=False, text="", message_id=None,
        corrected=False, at_utc=actor.now, media=sign,
    )  # fmt: skip
    actor.session.add(row)
    await actor.session.flush()
    return [row]


async def tells_of_others(actor: Actor) -> bool:
    """Return whether the actor has an open case in which she speaks of a girl, not of herself."""
    if not await _may_have_any(actor):
        return False
    query = select(Case.id).where(
        Case.person_id == actor.id, Case.closed_at_utc.is_(None), Case.kind.in_(OF_GROWN_UPS)
    )
    return await actor.session.scalar(query.limit(1)) is not None


async def brought(session: AsyncSession, carried: Carried, now: datetime) -> None:
    """Record that what she wrote is brought into the chat of the coordinator who has her case."""
    if carried.to_id is not None:
        holder = Actor(session, carried.to_id, (), now)
        await holder.note("was brought", "case", carried.case.id, str(carried.number))


# What somebody writes who erased herself goes to nobody before she asks for a person again, or a
# coordinator has written to her since: it may be another who holds her phone.
_TAKES_WORDS = or_(
    Case.erased_at_utc.is_(None),
    Case.id.in_(select(CaseMessage.case_id).where(CaseMessage.by_staff)),
)


async def still_open(actor: Actor) -> Case | None:
    """Return the case of the actor that is not closed, to which her words go; none opens again."""
    if not await _may_have_any(actor):
        return None
    return await actor.session.scalar(
        select(Case)
        .where(Case.person_id == actor.id, Case.closed_at_utc.is_(None), _TAKES_WORDS)
        .order_by(Case.id.desc())
        .limit(1)
    )


async def has_open(actor: Actor) -> bool:
    """Return whether the actor has a case that is not closed, to which her words go."""
    return await still_open(actor) is not None


async def _may_have_any(actor: Actor) -> bool:
    """Return whether the actor is one of the few who have a case that is kept, open or not."""

    async def read() -> frozenset[int]:
        return frozenset(await actor.session.scalars(select(Case.person_id).distinct()))

    return actor.id in await read_once(actor.session, "who has a case", (Case,), read)


async def to_be_met(actor: Actor, kind: str) -> bool:
    """Return whether a kind of danger is to be met with care, and take it as met.

    In an open case that is so for one that is graver than what she was met for already.
    """
    case = await open_case_of(actor)
    if case is None:
        return True
    if care_time.gravity(kind) <= care_time.gravity(case.cared or GENERAL):
        return False
    case.cared = kind
    return True


async def open_case_of(actor: Actor, *, agrees: bool = False) -> Case | None:
    """Return the open case of the actor, if she has one to which her words go.

    That of one who erased herself is there only when she `agrees` that they do.

    One that was closed a moment ago, of which she has heard nothing, opens again.
    """
    session = actor.session
    if not await _may_have_any(actor):
        return None
    case = await session.scalar(
        select(Case)
        .where(
            Case.person_id == actor.id,
            true() if agrees else _TAKES_WORDS,
            or_(
                Case.closed_at_utc.is_(None),
                # What she writes after calling off is said to the bot again.
                (Case.closed_at_utc > actor.now - UNDO) & (Case.outcome != Outcome.CALLED_OFF),
            ),
        )
        .order_by(Case.closed_at_utc.is_not(None), Case.id.desc())
        .limit(1)
    )
    if case is not None and case.closed_at_utc is not None:
        await open_again(session, case, actor.now)
    return case


async def open_again(session: AsyncSession, case: Case, now: datetime) -> None:
    """Open a case that was closed; what was still to be told of its end is told nobody."""
    case.closed_at_utc = case.outcome = None
    await outbox.drop(session, prefix=closing_key(case.id), why="opened again", now=now)
    await session.flush()


def closing_key(case_id: int) -> str:
    """Return how the key of what is told of the end begins; it leaves when UNDO is over."""
    return f"case:{case_id}:closed:"


async def has_another(session: AsyncSession, case: Case) -> bool:
    """Return whether a girl has an open case besides one that is closed."""
    query = select(Case.id).where(Case.person_id == case.person_id, Case.closed_at_utc.is_(None))
    return await session.scalar(query.limit(1)) is not None
