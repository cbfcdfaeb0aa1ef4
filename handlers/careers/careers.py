"""Careers: the fields, the careers in each, and every page of one, edited in place."""

from bot.careers import walks
from bot.careers.plan import places_for, women_for
from bot.content.base import Tongue
from bot.content.careers import Career
from bot.refusals import StaleError
from bot.screens.screen import Button, Screen
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.careers import screens
from handlers.careers.screens import data


async def fields(turn: Turn, _argument: str) -> None:
    """Show the fields of work."""
    await _fields(turn, 0)


async def list_tapped(turn: Turn, argument: str) -> None:
    """Follow a button of the lists of careers."""
    what, _, rest = argument.partition(":")
    where, _, page = rest.partition(":")
    content, voice = turn.services.content, turn.voice
    if what == "fields":
        await _fields(turn, _number(where))
    elif what == "saved":
        await _saved(turn, _number(where))
    elif what == "in" and where in content.field:
        careers = [c for c in content.careers.values() if content.field_of[c.id] == where]
        head = voice.say("career.list", field=screens.field_label(voice, content.field[where]))
        screen = screens.list_screen(voice, head, careers, f"jobs:in:{where}", _number(page))
        await turn.show(screen)
    else:
        raise StaleError


async def _fields(turn: Turn, page: int) -> None:
    saved = bool(await walks.saved(turn.session, turn.person.id))
    content = turn.services.content
    await turn.show(screens.fields_screen(turn.voice, content.fields, page, saved=saved))


async def _saved(turn: Turn, page: int) -> None:
    kept = await walks.saved(turn.session, turn.person.id)
    careers = [c for i in kept if (c := turn.services.content.careers.get(i))]
    head = turn.voice.say("career.saved_list" if careers else "career.saved_none")
    await turn.show(screens.list_screen(turn.voice, head, careers, "jobs:saved", page))


async def open_page(turn: Turn, career_id: str, tongue: Tongue, *, new_message: bool) -> None:
    """Open a career, as when it was asked for by name."""
    career = turn.services.content.careers[career_id]
    await turn.show(
        await _page(turn, turn.services.voice(tongue), career), new_message=new_message
    )


async def _page(turn: Turn, voice: Voice, career: Career) -> Screen:
    kept = await walks.saved(turn.session, turn.person.id)
    back = await _back(turn, voice, career)
    return screens.page_screen(voice, career, back, saved=career.id in kept)


async def _back(turn: Turn, voice: Voice, career: Career) -> Button:
    """Return the way back: to her walk when she has one, else to the field."""
    walk = await walks.current(turn.session, turn.person.id)
    if walk is not None and walk.steps:
        done = walk.finished_at_utc is not None
        return voice.button("path.result" if done else "path.go_on", "path:home")
    field = turn.services.content.field_of[career.id]
    return voice.button("back.field", f"jobs:in:{field}:0")


async def tapped(turn: Turn, argument: str) -> None:
    """Follow a button of a career: `view:career:tongue` and what the view needs more."""
    view, career_id, tongue, more = (argument.split(":", 3) + ["", "", ""])[:4]
    career = turn.services.content.careers.get(career_id)
    if career is None:
        raise StaleError
    voice = turn.services.voice(tongue)
    if view in ("save", "unsave"):
        await _keep(turn, career, keep=view == "save")
        screen: Screen | None = await _page(turn, voice, career)
    elif view == "page":
        screen = await _page(turn, voice, career)
    else:
        screen = _part(turn, voice, career, view, more)
    if screen is None:
        raise StaleError
    await turn.show(screen)


async def _keep(turn: Turn, career: Career, *, keep: bool) -> None:
    if keep:
        await walks.save(turn.session, turn.person.id, career.id, turn.now)
    else:
        await walks.unsave(turn.session, turn.person.id, career.id)
    turn.toast = turn.voice.label("career.kept" if keep else "career.let_go")


def _part(turn: Turn, voice: Voice, career: Career, view: str, more: str) -> Screen | None:
    """Return a view of a career other than its first page; None for a view there is not."""
    content = turn.services.content
    said = screens.said
    if view == "more":
        return screens.more_screen(voice, career, content.field[content.field_of[career.id]])
    if view == "ways":
        places = places_for(content, career, turn.person.province)
        return screens.ways_screen(voice, career, places)
    if view == "place" and more in content.institution:
        return _place(turn, voice, career, more)
    if view == "subjects":
        return screens.subjects_screen(voice, content, career)
    if view == "step":
        return screens.part_screen(voice, career, "step", said(voice, career.first_step))
    if view == "ai":
        return screens.part_screen(voice, career, "ai", said(voice, career.with_ai))
    if view == "myth":
        myth = voice.say("career.myth_text", text=career.myth.get(voice.tongue))
        truth = voice.say("career.truth_text", text=career.truth.get(voice.tongue))
        return screens.part_screen(voice, career, "myth", myth, truth)
    return _neighbours(turn, voice, career, view, more)


def _neighbours(turn: Turn, voice: Voice, career: Career, view: str, more: str) -> Screen | None:
    """Return the views that lead on: women, stories, relatives, questions, a comparison."""
    content = turn.services.content
    stories = [story for story in content.stories if story.career == career.id]
    if view == "women":
        women = women_for(content, career)
        return screens.women_screen(voice, career, women, stories, _number(more))
    if view == "story" and _number(more) < len(stories):
        return screens.story_screen(voice, career, stories[_number(more)])
    if view == "related":
        related = [content.careers[c] for c in career.related if c in content.careers]
        return screens.related_screen(voice, career, related)
    if view == "faq":
        entries = [content.entries[e] for e in career.faq if e in content.entries]
        return screens.faq_screen(voice, career, entries)
    if view == "with" and more in content.careers and more != career.id:
        back = voice.button("back.career", data("page", career.id, voice))
        return screens.compare_screen(voice, content, career, content.careers[more], back)
    return None


def _place(turn: Turn, voice: Voice, career: Career, place_id: str) -> Screen:
    content = turn.services.content
    place = content.institution[place_id]
    labels = {p.id: p.label.get(voice.tongue) for p in content.provinces}
    provinces = ", ".join(labels[p] for p in place.provinces if p in labels)
    return screens.place_screen(voice, career, place, provinces)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else 0
