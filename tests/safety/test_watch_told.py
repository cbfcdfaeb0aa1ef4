"""What is told of — an essay, a film, a career — is no alarm; what she tells of herself there is."""

import pytest

from bot.content import Content
from bot.safety.danger import Danger, Level
from bot.safety.watch import DangerWatch
from tests.safety.levels import level

TOLD = [
    "my essay is about forced marriage, how do i start",
    "for my debate i say that early marriage must stop, give me reasons",
    "I want to be a psychologist who helps suicidal people",
    "which major to become a lawyer for women who are beaten by the husband",
    "we must make a presentation about human trafficking",
    "គ្រូឱ្យតែងសេចក្តីពីអំពើហិង្សាក្នុងគ្រួសារ",
    "ធ្វើរបាយការណ៍អំពីការរំលោភបំពាន",
    "jong tver polis jab neak luok kmeng",
    "in the movie the girl wants suicide, so sad",
]
HERSELF = [
    "for homework I must write how I want to die because I really want to",
    "the essay is about violence and my father hits me too",
    "I want to be a lawyer because my stepfather beats me",
    "in the film she is raped, it happened to me",
    "haha i want to die",
    "តែងសេចក្តីពីហិង្សា តែប៉ាវាយខ្ញុំមែន",
    "I want to be a nurse but they force me to marry",
]


@pytest.mark.parametrize("text", TOLD)
def test_a_topic_meets_no_care(watch: DangerWatch, text: str) -> None:
    assert level(watch.look(text)) is not Level.CARE


@pytest.mark.parametrize("text", HERSELF)
def test_what_happens_to_her_is_met_with_care_whatever_it_is_told_in(
    watch: DangerWatch, text: str
) -> None:
    assert level(watch.look(text)) is Level.CARE


def test_a_sign_that_is_told_of_is_gentle_even_where_only_signs_are_known(
    content: Content,
) -> None:
    signs_alone = DangerWatch(content.signs)
    assert signs_alone.look("an essay about suicide") == Danger(
        "selfharm", "wants to die or to hurt herself", Level.GENTLE
    )
