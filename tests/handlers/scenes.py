"""Scenes that several tests begin with, played in the chat as people would."""

import re
from dataclasses import dataclass

from tests.stage import (
    ENGLISH_STUDENT,
    FIRST_COORDINATOR,
    GUARDIAN,
    MENTOR,
    SECOND_COORDINATOR,
    Chat,
    Message,
    Stage,
)

STORY = "I build apps for hospitals and learned to code at 19."
HOPE = "How did you learn to code without a computer?"
CHECKS = ("identity", "references", "interview", "training", "police")
CODE_ITEMS = 8
# What no answer of the library is about.
UNKNOWN = "do zebras volunteer in the insect museum?"
UNKNOWN_TOO = "zebras who volunteer in an insect museum"
DANGER = "my father hits me every night"


@dataclass(frozen=True)
class Mentoring:
    """Those who take part in an introduction."""

    srey: Chat
    sophea: Chat
    mother: Chat
    bopha: Chat
    nary: Chat


def mentoring(stage: Stage) -> Mentoring:
    """Return everybody of an introduction."""
    cast = (ENGLISH_STUDENT, MENTOR, GUARDIAN, FIRST_COORDINATOR, SECOND_COORDINATOR)
    return Mentoring(*map(stage.person, cast))


def secret(message: Message, kind: str) -> str:
    """Return what a deep link in a message carries."""
    found = re.search(rf"start=({kind}_[\w-]+)", str(message["text"]))
    assert found is not None, message["text"]
    return found[1]


async def applies(mentor: Chat, name: str = "Sophea") -> None:
    """A woman fills in the form and accepts the code of conduct."""
    await mentor.send("/mentor")
    await mentor.tap("intro.volunteer")
    await mentor.send(name)
    await mentor.tap_data("ment:field:software")
    await mentor.tap("languages.both")
    await mentor.tap_data("ment:set:province:phnom-penh")
    await mentor.tap("hours.evenings")
    await mentor.tap_data("ment:set:places:2")
    await mentor.send(STORY)
    for item in range(1, CODE_ITEMS + 1):
        mentor.sees("mentor.code_item", place=item, count=CODE_ITEMS)
        await mentor.tap("mentor.i_accept")
    mentor.sees("vetting_state.applied")


async def is_vetted(mentor: Chat, bopha: Chat, nary: Chat) -> None:
    """One coordinator goes through the checklist, another signs."""
    await bopha.tap("news.look")
    for check in CHECKS:
        await bopha.tap(f"check.{check}")
        await bopha.send("folder 3, seen today")
    await nary.tap("news.look")
    await nary.tap("vet.approve")
    mentor.sees("vetting.approve.mentor")


async def becomes_mentor(mentor: Chat, bopha: Chat, nary: Chat, name: str = "Sophea") -> None:
    """A woman applies and is vetted."""
    await bopha.send("/desk")
    await nary.send("/desk")
    await applies(mentor, name)
    await is_vetted(mentor, bopha, nary)


async def asks_for(girl: Chat, mentor: str = "Sophea", name: str = "Pov") -> None:
    """A girl under 18 asks to meet a mentor, whom she knows by her first name."""
    await girl.send("/mentor")
    await girl.tap("intro.start")
    await girl.tap("age.minor")
    await girl.tap_data("intro:field:software")
    await girl.tap_words(mentor)
    await girl.send(name)
    await girl.send(HOPE)
    await girl.tap("intro.agree")


async def consents(girl: Chat, mother: Chat) -> None:
    """Her guardian opens the link that the girl passes on, and agrees."""
    link = girl.sees("intro.link")
    await mother.send(f"/start {secret(link, 'guardian')}")
    mother.sees("guardian.page")
    await mother.tap("guardian.agree")
    mother.sees("guardian.agreed")


async def writes_announcement(
    bopha: Chat, khmer: str, english: str, kind: str = "announcement"
) -> None:
    """A coordinator writes an announcement, up to the draft."""
    await bopha.send("/announce")
    await bopha.tap("cast.new")
    await bopha.tap_data(f"cast:kind:{kind}")
    await bopha.send(khmer)
    await bopha.send(english)
    bopha.sees("cast.state.draft")


async def pastes_event(nary: Chat, *lines: str) -> None:
    """A coordinator sends the block of an event."""
    await nary.send("/desk")
    await nary.tap("desk.events")
    await nary.tap("eventdesk.paste")
    nary.sees("eventform.paste")
    await nary.send("\n".join(lines))


async def asks_for_a_person(girl: Chat) -> None:
    """A girl in danger taps for a person."""
    await girl.send(DANGER)
    await girl.tap_data("care:person")
