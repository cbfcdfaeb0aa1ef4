"""Put a copy in the place of the database, while no bot runs on it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.database.backup import back_up, new_place_before
from bot.database.counted import Counts
from bot.database.durable import put_in_place, to_disk
from bot.database.migrate import UnfitError, known_revisions, revision
from bot.database.one_instance import only_instance
from bot.database.sealed import forget_open, is_sealed, open_for_a_moment, unseal
from bot.database.trouble import FAILURES, in_words
from bot.settings import SettingsError


@dataclass(frozen=True)
class Restored:
    """What was done: what the database holds now, and where the one from before is kept, if any.

    `older` is how far the copy was migrated, where the next start brings it further.
    """

    counts: Counts
    older: str | None
    kept: Path | None


def restore(copy: Path, database: Path, key: Path | None = None) -> Restored:
    """Put `copy` in the place of `database`; a sealed one is opened with the private `key`.

    The log beside the old database would be played into the copy and break it, so it goes aside
    with it, to a name of its own. At no moment is there no database: a start would make an empty
    one. Raises SettingsError, and has then changed nothing, AlreadyRunningError.
    """
    try:
        if not copy.exists():
            raise SettingsError(f"{copy} does not exist. Name the copy to read.")
        if not copy.is_file():
            raise SettingsError(f"{copy} is no file. Name the copy itself.")
    except OSError as error:
        raise SettingsError(f"{copy} cannot be read ({error.strerror}). Name another.") from None
    database = database.resolve()
    if copy.resolve() == database:
        raise SettingsError(f"{copy} is the database itself. Name the copy.")
    with only_instance(database):
        forget_open(database.parent)
        try:
            with _opened(copy, database.parent, key) as file:
                return _put(file, copy, database)
        except FAILURES as error:
            raise SettingsError(
                f"{copy} cannot be put in the place of {database}: {in_words(error)}."
            ) from None


@contextmanager
def _opened(copy: Path, folder: Path, key: Path | None) -> Iterator[Path]:
    """Yield a copy that can be read: itself, or what was sealed in it."""
    if not is_sealed(copy):
        yield copy
        return
    if key is None:
        raise SettingsError(
            f"{copy} is encrypted. Say where its private key lies: "
            f"bongsrey restore {copy} --key FILE"
        )
    with open_for_a_moment(folder) as place:
        unseal(copy, place / "copy.sqlite", key)
        yield place / "copy.sqlite"


def _put(file: Path, copy: Path, database: Path) -> Restored:
    """Put a readable file, which is called `copy`, in the place of the database."""
    ready = database.with_name(f"{database.name}.restored")
    try:
        found = revision(file)
    except UnfitError as error:
        raise SettingsError(
            f"{copy} {error.why}. Bring it again if it was cut off on its way, or name another "
            "copy. The database is as it was."
        ) from None
    if found is None:
        raise SettingsError(f"{copy} is no database of Bong Srey. Name a copy that it has made.")
    try:
        counts = back_up(file, ready)
        had_one = database.exists()
        kept = new_place_before(database, "restore")
        if had_one:
            os.link(database, kept)
            os.utime(kept)
        for beside in database.parent.glob(f"{database.name}-*"):
            # Its days are counted from now as well: without its log the other is not whole.
            os.utime(beside)
            os.replace(beside, kept.with_name(kept.name + beside.name[len(database.name) :]))
        # What was kept is on the disk before the other takes its place.
        to_disk(database.parent)
        put_in_place(ready, database)
    finally:
        ready.unlink(missing_ok=True)
    older = None if found == known_revisions()[0] else found
    return Restored(counts, older, kept if had_one else None)
