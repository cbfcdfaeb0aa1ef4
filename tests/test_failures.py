"""A failure is named by its kind, its place and what it came from, never by its text."""

import errno
import sqlite3
from contextlib import closing

import pytest

from bot.failures import named

WORDS = "my father hits me"


def _fail_of_what_failed() -> None:
    try:
        try:
            raise OSError(errno.ENOSPC, WORDS)
        except OSError as error:
            raise KeyError(WORDS) from error
    except KeyError as error:
        raise ValueError(WORDS) from error


def test_what_a_failure_came_from_is_named_too() -> None:
    with pytest.raises(ValueError, match=WORDS) as caught:
        _fail_of_what_failed()
    said = named(caught.value)
    kinds = [
        "ValueError at test_failures",
        "KeyError at test_failures",
        "OSError (ENOSPC) at test_failures",
    ]
    assert [kind for kind in kinds if kind in said] == kinds
    assert said.count(", from ") == 2
    assert WORDS not in said


def test_of_a_database_its_own_name_of_the_failure_is_told() -> None:
    with closing(sqlite3.connect(":memory:")) as rows, pytest.raises(sqlite3.Error) as caught:
        rows.execute("INSERT INTO none VALUES (?)", (WORDS,))
    assert named(caught.value).startswith("OperationalError (SQLITE_ERROR) at test_failures.py:")


def test_of_several_that_failed_together_the_first_is_named() -> None:
    with pytest.raises(ValueError, match=WORDS) as caught:
        raise ValueError(WORDS)
    group = ExceptionGroup(WORDS, [caught.value])
    assert named(group).startswith("ExceptionGroup at an unknown place, from ValueError at test_")
