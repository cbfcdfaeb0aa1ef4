"""A copy takes the place of the database, whatever lies beside that; nothing is lost by it."""

import os
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.commands import EXIT_CONFIGURATION
from bot.database.backup import back_up, forget_kept
from bot.database.counted import counted, in_short
from bot.database.migrate import migrate
from bot.database.one_instance import AlreadyRunningError, only_instance
from bot.database.restore import restore
from bot.settings import SettingsError
from tests.database.releases import upgrade_to


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
    kept = restore(copy, killed).kept
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
    assert restore(tmp_path / "copy.sqlite", new).kept is None
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


def test_after_a_restore_all_that_was_copied_is_there_and_nothing_else(
    database_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _add(database_file, *range(1, 10))
    before = counted(database_file)
    assert main(["backup", "copy.sqlite"]) == 0
    assert f"sound: it holds {in_short(before)}." in capsys.readouterr().out
    _add(database_file, *range(10, 30))
    assert main(["restore", "copy.sqlite"]) == 0
    said = capsys.readouterr().out
    assert f"it holds {in_short(before)}." in said
    assert "older release" not in said
    assert counted(database_file) == before
    kept = database_file.with_name("bot.sqlite.before-restore")
    assert f"is kept for 7 days in {kept}.\n" in said
    assert counted(kept)["people"] == 29, "what was there before can be gone back to"
    assert main(["restore", str(kept)]) == 0, "a restore that was a mistake is undone by another"
    assert _people(database_file) == 29
    assert f"in {kept}.2.\n" in capsys.readouterr().out
    assert _people(kept) == 29, "it is still there, and can be gone back to once more"
    assert _people(Path(f"{kept}.2")) == 9


def test_a_second_restore_loses_nothing_of_what_the_first_kept(killed: Path) -> None:
    copy = killed.parent.parent / "copy.sqlite"
    kept = [restore(copy, killed).kept for _ in range(11)]
    migrate(killed)
    first, *others = [file for file in kept if file is not None]
    assert _people(first) == 2999, "with the log that lay beside it"
    assert len({first, *others}) == 11
    assert [_people(file) for file in others] == [9] * 10
    assert others[-1].name == "bot.sqlite.before-restore.11"


def test_what_is_kept_goes_after_a_week_and_its_log_with_it(killed: Path, tmp_path: Path) -> None:
    log = Path(f"{killed}-wal")
    os.utime(log, (0, 0))
    kept = restore(tmp_path / "copy.sqlite", killed).kept
    assert kept is not None
    restored = datetime.fromtimestamp(kept.stat().st_mtime, UTC)
    forget_kept(killed, restored + timedelta(days=6))
    assert _people(kept) == 2999
    forget_kept(killed, restored + timedelta(days=8))
    assert not list(killed.parent.glob("*before*"))


@pytest.mark.parametrize("left", [0.9, 0.5, 0.02])
def test_of_a_damaged_copy_the_copy_is_said_to_be_damaged(
    left: float, database_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["backup", "copy.sqlite"]) == 0
    whole = Path("copy.sqlite").read_bytes()
    Path("copy.sqlite").write_bytes(whole[: int(len(whole) * left)])
    assert main(["restore", "copy.sqlite"]) == EXIT_CONFIGURATION
    said = capsys.readouterr().err
    assert said == ("copy.sqlite is damaged. Bring it again if it was cut off on its way, or name "
                    "another copy. The database is as it was.\n")  # fmt: skip
    assert not list(Path().glob("*before*"))


def test_a_copy_of_an_older_release_is_taken_and_said_to_be_one(
    database_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    older = database_file.with_name("older.sqlite")
    upgrade_to(older, "0010")
    _add(older, 1)
    assert main(["restore", "older.sqlite"]) == 0
    assert "of an older release (0010); the next start brings it up" in capsys.readouterr().out
    migrate(database_file)
    assert _people(database_file) == 1


def test_nothing_is_put_below_a_bot_that_runs(killed: Path, tmp_path: Path) -> None:
    with only_instance(killed), pytest.raises(AlreadyRunningError):
        restore(tmp_path / "copy.sqlite", killed)
