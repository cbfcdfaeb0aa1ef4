"""Fit the networks of what a message means: `make fit` writes `bot/safety/danger_meaning.npz`.

The examples are what people wrote for danger alone, the messages of the street, and some of the
library's ordinary ways of asking, for there are very many. The older examples, written by people
who knew the kinds of danger, made it worse. Heard by parts that know no message of the writer
(three, 11,720 messages), where care meets one message in twenty that has no danger in it: by letters,
signs and what it is about danger is met with care in 70 of 100 of what was written for danger alone
and in 86 of the street, with the meaning in 77 and 88; at one in fifty 55 and 73, and 62 and 78.
A linear model of the vectors in place of the networks brought two thirds of that.
"""

from collections.abc import Sequence

import numpy as np

from benchmarks.fit import danger_model
from benchmarks.fit.danger_model import Example
from benchmarks.fit.meaning import Meanings
from bot.content import load_content
from bot.language.encoder import load_encoder
from bot.language.meaning import Encode
from bot.safety.danger_model import SAFE
from bot.safety.second_opinion import MEANING
from bot.settings import CONTENT

RIDGE = 0.3
# One of so many of the library's own lines is learnt from.
OF_THE_LIBRARY = 8


def learnt_from(known: Sequence[Example]) -> list[Example]:
    """Return the examples that the networks learn from."""
    ordinary = [e for e in known if e.sort == "faq"]
    return [e for e in known if e.sort in ("street", "hard")] + ordinary[::OF_THE_LIBRARY]


def fit(known: Sequence[Example], encode: Encode) -> Meanings:
    """Return the networks that are fitted on these examples."""
    lot = learnt_from(known)
    danger = np.array([e.label != SAFE for e in lot])
    return Meanings(np.array([encode(e.text) for e in lot]), danger, RIDGE)


def main() -> None:
    """Fit and write the networks."""
    encoder = load_encoder()
    if encoder is None:
        raise SystemExit("The encoder is needed to fit; see the line above.")
    known = danger_model.examples(load_content(CONTENT))
    np.savez_compressed(MEANING, allow_pickle=False, **fit(known, encoder.encode).packed())
    print(f"{len(learnt_from(known))} messages, {MEANING.stat().st_size} bytes")


if __name__ == "__main__":
    main()
