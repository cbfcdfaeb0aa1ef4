"""A girl in danger gets a person and a hotline first, in every state."""

from tests.conftest import ENGLISH_STUDENT, FIRST_COORDINATOR, SECOND_COORDINATOR, STUDENT


async def test_danger_is_met_with_care_a_hotline_and_a_person(start_bot, chat) -> None:
    await start_bot()
    srey, bopha = chat(ENGLISH_STUDENT), chat(FIRST_COORDINATOR)
    await srey.send("my father hits me every night")
    await srey.sees("I believe you")
    await srey.sees("1280")
    await srey.tap("Talk to a real person")
    await srey.sees("case number")
    await bopha.sees("ករណីលេខ ១")
    await bopha.tap("ខ្ញុំទទួល")
    await bopha.sees("my father hits me every night")
    await srey.sees("A coordinator has read your message")
    await bopha.tap("សរសេរទៅប្អូន")
    await bopha.sees("សរសេរសាររបស់អ្នក")
    await bopha.send("Are you safe right now? He hits you where?")
    await srey.sees("Are you safe right now?")
    await srey.tap("Reply")
    await srey.sees("What you send next")
    await srey.send("yes at my aunt")
    await bopha.sees("yes at my aunt")
    await bopha.tap("បិទករណី")
    await bopha.sees("ពាក្យរបស់ប្អូនត្រូវបានលុប")
    await srey.sees("closed this talk")


async def test_the_care_lasts_over_the_next_messages(start_bot, chat) -> None:
    await start_bot()
    srey = chat(ENGLISH_STUDENT)
    await srey.send("I want to kill myself")
    await srey.sees("1280")
    for words in ("ok", "I'm scared", "hello"):
        await srey.send(words)
        await srey.sees("I am here with you")
    await srey.tap("I am all right")
    await srey.sees("glad you are all right")
    await srey.send("hello")
    greeted = (await srey.messages())[-1]
    assert "1280" not in greeted.get("text", "")


async def test_a_false_alarm_costs_one_tap_and_loses_nothing(start_bot, chat, content) -> None:
    await start_bot()
    srey = chat(ENGLISH_STUDENT)
    entry = content.entries["tech-is-for-boys"]
    await srey.send(f"help me\n{entry.question.get('en')} he hits me")
    await srey.sees("1280")
    await srey.tap("That is not what I meant")
    await srey.sees("Last reviewed")


async def test_the_safe_word_works_in_every_state(start_bot, chat) -> None:
    await start_bot()
    srey, bopha = chat(STUDENT), chat(FIRST_COORDINATOR)
    for state in ("/me", "/topics", "/privacy", "/start"):
        await srey.send(state)
        await srey.send("ជួយខ្ញុំ")
        await srey.sees("1280")
    await bopha.send("/help")
    await bopha.sees("1280")


async def test_captions_and_edits_are_read_too(start_bot, chat) -> None:
    await start_bot()
    srey, chantha = chat(ENGLISH_STUDENT), chat(STUDENT)
    await srey.send_media("photo", caption="my uncle touches me")
    await srey.sees("I believe you")
    sent = await chantha.send("សួស្ដី")
    await chantha.edit(sent["message_id"], "ខ្ញុំចង់ស្លាប់")
    await chantha.sees("1280")


async def test_without_a_coordinator_nobody_is_promised(start_bot, chat) -> None:
    await start_bot(COORDINATOR_IDS="")
    srey = chat(ENGLISH_STUDENT)
    await srey.send("my father hits me")
    await srey.tap("Talk to a real person")
    await srey.sees("There is no coordinator on duty")
    await srey.sees("1280")


async def test_an_alert_nobody_takes_goes_to_the_next(start_bot, chat) -> None:
    await start_bot(CASE_ALERT_MINUTES="0.001")
    srey, nary = chat(ENGLISH_STUDENT), chat(SECOND_COORDINATOR)
    await srey.send("my father hits me")
    await srey.tap("Talk to a real person")
    nary._patience = 40
    await nary.sees("ករណីលេខ")


async def test_help_needs_no_registration(start_bot, chat) -> None:
    await start_bot()
    srey = chat(STUDENT)
    await srey.send("/help")
    await srey.sees("1280")
