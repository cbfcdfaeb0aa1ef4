"""Which words may be kept to learn from: none of danger, none that name or reach a person.

Nor any of private matters, whatever she tapped below them. Of what girls give to teach, others see
only what asks for its question to the bot too: the rest a coordinator sees first.

What the relay between girls and mentors knows of contacts and the watch for danger decide here
too; `content/teaching.yaml` adds what is rude, and what names and addresses are told with.
"""

import re
from functools import lru_cache

from bot.answering.answerer import Answerer
from bot.content import Content
from bot.content.base import Names
from bot.content.teaching import NotLearned
from bot.language.khmer import fold, latin_digits
from bot.language.words import utf16_length
from bot.mentoring.contact.look import look

LONGEST = 160
_FEWEST_LETTERS = 3
# A grade and a year have no more digits between them; what reaches somebody has.
_MOST_DIGITS = 6
_LARGE = re.compile(r"\b[A-Z][a-z]+\b")


def tidy(text: str) -> str:
    """Return words as they are kept: on one line."""
    return " ".join(text.split())


def key(text: str) -> str:
    """Return the key of a way of asking: the same words, however spaced and typed, have one."""
    return fold(text).replace(" ", "")


def may_be_kept(text: str, content: Content, answerer: Answerer) -> bool:
    """Return whether words may be kept to learn from."""
    letters = sum(map(str.isalpha, text))
    digits = sum(map(str.isdigit, latin_digits(text)))
    if letters < _FEWEST_LETTERS or digits > _MOST_DIGITS or utf16_length(text) > LONGEST:
        return False
    if _names_of(content.not_learned).are_in(text) or look(text, by_mentor=False).kept_back:
        return False
    return answerer.danger(text) is None and not _hurts_or_is_private(text, content, answerer)


def _hurts_or_is_private(text: str, content: Content, answerer: Answerer) -> bool:
    """Return whether it is said in anger to the bot, or may ask about a private matter."""
    verdict = answerer.consider(text, safe=True)
    return any(
        one.key == "smalltalk:insult" or (one.kind == "faq" and one.id in content.sensitive)
        for one in verdict.shown or verdict.candidates
    )


def others_may_see(text: str, target: str, content: Content, answerer: Answerer) -> bool:
    """Return whether girls may judge words before a coordinator has seen them.

    The bot itself must take them for what they are said to ask, and for nothing else surely: so
    nobody writes to others through it, nor teaches it nonsense with three telephones. What may be
    a name is written large.
    """
    verdict = answerer.consider(text, safe=True)
    takes_it = any(one.key == target for one in verdict.shown or verdict.candidates)
    names = {word.lower() for word in _LARGE.findall(text)}
    return takes_it and names <= content.small_words


class _Found:
    """Finds words in a text: Khmer inside of others, Latin ones whole."""

    def __init__(self, *names: Names) -> None:
        self._khmer = tuple(key(word) for one in names for word in one.km)
        self._latin = tuple(f" {fold(word)} " for one in names for word in (*one.en, *one.rom))

    def are_in(self, text: str) -> bool:
        joined, spaced = key(text), f" {fold(text)} "
        return any(word in joined for word in self._khmer) or any(
            word in spaced for word in self._latin
        )


@lru_cache(maxsize=4)
def _names_of(words: NotLearned) -> _Found:
    return _Found(words.rude, words.tells_of_people)
