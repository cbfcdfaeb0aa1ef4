"""A database on a PostgreSQL server: made by whoever comes first, and refused in plain words."""

import asyncio
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.__main__ import main
from bot.commands import EXIT_CONFIGURATION
from bot.database import Database
from bot.database.prepare import look_at, prepare
from bot.database.trouble import in_words, is_out_of_order
from bot.settings import ROOT, SettingsError, load_settings
from tests.database.releases import config_of
from tests.postgres import STRANGER, Postgres

Said = pytest.CaptureFixture[str]


def test_migrations_make_the_tables_there_too_and_nothing_is_left_to_change(
    postgres: Postgres,
) -> None:
    """Though several workers begin at once."""
    url = postgres.empty()
    make = "import sys; from bot.database.prepare import prepare; prepare(sys.argv[1])"
    workers = [subprocess.Popen([sys.executable, "-c", make, url], cwd=ROOT) for _ in range(2)]
    assert [worker.wait(300) for worker in workers] == [0, 0]
    assert asyncio.run(look_at(url)).is_of_this_release
    command.check(config_of(url))


async def test_the_audit_log_is_only_added_to(postgres: Postgres) -> None:
    database = Database(postgres.new())
    line = (
        "INSERT INTO audit (at_utc, actor_id, action, kind, subject) VALUES (now(), 1, '', '', '')"
    )
    async with database.write() as session:
        await session.execute(text(line))
    for change in ("UPDATE audit SET actor_id = 2", "DELETE FROM audit"):
        with pytest.raises(DBAPIError, match="only added to"):
            async with database.write() as session:
                await session.execute(text(change))
    very_old = line.replace("now()", "now() - interval '370 days'")
    async with database.write() as session:
        await session.execute(text(very_old))
    async with database.write() as session:
        await session.execute(text("DELETE FROM audit WHERE at_utc < now() - interval '366 days'"))
    await database.close()


def _elsewhere(url: str) -> str:
    """Return an address where nobody listens."""
    return url.partition("@")[0] + "@127.0.0.1:9/bongsrey"


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (_elsewhere, "no server answers there"),
        (lambda url: url.replace("127.0.0.1", "no.such.host.invalid"), "no server answers there"),
        (lambda url: url.rpartition("/")[0] + "/nothing", "no database of that name"),
        (lambda url: url.replace("tests@", f"{STRANGER}:hunter2@"), "does not accept this name"),
        (lambda url: url.replace("tests@", f"{STRANGER}:right@"), "make the user the owner"),
    ],
)
def test_what_is_wrong_with_the_server_is_said_plainly_and_without_the_password(
    wrong: Callable[[str], str], says: str, postgres: Postgres, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, capsys: Said,
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BOT_TOKEN", "1:a")
    monkeypatch.setenv("BOT_API_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("DATABASE_URL", wrong(postgres.empty()))
    assert main(["run"]) == EXIT_CONFIGURATION
    said = capsys.readouterr().err
    assert "DATABASE_URL names postgresql" in said
    assert says in said
    assert "hunter2" not in said
    assert ":right" not in said
    assert "Traceback" not in said


def test_of_another_program_or_a_newer_release_nothing_is_touched(postgres: Postgres) -> None:
    url = postgres.empty()
    postgres.execute("CREATE TABLE songs (n int)", url.rpartition("/")[2])
    with pytest.raises(SettingsError, match="no database of Bong Srey"):
        prepare(url)
    url = postgres.new()
    postgres.execute("UPDATE alembic_version SET version_num = '0999'", url.rpartition("/")[2])
    with pytest.raises(SettingsError, match="newer release"):
        prepare(url)


def test_without_the_extra_it_says_what_to_install(
    postgres: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "asyncpg", None)
    with pytest.raises(SettingsError, match=r"pip install 'bongsrey\[postgres\]'"):
        Database("postgresql+asyncpg://a@127.0.0.1/b")


@pytest.mark.parametrize("typed", [["backup", "copy.sqlite"], ["restore", "copy.sqlite"]])
def test_copies_of_files_are_refused_with_what_to_use(
    typed: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: Said
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", "postgresql://a:secret@127.0.0.1/b")
    assert main(typed) == EXIT_CONFIGURATION
    said = capsys.readouterr().err
    assert "pg_dump" in said
    assert "secret" not in said


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("postgres://a:b@host/c", "postgresql+asyncpg://a:b@host/c"),
        ("postgresql://a:b@host:6543/c?sslmode=require",
         "postgresql+asyncpg://a:b@host:6543/c?ssl=require"),
        ("postgresql+asyncpg:///c?host=/run/postgresql",
         "postgresql+asyncpg:///c?host=%2Frun%2Fpostgresql"),
    ],
)  # fmt: skip
def test_addresses_are_read_as_hosts_and_other_programs_write_them(given: str, read: str) -> None:
    assert load_settings(database_url=given, _env_file=None).database_url == read


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("postgresql://a@host", "must name a database"),
        ("postgresql:///c", "names no server"),
        ("postgresql://a@host/c?pool_size=5", "leave out pool_size"),
        ("mysql://a@host/c", "or a PostgreSQL database"),
    ],
)
def test_an_address_that_is_none_is_said_plainly(given: str, says: str) -> None:
    with pytest.raises(SettingsError, match=says):
        load_settings(database_url=given, _env_file=None)


async def test_a_server_that_is_started_anew_is_out_of_order_for_a_while(
    postgres: Postgres,
) -> None:
    """And then the same doors lead to it again."""
    database = Database(postgres.new())
    async with database.read() as session:
        await session.execute(text("SELECT 1"))
    await asyncio.to_thread(postgres.restart)
    with pytest.raises(Exception, match=".") as failed:
        async with database.read() as session:
            await session.execute(text("SELECT 1"))
    assert is_out_of_order(failed.value)
    assert "server" in in_words(failed.value)
    async with database.read() as session:
        assert await session.scalar(text("SELECT 1")) == 1
    await database.close()


def test_the_doctor_looks_at_a_server_as_well(
    postgres: Postgres, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: Said
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", postgres.new())
    monkeypatch.setenv("COORDINATOR_IDS", "3001")
    main(["doctor"])
    said = capsys.readouterr().out
    assert "the server has it, as this release wants it" in said
    assert "nothing waits for long" in said
    assert "pg_dump" in said
    assert "could not be looked at" not in said
    monkeypatch.setenv("DATABASE_URL", _elsewhere(postgres.empty()))
    main(["doctor"])
    assert "no server answers there" in capsys.readouterr().out
