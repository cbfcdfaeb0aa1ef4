"""A link is told from the words beside it, however they are put together."""

import pytest

from bot.language.links import is_link, without_links


@pytest.mark.parametrize(
    "text",
    ["t.me/abcd", "https://t.me/+AbC123", "www.moeys.gov.kh", "rupp.edu.kh", "👉 fb.com/x/?a=1",
     "youtu.be/dQw4w9WgXcQ\nhttps://vm.tiktok.com/ZSabc/ 🙂"],
)  # fmt: skip
def test_a_bare_link_is_nothing_but_a_link(text: str) -> None:
    assert is_link(text)


@pytest.mark.parametrize(
    "text",
    ["", "🙂", "who", "he hits.me", "call @somebody", "r@pe", "see t.me/abcd", "3.5/5", "A.B"],
)
def test_words_are_no_link(text: str) -> None:
    assert not is_link(text)


def test_khmer_ends_a_link_without_a_space() -> None:
    assert without_links("មើលt.me/abcdជួយខ្ញុំផង") == "មើល ជួយខ្ញុំផង"
