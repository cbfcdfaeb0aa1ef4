"""The opinion weighs what patterns found with how tries are written and what a message means."""

import numpy as np
import pytest

from bot.language.encoder import DIMENSIONS
from bot.mentoring.contact import evidence
from bot.mentoring.contact.look import look, parts_of
from bot.mentoring.contact.opinion import Opinion

# Every one of them meets a pattern.
EVERYDAY = (
    "thanks bong, a big hug, I understand momentum now",
    "I feel bored in grammar so I watch a cooking video with subtitles every night",
    "bong prolong bac dub nov 40 tngai tiet knhom ort toan review integral phong",
    "នៅមន្ទីរពិសោធន៍យើងថតរូបកោសិកាដាក់ក្នុងរបាយការណ៍",
)
# No pattern knows them.
NEVER_SEEN = (
    "my shop needs a girl to pack boxes on Sundays, I give 8 dollars and lunch",
    "if anybody in your house asks, say we only talk about maths",
)
LESSON = "Draw the forces first. Then write the formula. Check the units at the end. "
TRY = "Then write to me on my other page, my name there is Dara Sok Green."


@pytest.mark.parametrize("text", EVERYDAY)
def test_words_of_a_pattern_pass_in_an_everyday_sentence(text: str) -> None:
    assert evidence.see(text).found
    assert look(text).verdict == "pass"


@pytest.mark.parametrize("text", NEVER_SEEN)
def test_what_no_pattern_knows_is_held_for_what_it_means(text: str) -> None:
    assert look(text, with_model=False).verdict == "pass"
    assert look(text).verdict == "hold"


def test_a_try_hides_in_no_lesson() -> None:
    assert look(LESSON * 3).verdict == "pass"
    assert look(LESSON * 3 + TRY + " " + LESSON * 3).kept_back


def test_numbers_are_kept_back_whatever_is_thought_of_the_rest() -> None:
    assert "number" in look(LESSON + "0 9 6 4 4 2 1 7 0 7").reasons


def test_where_there_is_no_encoder_words_decide() -> None:
    found = evidence.of(evidence.see(TRY))
    alone = Opinion(None)
    assert alone.odds(found) == alone.by_words(found)
    assert alone.odds(found) >= alone.bands.hold_from


def test_of_very_many_parts_few_are_asked_for_their_meaning() -> None:
    asked = []

    def encode(text: str) -> np.ndarray:
        asked.append(text)
        return np.full(DIMENSIONS, DIMENSIONS**-0.5, np.float32)

    text = "".join(f"Point {number} is on the line. " for number in range(60))[:1500]
    parts = [evidence.of(evidence.see(part)) for part in parts_of(text)]
    Opinion(encode).likeliest(evidence.of(evidence.see(text)), parts)
    assert len(parts) <= 24
    assert len(asked) <= 9
