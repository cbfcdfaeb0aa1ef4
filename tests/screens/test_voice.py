"""How the voice says what is counted."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.content import Content
from bot.screens.voice import Voice

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize("tongue", ["km", "en"])
def test_what_began_just_now_has_not_lasted_nought_hours(content: Content, tongue: str) -> None:
    voice = Voice(content, tongue)
    assert voice.since(NOW - timedelta(minutes=59), NOW) == voice.label("since.now")
    assert voice.since(NOW - timedelta(minutes=61), NOW) == voice.label(
        "since.hours", n=voice.number(1)
    )
