"""Photographs the chat page for the READMEs: `make screenshots`, or with another `folder=FOLDER`.

With names after the folder, only those are taken.

The real demo is started on a free port, with a database that goes when it ends, and a browser
does on its page what a girl and a coordinator would do, as wide as a telephone. So a picture
shows what the bot says today; where it says something else, the script fails and says so.
"""

import asyncio
import io
import re
import socket
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from pathlib import Path

from PIL import Image
from playwright.async_api import Page, async_playwright

from bot.content import Content, load_content
from bot.content.base import BASE_TONGUE
from bot.screens.voice import Voice
from bot.settings import CONTENT, ROOT
from docs.browser import ARGUMENTS, chromium

FOLDER = ROOT / "docs" / "screenshots"
WIDTH, HEIGHT, SCALE, COLOURS = 390, 844, 2, 64
LARGEST_BYTES = 120_000
GIRL, COORDINATOR = 1001, 3001
ASKS_IN_KHMER, ABOUT = "ផ្ទះអូនក្រ អាចរៀនសាកលវិទ្យាល័យបានទេបង?", "poor-family-university"
ASKS_IN_LATIN_LETTERS, OF = (
    "bong ey oun chong rean IT te ot pukae math",
    "perfect-maths-programming",
)
# the answers of the walk, by their ids in content/pathways
WALK = ("upper", "science", "none", "tech", "data", "health")
CAREER = "nurse"
NOT_KNOWN = "បងដឹងអត់ ហាងឆេងមាសថ្ងៃនេះប៉ុន្មាន?"
NEWS = "ក្លឹបសរសេរកូដនៅសាលាយើង ចាប់ផ្ដើមថ្ងៃសៅរ៍នេះ។ ប្អូនមិនចាំបាច់ចេះពីមុនទេ។"
_START_SECONDS, _PATIENCE_MS, _QUIET_MS = 120, 30_000, 1200
# Those of the page's fonts that have Khmer letters.
KHMER_FONTS = {"Noto Sans Khmer", "Khmer OS Siemreap", "Khmer OS"}
_ROWS = "#chat .row > *"
# Brings some bubbles of the chat into sight, and says how tall the page must be for them alone.
_BRING = """([bubbles, below]) => {
  const chat = document.getElementById("chat"), all = [...chat.children];
  const first = all.at(-bubbles - below).getBoundingClientRect();
  const last = all.at(-1 - below).getBoundingClientRect();
  chat.scrollTop += first.top - chat.getBoundingClientRect().top - 4;
  return innerHeight - chat.clientHeight + last.bottom - first.top + 10;
}"""


class WrongPictureError(Exception):
    """A picture does not show what it is there for, or is too heavy."""


class Telephone:
    """The chat page, in the hands of one person at a time."""

    def __init__(self, page: Page, root: str, folder: Path, content: Content) -> None:
        self._page = page
        self._root = root
        self._folder = folder
        self.content = content
        self.voice = Voice(content, BASE_TONGUE)

    async def hand_to(self, person: int) -> None:
        """Open the page as somebody, and put away what there is to try."""
        await self._page.goto(f"{self._root}/?person={person}")
        await self._page.locator("#tries h2 button").click()

    async def send(self, words: str) -> None:
        """Write a message, and wait for what the bot says."""
        before = await self._said()
        await self._page.locator("#text").fill(words)
        await self._page.keyboard.press("Enter")
        await self._answered(before)

    async def tap(self, label: str) -> None:
        """Tap the newest button of that label, and wait for what the bot says."""
        before = await self._said()
        whole = re.compile(f"^{re.escape(label)}$")
        await self._page.locator(_ROWS).filter(has_text=whole).last.click()
        await self._answered(before)

    async def photograph(self, name: str, bubbles: int, *shows: str, below: int = 0) -> None:
        """Keep how the last bubbles look, without those `below`; they must say what it `shows`."""
        said = "\n".join(
            (await self._page.locator("#chat > *").all_inner_texts())[-bubbles - below :]
        )
        for words in shows:
            if words not in said:
                raise WrongPictureError(f"{name}: “{words}” is not said in:\n{said}")
        await self._page.locator("#toast:not(.on)").wait_for(state="attached")
        await self._page.wait_for_function("[...document.images].every((image) => image.complete)")
        await self._page.mouse.move(0, 0)
        tall = await self._page.evaluate(_BRING, [bubbles, below])
        await self._page.set_viewport_size({"width": WIDTH, "height": round(tall)})
        await self._page.evaluate(_BRING, [bubbles, below])
        taken = await self._page.locator(".phone").screenshot(animations="disabled")
        await self._page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
        file = self._folder / f"{name}.png"
        await asyncio.to_thread(file.write_bytes, _small(name, taken))

    async def letters(self) -> set[str]:
        """Return the fonts in which the chat is really drawn."""
        browser = await self._page.context.new_cdp_session(self._page)
        await browser.send("DOM.enable")
        await browser.send("CSS.enable")
        whole = await browser.send("DOM.getDocument")
        words = {"nodeId": whole["root"]["nodeId"], "selector": ".says, .says *"}
        found = await browser.send("DOM.querySelectorAll", words)
        fonts: set[str] = set()
        for node in found["nodeIds"]:
            used = await browser.send("CSS.getPlatformFontsForNode", {"nodeId": node})
            fonts |= {font["familyName"] for font in used["fonts"]}
        return fonts

    async def _said(self) -> str:
        return await self._page.locator("#chat").inner_html()

    async def _answered(self, before: str) -> None:
        """Wait until the bot has spoken, and then says nothing more for a while."""
        await self._page.wait_for_function(
            "before => { const chat = document.getElementById('chat');"
            " return chat.innerHTML !== before"
            " && !chat.lastElementChild.classList.contains('mine'); }",
            arg=before, timeout=_PATIENCE_MS,
        )  # fmt: skip
        while (said := await self._said()) != before:
            before = said
            await self._page.wait_for_timeout(_QUIET_MS)


def _small(name: str, picture: bytes) -> bytes:
    """Return a PNG as light as the pictures that the bot sends. Raises WrongPictureError."""
    out = io.BytesIO()
    with Image.open(io.BytesIO(picture)) as image:
        few = image.convert("RGB").quantize(
            COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE
        )
        few.save(out, "PNG", optimize=True)
    if out.tell() > LARGEST_BYTES:
        raise WrongPictureError(f"{name} has {out.tell()} bytes, and may have {LARGEST_BYTES}")
    return out.getvalue()


async def _asks_in_khmer(phone: Telephone, name: str) -> None:
    await phone.hand_to(GIRL)
    await phone.send("/start")
    await phone.tap(phone.content.tongues[BASE_TONGUE].name)
    await phone.send(ASKS_IN_KHMER)
    await phone.photograph(name, 2, phone.content.entries[ABOUT].question.get(BASE_TONGUE))


async def _asks_in_latin_letters(phone: Telephone, name: str) -> None:
    await phone.send(ASKS_IN_LATIN_LETTERS)
    await phone.photograph(name, 2, phone.content.entries[OF].question.get(BASE_TONGUE))


async def _finds_her_path(phone: Telephone, name: str) -> None:
    await phone.send("/path")
    await phone.tap(phone.voice.label("path.start"))
    nodes = {node.id: node for node in phone.content.nodes}
    node = nodes["start"]
    for choice in WALK:
        option = next(one for one in node.options if one.id == choice)
        await phone.tap(f"{option.emoji} {option.label.get(BASE_TONGUE)}")
        if option.next:
            node = nodes[option.next]
    await phone.photograph(name, 1, phone.voice.label("path.compare"))


async def _reads_of_a_career(phone: Telephone, name: str) -> None:
    label = phone.content.careers[CAREER].name.get(BASE_TONGUE)
    await phone.send(label)
    await phone.photograph(name, 2, label, phone.voice.label("career.ways"))


async def _takes_a_card_home(phone: Telephone, name: str) -> None:
    await phone.tap(phone.voice.label("career.more"))
    await phone.tap(phone.voice.label("career.card"))
    await phone.photograph(name, 1, below=1)


async def _asks_for_help(phone: Telephone, name: str) -> None:
    await phone.send(NOT_KNOWN)
    await phone.send("ជួយខ្ញុំ")
    await phone.photograph(name, 2, "1280", phone.voice.label("care.person"))


async def _opens_the_desk(phone: Telephone, name: str) -> None:
    await phone.tap(phone.voice.label("care.person"))
    await phone.hand_to(COORDINATOR)
    await phone.send("/desk")
    await phone.photograph(name, 1, phone.voice.label("desk.announcements"))


async def _announces(phone: Telephone, name: str) -> None:
    say = phone.voice.label
    await phone.send("/announce")
    for label in ("cast.new", "news.kind.announcement"):
        await phone.tap(say(label))
    await phone.send(NEWS)
    await phone.tap(say("cast.skip"))
    await phone.tap(say("cast.check"))
    await phone.photograph(name, 2, NEWS, say("cast.now"))


async def _sees_the_week(phone: Telephone, name: str) -> None:
    say = phone.voice.label
    await phone.send("/desk")
    await phone.tap(say("desk.figures"))
    await phone.tap(say("fig.poster"))
    await phone.photograph(name, 1)


# The pictures, in the order in which they are taken: one goes on from where another ended.
PICTURES: dict[str, Callable[[Telephone, str], Awaitable[None]]] = {
    "question": _asks_in_khmer,
    "romanised": _asks_in_latin_letters,
    "path": _finds_her_path,
    "career": _reads_of_a_career,
    "card": _takes_a_card_home,
    "help": _asks_for_help,
    "desk": _opens_the_desk,
    "announcement": _announces,
    "week": _sees_the_week,
}


@asynccontextmanager
async def _demo() -> AsyncIterator[str]:
    """Run the demo on a free port; yield the address of its page."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "demo", "--port", str(port),
        cwd=ROOT, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        async with asyncio.timeout(_START_SECONDS):
            async for line in _lines(process):
                if b"ready" in line:
                    break
        yield f"http://127.0.0.1:{port}"
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def _lines(process: asyncio.subprocess.Process) -> AsyncIterator[bytes]:
    while process.stdout is not None and (line := await process.stdout.readline()):
        yield line


async def take(folder: Path, names: Iterable[str]) -> None:
    """Take pictures, by their names, into a folder."""
    await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
    content = await asyncio.to_thread(load_content, CONTENT)
    async with _demo() as root, async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=[*ARGUMENTS])
        page = await browser.new_page(
            viewport={"width": WIDTH, "height": HEIGHT}, device_scale_factor=SCALE,
            locale="km-KH", timezone_id="Asia/Phnom_Penh",
        )  # fmt: skip
        page.set_default_timeout(_PATIENCE_MS)
        phone = Telephone(page, root, folder, content)
        for name in names:
            await PICTURES[name](phone, name)
            print(folder / f"{name}.png")
        drawn_in = await phone.letters()
        if not drawn_in & KHMER_FONTS:
            raise WrongPictureError(f"no Khmer font of the page is here, only {drawn_in}")
        await browser.close()


if __name__ == "__main__":
    into, *only = sys.argv[1:] or [str(FOLDER)]
    asyncio.run(take(Path(into), only or PICTURES))
