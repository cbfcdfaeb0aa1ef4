"""The chat page in a real browser, at the width of a telephone and of a desk."""

import shutil

import pytest
from playwright.async_api import Page, async_playwright

from bot.demo.server import DemoServer
from tests.conftest import StartBot
from tests.stage import ENGLISH_STUDENT, STUDENT

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


def _chromium() -> str:
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    raise AssertionError("Chromium is missing: `make test` installs it where it can")


@pytest.mark.parametrize(("width", "height"), [(340, 640), (1280, 800)])
async def test_a_girl_chats_in_the_browser(
    start_bot: StartBot, server: DemoServer, width: int, height: int
) -> None:
    await start_bot()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=_chromium(), args=ARGUMENTS)
        page = await browser.new_page(viewport={"width": width, "height": height})
        await page.goto(f"{server.root}/?person={STUDENT}")
        await page.get_by_role("button", name="START").click()
        await _newest(page, "សួស្ដីប្អូន")
        await page.get_by_role("button", name="ខ្មែរ").click()
        await _newest(page, "ប្អូនចង់ដឹងអ្វី")
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


async def _newest(page: Page, words: str) -> None:
    await page.locator(".bubble").last.filter(has_text=words).wait_for(timeout=15_000)


async def test_only_this_machine_may_open_the_page(server: DemoServer) -> None:
    import httpx

    async with httpx.AsyncClient() as client:
        stranger = await client.get(f"{server.root}/", headers={"Host": "evil.example:80"})
        assert stranger.status_code == 403
        assert (await client.get(f"{server.root}/")).status_code == 200
