"""What is learnt from a library, kept on disk: built once for a content, then only read."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

from bot.answering import concepts, tfidf
from bot.answering.tfidf import Arrays
from bot.language import detect, features, hashing, khmer, romanised
from bot.prepared import Shelf

_CODE = b"".join(
    Path(str(module.__file__)).read_bytes()
    for module in (tfidf, concepts, detect, features, hashing, khmer, romanised)
)


# Which arrays a folder holds; one that is missing is not taken for one that was never there.
_PARTS = "parts.json"


def arrays(
    made_of: object, build: Callable[[], Mapping[str, Arrays]], folder: Path | None = None
) -> Mapping[str, Arrays]:
    """Return what `build` returns, by name of index; from disk when it was built before.

    The representation of `made_of` must tell everything that `build` reads. Few files are kept, so
    all that a library needs belongs in one: else each start would push out what the next reads.
    """
    return _INDEXES.take(_told(made_of), build, folder)


def grown(
    made_of: object,
    alike: object,
    build: Callable[[Mapping[str, Arrays] | None], Mapping[str, Arrays]],
) -> Mapping[str, Arrays]:
    """Return the same for a library that grows: `build` gets the last index that was kept.

    That one was built of other texts in the same way: `alike` tells what both have in common.
    """
    family = _told(alike)

    def grow() -> Mapping[str, Arrays]:
        return build(_INDEXES.latest(family))

    return _INDEXES.take(_told((made_of, alike)), grow, family=family)


def unpacked(file: Path) -> Arrays:
    """Return the arrays of a compressed `.npz` file, each by its name."""

    def unpack() -> Mapping[str, Arrays]:
        with np.load(file, allow_pickle=False) as stored:
            return {"": {name: stored[name] for name in stored.files}}

    return _UNPACKED.take(file.read_bytes(), unpack)[""]


def odds(made_of: object, build: Callable[[], Mapping[str, float]]) -> Mapping[str, float]:
    """Return the log odds by n-gram that `build` returns; from disk when it was built before."""
    return _ODDS.take(_told(made_of), build)


def _told(made_of: object) -> bytes:
    return repr(made_of).encode("utf-8", "surrogatepass") + _CODE


def _read(folder: Path) -> Mapping[str, Arrays]:
    found: dict[str, dict[str, np.ndarray]] = {}
    for index, part in json.loads((folder / _PARTS).read_bytes()):
        # Mapped, not read: memory holds what is looked at, and several processes share it.
        mapped = np.load(_file(folder, index, part), mmap_mode="r", allow_pickle=False)
        # As a plain array: choosing cells of a mapped one takes several times as long.
        found.setdefault(index, {})[part] = np.asarray(mapped)
    return found


def _write(folder: Path, made: Mapping[str, Arrays]) -> None:
    folder.mkdir()
    names = [(index, part) for index, parts in made.items() for part in parts]
    for index, part in names:
        np.save(_file(folder, index, part), made[index][part])
    (folder / _PARTS).write_text(json.dumps(names), encoding="utf-8")


def _file(folder: Path, index: str, part: str) -> Path:
    return folder / f"{index}-{part}.npy"


def _read_odds(file: Path) -> Mapping[str, float]:
    return dict(json.loads(file.read_bytes()))


def _write_odds(file: Path, made: Mapping[str, float]) -> None:
    file.write_text(json.dumps(made), encoding="utf-8")


_INDEXES = Shelf[Mapping[str, Arrays]](".index", _read, _write, 3, (OSError, ValueError, EOFError))
_UNPACKED = Shelf[Mapping[str, Arrays]](
    ".unpacked", _read, _write, 3, (OSError, ValueError, EOFError)
)
_ODDS = Shelf[Mapping[str, float]](".odds.json", _read_odds, _write_odds, 3)
