"""Copy a SQLite database into an empty one on a PostgreSQL server, and show that all has arrived.

It is one transaction: what is cut short has copied nothing, and can be begun anew. Every row is
read back through the types of its columns and compared, before it is committed.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, MetaData, Table, create_engine, func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.pool import NullPool

from bot.database.counted import Counts
from bot.database.migrate import known_revisions, revision
from bot.database.on_postgres import called, engine_of
from bot.database.one_instance import only_instance
from bot.database.prepare import plainly, prepare
from bot.settings import SettingsError

_AT_ONCE = 1000
_SUM = 1 << 256


@dataclass
class _Sum:
    """How many rows were seen, and a checksum of them that their order does not change."""

    rows: int = 0
    total: int = 0

    def add(self, row: tuple[Any, ...]) -> None:
        """See a row."""
        digest = sha256(repr(row).encode("utf-8", "surrogatepass")).digest()
        self.rows += 1
        self.total = (self.total + int.from_bytes(digest, "big")) % _SUM


def move(file: Path, url: str, metadata: MetaData) -> Counts:
    """Copy the database `file`, on which no bot may run, to `url`; return what was copied.

    `metadata` knows all tables of the product.

    Raises SettingsError, and has then copied nothing, and AlreadyRunningError.
    """
    if not file.is_file():
        raise SettingsError(f"{file} does not exist. Name the database file to copy.")
    with only_instance(file):
        found, newest = revision(file), known_revisions()[0]
        if found != newest:
            raise SettingsError(
                f"{file} is of an older release ({found or 'empty'}, this one is {newest}). Start "
                "this release on it once, which brings it up to date, stop it, and try again."
            )
        prepare(url)
        return asyncio.run(_copied(file, url, metadata))


async def _copied(file: Path, url: str, metadata: MetaData) -> Counts:
    target = engine_of(url, poolclass=NullPool)
    source = create_engine(URL.create("sqlite", database=str(file)), hide_parameters=True)
    try:
        with source.connect() as there:
            async with target.begin() as here:
                return await _all(there, here, url, metadata.sorted_tables)
    except Exception as error:
        raise plainly(url, error) from None
    finally:
        source.dispose()
        await target.dispose()


async def _all(
    there: Connection, here: AsyncConnection, url: str, tables: Sequence[Table]
) -> Counts:
    for table in tables:
        if await here.scalar(select(select(table).exists())):
            raise SettingsError(
                f"DATABASE_URL names {called(url)}, which is not empty: there are rows in "
                f"{table.name}. Name an empty database (createdb)."
            )
    last = {name: seq for name, seq in there.execute(text("SELECT * FROM sqlite_sequence"))}
    counts: dict[str, int] = {}
    for table in tables:
        written, read = _Sum(), _Sum()
        for rows in _pieces(there, table):
            for row in rows:
                written.add(row)
            await here.execute(insert(table), [_named(table, row) for row in rows])
        async for row in _rows(here, table):
            read.add(row)
        if read != written:
            raise SettingsError(
                f"{table.name} is not the same after it was copied ({written.rows} rows before, "
                f"{read.rows} after), so nothing was. Please tell whoever makes Bong Srey."
            )
        await _go_on_from(here, table, last.get(table.name, 0))
        counts[table.name] = read.rows
    return counts


def _named(table: Table, row: tuple[Any, ...]) -> Mapping[str, Any]:
    return dict(zip(table.columns.keys(), row, strict=True))


def _pieces(there: Connection, table: Table) -> Iterator[list[tuple[Any, ...]]]:
    rows = there.execute(select(table))
    while piece := [tuple(row) for row in islice(rows, _AT_ONCE)]:
        yield piece


async def _rows(here: AsyncConnection, table: Table) -> AsyncIterator[tuple[Any, ...]]:
    async with here.stream(select(table)) as rows:
        async for row in rows:
            yield tuple(row)


async def _go_on_from(here: AsyncConnection, table: Table, last: int) -> None:
    """Let numbers go on where they were, so that none is given twice, not even of erased rows."""
    key = table.autoincrement_column
    if key is None:
        return
    sequence = await here.scalar(select(func.pg_get_serial_sequence(table.name, key.name)))
    if sequence is None:
        return
    last = max(last, int(await here.scalar(select(func.max(key))) or 0))
    if last:
        await here.execute(select(func.setval(sequence, last)))
