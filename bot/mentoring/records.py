"""What is known against a mentor: the reports in her talks, and what of hers was stopped.

Whoever decides about her sees it, for as long as it is kept (`privacy`); a report of her own about
a girl is told apart, and one that was taken back as a mistake marks nobody. Of a pair that is the
reader's own she is told nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select

from bot.database import count
from bot.mentoring import apart, moves, tries
from bot.mentoring.states import Who
from bot.mentoring.tables import Introduction, IntroductionMove, Mentor
from bot.people.staff import Actor

_REPORT, _TAKE_BACK = "report", "take_back"


@dataclass(frozen=True)
class Report:
    """One report in a talk: which side reported, and why; whether it was said to be a mistake."""

    talk: Introduction
    side: Who
    reason: str | None
    taken_back: bool


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
    def talks(self) -> int:
        """How many talks were reported, without a report that was taken back."""
        return len({report.talk.id for report in self.reports if not report.taken_back})

    @property
    def against_her(self) -> int:
        """How many talks were reported by others than herself."""
        others = (report for report in self.reports if report.side is not Who.MENTOR)
        return len({report.talk.id for report in others if not report.taken_back})

    @property
    def marked(self) -> bool:
        """Whether whoever decides about her must know of something."""
        return bool(self.against_her or self.stopped)


async def of(actor: Actor, mentor: Mentor) -> Record:
    """Return what is known against a mentor. Coordinators only."""
    actor.require_staff()
    own = apart.own_pairs(actor.id)
    stopped = tries.stopped(mentor, apart_from=own).subquery()
    return Record(
        await _reports(actor, mentor),
        await tries.of_mentor(actor, mentor),
        await count(actor.session, select(func.count()).select_from(stopped)),
    )


async def _reports(actor: Actor, mentor: Mentor) -> tuple[Report, ...]:
    """Return the reports in her talks, the newest first; none in a pair of the reader's own."""
    query = (
        select(IntroductionMove, Introduction)
        .join(Introduction, Introduction.id == IntroductionMove.introduction_id)
        .where(
            Introduction.mentor_id == mentor.person_id,
            Introduction.id.not_in(apart.own_pairs(actor.id)),
            IntroductionMove.move.in_((_REPORT, _TAKE_BACK)),
        )
        .order_by(IntroductionMove.id.desc())
    )
    found: list[Report] = []
    # talks of which a later report was seen, and those of which the next one was taken back
    later: set[int] = set()
    undone: set[int] = set()
    for move, talk in (await actor.session.execute(query)).all():
        if move.move == _TAKE_BACK:
            undone.add(talk.id)
            continue
        # Before each report kept its own reason, a talk kept that of the last one.
        reason = move.detail or (None if talk.id in later else talk.report_reason)
        found.append(Report(talk, move.who, reason, talk.id in undone))
        later.add(talk.id)
        undone.discard(talk.id)
    return tuple(found)


async def marked(actor: Actor, mentors: Iterable[Mentor]) -> set[int]:
    """Return which of these mentors are marked, by id. Coordinators only."""
    return {one.person_id for one in mentors if (await of(actor, one)).marked}


def side_of(talk: Introduction) -> Who | None:
    """Return which side reported a talk that is under a report; None where none does."""
    if talk.reported_by is None:
        return None
    sides = {talk.student_id: Who.STUDENT, talk.mentor_id: Who.MENTOR, moves.BOT_ID: Who.BOT}
    return sides.get(talk.reported_by, Who.COORDINATOR)
