"""A wrong setting names the variable and the mend, and the command exits with 2."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bot.__main__ import main
from bot.database import Database
from bot.database.copies import see_folder
from bot.settings import Settings, SettingsError, load_settings, not_read, url_of
from tests.stage import TOKEN


@pytest.fixture(autouse=True)
def _no_env_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("BOT_API_URL", "telegram.org"),
        ("DATABASE_URL", "postgresql://x"),
        ("COORDINATOR_IDS", "12,anna"),
        ("TIMEZONE", "Asia/Nowhere"),
        ("TIMEZONE", "Asia"),
        ("TIMEZONE", "a" * 300),
        ("TIMEZONE", "../../etc/passwd"),
        ("BOT_TOKEN", "hello"),
        ("BOT_TOKEN", "1:two words"),
        ("DATABASE_URL", "sqlite:///"),
        ("DATABASE_URL", "sqlite:///data/"),
        ("DATABASE_URL", "sqlite:///bot.sqlite?timeout=30"),
        ("WEBHOOK_URL", "http://example.com/"),
        ("LOG_LEVEL", "LOUD"),
        ("MESSAGES_PER_SECOND", "0"),
        ("BOT_API_URL", "https://"),
        ("BOT_API_URL", "https://name:word@api.telegram.org"),
        ("BOT_API_URL", "https://api.telegram.org:99999"),
        ("WEBHOOK_URL", "http://127.0.0.1.evil.org/"),
        ("WEBHOOK_URL", "http://localhost.evil.org/"),
        ("WEBHOOK_URL", "http://127.0.0.1@evil.org/"),
        ("WEBHOOK_URL", "http://127.0.0.1:80@evil.org/"),
        ("WEBHOOK_URL", "http://evil.org\\@127.0.0.1/"),
        ("WEBHOOK_URL", "http://[::1"),
        ("WEBHOOK_URL", "https://"),
        ("WEBHOOK_URL", "file:secrets"),
        ("COORDINATOR_IDS", "-5"),
        ("COORDINATOR_IDS", "-1001234567890"),
        ("COORDINATOR_IDS", "0"),
        ("COORDINATOR_IDS", "9" * 16),
        ("COORDINATOR_IDS", "9" * 5000),
        ("COORDINATOR_IDS", "៥៥"),
        ("LOG_FORMAT", "xml"),
        ("MONITOR_PORT", "65536"),
        ("BACKUP_KEYS", "age1short"),
        ("BACKUP_KEYS", f"age1{'q' * 58}"),
        ("BACKUP_KEYS", "AGE-SECRET-KEY-1"),
        ("BACKUP_HOURS", "800"),
        ("BACKUP_DAYS", "0"),
        ("FEEDS_ANYWHERE", "perhaps"),
        ("GUARDIAN_CONSENT", "nobody"),
        ("MENTOR_QUIET_HOURS", "9"),
    ],
)
def test_a_wrong_setting_is_named(
    variable: str, value: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(variable, value)
    assert main(["run"]) == 2
    assert variable in capsys.readouterr().err


@pytest.mark.parametrize(
    ("variable", "value", "says"),
    [
        ("CASE_DAYS", "0", "CASE_DAYS is not right: it must be greater than or equal to 1.\n"),
        ("CASE_DAYS", "x", "CASE_DAYS is not right: it must be a valid integer.\n"),
        ("LOG_FORMAT", "xml", "LOG_FORMAT is not right: it must be 'text' or 'json'.\n"),
    ],
)
def test_the_mend_is_said_in_one_sentence(
    variable: str, value: str, says: str, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setenv(variable, value)
    assert main(["run"]) == 2
    assert capsys.readouterr().err == says


def test_a_private_key_of_copies_is_refused_on_the_server(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BACKUP_KEYS", "AGE-SECRET-KEY-1QQQ")
    assert main(["run"]) == 2
    said = capsys.readouterr().err
    assert "must never lie on the server" in said
    assert "1QQQ" not in said


def test_a_folder_in_the_place_of_the_file_of_settings_is_said(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Path(".env").mkdir()
    assert main(["run"]) == 2
    assert ".env is a folder" in capsys.readouterr().err


def test_a_folder_for_copies_may_be_left_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKUP_FOLDER", "")
    assert load_settings().backup_folder is None
    monkeypatch.setenv("BACKUP_FOLDER", "/var/backups/srey")
    assert load_settings().backup_folder == Path("/var/backups/srey")


NUMBERS = [
    name for name, field in Settings.model_fields.items() if field.annotation in (int, float)
]


@pytest.mark.parametrize("value", ["nan", "inf", "-inf", "-1", "1e300", "9" * 25, "9" * 5000, "x"])
@pytest.mark.parametrize("name", NUMBERS)
def test_an_absurd_number_is_named(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(name.upper(), value)
    assert main(["run"]) == 2
    assert name.upper() in capsys.readouterr().err


@pytest.mark.parametrize(
    "value",
    [
        "https://bot.example.org/hook",
        "http://127.0.0.1:8080/hook",
        "http://localhost/",
        "http://[::1]:80/",
    ],
)
def test_a_webhook_is_https_or_on_this_machine(
    value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WEBHOOK_URL", value)
    assert load_settings().webhook_url == value


def test_coordinators_are_read_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COORDINATOR_IDS", " 12, 5,")
    assert load_settings().coordinator_ids == (12, 5)


def test_running_without_a_token_says_how_to_get_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("BOT_TOKEN", raising=False)
    assert main(["run"]) == 2
    assert "BOT_TOKEN is not set" in capsys.readouterr().err


def test_the_token_does_not_show_when_settings_are_printed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("BOT_TOKEN", "1:very-secret")
    assert "very-secret" not in repr(load_settings())


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("COORDINATR_IDS", "COORDINATOR_IDS"),
        ("COORDINATOR_ID", "COORDINATOR_IDS"),
        ("COORDINATORS_IDS", "COORDINATOR_IDS"),
        ("coordinator_idz", "COORDINATOR_IDS"),
        ("BOT_TOKN", "BOT_TOKEN"),
        ("DATABASE_URI", "DATABASE_URL"),
        ("CASE_DAY", "CASE_DAYS"),
        ("CASE_ALERT_MINUTE", "CASE_ALERT_MINUTES"),
    ],
)
def test_a_slip_in_the_name_of_a_setting_is_seen(given: str, meant: str) -> None:
    (said,) = not_read(["PATH", given])
    assert given in said
    assert f"did you mean {meant}?" in said


def test_what_is_a_setting_or_nothing_like_one_is_no_slip() -> None:
    known = [name.upper() for name in Settings.model_fields]
    others = [
        "PATH",
        "HOME",
        "LANG",
        "TZ",
        "PYTHONPATH",
        "HOSTNAME",
        "SHELL",
        "PWD",
        "USER",
        "TERM",
    ]
    assert not_read([*known, *map(str.lower, known), *others]) == []


def test_in_the_file_of_settings_every_name_is_meant_for_the_bot(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("COORDINATR_IDS=1\nWEBHOOK=2\nLOG_LEVEL=INFO\n")
    first, second = not_read(["PATH"])
    assert "COORDINATR_IDS" in first
    assert "COORDINATOR_IDS" in first
    assert second == "WEBHOOK is not a setting and is not read."


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ('LOG_LEVEL=INFO\n\nBOT_TOKEN="1:secret\nCASE_DAYS=3\n', "line 3: the quote"),
        ("BOT_TOKEN='1:secret\n", "line 1: the quote that begins on it does not end on it"),
        ('BOT_TOKEN="1:secret\nCASE_DAYS="3"\n', "line 1: the quote"),
        ('BOT_TOKEN="1:secret\nCASE_DAYS=3\nLOG_LEVEL="\n', "line 1: the quote"),
        ('# a word\nBOT_TOKEN="1:secret" more\n', "line 2: something stands behind"),
        ("BOT_TOKEN 1:secret\n", "line 1: it cannot be read. Write NAME=VALUE there"),
        ("BOT_TOKEN: 1:secret\n", "line 1: it cannot be read"),
        ("\n  \n=1:secret\n", "line 3: it cannot be read"),
        ("LOG_LEVEL=INFO\r\n1:secret\r\n", "line 2: it has no ="),
    ],
)
@pytest.mark.parametrize("command", ["run", "doctor"])
def test_a_line_of_the_file_that_cannot_be_read_is_named_and_never_quoted(
    command: str, written: str, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / ".env").write_bytes(written.encode())
    assert main([command]) == 2
    out, said = capsys.readouterr()
    assert said.startswith(f".env, {says}")
    assert "secret" not in out + said


def test_every_line_that_cannot_be_read_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / ".env").write_text("one\nCASE_DAYS=3\ntwo three\n")
    assert main(["run"]) == 2
    assert [line[:12] for line in capsys.readouterr().err.splitlines()] == [
        ".env, line 1", ".env, line 3",
    ]  # fmt: skip


def test_what_can_be_read_of_the_file_is_read(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(
        b"\xef\xbb\xbf# it's a word\r\n\r\nexport CASE_DAYS = '3' # days\r\n"
        b"ANSWERS=\"it's\"\r\nBOT_TOKEN=\r\n LOG_LEVEL=DEBUG # it's"
    )
    read = load_settings()
    assert (read.case_days, read.log_level, read.bot_token) == (3, "DEBUG", None)


def test_two_that_listen_on_one_port_are_both_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("WEBHOOK_PORT", "MONITOR_PORT"):
        monkeypatch.setenv(name, "9464")
    assert load_settings().monitor_port == 9464, "who polls listens on one of them alone"
    monkeypatch.setenv("WEBHOOK_URL", "https://bot.example.org/hook")
    assert main(["run"]) == 2
    assert capsys.readouterr().err == (
        "WEBHOOK_PORT and MONITOR_PORT are both 9464, and two cannot listen on one port: choose "
        "another for one of them.\n"
    )


@pytest.mark.parametrize(
    ("folder", "why"),
    [
        ("taken", "which is a file. Name a folder."),
        ("taken/copies", "but {0}/taken is a file. Name another folder."),
        ("no/copies", "but there is no folder {0}/no. Make it, or name another."),
        ("a" * 300, "which cannot be used (File name too long). Name another."),
    ],
)
def test_a_folder_for_copies_in_which_none_can_be_written_is_named_at_the_start(
    folder: str, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    (tmp_path / "taken").touch()
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/data/bot.sqlite")
    monkeypatch.setenv("BACKUP_FOLDER", str(tmp_path / folder))
    assert main(["run"]) == 2
    said = capsys.readouterr().err.splitlines()[-1]
    assert said == f"BACKUP_FOLDER names {tmp_path / folder}, {why.format(tmp_path)}"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be somebody else for a moment")
def test_so_is_one_of_somebody_else() -> None:
    # The folder of the tests is closed further up.
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        settings = Settings(_env_file=None, backup_folder=folder)
        os.seteuid(65534)
        try:
            with pytest.raises(SettingsError, match=r"BACKUP_FOLDER names .* be written\. Give"):
                see_folder(settings)
            see_folder(settings.model_copy(update={"backup_hours": 0}))
        finally:
            os.seteuid(0)
        see_folder(settings)


@pytest.mark.parametrize("written", ["BOT_TOKEN=1:a\n".encode("utf-16"), b"# caf\xe9\n"])
def test_a_file_of_settings_in_another_encoding_is_named(
    written: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / ".env").write_bytes(written)
    assert main(["run"]) == 2
    assert ".env is not saved as UTF-8" in capsys.readouterr().err


def test_a_token_may_end_with_the_line_that_it_was_copied_with(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("BOT_TOKEN", " 1:token\n")
    assert load_settings().token() == "1:token"


@pytest.mark.parametrize(
    "name", ["my bot.sqlite", "100%.sqlite", "what?.sqlite", "ខ្មែរ#1@.sqlite"]
)
async def test_every_part_of_the_bot_reads_one_file_whatever_it_is_called(
    name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", url_of(tmp_path / name))
    settings = load_settings()
    assert settings.database_file == tmp_path / name
    assert Database(settings.database_url).file == tmp_path / name


def test_a_name_that_is_written_as_in_an_address_is_that_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite:///my%20bot.sqlite")
    assert load_settings().database_file == Path("my bot.sqlite")
