"""An announcement that comes again: each time one of its own, and one series at the desk."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.announcements.series import Rhythm, next_time
from tests.chat import Chat
from tests.handlers.scenes import (
    ALWAYS_DAY,
    at_desk,
    joins_desk,
    opens_member,
    writes_announcement,
)
from tests.stage import ENGLISH_STUDENT, Stage, StartStage

WORDS = "Study club today"
ZONE = ZoneInfo("Asia/Phnom_Penh")


@pytest.fixture
async def stage(start_stage: StartStage) -> Stage:
    return await start_stage(**ALWAYS_DAY)


async def _writes_series(author: Chat) -> None:
    """A coordinator writes something that comes four times, week by week."""
    await writes_announcement(author, WORDS, WORDS)
    await author.tap("cast.repeat")
    await author.tap("cast.every.weekly", times=4)


async def _weekly(stage: Stage) -> tuple[Chat, Chat]:
    """A coordinator sends something that comes four times, week by week; a girl who gets it."""
    _, nary = await at_desk(stage)
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("/menu")
    await _writes_series(nary)
    nary.sees("cast.again.weekly", left=3)
    await nary.tap("cast.check")
    nary.sees("cast.again.weekly", left=3)
    await nary.tap("cast.now")
    srey.forgets()
    await stage.passes(3)
    srey.sees_words(WORDS)
    srey.forgets()
    return nary, srey


def _times(srey: Chat) -> int:
    return sum(WORDS in message["text"] for message in srey.messages() if "text" in message)


async def test_it_comes_every_week_and_then_no_more(stage: Stage) -> None:
    nary, srey = await _weekly(stage)
    for week in range(2, 7):
        await stage.strikes_after(days=7)
        await stage.passes(3)
        assert _times(srey) == min(week, 4)
    await nary.send("/announce")
    rows = [label for label in nary.buttons() if WORDS in label]
    assert len(rows) == 1, "one series is one line"
    await nary.tap_words(WORDS)
    await nary.tap("cast.series")
    nary.sees("cast.series_text")
    assert len(nary.buttons()) == 6, "four times, each with its report, and the ways back and home"


async def test_what_was_missed_goes_out_once(stage: Stage) -> None:
    _, srey = await _weekly(stage)
    await stage.strikes_after(days=20)
    await stage.passes(3)
    assert _times(srey) == 2
    await stage.strikes_after(days=1)
    await stage.passes(3)
    assert _times(srey) == 3, "the next has its own weekday again"


async def test_taken_back_it_rests_and_other_words_are_looked_at_anew(stage: Stage) -> None:
    nary, srey = await _weekly(stage)
    await nary.send("/announce")
    await nary.tap_words(WORDS)
    nary.sees("cast.again_how")
    await nary.tap("cast.take_back")
    await stage.strikes_after(days=8)
    await stage.passes(3)
    assert _times(srey) == 1
    await nary.send("/announce")
    await nary.tap_words(WORDS)
    await nary.tap("cast.check")
    await nary.tap("cast.now")
    await stage.passes(3)
    assert _times(srey) == 2


async def test_deleted_the_series_has_ended(stage: Stage) -> None:
    nary, srey = await _weekly(stage)
    await nary.send("/announce")
    await nary.tap_words(WORDS)
    await nary.tap("cast.take_back")
    await nary.tap("cast.bin")
    await nary.tap("cast.bin_yes")
    await stage.strikes_after(days=8)
    await stage.passes(3)
    assert _times(srey) == 1
    await nary.send("/announce")
    assert [label for label in nary.buttons() if WORDS in label], "what was sent is still there"


def test_a_month_too_short_has_its_last_day_and_the_next_its_own_again() -> None:
    first = datetime(2027, 1, 31, 2, 0, tzinfo=UTC)
    february = next_time(first, Rhythm.MONTHLY, first, ZONE)
    assert february == datetime(2027, 2, 28, 2, 0, tzinfo=UTC)
    assert next_time(first, Rhythm.MONTHLY, february, ZONE) == datetime(
        2027, 3, 31, 2, 0, tzinfo=UTC
    )


async def test_who_has_left_the_desk_gets_no_board_of_her_series_any_more(stage: Stage) -> None:
    bopha, nary = await at_desk(stage)
    dara = stage.enters(5005, "Dara", "en")
    await joins_desk(dara, nary)
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("/menu")
    await _writes_series(dara)
    await dara.tap("cast.check")
    await dara.tap("cast.now")
    await stage.passes(3)
    dara.sees_words("▰")
    await opens_member(nary, 3)
    await nary.tap("team.remove_one")
    await nary.tap("team.remove_yes")
    dara.forgets()
    srey.forgets()
    await stage.strikes_after(days=7)
    await stage.passes(3)
    srey.sees_words(WORDS)
    dara.does_not_see_words("▰")
