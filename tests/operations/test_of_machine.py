"""The doctor looks at the process of the bot and at who may open its files."""

from pathlib import Path

import pytest

from bot import private_files
from bot.clock import utc_now
from bot.database import Database
from bot.database.one_instance import only_instance
from bot.demo.server import DemoServer
from bot.operations.monitor import Monitor
from bot.settings import url_of
from tests.operations.ward import BAD, LOOK, UNSEEN, WELL, Ward


async def test_which_file_of_settings_was_read(ward: Ward) -> None:
    here = Path.cwd()
    await ward.finds("settings", WELL, f"environment alone: there is no .env in {here}")
    (here / ".env").write_text("LOG_LEVEL=INFO\nWEBHOOK=1\n")
    await ward.finds("settings", WELL, f"read from {here / '.env'} and the environment")
    await ward.finds("settings", LOOK, "WEBHOOK is not a setting")


async def test_files_that_others_may_open(ward: Ward, monkeypatch: pytest.MonkeyPatch) -> None:
    env = Path(".env")
    env.write_text("")
    env.chmod(0o644)
    await ward.finds("permissions", BAD, "chmod 600 .env")
    env.chmod(0o600)
    await ward.finds("permissions", WELL, "the bot alone")
    ward.file.chmod(0o640)
    await ward.finds("permissions", BAD, f"chmod 600 {ward.file}")
    ward.file.chmod(0o600)
    # It may be shared on purpose.
    ward.file.parent.chmod(0o755)
    await ward.finds("permissions", LOOK, f"look into {ward.file.parent}; a folder of its own")
    monkeypatch.setattr(private_files, "ROOT", ward.file.parent.parent)
    await ward.finds("permissions", BAD, f"chmod 700 {ward.file.parent}")


async def test_a_bot_that_runs_is_asked_whether_it_is_ready(ward: Ward) -> None:
    await ward.finds("bot", LOOK, "does not run")
    monitor = Monitor(ward.settings, utc_now)
    port = monitor.start(0)
    assert port is not None
    with only_instance(ward.file):
        await ward.finds("bot", LOOK, "put MONITOR_PORT=9464 into .env")
        ward.has(monitor_port=port)
        await ward.finds("bot", BAD, "not ready: it starts")
        database = Database(ward.settings.database_url)
        monitor.look_at(database, lambda: ())
        await ward.finds("bot", WELL, "is ready")
        await monitor.stop()
        await database.close()
        await ward.finds("bot", BAD, f"does not answer on MONITOR_PORT {port}")


async def test_a_port_on_which_another_answers_says_nothing_of_this_bot(
    ward: Ward, server: DemoServer
) -> None:
    ward.has(monitor_port=server.port)
    with only_instance(ward.file):
        await ward.finds("bot", BAD, f"another program answers on MONITOR_PORT {server.port}")


async def test_a_lock_that_may_not_be_looked_at_is_not_taken_for_a_bot_that_stands(
    ward: Ward,
) -> None:
    ward.file.with_suffix(".lock").mkdir()
    await ward.finds("bot", UNSEEN, "whether it runs cannot be seen")
    ring = ward.file.with_name("ring.sqlite")
    ring.symlink_to(ring)
    ward.has(database_url=url_of(ring))
    await ward.finds("bot", UNSEEN, "in a circle")
