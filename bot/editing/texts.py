"""Every text a person may read, with its place, whatever its shape."""

from collections import Counter
from collections.abc import Iterator

from pydantic import BaseModel

from bot.content import Content
from bot.content.base import BASE_TONGUE, Text

_NAMES = ("id", "kind", "field", "topic")


def every_text(content: Content) -> Iterator[tuple[str, Text]]:
    """Yield each text with a name that stays the same while its words change."""
    for part in type(content).model_fields:
        yield from _within(getattr(content, part), part)
    for key in content.locales[BASE_TONGUE]:
        said = {tongue: words[key] for tongue, words in content.locales.items() if key in words}
        if said.keys() >= set(content.complete):
            yield f"locales.{key}", Text(said)


def _within(value: object, place: str) -> Iterator[tuple[str, Text]]:
    if isinstance(value, Text):
        yield place, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _within(getattr(value, name), f"{place}.{name}")
    elif isinstance(value, tuple):
        kinds = Counter(getattr(item, "kind", None) for item in value)
        for number, item in enumerate(value):
            name = next((str(n) for k in _NAMES if (n := getattr(item, k, None))), str(number))
            # A name is only a name where no neighbour has it too.
            twin = number if kinds[name] > 1 else ""
            yield from _within(item, f"{place}.{name}{twin}")
