"""What the machine says: whether the bot runs, has room, and keeps its files to itself."""

import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import httpx

from bot.database import copies
from bot.operations.finding import Finding, Patient, bad, look, unseen, well
from bot.operations.monitor import PROCESS
from bot.private_files import is_open_to_others, is_own
from bot.settings import ENVIRONMENT_FILE, Settings, not_read

_LEAST_BYTES, _FEW_BYTES = 100 * 1024**2, 1024**3
_PATIENCE_SECONDS = 10.0


async def settings(_patient: Patient) -> Iterable[Finding]:
    """Look for names that are meant for the bot and are not read, and say what was read."""
    file = ENVIRONMENT_FILE.absolute()
    # Asked from another folder, it would look at the settings of no bot.
    says = f"read from {file} and the environment" if file.exists() else (
        f"read from the environment alone: there is no {file.name} in {file.parent}"
    )  # fmt: skip
    return [*(look("settings", line) for line in not_read(os.environ)), well("settings", says)]


async def process(patient: Patient) -> Iterable[Finding]:
    """Look whether the bot runs, and ask it whether it is ready where it can be asked."""
    if patient.unseen:
        return [unseen("bot", f"whether it runs cannot be seen ({patient.unseen})")]
    if patient.process is None:
        return [look("bot", "it does not run on this database")]
    runs, port = f"it runs (process {patient.process})", patient.settings.monitor_port
    if not port:
        why = "it cannot be asked whether it is ready; put MONITOR_PORT=9464 into .env"
        return [look("bot", f"{runs}, and {why}")]
    try:
        # A proxy that the environment names is none for this machine itself.
        async with httpx.AsyncClient(timeout=_PATIENCE_SECONDS, trust_env=False) as client:
            answer = await client.get(f"http://127.0.0.1:{port}/readyz")
    except httpx.HTTPError:
        return [bad("bot", f"{runs}, and does not answer on MONITOR_PORT {port}; start it anew")]
    if answer.headers.get(PROCESS) != patient.process:
        why = f"another program answers on MONITOR_PORT {port}; choose another, and start it anew"
        return [bad("bot", f"{runs}, and cannot be asked whether it is ready: {why}")]
    if answer.status_code == httpx.codes.OK:
        return [well("bot", f"{runs} and is ready")]
    return [bad("bot", f"{runs} and is not ready: {line}") for line in answer.text.splitlines()]


async def disk(patient: Patient) -> Iterable[Finding]:
    """Look at the room on the disks of the database and of its copies."""
    if not patient.settings.is_in_file:
        return [unseen("disk", "the database is on a server; look there")]
    database = patient.settings.database_file
    size = database.stat().st_size if database.exists() else 0
    return [_room(place, size) for place in _disks(_folders(patient.settings))]


def _folders(chosen: Settings) -> list[Path]:
    database = chosen.database_file
    wanted = (database.parent, copies.folder_of(chosen, database))
    return [folder for folder in wanted if folder.exists()]


def _disks(folders: list[Path]) -> list[Path]:
    """Return one folder of each disk."""
    return list({folder.stat().st_dev: folder for folder in reversed(folders)}.values())


def _room(place: Path, size: int) -> Finding:
    free = shutil.disk_usage(place).free
    says = f"{free // 1024**2:,} MB are free where {place} lies"
    if free < max(_LEAST_BYTES, 2 * size):
        return bad("disk", f"{says}; make room, or the bot stops answering")
    return (look if free < _FEW_BYTES else well)("disk", says)


async def permissions(patient: Patient) -> Iterable[Finding]:
    """Look whether the bot can write its files, and nobody else can read them."""
    chosen = patient.settings
    if not chosen.is_in_file:
        is_open = ENVIRONMENT_FILE.exists() and is_open_to_others(ENVIRONMENT_FILE)
        mend = f"others on this machine may read the password in it; chmod 600 {ENVIRONMENT_FILE}"
        return [bad("permissions", mend)] if is_open else []
    if not chosen.database_file.exists():
        return [unseen("permissions", "there is no database yet")]
    found = [*_not_written(chosen), *_open_files(chosen)]
    return found or [well("permissions", "what girls write is in files of the bot alone")]


def _not_written(chosen: Settings) -> Iterator[Finding]:
    for place in (chosen.database_file, *_folders(chosen)):
        if not os.access(place, os.W_OK, effective_ids=True):
            mend = "give it to the user that the bot runs as (chown)"
            yield bad("permissions", f"{place} cannot be written; {mend}")


def _open_files(chosen: Settings) -> Iterator[Finding]:
    database = chosen.database_file
    private = [ENVIRONMENT_FILE, *database.parent.glob(f"{database.name}*")]
    for folder in _folders(chosen):
        private += [folder, *folder.glob("bongsrey-*")]
    for place in dict.fromkeys(private):
        if not place.exists() or not is_open_to_others(place):
            continue
        if place.is_dir() and not is_own(place):
            # It may be shared on purpose; what the bot keeps in it is closed.
            says = f"others on this machine may look into {place}; a folder of its own is better"
            yield look("permissions", says)
            continue
        mode = "700" if place.is_dir() else "600"
        says = f"others on this machine may open {place}; chmod {mode} {place}"
        yield bad("permissions", says)
