"""A copy of the database while the bot runs, checked before it replaces an older one."""

import filecmp
import logging
import os
import re
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.database.counted import Counts, count_in, in_short
from bot.database.durable import put_in_place, to_disk
from bot.database.sealed import OPEN, forget_open, open_for_a_moment, seal
from bot.database.trouble import FAILURES, in_words
from bot.private_files import private_file, private_folder
from bot.settings import SettingsError

log = logging.getLogger(__name__)

# A copy holds words that people may have erased since: it is there to mend a mishap, not to stay.
KEEP_BEFORE = timedelta(days=7)


def _kept_before(database: Path, what: str, number: int = 1) -> Path:
    counted = f".{number}" if number > 1 else ""
    return database.with_name(f"{database.name}.before-{what}{counted}")


def _last_kept(database: Path, what: str) -> int:
    """Return the highest number that something kept from before has, or a log beside it; 0 for
    none."""
    first = re.escape(_kept_before(database, what).name)
    # A log that was left alone must not be played into what would take the name before it.
    kept = re.compile(rf"{first}(?:\.(\d+))?(?:-\w+)?")
    found = (kept.fullmatch(name) for name in os.listdir(database.parent))
    return max((int(name[1] or 1) for name in found if name), default=0)


def new_place_before(database: Path, what: str) -> Path:
    """Return where the database from before something can be kept, beside all that is kept.

    Only the first may be what somebody needs back: the second is from after her mistake. The
    highest number is the newest.
    """
    return _kept_before(database, what, _last_kept(database, what) + 1)


def keep_before(database: Path, what: str) -> None:
    """Keep a copy beside the database from before something is done to it.

    Where none can be made it is done all the same, with a line in the log: a bot that does not
    start helps nobody.
    """
    last = _last_kept(database, what)
    copy = _kept_before(database, what, last + 1)
    try:
        back_up(database, copy)
    except SettingsError as error:
        log.warning("no copy could be made before the %s: %s", what, error)
        return
    before = _kept_before(database, what, last)
    if last and before.is_file() and filecmp.cmp(before, copy, shallow=False):
        # What fails is tried at every start anew, and would fill the disk with one and the same.
        copy.unlink()
        copy = before
    log.warning("the database as it was before the %s is kept for %d days in %s", what,
                KEEP_BEFORE.days, copy)  # fmt: skip


def forget_kept(database: Path, now: datetime) -> None:
    """Delete the copies that were kept long enough, and what a killed process left open."""
    for copy in database.parent.glob(_kept_before(database, "*").name):
        if now - datetime.fromtimestamp(copy.stat().st_mtime, UTC) > KEEP_BEFORE:
            copy.unlink(missing_ok=True)
    forget_open(database.parent)


def back_up_by_hand(database: Path, copy: Path, replace: bool, keys: Sequence[str] = ()) -> Counts:
    """Write a sound copy where somebody says, and never over what she may still need.

    Raises SettingsError where the name is of the database itself or of what belongs to it, or of
    anything that is there already; a file may be there where she says `replace`.
    """
    try:
        _may_be_written(database, copy, replace)
    except OSError as error:
        raise _not_written(copy, error) from None
    return back_up(database, copy, keys)


def _may_be_written(database: Path, copy: Path, replace: bool) -> None:
    own = database.resolve()
    meant = copy.resolve()
    if meant == own or (copy.exists() and database.exists() and copy.samefile(database)):
        raise SettingsError(f"{copy} is the database itself. Name another file for the copy.")
    beside = (f"{own.name}-", _kept_before(own, "").name, f"{own.name}.restored")
    if meant == own.with_suffix(".lock") or (
        meant.parent == own.parent and meant.name.startswith((*beside, OPEN))
    ):
        raise SettingsError(f"{copy} belongs to the database. Name another file for the copy.")
    if copy.is_dir():
        raise SettingsError(f"{copy} is a folder. Name a file in it: {copy / 'copy.sqlite'}")
    if copy.exists() and not copy.is_file():
        raise SettingsError(f"{copy} is no file. Name another for the copy.")
    if copy.exists() and not replace:
        raise SettingsError(
            f"{copy} is there already. Name another file, or say --replace to have it replaced."
        )


def not_there_yet(database: Path) -> str:
    """Return that a database is not there, for whoever looks for what she wrote in a demo too."""
    return (
        f"DATABASE_URL names {database}, which does not exist yet: the first start of the bot "
        "makes it. A demo keeps what is written in it in a file of its own, until it is stopped."
    )


def _goes_on() -> None:
    """Nothing ends it between its steps."""


def back_up(
    database: Path,
    copy: Path,
    keys: Sequence[str] = (),
    between: Callable[[], None] = _goes_on,
) -> Counts:
    """Write a sound copy of `database` to `copy`, replacing it only once it is complete.

    With public keys it is sealed for them. Returns what was counted in the copy when it was opened
    again. VACUUM INTO stalls writers for milliseconds (STACK.md part D); copying the file would
    lose what still lies in the write-ahead log, and keep what was erased. `between` is called
    between its steps, and what it raises ends it. Raises SettingsError when there is no database,
    or no place for the copy.
    """
    try:
        if not database.exists():
            raise SettingsError(not_there_yet(database))
    except OSError as error:
        raise SettingsError(
            f"DATABASE_URL names {database}, which cannot be read ({error.strerror})."
        ) from None
    part = copy.with_name(copy.name + ".part")
    try:
        if not copy.parent.exists():
            private_folder(copy.parent)
        part.unlink(missing_ok=True)
    except OSError as error:
        raise _not_written(copy, error) from None
    try:
        if keys:
            with open_for_a_moment(database.parent) as place:
                counts = _copied(database, place / "copy.sqlite", copy, between)
                seal(place / "copy.sqlite", part, keys, between)
        else:
            counts = _copied(database, part, copy, between)
        put_in_place(part, copy)
    except FAILURES as error:
        raise SettingsError(
            f"DATABASE_URL cannot be copied to {copy}: {in_words(error)}."
        ) from None
    finally:
        part.unlink(missing_ok=True)
    return counts


def _copied(database: Path, part: Path, copy: Path, between: Callable[[], None]) -> Counts:
    """Write the copy that becomes `copy` to `part`, open it again, and return what it holds."""
    try:
        # SQLite copies into an empty file as into none, and nobody else may open this one.
        private_file(part)
    except OSError as error:
        raise _not_written(copy, error) from None
    between()
    with closing(sqlite3.connect(database)) as source:
        changes = source.execute("PRAGMA data_version").fetchone()
        there = count_in(source)
        source.execute("VACUUM INTO ?", (str(part),))
        nothing_changed = source.execute("PRAGMA data_version").fetchone() == changes
    # SQLite leaves it to the system when a copy comes to the disk. What is opened again is there.
    to_disk(part)
    between()
    with closing(sqlite3.connect(part)) as check:
        verdict = check.execute("PRAGMA integrity_check(1)").fetchone()[0]
        counts = count_in(check)
    if verdict != "ok":
        raise SettingsError(f"The copy of DATABASE_URL is not sound: {verdict}.")
    # While people write the two may differ by what they wrote, and nobody can tell.
    if nothing_changed and counts != there:
        raise SettingsError(f"The copy of DATABASE_URL holds {in_short(counts)}, the database "
                            f"{in_short(there)}. Look whether the disk is sound.")  # fmt: skip
    return counts


def _not_written(copy: Path, error: OSError) -> SettingsError:
    return SettingsError(
        f"{copy} cannot be written ({error.strerror}). Name another place, or mend this one."
    )
