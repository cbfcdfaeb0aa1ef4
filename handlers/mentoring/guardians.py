"""A guardian's side: reads about the programme, agrees, is told, can complain and take it back."""

from bot.mentoring import guardians, introductions
from bot.mentoring.policy import Policy
from bot.mentoring.states import Who
from bot.mentoring.tables import GuardianConsent
from bot.refusals import StaleError
from bot.screens.screen import Screen
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.safety import alerts


def page_screen(voice: Voice, token: str) -> Screen:
    """Return the page about the programme with the question."""
    return Screen(
        voice.say("guardian.page"),
        (
            (voice.button("guardian.agree", f"guard:agree:{token}"),),
            (voice.button("guardian.no", "guard:no"),),
        ),
    )


def home_screen(voice: Voice, consents: list[GuardianConsent]) -> Screen:
    """Return what a guardian who agreed can do."""
    rows = [(voice.button("guardian.worry", "guard:worry"),)]
    rows += [
        (voice.button("guardian.withdraw", f"guard:withdraw:{consent.id}"),)
        for consent in consents[:3]
    ]
    return Screen(voice.say("guardian.home" if consents else "guardian.none"), tuple(rows))


async def opened(turn: Turn, token: str) -> None:
    """Open the page that a girl's link leads to."""
    consent = await guardians.opened(turn.session, turn.person.id, token, turn.now)
    if consent is None:
        await turn.show(Screen(turn.voice.say("guardian.old_link")))
    elif consent.given_at_utc is not None:
        await _home(turn)
    else:
        await turn.show(page_screen(turn.voice, token))


async def tapped(turn: Turn, argument: str) -> None:
    """Follow a button of a guardian."""
    what, _, value = argument.partition(":")
    number = int(value) if value.isdecimal() and len(value) < 12 else 0
    if what == "agree":
        await _agree(turn, value)
    elif what == "no":
        await turn.show(Screen(turn.voice.say("guardian.declined")))
    elif what == "home":
        await _home(turn)
    elif what == "worry":
        await _worry(turn)
    elif what == "withdraw":
        sure = turn.voice.button("guardian.withdraw_yes", f"guard:withdraw_yes:{number}")
        keep = turn.voice.button("talk.keep", "guard:home")
        await turn.show(Screen(turn.voice.say("guardian.sure"), ((sure,), (keep,))))
    elif what == "withdraw_yes":
        await _withdraw(turn, number)
    else:
        raise StaleError


async def _home(turn: Turn) -> None:
    given = await guardians.given_by(turn.session, turn.person.id)
    await turn.show(home_screen(turn.voice, given))


async def _agree(turn: Turn, token: str) -> None:
    consent = await guardians.agree(turn.session, turn.person.id, token, turn.now)
    if consent is None:
        await turn.show(Screen(turn.voice.say("guardian.old_link")))
        return
    voice = turn.voice
    await turn.show(
        Screen(voice.say("guardian.agreed"), ((voice.button("news.guardian", "guard:home"),),))
    )
    girl = await turn.voice_of(consent.student_id)
    see = girl.button("news.see", "intro:home")
    await turn.tell(
        consent.student_id,
        Screen(girl.say("guardian.girl_told"), ((see,),)),
        f"consent:{consent.id}",
    )


async def _withdraw(turn: Turn, number: int) -> None:
    consent = await guardians.withdraw(turn.session, turn.person.id, (), number, turn.now)
    if consent is None:
        raise StaleError
    policy = Policy.of(turn.services.settings)
    await introductions.stop_all(turn.session, consent.student_id, Who.GUARDIAN, policy, turn.now)
    await turn.show(Screen(turn.voice.say("guardian.withdrawn")))


async def _worry(turn: Turn) -> None:
    """A complaint goes to a coordinator as a case, so the two can write to each other."""
    if not await guardians.given_by(turn.session, turn.person.id):
        raise StaleError
    voice = turn.voice
    words = voice.label("guardian.worry_words")
    case = await alerts.open_case(turn.services, turn.actor, "concern", words)
    await turn.show(Screen(voice.say("guardian.worry_kept", number=voice.number(case.id))))
