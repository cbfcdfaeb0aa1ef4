"""What the copies of the database say: whether there is a new one, and whether it is any good."""

import asyncio
from collections.abc import Iterable, Iterator
from datetime import timedelta
from pathlib import Path

from bot.database import copies
from bot.database.copies import Copy
from bot.database.counted import counted, in_short
from bot.operations.finding import Finding, Patient, bad, long, look, well
from bot.settings import SettingsError

# One that is a little late is made at the next turn of the clock.
_LATE = timedelta(hours=1)


async def last_backup(patient: Patient) -> Iterable[Finding]:
    """Look at the newest copy, what is in it, and for copies that should not be there."""
    if not patient.settings.is_in_file:
        says = (
            "this machine makes none of a database on a server; see that pg_dump makes them there"
        )
        return [look("backup", says)]
    return await asyncio.to_thread(lambda: [*_newest(patient), *_odd(patient)])


def on_disk_of(database: Path, folder: Path) -> bool:
    """Return whether the copies go with the database when its disk does."""
    return database.exists() and database.stat().st_dev == folder.stat().st_dev


def _newest(patient: Patient) -> Iterator[Finding]:
    settings, database = patient.settings, patient.settings.database_file
    folder = copies.folder_of(settings, database)
    newest = copies.newest(folder, patient.now)
    every = timedelta(hours=settings.backup_hours)
    try:
        copies.see_folder(settings)
    except SettingsError as error:
        yield bad("backup", str(error).removesuffix("."))
    if newest is None:
        if not every:
            yield look("backup", "none is made; set BACKUP_HOURS, or make sure another is")
            return
        runs = bad if patient.process else look
        yield runs("backup", f"there is none in {folder} yet; the bot makes one when it starts")
        return
    age = patient.now - newest.at
    yield _read(newest, age, on_disk_of(database, folder))
    if newest.is_sealed and not settings.backup_keys:
        says = f"{newest.file} is encrypted, and BACKUP_KEYS is not set"
        yield bad("backup", f"{says}; put the public key into .env, or start the bot anew without")
    elif settings.backup_keys and not newest.is_sealed:
        says = f"{newest.file} is not encrypted, and BACKUP_KEYS is set"
        yield bad("backup", f"{says}; start the bot anew, which makes one that is, and delete it")
    if every and age > every + _LATE:
        says = f"the newest is {long(age.total_seconds())} old, and one is due every "
        mend = "; the log says why none was made" if patient.process else "; start the bot"
        yield bad("backup", f"{says}{long(every.total_seconds())}{mend}")


def _odd(patient: Patient) -> Iterator[Finding]:
    """Look for copies of a time that has not come, and of one that is over."""
    settings = patient.settings
    most = timedelta(days=settings.backup_days)
    for copy in copies.copies(copies.folder_of(settings, settings.database_file)):
        if copies.is_ahead(copy, patient.now):
            says = f"{copy.file} is named for a time that has not come, so none can tell its age"
            yield bad("backup", f"{says}; see that the clock is right, and delete it")
        elif patient.now - copy.at > most + _LATE:
            says = f"{copy.file} is older than BACKUP_DAYS ({settings.backup_days})"
            why = "which girls are told is the most: it is kept until a newer one is made"
            mend = "the log says why none was" if patient.process else "start the bot"
            yield bad("backup", f"{says}, {why}; {mend}")


def _read(copy: Copy, age: timedelta, same_disk: bool) -> Finding:
    """Open a copy as far as this machine can, and say what is in it."""
    if flaw := copies.flaw(copy):
        return bad("backup", f"{copy.file} cannot be restored: {flaw}; make another")
    if copy.is_sealed:
        holds = "encrypted and whole, as far as this machine sees; try it with your key"
    else:
        holds = f"it holds {in_short(counted(copy.file))}"
    says = f"{copy.file.name}, {long(max(age.total_seconds(), 0))} old: {holds}"
    if same_disk:
        says += "; it lies on the disk of the database, so fetch one to another machine as well"
    return well("backup", says)
