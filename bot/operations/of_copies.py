"""What the copies of the database say: whether there is a new one, and whether it is any good."""

import asyncio
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

from bot.database import copies
from bot.database.copies import Copy
from bot.database.counted import counted, in_short
from bot.database.sealed import is_sealed
from bot.database.trouble import FAILURES, in_words
from bot.operations.finding import Finding, Patient, bad, long, look, well

# One that is a little late is made at the next turn of the clock.
_LATE = timedelta(hours=1)


async def last_backup(patient: Patient) -> Iterable[Finding]:
    """Look at the newest copy: how old it is, and what is in it."""
    settings, database = patient.settings, patient.settings.database_file
    folder = copies.folder_of(settings, database)
    newest = next(iter(copies.copies(folder)), None)
    every = timedelta(hours=settings.backup_hours)
    if newest is None:
        if not every:
            return [look("backup", "none is made; set BACKUP_HOURS, or make sure another is")]
        runs = bad if patient.process else look
        return [runs("backup", f"there is none in {folder} yet; the bot makes one when it starts")]
    age = patient.now - newest.at
    found = [await asyncio.to_thread(_read, newest, age, on_disk_of(database, folder))]
    if every and age > every + _LATE:
        says = f"the newest is {long(age.total_seconds())} old, and one is due every "
        mend = "; the log says why none was made" if patient.process else "; start the bot"
        found.append(bad("backup", f"{says}{long(every.total_seconds())}{mend}"))
    return found


def on_disk_of(database: Path, folder: Path) -> bool:
    """Return whether the copies go with the database when its disk does."""
    return database.exists() and database.stat().st_dev == folder.stat().st_dev


def _read(copy: Copy, age: timedelta, same_disk: bool) -> Finding:
    """Open a copy as far as this machine can, and say what is in it."""
    made = f"{copy.file.name}, {long(age.total_seconds())} old"
    try:
        if copy.is_sealed:
            if not is_sealed(copy.file):
                return bad("backup", f"{copy.file} is damaged; delete it, and make another")
            holds = "encrypted, as it should be"
        else:
            holds = f"it holds {in_short(counted(copy.file))}"
    except FAILURES as error:
        return bad("backup", f"{copy.file} cannot be read ({in_words(error)}); make another")
    else:
        says = f"{made}: {holds}"
    if same_disk:
        says += "; it lies on the disk of the database, so fetch one to another machine as well"
    return well("backup", says)
