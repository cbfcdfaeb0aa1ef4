"""Whose turn it is on a phone that several girls use: one leaves, another says that she is here.

Whoever leaves has nothing of hers left in the chat, as when she tidies it. Then nobody is here:
names are to choose from, and what is written is nobody's. Whoever has a PIN writes it first.
"""

from bot.language.khmer import fold
from bot.mentoring import roles, sharing
from bot.people import chats, people, phones, pins
from bot.people.phones import Phone, Profile
from bot.queues import hiding
from bot.queues.outbox import FAREWELL, Lane
from bot.refusals import StaleError
from bot.screens.screen import Html, Screen
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.home import language, menu, names, privacy, profiles
from handlers.home import profile_screens as screens
from handlers.home.taps import PIN


async def switch(turn: Turn, _argument: str = "") -> None:
    """Give the phone to the next; where it is not shared, show what that would mean."""
    await (profiles.page if turn.phone is None else leave)(turn)


async def leave(turn: Turn, _argument: str = "") -> None:
    """Take what stands in the chat away, and show the names to whoever is next."""
    if turn.phone is None:
        raise StaleError
    phone = sharing.require_turn(turn.actor, turn.phone)
    turn.expect(None)
    await hiding.drop_edits(turn.session, turn.person.id, turn.now)
    await _tidy(turn, phone)
    await phones.leave(turn.session, phone, turn.now)
    await names.show_below(turn, phone)


async def _tidy(turn: Turn, phone: Phone) -> None:
    """Take away all that can be, and remember that nothing above is of whoever comes next."""
    heard = turn.heard.message_id
    found = await hiding.in_chat(turn.session, phone.chat_id, turn.now)
    await hiding.take_away(
        turn.session, chats.door(phone.chat_id), found, key=f"who:{turn.update_id}",
        tapped=heard if turn.heard.kind == "button" else None, now=turn.now,
    )  # fmt: skip
    await hiding.forget_places(turn.session, phone.chat_id)
    phones.begins_below(phone, heard, *found[:1])


async def show_names(turn: Turn, *, say: str | None = None) -> None:
    """Show the names again, with a line above them in every language; no PIN is awaited."""
    phone = _at_door(turn)
    phone.asked = None
    lines = [voice.say(say) for voice in await names.voices(turn, phone)] if say else []
    await turn.show(await names.names(turn, phone, *lines))


async def show_names_below(turn: Turn) -> None:
    """Show the names once more, below what is there."""
    await names.show_below(turn, _at_door(turn))


async def names_again(turn: Turn) -> None:
    """Go back to the names."""
    await show_names(turn)


def _at_door(turn: Turn) -> Phone:
    """Return the phone; raises StaleError where somebody has said that she is here."""
    if turn.phone is None or turn.phone.in_use is not None:
        raise StaleError
    return turn.phone


async def _of_slot(turn: Turn, slot: int) -> tuple[Phone, Profile, Voice]:
    """Return who has a slot, and her language; raises StaleError where nobody has it any more."""
    phone = _at_door(turn)
    found = await phones.here(turn.session, phone, slot)
    if found is None:
        raise StaleError
    spoken = await people.language_of(turn.session, found.person_id)
    return phone, found, turn.services.voice(spoken)


async def here(turn: Turn, slot: int) -> None:
    """Somebody says that she is here: show her home, or ask for her PIN."""
    phone, found, voice = await _of_slot(turn, slot)
    if found.pin is None:
        await _enter(turn, phone, found.person_id)
        return
    phone.asked = found.person_id
    await turn.show(_pin_screen(turn, voice, found))


def _pin_screen(turn: Turn, voice: Voice, found: Profile, *said: Html) -> Screen:
    """Return the question for a PIN; while none is tried, when that is over, and no question."""
    anew, until = pins.may_begin_anew(found, turn.now), pins.locked_until(found, turn.now)
    if until is not None:
        locked = screens.locked_line(voice, until, turn.services.settings.zone)
        return screens.pin_screen(voice, found, locked, anew=anew, asks=False)
    return screens.pin_screen(voice, found, *said, anew=anew)


async def try_pin(turn: Turn) -> bool:
    """Take what may be the PIN that is asked for; return whether it was taken so."""
    phone, typed = _at_door(turn), pins.read(turn.heard.text)
    if phone.asked is None or typed is None:
        return False
    slot = chats.slot_of(phone.asked)
    phone, found, voice = await _of_slot(turn, slot)
    if found.pin is None:
        await _enter(turn, phone, found.person_id)
        return True
    wrong, forgot = found.tries, found.forgot_at_utc is not None
    tried = pins.attempt(found, typed, turn.now)
    if tried is pins.Try.RIGHT:
        await _enter(turn, phone, found.person_id, wrong=wrong, forgot=forgot)
        return True
    await turn.take_out_heard()
    await turn.show(_pin_screen(turn, voice, found, voice.say("who.pin_wrong")))
    return True


async def try_name(turn: Turn) -> bool:
    """Take what may be one of the names, its signs left out; return whether it was one alone."""
    phone, typed = _at_door(turn), fold(turn.heard.text)
    everybody = await phones.profiles(turn.session, phone.chat_id)
    found = [one for one in everybody if typed and fold(one.name) == typed]
    if len(found) != 1:
        return False
    await here(turn, chats.slot_of(found[0].person_id))
    return True


async def _enter(
    turn: Turn, phone: Phone, person_id: int, *, wrong: int = 0, forgot: bool = False
) -> None:
    """Take away the names, and go on as her: in her language, with what has waited for her."""
    await _tidy(turn, phone)
    await phones.enter(turn.session, phone, person_id, turn.now)
    await hiding.comes_back(turn.session, person_id, turn.now)
    person, conversation, _ = await people.meet(turn.session, person_id, turn.tongue, turn.now)
    turn.becomes(person, conversation)
    turn.role = await roles.role(turn.actor)
    turn.expect(None)
    if notice := _of_pin(turn, wrong=wrong, forgot=forgot):
        turn.aside = Screen(notice, ((turn.voice.button("who.pin_change", PIN()),),))
    if person.language_chosen or turn.role.is_adult:
        await turn.set_commands(person_id, turn.actor.seat, turn.voice)
        await menu.home_below(turn)
        return
    await turn.show(language.welcome_screen(turn.services.content), new_message=True)


def _of_pin(turn: Turn, *, wrong: int, forgot: bool) -> Html:
    """Return what she must know of tries to come past her PIN, if there were any."""
    voice = turn.voice
    if forgot:
        return voice.say("who.forgot_stopped")
    if wrong >= pins.FREE_TRIES:
        return voice.say("who.was_tried", n=voice.number(wrong))
    return Html("")


async def forgot(turn: Turn, slot: int) -> None:
    """Say what can be done where a PIN is forgotten."""
    _, found, voice = await _of_slot(turn, slot)
    await turn.show(screens.forgot_screen(voice, found))


async def forgot_for_sure(turn: Turn, slot: int) -> None:
    """Begin the wait, of which she is told who has not forgotten it."""
    phone, found, voice = await _of_slot(turn, slot)
    if found.pin is None:
        raise StaleError
    pins.forgot(found, turn.now)
    phone.asked = None
    await turn.show(await names.names(turn, phone, screens.wait_noted(voice, found)))


async def anew(turn: Turn, slot: int) -> None:
    """Ask before all is erased that a forgotten PIN guards."""
    _, found, voice = await _of_slot(turn, slot)
    if not pins.may_begin_anew(found, turn.now):
        raise StaleError
    await turn.show(screens.anew_screen(voice, found))


async def anew_for_sure(turn: Turn, slot: int) -> None:
    """Erase her who forgot her PIN, and let her begin as if she had never been here."""
    phone, found, voice = await _of_slot(turn, slot)
    if not pins.may_begin_anew(found, turn.now):
        raise StaleError
    name, chat_id = found.name, phone.chat_id
    await privacy.forget(turn, found.person_id)
    left = await phones.of(turn.session, chat_id)
    if left is None:
        # She was alone on her phone, and it is as one that the bot does not know.
        await turn.tell(
            chat_id, Screen(voice.say("data.erased")), f"{FAREWELL}{turn.update_id}", Lane.REPLY
        )
        return
    turn.phone = left
    added = await phones.add(turn.session, left, name, voice.tongue, turn.now)
    turn.count("new", "person")
    await _enter(turn, left, added.person_id)


# What can be done while nobody has said that she is here.
OPEN = (here, names_again, forgot, forgot_for_sure, anew, anew_for_sure)
