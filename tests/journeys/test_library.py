"""A girl looks for a scholarship near her, for women like her, and for words for her family."""

from tests.conftest import ENGLISH_STUDENT, STUDENT


async def test_she_finds_a_scholarship_by_asking(start_bot, chat) -> None:
    await start_bot()
    srey = chat(STUDENT)
    await srey.send("អាហារូបករណ៍សម្រាប់ស្រីក្រនៅបាត់ដំបង")
    await srey.tap("🔎")
    await srey.sees("បាត់ដំបង")
    await srey.tap("ទូទាំងប្រទេស")
    await srey.sees("ទូទាំងប្រទេស")
    labels = await srey.buttons()
    await srey.tap(labels[0])
    shown = await srey.sees("អ្នកណាដាក់ពាក្យបាន")
    assert "ប្រភព" in shown["text"]


async def test_she_meets_women_and_brings_a_page_home(start_bot, chat, content) -> None:
    await start_bot()
    chantha = chat(ENGLISH_STUDENT)
    await chantha.send("/start")
    await chantha.tap("English")
    await chantha.tap("More")
    await chantha.tap("Women who did it")
    await chantha.sees("Women who did it")
    woman = content.women[0]
    await chantha.tap(woman.name)
    await chantha.sees(woman.story.get("en")[:40])
    await chantha.send("/family")
    await chantha.sees("What do your parents say?")
    await chantha.tap("read")
    page = await chantha.sees(content.for_parents.page.get("en")[:40])
    assert "reply_markup" not in page
    await chantha.send("/family")
    objection = content.for_parents.objections[0]
    await chantha.tap(objection.says.get("en")[:20])
    await chantha.sees(objection.answer.get("en")[:40])


FORGED = (
    "dir:list:scholarship:mars:-:0",
    "dir:item:nothing:study:-:-",
    "women:one:nobody:0",
    "story:none",
    "family:says:nothing",
    "dir:",
)


async def test_forged_library_buttons_lead_home(start_bot, chat) -> None:
    await start_bot()
    srey = chat(STUDENT)
    await srey.send("/menu")
    await srey.sees("ប្អូនចង់ដឹងអ្វី")
    for data in FORGED:
        await srey.forge(data)
        await srey.sees("ប្អូនចង់ដឹងអ្វី")


async def test_a_page_beyond_the_end_is_the_last(start_bot, chat) -> None:
    await start_bot()
    srey = chat(STUDENT)
    await srey.send("/find")
    await srey.sees("អាហារូបករណ៍ និងកន្លែងរៀន")
    await srey.forge("dir:list:study:-:-:9999")
    await srey.sees("កន្លែងរៀន")
    assert any("មុន" in label for label in await srey.buttons())
