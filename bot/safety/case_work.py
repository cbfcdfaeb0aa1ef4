"""What coordinators do with cases: who has one talks with the girl, and closes it or gives it on.

A case is read by whoever has it and by nobody else; who looks, takes or closes leaves an audit
line.
"""

from datetime import timedelta

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased

from bot.people import notes
from bot.people.staff import Actor
from bot.refusals import GoneError, RefusedError
from bot.rights import May
from bot.safety import calling, care_time, on_call
from bot.safety.cases import UNDO, CaseFile, file_of, has_another, open_again
from bot.safety.states import Outcome, Silence
from bot.safety.tables import Case

# So long after its girl has ended it a case stays among those that somebody is to look at.
ASKED_AFTER = timedelta(days=7)


async def open_cases(actor: Actor) -> list[tuple[int, int | None]]:
    """Return the number of each open case and who took it, oldest first. Coordinators only."""
    actor.require(May.CASES)
    rows = await actor.session.execute(
        select(Case.id, Case.acknowledged_by).where(Case.closed_at_utc.is_(None)).order_by(Case.id)
    )
    return [(case_id, taken_by) for case_id, taken_by in rows]


async def ended_by_her(actor: Actor) -> list[int]:
    """Return the numbers of cases that their girls ended and of whom nobody asked after yet.

    Somebody may have made her: so a case that was taken is shown for `ASKED_AFTER`, unless she has
    called anew. Coordinators only.
    """
    actor.require(May.CASES)
    newer = aliased(Case)
    query = select(Case.id).where(
        Case.outcome == Outcome.CALLED_OFF,
        Case.acknowledged_by.is_not(None),
        Case.closed_at_utc > actor.now - ASKED_AFTER,
        Case.person_id != actor.id,
        ~exists().where(newer.person_id == Case.person_id, newer.id > Case.id),
    )
    return [*await actor.session.scalars(query.order_by(Case.id))]


async def how_many(actor: Actor) -> int:
    """Return how many cases are open, or are to be asked after. Coordinators only."""
    return len(await open_cases(actor)) + len(await ended_by_her(actor))


async def open_of(actor: Actor, person_id: int) -> int | None:
    """Return the number of somebody's open case, if she has one. Coordinators only."""
    actor.require(May.CASES)
    query = select(Case.id).where(Case.person_id == person_id, Case.closed_at_utc.is_(None))
    return await actor.session.scalar(query.order_by(Case.id.desc()).limit(1))


async def opened(actor: Actor, case_id: int) -> Case:
    """Return an open case; raises GoneError for any other. Coordinators only."""
    actor.require(May.CASES)
    case = await actor.session.get(Case, case_id)
    if case is None or case.closed_at_utc is not None:
        raise GoneError("case.gone")
    return case


async def held(actor: Actor, case_id: int) -> Case:
    """Return an open case that the actor has; raises GoneError for others. Coordinators only."""
    case = await opened(actor, case_id)
    if case.acknowledged_by != actor.id:
        raise GoneError("case.gone")
    return case


async def own(actor: Actor, case_id: int) -> Case:
    """Return an open case that the actor has; the look is recorded. Coordinators only."""
    case = await held(actor, case_id)
    await actor.note("looked at", "case", case_id)
    return case


async def taken_by(actor: Actor, case_id: int) -> int | None:
    """Return which other coordinator has an open case and can be reached. Coordinators only."""
    case = await opened(actor, case_id)
    found = await on_call.holder(actor.session, case, actor.staff)
    return None if found == actor.id else found


async def acknowledge(actor: Actor, case_id: int) -> tuple[CaseFile, bool]:
    """Take a case that no other has; return it, and whether it was not hers before.

    Nobody takes her own, or one whose coordinator is still there and writes. Coordinators only.
    """
    case = await opened(actor, case_id)
    if case.person_id == actor.id:
        raise GoneError("case.gone")
    has_it = await on_call.holder(actor.session, case, actor.staff)
    if has_it not in (None, actor.id) and case.silence is not Silence.CALLED:
        raise GoneError("case.gone")
    if has_it == actor.id:
        return await file_of(actor, case), False
    case.acknowledged_by, case.acknowledged_at_utc = actor.id, actor.now
    case.next_alert_at_utc = case.told = case.silence = None
    await actor.note("acknowledged", "case", case_id)
    return await file_of(actor, case), True


async def close(actor: Actor, case_id: int, outcome: Outcome) -> CaseFile:
    """Close a case that the actor has, saying how it ended; for a minute it can be taken back."""
    case = await own(actor, case_id)
    case.closed_at_utc, case.outcome = actor.now, outcome
    await care_time.over(actor.session, case.person_id)
    await actor.note("closed", "case", case_id, outcome)
    return await file_of(actor, case)


async def reopen(actor: Actor, case_id: int) -> None:
    """Take back that the actor closed a case, while the minute lasts. Coordinators only."""
    actor.require(May.CASES)
    case = await actor.session.get(Case, case_id)
    if case is None or case.acknowledged_by != actor.id:
        raise GoneError("case.gone")
    if case.closed_at_utc is None:
        return
    # Where a clock was put back the girl may have called anew within what looks like the minute.
    if case.closed_at_utc <= actor.now - UNDO or await has_another(actor.session, case):
        raise GoneError("case.closed_for_good")
    await open_again(actor.session, case, actor.now)
    await actor.note("reopened", "case", case_id)


async def hand_over(actor: Actor, case_id: int, to_id: int) -> CaseFile:
    """Give a case that the actor has to another coordinator, who must be there to take it."""
    case = await own(actor, case_id)
    if to_id not in actor.others or to_id == case.person_id:
        raise GoneError("case.gone")
    if not (await calling.reach(actor.session, (to_id,))).reachable:
        raise RefusedError("case.cannot_reach_her")
    case.acknowledged_by, case.acknowledged_at_utc, case.silence = to_id, actor.now, None
    await actor.note("handed over", "case", case_id)
    return await file_of(actor, case)


async def add_note(actor: Actor, case_id: int, text: str) -> None:
    """Add a note about an open case. Coordinators only."""
    await opened(actor, case_id)
    await notes.add(actor, "case", case_id, text)
