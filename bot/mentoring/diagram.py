"""Draws `docs/mentoring.md` from the table of moves, so that what is drawn is what runs."""

from collections.abc import Iterator
from pathlib import Path

from bot.mentoring.states import MENTOR_MOVES, MOVES, OPEN, State
from bot.settings import ROOT

FILE = ROOT / "docs" / "mentoring.md"

_HEAD = """# Mentoring: how an introduction goes

Drawn from `bot/mentoring/states.py` by `bongsrey mentoring diagram --write`; do not edit. A test
fails when this page is not what the code says.

A girl asks, a coordinator approves, a mentor accepts, the girl begins. Every arrow is a move in
one table that also says who may make it; nothing changes an introduction in any other way, each
move is recorded with who and when, and those concerned are told of it once. An open introduction
always has a time at which the clock looks at it again, so nobody waits in silence.
"""
_VETTING = """
## How a mentor is vetted

Two coordinators: one completes the checklist (identity, two references, interview, training,
police record or why not) with where each proof is kept, another signs. A clearance runs out.
"""


def document() -> str:
    """Return the whole page."""
    return "\n".join(
        (
            _HEAD,
            "```mermaid",
            "stateDiagram-v2",
            *_arrows(),
            "```",
            "",
            "| move | from | to | who | means |",
            "| --- | --- | --- | --- | --- |",
            *_rows(),
            _VETTING,
            "```mermaid",
            "stateDiagram-v2",
            "    [*] --> draft",
            *(
                f"    {before} --> {move.after}: {move.name} ({move.who})"
                for move in MENTOR_MOVES
                for before in move.before
            ),
            "```",
            "",
            "| move | who | means |",
            "| --- | --- | --- |",
            *(f"| {move.name} | {move.who} | {move.means} |" for move in MENTOR_MOVES),
            "",
        )
    )


def _arrows() -> Iterator[str]:
    for move in MOVES:
        who = ", ".join(sorted(move.who))
        if not move.before:
            yield f"    [*] --> {move.after}: {move.name} ({who})"
        for before in sorted(move.before):
            yield f"    {before} --> {move.after or before}: {move.name} ({who})"
    for state in State:
        if state not in OPEN:
            yield f"    {state} --> [*]"


def _rows() -> Iterator[str]:
    for move in MOVES:
        before = ", ".join(sorted(move.before)) or "–"
        yield (
            f"| {move.name} | {before} | {move.after or 'stays'} | "
            f"{', '.join(sorted(move.who))} | {move.means} |"
        )


def write(file: Path = FILE) -> None:
    """Write the page."""
    file.write_text(document(), encoding="utf-8")
