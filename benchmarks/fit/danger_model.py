"""Fit the likeness to danger: `make fit` writes `danger_model.json`.

Examples are those of `content/safety/examples/` and `benchmarks/questions/danger_fit.tsv`; the
FAQ's own ways of asking, `fit.tsv`, small talk and decoys are safe, those that speak of danger
left out. What blind writers wrote (`examples/blind/`) counts more: it is nearer to life; more
still the pairs of danger and look-alike in the same words (`nm*`), and most what girls wrote to
the bot of their own mind (`questions/street/fit/`), where nearly all is ordinary. The encoder's
vectors were tried beside the letters, and made it worse.

The bands are chosen on `benchmarks/danger/tune/` (`make bench-danger`) by what a mistake costs: care
on an ordinary question is the worst next to a danger missed, a gentle line costs little. What is
printed are answers of models that had not seen the writer (five folds by file).
"""

import json
import random
from base64 import b64encode
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from scipy.sparse import csr_matrix, vstack
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from benchmarks.danger import lines
from benchmarks.fit.misspelt import misspelt
from bot.content import Content, load_content
from bot.editing.labelled import read
from bot.editing.street import street
from bot.safety.danger_model import BITS, KIND_BITS, SAFE, WEIGHTS, Bands, DangerModel, features
from bot.settings import CONTENT

FOLDS = 5
STRENGTH = 10.0  # inverse of the ridge
WEIGHT = {"street": 12.0, "hard": 6.0, "pairs": 5.0, "blind": 3.0, "older": 1.0, "faq": 1.0}
# Each example but the FAQ's is learnt from once more as it is misspelt, for half as much.
MISSPELT = 0.5
BANDS = Bands(
    care=0.7,
    care_when_grave=0.4,
    gentle=0.15,
    care_with_sign=0.04,
    care_where_words_meet=0.1,
    gentle_with_sign=0.01,
)
# What girls tell about themselves, which must alarm nobody; {} is a place, a work, a number.
PLACES = (
    "I live in {en}", "I am from {en}", "my family lives in {en}", "ខ្ញុំនៅ{km}", "ញុំនៅ{km}", "ខ្ញុំមកពី{km}",
    "ផ្ទះខ្ញុំនៅ{km}", "knhom nov {en}", "nhom mok pi {en}", "ptes knhom nov {en}",
)  # fmt: skip
RELATIVES = (
    ("father", "ឪពុក", "pa"), ("mother", "ម៉ាក់", "mak"), ("uncle", "ពូ", "pu"), ("aunt", "មីង", "ming"),
    ("brother", "បងប្រុស", "bong bros"), ("sister", "បងស្រី", "bong srey"), ("grandfather", "តា", "ta"),
)  # fmt: skip
WORKS = (
    "my {r} is a {en}",
    "my {r} works as {en}",
    "{k}ខ្ញុំជា{km}",
    "{k}ខ្ញុំធ្វើជា{km}",
    "{l} knhom chea {en}",
)
SOLD = (
    ("vegetables", "បន្លែ", "bonlae"), ("noodles", "គុយទាវ", "kuytiev"), ("fish", "ត្រី", "trey"),
    ("fruit", "ផ្លែឈើ", "phlae cher"), ("clothes", "ខោអាវ", "khao ao"), ("cakes", "នំ", "num"),
    ("coffee", "កាហ្វេ", "cafe"), ("meat", "សាច់", "sach"),
)  # fmt: skip
TRADES = (
    "my {r} sells {en} at the market", "my {r} sells {en}", "{k}ខ្ញុំលក់{km}នៅផ្សារ", "{k}ខ្ញុំលក់{km}",
    "{l} knhom luok {la} nov psar", "{l} nhom lok {la}",
)  # fmt: skip
AWAY = (
    "my {r} went to {en} {n} years ago", "my {r} works in {en}", "{k}ខ្ញុំទៅ{km} {n}ឆ្នាំហើយ",
    "{k}ខ្ញុំធ្វើការនៅ{km}", "{l} knhom tov {la} {n} chnam hery", "{l} nhom tver ka nov {la}",
)  # fmt: skip
COUNTRIES = (
    ("Thailand", "ថៃ", "thai"), ("Korea", "កូរ៉េ", "korea"), ("Vietnam", "វៀតណាម", "vietnam"),
    ("Malaysia", "ម៉ាឡេស៊ី", "malaysia"), ("Japan", "ជប៉ុន", "japan"), ("Phnom Penh", "ភ្នំពេញ", "phnom penh"),
)  # fmt: skip
NUMBERS = (
    "I'm {n}", "I am {n} years old", "{n}", "ខ្ញុំអាយុ {n} ឆ្នាំ", "អាយុ{n}", "knhom ayu {n}", "nhom ayu {n} chnam",
    "grade {n}", "ថ្នាក់ទី{n}", "thnak ti {n}", "knhom rean tnak ti {n}",
)  # fmt: skip


# A message of the street in which there is danger, and nobody has said of what kind.
OF_SOME_KIND = "danger"


@dataclass(frozen=True)
class Example:
    """A message with its kind of danger, or `safe`, who wrote it, and of which sort it is."""

    text: str
    label: str
    writer: str
    sort: str


def examples(content: Content) -> list[Example]:
    """Return everything that is learnt from."""
    folder = CONTENT / "safety" / "examples"
    found = [
        Example(row.text, row.label, path.stem, _sort(path))
        for path in sorted(folder.glob("**/*.tsv"))
        for row in read(path.name, path.parent)
    ]
    found += [Example(r.text, r.label, "danger_fit", "older") for r in read("danger_fit.tsv")]
    found += [
        Example(q.text, OF_SOME_KIND if q.kind == "danger" else SAFE, q.writer, "street")
        for q in street("fit")
    ]
    found += [
        Example(line.text, line.kind if line.level != "none" else SAFE, line.writer, "hard")
        for line in lines("fit")
    ]
    ordinary = [
        line
        for entry in content.entries.values()
        if entry.id not in content.of_danger
        for line in (*entry.question.all(), *entry.asks.all())
    ]
    ordinary += [q.text for q in read("fit.tsv") if q.label not in content.of_danger]
    ordinary += [line for talk in content.smalltalk for line in talk.asks.all()]
    ordinary += [line for decoy in content.decoys for line in decoy.asks.all()]
    ordinary += about_herself(content)
    # In parts, so that the folds are even.
    return found + [
        Example(text, SAFE, f"faq{place % FOLDS}", "faq") for place, text in enumerate(ordinary)
    ]


def about_herself(content: Content) -> list[str]:
    """Return what girls tell of where they live, what their families do, how old they are."""
    told = [t.format(**p.label.root) for p in content.provinces for t in PLACES]
    for place, career in enumerate(content.careers.values()):
        # Each work with two relatives, so that each relative has many works.
        for near in (place, place + 3):
            english, khmer, latin = RELATIVES[near % len(RELATIVES)]
            told += [t.format(r=english, k=khmer, l=latin, **career.name.root) for t in WORKS]
    for english, khmer, latin in RELATIVES:
        near = {"r": english, "k": khmer, "l": latin}
        for texts, things in ((TRADES, SOLD), (AWAY, COUNTRIES)):
            told += [
                text.format(en=en, km=km, la=la, n=2 + place, **near)
                for place, (en, km, la) in enumerate(things)
                for text in texts
            ]
    told += [text.format(n=number) for number in range(7, 30) for text in NUMBERS]
    return told


def _sort(path: Path) -> str:
    # What is denied differs from danger by a word, as the pairs do.
    if path.stem == "denials":
        return "pairs"
    if path.parent.name != "blind":
        return "older"
    return "pairs" if path.stem.startswith("nm") else "blind"


def matrix(found: list[np.ndarray], bits: int) -> csr_matrix:
    """Return one row a text, of unit length, with its features under so many bits."""
    starts = np.concatenate([[0], np.cumsum([len(f) for f in found])])
    values = np.concatenate([np.full(len(f), 1 / np.sqrt(max(len(f), 1))) for f in found])
    columns = np.concatenate(found) % (1 << bits)
    return csr_matrix((values, columns, starts), shape=(len(found), 1 << bits))


def fit(lot: "Learnt") -> LogisticRegression:
    """Return the fitted model of danger."""
    model = LogisticRegression(C=STRENGTH, solver="liblinear")
    return model.fit(lot.rows, lot.danger, sample_weight=lot.weights)


def misspellings(known: Sequence[Example]) -> list[Example]:
    """Return the examples as they are misspelt, the same each time."""
    chance = random.Random(7)
    return [replace(e, text=misspelt(e.text, chance)) for e in known if e.sort != "faq"]


@dataclass(frozen=True)
class Learnt:
    """Examples as rows of features, with what they are and how much they count."""

    rows: csr_matrix
    danger: np.ndarray
    weights: np.ndarray
    writers: np.ndarray


def learnt(known: Sequence[Example], share: float = 1.0) -> Learnt:
    """Return examples as they are learnt from, each for a share of its weight."""
    return Learnt(
        matrix([features(e.text) for e in known], BITS),
        np.array([e.label != SAFE for e in known]),
        np.array([share * WEIGHT[e.sort] for e in known]),
        np.array([e.writer for e in known]),
    )


def both(known: Sequence[Example]) -> tuple[Learnt, Learnt]:
    """Return the examples as they stand, and as they are misspelt."""
    return learnt(known), learnt(misspellings(known), MISSPELT)


def together(one: Learnt, other: Learnt) -> Learnt:
    """Return two lots of examples as one."""
    return Learnt(
        vstack([one.rows, other.rows], format="csr"),
        np.concatenate([one.danger, other.danger]),
        np.concatenate([one.weights, other.weights]),
        np.concatenate([one.writers, other.writers]),
    )


def unseen(plain: Learnt, also: Learnt) -> np.ndarray:
    """Return the likeness of each plain text, by a model that has not seen its writer."""
    found = np.zeros(len(plain.danger))
    for train, test in GroupKFold(FOLDS).split(plain.rows, plain.danger, plain.writers):
        others = ~np.isin(also.writers, np.unique(plain.writers[test]))
        model = fit(together(_some(plain, train), _some(also, others)))
        found[test] = model.predict_proba(plain.rows[test])[:, 1]
    return found


def _some(lot: Learnt, which: np.ndarray) -> Learnt:
    return Learnt(lot.rows[which], lot.danger[which], lot.weights[which], lot.writers[which])


def main() -> None:
    """Fit, print how unseen writers are heard, and write."""
    content = load_content(CONTENT)
    known = examples(content)
    print(Counter((e.sort, "safe" if e.label == SAFE else "danger") for e in known))
    plain, also = both(known)
    likeness, sorts = unseen(plain, also), np.array([e.sort for e in known])
    for sort in WEIGHT:
        for is_danger in (True, False):
            these = likeness[(sorts == sort) & (plain.danger == is_danger)]
            if len(these):
                print(f"{sort:7}{'danger' if is_danger else 'safe':8}{len(these):6} "
                      f"like danger {100 * (these >= BANDS.gentle).mean():5.1f} "
                      f"very like it {100 * (these >= BANDS.care).mean():5.1f}")  # fmt: skip
    write(known, plain, also)


def without(
    known: Sequence[Example], plain: Learnt, also: Learnt, writers: Collection[str]
) -> DangerModel:
    """Return the model of danger that has not seen some writers."""
    seen = [~np.isin(lot.writers, [*writers]) for lot in (plain, also)]
    others = [e for e in known if e.writer not in writers]
    with TemporaryDirectory() as folder:
        path = Path(folder) / WEIGHTS.name
        write(others, _some(plain, seen[0]), _some(also, seen[1]), path)
        return DangerModel(path)


def write(known: Sequence[Example], plain: Learnt, also: Learnt, path: Path = WEIGHTS) -> None:
    """Fit both models on everything and write them."""
    model = fit(together(plain, also))
    hurt = [e for e in known if e.label not in (SAFE, OF_SOME_KIND)]
    kinds = LogisticRegression(C=STRENGTH, max_iter=300)
    kinds.fit(matrix([features(e.text) for e in hurt], KIND_BITS), [e.label for e in hurt])
    words, scale = _packed(model.coef_[0])
    by_kind, kind_scale = _packed(kinds.coef_)
    raw = {
        "bands": asdict(BANDS),
        "kinds": list(kinds.classes_),
        "danger_bias": round(float(model.intercept_[0]), 5),
        "danger_scale": scale,
        "kind_bias": [round(float(b), 5) for b in kinds.intercept_],
        "kind_scale": kind_scale,
        "danger": words,
        "by_kind": by_kind,
    }
    path.write_text(json.dumps(raw, indent=1) + "\n", encoding="utf-8")


def _packed(weights: np.ndarray) -> tuple[str, float]:
    scale = float(np.abs(weights).max() / 127)
    return b64encode(np.round(weights / scale).astype(np.int8).tobytes()).decode(), scale


if __name__ == "__main__":
    main()
