"""From a woman who volunteers to a girl who reports: the whole of mentoring in the chat."""

import re

import pytest

from bot.demo.conversation import Conversation
from tests.stage import (
    ENGLISH_STUDENT,
    FIRST_COORDINATOR,
    GUARDIAN,
    MENTOR,
    SECOND_COORDINATOR,
    STUDENT,
)

CHECKS = ("អត្តសញ្ញាណ", "អ្នកធានា", "សម្ភាសន៍", "បណ្ដុះបណ្ដាល", "លិខិតថ្កោលទោស")
ALWAYS_DAY = {"MENTOR_QUIET_HOURS": "00:00-00:00", "MENTOR_SAMPLE_PERCENT": "100"}


async def _become_mentor(sophea: Conversation, bopha: Conversation, nary: Conversation) -> None:
    """Sophea applies; Bopha goes through the checklist, Nary signs."""
    await bopha.send("/desk")
    await nary.send("/desk")
    await sophea.send("/mentor")
    await sophea.tap("I want to be a mentor")
    await sophea.sees("Your first name?")
    await sophea.send("Sophea Chan 012345678")
    await sophea.sees("one first name")
    await sophea.send("Sophea")
    await sophea.tap("Software")
    await sophea.tap("Both")
    await sophea.tap("Phnom Penh")
    await sophea.tap("Evenings")
    await sophea.tap("2")
    await sophea.send("I build apps. My telegram is @sophea, write to me!")
    await sophea.sees("a number, link or account name")
    await sophea.send("I build apps for hospitals and learned to code at 19.")
    for item in range(1, 9):
        await sophea.sees(f"Code of conduct {item}/8")
        await sophea.tap("I accept this")
    await sophea.sees("We have your form")
    await bopha.sees("Sophea ដាក់ពាក្យ")
    await bopha.tap("មើល")
    for check in CHECKS:
        await bopha.tap(check)
        await bopha.sees("ទុកឯកសារនៅឯណា")
        await bopha.send("folder 3, seen today")
        await bopha.sees("folder 3")
    await nary.sees("Another coordinator must sign")
    await bopha.tap("ចុះហត្ថលេខា")  # the one who checked cannot sign
    await nary.tap("Look")
    await nary.sees("second signature")
    await nary.tap("Sign")
    await sophea.sees("You are a mentor!")


async def _ask(srey: Conversation) -> None:
    await srey.send("I want to talk to a programmer")
    await srey.sees("Would you like to talk with a woman")
    await srey.tap("I want to meet a mentor")
    await srey.tap("14 to 17")
    await srey.sees("learned to code at 19")
    await srey.tap("Sophea")
    await srey.sees("call you")
    await srey.send("Pov")
    await srey.sees("hope to learn")
    await srey.send("How did you learn? add me on facebook")
    await srey.sees("leave out numbers")
    await srey.send("How did you learn to code without a computer?")
    await srey.sees("Before you ask")
    await srey.tap("I agree, please ask")
    await srey.sees("start=guardian_")


async def _consent(srey: Conversation, mother: Conversation) -> None:
    said = await srey.sees("start=guardian_")
    token = re.search(r"start=(guardian_[\w-]+)", said["text"])
    assert token is not None
    await mother.send(f"/start {token[1]}")
    await mother.sees("Are you a parent or guardian")
    await mother.tap("I am the guardian")
    await mother.sees("Your consent is recorded")


@pytest.fixture
async def people(start_bot, chat):
    """Everybody, and a bot in which Sophea is a mentor."""
    await start_bot(**ALWAYS_DAY)
    srey, sophea, mother, bopha, nary = (
        chat(who)
        for who in (ENGLISH_STUDENT, MENTOR, GUARDIAN, FIRST_COORDINATOR, SECOND_COORDINATOR)
    )
    await _become_mentor(sophea, bopha, nary)
    return srey, sophea, mother, bopha, nary


async def _talking(people) -> None:
    srey, sophea, mother, bopha, nary = people
    await _ask(srey)
    await nary.sees("New request")
    await nary.tap("Look")
    await nary.sees("missing")
    assert "✅ Approve" not in await nary.buttons()
    await _consent(srey, mother)
    await nary.send("/desk")
    await nary.tap("Mentors' desk")
    await nary.tap("Introductions")
    await nary.tap("requested")
    await nary.tap("Approve")
    await srey.sees("I have just asked Sophea")
    await sophea.sees("How did you learn to code without a computer?")
    await sophea.tap("I would love to")
    await mother.sees("will talk with Sophea")
    await srey.sees("would love to talk with you")
    await srey.tap("Begin")
    await sophea.sees("has begun")


async def test_from_a_wish_to_a_talk_and_a_report(people) -> None:
    srey, sophea, mother, bopha, nary = people
    await _talking(people)
    await srey.send("/mentor")
    await srey.tap("Write")
    await srey.sees("Write to Sophea")
    await srey.send("Hello! Is math <hard>?")
    hello = await sophea.sees("Is math <hard>?")
    assert hello["text"].startswith("💬 Pov")
    assert {"🛡 Report", "⏸ Pause", "⏹ End"} <= set(await sophea.buttons())
    await sophea.tap("Write")
    await sophea.sees("Write to Pov")
    await sophea.send("Not at all. call me on 012 345 678")
    await sophea.sees("looks like a phone")
    sent = await sophea.send("Not at all, I learned it step by step.")
    await srey.sees("step by step")
    await sophea.edit(sent["message_id"], "my telegram is sophea_dev")
    await sophea.sees("That was not delivered")
    await sophea.send_media("photo", caption="look at chapter 12")
    await sophea.sees("only text passes")
    await srey.sees("look at chapter 12")
    await sophea.send("I can lend you 20$ for the book")
    await sophea.sees("about money")
    await nary.sees("A message waits for you")
    await nary.tap("Read")
    await nary.sees("I can lend you 20$")
    await nary.tap("Do not pass")
    await sophea.sees("did not pass it on")
    said = " ".join(m.get("text", "") for m in await srey.messages())
    assert "012" not in said
    assert "sophea_dev" not in said
    assert "20$" not in said
    await srey.tap("Report")
    await srey.sees("I stopped this talk at once")
    await srey.tap("Asked for contact")
    await sophea.sees("rests for a while")
    told = " ".join(m.get("text", "") for m in await sophea.messages())
    assert "report" not in told.lower().replace("reported at", "")
    await sophea.send("hello?")
    await sophea.sees("resting, so nothing is delivered")
    await nary.sees("was reported and frozen")
    await nary.tap("Look")
    await nary.sees("asked for contact")
    await nary.tap("Transcript")
    await nary.sees("012 345 678")


async def test_a_girl_in_danger_in_a_talk_gets_care_and_a_coordinator_is_called(people) -> None:
    srey, sophea, _mother, bopha, _nary = people
    await _talking(people)
    await srey.tap("Write") if "✍️ Write" in await srey.buttons() else await srey.send("/mentor")
    await srey.tap("Write")
    await srey.send("my father hits me every night")
    await srey.sees("1280")
    await bopha.sees("ករណីលេខ")
    said = " ".join(m.get("text", "") for m in await sophea.messages())
    assert "father" not in said


async def test_a_guardian_who_takes_consent_back_stops_the_talk(people) -> None:
    srey, sophea, mother, _bopha, _nary = people
    await _talking(people)
    await mother.tap("My consent")
    await mother.tap("Take my consent back")
    await mother.tap("Take it back")
    await mother.sees("Nothing passes any more")
    await srey.sees("is over")
    await sophea.sees("is over")
    await srey.forge("talk:write:1")
    await srey.sees("This talk is over")


async def test_nobody_else_reaches_into_a_talk_with_forged_buttons(people, chat) -> None:
    srey, sophea, _mother, _bopha, _nary = people
    await _talking(people)
    stranger = chat(STUDENT)
    await stranger.send("/menu")
    await stranger.sees("")
    for data in (
        "talk:write:1", "talk:report:1", "talk:end_yes:1", "over:home", "over:transcript:1",
        "over:allow:1", "vet:list", "vet:suspend:2001", "ment:accept:1", "intro:begin:1",
        "guard:withdraw_yes:1", "talk:why:1:rude",
    ):  # fmt: skip
        await stranger.forge(data)
        await stranger.sees("")
    await srey.send("/mentor")
    await srey.sees("You are talking with Sophea")
