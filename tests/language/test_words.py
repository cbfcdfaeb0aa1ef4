"""Khmer is cut between words, never inside one."""

from hypothesis import given
from hypothesis import strategies as st

from bot.language.words import cut, shorten, utf16_length, words


def test_words_are_found_without_spaces() -> None:
    assert words("ខ្ញុំចង់រៀននៅសាកលវិទ្យាល័យ") == ("ខ្ញុំ", "ចង់", "រៀន", "នៅ", "សាកលវិទ្យាល័យ")


def test_long_khmer_is_cut_between_words() -> None:
    text = "ខ្ញុំចង់រៀននៅសាកលវិទ្យាល័យ"
    assert [words(part) for part in cut(text, 14)] == [
        ("ខ្ញុំ", "ចង់", "រៀន", "នៅ"),
        ("សាកលវិទ្យាល័យ",),
    ]


@given(st.text(alphabet="aខ្ញុំ 👍\n", max_size=200), st.integers(4, 40))
def test_parts_fit_and_nothing_but_space_is_lost(text: str, limit: int) -> None:
    parts = cut(text, limit)
    assert all(utf16_length(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


def test_a_label_is_shortened_with_a_mark() -> None:
    assert shorten("one two three four", 12).endswith("…")
    assert shorten("short", 12) == "short"
