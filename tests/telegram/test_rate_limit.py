"""The pace keeps Telegram's limits and obeys RetryAfter for whom it concerns."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.rate_limit import RateLimit


def test_one_chat_waits_a_second_and_others_do_not() -> None:
    pace = RateLimit(per_second=30, chat_interval=1)
    pace.sent(1, now=100.0)
    assert pace.wait_for_chat(1, 100.25) == 0.75
    assert pace.wait_for_chat(2, 100.25) == 0
    assert pace.wait_for_chat(1, 101.0) == 0


def test_an_edit_does_not_use_up_the_second_of_a_chat() -> None:
    pace = RateLimit(per_second=30, chat_interval=1)
    pace.sent(1, now=100.0, edit=True)
    assert pace.wait_for_chat(1, 100.0) == 0


def test_one_flooded_chat_stops_only_itself_but_several_stop_everyone() -> None:
    pace = RateLimit(per_second=30, chat_interval=1)
    pace.stopped(1, 5, now=100.0)
    assert pace.wait_for_chat(1, 100.0) == 5
    assert pace.wait_overall(100.0) == 0
    pace.stopped(2, 5, now=100.1)
    pace.stopped(3, 5, now=100.2)
    assert pace.wait_overall(100.2) == 5


def test_the_second_of_a_chat_begins_when_the_server_has_answered() -> None:
    pace = RateLimit(per_second=30, chat_interval=1)
    pace.sent(1, now=100.0)
    pace.sent(2, now=100.0, edit=True)
    pace.landed(1, now=100.4)
    pace.landed(2, now=100.4, edit=True)
    assert pace.wait_for_chat(2, 100.5) == 0
    assert pace.wait_for_chat(1, 101.0) == pytest.approx(0.4)


def test_a_long_row_of_messages_leaves_at_over_95_percent_of_the_limit() -> None:
    """With 40 ms to the server and back, which is what it takes from Phnom Penh to Singapore."""
    pace, now = RateLimit(per_second=30, chat_interval=0), 0.0
    answers: list[float] = []
    for chat in range(3000):
        while wait := pace.wait_overall(now):
            now += wait
            while answers and answers[0] <= now:
                pace.landed(chat, answers.pop(0))
        pace.sent(chat, now)
        answers.append(now + 0.04)
    assert 3000 / now > 0.95 * 30


@given(
    st.lists(st.tuples(st.floats(0, 0.2), st.floats(0, 0.5), st.floats(0, 1)), min_size=40,
             max_size=200)
)  # fmt: skip
def test_no_second_of_the_server_carries_more_than_the_limit(
    messages: list[tuple[float, float, float]],
) -> None:
    """Whatever the gaps, the delays and the moment on the way at which the server counts."""
    pace, now = RateLimit(per_second=30, chat_interval=0), 0.0
    counted: list[float] = []
    answers: list[float] = []
    for chat, (gap, delay, part) in enumerate(messages):
        now += gap
        while True:
            while answers and answers[0] <= now:
                pace.landed(chat, answers.pop(0))
            if not (wait := pace.wait_overall(now)):
                break
            now += wait
        pace.sent(chat, now)
        counted.append(now + part * delay)
        answers = sorted([*answers, now + delay])
    for start in counted:
        assert sum(start <= at < start + 0.999 for at in counted) <= 30
