"""Checks that every file in `content/` is read: one of another name would be passed over."""

from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from bot.content.load import PARTS

# Beside the parts: the words of the languages, what the relay looks for, and what the demo plays.
_OTHERS = ("locales/*/*.yaml", "safety/relay/*.yaml", "demo/*.yaml")
_PATTERNS = (*(file for file, _ in PARTS.values()), *_OTHERS)
_ENDING, _LIKE_IT = ".yaml", (".yaml", ".yml")


def problems(root: Path) -> Iterator[str]:
    """Yield the files below `root` that are written as content and that nobody reads."""
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.suffix.lower() in _LIKE_IT and not path.name.startswith("."):
            yield from _problem(name)


def _problem(name: str) -> Iterator[str]:
    meant = PurePosixPath(name).with_suffix(_ENDING).as_posix()
    if _is_read(name):
        return
    if _is_read(meant):
        yield f"{name}: the file is not read, for only names in {_ENDING} are: call it {meant}."
    else:
        yield (
            f"{name}: the file is not read, for none of that name belongs there: bring it to its "
            "place (docs/content.md), or take it away."
        )


def _is_read(name: str) -> bool:
    depth = name.count("/")
    return any(fnmatchcase(name, one) and one.count("/") == depth for one in _PATTERNS)
