"""The names of those who share a phone, shown to whoever holds it, in the languages of all."""

from collections.abc import Sequence

from bot.people import chats, phones
from bot.people.phones import Phone
from bot.queues.outbox import Lane
from bot.screens.screen import Html, Screen
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.home import profile_screens as screens


async def voices(turn: Turn, phone: Phone) -> Sequence[Voice]:
    """Return the languages in which to speak to whoever holds the phone."""
    spoken = await phones.languages(turn.session, phone.chat_id)
    return [turn.services.voice(tongue) for tongue in spoken or [turn.tongue]]


async def names(turn: Turn, phone: Phone, *said: Html) -> Screen:
    """Return the names to choose from."""
    everybody = await phones.profiles(turn.session, phone.chat_id)
    return screens.names_screen(await voices(turn, phone), everybody, *said)


async def show_below(turn: Turn, phone: Phone) -> None:
    """Show the names to nobody in particular, below what is there."""
    screen = await names(turn, phone)
    key = f"who:{turn.update_id}:names"
    await turn.tell(chats.door(phone.chat_id), screen, key, Lane.REPLY)
