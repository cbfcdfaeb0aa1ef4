"""The pace keeps Telegram's limits and obeys RetryAfter for whom it concerns."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pace import Pace


def test_one_chat_waits_a_second_and_others_do_not() -> None:
    pace = Pace(per_second=30, chat_interval=1)
    pace.sent(1, now=100.0)
    assert pace.wait_for_chat(1, 100.25) == 0.75
    assert pace.wait_for_chat(2, 100.25) == 0
    assert pace.wait_for_chat(1, 101.0) == 0


def test_an_edit_does_not_use_up_the_second_of_a_chat() -> None:
    pace = Pace(per_second=30, chat_interval=1)
    pace.sent(1, now=100.0, edit=True)
    assert pace.wait_for_chat(1, 100.0) == 0


def test_one_flooded_chat_stops_only_itself_but_several_stop_everyone() -> None:
    pace = Pace(per_second=30, chat_interval=1)
    pace.stopped(1, 5, now=100.0)
    assert pace.wait_for_chat(1, 100.0) == 5
    assert pace.wait_overall(100.0) == 0
    pace.stopped(2, 5, now=100.1)
    pace.stopped(3, 5, now=100.2)
    assert pace.wait_overall(100.2) == 5


def test_the_second_of_a_chat_begins_when_the_server_has_answered() -> None:
    pace = Pace(per_second=30, chat_interval=1)
    pace.sent(1, now=100.0)
    pace.landed(1, now=100.4)
    assert pace.wait_for_chat(1, 101.0) == pytest.approx(0.4)


def test_a_long_row_of_messages_leaves_at_over_95_percent_of_the_limit() -> None:
    pace, now = Pace(per_second=30, chat_interval=0), 0.0
    for chat in range(3000):
        now += pace.wait_overall(now)
        pace.sent(chat, now)
    assert 3000 / now > 0.95 * 30


@given(st.lists(st.floats(0, 0.2), min_size=40, max_size=200))
def test_no_second_carries_more_than_the_limit(gaps: list[float]) -> None:
    """Whatever the gaps between wishes to send, a sliding second holds at most 30."""
    pace, now, sent = Pace(per_second=30, chat_interval=0), 0.0, []
    for chat, gap in enumerate(gaps):
        now += gap
        now += pace.wait_overall(now)
        pace.sent(chat, now)
        sent.append(now)
    for start in sent:
        assert sum(start <= at < start + 1 for at in sent) <= 30
