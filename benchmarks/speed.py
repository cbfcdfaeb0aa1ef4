"""How fast one answer is, at today's size and at 1,000 and 10,000 targets; start and memory.

The larger libraries are made from the real one: each copy has its words' order shuffled and a
word of its own, so that the index grows in lines, words and n-grams as a real one would.
"""

import random
import resource
import statistics
import subprocess
import sys
import time
from dataclasses import replace

from bot.answering.concepts import ConceptFinder
from bot.answering.learned import load_classifiers
from bot.answering.ranking import Ranker
from bot.answering.signals import Reader
from bot.answering.targets import Target, targets_of
from bot.answering.weights import load_weights
from bot.content import load_content
from bot.language.encoder import load_encoder
from bot.settings import CONTENT, ROOT

SIZES = (1_000, 10_000)
QUERIES = 400


def grown(documents: list[Target], size: int) -> list[Target]:
    """Return `size` targets like the given ones."""
    chance = random.Random(1)
    many = list(documents)
    while len(many) < size:
        source = documents[len(many) % len(documents)]
        lines = []
        for line in source.lines:
            parts = line.split() or [line]
            chance.shuffle(parts)
            lines.append(" ".join([*parts, f"w{len(many)}"]))
        many.append(replace(source, id=f"{source.id}-{len(many)}", lines=tuple(lines)))
    return many


def timed(ranker: Ranker, queries: list[str]) -> tuple[float, float]:
    """Return the median and 99th percentile of one ranking, in milliseconds."""
    spent = []
    for text in queries:
        began = time.perf_counter()
        ranker.rank(text)
        spent.append((time.perf_counter() - began) * 1000)
    return statistics.median(spent), statistics.quantiles(spent, n=100)[98]


def main() -> None:
    """Print the table."""
    content = load_content(CONTENT)
    documents = targets_of(content)
    finder, weights = ConceptFinder(content.concepts), load_weights()
    classifiers, encoder = load_classifiers(), load_encoder()
    chance = random.Random(2)
    lines = [line for d in documents for line in d.lines]
    # Each another, for what was ranked once is known.
    queries = [line + chance.choice("?! ") for line in chance.sample(lines, QUERIES)]
    print("targets     build s   p50 ms   p99 ms   p50 relative to today")
    base = 0.0
    for size in (len(documents), *SIZES):
        began = time.perf_counter()
        reader = Reader(grown(documents, size), finder, classifiers, content.aspects)
        ranker = Ranker(reader, weights, encoder)
        build = time.perf_counter() - began
        p50, p99 = timed(ranker, queries)
        base = base or p50
        print(f"{size:9}   {build:7.2f}   {p50:6.2f}   {p99:6.2f}   {p50 / base:10.1f}")
    print_start()


def print_start() -> None:
    """Print how long a cold start to a first answer takes, and its memory."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-m", "bot", "ask", "--json"], input="hello\n", text=True,
                   cwd=ROOT, check=True, capture_output=True)  # fmt: skip
    spent = time.perf_counter() - began
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"\ncold start to the first answer: {spent:.2f} s, {memory:.0f} MB")


if __name__ == "__main__":
    main()
