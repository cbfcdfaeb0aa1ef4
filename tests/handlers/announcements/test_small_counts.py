"""What is said of an announcement to a class tells of no girl, not even by subtraction."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from bot.announcements.policy import Policy
from bot.announcements.recipients import Progress
from bot.announcements.states import RecipientState, State
from bot.announcements.tables import Broadcast
from handlers.announcements.board import board_screen
from handlers.announcements.screens import Reach, confirm_screen
from tests.stage import Stage


def _to(audience: dict[str, list[str]]) -> Broadcast:
    return Broadcast(
        id=1, kind="announcement", words={"en": "Hello"}, audience=audience, state=State.DONE,
        version=1, created_at_utc=datetime(2026, 11, 24, tzinfo=UTC),
    )  # fmt: skip


@pytest.mark.parametrize("to_class", [True, False])
async def test_of_a_class_only_the_total_is_said_where_a_part_is_a_few(
    stage: Stage, to_class: bool
) -> None:
    voice = stage.services.voice("en")
    broadcast = _to({"class": ["1"]} if to_class else {})
    counts = Progress(Counter({RecipientState.DELIVERED: 6, RecipientState.BLOCKED: 1}))
    board = board_screen(voice, broadcast, counts, None, is_off=False).text
    assert voice.say("cast.total", count="7") in board
    assert (voice.say("cast.delivered", count="6") in board) is not to_class
    reach = Reach({"km": 6, "en": 1}, {})
    last_look = confirm_screen(
        voice, broadcast, reach, Policy.of(stage.services.settings),
        stage.services.content.tongues, silent=False,
    ).text  # fmt: skip
    assert "<b>7</b>" in last_look
    assert ("6" in last_look) is not to_class
