"""Whoever runs the bot reads why a database cannot be used, and meets no trace of the program."""

import fcntl
import os
import shutil
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.commands import EXIT_CONFIGURATION
from bot.database.migrate import migrate
from bot.database.one_instance import AlreadyRunningError, only_instance, runs_on
from bot.database.trouble import FAILURES, in_words
from bot.settings import SettingsError
from tests.database.disks import disk_of


def test_a_backup_onto_a_full_disk_leaves_nothing_and_says_why(
    tmp_path: Path, migrated: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{shutil.copy(migrated, tmp_path / 'a.sqlite')}")
    with disk_of(50_000):
        assert main(["backup", "kept/copy.sqlite"]) == EXIT_CONFIGURATION
    said = capsys.readouterr().err
    assert "the disk fails or is full" in said
    assert "Traceback" not in said
    assert not list((tmp_path / "kept").iterdir())


def test_a_migration_on_a_full_disk_says_so_and_is_done_when_there_is_room(
    tmp_path: Path,
) -> None:
    with disk_of(50_000), pytest.raises(SettingsError, match="the disk fails or is full"):
        migrate(tmp_path / "bot.sqlite")
    migrate(tmp_path / "bot.sqlite")


def test_what_is_no_database_is_said_to_be_none(tmp_path: Path) -> None:
    (tmp_path / "bot.sqlite").write_bytes(b"no database" * 1000)
    with pytest.raises(SettingsError, match=r"DATABASE_URL .* it is no database"):
        migrate(tmp_path / "bot.sqlite")


def test_what_cannot_be_written_is_said_with_its_folder(tmp_path: Path, migrated: Path) -> None:
    (tmp_path / "bot.sqlite").mkdir()
    with pytest.raises(SettingsError, match=r"DATABASE_URL .* is a directory"):
        migrate(tmp_path / "bot.sqlite")
    with closing(sqlite3.connect(f"{migrated.as_uri()}?mode=ro", uri=True)) as rows:
        with pytest.raises(FAILURES) as failed:
            rows.execute("DELETE FROM people")
        assert "the folder that it lies in, cannot be written" in in_words(failed.value)


def test_a_second_bot_is_refused_by_whatever_name_it_comes_to_the_file(tmp_path: Path) -> None:
    file, other = tmp_path / "data" / "bot.sqlite", tmp_path / "elsewhere"
    migrate(file)
    other.mkdir(mode=0o700)
    (other / "link.sqlite").symlink_to(file)
    (tmp_path / "folder").symlink_to(file.parent)
    with only_instance(file):
        for name in (other / "link.sqlite", tmp_path / "folder" / "bot.sqlite"):
            with pytest.raises(AlreadyRunningError), only_instance(name):
                pass


def test_whoever_looks_for_a_moment_whether_a_bot_runs_keeps_none_from_starting(
    tmp_path: Path,
) -> None:
    """As the doctor does."""
    lock = (tmp_path / "bot.lock").open("w+")
    fcntl.flock(lock, fcntl.LOCK_SH)
    looking = threading.Timer(0.1, lock.close)
    looking.start()
    with only_instance(tmp_path / "bot.sqlite"):
        assert runs_on(tmp_path / "bot.sqlite") == str(os.getpid())
    looking.join()


def test_links_that_go_in_a_circle_are_said_with_the_setting(tmp_path: Path) -> None:
    ring = tmp_path / "ring.sqlite"
    ring.symlink_to(ring)
    with pytest.raises(SettingsError, match="symbolic links go in a circle"), only_instance(ring):
        pass
