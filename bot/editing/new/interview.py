"""Asks for everything that a kind needs, shows it, and writes it at the end of its file."""

from pathlib import Path
from typing import Any

from bot.editing.new.forms import YesNo, answers, put
from bot.editing.new.kinds import Kind
from bot.editing.new.talk import Talk
from bot.editing.writing import BLANK, as_yaml

_WELCOME = """\
A new {kind}: {what}. One question comes after the other.
Write ... for what is still to be written. Ctrl-C stops, and then nothing is written."""


def interview(kind: Kind, talk: Talk, root: Path) -> bool:
    """Ask, show, write and say so; return whether it was written.

    Whoever leaves in the middle (Ctrl-C, Ctrl-D) has written nothing, and is told so.
    """
    try:
        talk.say(_WELCOME.format(kind=kind.name, what=kind.what))
        shelf = put(kind.shelf, talk) if kind.shelf else ""
        item = answers(kind.questions, talk)
        file, written = kind.file.format(shelf=shelf), _as_item(kind, item)
        talk.say(f"\nThis is what will be written:\n\n{written}\nWrite it to content/{file}?")
        sure = YesNo().ask(talk)
    except (EOFError, KeyboardInterrupt):
        sure = False
        talk.say("")
    if not sure:
        talk.say("Nothing was written.")
        return False
    _append(kind, root / file, shelf, written)
    fill_in = f" Fill in every {BLANK} there." if BLANK in written else ""
    talk.say(
        f"“{item['id']}” is at the end of content/{file}.{fill_in}\n"
        "Next, run: bongsrey content check"
    )
    return True


def _as_item(kind: Kind, item: dict[str, Any]) -> str:
    """Return it as an item of the file's list."""
    _, _, written = as_yaml({kind.list_key: [item]}).partition("\n")
    return written


def _append(kind: Kind, path: Path, shelf: str, written: str) -> None:
    """Write it after all that is there; a shelf on which nothing stands yet gets its file."""
    if path.exists():
        before = f"{path.read_text(encoding='utf-8').rstrip()}\n\n"
    else:
        head = f"{kind.shelf.key}: {shelf}\n" if kind.shelf else ""
        before = f"{head}{kind.list_key}:\n"
    path.write_text(before + written, encoding="utf-8")
