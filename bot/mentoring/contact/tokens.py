"""A message as digits, words and signs: what of it is said or written as a number.

The text is read from left to right once. No pattern runs here: every step looks at each character
a bounded number of times.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from bot.content.relay import Digits
from bot.mentoring.contact.knowledge import relay
from bot.mentoring.contact.normalise import LONGEST, plain

_LIKE_DIGITS = {"o": "0", "i": "1", "l": "1", "s": "5", "z": "2", "b": "8", "q": "9", "g": "9"}


@dataclass(frozen=True)
class Token:
    """A piece of text: digits (`said` as words or not), a word, or signs."""

    text: str
    digits: str = ""
    said: bool = False


@dataclass(frozen=True)
class Lexicon:
    """The words of `numbers.yaml`, ready to be looked up."""

    value: dict[str, str]
    tens: dict[str, str]
    times: dict[str, int]
    between: frozenset[str]
    calling: frozenset[str]
    units: frozenset[str]
    ordered: frozenset[str]
    lessons: frozenset[str]
    hints: frozenset[str]
    constants: tuple[str, ...]
    known: frozenset[str]
    longest: int

    @classmethod
    def of(cls, digits: Digits) -> "Lexicon":
        """Return the words as they stand in plain text."""

        def keys(lines: dict[str, tuple[str, ...]]) -> dict[str, str]:
            return {plain(word): said for said, line in lines.items() for word in line}

        def words(line: tuple[str, ...]) -> frozenset[str]:
            return frozenset(plain(word) for word in line)

        value = keys(digits.teens) | keys(digits.digits)
        tens = keys(digits.tens)
        times = {word: int(said) for word, said in keys(digits.times).items()}
        foreign = [w for w in (*value, *tens, *times, *words(digits.between)) if not w.isascii()]
        units, ordered = words(digits.units), words(digits.ordered)
        foreign += [w for w in (*units, *ordered) if not w.isascii()]
        return cls(
            value, tens, times, words(digits.between), words(digits.calling), units, ordered,
            words(digits.lessons), words(digits.hints), digits.constants,
            frozenset((*times, *words(digits.between), *units, *ordered)), max(map(len, foreign)),
        )  # fmt: skip

    def said(self, word: str) -> Token | None:
        """Return the token of a word that is a digit or a ten, None for another word."""
        digits = self.value.get(word) or (self.tens[word] + "0" if word in self.tens else "")
        return Token(word, digits, said=True) if digits else None


@cache
def lexicon() -> Lexicon:
    """Return the words of digits, read once."""
    return Lexicon.of(relay().digits)


def tokens(text: str) -> list[Token]:
    """Return the tokens of plain text, tens together with their digit, doubled digits doubled."""
    words = lexicon()
    return _said_together(list(_pieces(text, words)), words)


def _pieces(text: str, words: Lexicon) -> Iterator[Token]:
    place, end = 0, len(text)
    while place < end:
        char = text[place]
        stop = place + 1
        if char.isascii() and char.isalnum():
            while stop < end and text[stop].isascii() and text[stop].isalnum():
                stop += 1
            yield from _latin(text[place:stop], words)
        elif char.isspace():
            pass
        elif char.isascii():
            yield Token(char)
        else:
            token = _foreign(text, place, words)
            stop = place + len(token.text)
            yield token
        place = stop


def _foreign(text: str, place: int, words: Lexicon) -> Token:
    """Return the longest known word of another script at a place, else one letter."""
    for length in range(min(words.longest, len(text) - place), 0, -1):
        word = text[place : place + length]
        if (said := words.said(word)) is not None:
            following = text[place + length : place + length + 1]
            if not ("\u17b6" <= following <= "\u17d2"):
                return said
        elif word in words.known:
            return Token(word)
    return Token(text[place])


def _latin(word: str, words: Lexicon) -> Iterator[Token]:
    """Yield the tokens of a run of Latin letters and digits."""
    if word.isdigit():
        yield Token(word, word)
    elif (said := words.said(word)) is not None:
        yield said
    elif word.isalpha():
        glued = _glued(word, words)
        yield from glued or [Token(word)]
    else:
        yield from _mixed(word, words)


def _glued(word: str, words: Lexicon) -> list[Token]:
    """Return the digits of words run together ("zeroonetwo"); nothing when it is no such word."""
    if not 6 <= len(word) <= LONGEST:
        return []
    best: dict[int, list[Token]] = {0: []}
    for start in range(len(word)):
        if start not in best:
            continue
        for stop in range(start + 3, min(start + 10, len(word)) + 1):
            part = word[start:stop]
            if part in words.value and stop not in best:
                best[stop] = [*best[start], Token(part, words.value[part], said=True)]
    found = best.get(len(word), [])
    return found if len(found) > 1 else []


def _mixed(word: str, words: Lexicon) -> Iterator[Token]:
    """Yield the tokens of letters and digits without a space between: 3four5, o12, 14km, 0a1b2."""
    pieces: list[str] = []
    for char in word:
        if pieces and pieces[-1][0].isdigit() == char.isdigit():
            pieces[-1] += char
        else:
            pieces.append(char)
    digits = sum(len(piece) for piece in pieces if piece.isdigit())
    like = "".join(_LIKE_DIGITS.get(char, char) for char in word)
    if like.isdigit() and len(like) > 2:
        yield Token(word, like)
        return
    if any(piece in words.value for piece in pieces if piece.isalpha()) or digits > 5:
        for piece in pieces:
            if piece.isdigit():
                yield Token(piece, piece)
            elif piece in words.value:
                yield Token(piece, words.value[piece], said=True)
            elif digits <= 5 or len(piece) > 2:
                yield Token(piece)
        return
    if digits >= 2 and all(len(piece) == 1 for piece in pieces) and len(pieces) > 4:
        yield Token(word, "".join(piece for piece in pieces if piece.isdigit()))
        return
    yield from (Token(piece, piece if piece.isdigit() else "") for piece in pieces)


def _said_together(tokens: list[Token], words: Lexicon) -> list[Token]:
    """Read tens with their digit, and digits that are doubled.

    A message may double again and again: what comes of it is cut to the longest message.
    """
    out: list[Token] = []
    times = 1
    for token in tokens:
        last = out[-1] if out else None
        if token.text in words.times:
            if last is not None and last.said and token.text not in ("double", "triple"):
                doubled = (last.digits * words.times[token.text])[:LONGEST]
                out[-1] = Token(last.text, doubled, said=True)
            else:
                times = words.times[token.text]
        elif token.digits:
            digits = (token.digits * times)[:LONGEST]
            tens = last is not None and last.text in words.tens and last.digits[1:] == "0"
            if tens and last is not None and token.said and len(digits) == 1 and digits != "0":
                out[-1] = Token(last.text + token.text, last.digits[0] + digits, said=True)
            else:
                out.append(Token(token.text, digits, token.said))
            times = 1
        else:
            out.append(token)
    return out
