"""Whatever is refused has changed nothing: what was planned is planned, what is awaited is awaited."""

from datetime import datetime

import pytest
from sqlalchemy import select

from bot.announcements.states import State
from bot.announcements.tables import Broadcast
from tests.chat import Chat
from tests.handlers.scenes import writes_announcement
from tests.stage import FIRST_COORDINATOR, SECOND_COORDINATOR, STUDENT, Stage


async def _checks(stage: Stage) -> Chat:
    """A coordinator has written an announcement to one girl and looks at it."""
    await stage.person(STUDENT).send("/start")
    bopha = stage.person(FIRST_COORDINATOR)
    await writes_announcement(bopha, "សួស្ដី", "Hello")
    await bopha.tap("cast.check")
    return bopha


async def _standing(stage: Stage) -> tuple[State, int, datetime | None]:
    async with stage.database.read() as session:
        kept = (await session.scalars(select(Broadcast))).one()
        return kept.state, kept.version, kept.start_at_utc


async def _plans(stage: Stage) -> Chat:
    bopha = await _checks(stage)
    await bopha.tap("cast.later")
    await bopha.send("25/11/2026 18:00")
    bopha.sees("cast.state.scheduled")
    return bopha


@pytest.mark.parametrize("button", ["cast:now:1:{old}", "cast:at:1:{old}", "cast:now:1:{same}"])
async def test_an_old_button_leaves_the_plan_as_it_was(stage: Stage, button: str) -> None:
    bopha = await _plans(stage)
    planned = await _standing(stage)
    await bopha.forge(button.format(old=planned[1] - 1, same=planned[1]))
    bopha.sees("cast.changed")
    assert await _standing(stage) == planned
    await bopha.tap("cast.back")
    bopha.sees("cast.list", page=1)


@pytest.mark.parametrize(
    "button", ["cast:opt:1:gossip:0", "cast:pick:1:gossip:0:x", "cast:on:1:4:99999999999999"]
)
async def test_a_button_that_never_was_leaves_the_plan_as_it_was(
    stage: Stage, button: str
) -> None:
    bopha = await _plans(stage)
    planned = await _standing(stage)
    assert await bopha.forge(button) == bopha.words("stale.toast")
    assert await _standing(stage) == planned


async def test_after_a_time_that_is_none_she_may_write_again(stage: Stage) -> None:
    bopha = await _checks(stage)
    await bopha.tap("cast.later")
    for words in ("when it rains", "25/11/2020 18:00"):
        await bopha.send(words)
        bopha.sees("cast.bad_time")
        assert bopha.offers("cast.card")
    await bopha.send("25/11/2026 18:00")
    bopha.sees("cast.state.scheduled")


async def test_what_was_deleted_is_said_to_be_gone(stage: Stage) -> None:
    bopha = await _checks(stage)
    await bopha.tap("cast.card")
    await bopha.tap("cast.bin")
    await bopha.tap("cast.bin_yes")
    await bopha.forge("cast:card:1")
    bopha.sees("cast.gone")


async def test_buttons_of_the_last_release_still_lead_somewhere(stage: Stage) -> None:
    bopha = await _checks(stage)
    await bopha.forge("cast:clear:1:km:")
    bopha.sees("cast.state.draft")


async def test_an_old_skip_or_no_picture_takes_nothing_away(stage: Stage) -> None:
    bopha = await _checks(stage)
    before = await _standing(stage)
    await bopha.send("/menu")
    for old in ("cast:clear:1:km:1", "cast:clear:1:en:0", "cast:nopic:1"):
        assert await bopha.forge(old) == bopha.words("form.earlier")
    assert await _standing(stage) == before


async def test_in_the_middle_an_old_skip_leads_back_to_what_is_asked(stage: Stage) -> None:
    bopha = stage.person(FIRST_COORDINATOR)
    await bopha.send("/announce")
    await bopha.tap("cast.new")
    await bopha.tap("news.kind.tip")
    await bopha.send("សួស្ដី")
    await bopha.tap_data("cast:clear:1:km:1")
    bopha.sees("cast.write", language=bopha.words("languages.en"))
    await bopha.send("Hello")
    bopha.sees_words("សួស្ដី")


async def test_the_kind_may_be_written_and_what_is_none_is_no_question(stage: Stage) -> None:
    bopha = stage.person(FIRST_COORDINATOR)
    await bopha.send("/announce")
    await bopha.tap("cast.new")
    await bopha.send("skip")
    bopha.sees("form.tap_one")
    bopha.sees("cast.kinds")
    await bopha.send(bopha.words("news.kind.tip"))
    bopha.sees("cast.write")


async def test_swapped_languages_are_pointed_out_at_the_last_look(stage: Stage) -> None:
    await stage.person(STUDENT).send("/start")
    bopha = stage.person(FIRST_COORDINATOR)
    await writes_announcement(bopha, "Come and code with us", "មកសរសេរកូដជាមួយគ្នា")
    await bopha.tap("cast.check")
    bopha.sees("swapped.km")
    bopha.sees("swapped.other")
    assert bopha.offers("cast.now")


async def test_after_a_picture_for_what_has_started_none_is_awaited_any_more(
    stage: Stage,
) -> None:
    """Her next words are a question, not “that is no picture” until she finds another button."""
    bopha, nary = await _checks(stage), stage.person(SECOND_COORDINATOR)
    await bopha.forge("cast:pic:1")
    bopha.sees("cast.picture")
    await nary.send("/announce")
    await nary.forge("cast:check:1")
    await nary.tap("cast.now")
    await bopha.send_picture(b"a picture")
    bopha.sees("cast.started_already")
    assert bopha.offers("cast.back")
    await bopha.send("What is AI?")
    bopha.does_not_see("cast.not_a_picture")
