"""khmer-nltk's model of where Khmer words end, without what it is wrapped in.

The package keeps it as a pickle of scikit-learn's, which takes two seconds and 90 MB to open and
could run any code. The model itself lies in it as one block of CRFsuite's, which is read as it is.
"""

import importlib
import logging
import re
import threading
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

log = logging.getLogger(__name__)

_BEGINS = b"lCRF"
# After it stands how long the block is, and of what kind.
_LENGTH = 4
_KIND = b"FOMC"
_SPACED = re.compile("[\\s\u200b]+|[^\\s\u200b]+")
_lock = threading.Lock()


class UnusableError(Exception):
    """The file of the model is not what it should be; the message says how."""


Features = Sequence[Mapping[str, Any]]


class _Model:
    """What the package asks for words, in place of what it would unpickle."""

    def __init__(self, block: bytes) -> None:
        import pycrfsuite

        # The tagger reads in it for as long as it is asked, and keeps no hold of it.
        self._block = block
        self._tagger = pycrfsuite.Tagger()
        self._tagger.open_inmemory(block)

    def predict(self, lines: Sequence[Features]) -> list[list[str]]:
        """Return of each letter of each line whether a word begins with it."""
        return [self._tagger.tag(line) for line in lines]


def _block(pickled: bytes) -> bytes:
    """Return the model out of its pickle. Raises UnusableError.

    CRFsuite believes what the block says of itself: what is cut short would end the process.
    """
    if pickled.count(_BEGINS) != 1:
        raise UnusableError("it does not hold one model")
    begin = pickled.index(_BEGINS)
    size = begin + len(_BEGINS)
    kind = size + _LENGTH
    length = int.from_bytes(pickled[size:kind], "little")
    block = pickled[begin : begin + length]
    if len(block) != length or not pickled.startswith(_KIND, kind):
        raise UnusableError("it is cut short or damaged")
    return block


@cache
def _khmer_nltk() -> Any:
    """Return the package with the model in it, or None, with a line in the log, without one."""
    try:
        # The function of this name hides the module in its package.
        module: Any = importlib.import_module("khmernltk.word_tokenize")
        for name in ("khmer-nltk", "khmernltk"):
            logging.getLogger(name).setLevel(logging.ERROR)
        module.crf_model = _Model(_block(Path(module.model_path).read_bytes()))
    except (ImportError, OSError, ValueError, UnusableError) as error:
        why = error if isinstance(error, UnusableError) else type(error).__name__
        log.error("Khmer is cut at its spaces alone: khmer-nltk's model cannot be used (%s)", why)
        return None
    return module


def tokens(text: str) -> list[str]:
    """Return the words of `text`, spaces and signs between them included; linear in its length.

    Where the model cannot be used they are what stands between spaces.
    """
    with _lock:
        module = _khmer_nltk()
        return _SPACED.findall(text) if module is None else list(module.word_tokenize(text))
