"""A guardian's side: reads about the programme, agrees, is told, can complain and take it back."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.content import Content
from bot.content.safety import GENERAL
from bot.mentoring import guardians, introductions, mentors, roles
from bot.mentoring.guardians import GuardianConsent
from bot.mentoring.introductions import Introduction
from bot.mentoring.states import Who
from bot.refusals import StaleError
from bot.screens.paging import Page
from bot.screens.screen import Button, Html, Screen, paragraphs
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.desk.colleagues import mentor_name
from handlers.doors import FAMILY, HELP, HOME, LIBRARY, MENTORING, MORE, PRIVACY, homewards
from handlers.mentoring.awaiting import Worry
from handlers.mentoring.screens import field_name
from handlers.mentoring.taps import (
    CONSENT,
    CONSENT_AGREE,
    CONSENT_CALL,
    CONSENT_NO,
    CONSENT_READ,
    CONSENT_RIGHTS,
    CONSENT_WITHDRAW,
    CONSENT_WITHDRAW_SURE,
    CONSENT_WORRY,
    CONSENT_WORRY_SEND,
    NOT_A_GUARDIAN,
)
from handlers.safety import alerts, hotlines

CONSENTS_A_PAGE, CHILDREN_AT_HOME = 6, 3


def page_screen(voice: Voice, token: str) -> Screen:
    """Return the page about the programme with the question."""
    return Screen(
        voice.say("guardian.page"),
        (
            (voice.button("guardian.agree", CONSENT_AGREE(token)),),
            (voice.button("guardian.no", CONSENT_NO()),),
            (voice.button("guardian.student", NOT_A_GUARDIAN()),),
            homewards(voice),
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
    rows.append((voice.button("guardian.rights", CONSENT_RIGHTS()),))
    rows.append(homewards(voice, *page.ways(voice, CONSENT)))
    return Screen(voice.say("guardian.home" if consents else "guardian.none"), tuple(rows))


def her_home_screen(
    voice: Voice,
    children: Sequence[tuple[GuardianConsent, Introduction | None, str, str]],
    more: int,
    zone: ZoneInfo,
    *,
    waits: bool,
) -> Screen:
    """Return home for a guardian: what they agreed to, how it goes, their rights, whom to call.

    Of a child it says no more than what was told when it happened; what she asks, or has asked
    for, is hers. Of so many `more` it says only that there are.
    """
    lines = []
    for number, (consent, row, mentor, field) in enumerate(children, start=1):
        given = consent.given_at_utc or consent.asked_at_utc
        key = "home.child_talks" if row is not None else "home.child"
        lines.append(
            voice.say(
                key,
                number=f"{voice.number(number)}. " if len(children) + more > 1 else "",
                day=voice.day(given.astimezone(zone)),
                **({"mentor": mentor, "field": field} if row is not None else {}),
            )
        )
    return Screen(
        paragraphs(
            voice.say("home.guardian"),
            Html("\n".join(lines)),
            voice.say("home.more_children", n=voice.number(more)) if more else "",
        ),
        (
            *_request_row(voice, waits=waits),
            (voice.button("news.guardian", CONSENT(0)),),
            (
                voice.button("guardian.rights", CONSENT_RIGHTS()),
                voice.button("guardian.call", CONSENT_CALL()),
            ),
            (voice.button("guardian.worry", CONSENT_WORRY()),),
            (voice.button("home.family", FAMILY(0)), voice.button("home.library", LIBRARY())),
            (voice.button("home.more", MORE()),),
        ),
    )


def _request_row(voice: Voice, *, waits: bool) -> tuple[tuple[Button, ...], ...]:
    """Return the way to what a guardian is asked to agree to, while that waits."""
    return ((voice.button("home.read_request", CONSENT_READ()),),) if waits else ()


def invited_screen(voice: Voice, *, waits: bool) -> Screen:
    """Return home for who opened the invitation and has not agreed."""
    return Screen(
        paragraphs(voice.say("home.guardian"), voice.say("home.invited")),
        (
            *_request_row(voice, waits=waits),
            (voice.button("home.family", FAMILY(0)), voice.button("home.library", LIBRARY())),
            (voice.button("home.help", HELP()),),
            (voice.button("guardian.student", NOT_A_GUARDIAN()),),
            (voice.button("home.more", MORE()),),
        ),
    )


def call_screen(voice: Voice, content: Content) -> Screen:
    """Return whom a guardian can call, and that a coordinator can be written to here."""
    return Screen(
        voice.say("guardian.whom", hotlines=hotlines.lines_for(voice, content, GENERAL)),
        (
            *hotlines.copy_rows(voice, content, GENERAL),
            (voice.button("guardian.worry", CONSENT_WORRY()),),
            homewards(voice),
        ),
    )


async def her_home(turn: Turn) -> Screen:
    """Return home for a guardian."""
    voice, content = turn.voice, turn.services.content
    consents = await guardians.given_by(turn.session, turn.person.id)
    shown = consents[:CHILDREN_AT_HOME]
    children = []
    for consent in shown:
        row = await introductions.told_to_guardian(turn.session, consent.student_id)
        mentor = await mentors.find(turn.session, row.mentor_id or 0) if row else None
        field = field_name(voice, content, row.field) if row else ""
        children.append((consent, row, mentor_name(voice, mentor), field))
    more = len(consents) - len(shown)
    waits = await guardians.asked_for(turn.actor) is not None
    return her_home_screen(voice, children, more, turn.services.settings.zone, waits=waits)


async def rights(turn: Turn) -> None:
    """Show what the programme is, and what a guardian may ask of it at any time."""
    voice = turn.voice
    back = voice.button("news.guardian", CONSENT(0))
    privacy = voice.button("more.privacy", PRIVACY())
    await turn.show(
        Screen(voice.say("guardian.rights_text"), ((privacy,), homewards(voice, back)))
    )


async def call(turn: Turn) -> None:
    """Show whom a guardian can call."""
    await turn.show(call_screen(turn.voice, turn.services.content))


async def opened(turn: Turn, token: str) -> None:
    """Open the page that a girl's link leads to."""
    consent = await guardians.open_link(turn.actor, token)
    turn.role = await roles.role(turn.actor)
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


async def came_for_family(turn: Turn) -> None:
    """Speak as to a grown-up from now on to who met the bot by the page for families."""
    await guardians.opened_for_family(turn.actor)
    turn.role = await roles.role(turn.actor)


async def home_of_invited(turn: Turn) -> Screen:
    """Return home for who opened the invitation and has not agreed."""
    return invited_screen(turn.voice, waits=await guardians.asked_for(turn.actor) is not None)


async def is_student_sure(turn: Turn) -> None:
    """Show her own home to a girl whom the link was not for."""
    await guardians.was_no_guardian(turn.actor)
    turn.role = await roles.role(turn.actor)
    turn.leads_to = HOME()


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
    """Ask what worries a guardian, before anybody is called."""
    await _require_one(turn)
    voice = turn.voice
    turn.expect(Worry())
    await turn.show(
        Screen(
            voice.say("guardian.worry_ask"),
            (
                (voice.button("guardian.worry_send", CONSENT_WORRY_SEND()),),
                (voice.button("guardian.call", CONSENT_CALL()),),
                (voice.button("guardian.not_yet", HOME()),),
            ),
        )
    )


async def worried(turn: Turn, _asked: Worry, text: str) -> None:
    """Take what worries a guardian to a coordinator."""
    turn.expect(None)
    await _tell_coordinator(turn, text)


async def send_worry(turn: Turn) -> None:
    """Take it to a coordinator that a guardian is worried, who will ask what it is."""
    await _tell_coordinator(turn, turn.voice.label("guardian.worry_words"))


async def _tell_coordinator(turn: Turn, words: str) -> None:
    """Open a case for a worry, so that the two can write to each other."""
    await _require_one(turn)
    voice = turn.voice
    case = await alerts.open_case(turn.services, turn.actor, "concern", [words])
    await turn.show(
        Screen(
            voice.say("guardian.worry_kept", number=voice.number(case.id)),
            ((voice.button("guardian.call", CONSENT_CALL()),), homewards(voice)),
        )
    )


async def _require_one(turn: Turn) -> None:
    session, person_id = turn.session, turn.person.id
    # The worry may be why there is no consent, or of one that ended with the talk.
    if not (
        await guardians.is_one(session, person_id)
        or await guardians.is_invited(session, person_id)
    ):
        raise StaleError
