"""After erasing no row anywhere holds her id or her name, and nobody was ever shown an id.

Everybody has an id that is found wherever it stands. The whole of mentoring is played, then one
after the other erases herself, and every column of every table is read.
"""

import re
from collections.abc import Iterator

import pytest

from bot import privacy
from tests.chat import Chat, buttons_of, text_of
from tests.handlers.scenes import ALWAYS_DAY, Mentoring, erases_herself, talking
from tests.stage import Stage, StartStage
from tests.traces import columns_with

GIRL, MENTOR, MOTHER, BOPHA, NARY = 520000011, 520000021, 520000031, 520000041, 520000042
ALIAS, NAME = "Sreymomzq", "Sophealzq"
# Where it may stand all the same: the log of privileged acts is never changed.
LOG = {"audit.actor_id", "audit.number", "audit.subject"}
_EVERYBODY = (GIRL, MENTOR, MOTHER, BOPHA, NARY)


@pytest.fixture
async def stage(start_stage: StartStage) -> Stage:
    """A stage with coordinators of its own, on which it is never night."""
    return await start_stage(
        coordinator_ids=(BOPHA, NARY), mentor_sample_percent=100, **ALWAYS_DAY
    )


@pytest.fixture
async def people(stage: Stage) -> Mentoring:
    """Everybody, in a talk with messages of every kind."""
    srey, sophea, mother, bopha, nary = (
        stage.enters(person_id, "Person", "en") for person_id in _EVERYBODY
    )
    everybody = Mentoring(srey, sophea, mother, bopha, nary)
    await talking(everybody, NAME, ALIAS)
    sent = await sophea.send("Welcome! What do you like?")
    await sophea.edit(sent, "Welcome! What do you like best?")
    await sophea.send("I can lend you 20$ for the book")
    await sophea.send("my number: 012 345 678")
    await srey.forge("talk:write:1")
    await srey.send("I like maps")
    await srey.send("I can lend you 5$")
    await nary.forge("over:held")
    await nary.tap("over.allow")
    await nary.forge("over:sample")
    await sophea.send("/mentor")
    await mother.send("/menu")
    await mother.forge("guard:home")
    return everybody


async def _holds(stage: Stage, *words: object) -> set[str]:
    """Return the columns in which one of the words stands, alone or within."""
    async with stage.database.read() as session:
        return set(await columns_with(session, *words))


async def test_the_story_leaves_traces_while_nobodyerases_herself(
    stage: Stage, people: Mentoring
) -> None:
    """The net is not torn: what is looked for below is there before."""
    assert await _holds(stage, GIRL) >= {"introductions.student_id", "relay_messages.sender_id"}
    assert "conversations.buttons" in await _holds(stage, ALIAS)
    assert "introduction_moves.mentor_id" in await _holds(stage, MENTOR)
    assert "guardian_consents.guardian_id" in await _holds(stage, MOTHER)


async def test_a_girl_leaves_nothing(stage: Stage, people: Mentoring) -> None:
    await erases_herself(people.srey)
    assert await _holds(stage, GIRL, ALIAS) - LOG == set()
    assert await _holds(stage, "I like maps", "5$", "What do you like") == set()


async def test_a_guardian_leaves_nothing(stage: Stage, people: Mentoring) -> None:
    await erases_herself(people.mother)
    assert await _holds(stage, MOTHER) - LOG == set()


async def test_a_guardian_who_took_her_consent_back_before_leaves_nothing(
    stage: Stage, people: Mentoring
) -> None:
    await people.mother.tap("guardian.withdraw")
    await people.mother.tap("guardian.withdraw_yes")
    await erases_herself(people.mother)
    assert await _holds(stage, MOTHER) - LOG == set()


async def test_a_mentor_leaves_nothing_once_nothing_about_her_waits(
    stage: Stage, people: Mentoring
) -> None:
    await people.nary.forge("over:held")
    await people.nary.tap("over.refuse")
    await erases_herself(people.sophea)
    assert await _holds(stage, MENTOR, NAME) - LOG == set()
    assert await _holds(stage, "lend you 20$", "What do you like") == set()


async def test_a_coordinator_stays_only_where_she_answers_for_something(
    stage: Stage, people: Mentoring
) -> None:
    await erases_herself(people.nary)
    assert await _holds(stage, NARY) <= privacy.EXEMPT.keys()


async def test_nobody_was_shown_the_id_of_another(stage: Stage, people: Mentoring) -> None:
    """Neither on a button nor in words, at the desk as little as in a talk."""
    await _looks_around(people)
    for person_id in _EVERYBODY:
        for shown in _shown_to(stage.person(person_id)):
            ids = {int(number) for number in re.findall(r"\d{6,}", shown)}
            assert not ids & ({*_EVERYBODY} - {person_id}), shown


async def _looks_around(people: Mentoring) -> None:
    """Coordinators open what names people; the two report, and are looked at."""
    bopha, nary = people.bopha, people.nary
    for data in ("team:list", "team:members:0", "audit:0", "audit:1", "vet:list", "desk:home"):
        await bopha.forge(data)
    await bopha.forge("vet:list")
    await bopha.tap_words(NAME)
    await bopha.tap("vet.suspend")
    await bopha.tap("vet.suspend_yes")
    await people.srey.forge("talk:report:1")
    for data in ("over:home", "over:intro:1", "over:transcript:1", "desk:cases:0", "case:ack:1"):
        await nary.forge(data)
    for data in ("audit:0", "fig:digest", "over:list:0"):
        await nary.forge(data)
    for person in (people.srey, people.sophea):
        await person.send("/mentor")
        await person.send("/me")


def _shown_to(person: Chat) -> Iterator[str]:
    for message in person.messages():
        if message["from"]["is_bot"]:
            yield text_of(message)
            yield from map(" ".join, buttons_of(message))
