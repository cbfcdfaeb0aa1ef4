"""Whatever the Bot API does while the bot starts, the bot is there."""

import asyncio
import gc
import subprocess
import sys
from pathlib import Path

import pytest

from bot import app
from bot.app import run_until, running
from bot.clock import utc_now
from bot.demo.server import DemoServer
from bot.demo.telegram_state import Fault
from bot.settings import ROOT, Settings, SettingsError
from bot.telegram.intake import TokenRefusedError
from tests.stage import TOKEN

HOOK = "http://127.0.0.1:8943/hook"


def _settings(server: DemoServer, folder: Path) -> Settings:
    return Settings(
        bot_token=TOKEN, bot_api_url=server.root,
        database_url=f"sqlite:///{folder / 'bot.sqlite'}", _env_file=None,
    )  # fmt: skip


async def test_polling_begins_although_the_webhook_cannot_be_taken_away_at_once(
    server: DemoServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    server.telegram.faults.append(Fault("deleteWebhook", 502, "Bad Gateway"))
    async with running(_settings(server, tmp_path), utc_now) as failed:
        async with asyncio.timeout(10):
            while server.telegram.polling is None:
                await asyncio.sleep(0.01)
        assert not failed.done()
    assert "a webhook could not be taken away: that is over" in caplog.text


async def test_the_webhook_is_set_although_the_connection_broke(
    server: DemoServer, tmp_path: Path
) -> None:
    server.telegram.faults.append(Fault("setWebhook", 0, "", drop="before"))
    called = {"webhook_url": HOOK, "webhook_port": 0}
    settings = _settings(server, tmp_path).model_copy(update=called)
    async with running(settings, utc_now) as failed:
        async with asyncio.timeout(10):
            while not server.telegram.webhook:
                await asyncio.sleep(0.01)
        assert not failed.done()
    assert server.telegram.webhook["url"] == HOOK


async def test_a_stop_is_obeyed_while_there_is_no_connection_yet(
    server: DemoServer, tmp_path: Path
) -> None:
    server.telegram.faults.append(Fault("getMe", 502, "Bad Gateway", times=99))
    stop = asyncio.Event()
    bot = asyncio.create_task(run_until(stop, _settings(server, tmp_path), utc_now))
    while not server.telegram.calls:
        await asyncio.sleep(0.01)
    stop.set()
    await asyncio.wait_for(bot, 5)


async def test_what_ends_the_start_is_told_as_it_is(server: DemoServer, tmp_path: Path) -> None:
    server.telegram.token = "another"
    with pytest.raises(TokenRefusedError):
        await run_until(asyncio.Event(), _settings(server, tmp_path), utc_now)


def test_a_start_that_fails_leaves_nothing_that_nobody_waited_for(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such as at a database that is none, while memory is short for the encoder."""

    def fail() -> None:
        raise MemoryError

    monkeypatch.setattr(app, "load_encoder", fail)
    file = tmp_path / "bot.sqlite"
    file.write_bytes(b"no database" * 100)
    settings = Settings(
        bot_token=TOKEN, bot_api_url="http://127.0.0.1:9", database_url=f"sqlite:///{file}",
        _env_file=None,
    )  # fmt: skip
    with pytest.raises(SettingsError, match="it is no database"):
        asyncio.run(run_until(asyncio.Event(), settings, utc_now))
    gc.collect()
    assert "nobody waited" not in caplog.text


async def test_only_a_process_that_serves_settles_in_its_memory(
    server: DemoServer, tmp_path: Path
) -> None:
    """A bot inside of another program, such as the demo, keeps none of that from being freed."""
    before = gc.get_freeze_count()
    async with running(_settings(server, tmp_path), utc_now):
        assert gc.get_freeze_count() == before
    stop = asyncio.Event()
    serving = asyncio.create_task(run_until(stop, _settings(server, tmp_path), utc_now))
    try:
        async with asyncio.timeout(20):
            while gc.get_freeze_count() == before:
                await asyncio.sleep(0.01)
    finally:
        stop.set()
        await serving
        gc.unfreeze()


def test_what_is_garbage_when_it_settles_goes() -> None:
    settles = """
import gc, weakref
from bot import footprint
gc.disable()
class Ring: pass
ring = Ring()
ring.itself = ring
there = weakref.ref(ring)
del ring
footprint.settle()
print(there() is None, gc.get_freeze_count() > 0)
"""
    done = subprocess.run(
        [sys.executable, "-c", settles], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert done.stdout.split() == ["True", "True"]
