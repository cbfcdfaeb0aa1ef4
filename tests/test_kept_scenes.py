"""What is laid down of a scene is what playing it leaves; what else was done is never lost."""

import re
from datetime import time
from typing import Any

import pytest
from sqlalchemy import update

from bot.people.tables import Person
from tests.chat import Chat
from tests.handlers.scenes import Mentoring, asks_for, becomes_mentor, mentoring, talking
from tests.kept_scenes import kept
from tests.stage import Stage, StartStage

# Codes and secrets are drawn anew whenever a scene is played.
_DRAWN = re.compile(r"[\w-]{16,}")
_UNIQUE = {"mentor_quiet_hours": (time(3, 7), time(3, 8)), "mentor_sample_percent": 0}


@pytest.fixture
def turns(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many updates the bot's worker was given, each time."""
    given: list[int] = []
    works = Stage._work

    async def counted(stage: Stage, updates: int) -> None:
        given.append(updates)
        await works(stage, updates)

    monkeypatch.setattr(Stage, "_work", counted)
    return given


def _everything(stage: Stage) -> tuple[Any, ...]:
    """Return all that is in the database, in the chats and on the stage, but what is drawn."""
    tables = [name for (name,) in stage.glance.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
    )]  # fmt: skip
    rows = {name: stage.glance.execute(f"SELECT * FROM {name}").fetchall() for name in tables}  # noqa: S608
    told = stage.telegram.chats, stage.telegram.commands, stage.telegram.toasts, stage.seen()
    return tuple(_DRAWN.sub("", repr(one)) for one in (rows, *told, stage.spoken))


async def _talk(stage: Stage) -> Mentoring:
    people = mentoring(stage)
    await talking(people)
    return people


async def test_a_scene_is_played_once_and_ends_the_same_when_it_is_laid_down(
    start_stage: StartStage, turns: list[int]
) -> None:
    played = await start_stage(**_UNIQUE)
    await _talk(played)
    assert len(turns) > 40
    turns.clear()
    laid = await start_stage(**_UNIQUE)
    people = await _talk(laid)
    assert not turns
    assert _everything(laid) == _everything(played)
    await people.sophea.send("Hello, and how are you?")
    people.srey.sees_words("how are you?")


async def _wishes(stage: Stage, between: str = "") -> Chat:
    people = mentoring(stage)
    await becomes_mentor(people.sophea, people.bopha, people.nary)
    if between == "a message":
        await people.srey.send("/menu")
    elif between == "a write":
        async with stage.database.write() as session:
            await session.execute(update(Person).values(grade="12"))
    elif between == "time":
        stage.later(minutes=1)
    await asks_for(people.srey)
    return people.srey


@pytest.mark.parametrize("between", ["a message", "a write", "time"])
async def test_where_anything_else_was_done_before_it_is_played(
    start_stage: StartStage, turns: list[int], between: str
) -> None:
    await _wishes(await start_stage(**_UNIQUE))
    turns.clear()
    await _wishes(await start_stage(**_UNIQUE))
    assert not turns
    srey = await _wishes(await start_stage(**_UNIQUE), between)
    assert len(turns) > 5
    srey.sees("intro.link")


async def test_a_scene_that_moves_the_clock_is_not_kept(start_stage: StartStage) -> None:
    @kept
    async def sleeps(who: Chat) -> None:
        await who.stage.strikes_after(hours=8)

    for _ in range(2):
        with pytest.raises(AssertionError, match="moves the clock"):
            await sleeps(mentoring(await start_stage(**_UNIQUE)).srey)


async def test_with_other_settings_or_other_people_it_is_played(
    start_stage: StartStage, turns: list[int]
) -> None:
    told: list[tuple[dict[str, int], str]] = [
        ({}, "Kalyan"), ({"question_days": 3}, "Kalyan"), ({}, "Vanna")
    ]  # fmt: skip
    for settings, name in told:
        turns.clear()
        people = mentoring(await start_stage(**_UNIQUE, **settings))
        await becomes_mentor(people.sophea, people.bopha, people.nary, name)
        assert turns
