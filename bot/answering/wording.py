"""How a message is put: its sentences, whether it asks, whether it goes on from the last one."""

import re

from bot.answering.concepts import ConceptFinder
from bot.language.khmer import fold

LONGEST_QUESTION = 1000
# Concepts that make a sentence a question and say nothing of its subject.
ASKING = frozenset(
    {"when", "where", "how-much", "how", "who", "can", "why", "need", "how-long", "difference"}
)
_SHORTEST_SENTENCE = 8
_FOLLOW_UP_CHARACTERS = 32
_SENTENCE_END = re.compile("[?？។៕!\n]+")
_FOLLOW_UP = re.compile(
    r"^(ចុៈ|ហើយចុៈ|and |what about|how about|then |so |how much is it|where is it|"
    r"who can|when is it|is it |does it|do they|can i |choh |chos |choss )|(នោះ|ហ្នឹង|មែនទេ|វិញ)$"
)
# A sentence that asks or wishes although it has no question mark, and one that denies and so does
# neither.
_QUESTION = re.compile(
    r"^(can|could|may|do|does|did|is|are|was|what|which|when|where|how|who|why|should|will) |"
    r"(ទេ|អត់|ឬនៅ|អ្វី|អី|ណា|ប៉ុន្មាន|ម៉េច)$| (te|ot|ey|avey|mech|ponman|na)$|"
    r"\bwant to (be|become|study|learn)\b|ចង់(ធ្វើ|ក្លាយ|រៀន)|\b[cj]h?ong (tver|tveu|rean|klay)"
)
_QUESTION_WORDS = ASKING - {"can", "need"}
_DENIAL = re.compile(r"មិន|អត់.|គ្មាន|\b(ot|min|at|kmean) ")


def sentences(text: str) -> list[str]:
    """Return the sentences of a text that may say something."""
    parts = (part.strip() for part in _SENTENCE_END.split(text))
    return [part for part in parts if len(part) >= _SHORTEST_SENTENCE]


def asks(text: str, finder: ConceptFinder) -> bool:
    """Return whether a text is put as a question, or as a wish to learn or to be something."""
    folded = fold(text)
    if "?" in text or "？" in text:
        return True
    if _DENIAL.search(folded):
        return False
    asking = not _QUESTION_WORDS.isdisjoint(finder.find(text[:LONGEST_QUESTION]))
    return asking or bool(_QUESTION.search(folded))


def follows_up(text: str) -> bool:
    """Return whether a text is put as one that goes on from what was said."""
    return bool(_FOLLOW_UP.search(fold(text)))


def may_follow_up(text: str) -> bool:
    """Return whether a text may go on from what was said: it is put so, or short."""
    return len(fold(text)) <= _FOLLOW_UP_CHARACTERS or follows_up(text)
