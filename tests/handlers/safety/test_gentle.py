"""What may or may not be danger: the answer as always, under a warm word and a small button."""

from collections.abc import Sequence

import pytest
from sqlalchemy import select

from bot.answering.answerer import Answerer
from bot.answering.concepts import ConceptFinder
from bot.answering.learned import load_classifiers
from bot.content import Content
from bot.language.encoder import load_encoder
from bot.safety.danger import Danger, Level
from bot.safety.danger_model import DangerModel
from bot.safety.watch import DangerWatch
from bot.tables import metadata
from handlers.command_line import answer_line
from tests.handlers.scenes import HOTLINE, asks_for, becomes_mentor, mentoring
from tests.stage import ENGLISH_STUDENT, FIRST_COORDINATOR, STUDENT, Stage

# So fitted that these words are of doubt wherever they stand.
SORROW, KHMER_SORROW = "since grandma left us", "តាំងពីយាយលាទៅ"


class Doubting(DangerWatch):
    """The reader of danger, fitted to doubt a sorrow."""

    def look(
        self, text: str, before: Sequence[str] = (), *, harmless: bool = False
    ) -> Danger | None:
        said = " ".join((*before, text))
        found = super().look(text, before, harmless=harmless)
        if found is None and (SORROW in said or KHMER_SORROW in said):
            return Danger("help", "sorrow", Level.GENTLE)
        return found


@pytest.fixture(scope="module")
def answerer(content: Content) -> Answerer:
    """The answerer that the bot uses, with a doubting reader of danger."""
    finder = ConceptFinder(content.concepts)
    watch = Doubting(content.signs, DangerModel())
    return Answerer(
        content, finder, watch, DangerWatch(content.wishes), load_classifiers(), load_encoder()
    )


async def counted(stage: Stage) -> dict[str, int]:
    tallies = metadata.tables["tallies"]
    async with stage.database.read() as session:
        rows = await session.execute(select(tallies).where(tallies.c.kind == "care"))
        return {row["key"]: row["n"] for row in rows.mappings()}


async def test_the_answer_comes_as_always_under_a_warm_word(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    question = stage.content.entries["tech-is-for-boys"].question.get("en")
    await srey.send(f"{question} {SORROW}")
    assert srey.sees("care.gentle") == srey.sees("answer.as_of")
    srey.does_not_see("care.hotline", number=HOTLINE)
    assert srey.offers("home.help")
    await srey.tap("home.help")
    srey.sees("care.hotline", number=HOTLINE)


async def test_who_is_not_understood_hears_a_warm_word_first(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send(f"zebras like cheese {SORROW}")
    message = srey.sees("care.gentle")
    assert message == srey.sees("lost.first")
    opening, gentle = srey.words("hide.opening"), stage.content.locales["en"]["care.gentle"]
    assert message["text"].startswith(f"{opening}\n\n{gentle[:20]}")
    # The button for help is there once.
    assert srey.buttons().count(srey.words("home.help")) == 1


async def test_the_warm_word_is_in_the_language_of_the_question(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("/menu")
    await srey.send(f"AI គឺជាអ្វី? {KHMER_SORROW}")
    srey.sees("care.gentle", "km")


async def test_it_is_said_once_in_ten_minutes_to_the_same_girl(stage: Stage) -> None:
    srey, other = stage.person(ENGLISH_STUDENT), stage.person(STUDENT)
    await srey.send(f"what is AI? {SORROW}")
    await srey.send(f"what is AI? {SORROW}")
    srey.does_not_see("care.gentle")
    srey.sees_words(stage.services.content.entries["what-is-ai"].question.get("en"))
    await other.send(f"what is AI? {SORROW}")
    other.sees("care.gentle", "en")
    stage.later(minutes=10)
    await srey.send(f"what is AI? {SORROW}")
    srey.sees("care.gentle")


async def test_the_next_question_has_none(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send(f"what is AI? {SORROW}")
    stage.later(minutes=11)
    await srey.send("what is AI?")
    srey.does_not_see("care.gentle")


async def test_it_is_counted_apart_from_care(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send(f"what is AI? {SORROW}")
    await srey.send("I want to kill myself")
    assert set(await counted(stage)) == {"gentle", "reply"}


async def test_after_care_one_line_is_enough(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("I want to kill myself")
    await srey.send(f"what is AI? {SORROW}")
    srey.sees("care.quiet", number=HOTLINE)
    srey.does_not_see("care.gentle")


async def test_a_coordinator_who_is_called_reads_the_doubtful_words(stage: Stage) -> None:
    srey, bopha = stage.person(ENGLISH_STUDENT), stage.person(FIRST_COORDINATOR)
    await srey.send(f"what is AI? {SORROW}")
    await srey.tap("home.help")
    await srey.tap("care.person")
    await bopha.tap("case.acknowledge")
    bopha.sees_words(SORROW)


async def test_it_stands_above_a_form_and_above_what_the_form_refuses(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("/mentor")
    await srey.tap("intro.volunteer")
    await srey.send(SORROW)
    assert srey.sees("care.gentle") == srey.sees("form_fault.name")
    await srey.send("Pov")
    srey.sees("form_ask.field")
    srey.does_not_see("care.gentle")


async def test_in_a_talk_a_doubt_holds_nothing_back(stage: Stage) -> None:
    people = mentoring(stage)
    srey, sophea, nary = people.srey, people.sophea, people.nary
    await becomes_mentor(sophea, people.bopha, nary)
    await asks_for(srey, age="adult")
    await nary.tap("news.look")
    await nary.tap("over.approve")
    await sophea.tap("offer.accept")
    await srey.tap("intro.begin")
    await srey.tap("talk.write")
    await srey.send(f"I learn slowly {SORROW}")
    assert srey.sees("care.gentle") == srey.sees("talk.sent")
    sophea.sees_words(SORROW)
    people.bopha.does_not_see("case.alert")


def test_the_command_line_says_so(answerer: Answerer, content: Content) -> None:
    question = content.entries["tech-is-for-boys"].question.get("en")
    plain, gentle = (
        answer_line(answerer, content, text) for text in (question, f"{question} {SORROW}")
    )
    assert (gentle["care"], plain["care"]) == ("gentle", None)
    assert gentle["decision"] == plain["decision"] == "answer"
    opening, warm = (content.locales["en"][key] for key in ("hide.opening", "care.gentle"))
    assert gentle["reply"].startswith(f"{opening}\n\n{warm}")
    assert gentle["reply"].endswith(plain["reply"])
