"""A coordinator who erases herself leaves her id in no row of a case that she had."""

from sqlalchemy import select

from bot import privacy
from bot.tables import metadata
from tests.chat import Chat
from tests.handlers.scenes import asks_for_a_person
from tests.stage import Stage, StartStage

# Found wherever it stands, and no part of another number.
GIRL, BOPHA, NARY = 520000011, 520000041, 520000042


async def _holds(stage: Stage, person_id: int) -> set[str]:
    """Return the columns in which an id stands, alone or in words."""
    async with stage.database.read() as session:
        return {
            str(column)
            for table in metadata.sorted_tables
            for column in table.columns
            for value in (await session.execute(select(column))).scalars()
            if str(person_id) in str(value)
        }


async def _erases_herself(person: Chat) -> None:
    await person.send("/privacy")
    await person.tap("data.erase")
    await person.tap("data.erase_yes")
    person.sees("data.erased")


async def test_of_a_case_that_she_took_gave_and_wrote_in(start_stage: StartStage) -> None:
    stage = await start_stage(coordinator_ids=(BOPHA, NARY))
    srey, bopha, nary = (stage.enters(one, "Person", "en") for one in (GIRL, BOPHA, NARY))
    for coordinator in (bopha, nary):
        await coordinator.send("/desk")
    await asks_for_a_person(srey)
    await bopha.tap("case.acknowledge")
    srey.sees("case.taken")
    await bopha.tap("case.write")
    await bopha.send("Are you safe right now?")
    await bopha.forge("case:give:1:1")
    await bopha.forge("case:give:1:2")
    assert "cases.alerted" in await _holds(stage, BOPHA), "the net is torn"
    await _erases_herself(bopha)
    assert await _holds(stage, BOPHA) <= privacy.EXEMPT.keys()
