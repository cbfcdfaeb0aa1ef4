"""Home, the second page of the menu, and what to say when a command or button is not known."""

from collections.abc import Sequence
from dataclasses import replace

from bot.mentoring import roles
from bot.people import phones
from bot.people.staff import Role
from bot.refusals import RefusedError
from bot.screens.screen import Html, Screen, paragraphs
from bot.screens.taps import Data
from bot.screens.voice import in_every_language
from bot.turn import Turn
from handlers.doors import HOME, NEXT_TURN, SHARED_PHONE, homewards
from handlers.home import front
from handlers.home.adults import settings_screen

# What is asked in fixed words (content/requests.yaml) and leads here.
ASKED_FOR_HOME, ASKED_BACK, ASKED_ON, ASKED_TO_SKIP = "home", "back", "onward", "skip"
_BACK, _ON = "‹", "›"
# The words of what goes on with something, and of what leaves out a step.
_GOES_ON = ("form.go_on", "path.go_on", "intro.go_on", "eventdesk.go_on", "talk.resume")
_SKIPS = ("first.skip", "eventform.skip", "cast.skip", "learn.skip")
# They begin like a way back, and turn a page.
_PAGES = ("page.previous", "events.before", "case.older")


async def home(turn: Turn, _argument: str = "") -> None:
    """Show home."""
    await turn.show(await _home(turn))


async def home_below(turn: Turn) -> None:
    """Show home below what is there."""
    await turn.show(await _home(turn), new_message=True)


async def _home(turn: Turn) -> Screen:
    """Return home for whoever she is by now."""
    role = await roles.role(turn.actor)
    show = turn.homes.get(role)
    shown = front.shown(turn) if show is None else await show(turn)
    if turn.phone is None or role is Role.COORDINATOR:
        return shown
    mine = await phones.profile(turn.session, turn.person.id)
    whose = turn.voice.say("who.turn", name=mine.name) if mine is not None else Html("")
    return replace(shown, text=paragraphs(whose, shown.text)).with_row(
        turn.voice.button("who.next", NEXT_TURN())
    )


async def back(turn: Turn) -> None:
    """Go the way back that she was last shown; home where there was none."""
    pages = in_every_language(turn.services.content, *_PAGES)
    ways = [
        Data(data)
        for label, data in turn.conversation.buttons
        if label.startswith(_BACK) and label not in pages
    ]
    turn.leads_to = ways[-1] if ways else HOME()


async def onward(turn: Turn) -> None:
    """Turn the page that she was shown last, or go on with what that offers."""
    await _as_shown(turn, _onward(turn))


async def skipped(turn: Turn) -> None:
    """Leave out the step that she was shown last."""
    await _as_shown(turn, _called(turn, _SKIPS))


def has_no_step(turn: Turn, request: str | None) -> bool:
    """Return whether she asks for another step, and what she was shown last has none."""
    if request == ASKED_ON:
        return not _onward(turn)
    return request == ASKED_TO_SKIP and not _called(turn, _SKIPS)


def _onward(turn: Turn) -> list[Data]:
    pages = [Data(data) for label, data in turn.conversation.buttons if label.endswith(_ON)]
    return [*pages, *_called(turn, _GOES_ON)]


def _called(turn: Turn, keys: Sequence[str]) -> list[Data]:
    """Return what those of the buttons last shown send that have the words of a key."""
    labels = in_every_language(turn.services.content, *keys)
    return [Data(data) for label, data in turn.conversation.buttons if label in labels]


async def _as_shown(turn: Turn, ways: Sequence[Data]) -> None:
    if ways:
        turn.leads_to = ways[0]
        return
    voice = turn.voice_for(turn.heard.text)
    await turn.show(Screen(voice.say("typed.nothing_further"), (homewards(voice),)))


async def more(turn: Turn) -> None:
    """Show the second page of the menu."""
    voice, role = turn.voice, turn.role
    shown = settings_screen(voice, role) if role.is_adult else front.more_screen(voice)
    if turn.phone is not None:
        shown = shown.with_row_before_last(voice.button("who.page", SHARED_PHONE()))
    await turn.show(shown)


async def unknown(turn: Turn) -> None:
    """Say kindly that a command is not known."""
    voice = turn.voice
    await turn.show(
        Screen(voice.say("unknown.command"), ((voice.button("back.home", HOME()),),)),
        new_message=True,
    )


async def stale(turn: Turn) -> None:
    """Answer a button that is no longer understood with a fresh home screen."""
    turn.toast = turn.voice.label("stale.toast")
    await home_below(turn)


async def refused(turn: Turn, refused: RefusedError) -> None:
    """Say why something cannot be done, with a way back."""
    voice = turn.voice
    values = {k: voice.number(v) if isinstance(v, int) else v for k, v in refused.values.items()}
    back = [voice.button(*turn.way_back)] if turn.way_back else []
    await turn.show(
        Screen(voice.say(refused.key, **values), (homewards(voice, *back),)), new_message=True
    )
