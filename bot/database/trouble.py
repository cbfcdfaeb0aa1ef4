"""Whether it was the database itself that failed, or what was asked of it, whichever engine it is.

SQLite numbers its failures, PostgreSQL has an SQLSTATE of five letters, and whatever lies between
wraps them: so the numbers are looked for, and no driver has to be loaded to ask.
"""

import errno
import os
import socket
import sqlite3
from collections.abc import Iterator

from sqlalchemy.exc import DBAPIError

# What a database file fails with, whichever library says so.
FAILURES = (OSError, sqlite3.Error, DBAPIError)

# SQLite names the kind of a failure in the lower byte, and what it was doing above it.
_KIND = 0xFF
_OUT_OF_ORDER = {
    sqlite3.SQLITE_FULL, sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_IOERR, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_PROTOCOL,
}  # fmt: skip
# One page that cannot be read concerns who is on it; everybody else can be served.
_OF_ONE_PAGE = {
    sqlite3.SQLITE_IOERR_READ, sqlite3.SQLITE_IOERR_SHORT_READ, sqlite3.SQLITE_IOERR_CORRUPTFS,
}  # fmt: skip
_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS}

_WORDS = {
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_BUSY: "another program holds it",
    sqlite3.SQLITE_LOCKED: "another program holds it",
    sqlite3.SQLITE_READONLY: "it, or the folder that it lies in, cannot be written",
    sqlite3.SQLITE_CANTOPEN: "it, or the folder that it lies in, cannot be opened",
    sqlite3.SQLITE_IOERR: "the disk fails or is full",
    sqlite3.SQLITE_CORRUPT: "it is damaged",
    sqlite3.SQLITE_NOTADB: "it is no database",
}

# Of PostgreSQL's classes: no connection, no resources, an operator steps in, the system fails.
_PASSES = ("08", "53", "57", "58")
# A lock that was waited for too long, a server that only reads since another took over, and a
# session that was ended for being idle.
_PASSES_TOO = {"55P03", "25006", "25P03"}
# Two units of work met, and this one has to be done again: serialization failure, deadlock.
_CONFLICT = {"40001", "40P01"}
# By their first letters; the longest that fits is said.
_SAID = {
    "08": "no connection to the server; see that it runs, and that host and port are right",
    "28": "the server does not accept this name and password",
    "3D000": "the server has no database of that name; make an empty one (createdb)",
    "3F000": "its user has no schema to make tables in",
    "42501": "its user may not do what is needed; make the user the owner of the database",
    "53": "the server has no room or memory left",
    "53100": "the disk of the server is full",
    "53300": "the server takes no more connections; let it take more (max_connections), or start "
    "fewer workers",
    "57": "the server is being stopped or started",
    "22021": "a text in it has a sign that PostgreSQL does not keep",
    "25006": "the server takes nothing new: it only follows another",
}
_UNREACHABLE = "no server answers there; see that it runs, and that host and port are right"


def in_words(error: BaseException) -> str:
    """Return why a database cannot be used, for whoever runs the bot; never what was asked."""
    for one in _chain(error):
        if isinstance(one, OSError) and _is_of_network(one):
            return _UNREACHABLE
        if isinstance(one, OSError) and one.errno is not None:
            return os.strerror(one.errno).lower()
        if words := _WORDS.get((getattr(one, "sqlite_errorcode", None) or 0) & _KIND):
            return words
        state = _state(one)
        if said := [_SAID[state[:n]] for n in (5, 2) if state[:n] in _SAID]:
            return said[0]
        if _was_cut_off(one):
            return "the connection to the server was cut"
    return type(error).__name__


def is_damage(error: sqlite3.Error) -> bool:
    """Return whether a file is a database, and broken."""
    return error.sqlite_errorcode & _KIND == sqlite3.SQLITE_CORRUPT


def is_of_database(error: BaseException) -> bool:
    """Return whether a database, or the way to it, has failed at all."""
    return any(
        isinstance(one, FAILURES) or _state(one) or type(one).__module__.startswith("asyncpg")
        for one in _chain(error)
    )


def is_out_of_order(error: BaseException) -> bool:
    """Return whether the disk is full, the file is locked, the server away or the like: it passes,
    and is nobody's doing. A failure of what was asked, such as a row that may not be, is none."""
    return any(_passes(one) for one in _chain(error))


def is_conflict(error: BaseException) -> bool:
    """Return whether it met the work of another worker, and has only to be done again."""
    return any(_state(one) in _CONFLICT for one in _chain(error))


def _passes(error: BaseException) -> bool:
    if isinstance(error, OSError):
        return error.errno in _DISK or _is_of_network(error)
    state = _state(error)
    if state[:2] in _PASSES or state in _PASSES_TOO or _was_cut_off(error):
        return True
    code = getattr(error, "sqlite_errorcode", None)
    return code is not None and code & _KIND in _OUT_OF_ORDER and code not in _OF_ONE_PAGE


def _is_of_network(error: OSError) -> bool:
    # `gaierror`: the name of the server is not found.
    of_network = ConnectionError | TimeoutError | socket.gaierror
    return isinstance(error, of_network) or error.errno in (errno.EHOSTUNREACH, errno.ENETUNREACH)


def _state(error: BaseException) -> str:
    """Return PostgreSQL's own name of a failure, if it has one."""
    return str(getattr(error, "sqlstate", None) or "")


def _was_cut_off(error: BaseException) -> bool:
    """Return whether the connection went away in the midst of it."""
    return isinstance(error, DBAPIError) and error.connection_invalidated


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """Walk from a failure to what it came from: what is rolled back may fail once more."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        if (driver := getattr(error, "orig", None)) is not None:
            yield driver
        error = error.__cause__ or error.__context__
