"""What of `.env` cannot be read, said by the number of its line.

The parser passes such a line over, and takes what stands between two quotes for one value,
however many lines apart they are: a setting would be left out, or its neighbours with it, and the
bot would run without them. A line may hold a secret, so none is quoted.
"""

import re
from pathlib import Path

from dotenv.parser import Binding, parse_stream

_BREAK = re.compile(r"\r\n|\n|\r")
_QUOTED = re.compile(r"=[^\S\r\n]*(['\"])")
_WRITE = "Write NAME=VALUE there, or put a # before it"
_CLOSE = "Close it on its line, or leave out both"


def unread(file: Path) -> list[str]:
    """Return a sentence for each line that cannot be read; none where there is no such file.

    Raises OSError, UnicodeDecodeError.
    """
    if not file.exists():
        return []
    with file.open(encoding="utf-8") as opened:
        found = [(_line(one), _wrong(one)) for one in parse_stream(opened)]
    return [f"{file}, line {line}: {wrong}." for line, wrong in found if wrong]


def _line(one: Binding) -> int:
    """Return the line on which something begins; empty lines before it are counted to it."""
    said = one.original.string
    return one.original.line + len(_BREAK.findall(said[: len(said) - len(said.lstrip())]))


def _wrong(one: Binding) -> str | None:
    said = one.original.string.strip()
    quote = _QUOTED.search(_BREAK.split(said)[0])
    if _BREAK.search(said) or (one.error and quote and said.count(quote[1]) == 1):
        return f"the quote that begins on it does not end on it. {_CLOSE}"
    if one.error and quote:
        return (
            "something stands behind the second quote. Take it away, or put the quotes around all"
        )
    if one.error:
        return f"it cannot be read. {_WRITE}"
    if one.key is not None and one.value is None:
        return f"it has no =. {_WRITE}"
    return None
