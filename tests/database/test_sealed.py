"""A sealed copy is read with its private key, and with no other; every slip is said in a sentence."""

import stat
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.commands import EXIT_CONFIGURATION
from bot.database.counted import counted
from bot.database.sealed import OPEN, is_sealed

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
    assert main(["backup", "copy.age"]) == EXIT_CONFIGURATION
    assert "BACKUP_KEYS is not right" in capsys.readouterr().err
    assert not Path("copy.age").exists()
