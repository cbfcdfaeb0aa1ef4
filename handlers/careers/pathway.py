"""The walk: a question at a time, edited in place, to careers that fit and a plan."""

from dataclasses import replace

from bot.careers import walks
from bot.careers.pathway import Place
from bot.content.careers import Career
from bot.refusals import StaleError
from bot.screens.screen import Html, Screen
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.careers import pathway_screens as screens
from handlers.careers.screens import compare_screen
from handlers.doors import PATH, PATH_BELOW, homewards


async def begin(turn: Turn, _argument: str) -> None:
    """Take up her walk where it stands, or say what it is."""
    await go_on(turn)


async def go_on_below(turn: Turn) -> None:
    """Do the same below an answer, which stays to be read."""
    await go_on(turn, new_message=True)


async def go_on(turn: Turn, *, new_message: bool = False) -> None:
    """Take up her walk where it stands, or say what it is."""
    walk = await walks.current(turn.session, turn.person.id)
    if walk is None:
        await turn.show(screens.intro_screen(turn.voice), new_message=new_message)
        return
    pause = turn.now - walk.touched_at_utc >= walks.MIDDLE_LASTS
    place, moved = walks.resume(walk, turn.services.tree, turn.now)
    word = "path.moved" if moved else "path.welcome_back" if pause and place.steps else ""
    said = turn.voice.say(word) if word else ""
    await _show(turn, place, said, new_message=new_message)


async def begin_anew(turn: Turn) -> None:
    """Begin another walk at its first question that she has not answered by her grade."""
    told = turn.services.tree.told_by(turn.grade)
    await walks.begin(turn.actor, told)
    known = screens.known_line(turn.voice, turn.grade) if told.steps else ""
    await _show(turn, told, known)


async def again(turn: Turn) -> None:
    """Ask whether the answers so far may go."""
    await turn.show(screens.again_screen(turn.voice))


async def stop(turn: Turn) -> None:
    """Stop for today."""
    await turn.show(screens.stopped_screen(turn.voice))


async def answer(turn: Turn, node: str, option: str) -> None:
    """Take a step; a button of a question that is behind her shows where she stands."""
    walk = await walks.current(turn.session, turn.person.id)
    if walk is None:
        await go_on(turn)
        return
    place = walks.answer(walk, turn.services.tree, node, option, turn.now)
    if place is None:
        turn.toast = turn.voice.label("stale.toast")
        await go_on(turn)
        return
    await _show(turn, place)


async def back(turn: Turn) -> None:
    """Take the last step back."""
    walk = await walks.current(turn.session, turn.person.id)
    if walk is None:
        await go_on(turn)
        return
    await _show(turn, walks.back(walk, turn.services.tree, turn.now))


async def keep_found(turn: Turn) -> None:
    """Keep every career that the walk led to."""
    place = await _outcome(turn)
    if place is None:
        await go_on(turn)
        return
    for career in _careers(turn, place):
        await walks.save(turn.actor, career.id)
    turn.toast = turn.voice.label("career.kept")
    await _show(turn, place)


async def compare_found(turn: Turn) -> None:
    """Compare the careers that the walk led to; of three, ask which two."""
    place = await _outcome(turn)
    if place is None:
        await go_on(turn)
        return
    careers = _careers(turn, place)
    if len(careers) == 2:
        await _compare(turn, *careers)
    else:
        await turn.show(screens.pairs_screen(turn.voice, careers))


async def pair(turn: Turn, one_id: str, other_id: str) -> None:
    """Compare two of the careers that the walk led to."""
    if await _outcome(turn) is None:
        await go_on(turn)
        return
    careers = turn.services.content.careers
    one, other = careers.get(one_id), careers.get(other_id)
    if one is None or other is None:
        raise StaleError
    await _compare(turn, one, other)


async def _compare(turn: Turn, one: Career, other: Career) -> None:
    back = homewards(turn.voice, turn.voice.button("path.result", PATH()))
    await turn.show(compare_screen(turn.voice, turn.services.content, one, other, back))


async def _outcome(turn: Turn) -> Place | None:
    """Return where her walk has ended; None when she walks still, or has no walk any more.

    It may have been erased, or forgotten after a long time.
    """
    walk = await walks.current(turn.session, turn.person.id)
    if walk is None:
        return None
    place, _ = walks.resume(walk, turn.services.tree, turn.now)
    return place if _careers(turn, place) else None


async def _show(
    turn: Turn, place: Place, word: Html | str = "", *, new_message: bool = False
) -> None:
    tree, voice = turn.services.tree, turn.voice
    if place.node is not None:
        screen = screens.question_screen(voice, tree, place, word)
    else:
        careers = _careers(turn, place)
        kept = await walks.saved(turn.session, turn.person.id)
        all_kept = all(career.id in kept for career in careers)
        screen = screens.outcome_screen(voice, tree, careers, place.steps, word, kept=all_kept)
    await turn.show(screen, new_message=new_message)


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


async def offer_to_go_on(turn: Turn, voice: Voice, screen: Screen) -> Screen:
    """Return a screen with the way back to her walk, in the language of the screen, when she is
    in the middle of one."""
    if not await walks.in_the_middle(turn.actor):
        return screen
    button = voice.button("path.go_on", PATH_BELOW())
    if all(shown.data != PATH() for row in screen.rows for shown in row):
        return screen.with_row_before_last(button)
    # A button that leads to the path leads to where she stands on it, and says so.
    rows = (tuple(button if b.data == PATH() else b for b in row) for row in screen.rows)
    return replace(screen, rows=tuple(rows))


async def desk_counts(turn: Turn) -> None:
    """Show coordinators what the walks tell, without names."""
    counts = await walks.counts(turn.actor)
    await turn.show(screens.counts_screen(turn.voice, turn.services.content, counts))
