"""A copy takes the place of the database, whatever lies beside that; nothing is lost by it."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.commands import EXIT_CONFIGURATION
from bot.database.backup import back_up
from bot.database.migrate import migrate
from bot.database.one_instance import AlreadyRunningError, only_instance
from bot.database.restore import restore
from bot.settings import SettingsError


def _add(file: Path, *people: int) -> None:
    with closing(sqlite3.connect(file)) as rows, rows:
        rows.executemany(
            "INSERT INTO people (id, language, language_chosen, reach, joined_at_utc)"
            " VALUES (?, 'km', 1, 'reachable', '2026-11-01')",
            [(number,) for number in people],
        )


def _people(file: Path) -> int:
    with closing(sqlite3.connect(file)) as rows:
        (found,) = rows.execute("SELECT count(*) FROM people").fetchone()
        return int(found)


@pytest.fixture
def killed(tmp_path: Path, migrated: Path) -> Path:
    """A database of a bot that was killed: the last it wrote is only in the log beside it."""
    file, killed = tmp_path / "running.sqlite", tmp_path / "data" / "bot.sqlite"
    shutil.copyfile(migrated, file)
    killed.parent.mkdir(mode=0o700)
    with closing(sqlite3.connect(file)) as running:
        running.execute("PRAGMA journal_mode = WAL")
        _add(file, *range(1, 10))
        back_up(file, tmp_path / "copy.sqlite")
        running.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        _add(file, *range(10, 3000))
        for end in ("", "-wal"):
            shutil.copyfile(f"{file}{end}", f"{killed}{end}")
    return killed


def test_a_copy_takes_the_place_of_a_database_with_a_log_left(killed: Path) -> None:
    copy = killed.parent.parent / "copy.sqlite"
    kept = restore(copy, killed)
    migrate(killed)
    assert _people(killed) == 9
    assert kept is not None
    assert _people(kept) == 2999, "what was there, the log included, can still be read"
    assert not list(killed.parent.glob("*.restored"))
    assert killed.stat().st_mode & 0o077 == 0


def test_a_copy_that_was_put_there_by_hand_is_seen_before_it_is_broken_for_good(
    killed: Path,
) -> None:
    shutil.copyfile(killed.parent.parent / "copy.sqlite", killed)
    with pytest.raises(SettingsError, match="take away bot.sqlite-wal"):
        migrate(killed)
    for beside in killed.parent.glob("bot.sqlite-*"):
        beside.unlink()
    migrate(killed)
    assert _people(killed) == 9


def test_where_there_was_none_the_copy_is_the_first(killed: Path, tmp_path: Path) -> None:
    new = tmp_path / "new" / "bot.sqlite"
    assert restore(tmp_path / "copy.sqlite", new) is None
    assert _people(new) == 9


def test_what_is_no_copy_changes_nothing(
    killed: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{killed}")
    (tmp_path / "garbage").write_bytes(b"no database" * 1000)
    with closing(sqlite3.connect(tmp_path / "other")) as rows:
        rows.execute("CREATE TABLE other (a)")
    for name, why in (
        ("none", "does not exist"), ("data", "is no file"), ("data/bot.sqlite", "database itself"),
        ("garbage", "no database"), ("other", "no database of Bong"),
    ):  # fmt: skip
        assert main(["restore", name]) == EXIT_CONFIGURATION
        assert why in capsys.readouterr().err
    assert _people(killed) == 2999


def test_nothing_is_put_below_a_bot_that_runs(killed: Path, tmp_path: Path) -> None:
    with only_instance(killed), pytest.raises(AlreadyRunningError):
        restore(tmp_path / "copy.sqlite", killed)
