"""The coordinators' desk: what waits, and the way to everything that a coordinator can do."""

from collections.abc import Sequence

from bot.desk.places import Place
from bot.people import staff, switches
from bot.rights import May
from bot.safety import case_work
from bot.screens.paging import Page
from bot.screens.screen import Button, Html, Screen, in_rows, paragraphs
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.careers import pathway
from handlers.desk import roster
from handlers.desk.colleagues import Aliases, called_by_id
from handlers.desk.roster_screens import now_text
from handlers.desk.taps import CASES
from handlers.doors import CASE, DESK, DESK_REST, GUIDE, LIBRARY, MORE, homewards, to_more

CASES_A_PAGE = 5
# As many as leave room for the ways on.
WAITING_AT_HOME = 4
# A phone shows so many places, or one less and the way to the others.
MOST_PLACES = 8
# The places of the features stand in this order, two in a row, those of every day first; one that
# is not named comes last.
ORDER = (
    "desk.questions", "desk.cases",
    "desk.doubts", "desk.mentors",
    "desk.events", "desk.announcements",
    "desk.figures",
    "desk.learned", "desk.ways",
    "desk.classes",
    "desk.roster", "desk.drills",
    "desk.team", "desk.walks", "desk.log",
)  # fmt: skip


def desk_screen(voice: Voice, places: Sequence[tuple[Place, int]], standing: Html) -> Screen:
    """Return the places of the desk with how much waits behind each, and how things stand."""
    first, rest = parted(places)
    buttons = _buttons(voice, first)
    if rest:
        label = voice.counted(voice.label("desk.rest"), sum(waiting for _, waiting in rest))
        buttons.append(Button(label, DESK_REST()))
    return Screen(
        paragraphs(
            voice.say("desk.text"),
            "" if any(waiting for _, waiting in places) else voice.say("desk.nothing_waits"),
            standing,
        ),
        (*in_rows(buttons), to_more(voice)),
    )


def rest_screen(voice: Voice, rest: Sequence[tuple[Place, int]]) -> Screen:
    """Return the places of the desk that are not needed every day."""
    back = voice.button("back.desk", DESK())
    return Screen(
        voice.say("desk.rest_text"), (*in_rows(_buttons(voice, rest)), homewards(voice, back))
    )


def parted(
    places: Sequence[tuple[Place, int]],
) -> tuple[list[tuple[Place, int]], list[tuple[Place, int]]]:
    """Return the places that stand on the first screen, and the others, which are one tap away."""
    ordered = _ordered(places)
    if len(ordered) <= MOST_PLACES:
        return ordered, []
    return ordered[: MOST_PLACES - 1], ordered[MOST_PLACES - 1 :]


def her_home_screen(
    voice: Voice, waiting: Sequence[tuple[Place, int]], standing: Html, name: str
) -> Screen:
    """Return home for a coordinator: what waits, who is on call, the desk, and all the rest."""
    return Screen(
        paragraphs(
            voice.say("home.coordinator", name=name),
            voice.say("home.waits" if waiting else "desk.nothing_waits"),
            standing,
        ),
        (
            *in_rows(_buttons(voice, _ordered(waiting)[:WAITING_AT_HOME])),
            (voice.button("more.desk", DESK()), voice.button("home.library", LIBRARY())),
            (voice.button("home.more", MORE()),),
        ),
    )


def guide_screen(voice: Voice, waiting: Sequence[tuple[Place, int]], *, announces: bool) -> Screen:
    """Return the help for who sits at the desk: her commands, what waits, and what girls read."""
    commands = ("guide.desk", *(("guide.announce",) if announces else ()), "guide.rest")
    return Screen(
        paragraphs(
            Html("\n".join(voice.say(key) for key in commands)),
            voice.say("home.waits" if waiting else "desk.nothing_waits"),
        ),
        (
            *in_rows(_buttons(voice, _ordered(waiting)[:WAITING_AT_HOME])),
            (voice.button("more.desk", DESK()), voice.button("library.help", GUIDE())),
            homewards(voice),
        ),
    )


def _buttons(voice: Voice, places: Sequence[tuple[Place, int]]) -> list[Button]:
    return [
        Button(voice.counted(voice.label(place.label), waiting), place.leads_to)
        for place, waiting in places
    ]


def _ordered(places: Sequence[tuple[Place, int]]) -> list[tuple[Place, int]]:
    rank = {label: number for number, label in enumerate(ORDER)}
    return sorted(places, key=lambda found: rank.get(found[0].label, len(rank)))


def cases_screen(voice: Voice, states: Sequence[tuple[int, str]], number: int) -> Screen:
    """Return a page of open cases: the number of each, and the words for its state."""
    page = Page.of(states, number, CASES_A_PAGE)
    total = voice.number(len(states))
    return Screen(
        voice.say("desk.cases_text" if states else "desk.no_cases", total=total),
        (
            *(
                (voice.button(state, CASE(case_id), case=voice.number(case_id)),)
                for case_id, state in page.items
            ),
            homewards(voice, *page.ways(voice, CASES), voice.button("back.desk", DESK())),
        ),
    )


async def desk(turn: Turn, _argument: str) -> None:
    """Show the desk to a coordinator."""
    await show_desk(turn)


async def show_desk(turn: Turn) -> None:
    """Show what waits, and the places of the desk."""
    turn.actor.require(May.DESK)
    known = await staff.aliases(turn.session)
    standing = await _standing(turn, known)
    await turn.show(desk_screen(turn.voice, await _places(turn), standing))


async def show_rest(turn: Turn) -> None:
    """Show the places that are not needed every day; the desk to who has all on one screen."""
    turn.actor.require(May.DESK)
    _, rest = parted(await _places(turn))
    if rest:
        await turn.show(rest_screen(turn.voice, rest))
    else:
        await show_desk(turn)


async def her_home(turn: Turn) -> Screen:
    """Return home for a coordinator."""
    known = await staff.aliases(turn.session)
    waiting = [(place, number) for place, number in await _places(turn) if number]
    name = called_by_id(turn.voice, known, turn.person.id)
    return her_home_screen(turn.voice, waiting, await _standing(turn, known), name)


async def guide(turn: Turn) -> None:
    """Show the help for who sits at the desk."""
    waiting = [(place, number) for place, number in await _places(turn) if number]
    announces = turn.actor.may(May.ANNOUNCEMENTS)
    await turn.show(guide_screen(turn.voice, waiting, announces=announces))


async def _places(turn: Turn) -> list[tuple[Place, int]]:
    """Return her places of the desk, each with how much waits there."""
    hers = [
        place
        for place in turn.desk_places
        if turn.opens(place.leads_to)
        and not (place.within is not None and turn.actor.may(place.within))
    ]
    return [(place, await place.count(turn.actor)) for place in hers]


async def _standing(turn: Turn, known: Aliases) -> Html:
    """Return who is on call, as the others call them, and whether anything is switched off."""
    off = await switches.relay_is_off(turn.session)
    return paragraphs(
        now_text(turn.voice, await roster.read(turn), known),
        turn.voice.say("desk.switched_off") if off else "",
    )


async def cases(turn: Turn, page: int) -> None:
    """Show a page of the open cases, and of those that their girls have ended."""
    found = await case_work.open_cases(turn.actor)
    states = [(case_id, _state(taken_by, turn.person.id)) for case_id, taken_by in found]
    ended = await case_work.ended_by_her(turn.actor)
    states += [(case_id, "desk.case_ended") for case_id in ended]
    await turn.show(cases_screen(turn.voice, states, page))


def _state(taken_by: int | None, reader: int) -> str:
    if taken_by is None:
        return "desk.case_waits"
    return "desk.case_yours" if taken_by == reader else "desk.case_taken"


async def walks(turn: Turn) -> None:
    """Show what the walks through the pathway tell."""
    await pathway.desk_counts(turn)
