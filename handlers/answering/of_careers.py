"""What is said of a career to who asked one thing about it: that first, then the ways on.

Everything is put together from what editors wrote of the career. What they did not write, such as
its pay, is said not to be known.
"""

from collections.abc import Callable
from itertools import islice

from bot.careers.known import unknown_of_career
from bot.careers.plan import places_for, women_for
from bot.content import Content
from bot.content.careers import Career
from bot.screens.screen import Button, Html, Screen, in_rows, paragraphs
from bot.screens.sources import source_note
from bot.screens.voice import Voice
from handlers.answering.entries import entry_button
from handlers.answering.taps import ASK_A_PERSON
from handlers.careers import taps
from handlers.careers.screens import (
    career_view,
    page_screen,
    said,
    subjects_of,
    title,
    to_list,
    way_line,
)

_PLACES, _PLACES_TO_TAP = 6, 3
# The entries of the FAQ that speak of pay.
PAY_ENTRIES = ("programmer-salary", "equal-pay-law", "women-earn-less", "negotiate-salary")
VIEWS = {
    "ways": taps.WAYS,
    "subjects": taps.SUBJECTS,
    "step": taps.FIRST_STEP,
    "ai": taps.WITH_AI,
    "figures": taps.FIGURES,
}
# The view that would show once more what is shown.
_SHOWN_BY = {"subjects": "subjects", "ai": "ai", "demand": "ai", "start": "step"}

Parts = list[Html]
_Compose = Callable[[Voice, Content, Career, str | None], Parts]


def is_unknown(career: Career, aspect: str | None) -> bool:
    """Return whether the career is known and this about it is not."""
    # How many are needed nobody knows of any work.
    return aspect == "demand" or aspect in unknown_of_career(career)


def unknown_line(voice: Voice, aspect: str) -> Html:
    """Return what is said of a career whose `aspect` is not known."""
    return voice.say(f"unknown.career.{aspect}")


def career_screen(
    voice: Voice,
    content: Content,
    career: Career,
    aspect: str | None,
    home: str | None = None,
) -> Screen:
    """Return what was asked of a career, above the ways to everything else of it.

    Where it is learned begins with `home`, her province, if she told it.
    """
    back = to_list(voice, content, career)
    if aspect not in _PARTS:
        return page_screen(voice, career, (back,))
    unknown = is_unknown(career, aspect)
    heading = voice.say(
        "asked.title",
        title=title(voice, career),
        aspect=voice.label(f"aspect.career.{aspect}"),
    )
    if told := career.told.get(aspect):
        # The ways are one tap away.
        places = _places(voice, content, career, home) if aspect == "cost" else []
        parts = [said(voice, told), *places, source_note(voice, career)]
    else:
        plainly = [unknown_line(voice, aspect)] if unknown else []
        parts = [*plainly, *_PARTS[aspect](voice, content, career, home)]
    rows = _rows(voice, content, career, aspect, home, unknown=unknown)
    return Screen(paragraphs(heading, *parts), (*rows, back))


def _rows(
    voice: Voice,
    content: Content,
    career: Career,
    aspect: str,
    home: str | None,
    *,
    unknown: bool,
) -> list[tuple[Button, ...]]:
    rows: list[tuple[Button, ...]] = []
    if aspect == "pay":
        of_pay = [content.entries[e] for e in career.faq if e in PAY_ENTRIES]
        rows += [(entry_button(voice, entry),) for entry in of_pay[:1]]
    if _PARTS[aspect] in (_ways_first, _places_first):
        places = islice(places_for(content, career, home), _PLACES_TO_TAP)
        rows.append(
            tuple(Button(p.short, taps.PLACE(career.id, voice.tongue, p.id)) for p in places)
        )
    views = [
        career_view(voice, key, view, career)
        for key, view in VIEWS.items()
        if key != _SHOWN_BY.get(aspect)
    ]
    if aspect == "girls":
        views.append(voice.button("career.women", taps.MODELS(career.id, voice.tongue, 0)))
    views.append(voice.button("plan.about", taps.CAREER(career.id, voice.tongue)))
    rows += in_rows(views)
    more = career_view(voice, "more", taps.MORE, career)
    rows.append((more, voice.button("asked.person", ASK_A_PERSON())) if unknown else (more,))
    return [row for row in rows if row]


def _day(voice: Voice, _content: Content, career: Career, _home: str | None) -> Parts:
    return [voice.say("career.day_text", text=career.day.get(voice.tongue))]


def _ways(voice: Voice, career: Career) -> Parts:
    ways = [way_line(voice, way) for way in career.ways]
    return ways if career.needs_university else [*ways, voice.say("career.no_degree")]


def _places(voice: Voice, content: Content, career: Career, home: str | None) -> Parts:
    names = [place.short for place in places_for(content, career, home)[:_PLACES]]
    return [voice.say("plan.where", places=", ".join(names))] if names else []


def _ways_first(voice: Voice, content: Content, career: Career, home: str | None) -> Parts:
    places = _places(voice, content, career, home)
    return [*_ways(voice, career), *places, source_note(voice, career)]


def _places_first(voice: Voice, content: Content, career: Career, home: str | None) -> Parts:
    places = _places(voice, content, career, home)
    return [*places, *_ways(voice, career), source_note(voice, career)]


def _subjects(voice: Voice, content: Content, career: Career, _home: str | None) -> Parts:
    return [
        voice.say("career.subject_list", subjects=subjects_of(voice, content, career)),
        voice.say(f"career.track.{career.track}"),
    ]


def _girls(voice: Voice, content: Content, career: Career, _home: str | None) -> Parts:
    parts = [
        voice.say("career.myth_text", text=career.myth.get(voice.tongue)),
        voice.say("career.truth_text", text=career.truth.get(voice.tongue)),
    ]
    woman = next((w for w in women_for(content, career) if career.id in w.careers), None)
    if woman is not None:
        name, work = woman.known_as(voice.tongue), woman.work.get(voice.tongue)
        parts += [voice.say("career.woman", name=name, work=work), source_note(voice, woman)]
    return parts


def _with_ai(voice: Voice, _content: Content, career: Career, _home: str | None) -> Parts:
    return [said(voice, career.with_ai)]


def _first_step(voice: Voice, _content: Content, career: Career, _home: str | None) -> Parts:
    return [said(voice, career.first_step)]


def _pay(voice: Voice, _content: Content, career: Career, _home: str | None) -> Parts:
    return [said(voice, career.what)]


def _demand(voice: Voice, content: Content, career: Career, _home: str | None) -> Parts:
    related = [title(voice, content.careers[c]) for c in career.related if c in content.careers]
    near = [voice.say("asked.related", careers=", ".join(related))] if related else []
    return [voice.say("asked.with_ai", text=career.with_ai.get(voice.tongue)), *near]


_PARTS: dict[str, _Compose] = {
    "day": _day,
    "pay": _pay,
    "become": _ways_first,
    "subjects": _subjects,
    "study": _places_first,
    "years": _ways_first,
    "cost": _ways_first,
    "girls": _girls,
    "ai": _with_ai,
    "start": _first_step,
    "demand": _demand,
}
