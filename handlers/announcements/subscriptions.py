"""What a girl does with announcements: opens one, switches a kind off, says what interests her."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.announcements import lifecycle, subscriptions
from bot.announcements.subscriptions import OPTIONAL, TRACKS
from bot.refusals import StaleError
from bot.screens.screen import Button, Screen
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.answering import ask, topics
from handlers.home import menu
from handlers.safety import care


def card_screen(voice: Voice, muted: frozenset[str]) -> Screen:
    """Return the kinds of messages, ticked where they are on."""
    return Screen(
        voice.say("news.card"),
        (
            *(
                (
                    voice.button(
                        "news.off" if kind in muted else "news.on",
                        f"news:{'on' if kind in muted else 'off'}:{kind}",
                        kind=voice.label(f"news.kind.{kind}"),
                    ),
                )
                for kind in OPTIONAL
            ),
            (voice.button("news.interests_button", "news:mine:"),),
            (voice.button("back.home", "go:home"),),
        ),
    )


def muted_screen(voice: Voice, kind: str) -> Screen:
    """Return what is said after "no more of these"."""
    return Screen(
        voice.say("news.muted", kind=voice.label(f"news.kind.{kind}")),
        (
            (voice.button("news.unmute", f"news:unmute:{kind}"),),
            (voice.button("news.settings", "news:card:"), voice.button("home.help", "care:help")),
        ),
    )


def interests_screen(voice: Voice, fields: list[tuple[str, str]], mine: frozenset[str]) -> Screen:
    """Return the fields of work, ticked where they interest her; `fields` are ids and labels."""
    buttons = [
        Button(f"{'✅' if i in mine else '⬜'} {label}", f"news:field:{i}") for i, label in fields
    ]
    return Screen(
        voice.say("news.interests"),
        (
            *(tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2)),
            (
                voice.button("news.track_button", "news:track:"),
                voice.button("news.settings", "news:card:"),
            ),
        ),
    )


def track_screen(voice: Voice, mine: frozenset[str]) -> Screen:
    """Return the choice of a track."""
    buttons = [
        Button(f"{'✅' if t in mine else '⬜'} {voice.label(f'track.{t}')}", f"news:track:{t}")
        for t in TRACKS
    ]
    return Screen(
        voice.say("news.track"),
        (
            tuple(buttons),
            (voice.button("me.rather_not", "news:track:none"),),
            (voice.button("news.interests_button", "news:mine:"),),
        ),
    )


def back_screen(voice: Voice, kinds: frozenset[str]) -> Screen:
    """Return what /start says to somebody who had switched kinds off."""
    names = ", ".join(voice.label(f"news.kind.{k}") for k in OPTIONAL if k in kinds)
    return Screen(
        voice.say("news.back", kinds=names), ((voice.button("news.settings", "news:card:"),),)
    )


async def tapped(turn: Turn, argument: str) -> None:
    """Follow a button of an announcement, or of the screens above."""
    what, _, value = argument.partition(":")
    step = STEPS.get(what)
    if step is None:
        raise StaleError
    await step(turn, value)


async def _card(turn: Turn, _value: str) -> None:
    off = await subscriptions.muted(turn.session, turn.person.id)
    await turn.show(card_screen(turn.voice, off))


async def _mute(turn: Turn, kind: str) -> None:
    """Switch off below the announcement, which stays to be read again."""
    if not await subscriptions.mute(turn.session, turn.person.id, kind, turn.now):
        raise StaleError
    await turn.show(muted_screen(turn.voice, kind), new_message=True)


async def _unmute(turn: Turn, kind: str) -> None:
    if kind not in OPTIONAL:
        raise StaleError
    await subscriptions.unmute(turn.session, turn.person.id, kind)
    shown = turn.voice.say("news.unmuted", kind=turn.voice.label(f"news.kind.{kind}"))
    await turn.show(Screen(shown, ((turn.voice.button("news.settings", "news:card:"),),)))


async def _on(turn: Turn, kind: str) -> None:
    await subscriptions.unmute(turn.session, turn.person.id, kind)
    await _card(turn, "")


async def _off(turn: Turn, kind: str) -> None:
    await subscriptions.mute(turn.session, turn.person.id, kind, turn.now)
    await _card(turn, "")


async def _mine(turn: Turn, _value: str) -> None:
    voice = turn.voice
    fields = [
        (f.id, f"{f.emoji} {f.label.get(voice.tongue)}") for f in turn.services.content.fields
    ]
    mine = await subscriptions.interests(turn.session, turn.person.id, "field")
    await turn.show(interests_screen(voice, fields, mine))


async def _field(turn: Turn, field: str) -> None:
    if field not in turn.services.content.field:
        raise StaleError
    await subscriptions.toggle_field(turn.session, turn.person.id, field)
    await _mine(turn, "")


async def _track(turn: Turn, track: str) -> None:
    if track:
        await subscriptions.choose_track(turn.session, turn.person.id, track)
    mine = await subscriptions.interests(turn.session, turn.person.id, "track")
    await turn.show(track_screen(turn.voice, mine))


async def _open(turn: Turn, number: str) -> None:
    """Open what an announcement's button names, below it."""
    known = number.isdecimal() and len(number) < 10
    opens = await lifecycle.opened_by(turn.session, int(number)) if known else None
    what, _, value = (opens or "").partition(":")
    target = TARGETS.get(what)
    if target is None:
        raise StaleError
    # Shown as the answer to a text is: the announcement must stay to be read again.
    turn.heard = replace(turn.heard, kind="text")
    await target(turn, value)


async def _answer(turn: Turn, entry: str) -> None:
    await ask.entry(turn, entry, turn.tongue)


# what an announcement's button may open -> who shows it
TARGETS: dict[str, Callable[[Turn, str], Awaitable[None]]] = {
    "home": menu.home,
    "topics": topics.topics,
    "mine": _mine,
    "help": care.help_now,
    "faq": _answer,
}

STEPS: dict[str, Callable[[Turn, str], Awaitable[None]]] = {
    "card": _card,
    "mute": _mute,
    "unmute": _unmute,
    "on": _on,
    "off": _off,
    "mine": _mine,
    "field": _field,
    "track": _track,
    "open": _open,
}
