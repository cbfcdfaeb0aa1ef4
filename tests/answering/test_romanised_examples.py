"""Khmer as it may be typed in Latin letters: what the classifier learns from besides."""

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.fit.romanised import romanised
from bot.language.romanised import skeleton

KHMER = "".join(map(chr, range(0x1780, 0x17F0)))


def ways(text: str) -> set[str]:
    """Return what a hundred typists make of a text."""
    chance = random.Random(1)
    return {romanised(text, chance) for _ in range(100)}


@pytest.mark.parametrize(
    ("khmer", "typed"),
    [
        ("ខ្ញុំ", "knhom"), ("ចង់រៀន", "jong rean"), ("អត់លុយ", "ot luy"), ("ភ្នំពេញ", "phnom penh"),
        ("ពេទ្យ", "pet"), ("ខេត្ត", "khet"), ("ឈប់", "chhop"), ("មាត់", "mot"), ("ឆាប់ៗ", "chhab chhab"),
        ("ថ្នាក់ទី១២", "tnak ti 12"), ("កុំព្យូទ័រ", "kompyouto"),
    ],
)  # fmt: skip
def test_a_word_is_typed_in_many_ways_and_one_is_the_commonest(khmer: str, typed: str) -> None:
    found = ways(khmer)
    assert len(found) > 1
    assert min(_apart(typed, way) for way in found) <= 1


def _apart(one: str, other: str) -> int:
    """Return by how many letters two spellings differ in length and by place."""
    return abs(len(one) - len(other)) + sum(a != b for a, b in zip(one, other, strict=False))


@pytest.mark.parametrize("khmer", ["សាលា", "គ្រូ", "មុខវិជ្ជា", "ពិន្ទុ", "កម្មសិក្សា"])
def test_most_spellings_keep_the_consonants(khmer: str) -> None:
    found = ways(khmer)
    kept = [way for way in found if skeleton(way) == skeleton(khmer)]
    assert len(kept) >= len(found) / 2


def test_what_is_not_khmer_stays() -> None:
    assert romanised("CADT IT 2024?", random.Random(1)) == "CADT IT 2024?"


def test_the_same_draw_gives_the_same_text() -> None:
    assert romanised("ខ្ញុំចង់រៀនពេទ្យ", random.Random(5)) == romanised("ខ្ញុំចង់រៀនពេទ្យ", random.Random(5))


@given(st.text(alphabet=KHMER + " ab។?", max_size=40), st.integers())
def test_no_khmer_letter_is_left_in_any_text(text: str, seed: int) -> None:
    assert not re.search("[\u1780-\u17d3]", romanised(text, random.Random(seed)))
