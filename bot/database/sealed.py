"""Copies that only the holder of a private key can read, sealed with age (https://age-encryption.org).

The server has the public key alone: who breaks into it, or is handed one of its copies, reads
none of those that lie there. `pyrage` is the library; it is loaded only where a copy is sealed or
opened.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.private_files import private_file
from bot.settings import SettingsError

# What every file of age begins with.
_HEADER = b"age-encryption.org/v1"
_PRIVATE = "AGE-SECRET-KEY-"
# Where something lies open for a moment, beside the database, which is as private.
OPEN = "open-copy-"


def is_sealed(file: Path) -> bool:
    """Return whether a file is sealed. Raises OSError."""
    with file.open("rb") as opened:
        return opened.read(len(_HEADER)) == _HEADER


@contextmanager
def open_for_a_moment(folder: Path) -> Iterator[Path]:
    """Yield a private folder for what must lie open; all in it is gone at the end."""
    with TemporaryDirectory(prefix=OPEN, dir=folder) as place:
        yield Path(place)


def seal(file: Path, into: Path, keys: Sequence[str]) -> None:
    """Write `file` to `into`, for the holders of the private keys of these public ones.

    Raises SettingsError for what is no public key, OSError.
    """
    import pyrage

    try:
        readers = [pyrage.x25519.Recipient.from_str(key) for key in keys]
    except pyrage.RecipientError:
        raise SettingsError(
            "BACKUP_KEYS is not right: a letter of a key is wrong. Copy it again from the file "
            "that bongsrey backup-key has written."
        ) from None
    private_file(into)
    pyrage.encrypt_file(str(file), str(into), readers)


def unseal(file: Path, into: Path, key: Path) -> None:
    """Write what is in a sealed file to `into`, with the private key in the file `key`.

    Raises SettingsError where the key is none, or none of this copy; OSError.
    """
    import pyrage

    private_file(into)
    try:
        pyrage.decrypt_file(str(file), str(into), _private_keys(key))
    except pyrage.DecryptError:
        raise SettingsError(
            f"{file} cannot be opened with {key}: the copy is of another key, or it is damaged. "
            "Take the private key whose public one stood in BACKUP_KEYS when it was made."
        ) from None


def _private_keys(file: Path) -> list[object]:
    import pyrage

    wrong = f"{file} holds no private key of age: a line of it must begin with {_PRIVATE}1."
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise SettingsError(
            f"{file}, the private key, cannot be read ({error.strerror}). Name the file that "
            "bongsrey backup-key has written."
        ) from None
    except UnicodeDecodeError:
        raise SettingsError(wrong) from None
    found = [line.strip() for line in lines if line.strip().startswith(_PRIVATE)]
    try:
        keys: list[object] = [pyrage.x25519.Identity.from_str(line) for line in found]
    except pyrage.IdentityError:
        raise SettingsError(wrong) from None
    if not keys:
        raise SettingsError(wrong)
    return keys


def new_key(file: Path, now: datetime) -> str:
    """Write a new private key to a file of its own, as age-keygen does; return the public one.

    Raises SettingsError where there is a file of that name, or none can be written.
    """
    import pyrage

    pair = pyrage.x25519.Identity.generate()
    public = str(pair.to_public())
    lines = (
        f"# created: {now.isoformat(timespec='seconds')}",
        f"# public key: {public}",
        str(pair),
    )
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as opened:
            opened.write("\n".join(lines) + "\n")
    except FileExistsError:
        raise SettingsError(
            f"{file} is there already, and a key is never written over. Name another file."
        ) from None
    except OSError as error:
        raise SettingsError(
            f"{file} cannot be written ({error.strerror}). Name another place."
        ) from None
    return public
