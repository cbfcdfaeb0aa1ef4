"""Khmer is cut between words, never inside one."""

import importlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

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


@pytest.fixture
def damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[bytes], None]]:
    """Put other bytes in the place of the file of the word model."""
    module: Any = importlib.import_module("khmernltk.word_tokenize")

    def put(found: bytes) -> None:
        (tmp_path / "model.sav").write_bytes(found)
        monkeypatch.setattr(module, "model_path", str(tmp_path / "model.sav"))
        word_model._khmer_nltk.cache_clear()
        words.cache_clear()

    yield put
    word_model._khmer_nltk.cache_clear()
    words.cache_clear()


def _model() -> bytes:
    module: Any = importlib.import_module("khmernltk.word_tokenize")
    return Path(module.model_path).read_bytes()


@pytest.mark.parametrize(
    "damage",
    [
        lambda whole: whole[:9_000_000],
        lambda whole: whole.replace(b"FOMC", b"XXXX"),
        lambda whole: whole + b"lCRF",
        lambda whole: whole[:500],
        lambda whole: b"",
    ],
    ids=["cut short", "of another kind", "two of them", "none in it", "empty"],
)
def test_a_damaged_word_model_ends_nothing_and_is_told_once(
    damage: Callable[[bytes], bytes],
    damaged: Callable[[bytes], None],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """CRFsuite would read beyond its end, which ends the process."""
    damaged(damage(_model()))
    assert words("ខ្ញុំចង់រៀន នៅ សាលា") == ("ខ្ញុំចង់រៀន", "នៅ", "សាលា")
    text = "ខ្ញុំចង់រៀននៅសាកលវិទ្យាល័យ"
    assert "".join(_cut(text, 14)) == text
    assert caplog.text.count("Khmer is cut at its spaces alone") == 1
