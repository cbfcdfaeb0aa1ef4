"""`bongsrey dataset export`: the ways of asking that girls gave to everybody, with a data card.

Only what was accepted, and whose giver has agreed in plain words that it is published under CC BY
4.0. Nothing tells who gave what or when: the lines are in the order of their own words.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

from bot.content import Content
from bot.editing import in_database
from bot.editing.dataset_card import Line as Line
from bot.editing.dataset_card import card
from bot.language.khmer import repair
from bot.private_files import private_folder, write_private
from bot.settings import Settings, SettingsError
from bot.teaching import live, words
from bot.teaching.targets import can_be_learned

LINES, CARD = "ways-of-asking.jsonl", "README.md"


def write(folder: Path, settings: Settings, content: Content) -> int:
    """Write the data set; return how many lines it has. Raises SettingsError."""
    rows = in_database.read(settings, live.given_openly)
    lines = distinct(
        Line(repair(row.text), row.language, row.target)
        for row in rows
        if can_be_learned(content, row.target)
    )
    _write(folder, lines)
    return len(lines)


def distinct(found: Iterable[Line]) -> list[Line]:
    """Return the lines in the order of their words, of those that say the same the first."""
    kept: dict[tuple[str, str], Line] = {}
    for line in sorted(found):
        kept.setdefault((words.key(line.text), line.target), line)
    return list(kept.values())


def _write(folder: Path, lines: Sequence[Line]) -> None:
    written = {LINES: "".join(f"{line.as_json()}\n" for line in lines), CARD: card(lines, LINES)}
    try:
        private_folder(folder)
        if strange := sorted({file.name for file in folder.iterdir()} - written.keys()):
            raise SettingsError(
                f"{folder} holds {strange[0]}, which is no part of the data set. Name a new "
                "folder."
            )
        for name, text in written.items():
            write_private(folder / name, text)
    except OSError as error:
        raise SettingsError(
            f"{folder} cannot be written ({error.strerror}). Name another folder."
        ) from None
