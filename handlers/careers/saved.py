"""What she keeps: opportunities, places to study and careers in one list, and until when."""

from dataclasses import dataclass

from bot.careers import saved
from bot.careers.directory import Item
from bot.content.careers import Career
from bot.content.directory import Opportunity
from bot.events import deadlines
from bot.events.school_year import Coming
from bot.language.words import shorten
from bot.people import trail
from bot.screens.paging import Page
from bot.screens.screen import LONGEST_LABEL, Button, Html, Screen, paragraphs
from bot.screens.taps import Data
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.careers import taps
from handlers.careers.directory import FROM_SAVED, item_called, until_text
from handlers.careers.screens import KEPT_A_PAGE, career_button
from handlers.doors import CAREER_FIELDS, DEADLINES, DIRECTORY, PATH, PROFILE, SAVED, homewards

# What is asked in fixed words (content/requests.yaml) and leads here.
ASKED_TO_KEEP, ASKED_FOR = "keep", "saved"
# How the buttons begin that keep what is shown.
_KEEPS = tuple(f"{t.name}:" for t in (taps.KEEP, taps.KEEP_ITEM, taps.KEEP_PLANNED)) + (
    taps.KEEP_FOUND.name,
)


@dataclass(frozen=True)
class Kept:
    """One thing that she keeps, and when it can be asked for next, where that is known."""

    of: Item | Career
    when: Coming | None = None


# From where she opens what she keeps, by a button of there: its way back.
_ORIGINS = {
    "me": (PROFILE(), "back.me", "me:grade"),
    "jobs": (CAREER_FIELDS(0), "back.fields", f"{taps.FIELD.name}:"),
    "path": (PATH(), "path.result", taps.COMPARE_FOUND.name),
}


def list_screen(
    voice: Voice, kept: list[Kept], number: int, *, reminds: bool, origin: str = ""
) -> Screen:
    """Return a page of what she keeps; of an opportunity until when she can apply.

    `origin` is from where she opened it, if it was from a page.
    """
    if not kept:
        return _empty_screen(voice, origin)
    page = Page.of(kept, number, KEPT_A_PAGE)
    other = ("deadline.off", "off") if reminds else ("deadline.on", "on")
    chances = any(isinstance(one.of, Opportunity) for one in kept)
    switch = ((voice.button(other[0], DEADLINES(other[1])),),) if chances else ()
    return Screen(
        paragraphs(
            voice.say("saved.text", count=voice.number(len(kept))),
            "\n".join(_line(voice, one) for one in page.items if one.when is not None),
            voice.say("saved.not_reminded") if chances and not reminds else "",
        ),
        (
            *((_opens(voice, one.of),) for one in page.items),
            *switch,
            page.ways(voice, SAVED),
            homewards(voice, *_back(voice, origin)),
        ),
    )


def _back(voice: Voice, origin: str) -> tuple[Button, ...]:
    if origin not in _ORIGINS:
        return ()
    data, label, _ = _ORIGINS[origin]
    return (voice.button(label, data),)


def _empty_screen(voice: Voice, origin: str) -> Screen:
    return Screen(
        voice.say("saved.none"),
        (
            (voice.button("home.careers", CAREER_FIELDS(0)),),
            (voice.button("home.directory", DIRECTORY()),),
            homewards(voice, *_back(voice, origin)),
        ),
    )


def _opens(voice: Voice, of: Item | Career) -> Button:
    if isinstance(of, Career):
        return career_button(voice, of)
    mark = "🎓" if isinstance(of, Opportunity) else "🏫"
    label = shorten(f"{mark} {item_called(voice, of)}", LONGEST_LABEL)
    return Button(label, taps.ITEM(of.id, *FROM_SAVED))


def _line(voice: Voice, one: Kept) -> Html:
    name = one.of.name.get(voice.tongue)
    return voice.say("saved.line", name=name, when=until_text(voice, one.when))


async def listed(turn: Turn, number: int) -> None:
    """Show a page of what she keeps, the newest of each kind first."""
    content, person = turn.services.content, turn.person.id
    trail.opened_by_itself(turn.conversation)
    origin = _came_from(turn)
    trail.opened_kept(turn.conversation, origin)
    dates, today = content.school_year, turn.today
    kept = [
        Kept(one, deadlines.coming(dates, one.id, today) if not isinstance(one, Career) else None)
        for one in await saved.everything(turn.session, content, person)
    ]
    reminds = await deadlines.are_on(turn.session, person)
    screen = list_screen(turn.voice, kept, number, reminds=reminds, origin=origin)
    await turn.show(screen)


def _came_from(turn: Turn) -> str:
    """Return from which page she opened what she keeps: what it shows tells it.

    Between its own pages, and back from a thing that she keeps, it stays what it was.
    """
    if turn.heard.kind != "button":
        return ""
    shown = [data for _, data in turn.conversation.buttons if data]
    for origin, (_, _, begins) in _ORIGINS.items():
        if any(data.startswith(begins) for data in shown):
            return origin
    return trail.kept_origin(turn.conversation) or "me"


async def asked_for(turn: Turn) -> None:
    """Show what she keeps to one who asks for it in words."""
    turn.leads_to = SAVED(0)


async def keep_shown(turn: Turn) -> None:
    """Keep what she was shown last; where nothing can be kept, show what she keeps."""
    shown = (data for _, data in turn.conversation.buttons if data)
    found = (data for data in shown if data.startswith(_KEEPS))
    turn.leads_to = next(map(Data, found), SAVED(0))
