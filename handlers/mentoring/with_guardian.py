"""A guardian has to agree: how a girl passes the link on, and what is done where it is no way."""

from bot.mentoring import apart, guardians, introductions
from bot.people import ages
from bot.refusals import StaleError
from bot.screens.deep_links import GUARDIAN, link_to, pass_on
from bot.screens.screen import Address, Button, Copied, Screen, paragraphs
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.doors import INTRODUCTION, MENTORING, homewards
from handlers.mentoring.screens import field_name
from handlers.mentoring.taps import ON_PAPER


def share_button(voice: Voice, link: Address) -> Button:
    """Return the button by which Telegram asks to whom the invitation shall be sent."""
    words = "\n\n".join(voice.say_to_family("intro.link_words"))
    return voice.button("intro.share", pass_on(words, link))


def send_screen(voice: Voice, link: Address) -> Screen:
    """Return how the link is passed on, and what to do where the guardian has no Telegram."""
    return Screen(
        voice.say("intro.for_guardian"),
        (
            (share_button(voice, link),),
            (voice.button("intro.no_telegram", ON_PAPER()),),
            homewards(voice, voice.button("back.topic", MENTORING())),
        ),
    )


async def guardian_waits(turn: Turn, student_id: int) -> bool:
    """Return whether her guardian must still agree by the link."""
    policy = turn.services.policy
    band = await ages.band_of(turn.session, student_id)
    if not guardians.needs_guardian(band, policy) or policy.consent == "school":
        return False
    return await guardians.consent_of(turn.session, student_id) is None


async def link_of(turn: Turn) -> Address:
    """Return the link that invites the guardian of the girl who acts."""
    consent = await guardians.invite(turn.actor)
    return link_to(turn.services.bot_username, GUARDIAN, consent.token)


async def send_to_guardian(turn: Turn) -> None:
    """Give her the button and the message by which she passes the link on to her guardian."""
    if await introductions.open_of_student(turn.session, turn.person.id) is None:
        raise StaleError
    link, voice = await link_of(turn), turn.voice
    await turn.show(send_screen(voice, link), new_message=True)
    copy = voice.button("link.copy", Copied(link))
    said = paragraphs(*voice.say_to_family("intro.link", link=link))
    await turn.show(Screen(said, ((copy,),)), new_message=True)


async def on_paper(turn: Turn) -> None:
    """Tell the coordinators that her guardian has no Telegram and signs a paper; once a wish."""
    row = await introductions.open_of_student(turn.session, turn.person.id)
    if row is None or not await guardian_waits(turn, turn.person.id):
        raise StaleError
    await turn.actor.note("asked for a paper form", "introduction", row.id)
    for person_id in await apart.told(turn.actor, row, turn.services.settings.zone):
        voice = await turn.voice_of(person_id)
        screen = Screen(
            voice.say(
                "news.paper.staff",
                number=voice.number(row.id),
                field=field_name(voice, turn.services.content, row.field),
            ),
            ((voice.button("news.look", INTRODUCTION(row.id)),),),
        )
        await turn.tell(person_id, screen, f"paper:{row.id}:{person_id}")
    voice = turn.voice
    back = voice.button("back.topic", MENTORING())
    await turn.show(Screen(voice.say("intro.paper_asked"), (homewards(voice, back),)))
