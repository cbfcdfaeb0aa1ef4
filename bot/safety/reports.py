"""The case that the report of a talk opens: nobody has told of danger in it.

So what is asked meanwhile is answered, and a report that was a mistake closes it again.
"""

from sqlalchemy import select

from bot.people.staff import Actor
from bot.safety import cases
from bot.safety.cases import REPORTS, Standing
from bot.safety.states import Outcome
from bot.safety.tables import Case, CaseMessage


async def only_reported(actor: Actor) -> bool:
    """Return whether the open case of the actor is of a report, and nothing else was told."""
    case = await cases.still_open(actor)
    return case is not None and of_report(case)


def of_report(case: Case) -> bool:
    """Return whether a case is of a report, and its girl was not met for danger since."""
    return case.kind in REPORTS and case.cared in (None, *REPORTS)


async def take_back(actor: Actor) -> Standing | None:
    """Close the actor's own case, where it holds nothing but a report that was a mistake.

    It stays open where somebody has taken it, something was told since, or it was open before:
    then it is returned where it stands. None where nobody is called any more.
    """
    case = await cases.open_case_of(actor)
    if case is None:
        return None
    standing = (await cases.file_of(actor, case)).standing
    if standing is Standing.TAKEN or not of_report(case) or await _has_words(actor, case):
        return standing
    case.closed_at_utc, case.outcome = actor.now, Outcome.CALLED_OFF
    await actor.note("called off", "case", case.id, "a report by mistake")
    return None


async def _has_words(actor: Actor, case: Case) -> bool:
    """Return whether anything is in a case that she wrote herself."""
    words = select(CaseMessage.id).where(CaseMessage.case_id == case.id, CaseMessage.text != "")
    return await actor.session.scalar(words.limit(1)) is not None
