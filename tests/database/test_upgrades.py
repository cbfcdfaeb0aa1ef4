"""A database of every release there was, with rows in every table, comes whole to this one."""

import json
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from alembic import command

from bot.database.counted import counted
from bot.database.migrate import known_revisions, migrate
from tests.database.releases import config, upgrade_to

OLDEST_FIRST = known_revisions()[::-1]
HOW_MANY = 3
PERSON = 520_000_000
# What a migration rewrites or lets go on purpose: `test_migrations.py` tries how, and a feed whose
# marks are gone is only read once more.
REWRITTEN = {
    "broadcasts.proposal", "event_drafts.details", "mentees.draft", "event_feeds.etag",
    "event_feeds.modified",
}  # fmt: skip
# What a migration has moved, and where it is now.
MOVED = {"mentees.age_band": "people.age_band"}
WORDS_OF_A_PERSON = "ប្អូនសួរ"

# What a column holds that a migration reads, as the release before wrote it; else a plain value
# of its type will do.
HELD = {
    "broadcasts.proposal": json.dumps({"km": "ថ្មី", "en": None, "by": 1, "asked": True, "number": 2}),
    "broadcasts.words": json.dumps({"km": "ថ្មី"}),
    "event_drafts.details": json.dumps({"kind": "talk", "title_km": "ជ", "title_en": ""}),
    "mentees.draft": json.dumps({"field": "software", "mentor": PERSON}),
    "audit.subject": "question group 7",
}  # fmt: skip


class Table:
    """A table of a release, with what must be known to fill it."""

    def __init__(self, rows: sqlite3.Connection, name: str) -> None:
        self.name = name
        self.columns = rows.execute(f'PRAGMA table_info("{name}")').fetchall()
        keys = rows.execute(f'PRAGMA foreign_key_list("{name}")').fetchall()
        self.owes = {column: owed for _, _, owed, column, *_ in keys}

    def fill(self, rows: sqlite3.Connection) -> None:
        """Put rows in, each with a value in every column."""
        names = ", ".join(f'"{column[1]}"' for column in self.columns)
        marks = ", ".join("?" for _ in self.columns)
        for number in range(1, HOW_MANY + 1):
            values = [self._value(column, number) for column in self.columns]
            put = f'INSERT INTO "{self.name}" ({names}) VALUES ({marks})'  # noqa: S608
            rows.execute(put, values)

    def _value(self, column: tuple[int, str, str, int, str | None, int], number: int) -> object:
        _, name, kind, _, _, _ = column
        if f"{self.name}.{name}" in HELD:
            return HELD[f"{self.name}.{name}"]
        if self.owes.get(name) == "people" or name.endswith(("person_id", "_by", "author_id")):
            return PERSON + number
        if self.name == "people" and name == "id":
            return PERSON + number
        if name in self.owes or name == "id":
            return number
        return {
            "JSON": "[]", "DATETIME": f"2026-11-0{number} 03:00:00.000000",
            "DATE": f"2026-11-0{number}", "BOOLEAN": 1, "FLOAT": 0.5,
        }.get(kind, number if "INT" in kind else f"{WORDS_OF_A_PERSON} {number}")  # fmt: skip


@contextmanager
def _rows(file: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(file)) as rows, rows:
        yield rows


def _fill(file: Path) -> None:
    """Put rows into every table."""
    with _rows(file) as rows:
        for name in counted(file):
            if name != "alembic_version":
                Table(rows, name).fill(rows)


def _held(file: Path) -> dict[str, list[object]]:
    """Return what each column holds, as "table.column"."""
    held: dict[str, list[object]] = {}
    with _rows(file) as rows:
        for name in counted(file):
            found = rows.execute(f'SELECT * FROM "{name}" ORDER BY 1').fetchall()  # noqa: S608
            names = [column[1] for column in Table(rows, name).columns]
            if found and name != "alembic_version":
                held |= {
                    f"{name}.{c}": list(v)
                    for c, v in zip(names, zip(*found, strict=True), strict=True)
                }
    return held


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """An empty database of each release, each made from the one before."""
    folder = tmp_path_factory.mktemp("released")
    growing, made = folder / "growing.sqlite", {}
    for revision in OLDEST_FIRST:
        upgrade_to(growing, revision)
        made[revision] = folder / f"{revision}.sqlite"
        shutil.copyfile(growing, made[revision])
    return made


@pytest.mark.parametrize("revision", OLDEST_FIRST)
def test_everything_of_a_release_is_there_in_this_one(
    revision: str, released: Mapping[str, Path], tmp_path: Path
) -> None:
    file = Path(shutil.copyfile(released[revision], tmp_path / "old.sqlite"))
    _fill(file)
    before, held = counted(file), _held(file)
    assert set(before.values()) == {HOW_MANY, 1}, "every table has rows"
    migrate(file)
    after = counted(file)
    assert {name: after[name] for name in before} == before
    kept = _held(file)
    now = {column: kept.get(MOVED.get(column, column), values) for column, values in held.items()}
    changed = {column for column, values in held.items() if now[column] != values}
    assert changed - REWRITTEN == set()
    with _rows(file) as rows:
        assert rows.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert rows.execute("PRAGMA foreign_key_check").fetchall() == []
    command.check(config(file))


def test_the_migrations_of_every_release_stand_in_one_line() -> None:
    """Or Alembic would not know which comes next."""
    assert [f"{number:04}" for number in range(1, len(OLDEST_FIRST) + 1)] == OLDEST_FIRST
