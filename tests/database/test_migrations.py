"""The schema is what the migrations make, and a database is copied soundly."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Connection, Engine, event

from bot.announcements.corrections import Proposal
from bot.content.base import Text
from bot.database.backup import back_up, forget_kept, keep_before
from bot.database.migrate import known_revisions, migrate, revision
from bot.events.details import Details
from bot.settings import SettingsError
from tests.database.releases import config, upgrade_to


@contextmanager
def _rows(file: Path) -> Iterator[sqlite3.Connection]:
    """Read and change the rows of a file; what was changed is kept at the end."""
    with closing(sqlite3.connect(file)) as rows, rows:
        yield rows


def test_migrations_make_the_tables_and_nothing_is_left_to_change(tmp_path: Path) -> None:
    file = tmp_path / "new.sqlite"
    migrate(file)
    assert revision(file) == known_revisions()[0]
    migrate(file)
    command.check(config(file))


def test_announcements_of_the_last_release_keep_their_words(tmp_path: Path) -> None:
    """By language now, those being corrected as well; who got them is still known."""
    file = upgrade_to(tmp_path / "old.sqlite", "0006")
    old = {"km": "ថ្មី", "en": None, "by": 11, "asked": True, "number": 2}
    with _rows(file) as rows:
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
    migrate(file)
    with _rows(file) as rows:
        kept = rows.execute("SELECT words, proposal, state FROM broadcasts").fetchall()
        assert rows.execute("SELECT state FROM recipients").fetchall() == [("delivered",)]
        assert rows.execute("PRAGMA foreign_key_check").fetchall() == []
    assert [json.loads(words) for words, _, _ in kept] == [
        {"km": "ដំណឹង", "en": "News"},
        {"en": "News"},
    ]
    assert Proposal(**json.loads(kept[0][1])) == Proposal(
        number=2, words={"km": "ថ្មី"}, by=11, asked=True
    )
    assert (kept[1][1], kept[0][2]) == (None, "done")


def test_words_of_events_are_kept_by_language(tmp_path: Path) -> None:
    file = upgrade_to(tmp_path / "old.sqlite", "0006")
    at, draft = "2026-11-24 03:00:00", {"kind": "talk", "title_km": "ជ", "title_en": "",
                                        "text_km": "", "text_en": "", "place": ""}  # fmt: skip
    with _rows(file) as rows:
        for number, words in enumerate((("ថ្ងៃ", "Day", "", ""), ("ជ", "Talk", "ក", "b")), 1):
            rows.execute(
                "INSERT INTO events (id, kind, title_km, title_en, text_km, text_en, online, place,"
                " fields, grades, all_day, first_at_utc, series, version, state, created_by,"
                " created_at_utc) VALUES (?, 'talk', ?, ?, ?, ?, 1, '', '[]', '[]', 0, ?, 0, 1,"
                " 'published', 11, ?)",
                (number, *words, at, at),
            )
        rows.execute(
            "INSERT INTO event_dates (id, event_id, slot, starts_at_utc, over_at_utc)"
            " VALUES (1, 1, '0', ?, ?)",
            (at, at),
        )
        rows.execute("INSERT INTO events SELECT 9, kind, title_km, title_en, text_km, text_en,"
                     " online, province, place, fields, grades, all_day, places, offsets,"
                     " first_at_utc, lasts_minutes, repeat, repeat_until, series, version, state,"
                     " created_by, created_at_utc, feed_id, uid, offered, accepted FROM events"
                     " WHERE id = 2")  # fmt: skip
        rows.execute("DELETE FROM events WHERE id = 9")
        rows.execute(
            "INSERT INTO event_drafts (author_id, details, changed_at_utc) VALUES (11, ?, ?)",
            (json.dumps(draft), at),
        )
    migrate(file)
    with _rows(file) as rows:
        events = rows.execute("SELECT title, text FROM events ORDER BY id").fetchall()
        assert [tuple(map(json.loads, said)) for said in events] == [
            ({"km": "ថ្ងៃ", "en": "Day"}, {}),
            ({"km": "ជ", "en": "Talk"}, {"km": "ក", "en": "b"}),
        ]
        assert rows.execute("SELECT count(*) FROM event_dates").fetchone() == (1,)
        (kept,) = rows.execute("SELECT details FROM event_drafts").fetchone()
        assert Details.model_validate_json(kept) == Details(kind="talk", title=Text({"km": "ជ"}))
        (last,) = rows.execute("SELECT seq FROM sqlite_sequence WHERE name = 'events'").fetchone()
        assert last == 9, "the number of a deleted event would be given again"


def test_what_is_cut_short_changes_nothing_and_is_done_at_the_next_start(tmp_path: Path) -> None:
    file = upgrade_to(tmp_path / "old.sqlite", "0006")
    with _rows(file) as rows:
        rows.execute(
            "INSERT INTO event_drafts (author_id, details, changed_at_utc)"
            " VALUES (11, 'not JSON', '2026-11-24 03:00:00')"
        )
    with pytest.raises(ValueError, match="Expecting value"):
        migrate(file)
    with _rows(file) as rows:
        assert rows.execute("SELECT version_num FROM alembic_version").fetchall() == [("0006",)]
        rows.execute("UPDATE event_drafts SET details = '{}'")
    migrate(file)
    command.check(config(file))


def test_all_migrations_are_one_transaction(tmp_path: Path) -> None:
    """So that a process that is killed in the midst of them has done nothing."""
    commits = []

    def note(connection: Connection) -> None:
        commits.append(connection)

    event.listen(Engine, "commit", note)
    try:
        migrate(tmp_path / "new.sqlite")
    finally:
        event.remove(Engine, "commit", note)
    assert len(commits) == 1


def test_the_database_from_before_a_migration_is_kept_for_a_week(tmp_path: Path) -> None:
    file = upgrade_to(tmp_path / "old.sqlite", "0010")
    kept = tmp_path / "old.sqlite.before-migration"
    migrate(file)
    with _rows(kept) as rows:
        assert rows.execute("SELECT version_num FROM alembic_version").fetchall() == [("0010",)]
    made = datetime.fromtimestamp(kept.stat().st_mtime, UTC)
    forget_kept(file, made + timedelta(days=7))
    assert kept.exists()
    forget_kept(file, made + timedelta(days=7, seconds=1))
    assert not kept.exists()
    migrate(file)
    assert not kept.exists(), "where there is nothing to migrate nothing is copied"


def test_a_second_migration_loses_nothing_of_what_the_first_kept(tmp_path: Path) -> None:
    file = upgrade_to(tmp_path / "old.sqlite", "0010")
    migrate(file)
    file.unlink()
    upgrade_to(file, "0011")
    migrate(file)
    for name, of in (
        ("old.sqlite.before-migration", "0010"),
        ("old.sqlite.before-migration.2", "0011"),
    ):
        with _rows(tmp_path / name) as rows:
            assert rows.execute("SELECT version_num FROM alembic_version").fetchall() == [(of,)]


def test_what_fails_at_every_start_is_kept_once(tmp_path: Path) -> None:
    file = upgrade_to(tmp_path / "old.sqlite", "0010")
    for _ in range(3):
        keep_before(file, "migration")
    assert [kept.name for kept in tmp_path.glob("*before*")] == ["old.sqlite.before-migration"]


def test_where_no_copy_can_be_made_the_migration_goes_on_and_says_so(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = upgrade_to(tmp_path / "old.sqlite", "0010")
    (tmp_path / "old.sqlite.before-migration.part").mkdir()
    migrate(file)
    assert "no copy could be made before the migration" in caplog.text
    command.check(config(file))


def test_a_database_of_a_newer_release_is_left_alone_and_said_plainly(tmp_path: Path) -> None:
    file = tmp_path / "new.sqlite"
    migrate(file)
    with _rows(file) as rows:
        rows.execute("UPDATE alembic_version SET version_num = '0999'")
    with pytest.raises(SettingsError, match="newer release"):
        migrate(file)


def test_the_words_of_open_cases_become_their_first_messages(tmp_path: Path) -> None:
    file = upgrade_to(tmp_path / "old.sqlite", "0010")
    with _rows(file) as rows:
        rows.execute(
            "INSERT INTO people (id, language, language_chosen, reach, joined_at_utc)"
            " VALUES (1, 'km', 1, 'reachable', '2026-11-01')"
        )
        rows.executemany(
            "INSERT INTO cases (id, person_id, kind, words, opened_at_utc, alerted, closed_at_utc)"
            " VALUES (?, 1, 'abuse', ?, '2026-11-20', '[]', ?)",
            [(1, "he hits me", None), (2, None, None), (3, None, "2026-11-21")],
        )
    migrate(file)
    with _rows(file) as rows:
        kept = rows.execute(
            "SELECT case_id, author_id, by_staff, text, at_utc FROM case_messages"
        ).fetchall()
        assert rows.execute("SELECT id FROM cases").fetchall() == [(1,), (2,), (3,)]
    assert kept == [(1, 1, 0, "he hits me", "2026-11-20")]


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
    file = upgrade_to(tmp_path / "old.sqlite", "0006")
    with _rows(file) as rows:
        rows.executescript(OLD_ROWS)
    migrate(file)
    with _rows(file) as rows:
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
            rows.execute("UPDATE audit SET actor_id = 5")
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


def test_mentors_are_given_names_that_are_no_ids(tmp_path: Path) -> None:
    """And a wish that is being written names a mentor as the buttons do now."""
    file = upgrade_to(tmp_path / "old.sqlite", "0010")
    with _rows(file) as rows:
        for mentor in (520000021, 520000022):
            rows.execute(
                "INSERT INTO mentors (person_id, state, languages, code_accepted, paused, warned)"
                " VALUES (?, 'approved', '[]', 8, 0, 0)",
                (mentor,),
            )
        wishes = (
            {"field": "software", "mentor": 520000021},
            {"mentor": 1},
            {"mentor": None},
            None,
        )
        for girl, wish in enumerate(wishes, 1):
            rows.execute(
                "INSERT INTO mentees (person_id, draft) VALUES (?, ?)",
                (girl, wish and json.dumps(wish)),
            )
    migrate(file)
    with _rows(file) as rows:
        named = dict(rows.execute("SELECT person_id, public_id FROM mentors").fetchall())
        assert len(set(named.values())) == 2
        assert not any(str(person_id) in name for person_id, name in named.items())
        drafts = rows.execute("SELECT draft FROM mentees ORDER BY person_id").fetchall()
        assert [draft and json.loads(draft) for (draft,) in drafts] == [
            {"field": "software", "mentor": named[520000021]},
            {"mentor": None}, {"mentor": None}, None,
        ]  # fmt: skip


def test_a_backup_holds_what_the_database_held(tmp_path: Path) -> None:
    file, copy = tmp_path / "a.sqlite", tmp_path / "b.sqlite"
    migrate(file)
    with _rows(file) as rows:
        rows.execute(
            "INSERT INTO audit (at_utc, actor_id, action, kind, subject) VALUES (1, 2, 'a', 'b', 'b')"
        )
    back_up(file, copy)
    with _rows(copy) as rows:
        assert rows.execute("SELECT actor_id, action FROM audit").fetchall() == [(2, "a")]


def test_without_a_database_the_backup_says_so(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="DATABASE_URL"):
        back_up(tmp_path / "none.sqlite", tmp_path / "copy.sqlite")


def test_words_of_danger_of_the_last_release_are_not_carried_over(tmp_path: Path) -> None:
    """They stayed in the conversation for good: the column goes, and they go with it."""
    file = upgrade_to(tmp_path / "old.sqlite", "0010")
    with _rows(file) as rows:
        rows.execute(
            "INSERT INTO people (id, language, language_chosen, reach, joined_at_utc)"
            " VALUES (1, 'km', 1, 'reachable', '2026-11-01')"
        )
        rows.execute(
            "INSERT INTO conversations (person_id, buttons, care_kind, pending_text)"
            " VALUES (1, '[]', 'abuse', 'he hits me')"
        )
    migrate(file)
    with _rows(file) as rows:
        (chat,) = rows.execute("SELECT * FROM conversations").fetchall()
        assert "abuse" in chat
        assert "he hits me" not in chat
        assert rows.execute("SELECT * FROM last_words").fetchall() == []


def test_who_told_her_grade_before_told_it_when_she_came(tmp_path: Path) -> None:
    """And nobody of the last release was asked by the bot itself."""
    file = upgrade_to(tmp_path / "old.sqlite", "0019")
    with _rows(file) as rows:
        for number, grade in ((1, "11"), (2, None)):
            rows.execute(
                "INSERT INTO people (id, language, language_chosen, grade, reach, joined_at_utc)"
                " VALUES (?, 'km', 1, ?, 'reachable', '2026-11-03 04:05:06.000000')",
                (number, grade),
            )
    migrate(file)
    with _rows(file) as rows:
        query = "SELECT grade, grade_told_on, asked_of_her FROM people ORDER BY id"
        assert rows.execute(query).fetchall() == [("11", "2026-11-03", 0), (None, None, 0)]


def test_her_age_is_hers_and_her_case_outlives_her(tmp_path: Path) -> None:
    """What she told when she asked for a mentor counts for all; no number of a case comes again."""
    file = upgrade_to(tmp_path / "old.sqlite", "0024")
    with _rows(file) as rows:
        for number in (1, 2):
            rows.execute(
                "INSERT INTO people (id, language, language_chosen, reach, joined_at_utc)"
                " VALUES (?, 'km', 1, 'reachable', '2026-11-03')",
                (number,),
            )
        rows.execute("INSERT INTO mentees (person_id, age_band, alias) VALUES (1, 'minor', 'ផ្កា')")
        rows.executemany(
            "INSERT INTO cases (person_id, kind, opened_at_utc, alerted)"
            " VALUES (?, 'help', '2026-11-04', '[]')",
            ((1,), (2,)),
        )
        rows.execute("INSERT INTO case_messages (case_id, author_id, by_staff, text, corrected,"
                     " at_utc) VALUES (1, 1, 0, 'ជួយផង', 0, '2026-11-04')")  # fmt: skip
        rows.execute("DELETE FROM cases WHERE id = 2")
    migrate(file)
    with _rows(file) as rows:
        told = rows.execute("SELECT age_band, age_told_on IS NOT NULL FROM people ORDER BY id")
        assert told.fetchall() == [("minor", 1), (None, 0)]
        assert rows.execute("SELECT alias FROM mentees").fetchall() == [("ផ្កា",)]
        assert rows.execute("SELECT text FROM case_messages").fetchall() == [("ជួយផង",)]
        rows.execute("PRAGMA foreign_keys = ON")
        rows.execute("DELETE FROM people WHERE id = 1")
        rows.execute(
            "INSERT INTO cases (person_id, kind, opened_at_utc, alerted)"
            " VALUES (2, 'help', '2026-11-05', '[]')"
        )
        kept = rows.execute("SELECT id, person_id, erased_at_utc FROM cases ORDER BY id")
        assert kept.fetchall() == [(1, 1, None), (3, 2, None)]
