"""Questions that are alike stand together, however they are written; others stay apart."""

from hypothesis import given
from hypothesis import strategies as st

from bot.answering.answerer import Answerer
from bot.answering.similarity import ALIKE_FROM, Views, group, likeness

NURSE_EN = "how many points do I need to study nursing in Takeo"
NURSE_EN_TOO = "points needed for nursing school Takeo"
NURSE_KM = "ត្រូវការពិន្ទុប៉ុន្មានដើម្បីរៀនគិលានុបដ្ឋាកនៅតាកែវ"
NURSE_KM_TOO = "រៀនគិលានុបដ្ឋាកនៅតាកែវត្រូវពិន្ទុប៉ុន្មាន"
DOG = "is it true that dogs dream at night"


def _groups(answerer: Answerer, *texts: str) -> list[set[int]]:
    looks = {number: [answerer.look(text)] for number, text in enumerate(texts)}
    together: dict[int, set[int]] = {}
    into = group(looks, sorted(looks))
    for number in looks:
        together.setdefault(into.get(number, number), set()).add(number)
    return sorted(together.values(), key=min)


def test_two_wordings_of_one_question_stand_together(answerer: Answerer) -> None:
    assert _groups(answerer, NURSE_EN, DOG, NURSE_EN_TOO) == [{0, 2}, {1}]
    assert _groups(answerer, NURSE_KM, DOG, NURSE_KM_TOO) == [{0, 2}, {1}]


def test_khmer_in_latin_letters_meets_khmer_script(answerer: Answerer) -> None:
    khmer, latin = "ប្អូនចង់ធ្វើនំលក់តាមអនឡាញបានទេ", "oun chong tver nom lok tam online ban te"
    assert _groups(answerer, khmer, DOG, latin) == [{0, 2}, {1}]


def test_one_common_notion_is_not_enough(answerer: Answerer) -> None:
    one = "can I pause my scholarship when my baby sister is ill"
    other = "who pays the plane if a scholarship is in Vienna"
    assert _groups(answerer, one, other) == [{0}, {1}]


def test_words_no_document_has_count(answerer: Answerer) -> None:
    """What girls ask and nobody answers is made of words that the library lacks."""
    one = answerer.look("zumbalo festival tickets")
    assert likeness(one, answerer.look("tickets zumbalo festival")) > 2 * ALIKE_FROM


def test_what_is_settled_stays_where_it_is(answerer: Answerer) -> None:
    looks = {7: [answerer.look(NURSE_EN)], 9: [answerer.look(NURSE_EN_TOO)]}
    assert group(looks, [9]) == {9: 7}
    assert group(looks, []) == {}


_vectors = st.dictionaries(st.sampled_from("abcdef"), st.floats(0.1, 1), max_size=4).map(
    lambda v: {k: x / (sum(y * y for y in v.values()) ** 0.5) for k, x in v.items()}
)
_looks = st.builds(Views, grams=_vectors, concepts=_vectors, bones=_vectors)


@given(one=_looks, other=_looks)
def test_likeness_is_the_same_both_ways_and_bounded(one: Views, other: Views) -> None:
    assert abs(likeness(one, other) - likeness(other, one)) < 1e-9
    assert -1e-9 <= likeness(one, other) <= 1 + 1e-9


@given(groups=st.dictionaries(st.integers(0, 20), st.lists(_looks, min_size=1, max_size=3)))
def test_nobody_is_lost_and_nothing_goes_in_circles(groups: dict[int, list[Views]]) -> None:
    fresh = sorted(groups)[::2]
    into = group(groups, fresh)
    assert set(into) <= set(fresh)
    assert set(into.values()) <= set(groups)
    assert not set(into) & set(into.values())


def test_the_subjects_of_a_question_are_not_its_question_words(answerer: Answerer) -> None:
    found = answerer.subjects("how much is the fee and when can I borrow a book?")
    assert {"fee", "book"} <= set(found)
    assert not {"how-much", "when", "can"} & set(found)
