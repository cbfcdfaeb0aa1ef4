"""How well danger is heard: `make bench-danger` prints what blind writers' messages would meet.

`benchmarks/danger/tune/` serves to set the bands; `benchmarks/danger/judge/` judges, and each look
at it (argument `judge`) is written into `benchmarks/danger/looks.md` with its figures, by way of
writing and by kind. Ordinary are the held-out questions of `benchmarks/questions/judge.tsv`, those
about danger left out. The baseline is the reviewed signs alone, in the same run. For `tune` also:
how far the model's likeness can be trusted as a probability, in ten bins.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import mean

from bot.answering.answerer import build_watch
from bot.content import load_content
from bot.editing.labelled import LANGUAGES, read
from bot.language.encoder import load_encoder
from bot.safety.danger_model import DangerModel
from bot.safety.watch import DangerWatch
from bot.settings import CONTENT, ROOT

FOLDER = ROOT / "benchmarks" / "danger"
LOOKS = FOLDER / "looks.md"
BINS = 10


@dataclass(frozen=True)
class Line:
    """A message with what two readers say that it should meet: care, gentle or none."""

    language: str
    level: str
    kind: str
    text: str
    writer: str


def lines(name: str) -> list[Line]:
    """Return the messages of `fit`, `tune` or `judge`."""
    return [
        Line(language, level, kind, text, path.stem)
        for path in sorted((FOLDER / name).glob("*.tsv"))
        for row in path.read_text(encoding="utf-8").splitlines()
        if row and not row.startswith("#")
        for language, level, kind, text in [row.split("\t")]
    ]


Hears = Callable[[str], str]


def shares(met: list[str]) -> tuple[float, float]:
    """Return the share that met care, and that met care or a gentle line."""
    size = max(len(met), 1)
    return met.count("care") / size, (len(met) - met.count("none")) / size


def table(rows: list[Line], ordinary: list[str], hears: Hears) -> dict[str, tuple[float, float]]:
    """Return, for each row of the table, the shares with care, and with care or gentle."""
    met = {row: hears(row.text) for row in rows}
    found = {}
    for language in (*LANGUAGES, "all"):
        own = [r for r in rows if r.level == "care" and language in (r.language, "all")]
        found[f"danger {language}"] = shares([met[r] for r in own])
    for kind in sorted({r.kind for r in rows if r.level == "care"}):
        own = [r for r in rows if r.level == "care" and r.kind == kind]
        found[f"danger: {kind} ({len(own)})"] = shares([met[r] for r in own])
    found["doubtful"] = shares([met[r] for r in rows if r.level == "gentle"])
    found["look-alikes and others"] = shares([met[r] for r in rows if r.level == "none"])
    found["ordinary questions"] = shares([hears(text) for text in ordinary])
    return found


def reliability(
    rows: list[Line], likeness: Callable[[str], float]
) -> list[tuple[int, float, float]]:
    """Return, for each tenth of the likeness, how many messages, their mean, how many of danger.

    What two readers held for doubtful is left out.
    """
    told = [(likeness(row.text), row.level == "care") for row in rows if row.level != "gentle"]
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for value, is_danger in told:
        bins[min(int(value * BINS), BINS - 1)].append((value, is_danger))
    return [
        (len(b), mean(v for v, _ in b), mean(float(d) for _, d in b)) if b else (0, 0.0, 0.0)
        for b in bins
    ]


def main() -> None:
    """Print the table of `tune`; with the argument `judge` that of `judge`, and note the look."""
    name = "judge" if "judge" in sys.argv[1:] else "tune"
    content = load_content(CONTENT)
    model = DangerModel()
    watch, signs = build_watch(content, load_encoder()), DangerWatch(content.signs)

    def level(by: DangerWatch) -> Hears:
        return lambda text: str(found.level) if (found := by.look(text)) else "none"

    rows = lines(name)
    ordinary = [q.text for q in read("judge.tsv") if q.label not in content.signs.spoken_of]
    ours, base = (table(rows, ordinary, level(by)) for by in (watch, signs))
    print(f"{name}: {len(rows)} messages, {len(ordinary)} ordinary questions\n")
    print(f"{'%':28} care  care or gentle   signs alone")
    for title, (care, either) in ours.items():
        print(f"{title:28}{100 * care:5.1f}           {100 * either:5.1f}"
              f"         {100 * base[title][0]:5.1f}")  # fmt: skip
    print(json.dumps({"bench": "danger", "set": name, "shares": ours}))
    if name == "judge":
        _note(ours)
    else:
        print("\nlikeness   messages   mean   of danger")
        found = reliability(rows, lambda text: model.look(text).danger)
        for place, (size, value, danger) in enumerate(found):
            print(f"{place / BINS:.1f}-{(place + 1) / BINS:.1f}{size:12}{value:8.2f}{danger:9.2f}")


def _note(ours: dict[str, tuple[float, float]]) -> None:
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    ).stdout.strip()
    told = ", ".join(
        f"{title} {100 * care:.1f}/{100 * either:.1f}" for title, (care, either) in ours.items()
    )
    with LOOKS.open("a", encoding="utf-8") as log:
        log.write(f"- {datetime.now(UTC):%Y-%m-%d %H:%M} at {commit}: {told}\n")


if __name__ == "__main__":
    main()
