"""What is known against a mentor: the talks that were reported, and what of hers was stopped.

Whoever decides about her sees it, for as long as it is kept (`privacy`); a report of her own about
a girl is told apart. Of a pair that is the reader's own she is told nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, or_, select

from bot.database import count
from bot.mentoring import apart, moves, tries
from bot.mentoring.states import Who
from bot.mentoring.tables import Introduction, IntroductionMove, Mentor
from bot.people.staff import Actor
from bot.rights import May


@dataclass(frozen=True)
class Report:
    """A talk that was reported, now or before it was looked into, and which side reported."""

    talk: Introduction
    side: Who


@dataclass(frozen=True)
class Record:
    """What is known against a mentor, the newest report first.

    `tries` are the messages stopped lately, on which she may be kept from writing; `stopped` are
    all that are still kept.
    """

    reports: tuple[Report, ...] = ()
    tries: int = 0
    stopped: int = 0

    @property
    def against_her(self) -> int:
        """How many of the reports are not her own."""
        return sum(report.side is not Who.MENTOR for report in self.reports)

    @property
    def marked(self) -> bool:
        """Whether whoever decides about her must know of something."""
        return bool(self.against_her or self.stopped)


async def of(actor: Actor, mentor: Mentor) -> Record:
    """Return what is known against a mentor. Coordinators only."""
    actor.require(May.MENTORS)
    own = apart.own_pairs(actor.id)
    reported = select(IntroductionMove.introduction_id).where(IntroductionMove.move == "report")
    query = (
        select(Introduction)
        .where(
            Introduction.mentor_id == mentor.person_id,
            or_(Introduction.reported_by.is_not(None), Introduction.id.in_(reported)),
            Introduction.id.not_in(own),
        )
        .order_by(Introduction.reported_at_utc.desc())
    )
    talks = (await actor.session.scalars(query)).all()
    stopped = tries.stopped(mentor, apart_from=own).subquery()
    return Record(
        tuple([Report(talk, await side_of(actor, talk)) for talk in talks]),
        await tries.of_mentor(actor, mentor),
        await count(actor.session, select(func.count()).select_from(stopped)),
    )


async def marked(actor: Actor, mentors: Iterable[Mentor]) -> set[int]:
    """Return which of these mentors are marked, by id. Coordinators only."""
    return {one.person_id for one in mentors if (await of(actor, one)).marked}


async def side_of(actor: Actor, talk: Introduction) -> Who:
    """Return which side reported a talk, last of all where there were several."""
    sides = {talk.student_id: Who.STUDENT, talk.mentor_id: Who.MENTOR, moves.BOT_ID: Who.BOT}
    if talk.reported_by is not None:
        return sides.get(talk.reported_by, Who.COORDINATOR)
    query = (
        select(IntroductionMove.who)
        .where(IntroductionMove.introduction_id == talk.id, IntroductionMove.move == "report")
        .order_by(IntroductionMove.id.desc())
        .limit(1)
    )
    return await actor.session.scalar(query) or Who.COORDINATOR
