"""Pieces of a number or a name over many messages, of both: what no message by itself tells.

Pieces are told apart from the text around them, so that no filler flushes them out of what is
remembered. Each message is read a bounded number of times, and only so many of them.
"""

from collections.abc import Iterator, Sequence

import re2

from bot.content.relay import Verdict
from bot.mentoring.contact import numbers
from bot.mentoring.contact.evidence import Seen
from bot.mentoring.contact.normalise import plain
from bot.mentoring.contact.patterns import without_allowed
from bot.mentoring.contact.tokens import Token, lexicon, tokens

# Of the messages of both, how many are searched for pieces, and how many days back.
REMEMBERED, DAYS = 300, 21
# What is longer is searched only where digits stand together in it.
_SHORT, _LONGEST_SENTENCE = 200, 80
_TOGETHER = re2.compile(r"\p{Nd}{2,}")
_FEWEST_LETTERS, _FEWEST_SENTENCES = 4, 4
# Letters by which the answers of a quiz are named, and which mean yes.
_CHOICES = frozenset("abcdefkyn") | frozenset("កខគឃងច")
# Numbers one or two a message: how many are a row, small ones and all.
_LONGEST_ROW, _FEWEST_BARE, _FEWEST_LONG = 12, 5, 3
_SHORT_PIECE, _LETTERS_BESIDE = 40, 9
_SUMS = frozenset("+-×*÷/=^<>≈%$")


def together(talk: Sequence[str], seen: Seen) -> Iterator[tuple[Verdict, str]]:
    """Yield a verdict and its reason for each thing that a message completes.

    `talk` is what both wrote before, oldest first.
    """
    remembered = [one for one in talk[-REMEMBERED:] if len(one) <= _SHORT or _TOGETHER.search(one)]
    read = [without_allowed(plain(one)) for one in remembered]
    last = without_allowed(seen.read.plain)
    if piece := numbers.fragment(last):
        verdict = numbers.pieced([*filter(None, map(numbers.fragment, read)), piece])
        if verdict != "pass":
            yield verdict, "number"
    if _strewn([*read, last]):
        yield "hold", "number"
    if _spelled([*read, last]):
        yield "hold", "account"


def in_a_row(running: Sequence[str], text: str) -> Iterator[tuple[Verdict, str]]:
    """Yield `hold` for numbers one or two a message, one after the other.

    `running` is what the same person wrote just before, without an answer between.
    """
    row: list[str] = []
    lesson = False
    for said in (text, *reversed(running[-_LONGEST_ROW:])):
        read = tokens(plain(said)) if len(said) <= _SHORT_PIECE else []
        if not (piece := _bare_number(read)):
            break
        row.insert(0, piece)
        # a word says where in a book or a lesson the number is
        lesson = lesson or any(token.text in lexicon().ordered for token in read)
    digits = "".join(row)
    if numbers.is_sequence([int(piece) for piece in row]):
        return
    small = not lesson and len(row) >= _FEWEST_BARE and all(len(piece) <= 2 for piece in row)
    # pages and exercises are long enough only where each has two digits
    told = not lesson or all(len(piece) > 1 for piece in row)
    whole = (
        told
        and len(row) >= _FEWEST_LONG
        and any(numbers.like_phone("".join(row[start:])) for start in range(len(row) - 2))
    )
    if small or whole and len(digits) > len(row):
        yield "hold", "number"


def _bare_number(read: Sequence[Token]) -> str:
    """Return the digits of a message that is a number or two, with no more than a word beside."""
    digits = "".join(token.digits for token in read)
    other = [t.text for t in read if not t.digits and t.text not in lexicon().between]
    letters = sum(len(word) for word in other if word[0].isalpha())
    year = any(len(t.digits) == 4 and t.digits[:2] in ("19", "20") for t in read)
    return "" if year or not 0 < len(digits) <= 6 or letters > _LETTERS_BESIDE else digits


def _spelled(read: Sequence[str]) -> bool:
    """Return whether a name comes one letter or sign a message, and this is one of them."""
    if not (last := _letter(read[-1])):
        return False
    letters = [*filter(None, map(_letter, read[:-1])), last]
    unlike = {letter for letter in letters if letter not in _CHOICES}
    return len(letters) >= _FEWEST_LETTERS and len(unlike) >= 2


def _letter(text: str) -> str:
    """Return the only letter of a message, "" when it holds more."""
    bare = text.strip(" .,!?-_'\"()…")
    return bare if len(bare) == 1 and (bare.isalpha() or bare in "@_.") else ""


def _strewn(read: Sequence[str]) -> bool:
    """Return whether the digits of a number come one sentence at a time, in pieces of one size.

    A lesson has numbers in every second message: only sentences with a single number that nothing
    of a lesson explains are counted, and one that is of a lesson ends the row.
    """
    digits: list[str] = []
    for text in reversed(read):
        if not any(char.isdigit() for char in text):
            if not digits:
                return False
            continue
        piece = _only_number(text)
        if not piece or digits and len(piece) != len(digits[0]):
            break
        digits.insert(0, piece)
        if len(digits) > 10:
            break
    for start in range(max(0, len(digits) - _FEWEST_SENTENCES + 1)):
        if numbers.like_phone("".join(digits[start:])):
            return True
    return False


def _only_number(text: str) -> str:
    """Return the digits of a sentence whose only number is short, "" for what is of a lesson."""
    words = lexicon()
    if len(text) > _LONGEST_SENTENCE or any(char in _SUMS for char in text):
        return ""
    read = tokens(text)
    found = [token.digits for token in read if token.digits and not token.said]
    if len(found) != 1 or len(found[0]) > 3:
        return ""
    lesson = any(word in text for word in words.lessons) or any(
        token.text in words.ordered for token in read
    )
    letters = any(char.isalpha() for char in text)
    return found[0] if letters and not lesson else ""
