"""A case opens, and whoever is next on the list hears of it: one way, for a turn and the clock."""

from collections.abc import Sequence
from datetime import datetime

from bot.database import Session
from bot.mentoring import apart
from bot.people.staff import Actor
from bot.questions import asked
from bot.refusals import RefusedError
from bot.safety import cases
from bot.safety.cases import Carried, CaseFile
from bot.safety.on_call import Alert
from bot.screens.screen import Screen, paragraphs
from bot.screens.voice import Voice
from bot.turn import Services, tell, voice_of
from handlers.doors import CASE
from handlers.safety import case_screens

# Kinds of cases in which nobody asks for herself; the first is of before it said who reported.
OF_A_TALK = ("report", "report_student", "report_mentor", "concern", "to_coordinators")


def alert_screen(voice: Voice, alert: Alert) -> Screen:
    """Return the alert: a case number and no word of hers, for it may light up a lock screen.

    A report and a worry about others say that they are one.
    """
    case = voice.number(alert.case_id)
    if alert.again:
        return Screen(
            voice.say("case.alert_again", case=case),
            ((voice.button("case.open", CASE(alert.case_id)),),),
        )
    key = f"case.alert_{alert.kind}" if alert.kind in OF_A_TALK else "case.alert"
    return Screen(
        paragraphs(
            voice.say(key, case=case), voice.say("case.state_erased") if alert.erased else ""
        ),
        ((voice.button("case.acknowledge", CASE(alert.case_id)),),),
    )


async def open_case(
    services: Services, actor: Actor, kind: str, words: Sequence[str], sign: str | None = None
) -> CaseFile:
    """Open a case of the actor, or return her open one; either way a coordinator is alerted.

    That is whoever has the case, or the next on call. What of `words` the case does not have yet
    is kept with it and goes to whoever has it, as does the `sign` of what was tapped. The case
    says where the call stands.
    """
    # It may be about a coordinator who is her guardian or was her mentor: she is not called.
    by_her = await apart.with_far(actor, services.settings.zone)
    opened = await cases.open_case(by_her, kind, words, services.case_interval, sign)
    # What a case takes waits in no inbox.
    await asked.withdraw(actor, words)
    for carried in opened.words:
        await deliver(services, actor.session, carried, actor.now)
    if opened.alert is not None:
        await send(services, actor.session, opened.alert, actor.now)
    return opened.case


async def require_far(session: Session, person_id: int, coordinator_id: int) -> None:
    """Raise RefusedError where somebody's trouble may be about the coordinator."""
    if not await apart.far_from(session, person_id, (coordinator_id,)):
        raise RefusedError("over.own_pair")


async def send(services: Services, session: Session, alert: Alert, now: datetime) -> None:
    """Stage an alert for its coordinator, in the language of her menus."""
    voice = await voice_of(session, services, alert.coordinator_id)
    await tell(session, alert.coordinator_id, alert_screen(voice, alert), alert.key, now)


async def deliver(services: Services, session: Session, carried: Carried, now: datetime) -> None:
    """Stage what somebody wrote in her case for the coordinator who has it, if any."""
    if carried.to_id is None:
        return
    await cases.brought(session, carried, now)
    voice = await voice_of(session, services, carried.to_id)
    await tell(session, carried.to_id, case_screens.to_staff(voice, carried), carried.key, now)
