"""It learns from use: what she tapped, a 👍, a group; after a coordinator's look, at once."""

import pytest
from sqlalchemy import select

from bot.people.tables import AuditLine, Conversation
from bot.teaching.tables import AskedWay, Origin, Teacher, WayState
from tests.chat import Chat
from tests.handlers.scenes import (
    DANGER,
    UNKNOWN,
    at_desk,
    erases_herself,
    opens_question,
    tells_that_she_is_too_young,
    with_her_age,
)
from tests.handlers.teaching.village import states
from tests.stage import ENGLISH_STUDENT, FIRST_COORDINATOR, Stage

# What may be meant for several answers, and what is meant.
UNCLEAR, MEANT = "one more year or job", "gap-year"
SURE = "what is AI"


@pytest.fixture
async def srey(stage: Stage) -> Chat:
    """A girl who lets the bot learn from what she asks."""
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("/teach")
    await srey.forge("teach:learnq")
    srey.sees("teach.learn")
    await with_her_age(srey, "teach.learn_yes")
    srey.sees("teach.learns")
    return srey


def _question(stage: Stage, entry: str) -> str:
    return stage.content.entries[entry].question.get("en")


async def _taps_what_is_offered(stage: Stage, girl: Chat) -> None:
    """She taps what would be learned from, were her words others."""
    async with stage.database.read() as session:
        offered = (await session.get_one(Conversation, girl.id)).offered
    assert offered is not None
    await girl.tap_data(next(iter(offered["opens"])))


async def _ways(stage: Stage) -> list[tuple[str, str, Origin]]:
    async with stage.database.read() as session:
        rows = await session.scalars(select(AskedWay).order_by(AskedWay.id))
        return [(row.text, row.target, row.origin) for row in rows]


async def test_a_tap_on_did_you_mean_is_learned_and_taken_up_after_a_look(
    stage: Stage, srey: Chat
) -> None:
    await srey.send(UNCLEAR)
    srey.sees("clarify.text")
    toast = await srey.tap_words(_question(stage, MEANT)[:20])
    assert toast == srey.words("teach.learned")
    assert await _ways(stage) == [(UNCLEAR, f"faq:{MEANT}", Origin.TAP)]
    _, nary = await at_desk(stage)
    await nary.tap("desk.rest")
    await nary.tap("desk.ways")
    nary.sees("ways.list", week=0)
    nary.sees("ways.wait", total=1)
    await nary.tap_words(UNCLEAR)
    nary.sees("ways.card", text=UNCLEAR)
    await nary.tap("ways.accept")
    nary.sees("ways.list", week=1)
    async with stage.database.read() as session:
        (way,) = await session.scalars(select(AskedWay))
        # Nothing says any more whose words they are.
        assert (way.state, way.person_id, way.decided_by) == (
            WayState.ACCEPTED, None, nary.id,
        )  # fmt: skip
    # At once, without a restart, and for everybody.
    await stage.passes(2)
    other = stage.enters(1003, language="en")
    await other.send(UNCLEAR)
    other.sees_words(_question(stage, MEANT))
    other.does_not_see("clarify.text")
    # What was taken up is taken back.
    await nary.tap("ways.learned")
    await nary.tap_words(UNCLEAR)
    await nary.tap("ways.withdraw")
    await nary.tap("ways.withdraw_yes")
    # Building takes many seconds of a core: it rests, and takes in together what comes meanwhile.
    await stage.passes(2)
    await other.send(UNCLEAR)
    other.does_not_see("clarify.text")
    await stage.strikes_after(minutes=1)
    await other.send(UNCLEAR)
    other.sees("clarify.text")


async def test_a_thumb_up_is_learned_and_a_thumb_down_forgets(stage: Stage, srey: Chat) -> None:
    await srey.send(f"{SURE} bong")
    await srey.tap("answer.good")
    assert await _ways(stage) == [(f"{SURE} bong", "faq:what-is-ai", Origin.THUMB)]
    await srey.send(f"{SURE} bong")
    await srey.tap("answer.bad")
    assert await _ways(stage) == []


async def test_nothing_is_kept_of_who_has_not_agreed_and_she_may_be_asked(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send(f"{SURE} bong")
    async with stage.database.read() as session:
        assert (await session.get_one(Conversation, srey.id)).offered is None
    await srey.tap("answer.good")
    assert await _ways(stage) == []
    await srey.tap("teach.let_learn")
    srey.sees("teach.learn")
    await with_her_age(srey, "teach.learn_yes")
    srey.sees("teach.learns")
    await srey.send(f"{SURE} bong")
    await srey.tap("answer.good")
    assert not srey.offers("teach.let_learn")
    assert len(await _ways(stage)) == 1


async def test_who_changes_her_mind_has_nothing_of_hers_waiting(stage: Stage, srey: Chat) -> None:
    await srey.send(f"{SURE} bong")
    await srey.tap("answer.good")
    assert len(await _ways(stage)) == 1
    await srey.send("/teach")
    await srey.tap("teach.learn_button")
    srey.sees("teach.agreed")
    await srey.tap("teach.learn_no")
    srey.sees("teach.learns_not")
    assert await _ways(stage) == []


async def test_only_the_first_tap_after_her_question_tells(stage: Stage, srey: Chat) -> None:
    await srey.send(f"{SURE} bong")
    await srey.send("/menu")
    await srey.tap_data("rate:y:what-is-ai:en")
    assert await _ways(stage) == []


async def test_what_goes_on_from_the_answer_before_teaches_nothing(
    stage: Stage, srey: Chat
) -> None:
    await srey.send(SURE)
    await srey.send("and is it free?")
    async with stage.database.read() as session:
        assert (await session.get_one(Conversation, srey.id)).offered is None


@pytest.mark.parametrize(
    "words",
    ["what is AI, call me 012 345 678", "my name is Sreypov what is AI", "what is AI you idiot"],
)
async def test_words_that_name_reach_or_hurt_somebody_are_not_kept(
    stage: Stage, srey: Chat, words: str
) -> None:
    await srey.send(words)
    await _taps_what_is_offered(stage, srey)
    assert await _ways(stage) == []


async def test_beside_danger_nothing_is_kept(stage: Stage, srey: Chat) -> None:
    await srey.send(DANGER)
    await srey.send(f"{SURE} bong")
    await _taps_what_is_offered(stage, srey)
    assert await _ways(stage) == []


async def test_of_private_matters_nothing_is_kept(stage: Stage, srey: Chat) -> None:
    entry = next(e for e in stage.content.entries.values() if e.id in stage.content.sensitive)
    await srey.send(entry.question.get("en"))
    async with stage.database.read() as session:
        assert (await session.get_one(Conversation, srey.id)).offered is None


async def test_who_tells_that_she_is_too_young_is_not_learned_from(
    stage: Stage, srey: Chat
) -> None:
    await tells_that_she_is_too_young(stage, srey.id)
    await srey.send(f"{SURE} bong")
    await srey.tap("answer.good")
    assert await _ways(stage) == []


async def test_erasing_herself_takes_what_waits_along(stage: Stage, srey: Chat) -> None:
    await srey.send(f"{SURE} bong")
    await srey.tap("answer.good")
    await erases_herself(srey)
    assert await _ways(stage) == []
    async with stage.database.read() as session:
        assert await session.get(Teacher, srey.id) is None


async def test_what_waits_too_long_is_forgotten(stage: Stage, srey: Chat) -> None:
    await srey.send(f"{SURE} bong")
    await srey.tap("answer.good")
    await stage.strikes_after(days=stage.services.settings.question_days, hours=1)
    await stage.strikes_after(days=1)
    assert await states(stage) == []


async def _answers_what_the_library_knows(stage: Stage, girl: Chat) -> Chat:
    """A coordinator answers what a girl asked, and says that the library has it."""
    bopha = stage.person(FIRST_COORDINATOR)
    await girl.send(UNKNOWN)
    await opens_question(bopha)
    await bopha.tap("desk.answer")
    await bopha.send("Ask a museum.")
    await bopha.tap("inbox.send_one")
    stage.later(hours=1)
    await bopha.tap("learn.known")
    await bopha.forge("group:is:1:faq.what-is-ai")
    return bopha


async def test_a_group_that_the_library_knows_teaches_it(stage: Stage, srey: Chat) -> None:
    """Its words are learned for what answers it, after a look at each, and go when it goes."""
    asked_at = stage.now
    bopha = await _answers_what_the_library_knows(stage, srey)
    bopha.sees("ways.wait", total=1)
    async with stage.database.read() as session:
        assert await session.scalar(select(AskedWay.at_utc)) == asked_at
    assert await _ways(stage) == [(UNKNOWN, "faq:what-is-ai", Origin.GROUP)]
    await bopha.tap_words("zebras")
    await bopha.tap("ways.drop")
    bopha.sees("ways.none")
    assert await _ways(stage) == []
    async with stage.database.read() as session:
        lines = await session.scalars(select(AuditLine.action).order_by(AuditLine.id))
        assert {"learned from", "dropped"} <= set(lines)


async def test_of_a_group_only_words_of_who_agreed_are_kept(stage: Stage) -> None:
    bopha = await _answers_what_the_library_knows(stage, stage.person(ENGLISH_STUDENT))
    bopha.sees("ways.none")
    assert await _ways(stage) == []


async def test_nobody_but_a_coordinator_sees_or_accepts_words(stage: Stage, srey: Chat) -> None:
    await srey.send(f"{SURE} bong")
    await srey.tap("answer.good")
    await srey.forge("way:list")
    srey.does_not_see_words(f"{SURE} bong")
    await srey.forge("way:yes:1")
    assert await states(stage) == [WayState.WAITING]
