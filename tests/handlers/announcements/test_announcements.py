"""An announcement from the first word to the report; agreed to, corrected, taken back."""

from tests.chat import Chat
from tests.handlers.scenes import HOTLINE, writes_announcement
from tests.stage import (
    ENGLISH_STUDENT,
    FIRST_COORDINATOR,
    SECOND_COORDINATOR,
    STUDENT,
    Stage,
    StartStage,
)

PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63"
    "f8cf50cf000004820181b8d4a2d00000000049454e44ae426082"
)
KHMER, ENGLISH = "ដំណឹងអាហារូបករណ៍", "Scholarship news"


async def _begin(tongue: str, *people: Chat) -> None:
    for person in people:
        await person.send("/start")
        await person.send("/language")
        await person.tap_data(f"lang:{tongue}")


async def test_from_the_first_word_to_the_report(stage: Stage) -> None:
    content = stage.content
    srey, chantha = stage.person(STUDENT), stage.person(ENGLISH_STUDENT)
    bopha = stage.person(FIRST_COORDINATOR)
    await _begin("km", srey)
    await _begin("en", chantha)
    await bopha.send("/announce")
    await bopha.tap("cast.new")
    bopha.sees("cast.kinds")
    await bopha.tap("news.kind.announcement")
    bopha.sees("cast.write", language="ខ្មែរ")
    await bopha.send(KHMER)
    bopha.sees("cast.write", language="អង់គ្លេស")
    await bopha.send(ENGLISH)
    bopha.sees("cast.state.draft")
    await bopha.tap("cast.picture_button")
    await bopha.send("words")
    bopha.sees("cast.not_a_picture")
    await bopha.send_picture(PICTURE)
    bopha.sees("cast.extras", picture=bopha.words("cast.yes"))
    await bopha.tap("cast.button_button")
    await bopha.tap("cast.an_answer")
    bopha.sees("cast.topics")
    topic = next(t for t in content.topics if content.in_topic(t.id))
    while not any(topic.label.get("km") in label for label in bopha.buttons()):
        await bopha.tap("page.next")
    await bopha.tap_words(topic.label.get("km"))
    bopha.sees("cast.entries")
    await bopha.tap_words(bopha.buttons()[0])
    bopha.sees("cast.extras", button=bopha.words("news.open.faq"))
    await bopha.tap("cast.audience_button", people=2)
    await bopha.tap("cast.audience_row", filter=bopha.words("audience.language"))
    await bopha.tap_words("English")
    bopha.sees("cast.option", people=1)
    stage.later(seconds=3)
    await bopha.tap_words("English")
    bopha.sees("cast.option", people=2)
    await bopha.tap("back.topic")
    await bopha.tap("cast.card")
    await bopha.tap("cast.check")
    bopha.sees_words(ENGLISH)
    bopha.sees("cast.confirm", people=2)
    await bopha.tap("cast.now")
    await stage.passes(5)
    assert srey.sees_words(KHMER)["photo"]
    chantha.sees_words(ENGLISH)
    bopha.sees("cast.delivered", count=2)
    await chantha.tap("news.open.faq")
    chantha.sees("answer.as_of")
    assert ENGLISH in chantha.transcript(), "it stays to be read again"


async def test_a_picture_is_taken_whatever_was_asked_for(stage: Stage) -> None:
    """She was to write the words, and sends the picture first."""
    bopha = stage.person(FIRST_COORDINATOR)
    await bopha.send("/announce")
    await bopha.tap("cast.new")
    await bopha.tap("news.kind.announcement")
    await bopha.send_picture(PICTURE)
    bopha.sees("cast.extras", picture=bopha.words("cast.yes"))


async def test_no_more_of_these_is_one_tap_and_help_still_works(stage: Stage) -> None:
    srey, chantha = stage.person(STUDENT), stage.person(ENGLISH_STUDENT)
    bopha = stage.person(FIRST_COORDINATOR)
    await _begin("en", srey, chantha)

    async def announce(words: str) -> None:
        await writes_announcement(bopha, "ដំណឹង", words)
        await bopha.tap("cast.check")
        await bopha.tap("cast.now")
        await stage.passes(5)
        chantha.sees_words(words)

    await announce("First")
    srey.sees_words("First")
    await srey.tap("news.mute")
    kind = srey.words("news.kind.announcement")
    srey.sees("news.muted", kind=kind)
    await srey.send("/help")
    srey.sees("care.hotline", number=HOTLINE)
    await announce("Second")
    bopha.sees("cast.total", count=1)
    assert "Second" not in srey.transcript()
    await srey.send("/start")
    srey.sees("news.back", kinds=kind)
    await announce("Third")
    srey.sees_words("Third")


async def test_a_second_coordinator_agrees_and_it_can_be_corrected_and_taken_back(
    start_stage: StartStage,
) -> None:
    stage = await start_stage(announce_approval_above=1)
    srey, chantha = stage.person(STUDENT), stage.person(ENGLISH_STUDENT)
    bopha, nary = stage.person(FIRST_COORDINATOR), stage.person(SECOND_COORDINATOR)
    await _begin("en", srey, chantha, nary)
    await writes_announcement(bopha, KHMER, "Aply by Friday")
    await bopha.tap("cast.check")
    await bopha.tap("cast.ask_now")
    nary.sees_words("Aply by Friday")
    nary.sees("cast.ask_second", people=2)
    await stage.passes(3)
    assert "Aply" not in chantha.transcript()
    # A student who forges the button changes nothing and is told nothing.
    assert await srey.forge("cast:yes:1:4") == srey.words("stale.toast")
    srey.sees("home.text")
    await stage.passes(3)
    assert "Aply" not in chantha.transcript()
    await nary.tap("cast.agree")
    await stage.passes(5)
    chantha.sees_words("Aply by Friday")
    bopha.sees("cast.delivered", count=2)
    await bopha.tap("cast.fix")
    await bopha.send("ដាក់ពាក្យមុនថ្ងៃសុក្រ")
    bopha.sees("cast.fix_write", language="អង់គ្លេស")
    await bopha.send("Apply by Friday")
    await bopha.tap("cast.fix_yes")
    await nary.tap("cast.agree_fix")
    await stage.passes(5)
    chantha.sees_words("Apply by Friday")
    srey.sees_words("Apply by Friday")
    assert "Aply" not in chantha.transcript(), "the old words are gone"
    bopha.sees("cast.corrected", done=2)
    await bopha.tap("cast.withdraw")
    await bopha.tap("cast.withdraw_yes")
    await stage.passes(5)
    bopha.sees("cast.taken_back", done=2)
    for person in (srey, chantha):
        assert "Apply" not in person.transcript()
