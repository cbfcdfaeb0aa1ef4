"""The page for operators and the files beside it say what is so: its commands are run in their order."""

import asyncio
import configparser
import json
import re
import shlex
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.__main__ import main
from bot.clock import utc_now
from bot.commands import parser
from bot.database import Database
from bot.database.counted import counted
from bot.measures import Measures
from bot.operations import metrics
from bot.operations.monitor import Monitor
from bot.settings import ROOT, Settings, load_settings

PAGE = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
DEPLOY = ROOT / "docs" / "deploy"
_BLOCK = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# What stands for a command of the bot: as it is, or in one of its containers.
_COMMAND = re.compile(
    r"^(?P<settings>(?:[A-Z_]+=\S+ )*)(?:docker compose (?:exec|run --rm)(?: -T)? bongsrey )?"
    r"(?:bongsrey )?(?P<rest>(?:doctor|backup|restore|backup-key)\b.*)$"
)


def _lines() -> list[str]:
    return [line for block in _BLOCK.findall(PAGE) for line in block.splitlines()]


def _commands() -> list[tuple[dict[str, str], list[str]]]:
    """Return each command of the bot on the page, in order, with the settings before it."""
    found = []
    for line in _lines():
        if command := _COMMAND.match(line):
            settings = dict(one.split("=", 1) for one in command["settings"].split())
            found.append((settings, shlex.split(command["rest"])))
    return found


@pytest.fixture
def server(tmp_path: Path, migrated: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a bot on a server; no command of the page leaves it."""
    (tmp_path / "data").mkdir(mode=0o700)
    shutil.copy(migrated, tmp_path / "data" / "bongsrey.sqlite")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", "sqlite:///data/bongsrey.sqlite")
    monkeypatch.setenv("BOT_API_URL", "http://127.0.0.1:9")
    monkeypatch.delenv("BOT_TOKEN", raising=False)
    return tmp_path


def test_every_command_of_the_page_does_what_it_says(
    server: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    commands = _commands()
    assert {typed[0] for _, typed in commands} == {"doctor", "backup", "restore", "backup-key"}
    held = counted(server / "data" / "bongsrey.sqlite")
    for settings, typed in commands:
        if "copy.sqlite.age" in typed:
            _fetch_an_encrypted_copy(server, monkeypatch)
        if "data/move.sqlite" in typed:
            assert main(["backup", "data/move.sqlite"]) == 0
        with monkeypatch.context() as env:
            for name, value in settings.items():
                env.setenv(name, value)
            status = main(typed)
        said = "".join(capsys.readouterr())
        # There is no token here, and the doctor says that there is something to mend.
        assert status == (1 if typed[0] == "doctor" else 0), said
    assert counted(server / "data" / "bongsrey.sqlite") == held
    assert counted(server / "opened.sqlite") == held


def _fetch_an_encrypted_copy(server: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    public = re.search(r"public key: (age1\S+)", (server / "key.txt").read_text())
    assert public is not None
    with monkeypatch.context() as env:
        env.setenv("BACKUP_KEYS", public[1])
        assert main(["backup", "copy.sqlite.age"]) == 0


def test_every_command_of_other_pages_is_one() -> None:
    for name in (
        "README.md",
        "README.km.md",
        "SECURITY.md",
        "CONTRIBUTING.md",
        "docs/operating.md",
    ):
        text = (ROOT / name).read_text(encoding="utf-8")
        for typed in re.findall(
            r"`bongsrey ((?:doctor|(?:backup|restore|backup-key|migrate-data) )[^`]*)`", text
        ):
            parser().parse_args(shlex.split(typed))


async def test_every_line_for_a_shell_can_be_read_by_one(tmp_path: Path) -> None:
    script = tmp_path / "page.sh"
    script.write_text("\n".join(_BLOCK.findall(PAGE)))
    shell = await asyncio.create_subprocess_exec("sh", "-n", str(script))
    assert await shell.wait() == 0


def test_every_file_and_setting_that_the_page_names_is_there() -> None:
    names = re.findall(r"(?:docs|tests)/[\w./]+\.\w+", PAGE)
    assert len(names) >= 3
    assert [name for name in names if not (ROOT / name).exists()] == []
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    listed = set(re.findall(r"^#?([A-Z_]+)=", example, re.MULTILINE))
    assert listed == {name.upper() for name in Settings.model_fields}, "the example lists them all"
    told = set(re.findall(r"`([A-Z]+_[A-Z_]+)(?:=[^`]*)?`", PAGE))
    # What Docker reads of `.env` itself.
    assert told <= listed | {"POSTGRES_PASSWORD"}


def _unit() -> configparser.RawConfigParser:
    unit = configparser.RawConfigParser(strict=False)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(DEPLOY / "bongsrey.service", encoding="utf-8")
    return unit


def test_the_unit_lets_the_bot_write_into_its_data_and_nowhere_else() -> None:
    service = _unit()["Service"]
    assert service["User"] == "bongsrey"
    assert service["ProtectSystem"] == "strict"
    assert service["ReadWritePaths"] == "/opt/bongsrey/data"
    assert service["NoNewPrivileges"] == service["PrivateTmp"] == service["ProtectHome"] == "yes"
    assert service["CapabilityBoundingSet"] == ""
    assert service["RestartPreventExitStatus"] == "2"
    assert service["ExecStart"] == "/opt/bongsrey/.venv/bin/bongsrey run"
    assert int(service["TimeoutStopSec"]) > 8


def test_what_the_bot_is_told_and_what_the_doctor_reads_is_the_same_setting() -> None:
    """A port in the unit alone is one on which the doctor never asks."""
    given = {one.split("=")[0] for one in _unit()["Service"]["Environment"].split()}
    assert {name.lower() for name in given} & set(Settings.model_fields) == set()
    port = Settings(_env_file=ROOT / ".env.example").monitor_port
    assert f"MONITOR_PORT={port}\n" in (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert port


async def test_systemd_can_read_the_unit(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd is not on this machine")
    text = (DEPLOY / "bongsrey.service").read_text(encoding="utf-8")
    unit = tmp_path / "bongsrey.service"
    # What is not installed here is stood in for by what is.
    unit.write_text(re.sub(r"^ExecStart=.*$", "ExecStart=/bin/true", text, flags=re.MULTILINE))
    verify = await asyncio.create_subprocess_exec(
        "systemd-analyze", "verify", "--man=no", str(unit),
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    said, _ = await verify.communicate()
    # Its status tells of every unit of the machine that ours stands on; ours alone is ours to mend.
    assert b"bongsrey.service" not in said, said


def test_the_container_is_shut_in_as_the_unit_is() -> None:
    compose = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    bot, worker, server = (compose["services"][n] for n in ("bongsrey", "worker", "postgres"))
    for service in (bot, worker):
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert int(service["stop_grace_period"].removesuffix("s")) > 8
        assert not service.get("ports"), "the bot polls: nobody calls it"
    assert bot["volumes"] == ["data:/app/data"]
    assert compose["volumes"]["data"]["name"] == "bongsrey-data"
    assert not server.get("ports"), "nobody but the workers may reach the database"


def test_several_workers_are_started_only_where_somebody_asks_for_them() -> None:
    compose = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    services = compose["services"]
    assert [name for name, one in services.items() if not one.get("profiles")] == ["bongsrey"]
    told = services["worker"]["environment"]["DATABASE_URL"]
    read = load_settings(database_url=told.replace("${POSTGRES_PASSWORD:-}", "x"), _env_file=None)
    assert not read.is_in_file
    # Any number of them: none has a name, or a file, of its own.
    assert not {"container_name", "volumes"} & services["worker"].keys()


def _health_check() -> list[str]:
    text = re.sub(r"\\\n\s*", " ", (ROOT / "Dockerfile").read_text(encoding="utf-8"))
    found = re.search(r"^HEALTHCHECK .*? CMD (\[.*\])$", text, re.MULTILINE)
    assert found is not None
    command: list[str] = json.loads(found[1])
    return [sys.executable, *command[1:]]


@pytest.mark.parametrize("runs", ["a bot", "no bot", "no monitor"])
async def test_the_health_check_of_the_image_sees_whether_the_bot_answers(runs: str) -> None:
    monitor = Monitor(Settings(_env_file=None), utc_now)
    port = monitor.start(0)
    if runs == "no bot":
        await monitor.stop()
    told = {"MONITOR_PORT": "0" if runs == "no monitor" else str(port)}
    check = await asyncio.create_subprocess_exec(
        *_health_check(), env=told, stderr=asyncio.subprocess.DEVNULL
    )
    assert (await check.wait() == 0) == (runs != "no bot")
    await monitor.stop()


def _queries(panels: list[dict[str, Any]]) -> Iterator[str]:
    for panel in panels:
        yield from (target["expr"] for target in panel["targets"])


async def test_the_dashboard_asks_for_numbers_that_there_are(database: Database) -> None:
    measures = Measures()
    measures.turn(0.1, [("question", "answered")])
    measures.delivery("reply", "sent", 0.2)
    settings = Settings(_env_file=None, backup_folder=database.file.parent)
    (database.file.parent / "bongsrey-20261124-020000.sqlite").touch()
    waiting = await metrics.read(database, settings, utc_now())
    page = metrics.text(measures, waiting, ()).decode()
    there = set(re.findall(r"^(\w+)[{ ]", page, re.MULTILINE))
    board = json.loads((DEPLOY / "grafana.json").read_text(encoding="utf-8"))
    asked = {
        name
        for query in _queries(board["panels"])
        for name in re.findall(r"\b(?:bongsrey|process)_\w+", re.sub(r'"[^"]*"', "", query))
    }
    assert len(asked) > 10
    # What the process itself costs can be seen on Linux alone.
    there |= set() if sys.platform == "linux" else {n for n in asked if n.startswith("process_")}
    assert asked <= there
    ours = {re.sub("_(bucket|sum|count|created)$", "", name) for name in there}
    shown = {re.sub("_bucket$", "", name) for name in asked}
    assert {n for n in ours if n.startswith("bongsrey_")} - shown <= {"bongsrey_info"}
    named_on_page = set(re.findall(r"bongsrey_\w+", PAGE))
    assert named_on_page <= there
