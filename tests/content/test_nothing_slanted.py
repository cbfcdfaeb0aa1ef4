"""Khmer letters are hard to read when they are slanted, so nothing ever is."""

import re
from pathlib import Path

from bot.content import Content
from bot.settings import ROOT

_SLANTED = re.compile(r"<(i|em)\b")


def test_no_words_of_the_locales_are_slanted(content: Content) -> None:
    slanted = [
        f"{tongue}: {key}"
        for tongue, words in content.locales.items()
        for key, text in words.items()
        if _SLANTED.search(text)
    ]
    assert slanted == []


def test_no_screen_slants_what_it_says() -> None:
    """Calendars of others may: what they say is read as plain words."""
    others = {ROOT / "bot" / "events" / "ical" / "words.py"}
    files = {*Path(ROOT / "bot").rglob("*.py"), *Path(ROOT / "handlers").rglob("*.py")} - others
    slanting = [file.name for file in files if _SLANTED.search(file.read_text(encoding="utf-8"))]
    assert slanting == []
