"""The doctor says in a line each what is wrong and what mends it, and changes nothing."""

import shutil
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from bot.__main__ import main
from bot.clock import utc_now
from bot.commands import EXIT_CONFIGURATION, EXIT_PROBLEM
from bot.database import Database, copies
from bot.database.one_instance import only_instance
from bot.database.sealed import new_key, seal
from bot.demo.server import DemoServer
from bot.desk import team
from bot.operations import of_content, of_telegram
from bot.operations.doctor import CHECKS, examine
from bot.operations.finding import Patient, Verdict, long
from bot.operations.monitor import Monitor
from bot.people import people
from bot.queues import deliveries, inbox, outbox
from bot.queues.messages import Text
from bot.queues.outbox import Lane
from bot.queues.tables import OutboxState
from bot.safety.states import DrillEnd
from bot.safety.tables import Case, Drill
from bot.screens.screen import Html
from bot.settings import Settings, url_of
from tests.database.releases import upgrade_to
from tests.stage import FIRST_COORDINATOR, STUDENT, TOKEN

# To read the library takes a second, and is left to the tests of it.
OF_CONTENT = [check for check in CHECKS if check.__module__ == of_content.__name__]
QUICK = [check for check in CHECKS if check not in OF_CONTENT]
BAD, LOOK, WELL, UNSEEN = Verdict.BAD, Verdict.LOOK, Verdict.WELL, Verdict.UNSEEN


class Ward:
    """A bot on the database of a folder, and the doctor who looks at it."""

    def __init__(self, folder: Path, root: str) -> None:
        self.file = folder / "bot.sqlite"
        self.settings = Settings(
            bot_token=TOKEN, bot_api_url=root, coordinator_ids=(FIRST_COORDINATOR,),
            database_url=f"sqlite:///{self.file}", _env_file=None,
        )  # fmt: skip
        self.clock: Callable[[], datetime] = utc_now

    def has(self, **settings: object) -> None:
        """Choose settings."""
        self.settings = self.settings.model_copy(update=settings)

    async def says(self, about: str) -> list[tuple[Verdict, str]]:
        """Return what the doctor says about one thing."""
        checks = OF_CONTENT if about in ("content", "encoder") else QUICK
        found = [one async for one in examine(self.settings, self.clock, checks)]
        return [(one.verdict, one.says) for one in found if one.about == about]

    async def finds(self, about: str, verdict: Verdict, words: str) -> None:
        """See that the doctor says it."""
        found = await self.says(about)
        assert any(one is verdict and words in says for one, says in found), found


@pytest.fixture
def ward(
    tmp_path: Path, migrated: Path, server: DemoServer, monkeypatch: pytest.MonkeyPatch
) -> Ward:
    monkeypatch.chdir(tmp_path)
    place = tmp_path / "data"
    place.mkdir(mode=0o700)
    found = Ward(place, server.root)
    shutil.copy(migrated, found.file)
    found.file.chmod(0o600)
    return found


@pytest.fixture
async def on_call(ward: Ward) -> AsyncIterator[Database]:
    """The database of the ward, with a coordinator who can be called."""
    database = Database(ward.settings.database_url)
    async with database.write() as session:
        await team.register_first(session, ward.settings.coordinator_ids, utc_now())
        await people.meet(session, FIRST_COORDINATOR, "en", utc_now())
    yield database
    await database.close()


async def test_a_bot_that_is_well_has_nothing_to_mend(ward: Ward, on_call: Database) -> None:
    copies.make(ward.file, ward.file.parent / "backups", (), utc_now())
    found = [one async for one in examine(ward.settings, ward.clock, QUICK)]
    assert [one for one in found if one.verdict is BAD] == []
    assert {one.about for one in found} == {
        "settings", "bot", "token", "webhook", "clock", "disk", "permissions", "database",
        "records", "queues", "on call", "drill", "backup",
    }  # fmt: skip
    await ward.finds("on call", WELL, "coordinators who can be called: 1")
    await ward.finds("backup", WELL, "it holds")
    await ward.finds("clock", WELL, "as Telegram's does")


async def test_records_that_do_not_agree_are_told_by_their_numbers(ward: Ward) -> None:
    with closing(sqlite3.connect(ward.file)) as file:
        file.execute(
            "INSERT INTO cases (id, person_id, kind, opened_at_utc, alerted)"
            " VALUES (7, 1001, 'violence', '2026-11-24 02:00:00', '[]')"
        )
        file.commit()
    await ward.finds("records", BAD, "when the next is called; not so of case 7")


async def test_it_changes_nothing(ward: Ward) -> None:
    ward.file.unlink()
    await ward.finds("database", LOOK, "is not there yet")
    await ward.finds("permissions", UNSEEN, "no database yet")
    await ward.finds("queues", UNSEEN, "cannot be read")
    assert list(ward.file.parent.iterdir()) == []


async def test_a_folder_that_no_start_makes_is_told(ward: Ward, tmp_path: Path) -> None:
    ward.has(database_url=url_of(tmp_path / "no" / "such" / "bot.sqlite"))
    await ward.finds("database", BAD, "there is no folder")


def test_without_a_token_it_says_what_it_cannot_see(
    ward: Ward, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("BOT_TOKEN", "COORDINATOR_IDS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{ward.file}")
    monkeypatch.setenv("BOT_API_URL", "http://127.0.0.1:9")
    assert main(["doctor"]) == EXIT_PROBLEM
    said = capsys.readouterr().out.splitlines()
    assert (
        "BAD    token: BOT_TOKEN is not set; ask @BotFather for one and put it into .env" in said
    )
    assert "unseen webhook: without BOT_TOKEN it cannot be seen" in said
    assert any(line.startswith("ok     database: it is sound") for line in said)
    assert said[-1].endswith("to mend.")


def test_a_wrong_setting_ends_it_with_two(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MONITOR_PORT", "99999")
    assert main(["doctor"]) == EXIT_CONFIGURATION
    assert "MONITOR_PORT is not right" in capsys.readouterr().err


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


async def test_files_that_others_may_open(ward: Ward) -> None:
    env = Path(".env")
    env.write_text("")
    env.chmod(0o644)
    await ward.finds("permissions", BAD, "chmod 600 .env")
    env.chmod(0o600)
    await ward.finds("permissions", WELL, "the bot alone")
    for place, mode, wide in ((ward.file, 0o600, 0o640), (ward.file.parent, 0o700, 0o755)):
        place.chmod(wide)
        await ward.finds("permissions", BAD, f"chmod {mode:o} {place}")
        place.chmod(mode)


async def test_a_database_of_another_release_or_none_at_all(ward: Ward) -> None:
    ward.file.write_bytes(b"no database" * 100)
    await ward.finds("database", BAD, "it is no database")
    ward.file.unlink()
    upgrade_to(ward.file, "0010")
    await ward.finds("database", LOOK, "older release (0010, this one is")
    await ward.finds("queues", UNSEEN, "cannot be read")
    with closing(sqlite3.connect(ward.file)) as rows, rows:
        rows.execute("UPDATE alembic_version SET version_num = '0999'")
    await ward.finds("database", BAD, "newer release of Bong Srey (0999)")


async def test_what_waits_too_long(ward: Ward, on_call: Database) -> None:
    now = utc_now()
    await inbox.store(on_call, [{"update_id": 1}], now - timedelta(minutes=10))
    async with on_call.write() as session:
        for lane in (Lane.REPLY, Lane.ANNOUNCEMENT):
            await outbox.stage(
                session, Text(Html("x")), to=STUDENT, key=lane.name, lane=lane,
                now=now, due=now - timedelta(hours=2),
            )  # fmt: skip
    await ward.finds("queues", BAD, "updates that wait: 1, the first for 10 min; start the bot")
    await ward.finds("queues", BAD, "reply messages that wait: 1, the first for 2 h")
    await ward.finds("queues", LOOK, "announcement messages that wait: 1")


async def test_replies_that_are_tried_again_and_again(ward: Ward, on_call: Database) -> None:
    now = utc_now()
    async with on_call.write() as session:
        await outbox.stage(
            session, Text(Html("x")), to=STUDENT, key="a", lane=Lane.REPLY,
            now=now - timedelta(hours=2),
        )  # fmt: skip
    (row,) = await outbox.waiting(on_call, (Lane.REPLY,), set(), 1, now)
    put_off = deliveries.Delivery(
        row.id, OutboxState.WAITING, now, retry_at=now + timedelta(minutes=5)
    )
    await deliveries.record(on_call, [put_off])
    await ward.finds("queues", BAD, "reply messages that wait: 1, the first for 2 h")


async def test_updates_that_were_given_up(ward: Ward, on_call: Database) -> None:
    await inbox.store(on_call, [{"update_id": 1}], utc_now())
    async with on_call.write() as session:
        for _ in range(inbox.MOST_ATTEMPTS):
            await inbox.count_attempt(session, 1)
    await ward.finds("queues", LOOK, "that could not be answered: 1")


async def test_nobody_on_call(ward: Ward) -> None:
    await ward.finds("on call", BAD, "has never written to the bot")
    ward.has(coordinator_ids=())
    await ward.finds("on call", BAD, "no coordinator")
    ward.file.unlink()
    await ward.finds("on call", BAD, "COORDINATOR_IDS")


async def test_a_girl_who_waits_for_a_person(ward: Ward, on_call: Database) -> None:
    async with on_call.write() as session:
        await people.meet(session, STUDENT, "en", utc_now())
        opened = utc_now() - timedelta(minutes=90)
        session.add(Case(person_id=STUDENT, kind="abuse", opened_at_utc=opened, alerted=[]))
    await ward.finds("on call", BAD, "wait for a person: 1, the first for 90 min")


async def test_drills_that_are_missing_old_or_failed(ward: Ward, on_call: Database) -> None:
    await ward.finds("drill", LOOK, "none in a year; a coordinator begins one at the desk")
    ward.has(drill_day=0)
    await ward.finds("drill", LOOK, "or set DRILL_DAY")

    async def was(outcome: DrillEnd, **ago: float) -> None:
        at = utc_now() - timedelta(**ago)
        none: list[int] = []
        async with on_call.write() as session:
            session.add(
                Drill(
                    began_at_utc=at, alerted=none, arrived=none, passed=none, ended_at_utc=at,
                    outcome=outcome,
                )
            )  # fmt: skip

    await was(DrillEnd.IN_TIME, days=46)
    await ward.finds("drill", LOOK, "the last was 46 days ago")
    await was(DrillEnd.IN_TIME, days=44)
    await ward.finds("drill", WELL, "44 days ago, and somebody was there in time")
    await was(DrillEnd.UNANSWERED, days=4)
    await was(DrillEnd.CALLED_OFF, days=3)
    await ward.finds("drill", LOOK, "4 days ago, failed: nobody who was called was there")


async def test_copies_that_are_missing_old_or_damaged(ward: Ward) -> None:
    await ward.finds("backup", LOOK, "the bot makes one when it starts")
    folder = ward.file.parent / "backups"
    copy = copies.make(ward.file, folder, (), utc_now() - timedelta(hours=30))
    await ward.finds("backup", BAD, "the newest is 30 h old, and one is due every 24 h")
    copy.file.write_bytes(b"no database" * 100)
    await ward.finds("backup", BAD, "cannot be restored: it is no database")
    with closing(sqlite3.connect(ward.file)) as rows:
        copy.file.unlink()
        rows.execute("VACUUM INTO ?", (str(copy.file),))
    whole = copy.file.read_bytes()
    copy.file.write_bytes(whole[:12288] + bytes(4096) + whole[16384:])
    await ward.finds("backup", BAD, "is damaged")
    copy.file.write_bytes(b"")
    await ward.finds("backup", BAD, "cannot be restored: it is empty")
    copy.file.unlink()
    with closing(sqlite3.connect(copy.file)) as rows:
        rows.execute("CREATE TABLE other (a)")
    await ward.finds("backup", BAD, "is no database of Bong Srey")
    shutil.rmtree(folder)
    ward.has(backup_hours=0.0)
    await ward.finds("backup", LOOK, "none is made; set BACKUP_HOURS")


async def test_encrypted_copies_are_looked_at_as_far_as_that_goes(
    ward: Ward, tmp_path: Path
) -> None:
    key = (new_key(tmp_path / "key.txt", utc_now()),)
    folder = ward.file.parent / "backups"
    copy = copies.make(ward.file, folder, key, utc_now())
    await ward.finds("backup", BAD, "is encrypted, and BACKUP_KEYS is not set")
    ward.has(backup_keys=key)
    await ward.finds("backup", WELL, "as far as this machine sees; try it with your key")
    assert BAD not in {verdict for verdict, _ in await ward.says("backup")}
    whole = copy.file.read_bytes()
    for left in (whole[:22], whole[:-1], whole[: len(whole) // 3], b"no database" * 50_000):
        copy.file.write_bytes(left)
        await ward.finds("backup", BAD, "it is damaged, or not whole")
    seal(tmp_path / "key.txt", copy.file, key)
    await ward.finds("backup", BAD, "it is damaged, or not whole")
    copy.file.unlink()
    copies.make(ward.file, folder, (), utc_now())
    await ward.finds("backup", BAD, "is not encrypted, and BACKUP_KEYS is set")


async def test_copies_of_a_time_that_has_not_come_or_is_over(ward: Ward) -> None:
    folder = ward.file.parent / "backups"
    copies.make(ward.file, folder, (), datetime(2099, 1, 1, tzinfo=UTC))
    await ward.finds("backup", BAD, "named for a time that has not come")
    await ward.finds("backup", LOOK, "there is none in")
    copies.make(ward.file, folder, (), utc_now())
    await ward.finds("backup", WELL, "it holds")
    copies.make(ward.file, folder, (), utc_now() - timedelta(days=7, hours=2))
    await ward.finds("backup", BAD, "is older than BACKUP_DAYS (7), which girls are told")


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


async def test_a_check_that_breaks_is_one_line_and_the_others_go_on(
    ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    # httpx wants a package for it that is not installed.
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:9")
    found = [one async for one in examine(ward.settings, ward.clock, QUICK)]
    (line,) = (one for one in found if one.about == "telegram")
    assert line.verdict is BAD
    assert "could not be looked at (ImportError" in line.says
    assert {"settings", "bot", "disk", "database", "queues"} <= {one.about for one in found}


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


async def test_a_library_that_is_read_again_in_time_is_well(ward: Ward) -> None:
    """On a day of its own, for what was reviewed is due one day, and no fault of the doctor's."""
    ward.clock = lambda: datetime(2026, 11, 29, tzinfo=UTC)
    await ward.finds("content", WELL, "none is overdue")
    assert [verdict for verdict, _ in await ward.says("encoder")] in ([WELL], [LOOK])


async def test_pages_that_are_due_to_be_read_again(ward: Ward) -> None:
    ward.clock = lambda: datetime(2036, 1, 1, tzinfo=UTC)
    await ward.finds("content", LOOK, "are due to be read again")
    await ward.finds("content", BAD, "the hotline child-helpline is to be confirmed again")


def test_what_lasts_is_said_as_one_says_it() -> None:
    assert [long(s) for s in (0, 119, 120, 7199, 7200, 259199, 260000)] == [
        "0 s", "119 s", "2 min", "120 min", "2 h", "72 h", "3 days",
    ]  # fmt: skip


def test_each_check_is_listed_once() -> None:
    assert len({check.__name__ for check in CHECKS}) == len(CHECKS)
