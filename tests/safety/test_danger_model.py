"""The likeness to danger: learnt from examples, the same each time, and sure of what it hears."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.danger import lines, reliability
from bot.content import Content
from bot.safety.danger_model import BITS, GRAVE, DangerModel, features


@pytest.fixture(scope="module")
def model() -> DangerModel:
    return DangerModel()


@given(st.text(max_size=300))
def test_any_text_has_a_likeness_between_none_and_all(model: DangerModel, text: str) -> None:
    likeness = model.look(text)
    assert 0 <= likeness.danger <= 1
    assert not math.isnan(likeness.danger)


def test_nothing_is_like_no_danger(model: DangerModel) -> None:
    assert model.look("").danger < model.bands.gentle
    assert model.look("🙂").danger < model.bands.gentle


@given(st.text(max_size=300))
def test_features_are_each_there_once_and_in_order(text: str) -> None:
    found = features(text)
    assert np.all(np.diff(found) > 0)
    assert not len(found) or 0 <= found[0] <= found[-1] < 1 << BITS


def test_the_same_words_are_always_as_like(model: DangerModel) -> None:
    text = "ប៉ាស្រវឹងវាយខ្ញុំ he hits me vay knhom"
    assert model.look(text) == DangerModel().look(text)


@pytest.mark.parametrize(
    ("danger", "harmless"),
    [
        ("my uncle comes into my room at night", "my uncle comes to eat rice at night"),
        ("dad burns my books and says no more school", "dad buys my books and says study more"),
        (
            "he says he will post my picture if i dont pay",
            "he says he will post my parcel if i pay",
        ),
        ("ពូដេកជិតខ្ញុំ ដៃគាត់លូកមក", "ពូដេកជិតវិទ្យុ ដៃគាត់កាន់តែ"),
        ("nhom ot jong ros teat te", "nhom ot jong rean teat te"),
        ("គេបង្ខំញុំយកប្តី", "គេបង្រៀនញុំធ្វើនំ"),
    ],
)
def test_danger_is_more_like_danger_than_harmless_words_of_the_same_sort(
    model: DangerModel, danger: str, harmless: str
) -> None:
    assert model.look(danger).danger > model.look(harmless).danger


@pytest.mark.parametrize(
    ("text", "misspelt"),
    [
        ("my father hits me every night", "my fahter hitss me evry night"),
        ("ខ្ញុំចង់ស្លាប់", "ខ្ញុចងស្លាប"),
        ("ពូខ្ញុំប៉ះដោះខ្ញុំ", "ពូខ្ញុបះដោខ្ញុ"),
    ],
)
def test_what_is_misspelt_is_still_so_like_danger_that_a_sign_would_stand(
    model: DangerModel, text: str, misspelt: str
) -> None:
    assert model.look(misspelt).danger > model.bands.care_with_sign
    assert model.look(text).danger > model.bands.care_with_sign


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("i want to kill myself", "selfharm"),
        ("my stepfather touches my body at night", "sexual"),
        ("ប៉ាស្រវឹងវាយខ្ញុំរាល់យប់", "abuse"),
        ("they force me to marry a man of 40", "marriage"),
        ("he will post my naked photo if i dont pay", "online"),
    ],
)
def test_the_kind_of_danger_is_told(model: DangerModel, text: str, kind: str) -> None:
    assert model.look(text).kind == kind


def test_every_kind_has_words_of_care(content: Content, model: DangerModel) -> None:
    assert set(model.kinds) <= {care.kind for care in content.cares}
    assert set(model.kinds) >= GRAVE


@pytest.mark.parametrize("text", ["", "what is AI", "i want to kill myself", "ម៉ាក់ឱ្យខ្ញុំឈប់រៀន"])
def test_a_grave_danger_is_never_likelier_than_any(model: DangerModel, text: str) -> None:
    assert 0 <= model.look(text).grave <= model.look(text).danger


def test_only_a_grave_kind_is_like_a_grave_danger(model: DangerModel) -> None:
    grave, other = (
        model.look("my stepfather touches my body"),
        model.look("mak oy nhom chhob rean"),
    )
    assert grave.grave > 0.7 * grave.danger
    assert other.grave < 0.2 * other.danger


def test_bands_are_in_order(model: DangerModel) -> None:
    """A sign never makes it harder to be heard, nor does a grave kind."""
    bands = model.bands
    assert 0 < bands.gentle_with_sign <= bands.care_with_sign <= bands.care_when_grave
    assert bands.care_with_sign <= bands.care_where_words_meet <= bands.care < 1
    assert bands.gentle_with_sign <= bands.gentle <= bands.care_when_grave <= bands.care


def test_the_likelier_the_more_of_it_is_danger(model: DangerModel) -> None:
    """On messages of writers who were not learnt from: a likeness that could be turned round."""
    found = reliability(lines("tune"), lambda text: model.look(text).danger)
    low = [(size, danger) for size, _, danger in found[:3]]
    high = [(size, danger) for size, _, danger in found[-2:]]
    share = [
        sum(size * danger for size, danger in part) / max(1, sum(size for size, _ in part))
        for part in (low, high)
    ]
    assert share[0] < 0.35
    assert share[1] > 0.8
