"""Scenes that several tests begin with, played in the chat as people would."""

import re
from dataclasses import dataclass
from datetime import time

from bot.people import ages
from bot.people.ages import Band
from bot.people.staff import Actor
from bot.people.tables import Person
from handlers.home.taps import AGE
from tests.chat import Chat, Message, buttons_of
from tests.kept_scenes import kept
from tests.stage import (
    ENGLISH_STUDENT,
    FIRST_COORDINATOR,
    GUARDIAN,
    MENTOR,
    SECOND_COORDINATOR,
    Stage,
)

STORY = "I build apps for hospitals and learned to code at 19."
HOPE = "How did you learn to code without a computer?"
CHECKS = ("identity", "references", "interview", "training", "police")
CODE_ITEMS = 8
# What no answer of the library is about.
UNKNOWN = "do zebras like blue cheese?"
UNKNOWN_TOO = "zebras like blue cheese"
# What may be meant for several answers.
UNCLEAR = "one more year or job"
DANGER = "my father hits me every night"
HOTLINE = 1280
# A setting of a stage: no message of a mentor waits for the morning.
ALWAYS_DAY = {"mentor_quiet_hours": (time(), time())}


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


async def at_desk(stage: Stage) -> tuple[Chat, Chat]:
    """Both coordinators have opened the desk: the bot knows that it can write to them."""
    bopha, nary = stage.person(FIRST_COORDINATOR), stage.person(SECOND_COORDINATOR)
    await open_the_desk(bopha, nary)
    return bopha, nary


@kept
async def open_the_desk(*coordinators: Chat) -> None:
    """Coordinators open the desk, one after the other."""
    for coordinator in coordinators:
        await coordinator.send("/desk")


async def invitation(coordinator: Chat, seat: str = "full") -> str:
    """A coordinator makes a link to a seat at the desk; what it carries is returned."""
    await coordinator.send("/desk")
    await coordinator.tap("desk.rest")
    await coordinator.tap("desk.team")
    await coordinator.tap("team.invite")
    await coordinator.tap(f"seat.{seat}")
    return secret(coordinator.sees("team.invited"), "join")


async def joins_desk(guest: Chat, coordinator: Chat, seat: str = "full") -> None:
    """Somebody follows the link of a coordinator to a seat at the desk."""
    await guest.send(f"/start {await invitation(coordinator, seat)}")
    if guest.offers("team.join_yes"):
        await guest.tap("team.join_yes")


async def opens_member(coordinator: Chat, number: int) -> None:
    """A coordinator opens the seat of a colleague, by her number."""
    await coordinator.send("/desk")
    await coordinator.tap("desk.rest")
    await coordinator.tap("desk.team")
    await coordinator.tap("team.roles")
    await coordinator.tap("team.member", number=number)


async def opens_question(coordinator: Chat, words: str = "zebras") -> None:
    """A coordinator opens the question with these words."""
    await coordinator.send("/desk")
    await coordinator.tap("desk.questions")
    await coordinator.tap_words(words)


async def opens_event(coordinator: Chat, title: str) -> None:
    """A coordinator opens the event with this title."""
    await coordinator.send("/desk")
    await coordinator.tap("desk.events")
    await coordinator.tap_words(title)


async def tells_grade(girl: Chat, grade: str) -> None:
    """A girl tells which grade she is in."""
    await girl.send("/me")
    await girl.tap("me.grade")
    await girl.tap(f"grade.{grade}")


async def with_her_age(girl: Chat, key: str, /, **values: object) -> None:
    """She taps what is personal, and tells her age where she is asked for it."""
    await girl.tap(key, **values)
    newest = [message for message in girl.messages() if message["from"]["is_bot"]][-1]
    asks = AGE(Band.MINOR, "")
    for data in [data for _, data in buttons_of(newest) if f"{data}:".startswith(f"{asks}:")]:
        await girl.tap_data(data)


async def tells_that_she_is_too_young(stage: Stage, person_id: int) -> None:
    """Somebody of whom no age was known when she switched something on tells it now."""
    async with stage.database.write() as session:
        (await session.get_one(Person, person_id)).age_band = None
        herself = Actor(session, person_id, (), stage.now)
        await ages.tell(herself, Band.YOUNG, stage.now.date())


async def erases_herself(person: Chat) -> None:
    """Somebody lets the bot forget her, and is told that it did."""
    await person.send("/privacy")
    await person.tap("data.erase")
    await person.tap("data.erase_yes")
    person.sees("data.erased")


async def erased_herself_long_ago(stage: Stage, girl: Chat) -> None:
    """She erased herself, and the days are over for which an open case outlives that."""
    await erases_herself(girl)
    await stage.strikes_after(days=stage.services.settings.case_days, hours=1)


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
    await mentor.tap("mentor.send_form")
    mentor.sees("vetting_state.applied")


async def is_vetted(mentor: Chat, bopha: Chat, nary: Chat) -> None:
    """One coordinator goes through the checklist, another signs."""
    await bopha.tap("news.look")
    await bopha.tap("vet.checklist")
    for check in CHECKS:
        await bopha.tap(f"check.{check}")
        await bopha.send("folder 3, seen today")
    await nary.tap("news.look")
    await nary.tap("vet.approve")
    mentor.sees("vetting.approve.mentor")


@kept
async def becomes_mentor(mentor: Chat, bopha: Chat, nary: Chat, name: str = "Sophea") -> None:
    """A woman applies and is vetted."""
    await bopha.send("/desk")
    await nary.send("/desk")
    await applies(mentor, name)
    await is_vetted(mentor, bopha, nary)


async def with_a_mentor(stage: Stage) -> Mentoring:
    """Everybody, and Sophea is a mentor."""
    people = mentoring(stage)
    await becomes_mentor(people.sophea, people.bopha, people.nary)
    return people


@kept
async def wants_mentor(girl: Chat) -> None:
    """A girl taps that she would like to meet a mentor."""
    await girl.send("/mentor")
    await girl.tap("intro.start")


async def tells_age(girl: Chat, age: str) -> None:
    """A girl who is asked for her age tells it, and says that it is right where she is asked."""
    await girl.tap(f"age.{age}")
    if age != "minor":
        await girl.tap("age.right")


@kept
async def asks_for(
    girl: Chat, mentor: str = "Sophea", name: str = "Pov", age: str = "minor"
) -> None:
    """A girl asks to meet a mentor, whom she knows by her first name."""
    await wants_mentor(girl)
    await tells_age(girl, age)
    await girl.tap_data("intro:field:software")
    await girl.tap_words(mentor)
    await girl.send(name)
    await girl.send(HOPE)
    await girl.tap("intro.agree")


async def opens_link(people: Mentoring) -> None:
    """A girl has asked for a mentor, and her mother opens the link that she passes on."""
    await asks_for(people.srey)
    await people.mother.send(f"/start {secret(people.srey.sees('intro.link'), 'guardian')}")


@kept
async def consents(girl: Chat, mother: Chat) -> None:
    """Her guardian opens the link that the girl passes on, and agrees."""
    link = girl.sees("intro.link")
    await mother.send(f"/start {secret(link, 'guardian')}")
    mother.sees("guardian.page")
    await mother.tap("guardian.agree")
    mother.sees("guardian.agreed")


@kept
async def approves_wish(nary: Chat) -> None:
    """A coordinator finds the wish in her list, and offers it to the mentor."""
    await nary.send("/desk")
    await nary.tap("desk.mentors")
    await nary.tap("over.introductions")
    await nary.tap_words(nary.words("mentor_state.requested"))
    await nary.tap("over.approve")


async def talking(people: Mentoring, mentor: str = "Sophea", alias: str = "Pov") -> None:
    """A girl and a mentor are in a talk, the first there is, and the mentor is writing."""
    await becomes_mentor(people.sophea, people.bopha, people.nary, mentor)
    await asks_for(people.srey, mentor, alias)
    await consents(people.srey, people.mother)
    await begin_to_talk(people.srey, people.sophea, people.nary)


@kept
async def begin_to_talk(srey: Chat, sophea: Chat, nary: Chat) -> None:
    """A coordinator approves the first wish, the mentor accepts, and the girl begins."""
    await nary.forge("over:list:0")
    await nary.forge("over:intro:1")
    await nary.tap("over.approve")
    await sophea.tap("offer.accept")
    await srey.tap("intro.begin")
    await sophea.forge("talk:write:1")


@kept
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


@kept
async def pastes_event(nary: Chat, *lines: str) -> None:
    """A coordinator sends the block of an event."""
    await nary.send("/desk")
    await nary.tap("desk.events")
    await nary.tap("eventdesk.paste")
    nary.sees("eventform.paste")
    await nary.send("\n".join(lines))


@kept
async def asks_for_a_person(girl: Chat) -> None:
    """A girl in danger taps for a person."""
    await girl.send(DANGER)
    await girl.tap_data("care:person")


async def in_a_case(stage: Stage) -> tuple[Chat, Chat, Chat]:
    """A girl asked for a person, and of the two coordinators the first took her case."""
    bopha, nary = await at_desk(stage)
    srey = stage.person(ENGLISH_STUDENT)
    await asks_for_a_person(srey)
    await takes_the_case(bopha)
    return srey, bopha, nary


@kept
async def takes_the_case(coordinator: Chat) -> None:
    """A coordinator who is called takes the case."""
    await coordinator.tap("case.acknowledge")
