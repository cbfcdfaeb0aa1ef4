"""Published ways to match a question to an FAQ, measured beside ours in the same run."""

import math
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

import numpy as np
from rapidfuzz import fuzz

from bot.answering import kept
from bot.answering.learned import centred
from bot.answering.targets import Target
from bot.language.encoder import load_encoder
from bot.language.features import ngrams, spaced
from bot.language.khmer import fold
from bot.language.words import words
from bot.settings import ROOT

ENCODED = ROOT / "data" / "encoded"

Matcher = Callable[[str], list[tuple[str, float]]]


def _top(scores: dict[str, float]) -> list[tuple[str, float]]:
    return sorted(scores.items(), key=lambda pair: -pair[1])[:10]


def bm25_on_words(documents: Sequence[Target], k1: float = 1.2, b: float = 0.75) -> Matcher:
    """BM25 on khmer-nltk's words, over each entry's questions and ways of asking."""
    counts = {d.key: Counter(w for line in d.lines for w in words(line)) for d in documents}
    mean = sum(sum(c.values()) for c in counts.values()) / len(counts)
    postings: dict[str, dict[str, int]] = defaultdict(dict)
    for name, counter in counts.items():
        for word, n in counter.items():
            postings[word][name] = n
    length = {name: sum(c.values()) for name, c in counts.items()}

    def match(text: str) -> list[tuple[str, float]]:
        scores: dict[str, float] = defaultdict(float)
        for word in words(text):
            found = postings.get(word, {})
            idf = math.log(1 + (len(counts) - len(found) + 0.5) / (len(found) + 0.5))
            for name, n in found.items():
                norm = k1 * (1 - b + b * length[name] / mean)
                scores[name] += idf * n * (k1 + 1) / (n + norm)
        return _top(scores)

    return match


def tfidf_on_grams(documents: Sequence[Target]) -> Matcher:
    """TF-IDF cosine on character 2- to 4-grams, over whole entries."""
    counts = {
        d.key: Counter(g for line in d.lines for g in ngrams(spaced(line), 2, 4))
        for d in documents
    }
    frequency = Counter(g for c in counts.values() for g in c)
    idf = {g: math.log((len(counts) + 1) / (n + 0.5)) for g, n in frequency.items()}

    def vector(counter: Counter[str]) -> dict[str, float]:
        raw = {g: (1 + math.log(n)) * idf[g] for g, n in counter.items() if g in idf}
        norm = math.sqrt(sum(v * v for v in raw.values())) or 1
        return {g: v / norm for g, v in raw.items()}

    vectors = {name: vector(c) for name, c in counts.items()}

    def match(text: str) -> list[tuple[str, float]]:
        query = vector(Counter(ngrams(spaced(text), 2, 4)))
        return _top(
            {n: sum(w * v.get(g, 0.0) for g, w in query.items()) for n, v in vectors.items()}
        )

    return match


def rapidfuzz_lines(documents: Sequence[Target]) -> Matcher:
    """RapidFuzz token_set_ratio against the best line of each entry."""
    lines = [(d.key, fold(line)) for d in documents for line in d.lines]

    def match(text: str) -> list[tuple[str, float]]:
        scores: dict[str, float] = {}
        key = fold(text)
        for name, line in lines:
            scores[name] = max(scores.get(name, 0.0), fuzz.token_set_ratio(key, line) / 100)
        return _top(scores)

    return match


def sqlite_fts5(documents: Sequence[Target]) -> Matcher:
    """SQLite FTS5 with its trigram tokenizer, a query being the OR of its trigrams."""
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    connection.execute("CREATE VIRTUAL TABLE faq USING fts5(id UNINDEXED, body, tokenize=trigram)")
    connection.executemany(
        "INSERT INTO faq VALUES (?, ?)",
        [(d.key, " ".join(fold(line) for line in d.lines)) for d in documents],
    )

    def match(text: str) -> list[tuple[str, float]]:
        key = fold(text)
        parts = {key[i : i + 3].replace('"', '""') for i in range(len(key) - 2)}
        if not parts:
            return []
        query = " OR ".join(f'"{part}"' for part in sorted(parts))
        rows = connection.execute(
            "SELECT id, -bm25(faq) FROM faq WHERE faq MATCH ? ORDER BY bm25(faq) LIMIT 10",
            (query,),
        )
        return [(str(name), float(score)) for name, score in rows]

    return match


def bare_encoder(documents: Sequence[Target]) -> Matcher:
    """The sentence encoder alone: the cosine with the nearest way of asking."""
    encoder = load_encoder()
    if encoder is None:
        return lambda text: []
    lines = [(d.key, line) for d in documents for line in d.lines]

    def build() -> dict[str, dict[str, np.ndarray]]:
        return {"lines": {"vectors": np.stack([encoder.encode(line) for _, line in lines])}}

    # Minutes of work, so they are kept for the next run.
    vectors = kept.arrays([line for _, line in lines], build, ENCODED)["lines"]["vectors"]
    centre = vectors.mean(axis=0)
    vectors = centred(vectors, centre)

    def match(text: str) -> list[tuple[str, float]]:
        scores: dict[str, float] = {}
        for (key, _), cosine in zip(
            lines, vectors @ centred(encoder.encode(text), centre), strict=True
        ):
            scores[key] = max(scores.get(key, -1.0), float(cosine))
        return _top(scores)

    return match


ALL: dict[str, Callable[[Sequence[Target]], Matcher]] = {
    "BM25, khmer-nltk words": bm25_on_words,
    "TF-IDF, character n-grams": tfidf_on_grams,
    "RapidFuzz token_set_ratio": rapidfuzz_lines,
    "SQLite FTS5 trigram": sqlite_fts5,
    "multilingual-e5-small, nearest line": bare_encoder,
}
