"""What coordinators see of the talks: waiting times, samples, and on a report only the transcript
up to it. Every look at words is in the audit log, and nobody looks at a pair of her own.

Held messages are in `held`.
"""

from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, func, select

from bot.database import count
from bot.mentoring import apart, held, minors, tries
from bot.mentoring.states import OPEN, MentorState, State
from bot.mentoring.tables import Introduction, Mentor, RelayMessage
from bot.people import ages, chats, phones
from bot.people.ages import Band
from bot.people.staff import Actor
from bot.refusals import StaleError
from bot.rights import May

TRANSCRIPT_PAGE = 20
_UNREAD = (RelayMessage.sampled.is_(True), RelayMessage.read_by.is_(None))


@dataclass(frozen=True)
class Board:
    """How many of each wait for a coordinator."""

    to_vet: int
    requested: int
    held: int
    reported: int
    quiet: int
    samples: int
    open: int

    @property
    def waiting(self) -> int:
        """How much waits for a decision; samples are read when there is time."""
        return self.to_vet + self.requested + self.held + self.reported + self.quiet


async def board(actor: Actor) -> Board:
    """Return the figures of the mentors' desk; of the talks none for whom they are not."""
    actor.require(May.MENTORS)

    talks = actor.may(May.TALKS)

    async def many(*where: ColumnElement[bool]) -> int:
        return await count(actor.session, select(func.count()).where(*where))

    waiting = (MentorState.APPLIED, MentorState.CHECKED, MentorState.FROZEN)
    others = RelayMessage.introduction_id.not_in(apart.own_pairs(actor.id))
    return Board(
        to_vet=await many(Mentor.state.in_(waiting) | Mentor.story_waiting.is_not(None)),
        requested=await many(Introduction.state == State.REQUESTED) if talks else 0,
        held=await held.waits(actor) if talks else 0,
        reported=await many(Introduction.state == State.BLOCKED) if talks else 0,
        quiet=await many(Mentor.quiet_since_utc.is_not(None)),
        samples=await many(*_UNREAD, others) if talks else 0,
        open=await many(Introduction.state.in_(OPEN)) if talks else 0,
    )


async def how_many(actor: Actor) -> int:
    """Return how much at the mentors' desk waits for a decision. Coordinators only."""
    return (await board(actor)).waiting


async def open_introductions(actor: Actor) -> list[Introduction]:
    """Return what is open, reported and requested first, then the longest waiting.

    None of her own pairs. Coordinators only.
    """
    actor.require(May.TALKS)
    urgent = (Introduction.state != State.BLOCKED, Introduction.state != State.REQUESTED)
    query = (
        select(Introduction)
        .where(Introduction.state.in_(OPEN), Introduction.id.not_in(apart.own_pairs(actor.id)))
        .order_by(*urgent, Introduction.since_utc)
    )
    return list(await actor.session.scalars(query))


async def told(actor: Actor, number: int, zone: ZoneInfo) -> tuple[int, ...]:
    """Return who is told at once of what waits in an introduction, and may look at it."""
    return await apart.told(actor, await actor.session.get_one(Introduction, number), zone)


async def look(actor: Actor, number: int) -> Introduction:
    """Return one introduction to be read, a girl's hope in it; the look is recorded."""
    row = await apart.decided_on(actor, number)
    await actor.note("read", "introduction", number)
    return row


class AgeDoubt(StrEnum):
    """Why a girl may not be the adult that she says she is."""

    # she said before that she is a minor, and erased herself since
    GREW_UP = "grew_up"
    # somebody who uses the same phone says that she is a minor: it may be she herself
    MINOR_ON_PHONE = "minor_on_phone"


async def age_doubt(actor: Actor, row: Introduction) -> AgeDoubt | None:
    """Return why a girl who says that she is an adult may be none, if there is a reason."""
    session, girl = actor.session, row.student_id
    if await ages.band_of(session, girl) is not Band.ADULT:
        return None
    if await minors.marked(session, girl):
        return AgeDoubt.GREW_UP
    for other in await phones.profiles(session, chats.chat_of(girl)):
        if await ages.is_told_minor(session, other.person_id):
            return AgeDoubt.MINOR_ON_PHONE
    return None


async def tried(actor: Actor, mentor: Mentor) -> list[RelayMessage]:
    """Return what of a mentor was stopped and is still kept, oldest first.

    None of the actor's own pairs. Coordinators only; the look is recorded.
    """
    actor.require(May.MENTORS)
    query = tries.stopped(mentor, apart_from=apart.own_pairs(actor.id)).order_by(RelayMessage.id)
    await actor.note("read what was stopped", "mentor", mentor.person_id)
    return list(await actor.session.scalars(query))


async def next_sample(actor: Actor) -> RelayMessage | None:
    """Return the oldest sampled message that nobody has read, none of her own pair.

    It counts as read once it was shown whole: `sample_read`.
    """
    actor.require(May.TALKS)
    query = (
        select(RelayMessage)
        .where(*_UNREAD, RelayMessage.introduction_id.not_in(apart.own_pairs(actor.id)))
        .order_by(RelayMessage.id)
        .limit(1)
    )
    return (await actor.session.scalars(query)).first()


async def sample_read(actor: Actor, message_id: int) -> None:
    """Write down that a sample was shown, and to whom. Coordinators only."""
    actor.require(May.TALKS)
    message = await actor.session.get_one(RelayMessage, message_id)
    message.read_by = actor.id
    await actor.note("read a sample", "relay message", message_id)


@dataclass(frozen=True)
class Transcript:
    """A page of the messages up to a report, oldest first, its number, and how many there are."""

    lines: tuple[RelayMessage, ...]
    page: int
    total: int


async def transcript(actor: Actor, number: int, page: int | None = None) -> Transcript:
    """Return a page of the messages up to a report; there is none without a report.

    The last page, which ends with the report, unless one is named. Coordinators only, never of
    her own talk; the look is recorded.
    """
    row = await apart.decided_on(actor, number)
    if row.reported_by is None:
        raise StaleError
    said = RelayMessage.introduction_id == number, RelayMessage.at_utc <= row.reported_at_utc
    total = await count(actor.session, select(func.count()).where(*said))
    last = max(0, (total - 1) // TRANSCRIPT_PAGE)
    page = last if page is None else min(page, last)
    query = select(RelayMessage).where(*said).order_by(RelayMessage.id)
    lines = await actor.session.scalars(
        query.offset(page * TRANSCRIPT_PAGE).limit(TRANSCRIPT_PAGE)
    )
    await actor.note("read the transcript", "introduction", number)
    return Transcript(tuple(lines), page, total)
