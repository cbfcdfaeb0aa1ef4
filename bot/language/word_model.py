"""khmer-nltk's model of where Khmer words end, without what it is wrapped in.

The package keeps it as a pickle of scikit-learn's, which takes two seconds and 90 MB to open and
could run any code. The model itself lies in it as one block of CRFsuite's, which is read as it is.
"""

import importlib
import logging
import threading
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

_BEGINS = b"lCRF"
# After it stands how long the block is.
_LENGTH = 4
_lock = threading.Lock()

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
    begin = pickled.index(_BEGINS)
    size = begin + len(_BEGINS)
    length = int.from_bytes(pickled[size : size + _LENGTH], "little")
    return pickled[begin : begin + length]


@cache
def _khmer_nltk() -> Any:
    # The function of this name hides the module in its package.
    module: Any = importlib.import_module("khmernltk.word_tokenize")
    for name in ("khmer-nltk", "khmernltk"):
        logging.getLogger(name).setLevel(logging.ERROR)
    module.crf_model = _Model(_block(Path(module.model_path).read_bytes()))
    return module


def tokens(text: str) -> list[str]:
    """Return the words of `text`, spaces and signs between them included; linear in its length."""
    with _lock:
        return list(_khmer_nltk().word_tokenize(text))
