"""A folder in which somebody types commands, with a database in it."""

import shutil
from pathlib import Path

import pytest


@pytest.fixture
def database_file(tmp_path: Path, migrated: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The database of the folder in which somebody types."""
    folder = tmp_path / "typing"
    folder.mkdir(mode=0o700)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("DATABASE_URL", "sqlite:///bot.sqlite")
    return Path(shutil.copy(migrated, folder / "bot.sqlite"))
