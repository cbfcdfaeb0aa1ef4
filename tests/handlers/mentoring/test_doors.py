"""Buttons and conversations that the last release left behind are still understood."""

from typing import Any

import pytest

import handlers
from bot.refusals import StaleError
from bot.screens.awaited import Awaited
from handlers.desk import roster
from handlers.mentoring import awaiting, introductions, mentors, oversight, relay, vetting


@pytest.mark.parametrize(
    ("data", "door", "values"),
    [
        ("intro:home", introductions.home, ()),
        ("intro:start", introductions.start, (None, None)),
        ("intro:start:software:programmer", introductions.start, ("software", "programmer")),
        ("intro:mentor:any", introductions.choose_mentor, (None,)),
        ("intro:mentor:m0a1b", introductions.choose_mentor, ("m0a1b",)),
        ("ment:code:0", mentors.read_code, (0,)),
        ("ment:set:languages:both", mentors.choose_languages, ("both",)),
        ("ment:set:places:2", mentors.choose_places, (2,)),
        ("ment:no:7:busy", mentors.pass_on, (7, "busy")),
        ("talk:worry:7", relay.worry, (7, None)),
        ("talk:worry:7:now", relay.worry, (7, "now")),
        ("talk:more:7:n", relay.more, (7, False)),
        ("vet:story:m0a1b:y", vetting.read_story, ("m0a1b", True)),
        ("vet:list", vetting.listed, (0,)),
        ("over:held", oversight.held, (None,)),
        ("over:held:5", oversight.held, (5,)),
        ("over:duty:n", roster.duty, (False,)),
    ],
)
def test_an_old_button_opens_its_door(data: str, door: object, values: tuple[Any, ...]) -> None:
    found, carried = handlers.ROUTES.tapped(data)
    assert (found.handler, carried) == (door, values)


@pytest.mark.parametrize(
    "data",
    ["intro:age:99", "ment:set:hours:nights", "talk:why:1:spite", "over:duty:maybe", "vet:"],
)
def test_a_forged_button_is_stale(data: str) -> None:
    with pytest.raises(StaleError):
        handlers.ROUTES.tapped(data)


@pytest.mark.parametrize(
    ("stored", "awaited"),
    [
        ({"for": "alias"}, awaiting.FirstName()),
        ({"for": "hope"}, awaiting.Hope()),
        ({"for": "mentor_form", "field": "story"}, awaiting.FormAnswer("story")),
        ({"for": "talk", "talk": 3, "mentor": True}, awaiting.InTalk(3, mentor=True)),
        (
            {"for": "evidence", "mentor": "m0a", "item": "police"},
            awaiting.Evidence("m0a", "police"),
        ),
        ({"for": "attest", "introduction": 3}, awaiting.Attestation(3)),
        ({"for": "rewrite", "message": 5}, awaiting.Rewriting(5)),
    ],
)
def test_what_was_awaited_is_awaited_still(stored: dict[str, Any], awaited: Awaited) -> None:
    assert handlers.ROUTES.expected(stored) == awaited
    assert awaited.stored() == stored
