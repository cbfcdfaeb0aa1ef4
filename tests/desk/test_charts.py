"""Pictures of figures: as wide as a telephone, large letters, slim bars, few in words."""

import io
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.content import Content
from bot.desk import charts, page
from bot.desk.charts import COLOURS
from bot.screens import canvas
from bot.screens.canvas import WIDTH
from bot.screens.voice import Voice
from bot.small_counts import FEWEST_SHOWN

# Of the 1080 dots of a picture, three are one on a telephone that shows it 360 wide.
SMALLEST_LETTERS = 3 * 10


def _bars(rows: list[int | None], **more: Any) -> dict[str, Any]:
    labels = [f"row {number}" for number in range(len(rows))]
    part = {"kind": "bars", "series": ["n"], "labels": labels, "rows": [[n] for n in rows]}
    return part | more


def _recipe(*parts: dict[str, Any], tongue: str = "en") -> dict[str, Any]:
    return {"draw": "figure", "title": "Who", "day": "1", "tongue": tongue, "parts": list(parts)}


def _drawn(content: Content, recipe: dict[str, Any]) -> Image.Image:
    return Image.open(io.BytesIO(charts.draw(content, recipe))).convert("RGB")


def _thickest(image: Image.Image, colour: str) -> int:
    """Return how high the highest block of a colour is, in the middle of the picture."""
    wanted = tuple(bytes.fromhex(colour[1:]))
    column = np.asarray(image)[:, WIDTH // 2].astype(int)
    is_bar = np.all(np.abs(column - wanted) < 12, axis=1).tolist()
    return max(len(run) for run in "".join("#" if bar else " " for bar in is_bar).split())


def test_a_bar_is_never_a_block_even_if_it_is_the_only_one(content: Content) -> None:
    image = _drawn(content, _recipe(_bars([200])))
    assert image.width == WIDTH
    assert 20 <= _thickest(image, COLOURS[0]) <= 40


def test_no_letters_are_too_small_for_a_telephone() -> None:
    sizes = [v.size for module in (charts, page) for v in vars(module).values()
             if isinstance(v, canvas.Style)]  # fmt: skip
    assert sizes
    assert min(sizes) >= SMALLEST_LETTERS


def test_a_picture_shows_the_first_rows_and_says_how_many_more_there_are(content: Content) -> None:
    voice = Voice(content, "en")
    part = _bars([30, 20, 10, 9, 8, 7, 6])
    assert charts.words_of(voice, part, 5) == [voice.label("fig.more", n="2")]
    assert charts.words_of(voice, part, 8) == []


def test_what_is_under_five_is_said_in_words_and_what_is_hidden_with_it_too(
    content: Content,
) -> None:
    voice = Voice(content, "km")
    few = voice.number(FEWEST_SHOWN)
    alone = charts.words_of(voice, _bars([12, None], guarded=True), 8)
    assert alone == [voice.label("fig.under", few=few, names="row 1")]
    together = charts.words_of(voice, _bars([12, None, None], guarded=True), 8)
    assert together == [voice.label("fig.hidden", few=few, names="row 1, row 2")]
    # Counts of questions are hidden each for itself.
    apart = charts.words_of(voice, _bars([12, None, None], guarded=False), 8)
    assert apart == [voice.label("fig.under", few=few, names="row 1, row 2")]


def test_an_empty_part_is_said_in_words(content: Content) -> None:
    voice = Voice(content, "en")
    assert charts.words_of(voice, _bars([0, 0], nothing="Nobody waits.")) == ["Nobody waits."]
    assert charts.words_of(voice, _bars([])) == [voice.label("fig.nothing")]
    weeks = _bars([]) | {"kind": "weeks", "labels": ["9 Nov"], "rows": [[0]]}
    assert charts.words_of(voice, weeks) == [voice.label("fig.nothing")]
    weeks |= {"rows": [[None]], "series": ["lost"]}
    few = voice.number(FEWEST_SHOWN)
    assert charts.words_of(voice, weeks) == [voice.label("fig.few_a_week", few=few, names="lost")]


@pytest.mark.parametrize("kind", ["bars", "weeks"])
def test_a_picture_that_the_release_before_left_in_the_outbox_is_drawn(
    content: Content, kind: str
) -> None:
    old = {
        "draw": "figure", "kind": kind, "title": "t", "series": ["n"], "few": "<5",
        "labels": ["9 Nov", "16 Nov"], "rows": [[12], [None]], "tongue": "en",
    }  # fmt: skip
    assert charts.lay_out(content, old).y > 200


# Khmer is cut into words by a model that takes seconds to load: elsewhere.
labels = st.lists(
    st.sampled_from(["Career day at a school ", "ថ្ងៃ", "🎉", "\u200b", "=1", "(", "\n", "\0"]),
    max_size=4,
).map("".join)


@settings(max_examples=25)
@given(
    rows=st.lists(st.none() | st.integers(5, 10**7) | st.just(0), max_size=12),
    weeks=st.lists(st.none() | st.integers(0, 10**5), min_size=1, max_size=12),
    label=labels,
)
def test_whatever_was_counted_fits_on_a_picture_that_telegram_takes(
    content: Content, rows: list[int | None], weeks: list[int | None], label: str
) -> None:
    bars = _bars(rows) | {"labels": [label] * len(rows)}
    by_week = {"kind": "weeks", "series": ["a", "b"], "labels": [label] * len(weeks),
               "rows": [[n, n] for n in weeks]}  # fmt: skip
    of = charts.lay_out(content, _recipe(bars, by_week))
    # Telegram: width and height together at most 10,000.
    assert of.y < 10_000 - WIDTH


def test_emoji_of_a_title_leave_no_empty_box_and_a_line_break_is_a_space() -> None:
    style = canvas.Style(40)
    assert canvas.width_of("Day 🎉✨", style) == canvas.width_of("Day ", style)
    assert canvas.width_of("Day\r\none", style) == canvas.width_of("Day one", style)


def test_a_line_does_not_end_with_a_bracket(content: Content) -> None:
    style = canvas.Style(62, bold=True)
    title = Voice(content, "km").label("fig.gaps.title")
    for room in range(300, 1000, 50):
        lines = canvas.wrap(title, style, room)
        assert not any(line.endswith("(") for line in lines)
