"""What may be danger is looked at once more, by what the library knows of it."""

from dataclasses import replace

import pytest

from bot.answering.answerer import Answerer
from bot.answering.ranking import Candidate, Ranking
from bot.answering.second_look import may_be_graver, seen_again
from bot.content import Content
from bot.safety.danger import Danger, Level
from bot.safety.watch import LIKENESS

GENTLE = Danger("trafficking", LIKENESS, Level.GENTLE)


def found(first: str, share: float) -> Ranking:
    """Return a ranking that gives so much to one entry, and the rest to one about schools."""
    candidates = (Candidate(first, "faq", share), Candidate("science-or-social", "faq", 1 - share))
    return Ranking(candidates, share, 1.0)


@pytest.mark.parametrize(
    "text",
    [
        "គេប្រកាសរកអ្នកវាយកុំព្យូទ័រនៅបាវិត ប្រាក់ខែ ៨០០ អត់យកសញ្ញាបត្រ មិត្តញុំចង់ទៅ វាមែនអត់បងឯង",
        "mean nak mok dondeng nhom pi takeo ayu 27, pa yol prom hz, nhom ot toan jg te",
    ],
)
def test_who_asks_about_a_trap_is_met_with_care(answerer: Answerer, text: str) -> None:
    verdict = answerer.consider(text)
    assert verdict.danger is not None
    assert verdict.danger.level is Level.CARE


def test_what_the_library_calls_a_trap_is_met_with_care(content: Content) -> None:
    again = seen_again(GENTLE, found("job-offer-too-good", 0.6), content.signs)
    assert again == replace(GENTLE, level=Level.CARE)


@pytest.mark.parametrize(
    "ranking",
    [found("job-offer-too-good", 0.3), found("cannot-sleep", 0.9), Ranking((), 0.0, 0.0)],
    ids=["little like it", "of something else", "nothing known"],
)
def test_it_stays_gentle_where_the_library_does_not_say_so(
    content: Content, ranking: Ranking
) -> None:
    assert seen_again(GENTLE, ranking, content.signs) == GENTLE


@pytest.mark.parametrize(
    "text",
    [
        "he is outside my door. How much does a nurse earn?",
        "they took my phone n passport till i say yes to the groom. How can I get a scholarship?",
        "ke mok yok khnom tov poipet yub nis, som leak. តើប្រឡងបាក់ឌុបថ្ងៃណា?",
    ],
)
def test_an_ordinary_question_beside_it_takes_no_care_away(answerer: Answerer, text: str) -> None:
    danger = answerer.danger(text)
    assert danger is not None
    assert danger.level is Level.CARE
    assert not may_be_graver(danger)
