"""A girl meets Bong Srey, asks, browses, is understood and is not misled."""

import pytest

from tests.conftest import ENGLISH_STUDENT, FIRST_COORDINATOR, STUDENT


async def test_three_taps_lead_from_start_to_the_first_answer(start_bot, chat) -> None:
    await start_bot()
    srey = chat(STUDENT)
    await srey.send("/start")
    await srey.sees("មិនមែនមនុស្សទេ")
    await srey.tap("ខ្មែរ")
    await srey.sees("ប្អូនចង់ដឹងអ្វី")
    # The path comes first, then three questions.
    first = (await srey.buttons())[1]
    await srey.tap(first)
    await srey.sees("ពិនិត្យចុងក្រោយ")


async def test_a_question_is_answered_in_its_own_language(start_bot, chat, content) -> None:
    await start_bot()
    entry = content.entries["tech-is-for-boys"]
    srey = chat(STUDENT)
    await srey.send(entry.question.get("en"))
    await srey.sees(entry.answer.get("en").splitlines()[0])
    await srey.send(entry.asks.rom[0])
    await srey.sees(entry.answer.get("km").splitlines()[0])


async def test_helpful_is_thanked_in_place(start_bot, chat, content) -> None:
    await start_bot()
    srey = chat(ENGLISH_STUDENT)
    await srey.send(content.entries["tech-is-for-boys"].question.get("en"))
    answer = await srey.sees("Last reviewed")
    await srey.tap("👍")
    thanked = await srey.sees("Thank you for telling me")
    assert thanked["message_id"] == answer["message_id"]


async def test_a_button_is_pressed_by_its_number_or_its_words(start_bot, chat, content) -> None:
    await start_bot()
    srey = chat(ENGLISH_STUDENT)
    await srey.send("/menu")
    await srey.sees("What would you like to know")
    question = (await srey.buttons())[1]
    await srey.send("2")
    await srey.sees(question)
    await srey.send("/menu")
    await srey.sees("What would you like to know")
    await srey.send("browse topics")
    await srey.sees("Topics (1/")


async def test_topics_are_browsed_in_place_page_by_page(start_bot, chat, content) -> None:
    await start_bot()
    srey = chat(ENGLISH_STUDENT)
    topic = next(t for t in content.topics if len(content.in_topic(t.id)) > 5)
    await srey.send("/start")
    await srey.sees("Bong Srey")
    await srey.forge(f"topic:{topic.id}:0")
    first = await srey.sees(f"{topic.label.get('en')} (1/")
    await srey.tap("Next")
    second = await srey.sees(f"{topic.label.get('en')} (2/")
    assert second["message_id"] == first["message_id"]
    await srey.tap("Previous")
    await srey.sees(f"{topic.label.get('en')} (1/")
    await srey.tap((await srey.buttons())[0])
    await srey.sees("Last reviewed")
    await srey.tap("Back")
    await srey.sees(f"{topic.label.get('en')} (1/")
    await srey.tap("Topics")
    await srey.sees("Topics (1/")


async def test_a_deep_link_opens_the_entry_it_names(start_bot, chat, content) -> None:
    await start_bot()
    srey = chat(ENGLISH_STUDENT)
    await srey.send("/start faq_tech-is-for-boys")
    await srey.sees(content.entries["tech-is-for-boys"].answer.get("en").splitlines()[0])


@pytest.mark.parametrize("link", ["faq_nothing", "x", "faq_", "mentor_1"])
async def test_a_deep_link_to_nothing_still_welcomes(start_bot, chat, link: str) -> None:
    await start_bot()
    srey = chat(ENGLISH_STUDENT)
    await srey.send(f"/start {link}")
    await srey.sees("Bong Srey")


async def test_what_nobody_knows_is_answered_by_a_person(start_bot, chat) -> None:
    await start_bot()
    srey, bopha = chat(ENGLISH_STUDENT), chat(FIRST_COORDINATOR)
    await srey.send("do zebras volunteer in the insect museum?")
    await srey.sees("kept your question")
    await bopha.send("/desk")
    await bopha.sees("សំណួរមិនទាន់ឆ្លើយ៖ ១")
    await bopha.tap("សំណួររង់ចាំ")
    await bopha.tap("zebras")
    await bopha.tap("ឆ្លើយ")
    await bopha.sees("សរសេរចម្លើយ")
    await bopha.send("A florp is <nothing> & all.")
    await bopha.tap("ផ្ញើតែភាសាអង់គ្លេស")
    await bopha.sees("បញ្ជូនចម្លើយទៅប្អូន ១ នាក់ហើយ")
    await srey.sees("A florp is <nothing> & all.")


async def test_grade_and_province_are_optional_and_shown(start_bot, chat) -> None:
    await start_bot()
    srey = chat(ENGLISH_STUDENT)
    await srey.send("/me")
    await srey.sees("Grade: not told")
    await srey.tap("Grade")
    await srey.tap("Grade 11")
    await srey.sees("Grade: Grade 11")
    await srey.tap("Province")
    await srey.tap("Next")
    await srey.tap("Kep")
    await srey.sees("Province: Kep")


async def test_she_exports_and_erases_her_data(start_bot, chat) -> None:
    await start_bot()
    srey = chat(ENGLISH_STUDENT)
    await srey.send("/privacy")
    await srey.sees("Your data")
    await srey.tap("Get a copy")
    await srey.sees("everything I keep about you")
    await srey.tap("Erase everything")
    await srey.sees("Are you sure")
    await srey.tap("Erase everything")
    await srey.sees("All erased")
    await srey.send("/start")
    await srey.sees("Bong Srey")
