"""A day at the coordinators' desk, over HTTP with the whole bot in a process of its own."""

import asyncio
import re

from tests.conftest import ENGLISH_STUDENT, FIRST_COORDINATOR, SECOND_COORDINATOR, STUDENT

ENGLISH = "do zebras volunteer in the insect museum?"
ENGLISH_TOO = "zebras who volunteer in an insect museum"


async def test_one_answer_serves_two_girls_and_then_everybody(start_bot, chat) -> None:
    await start_bot()
    pov, srey = chat(STUDENT), chat(ENGLISH_STUDENT)
    bopha, nary = chat(FIRST_COORDINATOR), chat(SECOND_COORDINATOR)
    await srey.send(ENGLISH)
    await srey.sees("kept your question")
    await pov.send(ENGLISH_TOO)
    await pov.sees("kept your question")

    async def sorted_() -> None:
        while True:
            await nary.send("/desk")
            await nary.tap("Waiting questions")
            await nary.sees("Waiting questions")
            if "×2" in " ".join(await nary.buttons()):
                return
            await asyncio.sleep(0.5)

    await asyncio.wait_for(sorted_(), 40)
    await bopha.send("/desk")
    await bopha.tap("សំណួររង់ចាំ")
    await bopha.tap("zebras")
    await bopha.sees("ប្អូន ២ នាក់បានសួរ")
    await bopha.tap("ឆ្លើយ")
    await bopha.sees("សរសេរចម្លើយ")
    await nary.tap("zebras")
    await nary.sees("is answering, until")
    await bopha.send("សេះបង្កង់មិនស្ម័គ្រចិត្តទេ។")
    await bopha.sees("ឥឡូវសរសេរដដែលជាភាសាអង់គ្លេស")
    await bopha.send("Zebras do not volunteer.")
    await bopha.tap("ផ្ញើទាំងពីរភាសា")
    await bopha.sees("ប្អូន ២ នាក់ហើយ")
    for girl in (srey, pov):
        await girl.sees("Zebras do not volunteer.")

    await bopha.tap("បន្ថែមទៅបណ្ណាល័យ")
    await bopha.sees("សរសេរសំណួរជាភាសាខ្មែរ")
    await bopha.send("សេះបង្កង់ស្ម័គ្រចិត្តទេ?")
    await bopha.sees("សរសេរសំណួរដដែលជាភាសាអង់គ្លេស")
    await bopha.send("Do zebras volunteer?")
    await bopha.sees("ដាក់ក្នុងប្រធានបទណា")
    await bopha.tap("បន្ទាប់")
    await bopha.tap("អង់គ្លេស និងគណិត")
    await bopha.sees("ជ្រើសរបៀបសួរ")
    await bopha.tap("☐ do zebras")
    await bopha.sees("ជ្រើសរបៀបសួរ")
    await bopha.tap("✅ បន្ថែម")
    await bopha.sees("បន្ថែមហើយ")

    async def learned() -> None:
        while True:
            await srey.send(ENGLISH_TOO)
            await srey.sees("")
            await asyncio.sleep(1)
            if "Answered by a coordinator on" in await srey.transcript():
                return

    await asyncio.wait_for(learned(), 60)


async def test_an_invitation_opens_the_desk_and_removal_closes_it(start_bot, chat, server) -> None:
    await start_bot()
    bopha, sokha = chat(SECOND_COORDINATOR), chat(ENGLISH_STUDENT)
    await sokha.send("/desk")
    await sokha.sees("I do not know that command")
    await bopha.send("/desk")
    await bopha.tap("People and roles")
    await bopha.tap("Invite")
    link = (await bopha.sees("Invitation link"))["text"]
    secret = re.search(r"start=(join_[\w-]+)", link)
    assert secret
    await sokha.send(f"/start {secret[1]}")
    await sokha.sees("You are a coordinator now")
    await bopha.sees("has joined as a coordinator")
    await sokha.tap("Coordinators' desk")
    await sokha.sees("Unanswered questions: 0")
    menu = server.telegram.commands
    for _ in range(200):
        if f"{ENGLISH_STUDENT}:" in menu:
            break
        await asyncio.sleep(0.05)
    assert "desk" in [command["command"] for command in menu[f"{ENGLISH_STUDENT}:"]]

    await bopha.send("/desk")
    await bopha.tap("People and roles")
    await bopha.tap("Remove somebody")
    await bopha.tap("Coordinator 3")
    await bopha.sees("goes back to the others")
    await bopha.tap("Remove")
    await sokha.sees("You are no longer a coordinator")
    await sokha.forge("desk:home")
    await sokha.sees("What would you like to know")
    for _ in range(200):
        if f"{ENGLISH_STUDENT}:" not in menu:
            break
        await asyncio.sleep(0.05)
    assert f"{ENGLISH_STUDENT}:" not in menu
    await bopha.send("/desk")
    await bopha.tap("People and roles")
    await bopha.tap("Audit log")
    log = (await bopha.sees("Audit log"))["text"]
    assert [word in log for word in ("invited", "joined", "removed")] == [True] * 3
    assert str(ENGLISH_STUDENT) not in log


async def test_figures_come_as_a_picture_and_as_a_table(start_bot, chat, server, content) -> None:
    await start_bot()
    srey, nary = chat(ENGLISH_STUDENT), chat(SECOND_COORDINATOR)
    entry = content.entries["tech-is-for-boys"]
    for _ in range(5):
        await srey.send(entry.question.get("en"))
        await srey.sees("Last reviewed")
    await nary.send("/desk")
    await nary.tap("Figures")
    await nary.tap("Topics")
    picture = await nary.sees("Most asked topics")
    name, data = server.telegram.files[picture["photo"][0]["file_id"]]
    assert data.startswith(b"\x89PNG")
    await nary.tap("The same as CSV")
    table = await nary.sees("Most asked topics")
    _, data = server.telegram.files[table["document"]["file_id"]]
    topic = next(t for t in content.topics if t.id == content.topic_of[entry.id])
    assert data.decode("utf-8-sig").splitlines() == [",count", f"{topic.label.get('en')},5"]
    await nary.tap("The last 7 days")
    await nary.sees("No case is open")
