"""What a language that need not be complete still lacks: no mistake, but good to know."""

from collections import defaultdict
from collections.abc import Iterator

from bot.content import Content
from bot.content.base import BASE_TONGUE, Tongue
from bot.content.load import PARTS
from bot.editing.texts import every_text


def lacking(content: Content) -> Iterator[str]:
    """Yield a line for each such language: how many texts of which files, the first of each."""
    texts = list(every_text(content))
    base = content.tongues[BASE_TONGUE].name
    for tongue, of in content.tongues.items():
        missing: dict[str, list[str]] = defaultdict(list)
        for place, text in texts:
            if tongue not in text.root:
                file, name = _where(tongue, place)
                missing[file].append(name)
        if missing:
            count = sum(map(len, missing.values()))
            files = ", ".join(f"{file} {len(n)} (first {n[0]})" for file, n in missing.items())
            yield f"{of.name}: {count} of {len(texts)} texts are still said in {base}: {files}."


def _where(tongue: Tongue, place: str) -> tuple[str, str]:
    part, _, name = place.partition(".")
    return (f"locales/{tongue}/" if part == "locales" else PARTS[part][0]), name
