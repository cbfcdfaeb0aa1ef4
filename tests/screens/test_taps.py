"""What a button carries comes back as it was, and what is forged is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.refusals import StaleError
from bot.screens.taps import LONGEST_DATA_BYTES, Tap, flag, maybe, number, one_of, rest, word

WORDS = st.from_regex(r"[a-z][a-z0-9-]{0,15}", fullmatch=True)
NUMBERS = st.integers(min_value=0, max_value=10**15)
OPEN = Tap("ev:o", (number, maybe(word), flag()))


def _rest(data: str) -> str:
    return data.removeprefix(OPEN.name).removeprefix(":")


@given(NUMBERS, st.none() | WORDS, st.booleans())
def test_what_a_button_carries_comes_back(n: int, name: str | None, sure: bool) -> None:
    assert OPEN.read(_rest(OPEN(n, name, sure))) == (n, name, sure)


@given(st.text(max_size=80))
def test_anything_else_is_read_or_refused_as_stale(forged: str) -> None:
    try:
        values = OPEN.read(forged)
    except StaleError:
        return
    assert OPEN.read(_rest(OPEN(*values))) == values


@given(st.text(max_size=14))
def test_the_rest_is_taken_whole(text: str) -> None:
    tap = Tap("go", (number, rest))
    assert tap.read(f"7:{text}") == (7, text)


def test_empty_values_at_the_end_are_left_out_and_may_be_written_out() -> None:
    assert OPEN(5, None, False) == "ev:o:5"
    assert OPEN.read("5::") == OPEN.read("5") == (5, None, False)
    assert Tap("news:card").read("") == ()


@pytest.mark.parametrize(
    "forged", ["", "-1", "1.5", "៣", "9" * 19, "5:a b", f"5:{'a' * 60}", "5:a:maybe", "5:a:yes:x"]
)
def test_a_forged_value_is_stale(forged: str) -> None:
    with pytest.raises(StaleError):
        OPEN.read(forged)


def test_only_the_words_that_are_offered_are_taken() -> None:
    tap = Tap("rate", (one_of("y", "n"),))
    assert tap.read("y") == ("y",)
    with pytest.raises(StaleError):
        tap.read("x")


def test_a_button_that_telegram_would_refuse_is_never_made() -> None:
    with pytest.raises(ValueError, match=str(LONGEST_DATA_BYTES)):
        Tap("x", (rest,))("ក" * 30)
    with pytest.raises(ValueError, match="carries"):
        OPEN(1)
