"""Khmer is cut between words, never inside one."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language import word_model
from bot.language.words import cuts, shorten, utf16_length, words


def _cut(text: str, limit: int) -> Iterator[str]:
    """Yield the parts of a text, with no space around them."""
    return (part for start, end in cuts(text, limit) if (part := text[start:end].strip()))


def test_words_are_found_without_spaces() -> None:
    assert words("ខ្ញុំចង់រៀននៅសាកលវិទ្យាល័យ") == ("ខ្ញុំ", "ចង់", "រៀន", "នៅ", "សាកលវិទ្យាល័យ")


def test_long_khmer_is_cut_between_words() -> None:
    text = "ខ្ញុំចង់រៀននៅសាកលវិទ្យាល័យ"
    assert [words(part) for part in _cut(text, 14)] == [
        ("ខ្ញុំ", "ចង់", "រៀន", "នៅ"),
        ("សាកលវិទ្យាល័យ",),
    ]


@given(st.text(alphabet="aខ្ញុំ 👍\n", max_size=200), st.integers(4, 40))
def test_parts_fit_and_nothing_but_space_is_lost(text: str, limit: int) -> None:
    parts = list(_cut(text, limit))
    assert all(utf16_length(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


def test_a_label_is_shortened_with_a_mark() -> None:
    assert shorten("one two three four", 12).endswith("…")
    assert shorten("short", 12) == "short"


def test_of_a_long_text_only_the_beginning_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    """A title of a calendar may be as long as it likes, and holds nobody up."""
    asked: list[str] = []
    tokens = word_model.tokens

    def counted(text: str) -> list[str]:
        asked.append(text)
        return tokens(text)

    monkeypatch.setattr(word_model, "tokens", counted)
    assert utf16_length(shorten("word " * 200_000, 60)) <= 60
    assert len(asked) == 1
