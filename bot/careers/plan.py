"""A plan for one career and one girl: ways, places, support and a first step that fit her.

Nothing is invented: a plan chooses and orders what the content says of a career, by what she
told of her situation, her province and her field.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.content import Content
from bot.content.base import Text
from bot.content.careers import Career, Way
from bot.content.directory import Institution, Opportunity
from bot.content.pathway import Need
from bot.content.people import RoleModel, Story

MOST_WAYS, MOST_PLACES, MOST_NOTES = 2, 4, 2
_HANDS_ON_KINDS = ("tvet", "ngo")
_FREE = re.compile("ឥតបង់ថ្លៃ|ឥតគិតថ្លៃ")


@dataclass(frozen=True)
class Plan:
    """What fits her, best first."""

    career: Career
    ways: tuple[Way, ...]
    places: tuple[Institution, ...]
    chance: Opportunity | None
    notes: tuple[Text, ...]
    # the entries of the FAQ that belong to the notes
    faq: tuple[str, ...]
    woman: RoleModel | None
    story: Story | None


def make_plan(
    content: Content,
    career: Career,
    needs: Iterable[str] = (),
    province: str | None = None,
    grade: str | None = None,
) -> Plan:
    """Return the plan for a career, fitted to what she told of her needs, province and grade."""
    named = (content.need[n] for n in needs if n in content.need)
    told = tuple(need for need in named if need.concerns(grade))
    hands_on = any(need.hands_on for need in told)
    women, stories = women_for(content, career), stories_of(content, career)
    return Plan(
        career,
        one_of_each_kind(ways_for(career, hands_on=hands_on))[:MOST_WAYS],
        places_for(content, career, province, hands_on=hands_on)[:MOST_PLACES],
        chance_for(content, career, told, province),
        tuple(need.note_for(grade, province) for need in told[:MOST_NOTES]),
        tuple(need.faq for need in told[:MOST_NOTES]),
        women[0] if women else None,
        stories[0] if stories else None,
    )


def ways_for(career: Career, *, hands_on: bool) -> tuple[Way, ...]:
    """Return the ways in; those without a degree first where she needs that."""
    if not hands_on:
        return career.ways
    return tuple(sorted(career.ways, key=lambda way: way.kind == "degree"))


def one_of_each_kind(ways: tuple[Way, ...]) -> tuple[Way, ...]:
    """Return the first way of each kind, so that a second degree hides no other way."""
    kinds: dict[str, Way] = {}
    for way in ways:
        kinds.setdefault(way.kind, way)
    return tuple(kinds.values())


def places_for(
    content: Content, career: Career, province: str | None, *, hands_on: bool = False
) -> tuple[Institution, ...]:
    """Return where it can be studied, places in her province first."""
    places = [content.institution[p] for p in career.study_at if p in content.institution]

    def order(place: Institution) -> tuple[bool, bool]:
        far = province is not None and province not in place.provinces
        return far, hands_on and place.kind not in _HANDS_ON_KINDS

    return tuple(sorted(places, key=order))


def subjects_for(content: Content, career: Career) -> tuple[Text, ...]:
    """Return what the school subjects are called that help in a career."""
    labels = {subject.id: subject.label for subject in content.subjects}
    return tuple(labels[s] for s in career.subjects if s in labels)


def women_for(content: Content, career: Career) -> list[RoleModel]:
    """Return women in this work, then women in its field."""
    field = content.field_of[career.id]
    this = [woman for woman in content.women if career.id in woman.careers]
    return this + [w for w in content.women if w.field == field and w not in this]


def stories_of(content: Content, career: Career) -> list[Story]:
    """Return the stories of this work."""
    return [story for story in content.stories if story.career == career.id]


def chance_for(
    content: Content, career: Career, needs: tuple[Need, ...], province: str | None
) -> Opportunity | None:
    """Return the scholarship, course or club that fits best; None when none fits."""
    field = content.field_of[career.id]
    sought = [kind for need in needs for kind in need.seeks]
    best: tuple[int, Opportunity] | None = None
    for chance in content.opportunities:
        # A room is no plan by itself, so a dormitory is named only to who looks for one.
        if chance.kind == "dormitory" and chance.kind not in sought:
            continue
        if chance.fields and field not in chance.fields:
            continue
        if province and chance.provinces and province not in chance.provinces:
            continue
        score = _fit(chance, career, needs, sought, known_province=bool(province))
        if best is None or score > best[0]:
            best = score, chance
    return best[1] if best else None


def _fit(
    chance: Opportunity,
    career: Career,
    needs: tuple[Need, ...],
    sought: Sequence[str],
    *,
    known_province: bool,
) -> int:
    """Return how well support fits; the weights order what a counsellor would ask first."""
    hands_on = any(need.hands_on for need in needs) or not career.needs_university
    poor = any(need.poor for need in needs)
    score = 3 * bool(chance.fields) + chance.for_girls + 2 * (chance.recurs == "yearly")
    if chance.kind in sought:
        # Training for any field is little help to who wants one.
        vague = chance.kind == "training" and not chance.fields
        score += 1 if vague else 6 if chance.kind == sought[0] else 3
    if chance.provinces:
        score += 2 if known_province else -2
    if chance.for_poor:
        score += 2 if poor else 0 if hands_on else -1
    return score + (chance.kind in (("training", "programme") if hands_on else ("scholarship",)))


def free_training_for(content: Content, career: Career) -> tuple[Opportunity, ...]:
    """Return the support in this field of which the content says that it is free."""
    field = content.field_of[career.id]
    return tuple(
        chance
        for chance in content.opportunities
        if field in chance.fields
        and chance.kind in ("training", "scholarship")
        and _FREE.search(" ".join((*chance.name.all(), *chance.about.all())))
    )


def scholarships_for(content: Content, career: Career) -> tuple[Opportunity, ...]:
    """Return scholarships that a girl in this field may ask for, the most fitting first."""
    field = content.field_of[career.id]
    found = [
        chance
        for chance in content.opportunities
        if chance.kind == "scholarship" and (not chance.fields or field in chance.fields)
    ]
    return tuple(
        sorted(found, key=lambda c: -_fit(c, career, (), ["scholarship"], known_province=False))
    )
