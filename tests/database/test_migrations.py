"""The schema is what the migrations make, and a database is copied soundly."""

import sqlite3
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config

from bot.database.backup import back_up
from bot.database.migrate import migrate
from bot.settings import ROOT, SettingsError


def test_migrations_make_the_tables_and_nothing_is_left_to_change(tmp_path: Path) -> None:
    file = tmp_path / "new.sqlite"
    migrate(file)
    migrate(file)
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.set_main_option("sqlalchemy.url", f"sqlite:///{file}")
    command.check(config)


def test_a_backup_holds_what_the_database_held(tmp_path: Path) -> None:
    file, copy = tmp_path / "a.sqlite", tmp_path / "b.sqlite"
    migrate(file)
    with sqlite3.connect(file) as rows:
        rows.execute(
            "INSERT INTO audit (at_utc, actor_id, action, kind, subject) VALUES (1, 2, 'a', 'b', 'b')"
        )
    rows.close()
    back_up(file, copy)
    with sqlite3.connect(copy) as rows:
        assert rows.execute("SELECT actor_id, action FROM audit").fetchall() == [(2, "a")]
    rows.close()


def test_without_a_database_the_backup_says_so(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="DATABASE_URL"):
        back_up(tmp_path / "none.sqlite", tmp_path / "copy.sqlite")
