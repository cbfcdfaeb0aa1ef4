"""No web page elsewhere reaches into the demo: neither with a script nor with a form or a picture."""

import httpx
import pytest

from bot.demo.server import DemoServer
from tests.stage import STUDENT, TOKEN

SAYS = {"person": STUDENT, "text": "hello"}
# What a browser says of a request that a page elsewhere makes, and of its own.
FOREIGN = (
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://127.0.0.1:1"},
    {"Origin": "http://localhost"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"},
    {"Referer": "https://evil.example/page"},
    {"Host": "evil.example"},
    {"Host": "127.0.0.1.evil.example"},
    {"Host": "localhost.evil.example:80"},
    {"Host": "evil.example:127.0.0.1"},
    {"Host": "2130706433"},
)
PATHS = (
    f"/bot{TOKEN}/sendMessage?chat_id={STUDENT}&text=hello",
    f"/bot{TOKEN}/getUpdates",
    "/demo/api/send",
    "/demo/api/people",
    "/demo/api/events",
    "/demo/file/file1",
)


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
@pytest.mark.parametrize("path", PATHS)
async def test_a_page_elsewhere_may_neither_act_nor_read(
    server: DemoServer, headers: dict[str, str], path: str
) -> None:
    async with httpx.AsyncClient(base_url=server.root, headers=headers, timeout=5) as client:
        assert (await client.get(path)).status_code == 403
        assert (await client.post(path, json=SAYS)).status_code == 403
    assert not server.telegram.chats[STUDENT]
    assert not server.telegram.calls


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
async def test_the_page_itself_acts_and_reads(server: DemoServer, host: str) -> None:
    root = f"http://{host}:{server.port}"
    own = {"Host": f"{host}:{server.port}", "Sec-Fetch-Site": "same-origin", "Referer": f"{root}/"}
    async with httpx.AsyncClient(base_url=server.root, headers=own) as client:
        said = await client.post("/demo/api/send", json=SAYS, headers={"Origin": root})
        assert said.status_code == 200
        assert (await client.get("/demo/api/people")).status_code == 200


async def test_a_link_elsewhere_may_open_the_page_but_not_in_a_frame(server: DemoServer) -> None:
    link = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate",
            "Sec-Fetch-Dest": "document", "Referer": "https://elsewhere.example/"}  # fmt: skip
    async with httpx.AsyncClient(base_url=server.root, headers=link) as client:
        page = await client.get("/")
        assert page.status_code == 200
        assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
        framed = await client.get("/", headers={"Sec-Fetch-Dest": "iframe"})
        assert framed.status_code == 403
