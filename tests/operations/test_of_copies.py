"""The doctor looks at the copies of the database, whether one can be restored."""

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.clock import utc_now
from bot.database import copies
from bot.database.sealed import new_key, seal
from tests.operations.ward import BAD, LOOK, WELL, Ward


async def test_copies_that_are_missing_old_or_damaged(ward: Ward) -> None:
    await ward.finds("backup", LOOK, "the bot makes one when it starts")
    folder = ward.file.parent / "backups"
    copy = copies.make(ward.file, folder, (), utc_now() - timedelta(hours=30))
    await ward.finds("backup", BAD, "the newest is 30 h old, and one is due every 24 h")
    copy.file.write_bytes(b"no database" * 100)
    await ward.finds("backup", BAD, "cannot be restored: it is no database")
    with closing(sqlite3.connect(ward.file)) as rows:
        copy.file.unlink()
        rows.execute("VACUUM INTO ?", (str(copy.file),))
    whole = copy.file.read_bytes()
    copy.file.write_bytes(whole[:12288] + bytes(4096) + whole[16384:])
    await ward.finds("backup", BAD, "is damaged")
    copy.file.write_bytes(b"")
    await ward.finds("backup", BAD, "cannot be restored: it is empty")
    copy.file.unlink()
    with closing(sqlite3.connect(copy.file)) as rows:
        rows.execute("CREATE TABLE other (a)")
    await ward.finds("backup", BAD, "is no database of Bong Srey")
    shutil.rmtree(folder)
    folder.touch()
    await ward.finds("backup", BAD, f"that copies go to {folder}, which is a file. Name a folder")
    ward.has(backup_folder=folder)
    await ward.finds("backup", BAD, f"BACKUP_FOLDER names {folder}, which is a file")
    ward.has(backup_hours=0.0)
    await ward.finds("backup", LOOK, "none is made; set BACKUP_HOURS")


async def test_encrypted_copies_are_looked_at_as_far_as_that_goes(
    ward: Ward, tmp_path: Path
) -> None:
    key = (new_key(tmp_path / "key.txt", utc_now()),)
    folder = ward.file.parent / "backups"
    copy = copies.make(ward.file, folder, key, utc_now())
    await ward.finds("backup", BAD, "is encrypted, and BACKUP_KEYS is not set")
    ward.has(backup_keys=key)
    await ward.finds("backup", WELL, "as far as this machine sees; try it with your key")
    assert BAD not in {verdict for verdict, _ in await ward.says("backup")}
    whole = copy.file.read_bytes()
    for left in (whole[:22], whole[:-1], whole[: len(whole) // 3], b"no database" * 50_000):
        copy.file.write_bytes(left)
        await ward.finds("backup", BAD, "it is damaged, or not whole")
    seal(tmp_path / "key.txt", copy.file, key)
    await ward.finds("backup", BAD, "it is damaged, or not whole")
    copy.file.unlink()
    copies.make(ward.file, folder, (), utc_now())
    await ward.finds("backup", BAD, "is not encrypted, and BACKUP_KEYS is set")


async def test_copies_of_a_time_that_has_not_come_or_is_over(ward: Ward) -> None:
    folder = ward.file.parent / "backups"
    copies.make(ward.file, folder, (), datetime(2099, 1, 1, tzinfo=UTC))
    await ward.finds("backup", BAD, "named for a time that has not come")
    await ward.finds("backup", LOOK, "there is none in")
    copies.make(ward.file, folder, (), utc_now())
    await ward.finds("backup", WELL, "it holds")
    copies.make(ward.file, folder, (), utc_now() - timedelta(days=7, hours=2))
    await ward.finds("backup", BAD, "is older than BACKUP_DAYS (7), which girls are told")
