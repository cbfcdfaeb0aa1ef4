"""The chat page in a real browser, at the width of a telephone and of a desk."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import FilePayload, Page, async_playwright

from bot.demo.server import DemoServer
from bot.screens.deep_links import ANSWER, link_to, pass_on
from bot.screens.keyboard import keyboard
from bot.screens.screen import Button, Copied
from docs.browser import ARGUMENTS, chromium
from tests.conftest import StartBot
from tests.stage import ENGLISH_STUDENT, STUDENT


@pytest.mark.parametrize(("width", "height"), [(340, 640), (1280, 800)])
async def test_a_girl_chats_in_the_browser(
    start_bot: StartBot, server: DemoServer, width: int, height: int
) -> None:
    await start_bot()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=[*ARGUMENTS])
        page = await browser.new_page(viewport={"width": width, "height": height})
        await page.goto(f"{server.root}/?person={STUDENT}")
        await page.get_by_role("button", name="START").click()
        await _newest(page, "សួស្ដីប្អូន")
        await page.get_by_role("button", name="ខ្មែរ").click()
        await _newest(page, "ថ្នាក់ទីប៉ុន្មាន")
        await page.get_by_role("button", name="រំលង").click()
        await _newest(page, "រួចរាល់ហើយ")
        await page.get_by_role("button", name="ទំព័រដើម").click()
        await _newest(page, "ប្អូនចង់ដឹងអ្វី")
        await page.get_by_role("button", name="ផ្សេងទៀត").click()
        await page.get_by_role("button", name="មើលតាមប្រធានបទ").click()
        await _newest(page, "edited")
        await page.get_by_label("Message").fill("ជួយខ្ញុំ")
        await page.keyboard.press("Enter")
        await _newest(page, "1280")
        await page.get_by_role("button", name="📋 1280").click()
        await page.locator("#toast.on").filter(has_text="1280").wait_for()
        # She searches as in any chat, sends what she finds, and opens the bot at it.
        await page.get_by_label("Message").fill("@bongsrey_demo_bot technovation")
        await page.locator("#found button").filter(has_text="Technovation").first.click()
        await _newest(page, "via @bongsrey_demo_bot")
        await page.locator(".bubble.mine").last.get_by_role("link", name="អានជាមួយបងស្រី").click()
        await _newest(page, "ផ្ញើឱ្យមិត្ត")
        overflow = await page.evaluate("document.documentElement.scrollWidth > innerWidth")
        assert not overflow
        await page.locator(f"[data-person='{ENGLISH_STUDENT}']").click()
        await page.get_by_role("button", name="START").wait_for()
        await browser.close()


@pytest.fixture
async def page(server: DemoServer) -> AsyncIterator[Page]:
    """The page as Sreypov has it on a small telephone, at night; no bot answers."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=[*ARGUMENTS])
        opened = await browser.new_page(
            viewport={"width": 340, "height": 640}, color_scheme="dark", locale="km-KH"
        )
        asked: list[str] = []
        opened.on("request", lambda request: asked.append(request.url))
        await opened.goto(f"{server.root}/?person={STUDENT}")
        await opened.get_by_role("button", name="ចាប់ផ្ដើម").wait_for()
        yield opened
        await browser.close()
    assert all(url.startswith(server.root) for url in asked), "nothing comes from elsewhere"


async def test_the_page_does_what_a_telephone_does(page: Page, server: DemoServer) -> None:
    said = server.telegram.chats[STUDENT]
    words = page.locator("#text")
    await words.fill("<b>one</b>\ntwo")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("three t.me/bongsrey_demo_bot?start=guardian_abc")
    await page.keyboard.press("Enter")
    await _newest(page, "<b>one</b>")
    assert said[-1]["text"].splitlines()[:2] == ["<b>one</b>", "two"], "lines are kept"
    await page.get_by_role("link", name="t.me").click()
    await _newest(page, "/start guardian_abc")

    picture: FilePayload = {"name": "p.png", "mimeType": "image/png", "buffer": b"not a picture"}
    await words.fill("of my school")
    await page.locator("#photos").set_input_files([picture, picture])
    await page.locator(".mine img").nth(1).wait_for()
    first, second = said[-2:]
    assert first["media_group_id"] == second["media_group_id"]
    assert (first["caption"], second.get("caption")) == ("of my school", None)
    for place, kind in ((3, "voice"), (4, "sticker"), (5, "contact"), (6, "location")):
        await page.locator("#attach").click()
        await page.locator(f"#choices li:nth-child({place})").click()
        await page.locator(".bubble").last.locator(f"[href='#i-{kind}']").wait_for()
        assert kind in said[-1]

    wall = "getComputedStyle(document.querySelector('.phone')).backgroundColor"
    dark = await page.evaluate(wall)
    await page.emulate_media(color_scheme="light")
    assert await page.evaluate(wall) != dark


async def test_a_link_is_opened_as_somebody_who_is_then_in_sight(
    page: Page, server: DemoServer
) -> None:
    last = list(server.telegram.people)[-1]
    await page.locator("#text").fill("t.me/bongsrey_demo_bot?start=guardian_abc")
    await page.keyboard.press("Enter")
    await page.locator(".says .as").click()
    await page.locator("#choices li").last.click()
    await _newest(page, "/start guardian_abc")
    assert server.telegram.chats[last][-1]["text"] == "/start guardian_abc"
    place = await page.locator(f"[data-person='{last}']").bounding_box()
    assert place is not None
    assert 0 <= place["x"] < 340


async def test_what_is_passed_on_is_copied_or_opened_as_the_friend(
    page: Page, server: DemoServer
) -> None:
    link = link_to(server.telegram.bot_user()["username"], ANSWER, "what-is-ai")
    rows = ((Button("share", pass_on("AI", link)), Button("code", Copied("ab-12"))),)
    sreypov = server.telegram.people[STUDENT]
    server.telegram.add(sreypov, True, {"text": "AI", "reply_markup": keyboard(rows)})
    await page.get_by_role("button", name="code").click()
    await page.locator("#toast.on").filter(has_text="ab-12").wait_for()
    await page.get_by_role("link", name="share").click()
    await page.locator("#choices li").first.click()
    await page.locator("#toast.on").filter(has_text=link).wait_for()
    await page.get_by_role("link", name="share").click()
    friend = server.telegram.people[ENGLISH_STUDENT]
    await page.locator("#choices li").filter(has_text=friend.first_name).click()
    await _newest(page, "/start faq_what-is-ai")
    assert server.telegram.chats[ENGLISH_STUDENT][-1]["text"] == "/start faq_what-is-ai"


async def test_a_search_is_over_when_something_else_is_written(
    page: Page, server: DemoServer
) -> None:
    words, found = page.locator("#text"), page.locator("#found")
    article = {"type": "article", "id": "a", "title": "<b>Nurse</b>", "description": "helps",
               "input_message_content": {"message_text": "a nurse"}}  # fmt: skip
    await words.fill("@bongsrey_demo_bot\nnurse")
    query = await _searched(server)
    server.telegram.answer_search({"inline_query_id": query, "results": [article]})
    await found.get_by_text("<b>Nurse</b>").wait_for()
    await words.fill("@bongsrey_demo_bots nurse")
    await found.wait_for(state="hidden")
    await page.keyboard.press("Enter")
    await _newest(page, "@bongsrey_demo_bots nurse")
    searches = [update for update in server.telegram.updates if "inline_query" in update]
    assert len(searches) == 1, "who is not the bot is not asked"


async def _searched(server: DemoServer) -> str:
    """Return the search that has come from the page; the bot is not asked before she rests."""
    while True:
        for update in server.telegram.updates:
            if "inline_query" in update:
                return str(update["inline_query"]["id"])
        server.telegram.arrived.clear()
        await asyncio.wait_for(server.telegram.arrived.wait(), 5)


async def test_each_person_is_told_what_to_try_in_the_language_of_the_page(page: Page) -> None:
    # The card is filled after the page was loaded.
    await page.locator("#tries").filter(has_text="រកផ្លូវ").wait_for()
    await page.locator("#tongue").click()
    await page.get_by_role("button", name="Find out what could suit her").click()
    await _newest(page, "/path")


async def _newest(page: Page, words: str) -> None:
    await page.locator(".bubble").last.filter(has_text=words).wait_for(timeout=15_000)


async def test_only_this_machine_may_open_the_page(server: DemoServer) -> None:
    import httpx

    async with httpx.AsyncClient() as client:
        stranger = await client.get(f"{server.root}/", headers={"Host": "evil.example:80"})
        assert stranger.status_code == 403
        assert (await client.get(f"{server.root}/")).status_code == 200
