"""What a career looks like: pure functions from a career to a screen."""

from collections.abc import Callable, Iterable
from functools import partial
from itertools import islice

from bot.careers.known import unknown_of_career
from bot.careers.plan import subjects_for
from bot.content import Content
from bot.content.base import Text
from bot.content.careers import Career, Way
from bot.content.directory import Institution
from bot.content.faq import FaqEntry
from bot.content.lists import WorkField
from bot.content.people import RoleModel, Story
from bot.events.listing import Shown
from bot.language.words import shorten
from bot.screens import deep_links
from bot.screens.deep_links import share
from bot.screens.links import page_rows
from bot.screens.paging import Page, page_of
from bot.screens.screen import LONGEST_LABEL, Button, Html, Rows, Screen, in_rows, paragraphs
from bot.screens.sources import source_note
from bot.screens.taps import Data, Tap
from bot.screens.voice import Voice
from handlers.careers import origins, taps
from handlers.doors import CALENDAR, CAREER_FIELDS, ENTRY, MENTOR_WISH, SAVED, homewards

FIELDS_A_PAGE = CAREERS_A_PAGE = 5
KEPT_A_PAGE = 4
PLACES_SHOWN = 6
_NUMERALS = ("①", "②")


def title(voice: Voice, career: Career) -> str:
    """Return a career's emoji and name."""
    return f"{career.emoji} {career.name.get(voice.tongue)}"


def career_button(voice: Voice, career: Career, origin: str | None = None) -> Button:
    """Return a button that opens a career; `origin` is the page to which she comes back."""
    data = (
        taps.CAREER(career.id, voice.tongue)
        if origin is None
        else taps.CAREER_FROM(career.id, voice.tongue, origin)
    )
    return Button(title(voice, career), data)


def career_view(voice: Voice, key: str, view: Tap, career: Career) -> Button:
    """Return a button that opens a view of a career in the language of `voice`."""
    return voice.button(f"career.{key}", view(career.id, voice.tongue))


def field_label(voice: Voice, field: WorkField) -> str:
    """Return a field's emoji and name."""
    return f"{field.emoji} {field.label.get(voice.tongue)}"


def fields_screen(
    voice: Voice, fields: tuple[WorkField, ...], number: int, *, saved: bool
) -> Screen:
    """Return a page of the fields of work."""
    page = Page.of(fields, number, FIELDS_A_PAGE)
    rows = [(Button(field_label(voice, f), taps.FIELD(f.id, 0)),) for f in page.items]
    if saved and page.number == 0:
        rows.insert(0, (voice.button("saved.list", SAVED(0)),))
    here, pages = voice.number(page.number + 1), voice.number(page.pages)
    return Screen(
        voice.say("career.fields", page=here, pages=pages),
        (*rows, homewards(voice, *page.ways(voice, CAREER_FIELDS))),
    )


def list_screen(
    voice: Voice,
    head: Html,
    careers: list[Career],
    to: Callable[[int], Data],
    number: int,
    fields_page: int = 0,
) -> Screen:
    """Return a page of careers; `to` leads to another, `fields_page` is where the field stands."""
    page = Page.of(careers, number, CAREERS_A_PAGE)
    return Screen(
        head,
        (
            *((career_button(voice, career),) for career in page.items),
            page.ways(voice, to),
            homewards(voice, voice.button("back.fields", CAREER_FIELDS(fields_page))),
        ),
    )


def page_screen(voice: Voice, career: Career, back: Rows, *, saved: bool = False) -> Screen:
    """Return a career's first page: what it is, a day in her life, and what else to ask."""

    def view(key: str, tap: Tap) -> Button:
        return career_view(voice, key, tap, career)

    tongue = voice.tongue
    return Screen(
        paragraphs(
            voice.say("career.title", title=title(voice, career)),
            voice.say("verbatim", text=career.what.get(tongue)),
            voice.say("career.day_text", text=career.day.get(tongue)),
            "" if career.needs_university else voice.say("career.no_degree"),
        ),
        (
            (view("ways", taps.WAYS), view("subjects", taps.SUBJECTS)),
            (view("step", taps.FIRST_STEP), view("ai", taps.WITH_AI)),
            (
                view("figures", taps.FIGURES),
                view("unsave", taps.LET_GO) if saved else view("save", taps.KEEP),
            ),
            (view("more", taps.MORE),),
            share(voice, title(voice, career), deep_links.CAREER, career.id),
            *back,
        ),
    )


def more_screen(voice: Voice, career: Career, field: WorkField) -> Screen:
    """Return what else there is: people, relatives, questions, the plan, the pictures."""

    def view(key: str, tap: Tap) -> Button:
        return career_view(voice, key, tap, career)

    models = voice.button("career.women", taps.MODELS(career.id, voice.tongue, 0))
    return Screen(
        voice.say("career.more_text", title=title(voice, career)),
        (
            (models, view("related", taps.RELATED)),
            (view("faq", taps.QUESTIONS), view("plan", taps.PLAN)),
            (view("card", taps.CARD),),
            (voice.button("career.picture", taps.PICTURE(career.id, voice.tongue)),),
            (
                voice.button("career.mentor", MENTOR_WISH(field.id, career.id)),
                voice.button("career.events", events_of(field.id)),
            ),
            homewards(voice, _to_career(voice, career)),
        ),
    )


def ways_back(voice: Voice, content: Content, career: Career, came_from: Button | None) -> Rows:
    """Return the ways back: to where else she may come from, to the list of its field, home."""
    row = ((came_from,),) if came_from else ()
    return (*row, to_list(voice, content, career))


def to_list(voice: Voice, content: Content, career: Career) -> tuple[Button, ...]:
    """Return the row to the other careers of its field, on the page where it stands, and home."""
    field = content.field_of[career.id]
    number = page_of(careers_in(content, field), career, CAREERS_A_PAGE)
    return homewards(voice, voice.button("back.field", taps.FIELD(field, number)))


def careers_in(content: Content, field_id: str) -> list[Career]:
    """Return the careers of a field, in the order in which they are listed."""
    return [c for c in content.careers.values() if content.field_of[c.id] == field_id]


def events_of(field_id: str) -> Data:
    """Return what a button to the events in a field sends."""
    return CALENDAR("0", 0, Shown(field=field_id).code)


def _to_career(voice: Voice, career: Career) -> Button:
    return voice.button("back.career", taps.CAREER(career.id, voice.tongue))


def part_screen(
    voice: Voice, career: Career, key: str, *parts: str, rows: Iterable[tuple[Button, ...]] = ()
) -> Screen:
    """Return one part of a career under its heading, with the way back to its page."""
    heading = voice.say(f"career.{key}_title", title=title(voice, career))
    return Screen(
        paragraphs(heading, *parts), (*rows, homewards(voice, _to_career(voice, career)))
    )


def said(voice: Voice, text: Text) -> Html:
    """Return content as it is, escaped."""
    return voice.say("verbatim", text=text.get(voice.tongue))


def way_line(voice: Voice, way: Way) -> Html:
    """Return one way in, with its kind."""
    kind = voice.label(f"way.{way.kind}")
    return voice.say("career.way", kind=kind, text=way.text.get(voice.tongue))


def ways_screen(voice: Voice, career: Career, places: Iterable[Institution]) -> Screen:
    """Return the ways in, and the places to learn as buttons."""
    buttons = [
        Button(place.short, taps.PLACE(career.id, voice.tongue, place.id))
        for place in islice(places, PLACES_SHOWN)
    ]
    rows = in_rows(buttons, 3)
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
        (
            *page_rows(voice, place.link),
            homewards(voice, voice.button("back.ways", taps.WAYS(career.id, tongue))),
        ),
    )


def figures_screen(voice: Voice, career: Career) -> Screen:
    """Return what it pays, what the study costs and how long it takes, as far as that is known.

    What is not is said in a line, with whom to ask.
    """
    told = [
        voice.say(f"career.figure.{aspect}", text=text.get(voice.tongue))
        for aspect, text in career.told.items()
    ]
    missing = unknown_of_career(career)
    of_work, of_school = "pay" in missing, bool({"cost", "years"} & {*missing})
    whom = "both" if of_work and of_school else "work" if of_work else "school"
    names = ", ".join(voice.label(f"aspect.career.{aspect}") for aspect in missing)
    rows = (
        career_view(voice, "ways", taps.WAYS, career),
        career_view(voice, "myth", taps.MYTH, career),
    )
    return part_screen(
        voice,
        career,
        "figures",
        *told,
        voice.say(f"unknown.of_career.{whom}", what=names) if missing else "",
        source_note(voice, career) if told else "",
        rows=(rows,),
    )


def subjects_of(voice: Voice, content: Content, career: Career) -> str:
    """Return the school subjects of a career as words."""
    return ", ".join(label.get(voice.tongue) for label in subjects_for(content, career))


def subjects_screen(voice: Voice, content: Content, career: Career) -> Screen:
    """Return the subjects that help and the track."""
    return part_screen(
        voice,
        career,
        "subjects",
        voice.say("career.subject_list", subjects=subjects_of(voice, content, career)),
        voice.say(f"career.track.{career.track}"),
    )


def models_screen(
    voice: Voice,
    career: Career,
    women: list[RoleModel],
    stories: list[Story],
    number: int,
) -> Screen:
    """Return one woman in this work or its field, and stories of the work."""
    page = Page.of(women, number, 1)
    parts: list[str] = []
    for woman in page.items:
        own = "career.woman" if career.id in woman.careers else "career.woman_in_field"
        parts += [
            voice.say(own, name=woman.known_as(voice.tongue), work=woman.work.get(voice.tongue)),
            said(voice, woman.story),
            source_note(voice, woman),
        ]
    if not women and not stories:
        parts = [voice.say("career.no_women")]
    rows: list[tuple[Button, ...]] = [
        (
            Button(
                shorten(f"📖 {story.title.get(voice.tongue)}", LONGEST_LABEL),
                taps.STORY(career.id, voice.tongue, place),
            ),
        )
        for place, story in enumerate(stories[:2])
    ]
    if turning := page.ways(voice, partial(taps.MODELS, career.id, voice.tongue)):
        rows.append(turning)
    return part_screen(voice, career, "women", *parts, rows=rows)


def story_screen(voice: Voice, career: Career, story: Story) -> Screen:
    """Return a made-up story, which says of itself that it is."""
    return Screen(
        paragraphs(
            voice.say("career.title", title=story.title.get(voice.tongue)),
            said(voice, story.text),
        ),
        (homewards(voice, voice.button("back.models", taps.MODELS(career.id, voice.tongue, 0))),),
    )


def related_screen(voice: Voice, career: Career, related: list[Career]) -> Screen:
    """Return the careers next to this one, each to open or to compare with."""
    rows = [
        (
            career_button(voice, other, origins.of_career(career)),
            voice.button("career.compare", taps.COMPARE(career.id, voice.tongue, other.id)),
        )
        for other in related[:3]
    ]
    return part_screen(voice, career, "related", rows=rows)


def questions_screen(voice: Voice, career: Career, entries: list[FaqEntry]) -> Screen:
    """Return the questions that girls ask about this work."""
    return part_screen(voice, career, "faq", rows=questions_rows(voice, entries))


def questions_rows(voice: Voice, entries: list[FaqEntry]) -> Rows:
    """Return a button for each question, which leads to its answer."""
    return tuple(
        (
            Button(
                shorten(entry.question.get(voice.tongue), LONGEST_LABEL),
                ENTRY(entry.id, voice.tongue, False),
            ),
        )
        for entry in entries
    )


def compare_screen(
    voice: Voice, content: Content, one: Career, other: Career, back: tuple[Button, ...]
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
    buttons = [
        Button(f"{numeral} {title(voice, career)}", taps.CAREER(career.id, voice.tongue))
        for numeral, career in zip(_NUMERALS, pair, strict=True)
    ]
    return Screen(paragraphs(head, *blocks, voice.say("compare.end")), (tuple(buttons), back))
