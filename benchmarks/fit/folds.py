"""Classifiers that do not know some of the writers: what stands on them is fitted on these.

A message that the classifiers were fitted on is far surer to them than any that a girl will send.
So the writers of the street are in three parts, and each part is seen by classifiers that were
fitted on the others. That takes half an hour; they are kept (`data/fit/`) for as long as nothing
that they were fitted on has changed, for both that ask for them.
"""

import hashlib
import inspect
from collections.abc import Iterator

import numpy as np

from benchmarks.fit import learned, misspelt, network, romanised
from bot.answering import learned as classifiers
from bot.answering.learned import Classifiers
from bot.content import Content
from bot.editing.street import street
from bot.language import features, hashing, khmer
from bot.language import romanised as latin
from bot.language.encoder import Encoder
from bot.settings import ROOT

FOLDS = 3
_HOW = (learned, network, misspelt, romanised, classifiers, features, hashing, khmer, latin)
_KEPT = ROOT / "data" / "fit"


def unknowing(content: Content, encoder: Encoder) -> Iterator[tuple[frozenset[str], Classifiers]]:
    """Yield each part of the writers, with classifiers that do not know them."""
    lines = learned.lines_of(content) + learned.street_lines(content)
    every: learned.Examples | None = None
    _KEPT.mkdir(parents=True, exist_ok=True)
    writers = sorted({asked.writer for asked in street("fit")})
    for held in (frozenset(writers[fold::FOLDS]) for fold in range(FOLDS)):
        kept = [n for n, line in enumerate(lines) if line.writer not in held]
        path = _KEPT / f"{_key([lines[n] for n in kept])}.npz"
        if not path.exists():
            every = every or learned.seen(lines, encoder)
            half = path.with_suffix(".half.npz")
            np.savez(half, **learned.fit(every, kept))
            half.replace(path)
        with np.load(path) as arrays:
            yield held, Classifiers(dict(arrays))


def _key(lines: list[learned.Line]) -> str:
    """Return what names the classifiers: all that they are fitted on, and the code that does it."""
    how = "".join(inspect.getsource(module) for module in _HOW)
    return hashlib.sha256((how + repr(lines)).encode()).hexdigest()[:24]
