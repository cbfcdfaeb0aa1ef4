"""What a career looks like: pure functions from a career to a screen."""

from collections.abc import Iterable

from bot.content import Content
from bot.content.base import Text
from bot.content.careers import Career, Way
from bot.content.directory import Institution
from bot.content.faq import FaqEntry
from bot.content.lists import WorkField
from bot.content.people import RoleModel, Story
from bot.events.listing import Shown
from bot.language.words import shorten
from bot.screens.paging import page_row
from bot.screens.screen import LONGEST_LABEL, Button, Html, Screen, paragraphs
from bot.screens.sources import source_note
from bot.screens.voice import Voice

FIELDS_A_PAGE = CAREERS_A_PAGE = 5
PLACES_SHOWN = 6
_NUMERALS = ("①", "②")


def data(view: str, career_id: str, voice: Voice, more: str = "") -> str:
    """Return the callback data that opens a view of a career in the language of `voice`."""
    return f"job:{view}:{career_id}:{voice.tongue}" + (f":{more}" if more else "")


def title(voice: Voice, career: Career) -> str:
    """Return a career's emoji and name."""
    return f"{career.emoji} {career.name.get(voice.tongue)}"


def career_button(voice: Voice, career: Career, view: str = "page") -> Button:
    """Return a button that opens a career."""
    return Button(title(voice, career), data(view, career.id, voice))


def field_label(voice: Voice, field: WorkField) -> str:
    """Return a field's emoji and name."""
    return f"{field.emoji} {field.label.get(voice.tongue)}"


def fields_screen(
    voice: Voice, fields: tuple[WorkField, ...], page: int, *, saved: bool
) -> Screen:
    """Return a page of the fields of work."""
    pages = max(1, -(-len(fields) // FIELDS_A_PAGE))
    page = min(max(page, 0), pages - 1)
    shown = fields[page * FIELDS_A_PAGE : (page + 1) * FIELDS_A_PAGE]
    rows = [(Button(field_label(voice, f), f"jobs:in:{f.id}:0"),) for f in shown]
    if saved and page == 0:
        rows.insert(0, (voice.button("career.saved", "jobs:saved:0"),))
    return Screen(
        voice.say("career.fields", page=voice.number(page + 1), pages=voice.number(pages)),
        (
            *rows,
            (*page_row(voice, "jobs:fields", page, pages), voice.button("back.home", "go:home")),
        ),
    )


def list_screen(voice: Voice, head: Html, careers: list[Career], where: str, page: int) -> Screen:
    """Return a page of careers; `where` is the callback data without the page."""
    pages = max(1, -(-len(careers) // CAREERS_A_PAGE))
    page = min(max(page, 0), pages - 1)
    shown = careers[page * CAREERS_A_PAGE : (page + 1) * CAREERS_A_PAGE]
    return Screen(
        head,
        (
            *((career_button(voice, career),) for career in shown),
            (
                *page_row(voice, where, page, pages),
                voice.button("back.fields", "jobs:fields:0"),
            ),
        ),
    )


def page_screen(voice: Voice, career: Career, back: Button, *, saved: bool = False) -> Screen:
    """Return a career's first page: what it is, a day in her life, and what else to ask."""

    def view(key: str) -> Button:
        return voice.button(f"career.{key}", data(key, career.id, voice))

    tongue = voice.tongue
    return Screen(
        paragraphs(
            voice.say("career.title", title=title(voice, career)),
            voice.say("verbatim", text=career.what.get(tongue)),
            voice.say("career.day_text", text=career.day.get(tongue)),
            "" if career.needs_university else voice.say("career.no_degree"),
        ),
        (
            (view("ways"), view("subjects")),
            (view("step"), view("ai")),
            (view("myth"), view("unsave" if saved else "save")),
            (view("more"),),
            (back,),
        ),
    )


def more_screen(voice: Voice, career: Career, field: WorkField) -> Screen:
    """Return what else there is: people, relatives, questions, the plan, the card."""

    def view(key: str) -> Button:
        return voice.button(f"career.{key}", data(key, career.id, voice))

    return Screen(
        voice.say("career.more_text", title=title(voice, career)),
        (
            (view("women"), view("related")),
            (view("faq"), voice.button("career.plan", plan_data("show", career, voice))),
            (voice.button("career.card", plan_data("card", career, voice)),),
            (
                voice.button("career.mentor", mentor_data(field.id, career)),
                voice.button("career.events", events_data(field.id)),
            ),
            (voice.button("back.career", data("page", career.id, voice)),),
        ),
    )


def plan_data(what: str, career: Career, voice: Voice) -> str:
    """Return the callback data of the plan for a career, or of something in it."""
    return f"plan:{what}:{career.id}:{voice.tongue}"


def mentor_data(field_id: str, career: Career) -> str:
    """Return the callback data that begins to ask for a mentor in the field of a career."""
    return f"intro:start:{field_id}:{career.id}"


def events_data(field_id: str) -> str:
    """Return the callback data of the events in a field."""
    return f"ev:m:0:0:{Shown(field=field_id).code}"


def part_screen(
    voice: Voice, career: Career, key: str, *parts: str, rows: Iterable[tuple[Button, ...]] = ()
) -> Screen:
    """Return one part of a career under its heading, with the way back to its page."""
    back = voice.button("back.career", data("page", career.id, voice))
    heading = voice.say(f"career.{key}_title", title=title(voice, career))
    return Screen(paragraphs(heading, *parts), (*rows, (back,)))


def said(voice: Voice, text: Text) -> Html:
    """Return content as it is, escaped."""
    return voice.say("verbatim", text=text.get(voice.tongue))


def way_line(voice: Voice, way: Way) -> Html:
    """Return one way in, with its kind."""
    kind = voice.label(f"way.{way.kind}")
    return voice.say("career.way", kind=kind, text=way.text.get(voice.tongue))


def ways_screen(voice: Voice, career: Career, places: Iterable[Institution]) -> Screen:
    """Return the ways in, and the places to learn as buttons."""
    buttons = [Button(place.short, data("place", career.id, voice, place.id)) for place in places][
        :PLACES_SHOWN
    ]
    rows = [tuple(buttons[i : i + 3]) for i in range(0, len(buttons), 3)]
    return part_screen(
        voice,
        career,
        "ways",
        *(way_line(voice, way) for way in career.ways),
        voice.say("career.where") if buttons else "",
        source_note(voice, career),
        rows=rows,
    )


def place_screen(voice: Voice, career: Career, place: Institution, provinces: str) -> Screen:
    """Return a place to study."""
    tongue = voice.tongue
    return Screen(
        paragraphs(
            voice.say("career.title", title=place.name.get(tongue)),
            voice.say("career.in_province", provinces=provinces) if provinces else "",
            said(voice, place.about),
            voice.say("career.entry", text=place.entry.get(tongue)),
            voice.say("verbatim", text=str(place.link)) if place.link else "",
            source_note(voice, place),
        ),
        ((voice.button("back.ways", data("ways", career.id, voice)),),),
    )


def subjects_of(voice: Voice, content: Content, career: Career) -> str:
    """Return the school subjects of a career as words."""
    labels = {subject.id: subject.label.get(voice.tongue) for subject in content.subjects}
    return ", ".join(labels[s] for s in career.subjects if s in labels)


def subjects_screen(voice: Voice, content: Content, career: Career) -> Screen:
    """Return the subjects that help and the track."""
    return part_screen(
        voice,
        career,
        "subjects",
        voice.say("career.subject_list", subjects=subjects_of(voice, content, career)),
        voice.say(f"career.track.{career.track}"),
    )


def women_screen(
    voice: Voice,
    career: Career,
    women: list[RoleModel],
    stories: list[Story],
    page: int,
) -> Screen:
    """Return one woman in this work or its field, and stories of the work."""
    pages = len(women)
    page = min(max(page, 0), max(pages - 1, 0))
    parts: list[str] = []
    if women:
        woman = women[page]
        sources = "\n".join(
            voice.say("answer.source", title=s.title, year=s.year)
            if s.year
            else voice.say("answer.source_undated", title=s.title)
            for s in woman.sources
        )
        own = "career.woman" if career.id in woman.careers else "career.woman_in_field"
        parts = [
            voice.say(own, name=woman.name, work=woman.work.get(voice.tongue)),
            said(voice, woman.story),
            Html(f"<blockquote expandable>{sources}</blockquote>"),
        ]
    elif not stories:
        parts = [voice.say("career.no_women")]
    rows: list[tuple[Button, ...]] = [
        (
            Button(
                shorten(f"📖 {story.title.get(voice.tongue)}", LONGEST_LABEL),
                data("story", career.id, voice, str(number)),
            ),
        )
        for number, story in enumerate(stories[:2])
    ]
    if turning := page_row(voice, data("women", career.id, voice), page, pages):
        rows.append(turning)
    return part_screen(voice, career, "women", *parts, rows=rows)


def story_screen(voice: Voice, career: Career, story: Story) -> Screen:
    """Return a made-up story, which says of itself that it is."""
    return Screen(
        paragraphs(
            voice.say("career.title", title=story.title.get(voice.tongue)),
            said(voice, story.text),
        ),
        ((voice.button("back.models", data("women", career.id, voice)),),),
    )


def related_screen(voice: Voice, career: Career, related: list[Career]) -> Screen:
    """Return the careers next to this one, each to open or to compare with."""
    rows = [
        (
            career_button(voice, other),
            voice.button("career.compare", data("with", career.id, voice, other.id)),
        )
        for other in related[:3]
    ]
    return part_screen(voice, career, "related", rows=rows)


def faq_screen(voice: Voice, career: Career, entries: list[FaqEntry]) -> Screen:
    """Return the questions that girls ask about this work."""
    rows = [
        (
            Button(
                shorten(entry.question.get(voice.tongue), LONGEST_LABEL),
                f"faq:{entry.id}:{voice.tongue}",
            ),
        )
        for entry in entries
    ]
    return part_screen(voice, career, "faq", rows=rows)


def compare_screen(
    voice: Voice, content: Content, one: Career, other: Career, back: Button
) -> Screen:
    """Return two careers side by side, line under line, as a phone can show it."""

    def kinds(career: Career) -> str:
        ways = dict.fromkeys(voice.label(f"way.{way.kind}") for way in career.ways)
        return ", ".join(ways)

    def free(career: Career) -> str:
        return voice.label("compare.no" if career.needs_university else "compare.yes")

    def places(career: Career) -> str:
        names = [content.institution[p].short for p in career.study_at]
        return ", ".join(names[:4]) or voice.label("compare.none")

    pair = (one, other)
    lines = {
        "subjects": [subjects_of(voice, content, career) for career in pair],
        "track": [voice.label(f"compare.track.{career.track}") for career in pair],
        "ways": [kinds(career) for career in pair],
        "free": [free(career) for career in pair],
        "places": [places(career) for career in pair],
    }
    blocks = [
        voice.say(
            "compare.block",
            heading=voice.label(f"compare.{key}"),
            one=f"{_NUMERALS[0]} {values[0]}",
            other=f"{_NUMERALS[1]} {values[1]}",
        )
        for key, values in lines.items()
    ]
    head = voice.say(
        "compare.head",
        one=f"{_NUMERALS[0]} {title(voice, one)}",
        other=f"{_NUMERALS[1]} {title(voice, other)}",
    )
    return Screen(
        paragraphs(head, *blocks, voice.say("compare.end")),
        ((career_button(voice, one), career_button(voice, other)), (back,)),
    )
