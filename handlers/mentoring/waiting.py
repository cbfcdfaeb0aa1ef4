"""The waiting list of a girl: a field in which no mentor is free, and the word when one is."""

from collections.abc import Collection, Sequence

from bot.content import Content
from bot.mentoring import introductions, waiting
from bot.mentoring.waiting import Found
from bot.people.staff import Actor
from bot.refusals import StaleError
from bot.screens.screen import Screen, paragraphs
from bot.screens.voice import Voice
from bot.turn import Services, Turn, tell
from handlers.doors import MENTOR_WISH, MENTORING, homewards
from handlers.mentoring.screens import field_button, field_name
from handlers.mentoring.taps import FIELD, FIELDS, WAIT, WAIT_NO_MORE, WAITING

# So many fields with somebody free are offered in place of one without.
_MOST_OTHERS = 3


def nobody_screen(
    voice: Voice, content: Content, field: str, free: Collection[str], *, waits: bool
) -> Screen:
    """Return that no mentor of a field is free, where one is, and that she can wait, or does."""
    name = field_name(voice, content, field)
    wait = ("wait.leave", WAIT_NO_MORE) if waits else ("wait.join", WAIT)
    others = [f for f in content.fields if f.id in free and f.id != field][:_MOST_OTHERS]
    return Screen(
        paragraphs(
            voice.say("wait.joined" if waits else "intro.nobody", field=name),
            voice.say("intro.others_free" if others else "intro.nobody_else"),
        ),
        (
            *((field_button(voice, other, FIELD, is_free=True),) for other in others),
            (voice.button("intro.other_field", FIELDS(0)),),
            (voice.button(wait[0], wait[1](field)),),
            homewards(voice),
        ),
    )


def list_screen(voice: Voice, content: Content, fields: Sequence[str]) -> Screen:
    """Return the fields for which she waits, each to be left with one tap."""
    return Screen(
        voice.say("wait.list" if fields else "wait.none"),
        (
            *(
                (
                    voice.button(
                        "wait.leave_field",
                        WAIT_NO_MORE(field),
                        field=field_name(voice, content, field),
                    ),
                )
                for field in fields
            ),
            homewards(voice, voice.button("back.topic", MENTORING())),
        ),
    )


def found_screen(voice: Voice, content: Content, found: Found) -> Screen:
    """Return the word that there is a mentor in a field for which she waited."""
    return Screen(
        voice.say("wait.found", field=field_name(voice, content, found.field)),
        (
            (voice.button("intro.start", MENTOR_WISH(found.field, None)),),
            (voice.button("wait.others", WAITING()),),
        ),
    )


async def join(turn: Turn, field: str) -> None:
    """Put her on the waiting list of a field."""
    content = turn.services.content
    if field not in content.field:
        raise StaleError
    await waiting.join(turn.actor, field)
    await show_nobody(turn, field)


async def show_nobody(turn: Turn, field: str) -> None:
    """Show that no mentor of a field is free, and where one is."""
    waits = field in await waiting.fields_of(turn.session, turn.person.id)
    free = await introductions.free_fields(turn.session, turn.person.id, turn.now)
    content = turn.services.content
    await turn.show(nobody_screen(turn.voice, content, field, free, waits=waits))


async def leave(turn: Turn, field: str) -> None:
    """Take her off the waiting list of a field, and show where she still waits."""
    await waiting.leave(turn.actor, field)
    turn.toast = turn.voice.label("wait.left")
    await listed(turn)


async def listed(turn: Turn) -> None:
    """Show the fields for which she waits."""
    fields = await waiting.fields_of(turn.session, turn.person.id)
    await turn.show(list_screen(turn.voice, turn.services.content, fields))


async def tell_found(services: Services, bot: Actor) -> None:
    """Tell whoever waited for a field in which there is a mentor now, each once."""
    if not await waiting.anybody(bot.session):
        return
    for found in await waiting.take_found(bot, services.policy):
        screen = found_screen(services.voice(found.tongue), services.content, found)
        await tell(bot.session, found.person_id, screen, found.key, bot.now)
