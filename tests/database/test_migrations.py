"""The schema is what the migrations make, and a database is copied soundly."""

import json
import sqlite3
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config

from bot.database.backup import back_up
from bot.database.migrate import migrate
from bot.settings import ROOT, SettingsError


def _config(file: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.set_main_option("sqlalchemy.url", f"sqlite:///{file}")
    return config


def test_migrations_make_the_tables_and_nothing_is_left_to_change(tmp_path: Path) -> None:
    file = tmp_path / "new.sqlite"
    migrate(file)
    migrate(file)
    command.check(_config(file))


# What the release before the languages had, a few rows of each kind.
OLD_ROWS = """
INSERT INTO audit (at_utc, actor_id, action, subject) VALUES
    ('2026-11-01', 2, 'looked at', 'entry what-is-ai'), ('2026-11-01', 2, 'looked at', 'figure grades'),
    ('2026-11-01', 2, 'took', 'question group 7'), ('2026-11-01', 2, 'moved', 'event 5 date 3'),
    ('2026-11-01', 2, 'renewed', 'mentor 987654321'), ('2026-11-01', 2, 'turned off', 'relay'),
    ('2026-11-01', 3, 'erased herself', 'person');
INSERT INTO question_groups (id, created_at_utc, compared, answer_km, answer_en) VALUES
    (1, '2026-11-01', 1, 'បាទ', 'Yes'), (2, '2026-11-01', 1, NULL, 'No'), (3, '2026-11-01', 0, NULL, NULL);
INSERT INTO people (id, language, language_chosen, reach, joined_at_utc) VALUES
    (1, 'km', 1, 'reachable', '2026-11-01');
INSERT INTO questions (id, person_id, text, language, asked_at_utc) VALUES (9, 1, 'why?', 'en', '2026-11-01');
INSERT INTO grouped_questions (question_id, group_id) VALUES (9, 1);
INSERT INTO learned_entries
    (id, state, asks, question_km, question_en, answer_km, answer_en, added_at_utc, changed_at_utc) VALUES
    (1, 'live', '[]', 'ហេតុអ្វី?', '', 'ព្រោះ', '', '2026-11-01', '2026-11-01'),
    (2, 'draft', '[]', NULL, NULL, NULL, 'Because', '2026-11-01', '2026-11-01');
"""


def test_rows_of_the_release_before_the_languages_are_read_right(tmp_path: Path) -> None:
    file = tmp_path / "old.sqlite"
    command.upgrade(_config(file), "0006")
    with sqlite3.connect(file) as rows:
        rows.executescript(OLD_ROWS)
    rows.close()
    migrate(file)
    with sqlite3.connect(file) as rows:
        audit = rows.execute("SELECT kind, number, subject FROM audit ORDER BY id").fetchall()
        assert audit == [
            ("entry", None, "entry what-is-ai"),
            ("figure", None, "figure grades"),
            ("question group", 7, "question group 7"),
            ("event", 5, "event 5 date 3"),
            ("mentor", 987654321, "mentor 987654321"),
            ("relay", None, "relay"),
            ("person", None, "person"),
        ]
        with pytest.raises(sqlite3.IntegrityError, match="only added to"):
            rows.execute("DELETE FROM audit")
        groups = rows.execute("SELECT answer FROM question_groups ORDER BY id").fetchall()
        assert [json.loads(answer) for (answer,) in groups] == [
            {"km": "បាទ", "en": "Yes"}, {"en": "No"}, {},
        ]  # fmt: skip
        assert rows.execute("SELECT * FROM grouped_questions").fetchall() == [(9, 1)]
        added = rows.execute("SELECT question, answer FROM learned_entries ORDER BY id").fetchall()
        # Empty words are those that a coordinator chose not to write.
        assert [(json.loads(question), json.loads(answer)) for question, answer in added] == [
            ({"km": "ហេតុអ្វី?", "en": ""}, {"km": "ព្រោះ", "en": ""}),
            ({}, {"en": "Because"}),
        ]
    rows.close()


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
