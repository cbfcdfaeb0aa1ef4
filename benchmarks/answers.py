"""How well questions are understood: `make bench-answers` prints one table for each measure.

Ours and four baselines on the same held-out questions. A baseline has no bands of its own, so
its threshold is set where it answers as large a share of the in-scope questions as ours does:
what it then gets wrong, and lets through, is comparable.
"""

import sys
from collections import Counter, defaultdict

from benchmarks import baselines
from bot.answering.answerer import Answerer, Verdict, build_answerer
from bot.answering.ranking import documents_of
from bot.content import Content, load_content
from bot.editing.labelled import LANGUAGES, Labelled, read
from bot.settings import CONTENT


def main() -> None:
    """Print the tables; with an argument `confusions` also every question that went wrong."""
    content = load_content(CONTENT)
    answerer = build_answerer(content)
    questions = read("judge.tsv")
    inside = [q for q in questions if q.label in content.entries]
    outside = [q for q in questions if q.label == "oos"]
    talk = [q for q in questions if q.label == "smalltalk"]
    unknown = {q.label for q in questions} - set(content.entries) - {"oos", "smalltalk"}
    if unknown:
        raise SystemExit(f"judge.tsv names entries that do not exist: {sorted(unknown)}")
    verdicts = {q: answerer.consider(q.text) for q in questions}
    print(f"{len(content.entries)} entries; held out: {len(inside)} in scope, "
          f"{len(outside)} out of scope, {len(talk)} small talk\n")  # fmt: skip
    print_ours(inside, outside, talk, verdicts)
    documents = [d for d in documents_of(content) if d.kind == "faq"]
    answered = sum(v.decision == "answer" for q, v in verdicts.items() if q in set(inside))
    print_baselines(documents, inside, outside, verdicts, answered / len(inside))
    print_danger(answerer, content, questions)
    print_confusions(inside, outside, verdicts, everything="confusions" in sys.argv[1:])


def _percent(part: float, whole: float) -> str:
    return f"{100 * part / whole:5.1f}" if whole else "    -"


def _first(verdict: Verdict) -> str | None:
    return verdict.candidates[0].id if verdict.candidates else None


def print_ours(
    inside: list[Labelled],
    outside: list[Labelled],
    talk: list[Labelled],
    verdicts: dict[Labelled, Verdict],
) -> None:
    """Print every measure of ours by language, in per cent."""
    print("Bong Srey (%)   n  top-1  top-3  answered  asked back  wrong, confident  oos answered")
    for language in (*LANGUAGES, "all"):
        own = [q for q in inside if language in (q.language, "all")]
        far = [q for q in outside if language in (q.language, "all")]
        kinds = Counter(verdicts[q].decision for q in own)
        top1 = sum(_first(verdicts[q]) == q.label for q in own)
        top3 = sum(q.label in [c.id for c in verdicts[q].candidates] for q in own)
        wrong = sum(
            verdicts[q].decision == "answer" and q.label not in verdicts[q].ids for q in own
        )
        let = sum(verdicts[q].decision == "answer" for q in far)
        print(f"{language:11}{len(own):6} {_percent(top1, len(own))}  {_percent(top3, len(own))}"
              f"     {_percent(kinds['answer'], len(own))}       "
              f"{_percent(kinds['clarify'], len(own))}             {_percent(wrong, len(own))}"
              f"         {_percent(let, len(far))}")  # fmt: skip
    good = sum(verdicts[q].decision == "smalltalk" for q in talk)
    right = sum(verdicts[q].language == q.language for q in inside)
    print(f"small talk recognised {_percent(good, len(talk))}; "
          f"language recognised {_percent(right, len(inside))}\n")  # fmt: skip


def print_baselines(documents, inside, outside, verdicts, share) -> None:
    """Print top-1, top-3, confident mistakes and out of scope let through, beside ours."""
    print("top-1 (%)                    " + "".join(f"{x:>7}" for x in (*LANGUAGES, "all"))
          + "   top-3   wrong  oos let through")  # fmt: skip
    rows = {"Bong Srey": lambda text: [(c.id, c.score) for c in _by_text[text].candidates]}
    _by_text = {q.text: v for q, v in verdicts.items()}
    rows |= {name: build(documents) for name, build in baselines.ALL.items()}
    for name, match in rows.items():
        hits: dict[str, list[bool]] = defaultdict(list)
        top3, scored = [], []
        for q in inside:
            found = match(q.text)
            hit = bool(found) and found[0][0] == q.label
            hits[q.language].append(hit)
            hits["all"].append(hit)
            top3.append(q.label in [i for i, _ in found[:3]])
            scored.append((found[0][1] if found else 0.0, hit))
        if name == "Bong Srey":
            wrong = sum(verdicts[q].decision == "answer" and q.label not in verdicts[q].ids
                        for q in inside)  # fmt: skip
            let = sum(verdicts[q].decision == "answer" for q in outside)
        else:
            ranked = sorted((s for s, _ in scored), reverse=True)
            cut = ranked[min(int(share * len(ranked)), len(ranked) - 1)]
            wrong = sum(s >= cut and not hit for s, hit in scored)
            let = sum(bool(f := match(q.text)) and f[0][1] >= cut for q in outside)
        cells = "".join(f"{_percent(sum(hits[x]), len(hits[x])):>7}" for x in (*LANGUAGES, "all"))
        print(f"{name:29}{cells}  {_percent(sum(top3), len(top3))}   "
              f"{_percent(wrong, len(inside))}            {_percent(let, len(outside))}")  # fmt: skip
    print()


def print_danger(answerer: Answerer, content: Content, questions: list[Labelled]) -> None:
    """Print the recall of danger messages; false alarms of ordinary questions and near misses.

    Ordinary are all other held-out questions but those about the entries that speak of danger;
    near misses use its words on purpose.
    """
    rows = read("danger.tsv")
    danger = [q for q in rows if q.label != "safe"]
    near = [q for q in rows if q.label == "safe"]
    ordinary = [q for q in questions if q.label not in content.signs.spoken_of]
    print("danger          n  recall (%)  kind right (%)  false alarms (%): ordinary  near misses")
    for language in (*LANGUAGES, "all"):
        own, calm, close = ([q for q in part if language in (q.language, "all")]
                            for part in (danger, ordinary, near))  # fmt: skip
        found = [(q, answerer.danger(q.text)) for q in own]
        seen = sum(d is not None for _, d in found)
        kind = sum(d is not None and d.kind == q.label for q, d in found)
        false, nearly = (sum(answerer.danger(q.text) is not None for q in part)
                         for part in (calm, close))  # fmt: skip
        print(f"{language:11}{len(own):6}       {_percent(seen, len(own))}           "
              f"{_percent(kind, len(own))}                     {_percent(false, len(calm))}"
              f"        {_percent(nearly, len(close))}")  # fmt: skip
    print()


def print_confusions(inside, outside, verdicts, *, everything: bool) -> None:
    """Print which entries are taken for which; every such question when asked."""
    pairs = Counter((q.label, _first(verdicts[q])) for q in inside
                    if _first(verdicts[q]) != q.label)  # fmt: skip
    print("commonest confusions (asked -> found)")
    for (asked, got), n in pairs.most_common(None if everything else 12):
        print(f"  {n} x {asked} -> {got}")
    if everything:
        for q in inside:
            if _first(verdicts[q]) != q.label:
                print(f"  [{q.language}] {q.label}: {q.text}  -> {verdicts[q].decision} "
                      f"{_first(verdicts[q])} {verdicts[q].score:.2f}")  # fmt: skip
        for q in outside:
            if verdicts[q].decision == "answer":
                print(f"  [{q.language}] oos: {q.text}  -> {_first(verdicts[q])} "
                      f"{verdicts[q].score:.2f}")  # fmt: skip


if __name__ == "__main__":
    main()
