"""Copies by a schedule: made in time, sealed where there is a key, kept for some days and no longer."""

import os
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.database import copies
from bot.database.counted import counted
from bot.database.sealed import OPEN, is_sealed, new_key
from bot.settings import SettingsError
from tests.stage import OPENING, STUDENT, StartStage

DAY = timedelta(days=1)


def _made(folder: Path) -> list[datetime]:
    return [copy.at for copy in copies.copies(folder)]


async def test_a_copy_is_made_once_a_day_and_goes_after_its_days(
    start_stage: StartStage, tmp_path: Path
) -> None:
    stage = await start_stage(backup_hours=24, backup_days=3)
    folder = tmp_path / "backups"
    await stage.person(STUDENT).send("/start")
    await stage.clock_strikes()
    assert _made(folder) == [OPENING]
    (copy,) = copies.copies(folder)
    assert counted(copy.file)["people"] == 1
    assert not copy.is_sealed
    assert stat.S_IMODE(copy.file.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    await stage.strikes_after(hours=23, minutes=59)
    assert _made(folder) == [OPENING]
    await stage.strikes_after(minutes=1)
    assert _made(folder) == [OPENING + DAY, OPENING]
    for _ in range(3):
        await stage.strikes_after(days=1)
    assert _made(folder) == [OPENING + DAY * days for days in (4, 3, 2, 1)]
    assert {f.name for f in folder.iterdir()} == {c.file.name for c in copies.copies(folder)}


async def test_where_none_is_wanted_none_is_made_and_old_ones_still_go(
    start_stage: StartStage, tmp_path: Path
) -> None:
    stage = await start_stage(backup_hours=0, backup_days=2, backup_folder=tmp_path / "kept")
    (tmp_path / "kept").mkdir()
    old, mine = tmp_path / "kept" / "bongsrey-20261121-000000.sqlite", tmp_path / "kept" / "mine"
    old.touch()
    mine.touch()
    await stage.clock_strikes()
    assert list((tmp_path / "kept").iterdir()) == [mine]


async def test_a_clock_that_is_set_back_costs_one_copy_more(
    start_stage: StartStage, tmp_path: Path
) -> None:
    stage = await start_stage(backup_hours=24)
    await stage.clock_strikes()
    stage.is_set_back(days=2)
    for _ in range(3):
        await stage.strikes_after(minutes=15)
    assert len(_made(tmp_path / "backups")) == 2


async def test_with_a_key_the_server_cannot_read_its_own_copies(
    start_stage: StartStage, tmp_path: Path
) -> None:
    public = new_key(tmp_path / "key.txt", OPENING)
    stage = await start_stage(backup_hours=24, backup_keys=(public,))
    await stage.clock_strikes()
    (copy,) = copies.copies(tmp_path / "backups")
    assert copy.is_sealed
    assert is_sealed(copy.file)
    assert stat.S_IMODE(copy.file.stat().st_mode) == 0o600
    assert b"SQLite" not in copy.file.read_bytes()
    assert not list(tmp_path.glob(f"{OPEN}*")), "nothing readable is left beside it"


def test_where_there_is_no_room_no_copy_is_begun(database_file: Path, tmp_path: Path) -> None:
    """It would silence the bot until it is taken away again."""
    log = database_file.with_name("bot.sqlite-wal")
    log.touch()
    os.truncate(log, 1 << 43)
    with pytest.raises(SettingsError, match="no room for a copy .* set BACKUP_FOLDER"):
        copies.make(database_file, tmp_path / "backups", (), OPENING)
    assert not (tmp_path / "backups").exists()


def test_a_folder_that_cannot_be_made_is_named_with_its_setting(
    database_file: Path, tmp_path: Path
) -> None:
    with pytest.raises(SettingsError, match="BACKUP_FOLDER names .*, which cannot be used"):
        copies.make(database_file, tmp_path / "no" / "such", (), OPENING)


def test_what_a_killed_process_has_left_open_goes(tmp_path: Path) -> None:
    half = tmp_path / "bongsrey-20261124-020000.sqlite.part"
    half.touch()
    made = datetime.fromtimestamp(half.stat().st_mtime, UTC)
    copies.forget_old(tmp_path, 7, made + timedelta(minutes=59))
    assert half.exists()
    copies.forget_old(tmp_path, 7, made + timedelta(minutes=61))
    assert not half.exists()
