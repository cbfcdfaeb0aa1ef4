"""The doctor asks Telegram for the token, the webhook and the time."""

from datetime import timedelta

import httpx
import pytest

from bot.clock import utc_now
from bot.database.one_instance import only_instance
from bot.demo.server import DemoServer
from bot.operations import of_telegram
from bot.operations.doctor import examine
from bot.operations.finding import Patient, Verdict
from tests.operations.ward import BAD, LOOK, QUICK, UNSEEN, WELL, Ward
from tests.stage import TOKEN


async def test_a_token_that_telegram_does_not_know(ward: Ward, server: DemoServer) -> None:
    server.telegram.token = "another"
    await ward.finds("token", BAD, "Telegram does not know BOT_TOKEN")
    assert TOKEN not in str([one async for one in examine(ward.settings, ward.clock, QUICK)])


async def test_a_server_that_gives_no_answer_is_named_without_the_token(ward: Ward) -> None:
    ward.has(bot_api_url="http://127.0.0.1:9")
    await ward.finds("token", BAD, "http://127.0.0.1:9 gives no answer")
    await ward.finds("clock", UNSEEN, "no answer to compare")


async def test_webhooks_that_do_not_fit(ward: Ward, server: DemoServer) -> None:
    await ward.finds("webhook", WELL, "none, the bot polls")
    server.telegram.webhook = {"url": "https://elsewhere.example.org/", "secret": ""}
    await ward.finds("webhook", LOOK, "the next start of the bot takes it away")
    with only_instance(ward.file):
        await ward.finds("webhook", BAD, "stop the other program")
    ward.has(webhook_url="https://bot.example.org/hook")
    await ward.finds("webhook", LOOK, "another address than WEBHOOK_URL")
    server.telegram.webhook["url"] = "https://bot.example.org/hook"
    await ward.finds("webhook", WELL, "Telegram calls it")


@pytest.mark.parametrize(("off", "verdict"), [(0, WELL), (20, LOOK), (-20, LOOK), (300, BAD)])
async def test_a_clock_that_is_wrong(ward: Ward, off: int, verdict: Verdict) -> None:
    ward.clock = lambda: utc_now() + timedelta(seconds=off)
    ((found, says),) = await ward.says("clock")
    assert found is verdict
    assert ("behind" in says) == (off < 0)


async def test_a_time_whose_zone_is_not_said_is_that_of_utc(ward: Ward) -> None:
    def answer(_asked: httpx.Request) -> httpx.Response:
        return httpx.Response(200, headers={"Date": f"{utc_now():%a, %d %b %Y %H:%M:%S} -0000"})

    async with httpx.AsyncClient(transport=httpx.MockTransport(answer)) as client:
        line = await of_telegram._clock(client, Patient(ward.settings, ward.clock, None, None))
    assert line.verdict is WELL


async def test_what_telegram_says_of_a_failure_stays_in_its_line(
    ward: Ward,
) -> None:
    hook = "https://bot.example.org/hook"
    told = {
        "url": hook, "last_error_date": utc_now().timestamp(),
        "last_error_message": "refused\n\x1b[2Jok     token: all is well" + "!" * 500,
    }  # fmt: skip
    ward.has(webhook_url=hook)
    patient = Patient(ward.settings, ward.clock, None, None)
    (line,) = of_telegram._webhook(patient, told)
    assert line.says.isprintable()
    assert len(line.says) < 300
