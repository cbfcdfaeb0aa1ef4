"""An announcement that comes again: how often, and what there was of it so far."""

from bot.announcements import lifecycle, series
from bot.announcements.lifecycle import Announcement
from bot.screens.paging import Page
from bot.screens.screen import Button, Screen
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.announcements import taps
from handlers.announcements.card import card, policy_of

A_PAGE = 6


def repeat_screen(voice: Voice, broadcast: Announcement) -> Screen:
    """Return the choice how often it comes."""
    number = broadcast.id
    return Screen(
        voice.say("cast.repeat_text"),
        (
            *(
                tuple(
                    voice.button(
                        f"cast.every.{rhythm}",
                        taps.REPEAT_SET(number, rhythm, times),
                        times=voice.number(times),
                    )
                    for times in offered
                )
                for rhythm, offered in series.OFFERED.items()
            ),
            (voice.button("cast.once", taps.REPEAT_SET(number, series.Rhythm.WEEKLY, 1)),),
            (voice.button("cast.card", taps.CARD(number)),),
        ),
    )


async def ask(turn: Turn, number: int) -> None:
    """Ask how often it shall come."""
    await turn.show(repeat_screen(turn.voice, await lifecycle.draft(turn.actor, number)))


async def set_rhythm(turn: Turn, number: int, rhythm: series.Rhythm, times: int) -> None:
    """Let it come so often."""
    await series.repeat(turn.actor, number, rhythm, times)
    await card(turn, number)


async def listed(turn: Turn, number: int, page: int) -> None:
    """Show every time of a series, each with its report."""
    voice, zone = turn.voice, policy_of(turn).zone
    shown = Page.of(await series.of(turn.actor, number), page, A_PAGE)
    rows = []
    for one in shown.items:
        at = one.started_at_utc or one.start_at_utc or one.created_at_utc
        label = f"{voice.label(f'cast.state.{one.state}')} · {voice.moment(at, zone)}"
        rows.append((Button(label, taps.CARD(one.id)),))
    ways = shown.ways(voice, lambda to: taps.SERIES(number, to))
    text = voice.say("cast.series_text")
    await turn.show(Screen(text, (*rows, (*ways, voice.button("cast.card", taps.CARD(number))))))
