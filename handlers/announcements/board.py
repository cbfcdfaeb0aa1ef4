"""The board of an announcement that has started: how it gets on, and what can be done about it."""

from bot.announcements.lifecycle import Announcement
from bot.announcements.recipients import ENDS, Progress
from bot.announcements.states import MENDABLE, STOPPED, Mend, RecipientState, State
from bot.language.words import shorten
from bot.screens.screen import Button, Html, Rows, Screen, paragraphs
from bot.screens.voice import Voice
from handlers.announcements import taps
from handlers.announcements.screens import amount, head, is_masked, series_row

BAR_CELLS = 12
_REASONS = {
    "switched off": "cast.reason.switched_off",
    "erased herself": "cast.reason.erased",
    "cancelled": "cast.reason.cancelled",
    "withdrawn": "cast.reason.withdrawn",
    "no connection": "cast.reason.network",
}


def board_screen(
    voice: Voice, broadcast: Announcement, counts: Progress, seconds_to_go: float | None, *,
    is_off: bool,
) -> Screen:  # fmt: skip
    """Return a started announcement: a bar, every recipient counted once, what can be done."""
    done = counts.ended * 100 // counts.total if counts.total else 0
    filled = "▰" * (done * BAR_CELLS // 100)
    bar = filled + "▱" * (BAR_CELLS - len(filled))
    return Screen(
        paragraphs(
            head(voice, broadcast),
            voice.say("cast.board", bar=bar, percent=voice.number(done)),
            Html("\n".join(_counts(voice, broadcast, counts))),
            voice.say("cast.switched_off")
            if is_off and _goes_on(broadcast, counts)
            else _to_go(voice, broadcast, counts, seconds_to_go),
            _mended(voice, broadcast, counts),
        ),
        _rows(voice, broadcast),
    )


def _goes_on(broadcast: Announcement, counts: Progress) -> bool:
    """Return whether anything of it is still to bring words to somebody."""
    return broadcast.state not in STOPPED and bool(counts.left or counts.mends_to_do)


def _counts(voice: Voice, broadcast: Announcement, counts: Progress) -> list[str]:
    total = voice.say("cast.total", count=amount(voice, broadcast, counts.total))
    if is_masked(broadcast, (*counts.states.values(), *counts.reasons.values(), counts.left)):
        return [total]
    lines: list[str] = []
    for state in ENDS:
        if counts.states[state] or state is RecipientState.DELIVERED:
            lines.append(voice.say(f"cast.{state}", count=voice.number(counts.states[state])))
        for (end, why), times in sorted(counts.reasons.items()):
            if end is state:
                words = voice.label(_REASONS[why]) if why in _REASONS else shorten(why, 80)
                lines.append(voice.say("cast.reason", reason=words, count=voice.number(times)))
    if counts.left:
        lines.append(voice.say("cast.left", count=voice.number(counts.left)))
    return [*lines, total]


def _to_go(voice: Voice, broadcast: Announcement, counts: Progress, seconds: float | None) -> str:
    if broadcast.state is State.SENDING and seconds is not None:
        if seconds < 60:
            return voice.say("cast.soon")
        return voice.say("cast.to_go", minutes=voice.number(round(seconds / 60)))
    staged = counts.states[RecipientState.STAGED]
    if broadcast.state is State.PAUSED and staged:
        return voice.say("cast.on_the_way", count=amount(voice, broadcast, staged))
    return ""


def _mended(voice: Voice, broadcast: Announcement, counts: Progress) -> str:
    if not (counts.mends or counts.mends_to_do):
        return ""
    if is_masked(broadcast, (*counts.mends.values(), counts.mends_to_do)):
        return ""
    return voice.say(
        "cast.taken_back" if broadcast.state is State.WITHDRAWN else "cast.corrected",
        done=voice.number(counts.mends[Mend.DONE]),
        failed=voice.number(counts.mends[Mend.FAILED]),
        left=voice.number(counts.mends[Mend.STAGED] + counts.mends_to_do),
    )


def _rows(voice: Voice, broadcast: Announcement) -> Rows:
    number = broadcast.id
    rows: list[tuple[Button, ...]] = []
    if broadcast.state is State.SENDING:
        rows.append((voice.button("cast.pause", taps.PAUSE(number)),
                     voice.button("cast.stop", taps.STOP(number))))  # fmt: skip
    elif broadcast.state is State.PAUSED:
        rows.append((voice.button("cast.resume", taps.RESUME(number)),
                     voice.button("cast.stop", taps.STOP(number))))  # fmt: skip
    if broadcast.state in MENDABLE:
        rows.append((voice.button("cast.fix", taps.CORRECT(number)),
                     voice.button("cast.withdraw", taps.WITHDRAW(number))))  # fmt: skip
    rows += series_row(voice, broadcast)
    rows.append((voice.button("cast.refresh", taps.CARD(number)),
                 voice.button("cast.back", taps.LIST_BELOW.again())))  # fmt: skip
    return tuple(rows)
