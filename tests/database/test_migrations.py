"""The schema is what the migrations make, and a database is copied soundly."""

import json
import sqlite3
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config

from bot.announcements.corrections import Proposal
from bot.database.backup import back_up
from bot.database.migrate import migrate
from bot.settings import ROOT, SettingsError


def test_migrations_make_the_tables_and_nothing_is_left_to_change(tmp_path: Path) -> None:
    file = tmp_path / "new.sqlite"
    migrate(file)
    migrate(file)
    command.check(_config(file))


def test_announcements_of_the_last_release_keep_their_words(tmp_path: Path) -> None:
    """By language now, those being corrected as well; who got them is still known."""
    file = tmp_path / "old.sqlite"
    config = _config(file)
    command.upgrade(config, "0006")
    old = {"km": "ថ្មី", "en": None, "by": 11, "asked": True, "number": 2}
    with sqlite3.connect(file) as rows:
        for texts, proposal in ((("ដំណឹង", "News"), json.dumps(old)), ((None, "News"), None)):
            rows.execute(
                "INSERT INTO broadcasts (kind, author_id, text_km, text_en, proposal, audience,"
                " state, version, busy, measured_from, board_edits, kept, created_at_utc)"
                " VALUES ('tip', 11, ?, ?, ?, '{}', 'done', 3, 0, 0, 0, '{}', '2026-11-24')",
                (*texts, proposal),
            )
        rows.execute(
            "INSERT INTO recipients (broadcast_id, person_id, state, version)"
            " VALUES (1, 1001, 'delivered', 3)"
        )
    rows.close()
    migrate(file)
    with sqlite3.connect(file) as rows:
        kept = rows.execute("SELECT words, proposal, state FROM broadcasts").fetchall()
        assert rows.execute("SELECT state FROM recipients").fetchall() == [("delivered",)]
        assert rows.execute("PRAGMA foreign_key_check").fetchall() == []
    rows.close()
    assert [json.loads(words) for words, _, _ in kept] == [
        {"km": "ដំណឹង", "en": "News"},
        {"en": "News"},
    ]
    assert Proposal(**json.loads(kept[0][1])) == Proposal(
        number=2, words={"km": "ថ្មី"}, by=11, asked=True
    )
    assert (kept[1][1], kept[0][2]) == (None, "done")


def _config(file: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.set_main_option("sqlalchemy.url", f"sqlite:///{file}")
    return config


def test_a_backup_holds_what_the_database_held(tmp_path: Path) -> None:
    file, copy = tmp_path / "a.sqlite", tmp_path / "b.sqlite"
    migrate(file)
    with sqlite3.connect(file) as rows:
        rows.execute(
            "INSERT INTO audit (at_utc, actor_id, action, subject) VALUES (1, 2, 'a', 'b')"
        )
    rows.close()
    back_up(file, copy)
    with sqlite3.connect(copy) as rows:
        assert rows.execute("SELECT actor_id, action FROM audit").fetchall() == [(2, "a")]
    rows.close()


def test_without_a_database_the_backup_says_so(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="DATABASE_URL"):
        back_up(tmp_path / "none.sqlite", tmp_path / "copy.sqlite")
