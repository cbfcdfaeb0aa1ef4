"""A plan chooses what fits her from what the content says, and nothing else."""

import pytest

from bot.careers.plan import chance_for, free_training_for, make_plan, places_for, ways_for
from bot.content import Content


def test_every_career_has_a_plan_for_every_need(content: Content) -> None:
    for career in content.careers.values():
        for need in content.need:
            plan = make_plan(content, career, [need], "battambang")
            assert plan.ways
            assert all(way in career.ways for way in plan.ways)
            assert len({way.kind for way in plan.ways}) == len(plan.ways)
            assert {place.id for place in plan.places} <= set(career.study_at)
            assert plan.notes == (content.need[need].note_for(None, "battambang"),)
            if plan.chance is not None:
                field = content.field_of[career.id]
                assert not plan.chance.fields or field in plan.chance.fields
                assert not plan.chance.provinces or "battambang" in plan.chance.provinces


def test_who_must_earn_sees_the_ways_without_a_degree_first(content: Content) -> None:
    for career in content.careers.values():
        ways = ways_for(career, hands_on=True)
        degrees = [way.kind == "degree" for way in ways]
        assert degrees == sorted(degrees)
        assert ways_for(career, hands_on=False) == career.ways


def test_places_in_her_province_come_first(content: Content) -> None:
    developer = content.careers["software-developer"]
    assert places_for(content, developer, "battambang")[0].id == "nubb"
    assert places_for(content, developer, None)[0].id == developer.study_at[0]


@pytest.mark.parametrize(
    ("career", "needs", "kinds"),
    [
        ("electrician", ("earn-now",), {"training"}),
        ("doctor", ("fees",), {"scholarship"}),
        ("software-developer", ("choose-track",), {"club", "contest", "programme"}),
        ("lawyer", ("room",), {"dormitory"}),
    ],
)
def test_support_is_of_the_kind_she_needs(
    content: Content, career: str, needs: tuple[str, ...], kinds: set[str]
) -> None:
    told = tuple(content.need[n] for n in needs)
    chance = chance_for(content, content.careers[career], told, None)
    assert chance is not None
    assert chance.kind in kinds


def test_a_room_is_offered_only_to_who_looks_for_one(content: Content) -> None:
    for career in content.careers.values():
        chance = chance_for(content, career, (), None)
        assert chance is None or chance.kind != "dormitory"


def test_free_is_said_only_of_what_the_content_calls_free(content: Content) -> None:
    for career in content.careers.values():
        for chance in free_training_for(content, career):
            assert "free" in f"{chance.name.get('en')} {chance.about.get('en')}".lower(), chance.id
            assert chance.id != "digital-loans"
