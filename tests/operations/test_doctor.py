"""The doctor says in a line each what is wrong and what mends it, and changes nothing."""

from datetime import UTC, datetime

import pytest

from bot.__main__ import main
from bot.clock import utc_now
from bot.commands import EXIT_CONFIGURATION, EXIT_PROBLEM
from bot.database import Database, copies
from bot.operations.doctor import CHECKS, examine
from bot.operations.finding import long
from tests.operations.ward import BAD, LOOK, QUICK, UNSEEN, WELL, Ward


async def test_a_bot_that_is_well_has_nothing_to_mend(ward: Ward, on_call: Database) -> None:
    copies.make(ward.file, ward.file.parent / "backups", (), utc_now())
    found = [one async for one in examine(ward.settings, ward.clock, QUICK)]
    assert [one for one in found if one.verdict is BAD] == []
    assert {one.about for one in found} == {
        "settings", "bot", "token", "webhook", "clock", "disk", "permissions", "database",
        "records", "queues", "on call", "drill", "backup",
    }  # fmt: skip
    await ward.finds("on call", WELL, "coordinators who can be called: 1")
    await ward.finds("backup", WELL, "it holds")
    await ward.finds("clock", WELL, "as Telegram's does")


async def test_it_changes_nothing(ward: Ward) -> None:
    ward.file.unlink()
    await ward.finds("database", LOOK, "is not there yet")
    await ward.finds("permissions", UNSEEN, "no database yet")
    await ward.finds("queues", UNSEEN, "cannot be read")
    assert list(ward.file.parent.iterdir()) == []


def test_without_a_token_it_says_what_it_cannot_see(
    ward: Ward, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("BOT_TOKEN", "COORDINATOR_IDS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{ward.file}")
    monkeypatch.setenv("BOT_API_URL", "http://127.0.0.1:9")
    assert main(["doctor"]) == EXIT_PROBLEM
    said = capsys.readouterr().out.splitlines()
    assert (
        "BAD    token: BOT_TOKEN is not set; ask @BotFather for one and put it into .env" in said
    )
    assert "unseen webhook: without BOT_TOKEN it cannot be seen" in said
    assert any(line.startswith("ok     database: it is sound") for line in said)
    assert said[-1].endswith("to mend.")


def test_a_wrong_setting_ends_it_with_two(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MONITOR_PORT", "99999")
    assert main(["doctor"]) == EXIT_CONFIGURATION
    assert "MONITOR_PORT is not right" in capsys.readouterr().err


async def test_a_check_that_breaks_is_one_line_and_the_others_go_on(
    ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    # httpx wants a package for it that is not installed.
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:9")
    found = [one async for one in examine(ward.settings, ward.clock, QUICK)]
    (line,) = (one for one in found if one.about == "telegram")
    assert line.verdict is BAD
    assert "could not be looked at (ImportError" in line.says
    assert {"settings", "bot", "disk", "database", "queues"} <= {one.about for one in found}


async def test_a_library_that_is_read_again_in_time_is_well(ward: Ward) -> None:
    """On a day of its own, for what was reviewed is due one day, and no fault of the doctor's."""
    ward.clock = lambda: datetime(2026, 11, 30, tzinfo=UTC)
    await ward.finds("content", WELL, "none is overdue")
    assert [verdict for verdict, _ in await ward.says("encoder")] in ([WELL], [LOOK])


async def test_pages_that_are_due_to_be_read_again(ward: Ward) -> None:
    ward.clock = lambda: datetime(2036, 1, 1, tzinfo=UTC)
    await ward.finds("content", LOOK, "are due to be read again")
    await ward.finds("content", BAD, "the hotline child-helpline is to be confirmed again")


def test_what_lasts_is_said_as_one_says_it() -> None:
    assert [long(s) for s in (0, 119, 120, 7199, 7200, 259199, 260000)] == [
        "0 s", "119 s", "2 min", "120 min", "2 h", "72 h", "3 days",
    ]  # fmt: skip


def test_each_check_is_listed_once() -> None:
    assert len({check.__name__ for check in CHECKS}) == len(CHECKS)
