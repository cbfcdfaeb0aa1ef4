"""The consent that a guardian is asked for and has not answered, and what she types of one."""

from bot.mentoring import guardians as consents
from bot.refusals import StaleError
from bot.screens.sure import sure_screen
from bot.turn import Turn
from handlers.doors import HOME
from handlers.mentoring import guardians
from handlers.mentoring.taps import CONSENT_READ, NOT_A_GUARDIAN_SURE

# What she says in fixed words (content/requests.yaml): to agree or not, to take a consent back.
OF_CONSENT, WITHDRAWS = "of-consent", "withdraws-consent"


async def concerns(turn: Turn, request: str | None) -> bool:
    """Return whether words of a consent are hers to say: one is asked for, or was given."""
    if request == OF_CONSENT:
        return await consents.asked_for(turn.actor) is not None
    return request != WITHDRAWS or await consents.is_one(turn.session, turn.person.id)


async def read(turn: Turn) -> None:
    """Show again what she is asked to agree to; a typed word agrees to nothing."""
    token = await consents.asked_for(turn.actor)
    if token is None:
        raise StaleError
    await turn.show(guardians.page_screen(turn.voice, token))


async def withdraw(turn: Turn) -> None:
    """Ask whether she takes her consent back; of several, which."""
    given = await consents.given_by(turn.session, turn.person.id)
    if len(given) == 1:
        await guardians.withdraw(turn, given[0].id)
    else:
        await guardians.home(turn)


async def is_student(turn: Turn) -> None:
    """Ask whether she is a student: who says so is spoken to as a girl from then on."""
    waits = await consents.asked_for(turn.actor) is not None
    keep = CONSENT_READ() if waits else HOME()
    await turn.show(sure_screen(turn.voice, "guardian.student", keep, NOT_A_GUARDIAN_SURE()))
