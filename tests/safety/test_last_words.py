"""What she wrote last is read together, and what was answered with care is not read again."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from bot.safety.danger import Danger, Level
from bot.safety.last_words import Seen, Word, look, met

GRAVE, SAD = "i want to die", "i cry"


def find(text: str, before: Sequence[str]) -> Danger | None:
    """Find danger by its very words."""
    said = " ".join((*before, text))
    if GRAVE in said or said.count(SAD) > 1:
        return Danger("selfharm", "grave")
    return Danger("help", "sad", Level.GENTLE) if SAD in said else None


def after(*texts: str) -> list[Word]:
    """Return what is kept when somebody has written these."""
    words: list[Word] = []
    for text in texts:
        words.append(Word(text))
        words = met(words, look(find, words))
    return words


def level(text: str, *before: str) -> Level | None:
    found = look(find, [*after(*before), Word(text)])
    return None if found is None else found.danger.level


def test_danger_is_said_in_pieces() -> None:
    assert level("die", "i want", "to") is Level.CARE
    assert [word.seen for word in after("i want", "to", "die")] == [Seen.CARE] * 3


def test_a_correction_is_read_at_its_place() -> None:
    words = [Word("i want"), Word("die")]
    found = look(find, [Word("i want to"), words[1]], 0)
    assert found is not None
    assert found.together


def test_what_was_met_with_care_does_not_ring_with_the_next_question() -> None:
    assert level("what is ai?", GRAVE) is None
    assert level(GRAVE, GRAVE) is Level.CARE


def test_a_gentle_word_is_not_for_what_had_one() -> None:
    assert level("what is ai?", SAD) is None
    assert level("cry", "what is ai?", "i") is Level.GENTLE


def test_what_was_met_gently_counts_towards_care() -> None:
    assert level(SAD, SAD) is Level.CARE


def test_only_the_words_that_alarm_alone_are_kept_as_such() -> None:
    words = after("what is ai?", GRAVE)
    assert [(word.seen, word.kind) for word in words] == [(None, None), (Seen.CARE, "selfharm")]


@given(st.lists(st.text(alphabet="abc ", max_size=12), max_size=8), st.text(max_size=40))
def test_ordinary_words_never_ring_after_care(before: list[str], text: str) -> None:
    words = after(*before, GRAVE)
    found = look(find, [*words, Word(text)])
    assert (found is not None) == (find(" ".join([*before, text]), ()) is not None)
