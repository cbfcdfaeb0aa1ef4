"""`bongsrey content …` and `bongsrey dataset …`: what an editor can do from the command line."""

import argparse
import asyncio
import contextlib
import json
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.content import Content, load_content
from bot.editing.new.interview import interview
from bot.editing.new.kinds import KINDS
from bot.editing.new.talk import Talk
from bot.settings import CONTENT, ROOT

if TYPE_CHECKING:
    from bot.editing.check_finding import Line, Plan
    from bot.editing.street import Street

EXIT_WELL, EXIT_PROBLEM, EXIT_NOT_LOOKED = 0, 1, 2
LAST_LOOK = ROOT / "data" / "last_check.json"
LAST_SCORE = ROOT / "data" / "score.json"


def add_to(commands: Any) -> None:
    """Add `content`, `dataset` and what they can do to the command line's grammar."""
    content = commands.add_parser("content", help="check, list, score or extend the content")
    kinds = content.add_subparsers(dest="what", required=True, metavar="WHAT")
    checking = kinds.add_parser(
        "check", help="say in plain words what is wrong in content/ (exit 1)"
    )
    checking.add_argument(
        "--all",
        action="store_true",
        help="ask every way of asking, and not only those that an edit may have touched",
    )
    listing = kinds.add_parser("list", help="list every FAQ entry")
    listing.add_argument("--json", action="store_true", help="as one JSON array")
    kinds.add_parser(
        "links",
        help="try every link, several at a time (exit 1 when one is broken, 2 when offline)",
    )
    kinds.add_parser(
        "score",
        help="ask the questions of the street; say what broke since the last time (exit 1)",
    )
    kinds.add_parser("tree", help="draw the pathway to docs/pathway.mmd and docs/pathway.svg")
    stamp = kinds.add_parser("stamp", help="say that the Khmer and the English belong together")
    stamp.add_argument("place", nargs="?", help="the entry or text that you have read in both")
    export = kinds.add_parser(
        "export",
        help="write what was learned in the bot, as YAML for content/faq/ and content/asks/",
    )
    export.add_argument("file", nargs="?", type=Path, help="the file to write (else: the screen)")
    new = kinds.add_parser("new", help="ask for a new entry in plain words, and write it")
    new.add_argument("kind", choices=KINDS, type=_kind, help="what is to be added (event: a date)")
    dataset = commands.add_parser("dataset", help="write what girls gave the Khmer language")
    written = dataset.add_subparsers(dest="what", required=True, metavar="WHAT")
    openly = written.add_parser(
        "export", help="write ways of asking that their givers made public, with a data card"
    )
    openly.add_argument("folder", type=Path, help="the folder to write to, a new one")


def _kind(said: str) -> str:
    """Return a kind by its name, or by what else it is called."""
    return {"event": "date"}.get(said, said)


def run(options: argparse.Namespace) -> int:
    """Run one of them; return the exit status. Raises ContentError."""
    content = load_content(CONTENT)
    return {
        "check": _check, "list": _list, "links": _links, "score": _score, "stamp": _stamp,
        "new": _new, "tree": _tree, "export": _export,
    }[options.what](content, options)  # fmt: skip


def run_dataset(options: argparse.Namespace) -> int:
    """Write what girls gave openly; return the exit status. Raises ContentError, SettingsError."""
    from bot.editing import dataset
    from bot.settings import load_settings

    count = dataset.write(options.folder, load_settings(), load_content(CONTENT))
    lines, card = options.folder / dataset.LINES, options.folder / dataset.CARD
    print(f"{count} ways of asking were written to {lines}, and what they are to {card}. "
          "Read them before you publish them.")  # fmt: skip
    return EXIT_WELL


def _check(content: Content, options: argparse.Namespace) -> int:
    from bot.editing.check import check
    from bot.editing.check_asks import thin
    from bot.editing.check_rounds import over
    from bot.editing.check_tongues import lacking

    problems = check(content, LAST_LOOK, _asking, all_of_it=options.all)
    today = datetime.now(UTC).date()
    for line in (*problems, *lacking(content), *thin(content), *over(content, today)):
        print(line)
    count = len(content.entries)
    print(f"{_counted(len(problems))} in {count} entries." if problems
          else f"All is well: {count} entries, {len(content.careers)} careers, "
          f"{len(content.institutions)} places to study, "
          f"{len(content.opportunities)} opportunities.")  # fmt: skip
    return EXIT_PROBLEM if problems else EXIT_WELL


def _asking(plan: "Plan") -> "Iterator[Line]":
    """Say what is asked, and show how far it is where that takes long."""
    from tqdm import tqdm

    if plan.everything:
        print(f"{plan.everything} All {plan.all} ways of asking are asked once, which takes a "
              "minute or two; the next check asks only what an edit may have touched.",
              flush=True)  # fmt: skip
    bar = tqdm(plan.asked, unit="way", ncols=80, disable=None if plan.everything else True)
    yield from bar
    if not plan.everything:
        print(f"{len(plan.asked)} of {plan.all} ways of asking were asked; the others find what "
              "they found before.")  # fmt: skip
        if plan.asked:
            print("What that did to the questions of the street: bongsrey content score")


def _counted(problems: int) -> str:
    return "1 problem" if problems == 1 else f"{problems} problems"


def _list(content: Content, options: argparse.Namespace) -> int:
    rows = [
        {
            "id": entry.id,
            "topic": content.topic_of[entry.id],
            "question_km": entry.question.get("km"),
            "question_en": entry.question.get("en"),
        }
        for entry in content.entries.values()
    ]
    if options.json:
        print(json.dumps(rows, ensure_ascii=False))
        return EXIT_WELL
    for row in rows:
        print(f"{row['topic']:14} {row['id']:34} {row['question_en']}")
    return EXIT_WELL


def _links(content: Content, _options: argparse.Namespace) -> int:
    from tqdm import tqdm

    from bot.editing.links import OfflineError, broken, links_of, polite_client

    links = links_of(content)

    async def look() -> list[str]:
        with tqdm(total=len(links), unit="link", ncols=80) as bar:
            async with polite_client() as client:
                return await broken(links, client, bar.update)

    try:
        problems = asyncio.run(look())
    except OfflineError as offline:
        print(offline)
        return EXIT_NOT_LOOKED
    print("\n".join(problems) or f"All {len(links)} links lead somewhere.")
    return EXIT_PROBLEM if problems else EXIT_WELL


def _score(content: Content, _options: argparse.Namespace) -> int:
    from bot.answering.answerer import build_answerer
    from bot.editing import score
    from bot.editing.street import street

    before = score.read_last(LAST_SCORE)
    questions = street("fit") + street("tune")
    after = score.outcomes(build_answerer(content), how_far(questions))
    broke, mended = score.compare(before, after)
    right = sum(outcome == "right" for outcome in after.values())
    print("\n".join([*broke, *mended]))
    print(f"{right} of {len(after)} questions of the street are understood"
          + (f"; {len(broke)} broke and {len(mended)} were mended since the last time."
             if before else "; edit, run this again, and see what changed."))  # fmt: skip
    score.keep(LAST_SCORE, after)
    return EXIT_PROBLEM if broke else EXIT_WELL


def how_far(questions: "Sequence[Street]") -> "Iterator[Street]":
    """Yield the questions, and say on standard error, beside the result, what is done with them
    and how far it is."""
    from tqdm import tqdm

    print(f"{len(questions)} questions of the street are asked, which takes some minutes.",
          file=sys.stderr, flush=True)  # fmt: skip
    yield from tqdm(questions, unit="question", ncols=80)


def _tree(content: Content, _options: argparse.Namespace) -> int:
    from bot.editing.tree_drawing import mermaid, svg

    for name, drawing in (("pathway.mmd", mermaid(content)), ("pathway.svg", svg(content))):
        (ROOT / "docs" / name).write_text(drawing, encoding="utf-8")
        print(f"docs/{name} is drawn: {len(content.nodes)} questions.")
    return EXIT_WELL


def _stamp(content: Content, options: argparse.Namespace) -> int:
    from bot.editing.stamps import write_stamps

    print(f"{write_stamps(CONTENT, content, options.place)} stamps are new or have changed.")
    return EXIT_WELL


def _export(content: Content, options: argparse.Namespace) -> int:
    from bot.editing.export import export
    from bot.private_files import write_private
    from bot.settings import SettingsError, load_settings

    exported = export(load_settings(), content)
    if options.file is None:
        print(exported.text, end="")
        return EXIT_WELL
    try:
        write_private(options.file, exported.text)
    except OSError as error:
        raise SettingsError(
            f"{options.file} cannot be written ({error.strerror}). Name another file."
        ) from None
    print(f"{exported.entries} learned entries and {exported.ways} ways of asking were written to "
          f"{options.file}. Read them in both languages, move each entry to "
          "content/faq/<topic>.yaml and each way to content/asks/<topic>.yaml, then run: "
          "bongsrey content check")  # fmt: skip
    return EXIT_WELL


def _new(content: Content, options: argparse.Namespace) -> int:
    with contextlib.suppress(ImportError):
        # Where there is one, arrow keys work, and a line that was too long comes back to mend.
        import readline  # noqa: F401 - input() uses it

    talk = Talk(content, datetime.now(UTC).date(), say=print, hear=input)
    return EXIT_WELL if interview(KINDS[options.kind], talk, CONTENT) else EXIT_PROBLEM
