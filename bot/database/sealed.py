"""Copies that only the holder of a private key can read, sealed with age (https://age-encryption.org).

The server has the public key alone: who breaks into it, or is handed one of its copies, reads
none of those that lie there. `pyrage` is the library; it is loaded only where a copy is sealed or
opened.
"""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, TypeVar

from bot.database.durable import to_disk
from bot.private_files import private_file
from bot.settings import SettingsError

_T = TypeVar("_T")

# What every file of age begins with, and the line that ends its header (https://age-encryption.org).
_HEADER, _LAST_LINE = b"age-encryption.org/v1", b"\n--- "
# A header has a line or two for each key.
_LONGEST_HEADER = 64 * 1024
# After it comes a number used once; then what is sealed in pieces, each with a tag.
_NONCE, _PIECE, _TAG = 16, 64 * 1024, 16
_PRIVATE = "AGE-SECRET-KEY-"
# Where something lies open for a moment, beside the database, which is as private.
OPEN = "open-copy-"


def is_sealed(file: Path) -> bool:
    """Return whether a file is sealed. Raises OSError."""
    with file.open("rb") as opened:
        return opened.read(len(_HEADER)) == _HEADER


def sealed_size(file: Path) -> int | None:
    """Return how many bytes are sealed in a file; None where it is cut off or no file of age.

    That much can be seen without the private key. Raises OSError.
    """
    with file.open("rb") as opened:
        begin = opened.read(_LONGEST_HEADER)
        size = os.fstat(opened.fileno()).st_size
    end = begin.find(b"\n", begin.find(_LAST_LINE) + len(_LAST_LINE))
    if not begin.startswith(_HEADER) or _LAST_LINE not in begin or end < 0:
        return None
    pieces, rest = divmod(size - (end + 1) - _NONCE, _PIECE + _TAG)
    if pieces < 0 or 0 < rest <= _TAG:
        return None
    return pieces * _PIECE + max(rest - _TAG, 0)


@contextmanager
def open_for_a_moment(folder: Path) -> Iterator[Path]:
    """Yield a private folder for what must lie open; all in it is gone at the end.

    It is held, so that what a killed process has left can be told from it: the kernel lets go.
    """
    with TemporaryDirectory(prefix=OPEN, dir=folder) as place, _held(Path(place)):
        yield Path(place)


def forget_open(folder: Path) -> None:
    """Delete what a killed process has left open, at once."""
    for place in folder.glob(f"{OPEN}*"):
        with suppress(OSError), _held(place):
            shutil.rmtree(place, ignore_errors=True)


@contextmanager
def _held(place: Path) -> Iterator[None]:
    opened = os.open(place, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(opened)


class _Told:
    """A file for `pyrage`, which keeps to itself why reading or writing failed."""

    def __init__(self, file: BinaryIO, between: Callable[[], None] = lambda: None) -> None:
        self._file = file
        self._between = between
        self.error: Exception | None = None

    def read(self, size: int = -1) -> bytes:
        return self._done(lambda: self._file.read(size))

    def write(self, data: bytes) -> int:
        return self._done(lambda: self._file.write(data))

    def flush(self) -> None:
        self._done(self._file.flush)

    def _done(self, do: Callable[[], _T]) -> _T:
        try:
            self._between()
            return do()
        except Exception as error:
            self.error = self.error or error
            raise


def _through(
    work: Callable[[_Told, _Told], None],
    file: Path,
    into: Path,
    between: Callable[[], None] = lambda: None,
) -> None:
    """Let `work` read a file and write another, which is then on the disk.

    What fails in a file is raised as it is, also where `pyrage` says nothing of it.
    """
    private_file(into)
    with file.open("rb") as source, into.open("wb") as target:
        read, written = _Told(source, between), _Told(target)
        try:
            work(read, written)
        finally:
            if error := read.error or written.error:
                raise error
    to_disk(into)


def seal(
    file: Path, into: Path, keys: Sequence[str], between: Callable[[], None] = lambda: None
) -> None:
    """Write `file` to `into`, for the holders of the private keys of these public ones.

    `between` is called between pieces, and what it raises ends it. Raises OSError.
    """
    import pyrage

    readers = [pyrage.x25519.Recipient.from_str(key) for key in keys]
    _through(lambda read, write: pyrage.encrypt_io(read, write, readers), file, into, between)
    if sealed_size(into) != file.stat().st_size:
        raise SettingsError(f"{into} is not whole. Look whether the disk is full, or fails.")


def unseal(file: Path, into: Path, key: Path) -> None:
    """Write what is in a sealed file to `into`, with the private key in the file `key`.

    Raises SettingsError where the key is none, or none of this copy, or where that is damaged;
    OSError.
    """
    import pyrage

    keys = _private_keys(key)
    try:
        _through(lambda read, write: pyrage.decrypt_io(read, write, keys), file, into)
    except pyrage.DecryptError:
        raise SettingsError(
            f"{file} cannot be opened with {key}: the copy is of another key, or it is damaged. "
            "Take the private key whose public one stood in BACKUP_KEYS when it was made."
        ) from None
    except OSError as error:
        if error.errno is not None:
            raise
        # So `pyrage` says that a piece is not as it was sealed.
        raise SettingsError(f"{file} is damaged or not whole. Take another copy.") from None


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
