"""Telephone and account numbers, however they are written: in digits of any script, in words of
Khmer, English or romanised Khmer, spaced, mixed, with letters for digits.

Numbers that girls and mentors write every day are set aside first: years, dates, times, prices,
scores, chapters, rooms.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.mentoring.contact_text import khmer_key, unleet
from bot.mentoring.contact_words import Verdict

_WORDS = {
    "0": "zero zer null nil nought oh o soun sohn soon son sonn saun sun sonya សូន្យ សូន សុន្យ សូន្យ៍ ស៊ុន សុន",
    "1": "one wan won muoy mouy muy moy mui mouy mouey mray មួយ ម្វយ ម៉ួយ មូយ",
    "2": "two tow pi pii pee py pir ពីរ ពី ពិរ ភីរ",
    "3": "three thre tree bei bey bay by bai បី បុី បិ",
    "4": "four fore for boun buon bun bourn bourn buan bon បួន បូន ប៊ួន",
    "5": "five fiv pram bram prum pramm ប្រាំ ព្រាំ",
    "6": "six siks prammuoy pramuoy prammouy prammuy pramouy brammuoy ប្រាំមួយ",
    "7": "seven sevn prampi prampil prampir brampi prampii prampel pramper ប្រាំពីរ ប្រាំពីល ប្រាំពិល",
    "8": "eight eigth ate prambei prambey prambay brambey prambai ប្រាំបី ប្រាំបុី",
    "9": "nine nein niine pramboun prambuon prambun pramboun brambuon ប្រាំបួន ប្រាំបូន",
    "1.": "ten dop dob dorp ដប់",
    "2.": "twenty mphey mophey mphei ម្ភៃ",
    "3.": "thirty samseb samsep samsib សាមសិប",
    "4.": "forty fourty saeseb seseb sesep saesib សែសិប",
    "5.": "fifty haseb hasep hasib ហាសិប",
    "6.": "sixty hokseb hoksep hokseb ហុកសិប",
    "7.": "seventy chetseb jetseb jitseb chetsep ចិតសិប",
    "8.": "eighty paetseb petseb paetsep ប៉ែតសិប",
    "9.": "ninety kawseb kaoseb kavseb kawsep កៅសិប",
    "11": "eleven", "12": "twelve", "13": "thirteen", "14": "fourteen", "15": "fifteen",
    "16": "sixteen", "17": "seventeen", "18": "eighteen", "19": "nineteen",
}  # fmt: skip
# A ten counts for its first digit: "ninety six" and កៅសិបប្រាំមួយ are 96.
_VALUE = {
    khmer_key(word): digits.rstrip(".") for digits, line in _WORDS.items() for word in line.split()
}
_REPEAT = {"double": 2, "triple": 3, "treble": 3}
_FILLER = set(
    [
        "and",
        "then",
        "next",
        "dash",
        "dot",
        "point",
        "space",
        "plus",
        "uh",
        "um",
        "ok",
        "comma",
        "hyphen",
        "followed",
        "by",
        "slash",
        "minus",
        "after",
        "that",
        "ning",
        "nung",
        "hery",
        "haey",
        "heuy",
        "hz",
        "nng",
        "ruoch",
        "rouch",
        "mok",
        "te",
        "ha",
        "hehe",
        "lol",
        "digit",
    ]
) | {khmer_key(w) for w in ("ហើយ", "និង", "បន្ទាប់", "រួច", "មក", "ដក", "ចុច", "បូក", "ៗ", "លេខ")}
_KHMER_WORDS = sorted((w for w in _VALUE if not w.isascii()), key=len, reverse=True)
_KHMER_FILLERS = sorted((w for w in _FILLER if not w.isascii()), key=len, reverse=True)
_LATIN_RUN = re.compile(
    "(?:" + "|".join(sorted((w for w in _VALUE if w.isascii() and len(w) > 2), key=len, reverse=True))
    + "){2,}"
)  # fmt: skip
_LATIN_NUMBER = re.compile(
    "|".join(sorted((w for w in _VALUE if w.isascii() and len(w) > 2), key=len, reverse=True))
)
_LIKE_DIGITS = str.maketrans("oilszbq", "0115289")
_SCAN = re.compile(
    "|".join((*map(re.escape, _KHMER_WORDS), *map(re.escape, _KHMER_FILLERS)))
    + r"|[a-z0-9]+|[\u1780-\u17ff]|[^a-z0-9\u1780-\u17ff]+"
)

_UNIT = (
    r"(?:riels?|r\b|៛|រៀល|dollars?|usd|\$|ដុល្លារ|ដុល្លា|khr|baht|បាត|%|ភាគរយ|percent|pages?|km2?|kg|cm|mm|gb|mb|"
    r"points?|pts|ពិន្ទុ|people|students?|girls?|women|schools?|នាក់|គីឡូ|million|thousand|billion|hundred|លាន|ពាន់|ម៉ឺន|"
    r"សែន|រយ|words?|years?|ឆ្នាំ|months?|ខែ|weeks?|days?|ថ្ងៃ|hours?|hrs?|h\b|ម៉ោង|minutes?|mins?|នាទី|times?|ដង|"
    r"meters?|ម៉ែត្រ|a month|per month|k\b)"
)
_WHEN = re.compile(
    "|".join(
        (
            r"(?<![\d/.-])(?:0?[1-9]|[12]\d|3[01]) ?[/.-] ?(?:0?[1-9]|1[0-2]) ?[/.-] ?(?:(?:19|20)\d\d|2\d)(?![\d/-])",
            r"(?<![\d/-])(?:19|20)\d\d[/-](?:0?[1-9]|1[0-2])[/-](?:0?[1-9]|[12]\d|3[01])(?![\d/-])",
            r"(?<![\d:])(?:[01]?\d|2[0-3]) ?(?::|h) ?[0-5]\d(?![\d:])",
        )
    )
)  # fmt: skip
_EVERYDAY = re.compile(
    "|".join(
        (
            r"(?<![\d.,])(?:19|20)\d\d(?: ?[-/–] ?(?:19|20)?\d\d)?(?![\d.])",
            r"(?<![\d.,])\d{1,3}\.\d{1,2}(?![\d.])",
            r"(?<![\d/])(?:100|[1-9]?\d) ?/ ?[1-9]\d{1,2}(?![\d/])",
            rf"\$ ?[1-9][\d,.]*|(?<![\d.,])[1-9]\d{{0,2}}(?:[ ,.]\d{{3}})*[ ,.]000 ?{_UNIT}?|(?<![\d.,])[1-9]\d{{0,6}}(?:[.,]\d+)? ?(?:-|to|ទៅ)? ?(?:[1-9]\d{{0,6}})? ?{_UNIT}|(?<![\d.,])[1-9]\d*0{{3,}} ?{_UNIT}?(?!\d)",
            r"(?:chapter|lesson|page|room|grade|class|exercise|question|unit|part|step|top|rank|level|version|section|table|figure|problem|no|article|law|topic|day|week|year|age|aged|score|scored|got|iso|rtx|windows|seat|desk|candidate|exam|building|floor|bus|line|math|maths|physics|chemistry|biology|khmer|english|history|មេរៀន|ទំព័រ|បន្ទប់|ថ្នាក់(?:ទី)?|លំហាត់|សំណួរ|ជំពូក|អាយុ|ពិន្ទុ|តុ|ទី|ជាន់|គណិត|រូប|គីមី|bac ?ii|ielts|toefl|taknak|thnak|mero?rn|tumpo?r|ayu|pintu|bontob) ?(?:number|no\.?|:|=|is|លេខ|ti|tee|dee|បាន)? ?(?!0\d)\d{1,5}(?:[.,-]\d{1,3})?(?![\d-])",
        )
    )
)  # fmt: skip
_ADDRESS_OF_MACHINE = re.compile(r"(?<![\d.])[1-9]\d{0,2}(?:\.(?:0|[1-9]\d{0,2})){3}(?![\d.])")
_MACHINES = re.compile(r"\b(?:ip|server|subnet|ping|network|localhost)\b")
_CALLING = re.compile(
    r"\b(?:call|phone|number|tel|contact|mobile|whatsapp|lek|viber|hp|reach|text|sms|khol)\b|លេខ|ទូរស័ព្ទ|☎|📞|📱|តេ|ខល"
)
_PHONE = re.compile(r"^(?:00)?(?:855\d{8,9}|0\d{7,9})$")
_MANY = 7


@dataclass(frozen=True)
class _Number:
    digits: str
    spelled: bool
    gap: str


def numbers(text: str) -> Verdict:
    """Return whether plain text holds a number to call or to pay to."""
    if _MACHINES.search(text):
        text = _ADDRESS_OF_MACHINE.sub(" ¤ ", text)
    undated = _WHEN.sub(" ¤ ", text)
    # Nothing but digits and marks, a number to call in all: not a price either.
    only_digits = "¤" not in undated and not any(char.isalpha() for char in undated)
    if only_digits and _PHONE.match("".join(re.findall(r"\d", undated))):
        return "stop"
    everyday = _EVERYDAY.sub(" ¤ ", undated)
    calling = bool(_CALLING.search(text))
    verdicts = [_judge(run, calling=calling) for run in _runs(everyday)]
    if "stop" in verdicts:
        return "stop"
    if "hold" in verdicts or _scattered(undated):
        return "hold"
    return "pass"


def has_number(text: str) -> bool:
    """Return whether plain text holds any digit or a word for one."""
    return any(True for run in _runs(text) for _ in run)


def _runs(text: str) -> Iterator[list[_Number]]:
    """Yield the numbers that follow each other with nothing but fillers between."""
    run: list[_Number] = []
    gap, times = "", 1
    for token in _SCAN.findall(text):
        found = list(_read(token))
        if found:
            for digits, spelled in found:
                run.append(_Number(digits * times, spelled, gap))
                gap, times = "", 1
        elif token in _REPEAT:
            times = _REPEAT[token]
        elif token in _FILLER or len(token) == 1 and token.isascii() and token.isalpha():
            gap += " "
        elif _breaks(token):
            if run:
                yield run
            run, gap, times = [], "", 1
        else:
            gap += token
    if run:
        yield run


def _breaks(token: str) -> bool:
    return "¤" in token or token[0].isalnum() or "\u1780" <= token[0] <= "\u17d3"


def _read(token: str) -> Iterator[tuple[str, bool]]:
    """Yield the digits of one token, and whether they were written as words."""
    if token.isdecimal():
        yield token, False
    elif token in _VALUE:
        yield _VALUE[token], True
    elif token.isascii() and token.isalnum():
        if _LATIN_RUN.fullmatch(token):
            for word in _LATIN_NUMBER.findall(token):
                yield _VALUE[word], True
        elif unleet(token) in _VALUE and any(c.isdigit() for c in token):
            yield _VALUE[unleet(token)], True
        elif len(token) > 2 and any(c.isdigit() for c in token):
            like = token.translate(_LIKE_DIGITS)
            digits = like if like.isdecimal() else "".join(c for c in token if c.isdigit())
            if like.isdecimal() or 2 * len(digits) >= len(token):
                yield digits, False


def _judge(run: list[_Number], *, calling: bool) -> Verdict:
    digits = "".join(number.digits for number in run)
    spelled = sum(number.spelled for number in run)
    count = len(digits)
    if calling and count == len(run[0].digits) == 3 and digits[0] == "0":
        return "hold"
    if count < 5 or _counting([n.digits for n in run]):
        return "pass"
    if spelled >= 5 or (spelled >= 3 and count >= _MANY):
        return "stop" if count >= _MANY else "hold"
    if spelled == len(run) and count < _MANY:
        return "pass"
    if _PHONE.match(digits) or (digits[0] == "0" and 8 <= count <= 14):
        return "stop"
    if count >= 8:
        return _long(run)
    if sum(len(n.digits) == 1 for n in run) >= _MANY - 1:
        return "hold"
    if calling and count >= 6 or digits[0] == "0" and len(run[0].digits) > 1:
        return "stop" if calling and count >= _MANY else "hold"
    return "pass"


def _long(run: list[_Number]) -> Verdict:
    """Judge eight digits and more that do not begin like a number to call."""
    parts = [number.digits for number in run]
    gaps = {number.gap.strip() for number in run[1:]}
    if len(parts) == 1 or all(len(part) == 1 for part in parts):
        return "stop"
    if all(len(p) <= 3 for p in parts) and gaps <= {",", ";", ", "} | {"\n"}:
        return "pass" if all(int(p) <= 100 for p in parts) else "hold"
    if all(len(p) <= 2 for p in parts) and gaps <= {"", ","}:
        return "hold"
    return "stop" if any(len(part) <= 4 for part in parts) else "hold"


def _counting(parts: list[str]) -> bool:
    """Return whether numbers only count up or down by one; from nought nobody counts."""
    values = [int(part) for part in parts]
    steps = {b - a for a, b in zip(values, values[1:], strict=False)}
    return len(parts) >= 3 and values[0] > 0 and steps in ({1}, {-1})


def _scattered(text: str) -> bool:
    """Return whether the digits strewn over the words would make a number to call."""
    tokens = re.findall(r"\d+", text)
    digits = "".join(tokens)
    return len(tokens) > 1 and len(tokens[0]) > 1 and bool(_PHONE.match(digits))
