"""Announcements at the desk: the list, a card for each, and every decision about one."""

from datetime import datetime

from bot.announcements import corrections, lifecycle, recipients
from bot.announcements.lifecycle import Announcement
from bot.announcements.states import State
from bot.language.typed_times import moment_meant, next_times
from bot.people import switches
from bot.refusals import GoneError, RefusedError
from bot.screens.screen import Screen
from bot.screens.taps import Tap
from bot.turn import Turn
from handlers.announcements import screens, taps
from handlers.announcements.awaiting import StartOf
from handlers.announcements.card import card, pointed_out, policy_of, reach_of, show_words


async def begin(turn: Turn, _argument: str) -> None:
    """Show the announcements, as a new message."""
    await listed(turn, 0)


async def listed(turn: Turn, page: int) -> None:
    """Show a page of announcements."""
    await turn.show(await _list(turn, page))


async def listed_below(turn: Turn, page: int) -> None:
    """List below, so that a progress bar is not written over."""
    await turn.show(await _list(turn, page), new_message=True)


async def _list(turn: Turn, page: int) -> Screen:
    found = await lifecycle.page(turn.actor, page)
    return screens.list_screen(turn.voice, found, is_off=await switches.relay_is_off(turn.session))


async def check(turn: Turn, number: int) -> None:
    """Send it to the coordinator herself as it will look, then ask whether to go on."""
    broadcast = await lifecycle.find(turn.actor, number)
    if not broadcast.words:
        raise RefusedError("cast.no_words")
    await lifecycle.draft(turn.actor, number)
    await show_words(turn, broadcast)
    reach, policy = await reach_of(turn, broadcast), policy_of(turn)
    shown = screens.confirm_screen(
        turn.voice, broadcast, reach, policy, turn.services.content.tongues,
        silent=policy.is_silent(broadcast.kind, turn.now),
    )  # fmt: skip
    await turn.show(pointed_out(turn.voice, shown, broadcast.words), new_message=True)


async def send_now(turn: Turn, number: int, version: int) -> None:
    """Send it, or ask the second coordinator."""
    await _submit(turn, number, version, None)


async def choose_time(turn: Turn, number: int, version: int) -> None:
    """Ask when it shall start."""
    broadcast = await lifecycle.checked(turn.actor, number, version)
    turn.expect(StartOf(number, version))
    zone = policy_of(turn).zone
    await turn.show(screens.time_screen(turn.voice, broadcast, next_times(turn.now, zone), zone))


async def send_at(turn: Turn, number: int, version: int, at: datetime) -> None:
    """Plan it for a time that was offered."""
    await _submit(turn, number, version, at)


async def wrote_time(turn: Turn, asked: StartOf, text: str) -> None:
    """Plan it for a time that she typed."""
    at = moment_meant(text, turn.now, policy_of(turn).zone)
    if at is None or at <= turn.now:
        turn.aside = Screen(turn.voice.say("cast.bad_time"))
        await choose_time(turn, asked.id, asked.version)
        return
    await _submit(turn, asked.id, asked.version, at)
    turn.expect(None)


async def _submit(turn: Turn, number: int, version: int, at: datetime | None) -> None:
    policy = policy_of(turn)
    broadcast = await lifecycle.submit(turn.actor, number, version, at, policy)
    if broadcast.state is not State.ASKED:
        await _set_off(turn, broadcast)
        return
    reach = await reach_of(turn, broadcast)
    for other in turn.actor.others:
        voice = await turn.voice_of(other)
        key = f"broadcast:{number}:ask:{broadcast.version}:{other}"
        await show_words(turn, broadcast, to=other, key=key)
        shown = screens.second_screen(voice, broadcast, reach, policy.zone)
        await turn.tell(other, pointed_out(voice, shown, broadcast.words), key)
    await turn.show(
        Screen(
            turn.voice.say("cast.asked"),
            ((turn.voice.button("cast.back", taps.LIST_BELOW.again()),),),
        ),
        new_message=True,
    )


async def _set_off(turn: Turn, broadcast: Announcement) -> None:
    if broadcast.state is State.SCHEDULED:
        await card(turn, broadcast.id)
    else:
        is_off = await switches.relay_is_off(turn.session)
        await turn.show(Screen(turn.voice.say("cast.switched_off" if is_off else "cast.set_off")))


async def show(turn: Turn, number: int) -> None:
    """Show the second coordinator what she is asked to agree to."""
    broadcast = await lifecycle.find(turn.actor, number)
    if broadcast.state is not State.ASKED:
        raise GoneError("cast.changed")
    await show_words(turn, broadcast)
    reach = await reach_of(turn, broadcast)
    shown = screens.second_screen(turn.voice, broadcast, reach, policy_of(turn).zone)
    await turn.show(pointed_out(turn.voice, shown, broadcast.words), new_message=True)


async def agree(turn: Turn, number: int, version: int) -> None:
    """Let somebody else's go out."""
    broadcast = await lifecycle.approve(turn.actor, number, version)
    await _tell_author(turn, broadcast, "cast.approved")
    await _set_off(turn, broadcast)


async def send_back(turn: Turn, number: int) -> None:
    """Give it back to its author as a draft."""
    broadcast = await lifecycle.send_back(turn.actor, number)
    await _tell_author(turn, broadcast, "cast.sent_back")
    await turn.show(
        Screen(
            turn.voice.say("cast.answered"),
            ((turn.voice.button("cast.back", taps.LIST_BELOW.again()),),),
        )
    )


async def _tell_author(turn: Turn, broadcast: Announcement, key: str) -> None:
    voice = await turn.voice_of(broadcast.author_id)
    shown = Screen(
        voice.say(key, number=voice.number(broadcast.id)),
        ((voice.button("cast.back", taps.LIST_BELOW.again()),),),
    )
    await turn.tell(broadcast.author_id, shown, f"{key}:{broadcast.id}:{turn.update_id}")


async def redraft(turn: Turn, number: int) -> None:
    """Take back what was asked or planned."""
    await lifecycle.draft(turn.actor, number)
    await card(turn, number)


async def pause(turn: Turn, number: int) -> None:
    """Stage nothing more for now."""
    await lifecycle.pause(turn.actor, number)
    await card(turn, number)


async def resume(turn: Turn, number: int) -> None:
    """Go on after a pause."""
    await lifecycle.resume(turn.actor, number)
    await card(turn, number)


async def stop(turn: Turn, number: int) -> None:
    """Ask whether to stop it for good."""
    await _sure(turn, number, "cast.stop_sure", "cast.stop_yes", taps.STOP_SURE)


async def stop_sure(turn: Turn, number: int) -> None:
    """Stop it for good."""
    await lifecycle.cancel(turn.actor, number)
    await card(turn, number)


async def withdraw(turn: Turn, number: int) -> None:
    """Ask whether to take it back from everybody."""
    await _sure(turn, number, "cast.back_sure", "cast.withdraw_yes", taps.WITHDRAW_SURE)


async def withdraw_sure(turn: Turn, number: int) -> None:
    """Take it back from everybody."""
    await corrections.withdraw(turn.actor, number)
    await card(turn, number)


async def discard(turn: Turn, number: int) -> None:
    """Ask whether to delete a draft."""
    await _sure(turn, number, "cast.bin_sure", "cast.bin_yes", taps.DISCARD_SURE)


async def discard_sure(turn: Turn, number: int) -> None:
    """Delete a draft."""
    await lifecycle.discard(turn.actor, number)
    turn.toast = turn.voice.label("cast.binned")
    await listed(turn, 0)


async def _sure(turn: Turn, number: int, what: str, yes: str, then: Tap) -> None:
    """Ask below, for the chore goes on editing the message with the bar."""
    broadcast = await lifecycle.find(turn.actor, number)
    shown = screens.sure_screen(turn.voice, broadcast, what, yes, then)
    await turn.show(shown, new_message=True)


async def correct_sure(turn: Turn, number: int, proposed: int) -> None:
    """Put the proposed words before everybody, or ask the second coordinator."""
    broadcast = await corrections.correct(turn.actor, number, proposed, policy_of(turn))
    if broadcast.proposal is None:
        await turn.show(
            Screen(
                turn.voice.say("cast.fix_started"),
                ((turn.voice.button("cast.back", taps.LIST_BELOW.again()),),),
            )
        )
        return
    counts = await recipients.tally(turn.session, broadcast)
    for other in turn.actor.others:
        voice = await turn.voice_of(other)
        key = f"broadcast:{number}:correction:{proposed}:{turn.update_id}:{other}"
        await show_words(turn, corrections.as_proposed(broadcast), to=other, key=key)
        shown = screens.correction_screen(voice, broadcast, counts.total, second=True)
        shown = pointed_out(voice, shown, corrections.as_proposed(broadcast).words)
        await turn.tell(other, shown, key)
    await turn.show(
        Screen(
            turn.voice.say("cast.fix_asked"),
            ((turn.voice.button("cast.back", taps.LIST_BELOW.again()),),),
        )
    )
