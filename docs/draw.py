"""Draws the pages of docs/ that follow from the code: `make docs`. A test fails when they differ.

The picture in `architecture.md` stands between two marks in the page; the words around it are
written by hand. `doors.md` is drawn as a whole.
"""

import inspect
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import grimp

from bot.rights import May
from bot.screens.awaited import Awaited
from bot.screens.taps import Who
from handlers import ROUTES
from handlers.feature import Feature

ROOT = Path(__file__).parents[1]
ARCHITECTURE = ROOT / "docs" / "architecture.md"
BEGIN, END = "<!-- drawn from the code: make docs -->", "<!-- end of the drawing -->"
DOORS = ROOT / "docs" / "doors.md"
Arrows = dict[str, set[str]]


def rooms_and_arrows() -> Arrows:
    """Return every room and the rooms that it imports from."""
    graph = grimp.build_graph("bot", "handlers")
    arrows: Arrows = {}
    for module in graph.modules:
        room = _room(module)
        to = {_room(other) for other in graph.find_modules_directly_imported_by(module)}
        arrows.setdefault(room, set()).update(to - {room})
    return arrows


def _room(module: str) -> str:
    return ".".join(module.split(".")[:2])


def _gathered(arrows: Arrows) -> Arrows:
    """Return the rooms with the files that need nobody in one box, for the eye's sake."""
    ground = {r for r in arrows if not arrows[r] and not (ROOT / r.replace(".", "/")).is_dir()}
    name = ", ".join(sorted(room.split(".")[-1] for room in ground))
    return {
        room: {f"bot.{name}" if other in ground else other for other in to}
        for room, to in arrows.items()
        if room not in ground and room != "bot"
    } | {f"bot.{name}": set()}


def drawn(arrows: Arrows) -> str:
    """Return the picture in Mermaid: an arrow that follows from others is left out."""
    arrows = _gathered(arrows)
    lines = ["```mermaid", "flowchart TD"]
    for top in ("handlers", "bot"):
        lines.append(f"    subgraph {top}")
        lines += [f"        {_name(r)}[{r.split('.')[-1]}]" for r in sorted(arrows) if _in(r, top)]
        lines.append("    end")
    for room in sorted(arrows):
        lines += [f"    {_name(room)} --> {_name(to)}" for to in sorted(_needed(arrows, room))]
    return "\n".join([*lines, "```"])


def _in(room: str, top: str) -> bool:
    return room.split(".")[0] == top


def _name(room: str) -> str:
    return "ground" if "," in room else room.replace(".", "_")


def _needed(arrows: Arrows, room: str) -> set[str]:
    """Return the arrows of a room that no longer way stands for."""
    further: set[str] = set()
    ahead = [after for to in arrows[room] for after in arrows[to]]
    while ahead:
        if (to := ahead.pop()) not in further:
            further.add(to)
            ahead += arrows[to]
    return arrows[room] - further


def architecture(arrows: Arrows) -> str:
    """Return the page with its picture drawn anew."""
    page = ARCHITECTURE.read_text(encoding="utf-8")
    before, _, rest = page.partition(BEGIN)
    after = rest.partition(END)[2]
    said = f"{len(arrows)} rooms, {sum(map(len, arrows.values()))} arrows."
    return f"{before}{BEGIN}\n{drawn(arrows)}\n\n{said}\n{END}{after}"


def doors() -> str:
    """Return the page that lists every command, button, awaited answer and chore."""
    lines = [
        "# Every door",
        "",
        "Drawn from the features' own values by `make docs`; do not edit. What a girl, a mentor",
        "or a coordinator can say, tap or be asked for, what the clock does, and who answers.",
        "The name of a button is what its callback data begins with, and never changes.",
    ]
    for feature in ROUTES.features:
        lines += [
            "",
            f"## {feature.name}",
            "",
            "| door | for | does | where |",
            "|---|---|---|---|",
        ]
        lines += [
            f"| {door} | {_whom(who)} | {_does(handler)} | {_where(handler)} |"
            for door, who, handler in _doors_of(feature)
        ]
    return "\n".join(lines) + "\n"


def _whom(who: str) -> str:
    return f"the desk: {who}" if isinstance(who, May) else who


def _doors_of(feature: Feature) -> Iterator[tuple[str, str, Callable[..., Any]]]:
    for name, handler in feature.commands.items():
        yield f"`/{name}`", Who.EVERYBODY, handler
    for name, (may, handler) in feature.staff_commands.items():
        yield f"`/{name}`", may, handler
    for tap, handler in feature.taps.items():
        yield f"button `{tap.name}`", tap.who, handler
    for awaited, answered in feature.awaited.items():
        yield f"answer to `{_said(awaited)}`", awaited.who, answered
    for awaited, pictured in feature.pictures.items():
        yield f"picture for `{_said(awaited)}`", awaited.who, pictured
    for duty in feature.duties:
        yield f"every {_long(duty.every)}: {duty.name}", "the clock", duty.does


def _long(every: timedelta) -> str:
    seconds = int(every.total_seconds())
    size, unit = next((n, u) for n, u in ((3600, "h"), (60, "min"), (1, "s")) if seconds % n == 0)
    return f"{seconds // size} {unit}"


def _said(awaited: type[Awaited]) -> str:
    return awaited.name if awaited.part is None else f"{awaited.name}: {awaited.part}"


def _does(handler: Callable[..., Any]) -> str:
    return (inspect.getdoc(handler) or "").partition("\n")[0].replace("|", "\\|")


def _where(handler: Callable[..., Any]) -> str:
    module = inspect.getmodule(handler)
    name = getattr(handler, "__qualname__", type(handler).__qualname__)
    return f"`{module.__name__ if module else '?'}.{name}`"


def pages() -> dict[Path, str]:
    """Return every page that is drawn, with what it should hold."""
    return {ARCHITECTURE: architecture(rooms_and_arrows()), DOORS: doors()}


if __name__ == "__main__":
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")
        sys.stdout.write(f"{path.relative_to(ROOT)}\n")
