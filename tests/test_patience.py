"""What cannot be done is tried again and again, and the log says so once."""

import logging

import pytest

from bot.patience import Patience


def test_the_pauses_grow_and_begin_anew_when_it_has_worked(
    caplog: pytest.LogCaptureFixture,
) -> None:
    patience = Patience(logging.getLogger("bot"), "nothing comes", longest_seconds=5)
    patience.worked()
    assert [patience.failed("a cut cable") for _ in range(5)] == [1, 2, 4, 5, 5]
    patience.worked()
    assert patience.failed("another") == 1
    assert caplog.messages == [
        "nothing comes (a cut cable); trying until it works",
        "nothing comes: that is over",
        "nothing comes (another); trying until it works",
    ]
