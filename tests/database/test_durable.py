"""After a power cut a copy is whole or not there: what it holds is on the disk before it has its name."""

import os
from pathlib import Path

import pytest

from bot.clock import utc_now
from bot.database.backup import back_up
from bot.database.restore import restore
from bot.database.sealed import new_key


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What came to the disk, and what was put in a place, in order."""
    told: list[str] = []
    sync, replace = os.fsync, os.replace

    def seen(opened: int) -> None:
        sync(opened)
        told.append(Path(os.readlink(f"/proc/self/fd/{opened}")).name)

    def put(here: Path, there: Path) -> None:
        replace(here, there)
        told.append(f"{here.name} -> {there.name}")

    monkeypatch.setattr(os, "fsync", seen)
    monkeypatch.setattr(os, "replace", put)
    return told


@pytest.mark.parametrize("is_sealed", [False, True])
def test_a_copy_is_on_the_disk_before_it_has_its_name(
    is_sealed: bool, database_file: Path, written: list[str]
) -> None:
    keys = [new_key(Path("key.txt"), utc_now())] if is_sealed else []
    (database_file.parent / "kept").mkdir(mode=0o700)
    back_up(database_file, database_file.parent / "kept" / "copy", keys)
    put = written.index("copy.part -> copy")
    assert "copy.part" in written[:put]
    assert not is_sealed or "copy.sqlite" in written[:put]
    assert written[put + 1 :] == ["kept"], "so is its name"


def test_so_is_what_is_put_in_the_place_of_the_database(
    database_file: Path, written: list[str]
) -> None:
    back_up(database_file, Path("copy").absolute())
    written.clear()
    restore(Path("copy"), database_file)
    folder, put = database_file.parent.resolve().name, "bot.sqlite.restored -> bot.sqlite"
    assert written[-3:] == ["bot.sqlite.restored", put, folder]
    assert folder in written[: written.index(put)], "so is the name of what was kept"
