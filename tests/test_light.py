"""A start loads little: what only some need, and rarely, is not there until it is asked for."""

import subprocess
import sys

from bot.settings import ROOT

# To read the pickles of khmer-nltk; to migrate; for a picture, a spreadsheet, a check of links;
# for who measures the bot, and for copies that are sealed.
HEAVY = {
    "sklearn", "scipy", "joblib", "sklearn_crfsuite", "khmernltk", "pycrfsuite",
    "alembic", "mako", "xlsxwriter", "tqdm", "icalendar", "prometheus_client", "pyrage",
}  # fmt: skip

LOADED = """
import sys
import bot.app, bot.commands, handlers
print(*{name.partition(".")[0] for name in sys.modules})
"""
ANSWERS = """
import sys
from bot.answering.answerer import build_answerer
from bot.content import load_content
from bot.settings import CONTENT
answerer = build_answerer(load_content(CONTENT))
for text in ("ស្រីរៀន IT បានទេ", "rean IT ban te", "what does a nurse do?", "អាហារូបករណ៍នៅខេត្ត"):
    print(answerer.consider(text).decision)
print(*{name.partition(".")[0] for name in sys.modules})
"""
WORDS = """
import sys
from bot.language.words import words
print(*words("ខ្ញុំចង់រៀន"), *{name.partition(".")[0] for name in sys.modules})
"""


def _run(code: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return set(done.stdout.split())


def test_a_start_loads_nothing_heavy() -> None:
    assert _run(LOADED) & HEAVY == set()


def test_answers_do_not_depend_on_the_word_model() -> None:
    """khmer-nltk has no part in the ranking: questions are answered, and it was never read."""
    found = _run(ANSWERS)
    assert "answer" in found
    assert found & {"khmernltk", "pycrfsuite"} == set()


def test_khmer_words_are_found_without_what_their_model_is_wrapped_in() -> None:
    """To unpickle it takes two seconds and 90 MB, and could run any code."""
    found = _run(WORDS)
    assert {"ខ្ញុំ", "ចង់", "រៀន"} <= found
    assert found & {"sklearn", "scipy", "joblib", "sklearn_crfsuite"} == set()
