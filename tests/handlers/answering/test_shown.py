"""A girl asks, it is understood, and what she is shown opens, goes on and reaches a person."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import select

from bot.answering.verdict import SURE_ENOUGH, Verdict
from bot.careers.directory import Wish
from bot.content import Content
from bot.people.tables import Conversation
from bot.questions.tables import OpenQuestion
from bot.tables import metadata
from handlers import doors
from handlers.answering import taps
from handlers.careers import taps as career_taps
from handlers.command_line import answer_line
from tests.chat import Chat
from tests.handlers.answering.told import Told, target, unsure, verdict
from tests.stage import ENGLISH_STUDENT, Stage

PAY = "how much does cabin crew earn"
# Lets her ask in words that are understood so: `await asks(PAY, verdict("career:cabin-crew/pay"))`.
Asks = Callable[[str, Verdict], Awaitable[Chat]]


@pytest.fixture(scope="module")
def answerer(content: Content) -> Told:
    """An answerer that understands what the test says."""
    return Told(content)


@pytest.fixture
def asks(stage: Stage, answerer: Told) -> Asks:
    """A girl who asks something that is understood as the test says."""
    srey = stage.person(ENGLISH_STUDENT)

    async def ask(text: str, understood: Verdict) -> Chat:
        answerer.verdicts[text] = understood
        await srey.send(text)
        return srey

    return ask


async def kept(stage: Stage) -> list[str]:
    async with stage.database.read() as session:
        return list(await session.scalars(select(OpenQuestion.text)))


async def counted(stage: Stage, kind: str) -> dict[str, int]:
    tallies = metadata.tables["tallies"]
    async with stage.database.read() as session:
        rows = await session.execute(select(tallies).where(tallies.c.kind == kind))
        return {row["key"]: row["n"] for row in rows.mappings()}


async def last_shown(stage: Stage) -> str | None:
    async with stage.database.read() as session:
        chat = await session.get(Conversation, ENGLISH_STUDENT)
        return chat.last_entry if chat else None


@pytest.mark.parametrize(
    ("page", "seen"),
    [
        ("events", "events.none"),
        ("delete-data", "data.text"),
        ("topics", "topics.text"),
        ("reminders", "remind.all"),
        ("pathway", "path.intro"),
        ("person", "care.honest"),
    ],
)
async def test_a_page_that_is_asked_for_opens_at_once(asks: Asks, page: str, seen: str) -> None:
    srey = await asks("open it please", verdict(f"feature:{page}"))
    srey.sees(seen)


async def test_events_are_shown_where_she_looks_for_them(stage: Stage, asks: Asks) -> None:
    srey = await asks("events near Siem Reap", verdict("feature:events"))
    siem_reap = next(p for p in stage.content.provinces if p.id == "siem-reap")
    srey.sees("events.filtered", filters=siem_reap.label.get("en"))


async def test_who_is_lost_in_the_middle_of_her_walk_can_go_on(asks: Asks, stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("/path")
    await srey.tap("path.start")
    await srey.tap_words(srey.buttons()[0])
    await asks("florp", verdict(decision="handoff"))
    assert srey.offers("path.go_on")
    assert not srey.offers("home.path")


async def test_the_careers_are_opened_at_once(asks: Asks) -> None:
    srey = await asks("what jobs are there", verdict("list:careers"))
    srey.sees("career.fields")


async def test_a_page_is_opened_for_a_question_behind_a_command(
    stage: Stage, answerer: Told
) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    answerer.verdicts["when are events"] = verdict("feature:events")
    await srey.send("/ask when are events")
    srey.sees("events.none")


async def test_her_plan_is_of_what_she_kept_or_the_path(asks: Asks) -> None:
    srey = await asks("my plan", verdict("feature:plan"))
    srey.sees("path.intro")
    await srey.forge(career_taps.KEEP("nurse", "en"))
    await asks("my plan again", verdict("feature:plan"))
    assert srey.offers("plan.whole")


async def test_who_would_like_to_meet_a_nurse_begins_in_her_field(asks: Asks) -> None:
    srey = await asks("can I meet a nurse", verdict("feature:mentor", field="health"))
    srey.sees("age.ask")
    await asks("can I meet somebody", verdict("feature:mentor", field="any"))
    srey.sees("intro.welcome")


async def test_a_wished_for_career_is_her_own_page_of_it(asks: Asks) -> None:
    srey = await asks("I want to be a nurse", verdict("career:nurse/wish"))
    assert srey.offers("career.save")
    await srey.tap("career.save")
    await asks("nurse", verdict("career:nurse"))
    assert srey.offers("career.unsave")


async def test_what_is_not_known_waits_for_no_coordinator_until_she_asks_for_one(
    stage: Stage, asks: Asks
) -> None:
    srey = await asks(PAY, verdict("career:cabin-crew/pay"))
    srey.sees("unknown.career.pay")
    assert await kept(stage) == []
    await srey.tap("asked.person")
    srey.sees("asked.kept")
    assert await kept(stage) == [PAY]
    assert sum((await counted(stage, "gap")).values()) >= 1


async def test_a_button_whose_question_is_forgotten_asks_for_it(stage: Stage, asks: Asks) -> None:
    srey = await asks(PAY, verdict("career:cabin-crew/pay"))
    await asks("thanks", verdict("smalltalk:thanks", decision="smalltalk"))
    await srey.forge(taps.ASK_A_PERSON())
    srey.sees("ask.invite")
    assert await kept(stage) == []


async def test_what_else_may_be_meant_stands_right_above_its_buttons(asks: Asks) -> None:
    doubt = verdict(
        "career:cabin-crew/pay",
        score=SURE_ENOUGH - 0.1,
        candidates=(target("career:cabin-crew/pay"), target("career:nurse")),
    )
    await asks(PAY, doubt)
    srey = await asks("but how much", doubt)
    srey.sees("asked.kept")
    assert srey.said().endswith(srey.words("answer.perhaps"))


async def test_asked_again_it_waits_for_a_coordinator(
    stage: Stage, asks: Asks, answerer: Told
) -> None:
    await asks(PAY, verdict("career:cabin-crew/pay"))
    srey = await asks("but how much", verdict("career:cabin-crew/pay"))
    srey.sees("asked.kept")
    assert await kept(stage) == ["but how much"]
    # Much later it is a new question.
    stage.later(hours=1)
    await asks(PAY, verdict("career:cabin-crew/pay"))
    assert answerer.before is None
    srey.does_not_see("asked.kept")


async def test_what_was_meant_is_answered_with_what_was_asked(stage: Stage, asks: Asks) -> None:
    srey = await asks(PAY, unsure("career:cabin-crew/pay", "faq:equal-pay-law", "feature:events"))
    srey.sees("clarify.text")
    await srey.tap_data(doors.ASKED("career", "cabin-crew", "pay", "en"))
    srey.sees("unknown.career.pay")
    assert await last_shown(stage) == "career:cabin-crew/pay"
    await srey.tap("asked.person")
    assert await kept(stage) == [PAY]


async def test_what_else_may_be_meant_comes_first_below_a_guess(asks: Asks) -> None:
    likely, other = target("faq:equal-pay-law"), target("feature:events")
    srey = await asks(
        PAY, verdict("faq:equal-pay-law", candidates=(likely, other), score=SURE_ENOUGH - 0.1)
    )
    srey.sees("answer.perhaps")
    assert srey.buttons()[0] == srey.words("page.events")
    assert srey.buttons()[-1] != srey.words("page.events")


async def test_two_pages_behind_one_door_are_offered_once_below_a_guess(asks: Asks) -> None:
    likely = target("faq:equal-pay-law")
    pages = (target("feature:privacy"), target("feature:delete-data"))
    srey = await asks(
        PAY, verdict("faq:equal-pay-law", candidates=(likely, *pages), score=SURE_ENOUGH - 0.1)
    )
    srey.sees("answer.perhaps")
    assert len(set(srey.buttons())) == len(srey.buttons())


async def test_none_of_these_goes_to_a_coordinator(stage: Stage, asks: Asks) -> None:
    srey = await asks(PAY, unsure("career:nurse", "institution:uhs"))
    await srey.tap("clarify.none")
    srey.sees("lost.first")
    assert await kept(stage) == [PAY]


@pytest.mark.parametrize(
    "data",
    ["asked:c:nothing:pay:en", "asked:c:nurse:shoes:en", "asked:i:nurse:fees:en", "asked:x:a:b"],
)
async def test_a_button_to_a_thing_that_is_gone_leads_home(
    stage: Stage, asks: Asks, data: str
) -> None:
    srey = await asks("hello", verdict("smalltalk:greeting", decision="smalltalk"))
    await srey.forge(data)
    srey.sees("home.text")


@pytest.mark.parametrize(
    ("data", "remembered"),
    [
        (doors.ENTRY("what-is-ai", "en", False), "faq:what-is-ai"),
        (career_taps.CAREER("nurse", "en"), "career:nurse"),
        (career_taps.WAYS("nurse", "en"), "career:nurse/become"),
        (career_taps.SHELF("study", "-", "-", 0), "list:study"),
        (career_taps.ITEM("rupp", "study", "-", "-"), "institution:rupp"),
        (career_taps.ITEM("moeys-girls", "scholarship", "-", "-"), "opportunity:moeys-girls"),
    ],
)
async def test_what_she_opened_is_what_she_goes_on_about(
    stage: Stage, asks: Asks, answerer: Told, data: str, remembered: str
) -> None:
    srey = await asks("hello", verdict("smalltalk:greeting", decision="smalltalk"))
    assert answerer.before is None
    await srey.forge(data)
    await asks("how much is it?", verdict("faq:university-fees"))
    assert answerer.before == remembered


async def test_what_was_answered_is_what_she_goes_on_about(asks: Asks, answerer: Told) -> None:
    await asks("RUPP?", verdict("institution:rupp/fees"))
    await asks("and ITC?", verdict("institution:itc/fees"))
    assert answerer.before == "institution:rupp/fees"
    await asks("ok", verdict("smalltalk:thanks", decision="smalltalk"))
    await asks("hm", verdict(decision="handoff"))
    assert answerer.before == "institution:itc/fees"


async def test_a_list_in_place_of_an_answer_is_what_she_goes_on_about(
    asks: Asks, answerer: Told
) -> None:
    srey = await asks("schools", verdict(decision="handoff", wish=Wish("study")))
    srey.sees("dir.list")
    await asks("what about Kampot?", verdict("list:study"))
    assert answerer.before == "list:study"


async def test_topics_are_counted_for_all_that_is_shown(stage: Stage, asks: Asks) -> None:
    await asks("both please", verdict("career:nurse/day", "list:scholarship"))
    assert await counted(stage, "topic") == {"choose": 1, "money": 1}
    assert await counted(stage, "question") == {"answered": 1}


async def test_sorrow_that_nobody_can_answer_is_met_warmly(asks: Asks) -> None:
    srey = await asks("I am so sad today", verdict(decision="handoff"))
    srey.sees("lost.warm")
    await asks("florp glorp", verdict(decision="handoff"))
    srey.does_not_see("lost.warm")


async def test_what_has_no_words_is_no_first_try(stage: Stage, asks: Asks) -> None:
    srey = await asks("😂😂", verdict(decision="handoff"))
    srey.sees("lost.wordless")
    await asks("florp glorp", verdict(decision="handoff"))
    srey.sees("lost.first")
    assert await kept(stage) == ["florp glorp"]


def line(answerer: Told, content: Content, understood: Verdict) -> dict[str, Any]:
    answerer.verdicts["?"] = understood
    return answer_line(answerer, content, "?")


def test_the_command_line_names_target_and_aspect(answerer: Told, content: Content) -> None:
    said = line(answerer, content, verdict("career:cabin-crew/pay"))
    assert (said["decision"], said["target"], said["aspect"]) == (
        "answer",
        "career:cabin-crew",
        "pay",
    )
    assert said["id"] is None
    assert content.locales["en"]["unknown.career.pay"] in said["reply"]
    entry = line(answerer, content, verdict("faq:what-is-ai"))
    assert (entry["id"], entry["target"], entry["aspect"]) == (
        "what-is-ai",
        "faq:what-is-ai",
        None,
    )


def test_the_command_line_names_a_page_and_says_where_it_is(
    answerer: Told, content: Content
) -> None:
    said = line(answerer, content, verdict("feature:events"))
    assert (said["decision"], said["id"], said["target"]) == ("answer", None, "feature:events")
    assert content.locales["en"]["page.events"] in said["reply"]


def test_the_command_line_names_candidates_of_any_kind(answerer: Told, content: Content) -> None:
    said = line(answerer, content, unsure("institution:rupp/fees", "faq:university-fees"))
    assert (said["decision"], said["id"], said["target"]) == ("clarify", None, None)
    assert [c["id"] for c in said["candidates"]] == ["institution:rupp", "university-fees"]
    lost = line(answerer, content, verdict(decision="handoff"))
    assert (lost["id"], lost["target"], lost["aspect"]) == (None, None, None)
    assert target("career:nurse").key == "career:nurse"


def test_a_talk_carries_what_was_answered(answerer: Told, content: Content) -> None:
    answerer.verdicts |= {
        "a": verdict("career:cabin-crew/pay"),
        "b": verdict("career:cabin-crew/pay"),
    }
    said = answer_line(answerer, content, '{"talk": ["a", "b"]}')
    assert answerer.before == "career:cabin-crew/pay"
    assert said["reply"].endswith(content.locales["en"]["asked.kept"])
