"""The indexes of a library, kept on disk: built once for a content, then only read.

Building takes seconds, and grows with the library; reading takes a blink. A file is named for all
that went into it, the code included, so what is stale is never found. Where nothing can be
written the bot builds anew at each start, and is only slower.
"""

import contextlib
import hashlib
import logging
import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from bot.answering import concepts, tfidf
from bot.answering.tfidf import Arrays
from bot.language import features, khmer, romanised
from bot.private_files import private_folder
from bot.settings import ROOT

log = logging.getLogger(__name__)

FOLDER = ROOT / "data" / "prepared"
_CODE = (tfidf, concepts, features, khmer, romanised)
_KEPT = 3


def arrays(
    made_of: object, build: Callable[[], Mapping[str, Arrays]], folder: Path | None = None
) -> Mapping[str, Arrays]:
    """Return what `build` returns, by name of index; from disk when it was built before.

    The representation of `made_of` must tell everything that `build` reads. Few files are kept, so
    all that a library needs belongs in one: else each start would push out what the next reads.
    """
    folder = folder or FOLDER
    file = folder / f"{_fingerprint(made_of)}.npz"
    try:
        return _read(file)
    except (OSError, ValueError, EOFError, KeyError, BadZipFile):
        made = build()
    try:
        _write(file, made)
    except OSError as error:
        log.info("the indexes cannot be kept in %s (%s)", folder.name, type(error).__name__)
    return made


def _fingerprint(made_of: object) -> str:
    digest = hashlib.sha256(repr(made_of).encode("utf-8", "surrogatepass"))
    for module in _CODE:
        digest.update(Path(str(module.__file__)).read_bytes())
    return digest.hexdigest()[:32]


def _read(file: Path) -> dict[str, dict[str, np.ndarray]]:
    found: dict[str, dict[str, np.ndarray]] = {}
    with file.open("rb") as opened, np.load(opened, allow_pickle=False) as stored:
        for name in stored.files:
            index, _, part = name.partition("/")
            found.setdefault(index, {})[part] = stored[name]
    # Of those that are kept, the last to be used.
    os.utime(file)
    return found


def _write(file: Path, made: Mapping[str, Arrays]) -> None:
    """Write it whole or not at all, for several may start at once; let go of what is old."""
    private_folder(file.parent.parent)
    private_folder(file.parent)
    flat = {f"{index}/{name}": a for index, parts in made.items() for name, a in parts.items()}
    with tempfile.NamedTemporaryFile(dir=file.parent, suffix=".part", delete=False) as part:
        whole = Path(part.name)
        try:
            np.savez(part, **flat)  # type: ignore[arg-type]
            whole.replace(file)
        finally:
            whole.unlink(missing_ok=True)
    others = sorted(file.parent.glob("*.npz"), key=lambda old: old.stat().st_mtime, reverse=True)
    for old in others[_KEPT:]:
        with contextlib.suppress(OSError):
            old.unlink()
