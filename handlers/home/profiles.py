"""Several girls on one phone: one lets others use it, and each sees to her own name and PIN."""

from datetime import timedelta
from math import ceil

from bot.mentoring import sharing
from bot.people import phones, pins
from bot.people.phones import Phone, Profile
from bot.queues import unheard
from bot.refusals import GoneError, NotAllowedError
from bot.screens.screen import Button, Screen
from bot.turn import Turn
from handlers.doors import MORE, PRIVACY, PROFILE, SHARED_PHONE, homewards
from handlers.home import profile_screens as screens
from handlers.home.awaiting import NewName, NewPin, OldPin, OwnName
from handlers.home.taps import PRIVACY_PAGE


async def page(turn: Turn, _argument: str = "") -> None:
    """Show who uses this phone; before it is shared, what that would mean."""
    if turn.phone is None:
        await sharing.require_may_share(turn.actor)
        days = ceil(unheard.lasts(turn.services.settings) / timedelta(days=1))
        await turn.show(screens.explained_screen(turn.voice, _way_back(turn), days))
        return
    phone, mine = await _own(turn)
    everybody = await phones.profiles(turn.session, phone.chat_id)
    await turn.show(screens.page_screen(turn.voice, _way_back(turn), mine, everybody))


def _way_back(turn: Turn) -> Button:
    """Return the way to where she opened the page: her data, or what more there is."""
    shown = {data for _, data in turn.conversation.buttons}
    if turn.heard.kind == "button" and PRIVACY() in shown and PROFILE() not in shown:
        return turn.voice.button("back.data", PRIVACY_PAGE("phone"))
    return turn.voice.button("back.more", MORE())


async def _own(turn: Turn) -> tuple[Phone, Profile]:
    """Return the phone and her own profile; raises NotAllowedError where it is not her turn."""
    phone = sharing.require_turn(turn.actor, turn.phone)
    mine = await phones.profile(turn.session, turn.person.id)
    if mine is None:
        raise NotAllowedError
    return phone, mine


async def share(turn: Turn) -> None:
    """Ask by which name she herself is known to the others, before the phone is shared."""
    if turn.phone is not None:
        await page(turn)
        return
    await sharing.require_may_share(turn.actor)
    turn.expect(OwnName(first=True))
    await turn.show(_asks(turn, "who.ask_own_name"))


async def rename(turn: Turn) -> None:
    """Ask for another name."""
    await _own(turn)
    turn.expect(OwnName())
    await turn.show(_asks(turn, "who.ask_own_name"))


async def own_name(turn: Turn, asked: OwnName, text: str) -> None:
    """Keep by which name she is known; the first time the phone is shared from then on."""
    if asked.first and turn.phone is None:
        turn.phone = await sharing.share(turn.actor, text)
    else:
        phone, _ = await _own(turn)
        await phones.rename(turn.session, phone, turn.person.id, text)
    turn.expect(None)
    await page(turn)


async def new(turn: Turn) -> None:
    """Ask for the name of a further girl."""
    phone, _ = await _own(turn)
    await phones.require_room(turn.session, phone)
    turn.expect(NewName())
    await turn.show(_asks(turn, "who.ask_new_name"))


async def new_name(turn: Turn, _asked: NewName, text: str) -> None:
    """Give a further girl pages of her own."""
    phone, _ = await _own(turn)
    added = await phones.add(turn.session, phone, text, turn.tongue, turn.now)
    turn.count("new", "person")
    turn.expect(None)
    await turn.show(screens.added_screen(turn.voice, added.name))


async def pin(turn: Turn) -> None:
    """Ask for a new PIN; who has one says that first: it may be another who holds the phone."""
    _, mine = await _own(turn)
    if mine.pin is not None:
        turn.expect(OldPin())
        await turn.show(_asks(turn, "who.ask_old_pin"))
        return
    turn.expect(NewPin())
    await turn.show(_asks(turn, "who.ask_new_pin"))


async def pin_off(turn: Turn) -> None:
    """Ask for the PIN that she wants to be rid of."""
    _, mine = await _own(turn)
    if mine.pin is None:
        await page(turn)
        return
    turn.expect(OldPin(off=True))
    await turn.show(_asks(turn, "who.ask_old_pin"))


async def old_pin(turn: Turn, asked: OldPin, text: str) -> None:
    """Take the PIN that she has, and go on to another or to none; it leaves the chat."""
    await turn.take_out_heard()
    _, mine = await _own(turn)
    if mine.pin is None:
        raise GoneError("who.no_pin")
    tried = pins.attempt(mine, pins.read(text) or "", turn.now)
    if tried is not pins.Try.RIGHT:
        until = pins.locked_until(mine, turn.now)
        if until is None:
            await turn.show(_asks(turn, "who.pin_wrong"))
            return
        turn.expect(None)
        line = screens.locked_line(turn.voice, until, turn.services.settings.zone)
        back = turn.voice.button("who.page", SHARED_PHONE())
        await turn.show(Screen(line, (homewards(turn.voice, back),)))
        return
    if asked.off:
        pins.set_pin(mine, None)
        turn.expect(None)
        await page(turn)
        return
    turn.expect(NewPin())
    await turn.show(_asks(turn, "who.ask_new_pin"))


async def new_pin(turn: Turn, asked: NewPin, text: str) -> None:
    """Take a new PIN, twice; each time it leaves the chat."""
    await turn.take_out_heard()
    _, mine = await _own(turn)
    typed = pins.read(text) or ""
    if len(typed) != pins.LENGTH:
        await turn.show(_asks(turn, "who.pin_length"))
        return
    if asked.once is None:
        turn.expect(NewPin(pins.hashed(typed)))
        await turn.show(_asks(turn, "who.ask_pin_again"))
        return
    if not pins.fits(typed, asked.once):
        turn.expect(NewPin())
        await turn.show(_asks(turn, "who.pins_differ"))
        return
    pins.set_pin(mine, asked.once)
    turn.expect(None)
    await page(turn)


def _asks(turn: Turn, key: str, **values: object) -> Screen:
    return screens.asks_screen(
        turn.voice, key, **{"digits": turn.voice.number(pins.LENGTH), **values}
    )


async def alone(turn: Turn) -> None:
    """Let the phone be hers alone again, where nobody else has pages on it."""
    phone, _ = await _own(turn)
    await phones.not_shared_any_more(turn.session, phone)
    turn.phone = None
    await page(turn)
