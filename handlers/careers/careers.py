"""Careers: the fields, the careers in each, and every page of one, edited in place."""

from collections.abc import Sequence
from functools import partial

from bot.careers import saved, walks
from bot.careers.career_picture import recipe_for
from bot.careers.directory import Item
from bot.careers.plan import places_for, stories_of, women_for
from bot.content.base import Tongue
from bot.content.careers import Career
from bot.people import trail
from bot.queues.messages import Drawing
from bot.refusals import StaleError
from bot.screens.paging import page_of
from bot.screens.screen import Button, Screen
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.careers import origins, screens, taps
from handlers.doors import PATH, SAVED, homewards


async def begin(turn: Turn, _argument: str) -> None:
    """Show the fields of work."""
    await fields(turn, 0)


async def fields(turn: Turn, number: int) -> None:
    """Show a page of the fields of work."""
    content = turn.services.content
    trail.opened_by_itself(turn.conversation)
    keeps = bool(await saved.everything(turn.session, content, turn.person.id))
    await turn.show(screens.fields_screen(turn.voice, content.fields, number, saved=keeps))


async def in_field(turn: Turn, field_id: str, number: int) -> None:
    """Show a page of the careers in a field."""
    content, voice = turn.services.content, turn.voice
    field = content.field.get(field_id)
    if field is None:
        raise StaleError
    trail.opened_by_itself(turn.conversation)
    careers = screens.careers_in(content, field_id)
    head = voice.say("career.list", field=screens.field_label(voice, field))
    to = partial(taps.FIELD, field_id)
    above = page_of(content.fields, field, screens.FIELDS_A_PAGE)
    await turn.show(screens.list_screen(voice, head, careers, to, number, above))


async def open_page(turn: Turn, career_id: str, tongue: Tongue, *, new_message: bool) -> None:
    """Open a career, as when it was asked for by name."""
    career, voice = _opened(turn, career_id, tongue)
    trail.opened_by_itself(turn.conversation)
    await turn.show(await _page(turn, voice, career), new_message=new_message)


def named(turn: Turn, career_id: str, tongue: str | None) -> tuple[Career, Voice]:
    """Return the career that a button names, and the words in which to show it."""
    career = turn.services.content.careers.get(career_id)
    if career is None:
        raise StaleError
    return career, turn.services.voice(tongue, adult=turn.role.is_adult)


def _opened(
    turn: Turn, career_id: str, tongue: str | None, aspect: str | None = None
) -> tuple[Career, Voice]:
    """Return the same, of which what she writes next may speak."""
    career, voice = named(turn, career_id, tongue)
    turn.about(f"career:{career.id}", aspect)
    return career, voice


async def _page(turn: Turn, voice: Voice, career: Career) -> Screen:
    content = turn.services.content
    kept = await saved.everything(turn.session, content, turn.person.id)
    came_from = await _came_from(turn, voice, career, kept)
    back = screens.ways_back(voice, content, career, came_from)
    return screens.page_screen(voice, career, back, saved=career in kept)


async def _came_from(
    turn: Turn, voice: Voice, career: Career, kept: Sequence[Item | Career]
) -> Button | None:
    """Return the way to the page from which she opened it; else to where it stands among what
    she keeps; else to her walk, if she has one.

    One of them, for a phone has no room for more.
    """
    origin = trail.origin_of(turn.conversation, career.id)
    if (back := origins.way_back(voice, turn.services.content, origin)) is not None:
        return back
    if career in kept:
        return voice.button("saved.list", SAVED(page_of(kept, career, screens.KEPT_A_PAGE)))
    walk = await walks.current(turn.session, turn.person.id)
    if walk is None or not walk.steps:
        return None
    done = walk.finished_at_utc is not None
    return voice.button("path.result" if done else "path.go_on", PATH())


async def page(turn: Turn, career_id: str, tongue: str | None) -> None:
    """Show the first page of a career."""
    career, voice = _opened(turn, career_id, tongue)
    await turn.show(await _page(turn, voice, career))


async def opened_from(turn: Turn, career_id: str, tongue: str, origin: str) -> None:
    """Show the first page of a career, and remember the page from which she opened it."""
    trail.opened_from(turn.conversation, career_id, origin)
    await page(turn, career_id, tongue)


async def keep(turn: Turn, career_id: str, tongue: str | None) -> None:
    """Keep a career for her."""
    career, voice = named(turn, career_id, tongue)
    await walks.save(turn.actor, career.id)
    turn.toast = turn.voice.label("career.kept")
    await turn.show(await _page(turn, voice, career))


async def let_go(turn: Turn, career_id: str, tongue: str | None) -> None:
    """Let a career that she keeps go."""
    career, voice = named(turn, career_id, tongue)
    await walks.unsave(turn.actor, career.id)
    turn.toast = turn.voice.label("career.let_go")
    await turn.show(await _page(turn, voice, career))


async def more(turn: Turn, career_id: str, tongue: str | None) -> None:
    """Show what else there is of a career."""
    career, voice = _opened(turn, career_id, tongue)
    content = turn.services.content
    field = content.field[content.field_of[career.id]]
    await turn.show(screens.more_screen(voice, career, field))


async def ways(turn: Turn, career_id: str, tongue: str | None) -> None:
    """Show the ways in, and where it can be studied, her province first."""
    career, voice = _opened(turn, career_id, tongue, "become")
    places = places_for(turn.services.content, career, turn.person.province)
    await turn.show(screens.ways_screen(voice, career, places))


async def place(turn: Turn, career_id: str, tongue: str | None, place_id: str) -> None:
    """Show a place to study."""
    career, voice = named(turn, career_id, tongue)
    content = turn.services.content
    found = content.institution.get(place_id)
    if found is None:
        raise StaleError
    labels = {p.id: p.label.get(voice.tongue) for p in content.provinces}
    provinces = ", ".join(labels[p] for p in found.provinces if p in labels)
    await turn.show(screens.place_screen(voice, career, found, provinces))


async def subjects(turn: Turn, career_id: str, tongue: str | None) -> None:
    """Show the subjects that help."""
    career, voice = _opened(turn, career_id, tongue, "subjects")
    await turn.show(screens.subjects_screen(voice, turn.services.content, career))


async def first_step(turn: Turn, career_id: str, tongue: str | None) -> None:
    """Show what she can do first."""
    career, voice = _opened(turn, career_id, tongue, "start")
    said = screens.said(voice, career.first_step)
    await turn.show(screens.part_screen(voice, career, "step", said))


async def with_ai(turn: Turn, career_id: str, tongue: str | None) -> None:
    """Show what becomes of the work with AI."""
    career, voice = _opened(turn, career_id, tongue, "ai")
    said = screens.said(voice, career.with_ai)
    await turn.show(screens.part_screen(voice, career, "ai", said))


async def myth(turn: Turn, career_id: str, tongue: str | None) -> None:
    """Show what is wrongly said of the work, and the truth."""
    career, voice = _opened(turn, career_id, tongue, "girls")
    said = voice.say("career.myth_text", text=career.myth.get(voice.tongue))
    truth = voice.say("career.truth_text", text=career.truth.get(voice.tongue))
    await turn.show(screens.part_screen(voice, career, "myth", said, truth))


async def figures(turn: Turn, career_id: str, tongue: str | None) -> None:
    """Show what the work pays, what it costs to learn and how long that takes."""
    career, voice = _opened(turn, career_id, tongue, "pay")
    await turn.show(screens.figures_screen(voice, career))


async def models(turn: Turn, career_id: str, tongue: str | None, number: int) -> None:
    """Show one woman in this work or its field, and stories of the work."""
    career, voice = named(turn, career_id, tongue)
    content = turn.services.content
    women, stories = women_for(content, career), stories_of(content, career)
    await turn.show(screens.models_screen(voice, career, women, stories, number))


async def story(turn: Turn, career_id: str, tongue: str | None, number: int) -> None:
    """Show a story of the work."""
    career, voice = named(turn, career_id, tongue)
    stories = stories_of(turn.services.content, career)
    if number >= len(stories):
        raise StaleError
    await turn.show(screens.story_screen(voice, career, stories[number]))


async def related(turn: Turn, career_id: str, tongue: str | None) -> None:
    """Show the careers next to this one."""
    career, voice = named(turn, career_id, tongue)
    careers = turn.services.content.careers
    others = [careers[c] for c in career.related if c in careers]
    await turn.show(screens.related_screen(voice, career, others))


async def picture(turn: Turn, career_id: str, tongue: str | None) -> None:
    """Send the picture of a career, which is drawn when it leaves."""
    career, voice = named(turn, career_id, tongue)
    back = homewards(voice, voice.button("back.career", taps.CAREER(career.id, voice.tongue)))
    caption = voice.say("picture.caption", title=screens.title(voice, career))
    await turn.send(Drawing(recipe_for(career, voice.tongue), caption, (back,)))


async def questions(turn: Turn, career_id: str, tongue: str | None) -> None:
    """Show the questions that girls ask about the work."""
    career, voice = named(turn, career_id, tongue)
    entries = turn.services.content.entries
    asked = [entries[e] for e in career.faq if e in entries]
    await turn.show(screens.questions_screen(voice, career, asked))


async def compare(turn: Turn, career_id: str, tongue: str | None, other_id: str) -> None:
    """Show a career beside another."""
    career, voice = named(turn, career_id, tongue)
    other, _ = named(turn, other_id, tongue)
    if other is career:
        raise StaleError
    back = homewards(voice, voice.button("back.career", taps.CAREER(career.id, voice.tongue)))
    await turn.show(screens.compare_screen(voice, turn.services.content, career, other, back))
