"""What an operator types, and mistypes: a sentence each, nothing lost, no trace of the program."""

import gc
import io
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bot.__main__ import EXIT_NOBODY_READS, EXIT_STOPPED, main
from bot.clock import utc_now
from bot.commands import EXIT_CONFIGURATION
from bot.database import Database
from bot.database.migrate import migrate
from bot.demo.run import run_demo
from bot.demo.server import DemoServer
from bot.settings import Settings, SettingsError
from bot.telegram.intake import Webhook
from bot.version import VERSION
from tests.stage import TOKEN


@pytest.fixture
def database_file(tmp_path: Path, migrated: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The database of the folder in which somebody types."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", "sqlite:///bot.sqlite")
    return Path(shutil.copy(migrated, tmp_path / "bot.sqlite"))


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("bot.sqlite", "is the database itself"),
        ("link.sqlite", "is the database itself"),
        ("hard.sqlite", "is the database itself"),
        ("bot.sqlite-wal", "belongs to the database"),
        ("bot.lock", "belongs to the database"),
        ("bot.sqlite.before-migration", "belongs to the database"),
        ("folder", "is a folder"),
        ("taken.txt", "is there already"),
        ("no/such/copy.sqlite", "cannot be written"),
    ],
)
def test_a_backup_is_written_over_nothing(
    name: str, says: str, database_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = database_file.parent
    (folder / "folder").mkdir()
    (folder / "taken.txt").write_text("mine")
    (folder / "link.sqlite").symlink_to(database_file)
    os.link(database_file, folder / "hard.sqlite")
    before, files = database_file.read_bytes(), sorted(folder.rglob("*"))
    assert main(["backup", name]) == EXIT_CONFIGURATION
    assert says in capsys.readouterr().err
    assert database_file.read_bytes() == before
    assert (folder / "taken.txt").read_text() == "mine"
    assert sorted(folder.rglob("*")) == files


def test_a_folder_that_a_backup_made_is_named(
    database_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["backup", "copies/copy.sqlite"]) == 0
    assert f"The folder {database_file.parent / 'copies'} was not there, and was made." in (
        capsys.readouterr().out
    )
    assert main(["backup", "copies/another.sqlite"]) == 0
    assert "was made" not in capsys.readouterr().out


def test_without_a_database_a_backup_says_what_makes_it_and_where_a_demo_has_its_own(
    database_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database_file.unlink()
    assert main(["backup", "copy.sqlite"]) == EXIT_CONFIGURATION
    said = capsys.readouterr().err
    assert "the first start of the bot makes it" in said
    assert "A demo keeps" in said


def test_the_help_of_the_demo_says_where_it_keeps_what_is_written(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        main(["demo", "--help"])
    assert "data/demo-PORT.sqlite" in " ".join(capsys.readouterr().out.split())


def test_what_may_be_chosen_stands_below_an_answer(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("maths or english first\n"))
    assert main(["ask"]) == 0
    assert len([line for line in capsys.readouterr().out.splitlines() if line[:1] == "["]) > 1


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_a_name_that_cannot_be_looked_at_is_a_slip_as_well(
    command: str, database_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command, "a" * 300]) == EXIT_CONFIGURATION
    assert "File name too long" in capsys.readouterr().err


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be somebody else for a moment")
@pytest.mark.parametrize("command", ["backup", "restore"])
def test_so_is_a_folder_of_somebody_else(
    command: str, database_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = database_file.parent.absolute() / "shut"
    folder.mkdir(mode=0o700)
    with TemporaryDirectory() as elsewhere, pytest.MonkeyPatch.context() as there:
        # Where anybody may stand; the folder of the tests is closed further up.
        Path(elsewhere).chmod(0o755)
        there.chdir(elsewhere)
        os.seteuid(65534)
        try:
            status = main([command, str(folder / "copy.sqlite")])
        finally:
            os.seteuid(0)
    assert status == EXIT_CONFIGURATION
    assert "Permission denied" in capsys.readouterr().err


def test_a_backup_replaces_an_older_one_where_it_is_said_so(database_file: Path) -> None:
    assert main(["backup", "copy.sqlite"]) == 0
    assert main(["backup", "copy.sqlite"]) == EXIT_CONFIGURATION
    assert main(["backup", "copy.sqlite", "--replace"]) == 0
    assert main(["backup", "bot.sqlite.2026-11-29"]) == 0


def test_a_database_of_another_program_is_left_as_it_is(
    database_file: Path,
) -> None:
    other = database_file.with_name("other.sqlite")
    with closing(sqlite3.connect(other)) as rows:
        rows.execute("CREATE TABLE alembic_version (version_num)")
        rows.execute("INSERT INTO alembic_version VALUES ('0009')")
        rows.execute("CREATE TABLE posts (a)")
        rows.commit()
    before, mode = other.read_bytes(), other.stat().st_mode
    with pytest.raises(SettingsError, match="holds what another program keeps"):
        migrate(other)
    assert (other.read_bytes(), other.stat().st_mode) == (before, mode)
    assert main(["restore", "other.sqlite"]) == EXIT_CONFIGURATION


def test_a_copy_of_a_newer_release_is_not_put_in_the_place_of_the_database(
    database_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    newer = database_file.with_name("newer.sqlite")
    shutil.copy(database_file, newer)
    with closing(sqlite3.connect(newer)) as rows, rows:
        rows.execute("UPDATE alembic_version SET version_num = '0999'")
    before = database_file.read_bytes()
    assert main(["restore", "newer.sqlite"]) == EXIT_CONFIGURATION
    assert "newer release" in capsys.readouterr().err
    assert database_file.read_bytes() == before


def test_a_slip_in_the_name_of_a_folder_makes_no_folders(
    database_file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    monkeypatch.setenv("DATABASE_URL", "sqlite:///nowhere/deep/bot.sqlite")
    assert main(["run"]) == EXIT_CONFIGURATION
    assert "DATABASE_URL names nowhere/deep/bot.sqlite, but there is no folder" in (
        capsys.readouterr().err
    )
    assert not (database_file.parent / "nowhere").exists()


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "arguments are required: COMMAND."),
        ("dcotor", "invalid choice: 'dcotor'"),
        ("dcotor", "Did you mean doctor?"),
        ("content chekc", "Did you mean check?"),
        ("content new fqa", "Did you mean faq?"),
        ("run --foo", "unrecognized arguments: --foo."),
        ("backup", "arguments are required: file. What it takes: bongsrey backup --help"),
        ("restore copy.sqlite --key", "argument --key: expected one argument."),
        ("demo --port", "argument --port: expected one argument."),
    ],
)
def test_a_slip_in_a_command_is_said_in_one_line(
    typed: str, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(typed.split())
    assert ended.value.code == EXIT_CONFIGURATION
    (line,) = capsys.readouterr().err.splitlines()
    assert says in line


@pytest.mark.parametrize("port", ["0", "-1", "65536", "99999", "៨០", "x"])
def test_what_is_no_port_is_refused(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["demo", "--port", port])
    assert ended.value.code == EXIT_CONFIGURATION
    assert "is no port: it must be 1 to 65535" in capsys.readouterr().err


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
async def test_a_port_that_is_taken_is_named_with_its_setting(
    server: DemoServer, database: Database
) -> None:
    with pytest.raises(SettingsError, match=f"Port {server.port} cannot be used"):
        await run_demo(Settings(_env_file=None), server.port)
    webhook = Webhook(
        "https://bot.example.org/", "", database, utc_now, lambda: None, lambda _search: None
    )
    with pytest.raises(SettingsError, match=f"WEBHOOK_PORT {server.port} cannot be used"):
        webhook.start(server.port)
    # Tornado leaves the sockets that were refused to be found; they are found here.
    gc.collect()


def test_whoever_has_read_enough_ends_the_command_quietly(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    reads, writes = os.pipe()
    os.close(reads)
    with os.fdopen(writes, "w") as nobody_reads:
        monkeypatch.setattr("sys.stdout", nobody_reads)
        assert main(["mentoring", "diagram"]) == EXIT_NOBODY_READS
    assert capsys.readouterr().err == ""


def test_ctrl_c_ends_a_command_quietly(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def press(_arguments: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("bot.commands.perform", press)
    assert main(["run"]) == EXIT_STOPPED
    assert capsys.readouterr() == ("", "")


def test_the_version_can_be_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--version"])
    assert capsys.readouterr().out == f"Bong Srey {VERSION}\n"
