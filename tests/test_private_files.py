"""What holds girls' words is the bot's alone on the disk, whatever the umask of who started it."""

import logging
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import text

from bot import private_files
from bot.__main__ import main
from bot.answering import kept
from bot.database import Database
from bot.database.backup import back_up
from bot.database.migrate import migrate
from bot.database.one_instance import only_instance
from bot.private_files import private_file, private_folder
from bot.settings import SettingsError


@pytest.fixture(autouse=True, params=[0o000, 0o022, 0o077], ids=oct)
def _umask(request: pytest.FixtureRequest) -> Iterator[None]:
    """Be started by somebody who lets everybody read and write."""
    before = os.umask(request.param)
    yield
    os.umask(before)


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def _files(folder: Path) -> dict[str, int]:
    return {str(f.relative_to(folder)): _mode(f) for f in sorted(folder.rglob("*")) if f.is_file()}


async def _write(file: Path) -> Database:
    database = Database(f"sqlite+aiosqlite:///{file}")
    async with database.write() as session:
        await session.execute(text("CREATE TABLE words (word TEXT)"))
    return database


async def test_everything_that_a_bot_makes_is_its_own(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    with only_instance(folder / "bot.sqlite"):
        migrate(folder / "bot.sqlite")
        database = await _write(folder / "bot.sqlite")
        back_up(folder / "bot.sqlite", folder / "kept" / "copy.sqlite")
        kept.arrays(1, lambda: {"index": {"part": np.zeros(1)}}, folder / "prepared")
        found = _files(folder)
        await database.close()
    assert {"bot.sqlite", "bot.sqlite-wal", "bot.sqlite-shm", "bot.lock"} <= found.keys()
    assert len(found) == 7
    assert set(found.values()) == {0o600}
    assert {_mode(folder), _mode(folder / "kept"), _mode(folder / "prepared")} == {0o700}


async def test_what_was_left_open_is_closed_and_said(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "bot.sqlite"
    migrate(file)
    left = await _write(file)
    for wide in (file, tmp_path / "bot.sqlite-wal", tmp_path / "bot.sqlite-shm"):
        wide.chmod(0o666)
    tmp_path.chmod(0o777)
    with caplog.at_level(logging.WARNING), only_instance(file):
        migrate(file)
        assert set(_files(tmp_path).values()) == {0o600}
        assert caplog.text.count("it is closed now") == 3
        caplog.clear()
        migrate(file)
        assert "closed" not in caplog.text
    await left.close()


def test_a_backup_takes_the_place_of_one_that_was_open(tmp_path: Path) -> None:
    migrate(tmp_path / "bot.sqlite")
    copy = tmp_path / "copy.sqlite"
    copy.touch()
    copy.chmod(0o644)
    back_up(tmp_path / "bot.sqlite", copy)
    assert _mode(copy) == 0o600


def test_a_backup_that_cannot_be_made_leaves_nothing_and_says_so(tmp_path: Path) -> None:
    broken, folder = tmp_path / "broken.sqlite", tmp_path / "folder"
    broken.write_bytes(b"no database" * 1000)
    migrate(tmp_path / "bot.sqlite")
    folder.mkdir()
    for database, copy in ((broken, tmp_path / "copy"), (tmp_path / "bot.sqlite", folder)):
        with pytest.raises(SettingsError, match="cannot be copied"):
            back_up(database, copy)
    assert not list(tmp_path.glob("*.part"))


def test_an_export_is_for_who_made_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'bot.sqlite'}")
    monkeypatch.chdir(tmp_path)
    migrate(tmp_path / "bot.sqlite")
    assert main(["content", "export", str(tmp_path / "learned.yaml")]) == 0
    assert _mode(tmp_path / "learned.yaml") == 0o600


@pytest.mark.parametrize("mode", [0o1777, 0o2770, 0o755])
def test_a_folder_that_others_made_is_left_to_them_and_what_is_in_it_is_closed(
    mode: int, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    shared = tmp_path / "a" / "shared" / "folder"
    shared.mkdir(parents=True)
    shared.chmod(mode)
    with only_instance(shared / "bot.sqlite"):
        migrate(shared / "bot.sqlite")
    back_up(shared / "bot.sqlite", shared / "copy.sqlite")
    assert _mode(shared) == mode
    assert set(_files(shared).values()) == {0o600}
    assert f"others on this machine may look into {shared}" in caplog.text


def test_the_folder_that_the_bot_has_of_its_own_is_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(private_files, "ROOT", tmp_path)
    for own in (tmp_path / "data", tmp_path / "data" / "backups"):
        own.mkdir()
        own.chmod(0o755)
        private_folder(own)
        assert _mode(own) == 0o700


def test_what_is_no_file_is_left_as_it_is() -> None:
    before = _mode(Path("/dev/null"))
    private_file(Path("/dev/null"))
    assert _mode(Path("/dev/null")) == before


@pytest.mark.parametrize("place", ["bot.sqlite/below/it.sqlite", "/proc/none/bot.sqlite"])
def test_a_place_that_cannot_be_used_names_the_setting(tmp_path: Path, place: str) -> None:
    (tmp_path / "bot.sqlite").touch()
    with pytest.raises(SettingsError, match="DATABASE_URL"), only_instance(tmp_path / place):
        pass
