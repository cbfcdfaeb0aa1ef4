"""A girl calls off her call for a person, or ends the talk with who has taken it.

It is asked first, and can be undone for a minute. The case is closed with that outcome, so nobody
is called any more; those who were called hear that she did so herself, and of what kind of danger
she had told: that it is over nobody knows, and another may have made her. One of them may ask
after her all the same, for as long as the case is kept. Who talked with her hears it at once.
"""

from dataclasses import replace
from datetime import timedelta

from bot.people.staff import Actor
from bot.refusals import GoneError, RefusedError
from bot.rights import May
from bot.safety import care_time, cases, on_call, reports
from bot.safety.cases import CaseFile, Standing
from bot.safety.on_call import Alert
from bot.safety.states import Outcome
from bot.safety.tables import Case


async def waiting(actor: Actor) -> CaseFile | None:
    """Return the open case of the actor that nobody has taken; None for none."""
    if (case := await cases.still_open(actor)) is None:
        return None
    file = await cases.file_of(actor, case)
    return None if file.standing is Standing.TAKEN else file


async def call_off(actor: Actor) -> tuple[CaseFile, tuple[int, ...]]:
    """Close the actor's own case that nobody has taken; return it, and who is to hear of it.

    Raises GoneError where she has none, RefusedError where somebody has taken it meanwhile.
    """
    case = await cases.still_open(actor)
    if case is None:
        raise GoneError("case.over")
    file = await cases.file_of(actor, case)
    if file.standing is Standing.TAKEN:
        raise RefusedError("case.taken_meanwhile")
    await _close(actor, case)
    called = tuple(dict.fromkeys(c for c in case.alerted if c in actor.others))
    return replace(file, kind=_told(case)), called or actor.others


async def _close(actor: Actor, case: Case) -> None:
    case.closed_at_utc, case.outcome = actor.now, Outcome.CALLED_OFF
    await care_time.over(actor.session, actor.id)
    await actor.note("called off", "case", case.id)


async def stop_talking(actor: Actor) -> CaseFile:
    """End the actor's talk with the coordinator who has her case; return it, as it was.

    Raises GoneError where nobody has it.
    """
    case = await cases.still_open(actor)
    file = None if case is None else await cases.file_of(actor, case)
    if case is None or file is None or file.held_by is None:
        raise GoneError("case.over")
    await _close(actor, case)
    return replace(file, kind=_told(case))


def _told(case: Case) -> str:
    """Return of which kind a case is for those who hear of its end: more than a report, maybe."""
    if case.kind not in cases.REPORTS or reports.of_report(case):
        return case.kind
    return "concern" if case.kind in cases.OF_GROWN_UPS else case.cared or case.kind


async def call_on(
    actor: Actor, case_id: int, interval: timedelta
) -> tuple[CaseFile, Alert | None]:
    """Take back that the actor called off her call, while the minute lasts; call the next."""
    case = await actor.session.get(Case, case_id)
    if case is None or case.person_id != actor.id:
        raise GoneError("case.over")
    if case.closed_at_utc is not None:
        over = case.closed_at_utc <= actor.now - cases.UNDO
        if case.outcome is not Outcome.CALLED_OFF or over or await cases.has_open(actor):
            raise GoneError("case.called_off_for_good")
        await cases.open_again(actor.session, case, actor.now)
        await actor.note("called again", "case", case.id)
    alert = await on_call.call_again(actor.session, case, actor.staff, actor.now, interval)
    file = await cases.file_of(actor, case)
    if alert is not None and file.standing is Standing.NOBODY:
        # The alert is still to be staged: it is on its way.
        file = replace(file, standing=Standing.CALLING)
    return file, alert


async def was_called_off(actor: Actor, case_id: int) -> tuple[str, bool] | None:
    """Return of which kind a case is that its girl called off herself; None for any other.

    And whether somebody had taken it before. Coordinators only.
    """
    actor.require(May.CASES)
    case = await actor.session.get(Case, case_id)
    if case is None or case.outcome is not Outcome.CALLED_OFF:
        return None
    return _told(case), case.acknowledged_by is not None


async def ask_after(actor: Actor, case_id: int) -> CaseFile:
    """Take a case that its girl has called off, to ask after her. Coordinators only.

    Raises GoneError where another asks after her already, she has called anew, or it is gone.
    """
    actor.require(May.CASES)
    case = await actor.session.get(Case, case_id)
    if (
        case is None
        or case.outcome is not Outcome.CALLED_OFF
        or case.person_id == actor.id
        or await cases.has_another(actor.session, case)
    ):
        raise GoneError("case.gone")
    await cases.open_again(actor.session, case, actor.now)
    case.acknowledged_by, case.acknowledged_at_utc = actor.id, actor.now
    case.next_alert_at_utc = case.told = case.silence = None
    await actor.note("asked after", "case", case_id)
    return await cases.file_of(actor, case)
