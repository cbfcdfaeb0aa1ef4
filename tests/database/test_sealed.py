"""A sealed copy is read with its private key, and with no other; every slip is said in a sentence."""

import asyncio
import os
import stat
import time
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.commands import EXIT_CONFIGURATION
from bot.database.counted import counted
from bot.database.sealed import (
    OPEN,
    forget_open,
    is_sealed,
    open_for_a_moment,
    seal,
    sealed_size,
)
from tests.database.disks import disk_of

Said = pytest.CaptureFixture[str]


@pytest.fixture
def public(
    database_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> str:
    """The public key of a pair whose private one is in key.txt; the server has it."""
    assert main(["backup-key", "key.txt"]) == 0
    (line,) = [line for line in capsys.readouterr().out.splitlines() if "BACKUP_KEYS=" in line]
    monkeypatch.setenv("BACKUP_KEYS", line.removeprefix("BACKUP_KEYS="))
    return line.removeprefix("BACKUP_KEYS=")


def test_a_sealed_copy_comes_back_with_its_private_key(
    public: str, database_file: Path, capsys: Said
) -> None:
    before = counted(database_file)
    assert main(["backup", "copy.age"]) == 0
    assert "encrypted for BACKUP_KEYS" in capsys.readouterr().out
    assert is_sealed(Path("copy.age"))
    database_file.unlink()
    assert main(["restore", "copy.age", "--key", "key.txt"]) == 0
    assert counted(database_file) == before
    assert not list(database_file.parent.glob(f"{OPEN}*"))


def test_either_of_two_holders_can_open_it(
    public: str, database_file: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    assert main(["backup-key", "other.txt"]) == 0
    other = capsys.readouterr().out.rpartition("BACKUP_KEYS=")[2].strip()
    monkeypatch.setenv("BACKUP_KEYS", f"{public}, {other}")
    assert main(["backup", "copy.age"]) == 0
    for key in ("key.txt", "other.txt"):
        assert main(["restore", "copy.age", "--key", key]) == 0


@pytest.mark.parametrize(
    ("key", "says"),
    [
        (None, "is encrypted. Say where its private key lies: bongsrey restore copy.age --key"),
        ("none.txt", "none.txt, the private key, cannot be read"),
        ("public.txt", "holds no private key of age"),
        ("binary.txt", "holds no private key of age"),
        ("slip.txt", "holds no private key of age"),
        ("other.txt", "the copy is of another key, or it is damaged"),
    ],
)
def test_without_the_right_key_nothing_changes(
    key: str | None, says: str, public: str, database_file: Path, capsys: Said
) -> None:
    assert main(["backup", "copy.age"]) == 0
    assert main(["backup-key", "other.txt"]) == 0
    Path("public.txt").write_text(public)
    Path("binary.txt").write_bytes(b"\xff\xfe\x00")
    private = Path("key.txt").read_text().splitlines()[-1]
    Path("slip.txt").write_text(private[:-1] + ("A" if private[-1] != "A" else "C"))
    before = database_file.read_bytes()
    capsys.readouterr()
    assert main(["restore", "copy.age", *(["--key", key] if key else [])]) == EXIT_CONFIGURATION
    assert says in capsys.readouterr().err
    assert database_file.read_bytes() == before
    assert not list(database_file.parent.glob(f"{OPEN}*"))


def test_a_private_key_is_its_owners_alone_and_never_written_over(
    public: str, capsys: Said
) -> None:
    file = Path("key.txt")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    before = file.read_text()
    assert public in before
    assert main(["backup-key", "key.txt"]) == EXIT_CONFIGURATION
    assert "a key is never written over" in capsys.readouterr().err
    assert main(["backup-key", "no/such/key.txt"]) == EXIT_CONFIGURATION
    assert file.read_text() == before


def test_a_key_with_a_wrong_letter_is_named_with_its_setting(
    public: str, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    monkeypatch.setenv("BACKUP_KEYS", public[:-1] + ("q" if public[-1] != "q" else "p"))
    for command in (["backup", "copy.age"], ["run"], ["doctor"]):
        assert main(command) == EXIT_CONFIGURATION
        assert "BACKUP_KEYS is not right: a letter of key 1 is wrong" in capsys.readouterr().err
    assert not Path("copy.age").exists()


# The library makes the header of each copy some hundred bytes longer or shorter by chance.
@pytest.mark.parametrize("too_little", [1_000, 10_000, 100_000])
def test_a_disk_that_is_full_before_the_end_is_said_and_leaves_nothing(
    too_little: int, public: str, database_file: Path, capsys: Said
) -> None:
    """The library says nothing of the last that it cannot write."""
    assert main(["backup", "whole.age"]) == 0
    folder, size = sorted(Path().iterdir()), sealed_size(Path("whole.age"))
    assert size is not None
    Path("plain").write_bytes(bytes(size))
    seal(Path("plain"), Path("sealed"), [public])
    room = Path("sealed").stat().st_size - too_little
    with disk_of(room), pytest.raises(OSError, match="File too large"):
        seal(Path("plain"), Path("sealed"), [public])
    for ours in ("plain", "sealed"):
        Path(ours).unlink()
    # What lies open fits, what is sealed is larger.
    with disk_of(size):
        assert main(["backup", "copy.age"]) == EXIT_CONFIGURATION
    assert "cannot be copied to copy.age: file too large" in capsys.readouterr().err
    assert sorted(Path().iterdir()) == folder


async def test_the_bot_goes_on_while_a_copy_is_sealed(public: str, tmp_path: Path) -> None:
    large = tmp_path / "large"
    large.touch()
    os.truncate(large, 32 << 20)
    began = last = time.perf_counter()
    longest = 0.0
    sealing = asyncio.create_task(asyncio.to_thread(seal, large, tmp_path / "sealed", [public]))
    while not sealing.done():
        await asyncio.sleep(0)
        now = time.perf_counter()
        longest, last = max(longest, now - last), now
    await sealing
    assert longest < (last - began) / 2, "others have their turn in between"


@pytest.mark.parametrize("where", [30, 60, 5000, -1])
@pytest.mark.parametrize("is_cut", [False, True])
def test_a_damaged_copy_is_said_to_be_one(
    where: int, is_cut: bool, public: str, database_file: Path, capsys: Said
) -> None:
    assert main(["backup", "copy.age"]) == 0
    data = bytearray(Path("copy.age").read_bytes())
    if is_cut:
        del data[where:]
    else:
        data[where] ^= 1
    Path("copy.age").write_bytes(data)
    before = database_file.read_bytes()
    assert main(["restore", "copy.age", "--key", "key.txt"]) == EXIT_CONFIGURATION
    says = capsys.readouterr().err
    # A slip in its header looks like a key that is not of it.
    of_another = 0 <= where < 100
    assert ("copy.age cannot be opened" if of_another else "copy.age is damaged or not") in says
    assert database_file.read_bytes() == before


def test_how_much_is_sealed_is_seen_without_the_key(public: str, tmp_path: Path) -> None:
    plain, into = tmp_path / "plain", tmp_path / "sealed"
    for size in (1, 65_535, 65_536, 65_537, 500_000):
        plain.write_bytes(bytes(size))
        seal(plain, into, [public])
        assert sealed_size(into) == size
    for no_age in (b"", b"age-encryption.org/v1", b"age-encryption.org/v1\n--- x\n", b"SQLite"):
        into.write_bytes(no_age)
        assert sealed_size(into) is None


def test_what_a_killed_process_left_open_goes_at_once_and_nothing_that_is_used(
    tmp_path: Path,
) -> None:
    left = tmp_path / f"{OPEN}left"
    left.mkdir()
    (left / "copy.sqlite").write_bytes(b"her words")
    with open_for_a_moment(tmp_path) as used:
        forget_open(tmp_path)
        assert list(tmp_path.iterdir()) == [used]


def test_a_restore_begins_with_what_was_left_open(public: str, database_file: Path) -> None:
    assert main(["backup", "copy.sqlite"]) == 0
    (database_file.parent / f"{OPEN}left").mkdir()
    assert main(["restore", "copy.sqlite"]) == EXIT_CONFIGURATION
    assert not list(database_file.parent.glob(f"{OPEN}*"))
