"""Any career by its name; and a question stays a question."""

import pytest

from bot.careers.finder import CareerFinder
from bot.content import Content
from bot.language.khmer import fold


@pytest.fixture(scope="module")
def finder(content: Content) -> CareerFinder:
    return CareerFinder(content.careers.values(), content.career_wishes)


WISHES = [
    ("I want to be a data analyst", "data-analyst"),
    ("i wanna become an AI engineer one day", "ai-engineer"),
    ("My dream job is nurse!!", "nurse"),
    ("game developers", "game-developer"),
    ("ចង់ធ្វើពេទ្យ", "doctor"),
    ("ខ្ញុំចង់ក្លាយជាអ្នកវិភាគទិន្នន័យ", "data-analyst"),
    ("បង អូនចង់ធ្វើជាងភ្លើង", "electrician"),
    ("ចង់ធ្វើ data analyst", "data-analyst"),
    ("jong tver kru pet", "doctor"),
    ("Knhom chong tveu neak vipheak tinnoney bong", "data-analyst"),
    ("សុបិនធ្វើ​ពេទ្យ", "doctor"),
]


@pytest.mark.parametrize(("text", "career"), WISHES)
def test_a_wish_opens_its_career(finder: CareerFinder, text: str, career: str) -> None:
    assert finder.find(text) == career


QUESTIONS = [
    "which track for a doctor",
    "How long to become a doctor?",
    "ចង់ធ្វើពេទ្យ រៀនផ្នែកណា",
    "ស្រីធ្វើជាងភ្លើងបានទេ",
    "my father wants me to be a nurse but I want to be an artist, what can I do",
    "can a girl become an electrician?",
    "jong tver kru pet rean sala na",
    "nursery",
    "IT",
    "AI",
    "",
    "ចង់ធ្វើ",
    "i want to be",
    "doctor " * 40,
]


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_question_stays_a_question(finder: CareerFinder, text: str) -> None:
    assert finder.find(text) is None


def test_every_name_finds_its_own_career(finder: CareerFinder, content: Content) -> None:
    for career in content.careers.values():
        for name in (career.name.get("km"), career.name.get("en"), *career.also_called.all()):
            assert finder.find(name) == career.id, name
            assert finder.find(f"I want to be a {name}") == career.id, name


def test_few_questions_of_the_faq_are_taken_for_a_wish(
    finder: CareerFinder, content: Content
) -> None:
    """Those few are wishes: "I want to be a chef" opens the chef, with her questions there."""
    taken = [
        (entry.id, line)
        for entry in content.entries.values()
        for line in (entry.question.get("km"), entry.question.get("en"), *entry.asks.all())
        if finder.find(line)
    ]
    assert len(taken) <= 6, taken
    assert all("want" in line or "ចង់" in line for _, line in taken)


def test_small_talk_and_other_matters_are_no_careers(
    finder: CareerFinder, content: Content
) -> None:
    said = (*(t.asks for t in content.smalltalk), *(d.asks for d in content.decoys))
    for asks in said:
        for line in asks.all():
            assert finder.find(line) is None, fold(line)
