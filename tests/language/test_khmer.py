"""Khmer is repaired and folded: the pairs are those measured in the pilot."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.language.khmer import clusters, fold, khmer_share, repair

KHMER_TEXT = st.text(
    alphabet=st.characters(min_codepoint=0x1780, max_codepoint=0x17DD)
    | st.sampled_from("\u200b\u200c\u200d abc1២"),
    max_size=60,
)

SAME_WORD = [
    ("\u1781\u17d2\u1789\u17c6\u17bb", "\u1781\u17d2\u1789\u17bb\u17c6", "nikahit before u"),
    ("\u1792\u17be\u17d2\u179c", "\u1792\u17d2\u179c\u17be", "vowel before coeng"),
    ("\u17a2\u17b8\u17d2\u179c\u1791\u17c1", "\u17a2\u17d2\u179c\u17b8\u1791\u17c1", "then another"),
    ("\u1792\u17d2\u179c\u17c1\u17b8", "\u1792\u17d2\u179c\u17be", "oe in two parts"),
    ("\u1794\u17c1\u17b6", "\u1794\u17c4", "oo in two parts"),
    ("\u179f\u17d2\u179a\u17d2\u178f\u17b8", "\u179f\u17d2\u178f\u17d2\u179a\u17b8", "coeng ro first"),
    ("\u179f\u17b8\u17ca", "\u179f\u17ca\u17b8", "shifter after vowel"),
    ("\u1781\u17d2\u200b\u1789\u17bb\u17c6", "\u1781\u17d2\u1789\u17bb\u17c6", "space of no width"),
    ("\u1781\u17d2\u1789\u17bb\u17c6\u200c", "\u1781\u17d2\u1789\u17bb\u17c6", "trailing ZWNJ"),
    ("\u1780\u17b6\u17b6", "\u1780\u17b6", "doubled vowel"),
    ("\u1780\u17b4\u17b6", "\u1780\u17b6", "inherent vowel"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "wanted", "why"), SAME_WORD, ids=[w for *_, w in SAME_WORD])
def test_what_looks_the_same_is_repaired_to_the_same(typed: str, wanted: str, why: str) -> None:
    assert repair(typed) == wanted


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("បណ្តុះ", "បណ្ដុះ"),
        ("អោយ", "ឱ្យ"),
        ("ឲ្យ", "ឱ្យ"),
        ("ឆ្នាំ២០២៥", "ឆ្នាំ2025"),
        ("PIBAKKKK", "pibak"),
        ("ណាសសសស", "ណាស"),
        ("hello!!! 👍🏽", "hello"),
    ],
)
def test_what_means_the_same_has_one_key(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@example("\u17a4\u17c4\u17c1")  # a vowel that is put together beside the same vowel
@given(KHMER_TEXT)
def test_repairing_and_folding_twice_changes_nothing(text: str) -> None:
    assert repair(repair(text)) == repair(text)
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=200))
def test_any_text_at_all_can_be_folded(text: str) -> None:
    key = fold(text)
    assert key == key.strip()
    key.encode("utf-8")


def test_a_lone_surrogate_becomes_encodable() -> None:
    assert repair("a\ud800b").encode("utf-8")


def test_clusters_keep_subscripts_with_their_base() -> None:
    assert clusters(fold("ខ្ញុំរៀន IT")) == ["ខ្ញុំ", "រៀ", "ន", "it"]


def test_the_share_of_khmer_tells_scripts_apart() -> None:
    assert khmer_share("ខ្ញុំ") == 1
    assert khmer_share("hello") == 0
    assert 0 < khmer_share("រៀន IT") < 1
    assert khmer_share("123 👍") == 0
