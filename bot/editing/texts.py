"""Every text a person may read, with its place, whatever its shape."""

from collections import Counter

from pydantic import BaseModel

from bot.content import Content
from bot.content.base import BASE_TONGUE, Text

_NAMES = ("id", "kind", "field", "topic")
# What may hold a text; most tuples are of plain words.
_HOLDS = (BaseModel, tuple)


def every_text(content: Content) -> list[tuple[str, Text]]:
    """Return each text with a name that stays the same while its words change."""
    found: list[tuple[str, Text]] = []
    for part in type(content).model_fields:
        _gather(getattr(content, part), part, found)
    for key in content.locales[BASE_TONGUE]:
        said = {tongue: words[key] for tongue, words in content.locales.items() if key in words}
        if said.keys() >= set(content.complete):
            found.append((f"locales.{key}", Text(said)))
    return found


def _gather(value: object, place: str, found: list[tuple[str, Text]]) -> None:
    if isinstance(value, Text):
        found.append((place, value))
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            _gather(getattr(value, name), f"{place}.{name}", found)
    elif isinstance(value, tuple) and any(isinstance(item, _HOLDS) for item in value):
        kinds = Counter(getattr(item, "kind", None) for item in value)
        for number, item in enumerate(value):
            name = next((str(n) for k in _NAMES if (n := getattr(item, k, None))), str(number))
            # A name is only a name where no neighbour has it too.
            twin = number if kinds[name] > 1 else ""
            _gather(item, f"{place}.{name}{twin}", found)
