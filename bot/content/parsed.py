"""What a YAML file says, kept as JSON: reading YAML takes ten times as long.

All files of the library take a second and a half to read, at every start of the bot and of every
command. Only what reads the same from JSON is kept, so that nothing changes by being kept.
"""

import json
from datetime import date
from pathlib import Path
from typing import Any

from bot.content import strict_yaml
from bot.prepared import Shelf, UnlikeError

# What was read otherwise is not taken from what was kept.
_CODE = Path(strict_yaml.__file__).read_bytes()
_DATE = "$date"


def parsed(raw: bytes) -> Any:
    """Return what a YAML file holds. Raises yaml.YAMLError and UnicodeDecodeError."""

    def read() -> Any:
        return strict_yaml.read(raw.decode("utf-8"))

    return _SHELF.take(_CODE + raw, read)


def _plain(value: Any) -> Any:
    if type(value) is date:
        return {_DATE: value.isoformat()}
    raise UnlikeError


def _as_it_was(found: dict[str, Any]) -> Any:
    return date.fromisoformat(found[_DATE]) if _DATE in found else found


def _read(file: Path) -> Any:
    return json.loads(file.read_bytes(), object_hook=_as_it_was)


def _write(file: Path, value: Any) -> None:
    text = json.dumps(value, ensure_ascii=False, default=_plain)
    if json.loads(text, object_hook=_as_it_was) != value:
        raise UnlikeError
    file.write_text(text, encoding="utf-8", errors="surrogatepass")


# As many as two versions of the whole library have files.
_SHELF = Shelf[Any](".yaml.json", _read, _write, 400)
