"""What a conversation awaits outlives a restart, and an odd row is as if nothing were awaited."""

from dataclasses import dataclass
from typing import Any

import pytest

from bot.screens.awaited import Awaited, read_awaited


@dataclass(frozen=True)
class Answer(Awaited, name="answer"):
    """Words for a group of questions."""

    group: int


@dataclass(frozen=True)
class Moment(Awaited, name="announce", part="time"):
    """A time for an announcement."""

    id: int
    version: int = 1


@dataclass(frozen=True)
class Correction(Awaited, name="announce", part="fix"):
    """New words for an announcement."""

    id: int


KINDS = (Answer, Moment, Correction)


@pytest.mark.parametrize("awaited", [Answer(3), Moment(1, 2), Correction(9)])
def test_it_is_read_back_as_it_was(awaited: Awaited) -> None:
    assert read_awaited(awaited.stored(), KINDS) == awaited


def test_it_is_kept_under_its_name() -> None:
    assert Answer(3).stored() == {"for": "answer", "group": 3}
    assert Correction(3).stored() == {"for": "announce", "part": "fix", "id": 3}


@pytest.mark.parametrize(
    "stored",
    [
        None, {}, {"for": "nothing"}, {"for": "answer"}, {"for": "answer", "group": "x"},
        {"for": "announce", "id": 1}, {"for": "announce", "part": "odd", "id": 1},
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_not_awaited(stored: dict[str, Any] | None) -> None:
    assert read_awaited(stored, KINDS) is None
