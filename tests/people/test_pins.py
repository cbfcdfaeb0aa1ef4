"""A PIN: read in any script, kept hashed, and not to be guessed in an evening."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.people import pins
from bot.people.pins import Try
from bot.people.tables import Profile

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def profile(pin: str = "4071") -> Profile:
    return Profile(person_id=1, name="Dara", pin=pins.hashed(pin), tries=0)


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("4071", "4071"),
        (" 4071 ", "4071"),
        ("៤០៧១", "4071"),
        ("40", "40"),
        ("12345678", "12345678"),
    ],
)
def test_digits_may_be_a_pin(text: str, digits: str) -> None:
    assert pins.read(text) == digits


@pytest.mark.parametrize(
    "text", ["", "four", "40 71", "123456789", "4½71", "²²²²", "/menu", "17-4"]
)
def test_other_words_are_none(text: str) -> None:
    assert pins.read(text) is None


def test_two_who_choose_the_same_are_not_kept_alike() -> None:
    # Of eight digits, for four stand in one of a hundred such hashes by chance.
    one, other = pins.hashed("40714071"), pins.hashed("40714071")
    assert one != other
    assert pins.fits("40714071", one)
    assert not pins.fits("40714072", one)
    assert "40714071" not in (one + other)


def test_after_five_wrong_ones_each_costs_a_quarter_of_an_hour() -> None:
    hers, now = profile(), NOW
    assert [pins.attempt(hers, "1111", now) for _ in range(5)] == [Try.WRONG] * 4 + [Try.LOCKED]
    assert pins.attempt(hers, "4071", now) is Try.LOCKED
    for _ in range(3):
        now += pins.LOCKED_FOR
        assert pins.attempt(hers, "1111", now) is Try.LOCKED
        assert pins.attempt(hers, "4071", now + timedelta(minutes=14)) is Try.LOCKED
    assert pins.attempt(hers, "4071", now + pins.LOCKED_FOR) is Try.RIGHT
    assert pins.attempt(hers, "1111", now + pins.LOCKED_FOR) is Try.WRONG


def test_who_says_again_that_it_is_forgotten_waits_no_longer_and_no_shorter() -> None:
    hers = profile()
    pins.forgot(hers, NOW)
    pins.forgot(hers, NOW + timedelta(hours=20))
    assert not pins.may_begin_anew(hers, NOW + timedelta(hours=23))
    assert pins.may_begin_anew(hers, NOW + timedelta(hours=24))
    pins.attempt(hers, "4071", NOW + timedelta(hours=25))
    assert not pins.may_begin_anew(hers, NOW + timedelta(hours=26))


def test_who_has_none_forgets_none() -> None:
    hers = Profile(person_id=1, name="Dara", pin=None, tries=0)
    pins.forgot(hers, NOW)
    assert not pins.may_begin_anew(hers, NOW + timedelta(hours=30))
