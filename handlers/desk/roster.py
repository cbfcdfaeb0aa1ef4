"""The roster: who is called first now, and what each coordinator says of herself."""

from bot.mentoring import roster
from bot.mentoring.roster import Roster
from bot.people import staff, switches
from bot.rights import May
from bot.screens.screen import Screen
from bot.screens.sure import sure_screen
from bot.turn import Turn
from handlers.desk import colleagues
from handlers.desk.awaiting import HerQuietHours
from handlers.desk.roster_screens import (
    deputies_screen,
    named_screen,
    quiet_screen,
    roster_screen,
)
from handlers.desk.taps import DUTY_OFF_SURE, QUIET
from handlers.doors import ROSTER


async def read(turn: Turn) -> Roster:
    """Return the roster as it is now."""
    zone = turn.services.settings.zone
    return await roster.read(turn.session, turn.coordinators, turn.now, zone)


async def show(turn: Turn, page: int) -> None:
    """Show in which order coordinators are called now."""
    turn.actor.require(May.CASES)
    known = await staff.aliases(turn.session)
    on = await switches.is_on(turn.session, switches.duty(turn.person.id))
    await turn.show(roster_screen(turn.voice, await read(turn), known, page, on_duty=on))


async def duty(turn: Turn, on: bool) -> None:
    """Go on call, or off; who would be the last to go is asked first."""
    turn.actor.require(May.CASES)
    others = [
        one
        for one in await switches.on_call(turn.session, turn.coordinators)
        if one != turn.person.id
    ]
    if on or others:
        await _turn(turn, on=on)
    else:
        await turn.show(sure_screen(turn.voice, "roster.last_off", ROSTER(0), DUTY_OFF_SURE()))


async def off_duty_sure(turn: Turn) -> None:
    """Go off call though nobody else is on call."""
    await _turn(turn, on=False)


async def _turn(turn: Turn, *, on: bool) -> None:
    await switches.turn(turn.actor, switches.duty(turn.person.id), on=on)
    await show(turn, 0)


async def quiet(turn: Turn) -> None:
    """Offer quiet hours."""
    turn.actor.require(May.CASES)
    line = (await read(turn)).line(turn.person.id)
    hers = line.quiet if line is not None else None
    await turn.show(quiet_screen(turn.voice, hers, turn.now, turn.services.settings.zone))


async def set_quiet(turn: Turn, begins: int, ends: int) -> None:
    """Keep the quiet hours that she tapped."""
    await roster.set_quiet(turn.actor, begins, ends)
    await show(turn, 0)


async def set_no_quiet(turn: Turn) -> None:
    """Let her have no quiet hours."""
    await roster.set_no_quiet(turn.actor)
    await show(turn, 0)


async def ask_for_hours(turn: Turn) -> None:
    """Ask for hours that no button offers."""
    turn.actor.require(May.CASES)
    turn.expect(HerQuietHours())
    way = ((turn.voice.button("back.roster", QUIET()),),)
    await turn.show(Screen(turn.voice.say("roster.type_hours"), way), new_message=True)


async def hours_typed(turn: Turn, _asked: HerQuietHours, text: str) -> None:
    """Keep the quiet hours that she typed; what names none may be written again."""
    await roster.set_quiet(turn.actor, *roster.read_hours(text))
    turn.expect(None)
    await show(turn, 0)


async def deputies(turn: Turn, page: int) -> None:
    """Offer the colleagues of whom one may stand in for her."""
    turn.actor.require(May.CASES)
    line = (await read(turn)).line(turn.person.id)
    chosen = line.deputy_id if line is not None else None
    known, members = await staff.aliases(turn.session), await colleagues.others(turn)
    await turn.show(deputies_screen(turn.voice, members, known, chosen, page))


async def set_deputy(turn: Turn, number: int | None) -> None:
    """Keep who stands in for her, and tell that one; or that nobody does."""
    turn.actor.require(May.CASES)
    found = None if number is None else (await colleagues.chosen(turn, number)).person_id
    await roster.set_deputy(turn.actor, found)
    if found is not None:
        voice = await turn.voice_of(found)
        who = await colleagues.actor_called(turn, voice)
        await turn.tell(found, named_screen(voice, who), f"deputy:{turn.update_id}:{found}")
    await show(turn, 0)
