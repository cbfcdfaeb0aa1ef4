"""What she is told of her data: pages whose numbers are those by which things are forgotten."""

import pytest

from bot.database.backup import KEEP_BEFORE
from bot.people.tables import Person
from handlers.home.taps import PRIVACY_PAGES
from tests.handlers.scenes import erases_herself
from tests.stage import ENGLISH_STUDENT, Stage, StartStage

DAYS = {
    "question_days": 61, "walk_days": 62, "announce_days": 63, "class_days": 64, "event_days": 65,
    "case_days": 66, "tally_years": 7, "audit_years": 8,
}  # fmt: skip


@pytest.mark.parametrize("page", PRIVACY_PAGES)
async def test_every_page_fits_a_small_screen_and_leads_back(stage: Stage, page: str) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("/privacy")
    await srey.tap(f"data.page_{page}")
    assert len(srey.sees(f"privacy.{page}")["text"]) <= 900
    assert srey.offers("back.home")
    await srey.tap("back.data")
    srey.sees("data.text")


async def test_she_is_told_the_days_that_the_settings_say(start_stage: StartStage) -> None:
    stage = await start_stage(**DAYS, mentor_transcript_days=67, backup_days=68)
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("/privacy")
    await srey.tap("data.page_long")
    srey.sees("privacy.long", **DAYS, private_days=61, talk_days=67, backup_days=68)
    await srey.tap("back.data")
    await srey.tap("data.page_stays")
    srey.sees("privacy.stays", case_days=66, backup_days=68)


async def test_before_she_erases_she_hears_for_how_long_backups_hold_it(
    start_stage: StartStage,
) -> None:
    stage = await start_stage(backup_days=12)
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("/forget")
    srey.sees("data.sure")
    srey.sees("data.backups", backup_days=12)
    await srey.tap("data.erase_yes")
    srey.sees("data.backups", backup_days=12)


@pytest.mark.parametrize("days", [1, 30])
async def test_a_copy_from_before_an_upgrade_or_a_restore_has_days_of_its_own(
    start_stage: StartStage, days: int
) -> None:
    stage = await start_stage(backup_days=days)
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("/forget")
    srey.sees("data.backups", backup_days=days)
    srey.sees("data.before", days=KEEP_BEFORE.days)


async def test_where_all_copies_are_kept_as_long_one_number_says_it(
    start_stage: StartStage,
) -> None:
    stage = await start_stage(backup_days=KEEP_BEFORE.days)
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("/forget")
    srey.sees("data.backups", backup_days=KEEP_BEFORE.days, before="")
    assert srey.said().count(f"{KEEP_BEFORE.days} days") == 1


async def test_nothing_is_left_of_her_who_erases_herself_twice(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await erases_herself(srey)
    stage.later(seconds=5)
    assert await srey.forge("data:erase_yes") == srey.words("data.erased_before")
    assert not srey.news()
    async with stage.database.read() as session:
        assert await session.get(Person, ENGLISH_STUDENT) is None
