"""Copies by a schedule: made in time, sealed where there is a key, kept for some days and no longer."""

import asyncio
import os
import shutil
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest

from bot.database import copies
from bot.database.copies import flaw
from bot.database.counted import counted
from bot.database.sealed import OPEN, is_sealed, new_key
from bot.settings import Settings, SettingsError
from handlers.home.chores import back_up
from tests.stage import OPENING, STUDENT, Stage, StartStage

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


def _bad(database: Path) -> None:
    """Break a database in its midst, so that it can be opened and not copied."""
    raw = bytearray(database.read_bytes())
    raw[4096 * 3 : 4096 * 6] = b"\x5a" * 4096 * 3
    database.write_bytes(raw)


async def _fails(stage: Stage, **how_much: float) -> None:
    stage.later(**how_much)
    with pytest.raises(SettingsError):
        await back_up(stage.services, stage.database, lambda: None)


@pytest.mark.parametrize("is_sealed", [False, True])
async def test_the_last_good_copy_stays_while_none_newer_can_be_made(
    is_sealed: bool, start_stage: StartStage, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    keys = (new_key(tmp_path / "key.txt", OPENING),) if is_sealed else ()
    stage = await start_stage(backup_hours=24, backup_days=7, backup_keys=keys)
    folder = tmp_path / "backups"
    for _ in range(2):
        await stage.strikes_after(days=1)
    last = OPENING + 2 * DAY
    (copy, _) = copies.copies(folder)
    # Newer by name, and nothing that could be restored; and one of a clock that was wrong.
    end = ".sqlite.age" if is_sealed else ".sqlite"
    (folder / f"bongsrey-20261126-020001{end}").write_bytes(copy.file.read_bytes()[:300_001])
    (folder / f"bongsrey-20990101-000000{end}").write_bytes(copy.file.read_bytes())
    good = stage.database.file.read_bytes()
    _bad(stage.database.file)
    for _ in range(9):
        await _fails(stage, days=1, seconds=1)
    assert last in _made(folder), "eleven days old, and the only one"
    assert OPENING + DAY not in _made(folder)
    assert f"{copy.file.name} is kept for more than 7 days: none newer" in caplog.text
    stage.database.file.write_bytes(good)
    await stage.strikes_after(minutes=15)
    assert last not in _made(folder), "what is promised to girls is true again at once"
    assert flaw(copies.copies(folder)[0]) is None


async def test_the_last_copy_stays_also_where_the_next_is_due_after_its_days(
    start_stage: StartStage, tmp_path: Path
) -> None:
    stage = await start_stage(backup_hours=24 * 20, backup_days=3)
    await stage.clock_strikes()
    good = stage.database.file.read_bytes()
    _bad(stage.database.file)
    await _fails(stage, days=4)
    assert _made(tmp_path / "backups") == [OPENING]
    stage.database.file.write_bytes(good)
    await back_up(stage.services, stage.database, lambda: None)
    assert _made(tmp_path / "backups") == [OPENING + 4 * DAY]


async def test_a_copy_that_a_wrong_clock_named_hides_nothing_and_goes_after_its_days(
    start_stage: StartStage, tmp_path: Path
) -> None:
    stage = await start_stage(backup_hours=24, backup_days=7)
    folder, future = tmp_path / "backups", datetime(2099, 1, 1, tzinfo=UTC)
    wrong = copies.make(stage.database.file, folder, (), future)
    os.utime(wrong.file, (future.timestamp(), future.timestamp()))
    for _ in range(7):
        await stage.clock_strikes()
        stage.later(days=1)
        assert _made(folder)[0] == future
    await stage.strikes_after(minutes=15)
    assert _made(folder)[0] == stage.now


async def test_with_a_new_setting_of_keys_a_copy_is_due_at_once(
    start_stage: StartStage, tmp_path: Path
) -> None:
    stage = await start_stage(backup_hours=24)
    await stage.clock_strikes()
    key = (new_key(tmp_path / "key.txt", OPENING),)
    settings = stage.services.settings.model_copy(update={"backup_keys": key})
    stage.later(minutes=15)
    copies.make_when_due(stage.database.file, settings, stage.now, lambda: False)
    assert [copy.is_sealed for copy in copies.copies(tmp_path / "backups")] == [True, False]


@pytest.mark.parametrize(
    ("is_sealed", "steps"), [(False, 0), (False, 1), (False, 2), (True, 1), (True, 2), (True, 5)]
)
def test_a_bot_that_ends_leaves_a_copy_at_the_next_step(
    is_sealed: bool, steps: int, database_file: Path
) -> None:
    keys = (new_key(Path("key.txt"), OPENING),) if is_sealed else ()
    settings = Settings(backup_keys=keys, _env_file=None)
    answers = iter([False] * steps)
    before = sorted(Path().iterdir())
    with pytest.raises(copies.StoppedError):
        copies.make_when_due(
            database_file.absolute(), settings, OPENING, lambda: next(answers, True)
        )
    assert [f for f in sorted(Path().rglob("*")) if f.name != "backups"] == before


async def test_whoever_is_told_to_end_waits_for_no_copy(
    start_stage: StartStage, tmp_path: Path
) -> None:
    stage = await start_stage(backup_hours=24)
    threads = ThreadPoolExecutor()
    asyncio.get_running_loop().set_default_executor(threads)
    with copies.ONE_AT_A_TIME:
        copying = asyncio.create_task(back_up(stage.services, stage.database, lambda: None))
        await asyncio.sleep(0)
        copying.cancel()
        with pytest.raises(asyncio.CancelledError):
            await copying
    threads.shutdown()
    assert not copies.copies(tmp_path / "backups")


async def test_two_that_are_due_at_once_make_one_copy(
    start_stage: StartStage, tmp_path: Path
) -> None:
    """As they are when a clock is set back while a copy is made."""
    stage = await start_stage(backup_hours=24)
    turns = (back_up(stage.services, stage.database, lambda: None) for _ in range(4))
    assert set(await asyncio.gather(*turns)) == {OPENING + DAY}
    assert len(_made(tmp_path / "backups")) == 1


async def test_what_a_killed_bot_left_open_goes_when_it_starts(
    start_stage: StartStage, tmp_path: Path
) -> None:
    stage = await start_stage()
    (stage.database.file.parent / f"{OPEN}left").mkdir()
    await stage.clock_strikes()
    assert not list(stage.database.file.parent.glob(f"{OPEN}*"))


_OTHER_DISK = "/dev/shm"  # noqa: S108


class _Disk(NamedTuple):
    free: int


@pytest.mark.parametrize(
    ("is_sealed", "is_elsewhere", "sizes"), [(False, False, 1), (True, False, 2), (True, True, 1)]
)
def test_room_is_asked_for_what_is_written_on_a_disk(
    is_sealed: bool, is_elsewhere: bool, sizes: int, database_file: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    keys = (new_key(tmp_path / "key.txt", OPENING),) if is_sealed else ()
    size = database_file.stat().st_size
    with TemporaryDirectory(dir=_OTHER_DISK if is_elsewhere else tmp_path) as place:
        if is_sealed and Path(place).stat().st_dev == tmp_path.stat().st_dev:
            # Also where this machine has no other disk.
            sizes = 2
        needed = sizes * size + 50 * 1024**2
        monkeypatch.setattr(shutil, "disk_usage", lambda _place: _Disk(needed - 1))
        with pytest.raises(SettingsError, match="no room"):
            copies.make(database_file, Path(place) / "kept", keys, OPENING)
        monkeypatch.setattr(shutil, "disk_usage", lambda _place: _Disk(needed))
        copies.make(database_file, Path(place) / "kept", keys, OPENING)
