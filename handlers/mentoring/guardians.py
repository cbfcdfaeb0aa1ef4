"""A guardian's side: reads about the programme, agrees, is told, can complain and take it back."""

from zoneinfo import ZoneInfo

from bot.mentoring import guardians, introductions
from bot.mentoring.guardians import GuardianConsent
from bot.mentoring.states import Who
from bot.refusals import StaleError
from bot.screens.paging import Page
from bot.screens.screen import Button, Screen
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.doors import MENTORING, homewards
from handlers.mentoring.taps import (
    CONSENT,
    CONSENT_AGREE,
    CONSENT_NO,
    CONSENT_WITHDRAW,
    CONSENT_WITHDRAW_SURE,
    CONSENT_WORRY,
)
from handlers.safety import alerts

CONSENTS_A_PAGE = 6


def page_screen(voice: Voice, token: str) -> Screen:
    """Return the page about the programme with the question."""
    return Screen(
        voice.say("guardian.page"),
        (
            (voice.button("guardian.agree", CONSENT_AGREE(token)),),
            (voice.button("guardian.no", CONSENT_NO()),),
        ),
    )


def home_screen(
    voice: Voice, consents: list[GuardianConsent], number: int, zone: ZoneInfo
) -> Screen:
    """Return what a guardian who agreed can do, with a page of the consents.

    Of several children each is known by the day of the consent.
    """
    page = Page.of(consents, number, CONSENTS_A_PAGE)
    rows: list[tuple[Button, ...]] = [(voice.button("guardian.worry", CONSENT_WORRY()),)]
    for consent in page.items:
        key, values = "guardian.withdraw", {}
        if len(consents) > 1 and consent.given_at_utc is not None:
            key = "guardian.withdraw_one"
            values = {
                "number": voice.number(consents.index(consent) + 1),
                "day": voice.day(consent.given_at_utc.astimezone(zone)),
            }
        rows.append((voice.button(key, CONSENT_WITHDRAW(consent.id), **values),))
    rows.append(page.ways(voice, CONSENT))
    return Screen(voice.say("guardian.home" if consents else "guardian.none"), tuple(rows))


async def opened(turn: Turn, token: str) -> None:
    """Open the page that a girl's link leads to."""
    consent = await guardians.opened(turn.actor, token)
    if consent.given_at_utc is not None:
        await home(turn)
    else:
        await turn.show(page_screen(turn.voice, token))


async def home(turn: Turn, page: int = 0) -> None:
    """Show a guardian what she agreed to."""
    given = await guardians.given_by(turn.session, turn.person.id)
    await turn.show(home_screen(turn.voice, given, page, turn.services.settings.zone))


async def agree(turn: Turn, token: str) -> None:
    """Record that she agrees, and tell the girl."""
    consent, voice = await guardians.agree(turn.actor, token), turn.voice
    await turn.show(
        Screen(voice.say("guardian.agreed"), ((voice.button("news.guardian", CONSENT(0)),),))
    )
    girl = await turn.voice_of(consent.student_id)
    told = Screen(girl.say("guardian.girl_told"), ((girl.button("news.see", MENTORING()),),))
    await turn.tell(consent.student_id, told, f"consent:{consent.id}")


async def decline(turn: Turn) -> None:
    """Thank one who does not agree; nothing is recorded."""
    await turn.show(Screen(turn.voice.say("guardian.declined"), (homewards(turn.voice),)))


async def withdraw(turn: Turn, consent_id: int) -> None:
    """Ask whether she is sure."""
    sure = turn.voice.button("guardian.withdraw_yes", CONSENT_WITHDRAW_SURE(consent_id))
    keep = turn.voice.button("sure.keep", CONSENT(0))
    await turn.show(Screen(turn.voice.say("guardian.sure"), ((sure,), (keep,))))


async def withdraw_sure(turn: Turn, consent_id: int) -> None:
    """Take a consent back; what rests on it ends."""
    actor, policy = turn.actor, turn.services.policy
    consent = await guardians.withdraw(actor, consent_id)
    await introductions.stop_all(actor, consent.student_id, Who.GUARDIAN, policy)
    await turn.show(Screen(turn.voice.say("guardian.withdrawn"), (homewards(turn.voice),)))


async def worry(turn: Turn) -> None:
    """Take a complaint to a coordinator as a case, so that the two can write to each other."""
    if not await guardians.given_by(turn.session, turn.person.id):
        raise StaleError
    voice = turn.voice
    words = voice.label("guardian.worry_words")
    case = await alerts.open_case(turn.services, turn.actor, "concern", [words])
    await turn.show(Screen(voice.say("guardian.worry_kept", number=voice.number(case.id))))
