"""Checks of what the relay looks for: patterns can be read, and do what their examples say."""

from collections.abc import Iterator
from pathlib import Path

from bot.content.base import BASE_TONGUE
from bot.content.library import Content
from bot.content.load import load_relay
from bot.content.relay import REASONS, Relay
from bot.editing.well import Well, code_of
from bot.mentoring.contact.normalise import readings
from bot.mentoring.contact.patterns import (
    Groups,
    PatternError,
    Sought,
    allowed_gone,
    allowed_pattern,
    shared_words,
    weight,
)

# What decides whether a pattern finds its examples.
_CODE = ("mentoring/contact", "language", "content/relay.py", "editing/check_relay.py")


def problems(content: Content, root: Path, well: Well) -> Iterator[str]:
    """Yield what is wrong with the files of `safety/relay/`. Raises ContentError for a bad one."""
    known = load_relay(root)
    for reason in REASONS:
        for key in (f"stopped.{reason}", f"held.{reason}", f"why.{reason}"):
            if key not in content.locales[BASE_TONGUE]:
                yield f"locales: “{key}” is missing: say why a message does not pass."
    told = repr(known).encode("utf-8", "surrogatepass"), code_of(*_CODE)
    if well.knows(*told):
        return
    wrong = list(_patterns(known))
    if not wrong:
        well.is_well(*told)
    yield from wrong


def _patterns(known: Relay) -> Iterator[str]:
    try:
        Groups(known)
        allowed_pattern(known.allowed)
    except PatternError as error:
        yield f"safety/relay/{error}"
        return
    for name, theme in known.themes.items():
        file = f"safety/relay/{name}.yaml"
        try:
            sought = Sought(name, theme, shared_words(known))
        except PatternError as error:
            yield f"safety/relay/{error}"
            continue
        for text in theme.finds:
            if not _keeps(sought, text):
                yield f"{file}: “{text}” is not found: mend a pattern or the example."
        for text in theme.passes:
            if _keeps(sought, text):
                yield f"{file}: “{text}” should pass: narrow the pattern, or add it to `harmless`."


def _keeps(sought: Sought, text: str) -> bool:
    read = readings(text)
    found = sought.find(read, allowed_gone(read))
    patterns = sought.theme.patterns
    return any(weight(patterns[place], by_mentor=True) != "pass" for place in found)
