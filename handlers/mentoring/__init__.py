"""Mentoring, from both sides and from the desk."""

from bot.screens.taps import Data
from handlers.feature import Feature
from handlers.mentoring import chores, guardians, introductions, mentors, oversight, relay, vetting

FEATURE = Feature(
    "mentoring",
    commands={
        "mentor": introductions.home,
    },
    legacy_buttons={
        "intro": introductions.tapped,
        "guard": guardians.tapped,
        "ment": mentors.tapped,
        "talk": relay.tapped,
        "vet": vetting.tapped,
        "over": oversight.tapped,
    },
    legacy_awaited={
        "alias": introductions.named,
        "hope": introductions.hoped,
        "mentor_form": mentors.wrote,
        "talk": relay.said,
        "evidence": vetting.evidence,
        "attest": oversight.attested,
        "rewrite": oversight.rewritten,
    },
    duties=chores.DUTIES,
    desk=(("desk.mentors", Data("over:home")),),
)
