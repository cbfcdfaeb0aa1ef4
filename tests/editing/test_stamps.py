"""A translation whose other side has changed since is flagged until somebody has read both."""

import shutil
from pathlib import Path

import pytest

from bot.content import load_content
from bot.editing.stamps import stale, write_stamps
from bot.settings import CONTENT, SettingsError

PLACE = "locales.home.more"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the content, freshly stamped."""
    root = Path(shutil.copytree(CONTENT, tmp_path / "content"))
    write_stamps(root, load_content(root))
    return root


def _reword(root: Path, tongue: str, old: str, new: str) -> None:
    path = root / "locales" / tongue / "home.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_what_was_stamped_is_not_stale(copy: Path) -> None:
    assert list(stale(copy, load_content(copy))) == []


def test_a_change_of_the_khmer_alone_flags_the_english(copy: Path) -> None:
    _reword(copy, "km", 'home.more: "⚙️ ផ្សេងទៀត', 'home.more: "⚙️ ម៉ឺនុយ')
    (problem,) = stale(copy, load_content(copy))
    assert problem.startswith(f"{PLACE}: the Khmer was changed")
    assert f"bongsrey content stamp {PLACE}" in problem


def test_a_change_of_the_english_alone_flags_the_khmer(copy: Path) -> None:
    _reword(copy, "en", 'home.more: "⚙️ More', 'home.more: "⚙️ Other things')
    (problem,) = stale(copy, load_content(copy))
    assert problem.startswith(f"{PLACE}: the English was changed")


def test_stamping_everything_does_not_silence_a_one_sided_change(copy: Path) -> None:
    _reword(copy, "en", 'home.more: "⚙️ More', 'home.more: "⚙️ Other things')
    write_stamps(copy, load_content(copy))
    assert len(list(stale(copy, load_content(copy)))) == 1


def test_who_has_read_both_says_so_by_name(copy: Path) -> None:
    _reword(copy, "en", 'home.more: "⚙️ More', 'home.more: "⚙️ Other things')
    write_stamps(copy, load_content(copy), PLACE)
    assert list(stale(copy, load_content(copy))) == []


def test_a_place_where_no_text_stands_is_a_slip_and_stamps_nothing(copy: Path) -> None:
    before = (copy / "stamps.tsv").read_bytes()
    with pytest.raises(SettingsError, match="No text stands at locales.home.mroe"):
        write_stamps(copy, load_content(copy), "locales.home.mroe")
    assert (copy / "stamps.tsv").read_bytes() == before


def test_a_change_of_both_asks_for_new_stamps_once(copy: Path) -> None:
    _reword(copy, "en", 'home.more: "⚙️ More', 'home.more: "⚙️ Other things')
    _reword(copy, "km", 'home.more: "⚙️ ផ្សេងទៀត', 'home.more: "⚙️ ម៉ឺនុយ')
    (problem,) = stale(copy, load_content(copy))
    assert problem.startswith("1 text is new or written anew")
    assert write_stamps(copy, load_content(copy)) == 1
    assert list(stale(copy, load_content(copy))) == []
