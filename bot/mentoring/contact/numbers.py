"""Telephone and account numbers, however they are said: digits, words of many languages, both.

Digits that their neighbours explain (years, times, prices, scores, sums) are set aside; what is
left is judged by how it hangs together. Every step looks at each token (`tokens`) a bounded number
of times.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import re2

from bot.content.relay import Verdict
from bot.mentoring.contact.tokens import Lexicon, Token, lexicon, tokens

_STEPS = (1, 2, 3, 4, 5, 10, 20, 25, 50, 100)
_OPERATORS = frozenset("=≈^√<>∫≤≥→")
_ENOUGH, _WHOLE = 7, 8
_NUMBER = re2.compile(
    r"\b[0-9]{1,3}(?:[,.'_][0-9]{3})+(?:[.,][0-9]+)?\b|\b[0-9]{1,3}(?: [0-9]{3}){2,}\b"
    r"|[0-9]+(?:[.,][0-9]+)?"
)
_DATE = re2.compile(r"[0-9]{1,2}[.,][0-9]{1,2}[.,](?:19|20)[0-9]{2}|(?:19|20)[0-9]{2}[.,][0-9]{4}")
# Names with one value each: x1=9, f(2) = 7, sva: 4.
_VALUE = re2.compile(r"\p{L}\p{M}* ?\(?\d{0,2}\)? ?= ?(\d{1,3})\b")
_LABELS = frozenset("=:()[]%$°៛")
# A function of school: its numbers are no pieces.
_FUNCTION = re2.compile(r"\b[fgh]\([a-z]\) ?=")
# Digits that begin a number to call, the zero left out.
_PREFIXES = ("1", "31", "38", "6", "7", "8", "9")


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
    read = tokens(text)
    calling = any(token.text in words.calling for token in read) or any(
        sign in text for sign in words.calling if not sign.isascii()
    )
    lesson = any(word in text for word in words.lessons)
    runs = list(_runs(read, words))
    alone = not any(char.isalpha() for char in text)
    verdicts = [_judge_run(run, calling=calling, lesson=lesson, alone=alone) for run in runs]
    if "stop" in verdicts:
        return "stop"
    if "hold" in verdicts or _scattered(runs, read, calling=calling):
        return "hold"
    if _rowed(read, text, words) or any(_is_long(number, words) for number in _numbers(text)):
        return "hold"
    return "pass"


def labelled(text: str) -> list[str]:
    """Return the digits that stand beside a word or a sign that labels them, in their order.

    Dates, times, decimals and years are none.
    """
    if values := _VALUE.findall(text):
        return [str(value) for value in values]
    read = tokens(text)
    return [
        token.digits
        for place, token in enumerate(read)
        if token.digits
        and not token.said
        and len(token.digits) < 4
        and not _part_of_date(read, place)
        and not _part_of_decimal(read, place)
        and (_labels(_at(read, place - 1)) or _labels(_at(read, place + 1)))
    ]


def _labels(beside: Token) -> bool:
    first = beside.text[0]
    return not beside.digits and (first.isalpha() or first >= "\u1780" or first in _LABELS)


def written(text: str) -> str:
    """Return all the digits of a text, whatever they are said to count."""
    return "".join(token.digits for token in tokens(text) if not token.said)


def _numbers(text: str) -> Iterator[str]:
    """Yield the digits of every number, its groups of three and its decimals together."""
    for found in _NUMBER.finditer(text):
        number = str(found.group())
        # groups of three with a space between are one number, but not at the end of a row of them
        row = " " in number and text[: found.start()].rstrip(" ,;")[-1:].isdigit()
        row = row or " " in number and len({*_steps(number.split())}) == 1
        if not row and not _DATE.fullmatch(number):
            yield "".join(filter(str.isdigit, number))


def _steps(parts: Sequence[str]) -> Iterator[int]:
    for one, other in zip(parts, parts[1:], strict=False):
        yield int(other) - int(one)


def _is_long(number: str, words: Lexicon) -> bool:
    """Return whether a number has as many digits that mean something as one to call.

    A number of nature that is in every book has them too.
    """
    digits = number.lstrip("0")
    if digits.endswith("000"):
        digits = digits.rstrip("0")
    if len(digits) < _WHOLE:
        return False
    # the last digit may be rounded
    return not any(constant.startswith(digits[:-1]) for constant in words.constants)


def like_phone(digits: str) -> bool:
    """Return whether digits have the length and the beginning of a Cambodian number."""
    bare = digits.removeprefix("0")
    return _WHOLE <= len(bare) <= 9 and len(digits) <= 10 and bare.startswith(_PREFIXES)


def fragment(text: str) -> str:
    """Return the digits of a message that is little more than a piece of a number, or ""."""
    # Nothing but digits says not what they count.
    if (bare := "".join(text.split())).isdecimal():
        return bare if len(bare) <= 2 * _WHOLE else ""
    if _FUNCTION.search(text):
        return ""
    words = lexicon()
    read = tokens(text)
    parts = [part for run in _runs(read, words) for part in run.parts]
    digits = "".join(part.digits for part in parts)
    other = [t for t in read if not t.digits and t.text[0].isalnum()]
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
    held = ""
    verdict: Verdict = "pass"
    for digits in fragments:
        verdict = "pass"
        held = held + digits if held or digits.startswith("0") else ""
        if len(held) >= _ENOUGH and held != digits:
            verdict = "stop" if len(held) >= _WHOLE else "hold"
        if len(held) >= _WHOLE + 2:
            held = ""
    return verdict


def _runs(read: list[Token], words: Lexicon) -> Iterator[Run]:
    parts: list[Token] = []
    operators = False
    for place, token in enumerate(read):
        if token.digits and not _explained(read, place, words):
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


def _explained(read: list[Token], place: int, words: Lexicon) -> bool:
    """Return whether what stands beside some digits says what they count, measure or date."""
    token = read[place]
    if token.said:
        return False
    digits = token.digits
    last, following = _at(read, place - 1).text, _at(read, place + 1).text
    if _part_of_decimal(read, place) or _part_of_date(read, place):
        return True
    if digits.startswith("0") and len(digits) > 1:
        return False
    if len(digits) == 4 and digits[:2] in ("19", "20") and not _digits_beside(read, place):
        return True
    if 3 < len(digits) <= 7 and digits.endswith("000"):
        return True
    if len(digits) <= 7 and (last == "$" or following in words.units):
        return digits != "0" or following in ("%", "$")
    return len(digits) <= 4 and (
        last in words.ordered or last == ":" and _at(read, place - 2).text in words.ordered
    )


def _digits_beside(read: list[Token], place: int) -> bool:
    return bool(_at(read, place - 1).digits or _at(read, place + 1).digits)


def _at(read: list[Token], index: int) -> Token:
    """Return a token, a space where there is none."""
    return read[index] if 0 <= index < len(read) else Token(" ")


def _part_of_decimal(read: list[Token], place: int) -> bool:
    """Return whether digits are a side of a decimal: 0.75, 3.14159; not one of 012.345.678."""

    chain = _chain(read, place)
    if len(chain) > 3:
        # An address of a computer; other rows of numbers between points are no decimals.
        return len(chain) == 4 and all(len(part) < 4 and int(part) < 256 for part in chain)
    for point in (place - 1, place + 1):
        whole, part = _at(read, point - 1), _at(read, point + 1)
        if _at(read, point).text not in (".", ",") or not (whole.digits and part.digits):
            continue
        if _at(read, point - 2).text in (".", ",") or _at(read, point + 2).text in (".", ","):
            goes_on = _at(read, point + 2).text in (".", ",")
            nxt = _at(read, point + 3 if goes_on else point - 3)
            if nxt.digits and not (len(part.digits) == 3 and not _zero_led(whole)):
                continue
        if whole.said or part.said or len(whole.digits) > 1 and whole.digits[0] == "0":
            continue
        if len(part.digits) <= 3 or len(whole.digits) == 1:
            return True
    return False


def _chain(read: list[Token], place: int) -> list[str]:
    """Return the numbers with nothing but a point between that one is among, nine at most."""
    first, last = place, place
    while first > place - 8 and _at(read, first - 1).text == "." and _at(read, first - 2).digits:
        first -= 2
    while last < place + 8 and _at(read, last + 1).text == "." and _at(read, last + 2).digits:
        last += 2
    return [read[index].digits for index in range(first, last + 1, 2)]


def _part_of_date(read: list[Token], place: int) -> bool:
    """Return whether digits are a side of 7:30, 12/05/2010, 43/50 or 2019-2023."""
    for sign in (place - 1, place + 1):
        one, other = _at(read, sign - 1), _at(read, sign + 1)
        mark, left, right = _at(read, sign).text, one.digits, other.digits
        if not (left and right) or one.said or other.said:
            continue
        # One sign may unfold into several digits: of a long run only the beginning is counted.
        hour = int(left.lstrip("0")[:9] or 0)
        if mark == ":" and hour < 25 and len(right) == 2 and int(right) < 60:
            return True
        if mark == "/" and len(left) <= 4 and len(right) <= 4 and not left.startswith("00"):
            around = [_at(read, sign - 2).text, _at(read, sign + 2).text]
            led = around[0] == "/" and _zero_led(_at(read, sign - 3))
            if around.count("/") <= 1 and not led and (len(left) < 3 or left[0] != "0"):
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
    if alone and len(sizes) <= 4 and not run.sum and like_phone(digits):
        return "hold"
    return _without_zero(run, calling=calling, lesson=lesson)


def _without_zero(run: Run, *, calling: bool, lesson: bool) -> Verdict:
    """Judge digits that do not begin like a number to call."""
    digits, sizes = run.digits, [len(part.digits) for part in run.parts]
    count = len(digits)
    if count < 6 or run.sum:
        return "pass"
    if len(sizes) == 1:
        if digits.endswith("00000") and not calling:
            return "pass"
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
    """Return whether numbers only follow a rule of school: 1 2 3 4, 10 20 30, 1 4 9 16."""
    return is_sequence([int(part.digits[:9]) for part in run.parts])


def is_sequence(numbers: Sequence[int]) -> bool:
    """Return whether numbers go up or down by one step, or grow as squares, powers or sums do."""
    steps = [b - a for a, b in zip(numbers, numbers[1:], strict=False)]
    if len(numbers) < 3 or 0 in steps[1:]:
        return False
    if len(set(steps)) == 1:
        return numbers[0] in (1, 2, 3, 5, 10) or len(numbers) > 3 and abs(steps[0]) in _STEPS
    if len(numbers) < 5:
        return False
    grow = {b - a for a, b in zip(steps, steps[1:], strict=False)}
    times = {b / a for a, b in zip(numbers, numbers[1:], strict=False) if a}
    sums = all(c == a + b for a, b, c in zip(numbers, numbers[1:], numbers[2:], strict=False))
    return len(grow) == 1 or len(times) == 1 and 0 not in numbers or sums


def _scattered(runs: list[Run], read: list[Token], *, calling: bool) -> bool:
    """Return whether the digits of a number stand among ordinary words."""
    parts = [part for run in runs if not _counting(run) for part in run.parts]
    zeros = [place for place, part in enumerate(parts) if part.digits[0] == "0"]
    if not zeros:
        return False
    said = sum(part.said for part in parts)
    tail = parts[zeros[0] :]
    single = [part for part in tail if len(part.digits) <= 4]
    if any(token.text in _OPERATORS for token in read) and not calling:
        return False
    enough = len("".join(part.digits for part in single)) >= _ENOUGH
    return enough and (said < len(parts) or said >= 6) and len(single) >= 3


def _rowed(read: list[Token], text: str, words: Lexicon) -> bool:
    """Return whether all digits in their order are a number, whatever they are said to measure.

    A word that asks to call must stand beside them, for lessons and prices are full of rows.
    """
    parts = [token.digits for token in read if token.digits and token.text not in words.hints]
    if len(parts) > 1 and not like_phone("".join(parts)):
        # "put a zero before": the zero is said, and not where it belongs
        parts = [token.digits for token in read if token.digits and not token.said]
    if len(parts) < 2 or not like_phone("".join(parts)):
        return False
    return any(token.text in words.hints for token in read) or any(
        hint in text for hint in words.hints if not hint.isascii()
    )
