"""A case opens, and whoever is next on the list hears of it: one way, for a turn and the clock."""

from datetime import datetime

from bot.database import Session
from bot.people.staff import Actor
from bot.safety import cases
from bot.safety.cases import Alert, CaseFile
from bot.screens.screen import Screen
from bot.screens.voice import Voice
from bot.turn import Services, tell, voice_of
from handlers.doors import CASE


def alert_screen(voice: Voice, case_id: int) -> Screen:
    """Return the alert: a case number and no word of hers, for it may light up a lock screen."""
    return Screen(
        voice.say("case.alert", case=voice.number(case_id)),
        ((voice.button("case.acknowledge", CASE(case_id)),),),
    )


async def open_case(services: Services, actor: Actor, kind: str, words: str | None) -> CaseFile:
    """Open a case of the actor, or return her open one; a new one alerts a coordinator."""
    case, alert = await cases.open_case(actor, kind, words, services.case_interval)
    if alert is not None:
        await send(services, actor.session, alert, actor.now)
    return case


async def send(services: Services, session: Session, alert: Alert, now: datetime) -> None:
    """Stage an alert for its coordinator, in the language of her menus."""
    voice = await voice_of(session, services, alert.coordinator_id)
    key = f"case:{alert.case_id}:{alert.round}"
    await tell(session, alert.coordinator_id, alert_screen(voice, alert.case_id), key, now)
