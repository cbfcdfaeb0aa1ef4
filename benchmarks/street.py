"""How well girls' own messages are understood: `make bench-answers` prints one table a
measure.

Nothing is fitted or tuned on `judge`: `make bench-answers judge=judge` is a look at it, and is
written down in `questions/street/looks.md`. Published ways to match a question to an entry are
measured beside ours in the same run.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from benchmarks import baselines
from bot.answering.answerer import Answerer, Verdict, build_answerer
from bot.answering.ranking import documents_of
from bot.content import Content, load_content
from bot.editing.labelled import LANGUAGES
from bot.editing.street import STREET, Street, asks, street
from bot.safety.watch import Level
from bot.settings import CONTENT

LOOKS = STREET / "looks.md"
# What can come of a question, from best to worst.
OUTCOMES = ("right", "one tap", "partly", "lost", "wrong", "alarm")


def main() -> None:
    """Print the tables of `tune`, or of `judge`; with `misses` every question that went wrong."""
    part = "judge" if "judge" in sys.argv[1:] else "tune"
    content = load_content(CONTENT)
    answerer = build_answerer(content)
    asked = street(part)
    verdicts = {q: answerer.consider(q.text) for q in asked}
    print(f"{part}: {len(asked)} messages of {len({q.writer for q in asked})} writers\n")
    shares = print_questions(asked, verdicts)
    shares |= print_others(asked, verdicts)
    print_baselines(content, asked, verdicts)
    print_from_needs(answerer)
    if "misses" in sys.argv[1:]:
        print_misses(asked, verdicts)
    print(json.dumps({"bench": "street", "set": part, "shares": shares}))
    if part == "judge":
        told = "; ".join(f"{name} {value}" for name, value in shares.items())
        with LOOKS.open("a", encoding="utf-8") as file:
            file.write(f"- {datetime.now(UTC):%Y-%m-%d %H:%M}: {told}\n")


def shown_by(verdict: Verdict) -> set[str]:
    """Return the targets that a verdict shows at once."""
    if verdict.decision == "career":
        return {f"career:{verdict.career}"}
    entries = {f"faq:{name}" for name in verdict.ids} if verdict.answers else set()
    return entries | ({"feature:mentor"} if verdict.decision == "mentor" else set())


def offered_by(verdict: Verdict) -> set[str]:
    """Return the targets that are one tap away."""
    entries = (
        {f"faq:{c.id}" for c in verdict.candidates} if verdict.library == "clarify" else set()
    )
    return entries | ({f"list:{verdict.wish.shelf}"} if verdict.wish is not None else set())


def outcome(q: Street, verdict: Verdict) -> str:
    """Return what came of a question: one of OUTCOMES."""
    if verdict.decision == "safety":
        return "alarm"
    full, helpful = set(q.full), {*q.full, *q.partial}
    shown, offered = shown_by(verdict), offered_by(verdict)
    if verdict.library == "handoff" and not verdict.outside:
        # Where nothing answers, the list that she looks for is shown at once.
        shown, offered = shown | offered, set()
    if shown & full:
        return "right"
    if offered & full:
        return "one tap"
    if (shown | offered) & helpful:
        return "partly"
    return "wrong" if shown or verdict.decision == "smalltalk" else "lost"


def _percent(part: float, whole: float) -> str:
    return f"{100 * part / whole:5.1f}" if whole else "    -"


def _by_language(asked: Sequence[Street]) -> Iterator[tuple[str, list[Street]]]:
    for language in LANGUAGES:
        yield language, [q for q in asked if q.language == language]
    yield "all", list(asked)


def print_questions(asked: Sequence[Street], verdicts: dict[Street, Verdict]) -> dict[str, str]:
    """Print what came of the questions that have a target, by how they are written."""
    shares: dict[str, str] = {}
    questions = [q for q in asked if q.kind in ("question", "two")]
    full = [q for q in questions if q.full]
    either = [q for q in questions if q.full or q.partial]
    for title, known in (("with a full target", full), ("with a full or partial target", either)):
        print(
            f"questions {title} (%)\n          n  right  right or one tap  partly   lost  wrong  alarm"
        )
        for language, own in _by_language(known):
            came = Counter(outcome(q, verdicts[q]) for q in own)
            cells = [came["right"], came["right"] + came["one tap"],
                     *(came[name] for name in OUTCOMES[2:])]  # fmt: skip
            row = [_percent(cell, len(own)) for cell in cells]
            print(f"{language:6}{len(own):5}  {row[0]}  {row[1]:>16}  "
                  + "  ".join(f"{cell:>6}" for cell in row[2:]))  # fmt: skip
            shares[f"{title}, {language} ({len(own)})"] = "/".join(cell.strip() for cell in row)
        print()
    print(f"questions with a full target: {_percent(len(full), len(questions))} "
          f"of {len(questions)}")  # fmt: skip
    return shares


def print_others(asked: Sequence[Street], verdicts: dict[Street, Verdict]) -> dict[str, str]:
    """Print what came of everything that has no target, and of danger."""

    def counted(of: Sequence[Street], good: Sequence[bool]) -> str:
        return f"{_percent(sum(good), len(of)).strip()} of {len(of)}"

    own = {
        kind: [q for q in asked if q.kind == kind] for kind in ("outside", "smalltalk", "danger")
    }
    nothing = [q for q in asked if q.kind in ("question", "two") and not q.full and not q.partial]
    two = [q for q in asked if q.kind == "two" and len(q.full) > 1]
    calm = [q for q in asked if q.kind != "danger"]
    levels = {q: d.level if (d := verdicts[q].danger) else None for q in asked}
    shares = {
        "outside let through": counted(
            own["outside"], [bool(shown_by(verdicts[q])) for q in own["outside"]]
        ),
        "nothing here, answered all the same": counted(
            nothing, [bool(shown_by(verdicts[q])) for q in nothing]
        ),
        "small talk met": counted(
            own["smalltalk"], [verdicts[q].decision == "smalltalk" for q in own["smalltalk"]]
        ),
        "two questions, both met or offered": counted(
            two,
            [
                len((shown_by(verdicts[q]) | offered_by(verdicts[q])) & set(q.full)) > 1
                for q in two
            ],
        ),
        "care where there is no danger": counted(calm, [levels[q] is Level.CARE for q in calm]),
        "a gentle line there": counted(calm, [levels[q] is Level.GENTLE for q in calm]),
        "danger met with care": counted(
            own["danger"], [levels[q] is Level.CARE for q in own["danger"]]
        ),
        "danger met with care or gently": counted(
            own["danger"], [levels[q] is not None for q in own["danger"]]
        ),
    }
    for name, share in shares.items():
        print(f"{name}: {share}")
    print()
    return shares


def print_baselines(
    content: Content, asked: Sequence[Street], verdicts: dict[Street, Verdict]
) -> None:
    """Print how often the first entry, and one of three, is right, if each always answered."""
    known = [q for q in asked if any(key.startswith("faq:") for key in q.full)]
    documents = [d for d in documents_of(content) if d.kind == "faq"]
    print("questions with an entry: the first is right (%)" + "".join(
        f"{x:>7}" for x in (*LANGUAGES, "all")) + "   one of three")  # fmt: skip

    def row(name: str, found: dict[Street, list[str]]) -> None:
        cells = [
            _percent(sum(bool({*found[q][:1]} & {*q.full}) for q in own), len(own))
            for _, own in _by_language(known)
        ]
        three = _percent(sum(bool({*found[q][:3]} & {*q.full}) for q in known), len(known))
        print(f"{name:47}" + "".join(f"{cell:>7}" for cell in cells) + f"   {three}")

    row("Bong Srey", {q: [f"faq:{c.id}" for c in verdicts[q].candidates] for q in known})
    for name, build in baselines.ALL.items():
        match = build(documents)
        row(name, {q: [f"faq:{i}" for i, _ in match(q.text)[:3]] for q in known})
    print()


def print_from_needs(answerer: Answerer) -> None:
    """Print how often what was asked from a need finds its entry first, and among three."""
    print("asked from a need      n  first  one of three (%)")
    asked = [a for a in asks() if a.target.startswith("faq:")]
    for language in (*LANGUAGES, "all"):
        own = [a for a in asked if language in (a.language, "all")]
        found = [
            [f"faq:{c.id}" for c in answerer.consider(a.text, safe=True).candidates] for a in own
        ]
        first = sum(a.target in keys[:1] for a, keys in zip(own, found, strict=True))
        three = sum(a.target in keys for a, keys in zip(own, found, strict=True))
        print(f"{language:18}{len(own):6}  {_percent(first, len(own))}         "
              f"{_percent(three, len(own))}")  # fmt: skip
    print()


def print_misses(asked: Sequence[Street], verdicts: dict[Street, Verdict]) -> None:
    """Print every question whose target was not shown."""
    for q in asked:
        if q.kind in ("question", "two") and (q.full or q.partial):
            came = outcome(q, verdicts[q])
            if came != "right":
                got = ", ".join(f"{c.id} {c.score:.2f}" for c in verdicts[q].candidates)
                print(f"[{came}, {q.language}] {q.text}\n    wanted {' '.join(q.full)} "
                      f"({' '.join(q.partial)}); {verdicts[q].decision} {got}")  # fmt: skip


if __name__ == "__main__":
    main()
