"""What is shown of a phone that several girls use: its page, the names, the PIN."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.people import chats, pins
from bot.people.phones import MOST_PROFILES, Profile
from bot.screens.screen import Button, Html, Screen, in_rows, paragraphs
from bot.screens.voice import Voice
from handlers.doors import HELP, NEXT_TURN, SHARED_PHONE, homewards
from handlers.home.taps import (
    ALONE,
    BEGIN_ANEW,
    BEGIN_ANEW_YES,
    ERASE,
    FORGOT_PIN,
    FORGOT_PIN_YES,
    HERE,
    NAMES,
    NEW_PROFILE,
    PIN,
    PIN_OFF,
    RENAME,
    SHARE,
)


def explained_screen(voice: Voice, back: Button, days: int) -> Screen:
    """Return what it means that several girls use a phone, before it is so.

    What comes for one waits so many `days` for her. `back` leads to where she came from.
    """
    return Screen(
        voice.say("who.explain", most=voice.number(MOST_PROFILES), days=voice.number(days)),
        ((voice.button("who.share", SHARE()),), homewards(voice, back)),
    )


def page_screen(voice: Voice, back: Button, mine: Profile, everybody: Sequence[Profile]) -> Screen:
    """Return who uses a phone, and what one of them can change of her own."""
    others = ", ".join(one.name for one in everybody if one is not mine)
    pin = [voice.button("who.pin_change" if mine.pin else "who.pin_set", PIN())]
    if mine.pin:
        pin.append(voice.button("who.pin_off", PIN_OFF()))
    rows: list[tuple[Button, ...]] = [(voice.button("who.next", NEXT_TURN()),)]
    if len(everybody) < MOST_PROFILES:
        rows.append((voice.button("who.new", NEW_PROFILE()),))
    rows.append(tuple(pin))
    rows.append((voice.button("who.rename", RENAME()), voice.button("who.erase", ERASE())))
    if len(everybody) == 1 and not chats.is_further(mine.person_id):
        rows.append((voice.button("who.alone", ALONE()),))
    return Screen(
        paragraphs(
            voice.say("who.card", name=mine.name),
            voice.say("who.others", names=others) if others else "",
            voice.say("who.has_pin" if mine.pin else "who.has_no_pin"),
        ),
        (*rows, homewards(voice, back)),
    )


def asks_screen(voice: Voice, key: str, **values: object) -> Screen:
    """Return a question that the next text answers, with the way back to the page."""
    return Screen(voice.say(key, **values), (_to_page(voice),))


def added_screen(voice: Voice, name: str) -> Screen:
    """Return that a further girl is there, who may take the phone now."""
    return Screen(
        voice.say("who.added", name=name),
        ((voice.button("who.next", NEXT_TURN()),), _to_page(voice)),
    )


def _to_page(voice: Voice) -> tuple[Button, ...]:
    return homewards(voice, voice.button("back.who", SHARED_PHONE()))


def names_screen(voices: Sequence[Voice], everybody: Sequence[Profile], *said: Html) -> Screen:
    """Return the names to choose from, in the languages of all; it says nothing of anybody."""
    names = [Button(one.name, HERE(chats.slot_of(one.person_id))) for one in everybody]
    helps = voices[0].button("home.help", HELP())
    asked = Html("\n".join(voice.say("who.is_here") for voice in voices))
    return Screen(paragraphs(*said, asked), (*in_rows(names), (helps,)))


def locked_line(voice: Voice, until: datetime, zone: ZoneInfo) -> Html:
    """Return when a PIN can be tried again; it may be another who typed the wrong ones."""
    # The minute that is said is never too early.
    at = (until + timedelta(seconds=59)).astimezone(zone)
    return voice.say("who.pin_locked", at=voice.clock(at))


def pin_screen(
    voice: Voice, profile: Profile, *said: Html, anew: bool, asks: bool = True
) -> Screen:
    """Return the question for somebody's PIN, which says nothing of her but her name.

    While none can be tried it `asks` for none.
    """
    slot = chats.slot_of(profile.person_id)
    forgot = (
        voice.button("who.anew", BEGIN_ANEW(slot))
        if anew
        else voice.button("who.forgot", FORGOT_PIN(slot))
    )
    asked = voice.say("who.ask_pin", name=profile.name, n=voice.number(pins.LENGTH))
    return Screen(
        paragraphs(*said, asked if asks else ""),
        ((forgot,), (voice.button("home.help", HELP()), voice.button("who.names", NAMES()))),
    )


def forgot_screen(voice: Voice, profile: Profile) -> Screen:
    """Return what can be done where a PIN is forgotten: to wait, and to lose what it guards."""
    slot = chats.slot_of(profile.person_id)
    return Screen(
        voice.say("who.forgot_how", name=profile.name, n=_hours(voice)),
        (
            (voice.button("who.forgot_yes", FORGOT_PIN_YES(slot)),),
            (voice.button("who.back_to_pin", HERE(slot)),),
        ),
    )


def anew_screen(voice: Voice, profile: Profile) -> Screen:
    """Return the question before all is erased that a forgotten PIN guards."""
    slot = chats.slot_of(profile.person_id)
    return Screen(
        voice.say("who.anew_sure", name=profile.name),
        (
            (voice.button("who.anew_yes", BEGIN_ANEW_YES(slot)),),
            (voice.button("who.back_to_pin", HERE(slot)),),
        ),
    )


def waiting_screen(voice: Voice) -> Screen:
    """Return that something waits for somebody else, and not for whom nor what."""
    return Screen(voice.say("who.waits"), ((voice.button("who.next", NEXT_TURN()),),))


def wait_noted(voice: Voice, profile: Profile) -> Html:
    """Return from when on a profile can be begun anew."""
    return voice.say("who.forgot_noted", name=profile.name, n=_hours(voice))


def _hours(voice: Voice) -> str:
    return voice.number(int(pins.FORGOTTEN_AFTER.total_seconds() // 3600))
