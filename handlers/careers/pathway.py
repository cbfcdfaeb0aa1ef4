"""The walk: a question at a time, edited in place, to careers that fit and a plan."""

from bot.careers import walks
from bot.careers.pathway import Place, Tree
from bot.careers.tables import Walk
from bot.content.careers import Career
from bot.people.staff import require_coordinator
from bot.screens.screen import Html, Screen
from bot.screens.taps import StaleError
from bot.turn import Turn
from handlers.careers import pathway_screens as screens
from handlers.careers.screens import compare_screen


async def begin(turn: Turn, _argument: str) -> None:
    """Take up her walk where it stands, or say what it is."""
    walk = await walks.current(turn.session, turn.person.id)
    if walk is None:
        await turn.show(screens.intro_screen(turn.voice))
        return
    tree = turn.services.tree
    pause = turn.now - walk.touched_at_utc >= walks.MIDDLE_LASTS
    place, moved = walks.resume(walk, tree, turn.now)
    word = "path.moved" if moved else "path.welcome_back" if pause and place.steps else ""
    await _show(turn, place, turn.voice.say(word) if word else "")


async def tapped(turn: Turn, argument: str) -> None:
    """Follow a button of the walk."""
    what, _, rest = argument.partition(":")
    if what == "home":
        await begin(turn, "")
    elif what == "new":
        await walks.begin(turn.session, turn.person.id, turn.now)
        await begin(turn, "")
    elif what == "again":
        await turn.show(screens.again_screen(turn.voice))
    elif what == "stop":
        await turn.show(screens.stopped_screen(turn.voice))
    else:
        walk = await walks.current(turn.session, turn.person.id)
        if walk is None:
            # Her walk was erased, or forgotten after a long time.
            await begin(turn, "")
        elif not await _within(turn, walk, what, rest):
            raise StaleError


async def _within(turn: Turn, walk: Walk, what: str, rest: str) -> bool:
    """Follow a button that needs a walk; return whether there is such a button."""
    tree = turn.services.tree
    if what == "pick":
        node, _, option = rest.partition(":")
        place = walks.answer(walk, tree, node, option, turn.now)
        if place is None:
            # A button of a question that is behind her: show where she stands.
            turn.toast = turn.voice.label("stale.toast")
            await begin(turn, "")
        else:
            await _show(turn, place)
        return True
    if what == "back":
        await _show(turn, walks.back(walk, tree, turn.now))
        return True
    place, _ = walks.resume(walk, tree, turn.now)
    careers = _careers(turn, place)
    if what in ("save", "compare", "pair") and not careers:
        await begin(turn, "")
        return True
    if what == "save":
        for career in careers:
            await walks.save(turn.session, turn.person.id, career.id, turn.now)
        turn.toast = turn.voice.label("career.kept")
        await _show(turn, place)
        return True
    if what == "compare":
        if len(careers) > 2:
            await turn.show(screens.pairs_screen(turn.voice, careers))
        else:
            await _compare(turn, *careers)
        return True
    found = [turn.services.content.careers.get(i) for i in rest.split(":")]
    pair = [career for career in found if career is not None]
    if what == "pair" and len(pair) == 2:
        await _compare(turn, *pair)
        return True
    return False


async def _compare(turn: Turn, one: Career, other: Career) -> None:
    back = turn.voice.button("path.result", "path:home")
    await turn.show(compare_screen(turn.voice, turn.services.content, one, other, back))


async def _show(turn: Turn, place: Place, word: Html | str = "") -> None:
    tree: Tree = turn.services.tree
    if place.node is not None:
        await turn.show(screens.question_screen(turn.voice, tree, place, word))
        return
    careers = _careers(turn, place)
    await turn.show(screens.outcome_screen(turn.voice, tree, careers, place.steps, word))


def _careers(turn: Turn, place: Place) -> list[Career]:
    """Return the careers of an outcome; empty in the middle of the walk.

    One that the money of a degree bars comes after those that do not, where she must earn or
    has no university for now.
    """
    content = turn.services.content
    found = [content.careers[c] for c in place.outcome if c in content.careers]
    needs = [content.need[n] for n in turn.services.tree.needs(place.steps) if n in content.need]
    if any(need.hands_on for need in needs):
        found.sort(key=lambda career: career.needs_university)
    return found


async def offer_to_go_on(turn: Turn, screen: Screen) -> Screen:
    """Return a screen with the way back to her walk, when she is in the middle of one."""
    if not await walks.in_the_middle(turn.session, turn.person.id, turn.now):
        return screen
    button = turn.voice.button("path.go_on", "path:home")
    if any(button.data == shown.data for row in screen.rows for shown in row):
        return screen
    return screen.with_row(button)


async def desk_counts(turn: Turn) -> None:
    """Show coordinators what the walks tell, without names."""
    require_coordinator(turn.person.id, turn.coordinators)
    counts = await walks.counts(turn.session, turn.person.id, turn.coordinators, turn.now)
    await turn.show(screens.counts_screen(turn.voice, turn.services.content, counts))
