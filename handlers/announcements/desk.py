"""Announcements at the desk: the list, a card for each, and every decision about one."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from bot.announcements import corrections, lifecycle, recipients
from bot.announcements.lifecycle import Desk, RefusedError
from bot.announcements.message import is_silent
from bot.announcements.tables import Broadcast
from bot.language.typed_times import moment_meant, next_times
from bot.people.staff import require_coordinator
from bot.screens.screen import Screen
from bot.screens.taps import StaleError
from bot.turn import Turn
from handlers.announcements import audience, screens, write
from handlers.announcements.card import card, desk_of, known_number, reach_of, show_words

Step = Callable[[Turn, Desk, int, str], Awaitable[None]]


async def begin(turn: Turn, _argument: str) -> None:
    """Show the announcements, as a new message."""
    await _list(turn, desk_of(turn), 0)


async def tapped(turn: Turn, argument: str) -> None:
    """Follow a button of the announcements."""
    desk = desk_of(turn)
    require_coordinator(desk.actor_id, desk.coordinators)
    what, _, rest = argument.partition(":")
    first, _, more = rest.partition(":")
    step = STEPS.get(what)
    try:
        if what == "new":
            await turn.show(screens.kinds_screen(turn.voice))
        elif what == "kind":
            await write.started(turn, desk, first)
        elif step is not None and known_number(first):
            await step(turn, desk, int(first), more)
        else:
            raise StaleError
    except RefusedError as refused:
        await _say(turn, refused.why)


async def wrote(turn: Turn, text: str) -> None:
    """Take what was asked for: words, a time, a correction."""
    desk = desk_of(turn)
    require_coordinator(desk.actor_id, desk.coordinators)
    asked = turn.conversation.awaiting or {}
    try:
        if asked["part"] == "time":
            at = moment_meant(text, turn.now, turn.services.settings.zone)
            if at is None:
                raise RefusedError("cast.bad_time")
            await _submit(turn, desk, int(asked["id"]), int(asked["version"]), at)
            turn.conversation.awaiting = None
        else:
            await write.wrote(turn, desk, asked, text)
    except RefusedError as refused:
        # What was awaited is still awaited, so she may simply write again.
        await _say(turn, refused.why)


async def pictured(turn: Turn, file_id: str) -> None:
    """Take the picture that was asked for."""
    desk = desk_of(turn)
    require_coordinator(desk.actor_id, desk.coordinators)
    number = int((turn.conversation.awaiting or {})["id"])
    turn.conversation.awaiting = None
    try:
        await lifecycle.illustrate(turn.session, desk, number, file_id)
        await card(turn, desk, number, "")
    except RefusedError as refused:
        await _say(turn, refused.why)


async def _say(turn: Turn, why: str) -> None:
    back = turn.voice.button("cast.back", "cast:new_list:0")
    await turn.show(Screen(turn.voice.say(why), ((back,),)), new_message=True)


async def _list(turn: Turn, desk: Desk, page: int, *, new_message: bool = False) -> None:
    rows, pages = await lifecycle.page(turn.session, desk, page)
    shown = screens.list_screen(turn.voice, rows, min(page, pages - 1), pages)
    await turn.show(shown, new_message=new_message)


async def _page(turn: Turn, desk: Desk, page: int, _rest: str) -> None:
    await _list(turn, desk, page)


async def _new_list(turn: Turn, desk: Desk, page: int, _rest: str) -> None:
    """List below, so that a progress bar is not written over."""
    await _list(turn, desk, page, new_message=True)


async def _check(turn: Turn, desk: Desk, number: int, _rest: str) -> None:
    """Send it to the coordinator herself as it will look, then ask whether to go on."""
    broadcast = await lifecycle.draft(turn.session, desk, number)
    if not (broadcast.text_km or broadcast.text_en):
        raise RefusedError("cast.no_words")
    await show_words(turn, broadcast)
    reach = await reach_of(turn, desk, broadcast)
    settings = turn.services.settings
    minutes = -(-reach.people // (settings.messages_per_second * 60))
    silent = is_silent(broadcast.kind, turn.now, settings.zone)
    shown = screens.confirm_screen(
        turn.voice, broadcast, reach, int(minutes), desk.approve_above, silent=silent
    )
    await turn.show(shown, new_message=True)


async def _now(turn: Turn, desk: Desk, number: int, version: str) -> None:
    await _submit(turn, desk, number, _version(version), None)


async def _when(turn: Turn, desk: Desk, number: int, version: str) -> None:
    broadcast = await lifecycle.draft(turn.session, desk, number)
    if broadcast.version != _version(version):
        raise RefusedError("cast.changed")
    turn.conversation.awaiting = {
        "for": "announce", "part": "time", "id": number, "version": broadcast.version,
    }  # fmt: skip
    zone = turn.services.settings.zone
    times = next_times(turn.now, zone)
    await turn.show(screens.time_screen(turn.voice, broadcast, times, zone))


async def _on(turn: Turn, desk: Desk, number: int, rest: str) -> None:
    version, _, seconds = rest.partition(":")
    at = datetime.fromtimestamp(_version(seconds), UTC)
    await _submit(turn, desk, number, _version(version), at)


async def _submit(turn: Turn, desk: Desk, number: int, version: int, at: datetime | None) -> None:
    broadcast = await lifecycle.submit(turn.session, desk, number, version, at)
    if broadcast.state != "asked":
        await _set_off(turn, desk, broadcast)
        return
    reach = await reach_of(turn, desk, broadcast)
    zone = turn.services.settings.zone
    for other in desk.others:
        voice = await turn.voice_of(other)
        key = f"broadcast:{number}:ask:{broadcast.version}:{other}"
        await show_words(turn, broadcast, to=other, key=key)
        await turn.tell(other, screens.second_screen(voice, broadcast, reach, zone), key)
    await turn.show(Screen(turn.voice.say("cast.asked")), new_message=True)


async def _set_off(turn: Turn, desk: Desk, broadcast: Broadcast) -> None:
    if broadcast.state == "scheduled":
        await card(turn, desk, broadcast.id, "")
    else:
        await turn.show(Screen(turn.voice.say("cast.set_off")))


async def _show(turn: Turn, desk: Desk, number: int, _rest: str) -> None:
    """Show the second coordinator what she is asked to agree to."""
    broadcast = await lifecycle.find(turn.session, desk, number)
    if broadcast.state != "asked":
        raise RefusedError("cast.changed")
    await show_words(turn, broadcast)
    reach = await reach_of(turn, desk, broadcast)
    zone = turn.services.settings.zone
    shown = screens.second_screen(turn.voice, broadcast, reach, zone)
    await turn.show(shown, new_message=True)


async def _agree(turn: Turn, desk: Desk, number: int, version: str) -> None:
    broadcast = await lifecycle.approve(turn.session, desk, number, _version(version))
    await _tell_author(turn, broadcast, "cast.approved")
    await _set_off(turn, desk, broadcast)


async def _disagree(turn: Turn, desk: Desk, number: int, _rest: str) -> None:
    broadcast = await lifecycle.send_back(turn.session, desk, number)
    await _tell_author(turn, broadcast, "cast.sent_back")
    await turn.show(Screen(turn.voice.say("cast.answered")))


async def _tell_author(turn: Turn, broadcast: Broadcast, key: str) -> None:
    voice = await turn.voice_of(broadcast.author_id)
    shown = Screen(
        voice.say(key, number=voice.number(broadcast.id)),
        ((voice.button("cast.back", "cast:new_list:0"),),),
    )
    await turn.tell(broadcast.author_id, shown, f"{key}:{broadcast.id}:{turn.update_id}")


async def _undo(turn: Turn, desk: Desk, number: int, _rest: str) -> None:
    await lifecycle.draft(turn.session, desk, number)
    await card(turn, desk, number, "")


async def _pause(turn: Turn, desk: Desk, number: int, _rest: str) -> None:
    await lifecycle.pause(turn.session, desk, number)
    await card(turn, desk, number, "")


async def _resume(turn: Turn, desk: Desk, number: int, _rest: str) -> None:
    await lifecycle.resume(turn.session, desk, number)
    await card(turn, desk, number, "")


async def _stop(turn: Turn, desk: Desk, number: int, _rest: str) -> None:
    await _sure(turn, desk, number, "cast.stop_sure", "cast.stop_yes", "cast:stopyes")


async def _stop_yes(turn: Turn, desk: Desk, number: int, _rest: str) -> None:
    await lifecycle.cancel(turn.session, desk, number)
    await card(turn, desk, number, "")


async def _back(turn: Turn, desk: Desk, number: int, _rest: str) -> None:
    await _sure(turn, desk, number, "cast.back_sure", "cast.withdraw_yes", "cast:backyes")


async def _back_yes(turn: Turn, desk: Desk, number: int, _rest: str) -> None:
    await corrections.withdraw(turn.session, desk, number)
    await card(turn, desk, number, "")


async def _bin(turn: Turn, desk: Desk, number: int, _rest: str) -> None:
    await _sure(turn, desk, number, "cast.bin_sure", "cast.bin_yes", "cast:binyes")


async def _bin_yes(turn: Turn, desk: Desk, number: int, _rest: str) -> None:
    await lifecycle.discard(turn.session, desk, number)
    turn.toast = turn.voice.label("cast.binned")
    await _list(turn, desk, 0)


async def _sure(turn: Turn, desk: Desk, number: int, what: str, yes: str, data: str) -> None:
    """Ask below, for the chore goes on editing the message with the bar."""
    broadcast = await lifecycle.find(turn.session, desk, number)
    shown = screens.sure_screen(turn.voice, broadcast, what, yes, data)
    await turn.show(shown, new_message=True)


async def _correct(turn: Turn, desk: Desk, number: int, rest: str) -> None:
    broadcast = await corrections.correct(turn.session, desk, number, _version(rest))
    if broadcast.proposal is None:
        await turn.show(Screen(turn.voice.say("cast.fix_started")))
        return
    counts = await recipients.tally(turn.session, broadcast)
    proposed = write.as_proposed(broadcast)
    for other in desk.others:
        voice = await turn.voice_of(other)
        key = f"broadcast:{number}:correction:{rest}:{turn.update_id}:{other}"
        await show_words(turn, proposed, to=other, key=key)
        shown = screens.correction_screen(voice, broadcast, counts.total, second=True)
        await turn.tell(other, shown, key)
    await turn.show(Screen(turn.voice.say("cast.fix_asked")))


def _version(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 12 else 0


STEPS: dict[str, Step] = {
    "list": _page,
    "new_list": _new_list,
    "card": card,
    "text": write.ask_words,
    "clear": write.clear,
    "pic": write.ask_picture,
    "nopic": write.no_picture,
    "btn": write.ask_button,
    "topics": write.topics,
    "topic": write.topic,
    "set": write.set_button,
    "who": audience.choose,
    "opt": audience.options,
    "pick": audience.pick,
    "check": _check,
    "now": _now,
    "at": _when,
    "on": _on,
    "show": _show,
    "yes": _agree,
    "no": _disagree,
    "undo": _undo,
    "pause": _pause,
    "resume": _resume,
    "stop": _stop,
    "stopyes": _stop_yes,
    "back": _back,
    "backyes": _back_yes,
    "bin": _bin,
    "binyes": _bin_yes,
    "fix": write.ask_correction,
    "fixyes": _correct,
}
