"""What a database file holds, counted table by table: so a copy is shown to be whole."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

Counts = Mapping[str, int]


def counted(file: Path) -> Counts:
    """Return how many rows each table has, looked at without writing; raises sqlite3.Error."""
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as rows:
        return count_in(rows)


def count_in(rows: sqlite3.Connection) -> Counts:
    """Return how many rows each table has that a connection sees."""
    names = rows.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite!_%'"
        " ESCAPE '!' ORDER BY name"
    ).fetchall()
    # The names are those of the file's own tables, and a quote in one is doubled.
    quoted = {name: name.replace('"', '""') for (name,) in names}
    return {
        name: rows.execute(f'SELECT count(*) FROM "{as_sql}"').fetchone()[0]  # noqa: S608
        for name, as_sql in quoted.items()
    }


def in_short(counts: Counts) -> str:
    """Return what is held in words: “1,204 rows in 57 tables, 83 people”."""
    total, people = sum(counts.values()), counts.get("people", 0)
    return f"{total:,} rows in {len(counts)} tables, {people:,} people"
