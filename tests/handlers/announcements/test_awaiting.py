"""What was asked for before an upgrade is still understood after it."""

from typing import Any

import pytest

from bot.screens.awaited import Awaited, read_awaited
from handlers.announcements import FEATURE
from handlers.announcements.awaiting import CorrectionOf, PictureOf, StartOf, WordsOf


@pytest.mark.parametrize(
    ("kept", "asked"),
    [
        ({"part": "km", "id": 3, "first": True}, WordsOf(3, "km", True)),
        ({"part": "en", "id": 3, "first": False}, WordsOf(3, "en")),
        ({"part": "fix_km", "id": 3, "km": None}, CorrectionOf(3, "km")),
        ({"part": "fix_en", "id": 3, "km": "ថ្មី"}, CorrectionOf(3, "en", {"km": "ថ្មី"})),
        ({"part": "picture", "id": 3}, PictureOf(3)),
        ({"part": "time", "id": 3, "version": 4}, StartOf(3, 4)),
    ],
)
def test_what_the_last_release_kept_is_read(kept: dict[str, Any], asked: Awaited) -> None:
    assert read_awaited({"for": "announce", **kept}, FEATURE.awaited) == asked


@pytest.mark.parametrize(
    "asked", [WordsOf(3, "km", True), CorrectionOf(3, "en", {"km": "ថ្មី"}), StartOf(3, 4)]
)
def test_what_is_kept_is_read_again(asked: Awaited) -> None:
    assert read_awaited(asked.stored(), FEATURE.awaited) == asked
