"""What the last check saw of the ways of asking, so that the next one asks only what may differ.

Kept in one file beside the prepared index. What it holds is good for the code, the fitted weights,
the concepts and the aspects it was made with (`made_with`): with others everything is asked again.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from bot.answering.targets import Target
from bot.content import Content
from bot.editing.well import code_of
from bot.private_files import private_folder

# Whatever decides what a way of asking finds, beside the content.
_CODE = (
    "answering", "language", "content", "editing/check_finding.py", "editing/last_look.py",
)  # fmt: skip
_PACKAGES = ("numpy", "rapidfuzz")


@dataclass(frozen=True)
class Look:
    """What was seen: the targets as they were, and how sure each way of asking found its own."""

    made_with: str
    # by the key of a target, a digest of all of it
    targets: dict[str, str]
    # by the key of a target, its lines
    lines: dict[str, tuple[str, ...]]
    # by entry and way of asking, by how much its entry was before what would push it out; one
    # that did not find its own is left out, and so is asked again
    leads: dict[str, dict[str, float]]
    # what has changed since everything was asked
    changed: tuple[str, ...]
    # what needs no second reading while it stays as it is (`well.py`)
    well: tuple[str, ...] = ()


def made_with(content: Content) -> str:
    """Return a digest of all that decides what is found, but for the targets."""
    told = hashlib.sha256()
    for part in (content.concepts, content.aspects, content.complete, *map(version, _PACKAGES)):
        told.update(repr(part).encode("utf-8", "surrogatepass"))
    told.update(code_of(*_CODE))
    return told.hexdigest()


def digests(targets: Sequence[Target]) -> dict[str, str]:
    """Return by the key of each target by what it is known again."""
    return {
        target.key: hashlib.sha256(repr(target).encode("utf-8", "surrogatepass")).hexdigest()[:32]
        for target in targets
    }


def differing(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """Return the keys of what is new, gone or another."""
    return [key for key in dict.fromkeys((*now, *before)) if before.get(key) != now.get(key)]


def read(file: Path) -> Look | None:
    """Return what was kept; None where there is nothing that can be read."""
    try:
        kept = json.loads(file.read_bytes())
        lines = {key: tuple(said) for key, said in kept.pop("lines").items()}
        changed, well = (tuple(kept.pop(name)) for name in ("changed", "well"))
        return Look(lines=lines, changed=changed, well=well, **kept)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def keep(file: Path, look: Look) -> None:
    """Keep it for the next check, whole or not at all. Raises OSError."""
    private_folder(file.parent)
    told = json.dumps(vars(look), ensure_ascii=False)
    with tempfile.TemporaryDirectory(dir=file.parent) as part:
        whole = Path(part) / file.name
        whole.write_text(told, encoding="utf-8", errors="surrogatepass")
        os.replace(whole, file)
