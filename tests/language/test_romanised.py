"""Khmer in Latin letters meets Khmer in Khmer script."""

import pytest

from bot.language.romanised import respell, skeleton


@pytest.mark.parametrize(
    ("khmer", "romanised"),
    [("រៀន", "rean"), ("ចង់", "jong"), ("ថ្នាក់", "thnak"), ("គណិត", "kanit"), ("ពិបាក", "pibak")],
)
def test_both_scripts_share_a_skeleton(khmer: str, romanised: str) -> None:
    assert skeleton(khmer) == skeleton(romanised)


@pytest.mark.parametrize(
    ("one", "other"),
    [("chong rean", "jong rien"), ("khnhom", "knhom"), ("knyom", "knhom"), ("phibak", "pibak")],
)
def test_spellings_of_one_sound_are_respelled_alike(one: str, other: str) -> None:
    assert respell(one) == respell(other)
