"""Telephone and account numbers, however they are said: digits, words of many languages, both.

The text is read from left to right once into tokens. Digits that their neighbours explain (years,
times, prices, scores, sums) are set aside; what is left is judged by how it hangs together.
No pattern runs here: every step looks at each character a bounded number of times.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from bot.content.relay import Digits, Verdict
from bot.mentoring.contact.knowledge import relay
from bot.mentoring.contact.normalise import plain

_LIKE_DIGITS = {"o": "0", "i": "1", "l": "1", "s": "5", "z": "2", "b": "8", "q": "9", "g": "9"}
_OPERATORS = frozenset("=≈^√<>∫≤≥→")
_ENOUGH, _WHOLE = 7, 8
# Digits that begin a number to call, the zero left out.
_PREFIXES = tuple(["1", "31", "38", "6", "7", "8", "9"])


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
            words(digits.lessons), frozenset((*times, *words(digits.between), *units, *ordered)),
            max(map(len, foreign)),
        )  # fmt: skip


@cache
def lexicon() -> Lexicon:
    """Return the words of digits, read once."""
    return Lexicon.of(relay().digits)


@dataclass(frozen=True)
class Token:
    """A piece of text: digits (`said` as words or not), a word, or signs."""

    text: str
    digits: str = ""
    said: bool = False


@dataclass(frozen=True)
class Run:
    """Numbers that follow each other with nothing but signs and fillers between."""

    parts: tuple[Token, ...]
    sum: bool  # with signs of sums between, so that it may be a lesson

    @property
    def digits(self) -> str:
        """All digits in order."""
        return "".join(part.digits for part in self.parts)


def judge(text: str) -> Verdict:
    """Return whether plain text holds a number to call or to pay to."""
    words = lexicon()
    tokens = _said_together(list(_tokens(text, words)), words)
    calling = any(token.text in words.calling for token in tokens) or any(
        sign in text for sign in words.calling if not sign.isascii()
    )
    lesson = any(word in text for word in words.lessons)
    runs = list(_runs(tokens, words))
    alone = not any(char.isalpha() for char in text)
    verdicts = [_judge_run(run, calling=calling, lesson=lesson, alone=alone) for run in runs]
    if "stop" in verdicts:
        return "stop"
    if "hold" in verdicts or _scattered(runs, tokens, calling=calling):
        return "hold"
    return "pass"


def fragment(text: str) -> str:
    """Return the digits of a message that is little more than a piece of a number, or ""."""
    # Nothing but digits says not what they count.
    if (bare := "".join(text.split())).isdecimal():
        return bare if len(bare) <= 2 * _WHOLE else ""
    words = lexicon()
    tokens = _said_together(list(_tokens(text, words)), words)
    parts = [part for run in _runs(tokens, words) for part in run.parts]
    digits = "".join(part.digits for part in parts)
    other = [t for t in tokens if not t.digits and t.text[0].isalnum()]
    letters = sum(len(token.text) for token in other if token.text not in words.between)
    zero_led = any(len(part.digits) > 1 and part.digits[0] == "0" for part in parts)
    if not digits or len(digits) > 2 * _WHOLE or not (zero_led or letters <= 12 * len(parts)):
        return ""
    # Words that are digits now and then ("one", "by") say nothing among many others.
    if all(part.said for part in parts) and letters > 4 * len(digits):
        return ""
    return digits


def pieced(fragments: Sequence[str]) -> Verdict:
    """Return whether pieces of one number, one a message and oldest first, come together now.

    Once a number is whole it was judged already, and the count begins anew.
    """
    held, verdict = "", "pass"
    for digits in fragments:
        verdict = "pass"
        held = held + digits if held or digits.startswith("0") else ""
        if len(held) >= _ENOUGH and held != digits:
            verdict = "stop" if len(held) >= _WHOLE else "hold"
        if len(held) >= _WHOLE + 2:
            held = ""
    return "stop" if verdict == "stop" else "hold" if verdict == "hold" else "pass"


def _tokens(text: str, words: Lexicon) -> Iterator[Token]:
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
        if word in words.value or word in words.tens:
            following = text[place + length : place + length + 1]
            if not ("\u17b6" <= following <= "\u17d2"):
                return Token(word, words.value.get(word) or words.tens[word] + "0", said=True)
        elif word in words.known:
            return Token(word)
    return Token(text[place])


def _latin(word: str, words: Lexicon) -> Iterator[Token]:
    """Yield the tokens of a run of Latin letters and digits."""
    if word.isdigit():
        yield Token(word, word)
    elif word in words.value or word in words.tens:
        yield Token(word, words.value.get(word) or words.tens[word] + "0", said=True)
    elif word.isalpha():
        glued = _glued(word, words)
        yield from glued or [Token(word)]
    else:
        yield from _mixed(word, words)


def _glued(word: str, words: Lexicon) -> list[Token]:
    """Return the digits of words run together ("zeroonetwo"); nothing when it is no such word."""
    if not 6 <= len(word) <= 80:
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
    """Read tens with their digit, and digits that are doubled."""
    out: list[Token] = []
    times = 1
    for token in tokens:
        last = out[-1] if out else None
        if token.text in words.times:
            if last is not None and last.said and token.text not in ("double", "triple"):
                out[-1] = Token(last.text, last.digits * words.times[token.text], said=True)
            else:
                times = words.times[token.text]
        elif token.digits:
            digits = token.digits * times
            tens = last is not None and last.text in words.tens and last.digits[1:] == "0"
            if tens and last is not None and token.said and len(digits) == 1 and digits != "0":
                out[-1] = Token(last.text + token.text, last.digits[0] + digits, said=True)
            else:
                out.append(Token(token.text, digits, token.said))
            times = 1
        else:
            out.append(token)
    return out


def _runs(tokens: list[Token], words: Lexicon) -> Iterator[Run]:
    parts: list[Token] = []
    operators = False
    for place, token in enumerate(tokens):
        if token.digits and not _explained(tokens, place, words):
            parts.append(token)
        elif token.digits or not _between(token, words):
            if parts:
                yield Run(tuple(parts), operators)
            parts, operators = [], False
        elif token.text in _OPERATORS:
            operators = True
    if parts:
        yield Run(tuple(parts), operators)


def _between(token: Token, words: Lexicon) -> bool:
    text = token.text
    if text in words.between or len(text) == 1 and text.isascii():
        return True
    return not (text[0].isalnum() or "\u1780" <= text[0] <= "\u17d3")


def _explained(tokens: list[Token], place: int, words: Lexicon) -> bool:
    """Return whether what stands beside some digits says what they count, measure or date."""
    token = tokens[place]
    if token.said:
        return False
    digits = token.digits
    before = [t.text for t in tokens[max(0, place - 2) : place]]
    after = [t.text for t in tokens[place + 1 : place + 4]]
    last, following = (before or [""])[-1], (after or [""])[0]
    if _part_of_decimal(tokens, place) or _part_of_date(tokens, place):
        return True
    if digits.startswith("0") and len(digits) > 1:
        return False
    if len(digits) == 4 and digits[:2] in ("19", "20") and not _digits_beside(tokens, place):
        return True
    if 3 < len(digits) <= 7 and digits.endswith("000"):
        return True
    if len(digits) <= 7 and (last == "$" or following in words.units):
        return digits != "0" or following in ("%", "$")
    return len(digits) <= 4 and (
        last in words.ordered or last == ":" and before[0] in words.ordered
    )


def _digits_beside(tokens: list[Token], place: int) -> bool:
    beside = tokens[max(0, place - 1) : place] + tokens[place + 1 : place + 2]
    return any(token.digits for token in beside)


def _part_of_decimal(tokens: list[Token], place: int) -> bool:
    """Return whether digits are a side of a decimal: 0.75, 3.14159; not one of 012.345.678."""

    def at(index: int) -> Token:
        return tokens[index] if 0 <= index < len(tokens) else Token(" ")

    for point in (place - 1, place + 1):
        whole, part = at(point - 1), at(point + 1)
        if at(point).text not in (".", ",") or not (whole.digits and part.digits):
            continue
        if at(point - 2).text in (".", ",") or at(point + 2).text in (".", ","):
            nxt = at(point + 3) if at(point + 2).text in (".", ",") else at(point - 3)
            if nxt.digits and not (len(part.digits) == 3 and not _zero_led(whole)):
                continue
        if whole.said or part.said or len(whole.digits) > 1 and whole.digits[0] == "0":
            continue
        if len(part.digits) <= 3 or len(whole.digits) == 1:
            return True
    return False


def _part_of_date(tokens: list[Token], place: int) -> bool:
    """Return whether digits are a side of 7:30, 12/05/2010, 43/50 or 2019-2023."""

    def at(index: int) -> Token:
        return tokens[index] if 0 <= index < len(tokens) else Token(" ")

    for sign in (place - 1, place + 1):
        mark, left, right = at(sign).text, at(sign - 1).digits, at(sign + 1).digits
        if not (left and right) or at(sign - 1).said or at(sign + 1).said:
            continue
        if mark == ":" and int(left) < 25 and len(right) == 2 and int(right) < 60:
            return True
        if mark == "/" and len(left) <= 4 and len(right) <= 4 and not left.startswith("00"):
            around = [at(sign - 2).text, at(sign + 2).text]
            if around.count("/") <= 1 and (len(left) < 3 or left[0] != "0"):
                return True
        if mark == "-" and len(left) == 4 == len(right) and {left[:2], right[:2]} <= {"19", "20"}:
            return True
    return False


def _zero_led(part: Token) -> bool:
    return not part.said and len(part.digits) >= 3 and part.digits[0] == "0" != part.digits[1]


def _judge_run(run: Run, *, calling: bool, lesson: bool, alone: bool) -> Verdict:
    digits = run.digits
    count, said = len(digits), sum(part.said for part in run.parts)
    sizes = [len(part.digits) for part in run.parts]
    if _counting(run):
        return "pass"
    if digits.lstrip("0").startswith("855") and 11 <= len(digits.lstrip("0")) <= 12:
        return "stop"
    if said >= 3:
        if said == len(run.parts) and digits[0] != "0" and count < (5 if calling else _ENOUGH):
            return "pass"
        if count >= _ENOUGH:
            return "stop"
        return "hold" if count >= 5 or digits[0] == "0" and count >= 3 else "pass"
    if 0 < said < len(run.parts) and digits[0] == "0" and count >= 3:
        return "stop" if count >= _WHOLE else "hold"
    if digits[0] == "0" and count >= _ENOUGH and not (run.sum and max(sizes) < 3):
        short = count < _WHOLE or count > 15
        return "hold" if short and not calling else "stop"
    if any(_zero_led(part) for part in run.parts):
        # A piece all alone may be anything; it is remembered, and judged with what follows.
        return "pass" if alone and count <= 3 else "hold"
    return _without_zero(run, calling=calling, lesson=lesson)


def _without_zero(run: Run, *, calling: bool, lesson: bool) -> Verdict:
    """Judge digits that do not begin like a number to call."""
    digits, sizes = run.digits, [len(part.digits) for part in run.parts]
    count = len(digits)
    if count < 6 or run.sum:
        return "pass"
    if len(sizes) == 1:
        if count >= _WHOLE:
            return "stop"
        return "hold" if calling or count == _ENOUGH else "pass"
    if calling and count >= _ENOUGH:
        return "stop"
    if lesson or count < _ENOUGH:
        return "pass"
    if all(size == 1 for size in sizes):
        return "hold" if count >= _WHOLE or "0" in (digits[0], digits[-1]) else "pass"
    like_phone = len(sizes) <= 5 and sizes[0] == 2 and digits.startswith(_PREFIXES)
    return "hold" if like_phone and _WHOLE <= count <= 10 else "pass"


def _counting(run: Run) -> bool:
    """Return whether numbers only count up or down by one step: 1 2 3 4, 10 20 30."""
    numbers = [int(part.digits[:9]) for part in run.parts]
    steps = {b - a for a, b in zip(numbers, numbers[1:], strict=False)}
    return len(numbers) > 2 and len(steps) == 1 and steps != {0} and numbers[0] in (1, 2, 3, 5, 10)


def _scattered(runs: list[Run], tokens: list[Token], *, calling: bool) -> bool:
    """Return whether the digits of a number stand among ordinary words."""
    parts = [part for run in runs for part in run.parts]
    zeros = [place for place, part in enumerate(parts) if part.digits[0] == "0"]
    if not zeros:
        return False
    said = sum(part.said for part in parts)
    tail = parts[zeros[0] :]
    single = [part for part in tail if len(part.digits) <= 4]
    if any(token.text in _OPERATORS for token in tokens) and not calling:
        return False
    enough = len("".join(part.digits for part in single)) >= _ENOUGH
    return enough and (said < len(parts) or said >= 6) and len(single) >= 3
