"""A wrong setting names the variable and the mend, and the command exits with 2."""

from pathlib import Path

import pytest

from bot.__main__ import main
from bot.settings import Settings, SettingsError, load_settings, names_given, slips


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
        ("WEBHOOK_URL", "http://example.com/"),
        ("LOG_LEVEL", "LOUD"),
        ("MESSAGES_PER_SECOND", "0"),
    ],
)
def test_a_wrong_setting_is_named(
    variable: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(SettingsError, match=variable):
        load_settings()


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
    assert slips(["PATH", given]) == [(given, meant)]


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
    assert slips([*known, *map(str.lower, known), *others]) == []


def test_the_file_of_settings_is_read_for_slips_too(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("COORDINATR_IDS=1\n")
    assert names_given(["PATH"]) == {"PATH", "COORDINATR_IDS"}
