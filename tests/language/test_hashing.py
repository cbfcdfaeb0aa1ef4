"""Hashing n-grams for all texts at once finds what cutting each text up would find."""

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bot.language.features import cluster_pairs, ngrams
from bot.language.hashing import by_letters, by_name

TEXTS = st.lists(st.text(max_size=12), max_size=5)
LETTERS = by_letters(str, 2, 4)


def _of_each(texts: list[str], hashes: np.ndarray, owners: np.ndarray) -> list[Counter[int]]:
    return [Counter(hashes[owners == place].tolist()) for place in range(len(texts))]


@given(TEXTS)
def test_each_text_has_as_many_of_each_n_gram_as_it_has_cut_up(texts: list[str]) -> None:
    number: dict[str, int] = {}
    for text, found in zip(texts, _of_each(texts, *LETTERS(texts)), strict=True):
        cut = Counter(ngrams(text, 2, 4))
        assert sorted(found.values()) == sorted(cut.values())
        number |= {gram: LETTERS([gram])[0][-1].item() for gram in cut if len(gram) == 2}
        assert all(found[number[gram]] == cut[gram] for gram in cut if len(gram) == 2)


@given(TEXTS, st.integers(0, 4))
def test_a_text_is_the_same_alone_and_among_others(texts: list[str], place: int) -> None:
    together = _of_each(texts, *LETTERS(texts))
    for text, found in zip(texts, together, strict=True):
        assert Counter(LETTERS([text])[0].tolist()) == found


@given(TEXTS)
def test_named_features_keep_their_text_and_their_number(texts: list[str]) -> None:
    found = _of_each(texts, *by_name(cluster_pairs)(texts))
    assert [sum(one.values()) for one in found] == [len(cluster_pairs(text)) for text in texts]


def test_n_grams_of_a_library_do_not_meet_by_their_hashes() -> None:
    letters = [f"{a}{b}{c}" for a in "abcdefghij" for b in "កខគឃងចឆជឈញ" for c in "0123456789"]
    hashes = {int(by_letters(str, 3, 3)([one])[0][0]) for one in letters}
    assert len(hashes) == len(letters)
