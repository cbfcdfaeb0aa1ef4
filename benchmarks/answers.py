"""How well girls' own questions are understood: `make bench-answers` prints one table a measure.

The questions of `questions/street/` were written by people who knew nothing of the library, and
labelled afterwards with every target that would meet the need, wholly or in part. Nothing is
fitted on `judge`: `make bench-answers judge=judge` is a look at it, and is written down in
`questions/street/looks.md`. Published ways to match a question are measured beside ours on the
same targets in the same run.
"""

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime

from benchmarks import baselines
from bot.answering.answerer import Answerer, build_answerer
from bot.answering.targets import NO_QUESTION, targets_of
from bot.answering.verdict import Verdict
from bot.content import Content, load_content
from bot.editing.labelled import LANGUAGES, Labelled, read
from bot.editing.street import STREET, Street, street
from bot.safety.danger import Level
from bot.settings import CONTENT

LOOKS = STREET / "looks.md"
# What can come of a question, from best to worst.
OUTCOMES = ("right", "one tap", "partly", "lost", "wrong", "false alarm")


def main() -> None:
    """Print the tables; with the argument `judge` of the judge set, with `misses` every miss."""
    part = "judge" if "judge" in sys.argv[1:] else "tune"
    content = load_content(CONTENT)
    answerer = build_answerer(content)
    asked = street(part)
    if not asked:
        raise SystemExit(f"questions/street/{part} holds no question")
    verdicts = {q: answerer.consider(q.text) for q in asked}
    print(f"{part}: {len(asked)} messages of {len({q.writer for q in asked})} writers\n")
    summary = print_ours(asked, verdicts) | print_kinds(asked, verdicts)
    # A look that is broken off was a look.
    _keep(part, summary)
    print_baselines(content, asked, verdicts)
    print_reliability(asked, verdicts)
    print_known(answerer, content)
    if "misses" in sys.argv[1:]:
        print_misses(asked, verdicts)


def _percent(part: float, whole: float) -> str:
    return f"{100 * part / whole:5.1f}" if whole else "    -"


def outcome(q: Street, verdict: Verdict) -> str:
    """Return what came of a question that has a target."""
    if verdict.decision == "safety":
        return "false alarm"
    full, helpful = set(q.full), {*q.full, *q.partial}
    shown = {c.key for c in verdict.shown}
    offered = {c.key for c in verdict.candidates}
    if verdict.decision in ("answer", "smalltalk"):
        if shown & full:
            return "right"
        if verdict.decision == "answer" and offered & full and verdict.doubtful:
            return "one tap"
        return "partly" if shown & helpful else "wrong"
    if verdict.decision == "clarify":
        return "one tap" if offered & full else "partly" if offered & helpful else "lost"
    return "lost"


def _rows(asked: Sequence[Street]) -> Iterable[tuple[str, list[Street]]]:
    for language in LANGUAGES:
        yield language, [q for q in asked if q.language == language]
    yield "all", list(asked)


def print_ours(asked: Sequence[Street], verdicts: dict[Street, Verdict]) -> dict[str, str]:
    """Print what came of questions that have a target, by how they are written, in per cent."""
    summary: dict[str, str] = {}
    for title, has in (
        ("a full target in the library", lambda q: bool(q.full)),
        ("a full or partial target", lambda q: bool(q.full or q.partial)),
    ):
        known = [q for q in asked if q.kind in ("question", "two") and has(q)]
        print(f"questions with {title} (%)")
        print("          n  right  or one tap  partly   lost  wrong  false alarm")
        for name, own in _rows(known):
            came = Counter(outcome(q, verdicts[q]) for q in own)
            n = len(own)
            cells = [came["right"], came["right"] + came["one tap"], came["partly"],
                     came["lost"], came["wrong"], came["false alarm"]]  # fmt: skip
            line = "  ".join(_percent(cell, n) for cell in cells)
            print(f"{name:6}{n:5}  {line}")
            summary[f"{name}, {title}"] = line
        print()
    return summary


def print_kinds(asked: Sequence[Street], verdicts: dict[Street, Verdict]) -> dict[str, str]:
    """Print what came of everything else that was asked, and of danger, in per cent."""

    def of_kind(*kinds: str) -> list[Street]:
        return [q for q in asked if q.kind in kinds]

    every, danger = of_kind("question", "two"), of_kind("danger")
    nothing = [q for q in every if not q.full and not q.partial]
    two = [q for q in of_kind("two") if len(q.full) > 1]
    calm = [q for q in asked if q.kind != "danger"]
    level = {q: verdicts[q].danger and verdicts[q].danger.level for q in asked}
    decided = {q: verdicts[q].decision for q in asked}
    met = {
        q: {c.key for c in (*verdicts[q].shown, *verdicts[q].candidates)} & {*q.full}
        for q in (*two, *of_kind("outside"))
    }
    rows: dict[str, tuple[list[Street], Callable[[Street], bool]]] = {
        "questions with a full target": (every, lambda q: bool(q.full)),
        "nothing here, answered all the same": (nothing, lambda q: decided[q] == "answer"),
        "outside, let through as an answer": (
            of_kind("outside"),
            # A kind “this I cannot do” is an answer of the library too, where readers accept it.
            lambda q: decided[q] == "answer" and not met[q],
        ),
        "small talk met": (of_kind("smalltalk"), lambda q: decided[q] == "smalltalk"),
        "two questions, both met or offered": (two, lambda q: len(met[q]) > 1),
        "care where there is no danger": (calm, lambda q: level[q] is Level.CARE),
        "a gentle line there": (calm, lambda q: level[q] is Level.GENTLE),
        "danger met with care": (danger, lambda q: level[q] is Level.CARE),
        "danger met with care or gently": (danger, lambda q: level[q] is not None),
    }
    shares = {
        name: f"{_percent(sum(map(good, own)), len(own)).strip()} of {len(own)}"
        for name, (own, good) in rows.items()
    }
    print("\n".join(f"{name}: {share}" for name, share in shares.items()), end="\n\n")
    return shares


def print_baselines(
    content: Content, asked: Sequence[Street], verdicts: dict[Street, Verdict]
) -> None:
    """Print how often the first, or one of the first three, is right, if it always answered."""
    known = [q for q in asked if q.kind in ("question", "two") and q.full]
    targets = [t for t in targets_of(content) if t.kind not in NO_QUESTION]
    print("first of all targets is right (%)  " + "".join(f"{x:>7}" for x in (*LANGUAGES, "all"))
          + "   one of three")  # fmt: skip

    def row(name: str, found: dict[Street, list[str]]) -> None:
        cells = []
        for _, own in _rows(known):
            cells.append(_percent(sum(bool({*found[q][:1]} & {*q.full}) for q in own), len(own)))
        three = _percent(sum(bool({*found[q]} & {*q.full}) for q in known), len(known))
        print(f"{name:35}" + "".join(f"{cell:>7}" for cell in cells) + f"   {three}")

    row("Bong Srey", {q: [c.key for c in verdicts[q].candidates] for q in known})
    for name, build in baselines.ALL.items():
        match = build(targets)
        row(name, {q: [key for key, _ in match(q.text)[:3]] for q in known})
    print()


def print_reliability(asked: Sequence[Street], verdicts: dict[Street, Verdict]) -> None:
    """Print, for each tenth of certainty, how often the first was right."""
    bins: list[list[bool]] = [[] for _ in range(10)]
    for q in asked:
        if q.kind in ("question", "two") and (found := verdicts[q].candidates):
            place = min(int(verdicts[q].score * 10), 9)
            bins[place].append(found[0].key in q.full)
    print("certainty of the first, and how often it was right (%)")
    for place, right in enumerate(bins):
        if right:
            print(f"  {place / 10:.1f}-{(place + 1) / 10:.1f}  {_percent(sum(right), len(right))}"
                  f" of {len(right)}")  # fmt: skip
    print()


def print_known(answerer: Answerer, content: Content) -> None:
    """Print the older set, whose writers were handed the entry: a test against falling back."""
    questions = read("judge.tsv")
    inside = [q for q in questions if q.label in content.entries]
    outside = [q for q in questions if q.label == "oos"]

    def first(q: Labelled) -> str | None:
        found = answerer.consider(q.text, safe=True).candidates
        return found[0].id if found else None

    print("older questions, written for an entry: first is right (%)")
    for language in (*LANGUAGES, "all"):
        own = [q for q in inside if language in (q.language, "all")]
        print(
            f"  {language:5}{len(own):5} {_percent(sum(first(q) == q.label for q in own), len(own))}"
        )
    let = sum(answerer.consider(q.text, safe=True).decision == "answer" for q in outside)
    print(f"  outside let through {_percent(let, len(outside))} of {len(outside)}\n")


def print_misses(asked: Sequence[Street], verdicts: dict[Street, Verdict]) -> None:
    """Print every question whose target was not shown."""
    for q in asked:
        if q.kind in ("question", "two") and (q.full or q.partial):
            verdict = verdicts[q]
            came = outcome(q, verdict)
            if came != "right":
                got = ", ".join(f"{c.key} {c.score:.2f}" for c in verdict.candidates)
                print(f"[{came}, {q.language}] {q.text}\n    wanted {' '.join(q.full)} "
                      f"({' '.join(q.partial)}); {verdict.decision} {got}")  # fmt: skip


def _keep(part: str, summary: dict[str, str]) -> None:
    print(json.dumps({"bench": "answers", "set": part, "shares": summary}), end="\n\n")
    if part == "judge":
        with LOOKS.open("a", encoding="utf-8") as file:
            rows = "; ".join(f"{name}: {' '.join(line.split())}" for name, line in summary.items())
            file.write(f"- {datetime.now(UTC):%Y-%m-%d %H:%M}: {rows}\n")


if __name__ == "__main__":
    main()
