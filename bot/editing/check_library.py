"""Checks of careers, the directory, the school year, women, stories and the page for parents."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import product

from bot.careers.directory import SHELVES, Wish, search
from bot.content import Content
from bot.content.base import Reviewed, Text, Told
from bot.content.careers import Career
from bot.editing.limits import (
    KEEP_BUTTON,
    LONGEST_DATE,
    LONGEST_FACT,
    LONGEST_NAME,
    LONGEST_PARAGRAPH,
)
from bot.language.khmer import latin_digits
from bot.language.words import utf16_length
from bot.people.people import GRADES
from bot.screens.taps import LONGEST_DATA_BYTES

LONGEST_STORY = 700
LONGEST_PAGE = 950

_YEAR = re.compile(r"(?:19|20)\d\d")


def problems(content: Content, day: date) -> Iterator[str]:
    """Yield what is wrong in the library beside the FAQ."""
    yield from _twice("career", [c.id for f in content.career_files for c in f.careers])
    yield from _twice("institution", [i.id for i in content.institutions])
    yield from _twice("opportunity", [o.id for o in content.opportunities])
    yield from _twice("school-year.yaml", [d.id for d in content.school_year])
    for file in content.career_files:
        if file.field not in content.field:
            yield f"careers/{file.field}.yaml: the field is not in fields.yaml: add it there."
    for career in content.careers.values():
        yield from _career(content, career)
    yield from _provinces(content)
    yield from _directory(content)
    yield from _crowded(content)
    yield from _school_year(content)
    yield from _people(content)
    yield from _reviews(content, day)


def _provinces(content: Content) -> Iterator[str]:
    beside = {province.id: province.beside for province in content.provinces}
    for name, nearby in beside.items():
        place = f"provinces.yaml, {name}"
        yield from _unknown(place, "province beside it", nearby, beside)
        for near in nearby:
            if name not in beside.get(near, (name,)):
                yield f"{place}: {near} is beside it, so it is beside {near}: write it there too."


def _twice(what: str, ids: list[str]) -> Iterator[str]:
    yield from (f"{what} “{i}” is there {n} times." for i, n in Counter(ids).items() if n > 1)


def _unknown(place: str, what: str, named: Iterable[str | None], known: object) -> Iterator[str]:
    for name in named:
        if name and name not in known:  # type: ignore[operator]
            yield f"{place}: the {what} “{name}” does not exist: correct its name."


def _long(place: str, text: Text, most: int) -> Iterator[str]:
    for tongue, words in text.root.items():
        size = utf16_length(words)
        if size > most:
            yield f"{place}: the {tongue} text has {size} characters: shorten it to {most}."


def _undated(place: str, text: Text) -> Iterator[str]:
    for tongue, words in text.root.items():
        if not _YEAR.search(latin_digits(words)):
            yield f"{place}: the {tongue} text has no year: say of which year it is."


def _career(content: Content, career: Career) -> Iterator[str]:
    place = f"career “{career.id}”"
    subjects = {subject.id for subject in content.subjects}
    yield from _unknown(place, "subject", career.subjects, subjects)
    yield from _unknown(place, "institution", career.study_at, content.institution)
    yield from _unknown(place, "career", career.related, content.careers)
    yield from _unknown(place, "entry", career.faq, content.entries)
    yield from _long(f"{place} name", career.name, LONGEST_NAME)
    for name in ("what", "day", "first_step", "with_ai", "truth", "for_parents"):
        yield from _long(f"{place} {name}", getattr(career, name), LONGEST_PARAGRAPH)
    yield from _told(place, career)
    if not career.needs_university and all(way.kind == "degree" for way in career.ways):
        yield f"{place}: it needs no university, so name a way in that is not a degree."


def _directory(content: Content) -> Iterator[str]:
    provinces = {province.id for province in content.provinces}
    for place in content.institutions:
        yield from _unknown(f"institution “{place.id}”", "province", place.provinces, provinces)
        yield from _long(f"institution “{place.id}”", place.about, LONGEST_PARAGRAPH)
        yield from _told(f"institution “{place.id}”", place)
    for chance in content.opportunities:
        where = f"opportunity “{chance.id}”"
        yield from _unknown(where, "province", chance.provinces, provinces)
        yield from _unknown(where, "field", chance.fields, content.field)
        yield from _unknown(where, "entry", [chance.faq], content.entries)
        for text in (chance.about, chance.who, chance.how):
            yield from _long(where, text, LONGEST_PARAGRAPH)
        yield from _told(where, chance)


def _crowded(content: Content) -> Iterator[str]:
    """Yield the things of the directory that no button could name, as their ids are too long."""
    room: dict[str, int] = {}
    everywhere = (None, *(province.id for province in content.provinces))
    for shelf, province in product(SHELVES, everywhere):
        wish = Wish(shelf, province, girls=True, poor=True)
        around = len(":".join((KEEP_BUTTON, "", *wish.key)))
        for item in search(content, wish):
            room[item.id] = min(room.get(item.id, LONGEST_DATA_BYTES), LONGEST_DATA_BYTES - around)
    chances = {chance.id for chance in content.opportunities}
    for item_id, most in room.items():
        if len(item_id) > most:
            what = "opportunity" if item_id in chances else "institution"
            yield (
                f"{what} “{item_id}”: the id has {len(item_id)} letters, and a button has no"
                f" room for more than {most}: choose a shorter one."
            )


def _told(place: str, of: Told) -> Iterator[str]:
    for aspect, text in of.told.items():
        yield from _long(f"{place} {aspect}", text, LONGEST_FACT)


def _school_year(content: Content) -> Iterator[str]:
    chances = {chance.id for chance in content.opportunities}
    for day in content.school_year:
        where = f"school-year.yaml “{day.id}”"
        yield from _unknown(where, "grade", day.grades, GRADES)
        yield from _unknown(where, "entry", [day.faq], content.entries)
        yield from _unknown(where, "opportunity", [day.opportunity], chances)
        yield from _long(f"{where} name", day.name, LONGEST_NAME)
        yield from _long(where, day.text, LONGEST_DATE)


def _people(content: Content) -> Iterator[str]:
    for woman in content.women:
        where = f"people/women.yaml “{woman.id}”"
        yield from _unknown(where, "field", [woman.field], content.field)
        yield from _unknown(where, "career", woman.careers, content.careers)
        # Her work changes and the text does not; each is shown without the other too.
        yield from _undated(f"{where} work", woman.work)
        yield from _undated(f"{where} story", woman.story)
    for story in content.stories:
        where = f"story “{story.id}”"
        yield from _unknown(where, "career", [story.career], content.careers)
        yield from _long(where, story.text, LONGEST_STORY)
    yield from _long("people/parents.yaml page", content.for_parents.page, LONGEST_PAGE)
    for need in content.needs:
        yield from _unknown(
            f"pathways/needs.yaml “{need.id}”", "entry", [need.faq], content.entries
        )
    for objection in content.for_parents.objections:
        yield from _unknown(
            f"objection “{objection.id}”", "entry", [objection.faq], content.entries
        )


def _reviews(content: Content, day: date) -> Iterator[str]:
    reviewed: list[tuple[str, Reviewed]] = [
        *((f"career “{c.id}”", c) for c in content.careers.values()),
        *((f"institution “{i.id}”", i) for i in content.institutions),
        *((f"opportunity “{o.id}”", o) for o in content.opportunities),
        *((f"school-year.yaml “{d.id}”", d) for d in content.school_year),
        ("people/parents.yaml", content.for_parents),
    ]
    for place, item in reviewed:
        if item.review_due < day:
            yield f"{place}: the review was due on {item.review_due}: read it again."
        if item.reviewed > day:
            yield f"{place}: `reviewed` lies in the future: correct the date."
