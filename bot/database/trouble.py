"""Whether it was the database itself that failed, or what was asked of it."""

import errno
import os
import sqlite3
from collections.abc import Iterator

from sqlalchemy.exc import DBAPIError

# What a database fails with, whichever library says so.
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


def in_words(error: BaseException) -> str:
    """Return why a database cannot be used, for whoever runs the bot; never what was asked."""
    for one in _chain(error):
        if isinstance(one, OSError) and one.errno is not None:
            return os.strerror(one.errno).lower()
        if words := _WORDS.get((getattr(one, "sqlite_errorcode", None) or 0) & _KIND):
            return words
    return type(error).__name__


def is_out_of_order(error: BaseException) -> bool:
    """Return whether the disk is full, the file is locked or the like: it passes, and is nobody's
    doing. A failure of what was asked, such as a row that may not be, is none of these."""
    return any(_is_of_disk(one) for one in _chain(error))


def _is_of_disk(error: BaseException) -> bool:
    if isinstance(error, OSError):
        return error.errno in _DISK
    code = getattr(error, "sqlite_errorcode", None)
    return code is not None and code & _KIND in _OUT_OF_ORDER and code not in _OF_ONE_PAGE


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """Walk from a failure to what it came from: what is rolled back may fail once more."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        if (driver := getattr(error, "orig", None)) is not None:
            yield driver
        error = error.__cause__ or error.__context__
