"""Signs of danger are seen, and ordinary questions are not taken for them."""

import pytest

from bot.answering.concepts import ConceptFinder
from bot.content import Content
from bot.safety.danger_model import DangerModel
from bot.safety.watch import DangerWatch


@pytest.fixture(scope="module")
def watch(content: Content) -> DangerWatch:
    return DangerWatch(content.signs, ConceptFinder(content.concepts).find, DangerModel())


DANGER = [
    ("ខ្ញុំចង់ស្លាប់", "selfharm"),
    ("អត់ចង់រស់ទេបង", "selfharm"),
    ("jong slab bong", "selfharm"),
    ("i want to kill my self", "selfharm"),
    ("ពូខ្ញុំប៉ះដោះខ្ញុំ", "sexual"),
    ("my uncle touches me", "sexual"),
    ("ប៉ាស្រវឹងវាយខ្ញុំរាល់យប់", "abuse"),
    ("pa veay knhom rohot", "abuse"),
    ("my friend's stepfather beats her", "abuse"),
    ("គេសុំរូបអាក្រាតខ្ញុំ", "online"),
    ("he will post my photo if i dont send money", "online"),
    ("ម៉ាក់បង្ខំឱ្យរៀបការ", "marriage"),
    ("pa mak bongkhom knhom reab kar", "marriage"),
    ("my parents want me to marry an old man", "marriage"),
    ("they took my passport and i cannot leave", "trafficking"),
    ("គ្រូនិយាយអាសអាភាសដាក់ខ្ញុំ", "harassment"),
    ("a boy follows me home every day", "harassment"),
    ("ប៉ាម៉ាក់ឱ្យខ្ញុំឈប់រៀនទៅរោងចក្រ", "school"),
    ("mak oy knhom chhob rean", "school"),
    ("i think i am pregnant", "pregnancy"),
]
CALM = [
    "my sister was married young, what can she study",
    "will I find a husband if I study too long",
    "exam is killing me lol",
    "my father never hits me, he only says no",
    "ប៉ាអត់ដែលវាយខ្ញុំទេ",
    "which photo do I put on my CV",
    "can I lose my job if pregnant, what does the law say",
    "I want to be a police officer",
    "ខ្ញុំលេងបាល់ទះវាយពូកែ",
    "ខ្ញុំឈប់រៀនតាំងពីថ្នាក់ទី៩ រៀនអីបាន",
    "how do I kill a process in linux",
    "touch typing lessons",
]


@pytest.mark.parametrize(("text", "kind"), DANGER, ids=[t for t, _ in DANGER])
def test_danger_is_seen(watch: DangerWatch, text: str, kind: str) -> None:
    danger = watch.look(text)
    assert danger is not None
    assert danger.kind == kind


@pytest.mark.parametrize("text", CALM)
def test_ordinary_questions_are_calm(watch: DangerWatch, text: str) -> None:
    assert watch.look(text) is None


@pytest.mark.parametrize("text", ["ជួយខ្ញុំ", "Help me!", "juoy knhom", "SOS", "ជួយ​ខ្ញុំ​ផង"])
def test_the_safe_word_is_help_in_any_spelling(watch: DangerWatch, text: str) -> None:
    danger = watch.look(text)
    assert danger is not None
    assert danger.kind == "help"


def test_no_word_is_kept_in_what_was_seen(watch: DangerWatch) -> None:
    danger = watch.look("my uncle Sokha touches me")
    assert "Sokha" not in repr(danger)
