"""A long screen is cut into messages that Telegram takes, and nothing of it is lost."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.demo.html_entities import parse, utf16
from bot.screens.parts import LONGEST_MESSAGE, parts, plain
from bot.screens.screen import Html
from tests.screens.written import by_a_girl


def _said(html: Html) -> str:
    return parse(html)[0]


def test_what_fits_is_said_as_it_is() -> None:
    text = Html("<b>Case 1</b>\n<blockquote>a &amp; b</blockquote>")
    assert parts(text) == [text]


def test_a_tag_that_is_cut_is_closed_and_opened_again() -> None:
    assert parts(Html("<b>one <i>two three</i></b> four"), 10) == [
        "<b>one <i>two</i></b>", "<b><i>three</i></b> four",
    ]  # fmt: skip


def test_a_sign_is_never_cut_in_half() -> None:
    """The words of an attack: 1400 signs that are written with five letters each."""
    cut = parts(Html(f"<blockquote>this is our secret {'&amp;' * 8000}</blockquote>"))
    assert all(utf16(_said(part)) <= LONGEST_MESSAGE for part in cut)
    assert sum(_said(part).count("&") for part in cut) == 8000


def test_a_long_line_is_not_longer_than_what_the_word_model_reads() -> None:
    words = "ខ្ញុំខ្លាច" * 900
    assert "".join(_said(part) for part in parts(Html(words))) == words


@settings(max_examples=20)
@given(by_a_girl(), st.integers(8, 200))
def test_any_text_arrives_whole(text: str, limit: int) -> None:
    marked = re.sub("[&<>]", lambda sign: {"&": "&amp;", "<": "&lt;", ">": "&gt;"}[sign[0]], text)
    html = Html(f"<b>Case 1</b>:\n<blockquote>{marked}</blockquote>\n<i>end</i>")
    said = [_said(part) for part in parts(html, limit)]
    assert all(utf16(part) <= limit for part in said)
    assert "".join("".join(said).split()) == "".join(f"Case1:{text}end".split())


def test_the_words_of_a_text_are_without_its_tags_and_with_its_signs() -> None:
    html = Html('<b>1 &lt; 2</b> &amp; <a href="https://x.org/?a=1&amp;b=2">there</a>')
    assert plain(html) == "1 < 2 & there"
