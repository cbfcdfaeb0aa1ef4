"""What an editor must know before content goes live, each problem in plain words with a mend.

`bot.content` refuses what is malformed; this finds what is well formed and still wrong.
"""

import re
import string
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from html.parser import HTMLParser

from bot.answering.features import ConceptFinder
from bot.answering.rank import Ranker, documents_of, load_weights
from bot.content import Asks, Content, FaqEntry, Text
from bot.language.khmer import repair
from bot.language.words import utf16_length, words

LONGEST_ANSWER = 700
LONGEST_BUTTON = 30
LONGEST_QUESTION = 60
LONGEST_KHMER_SENTENCE_WORDS = 45
FEWEST_ASKS, FEWEST_KHMER, FEWEST_ROMANISED = 6, 3, 1
_LATIN_DIGITS = str.maketrans("០១២៣៤៥៦៧៨៩", "0123456789")
_KHMER = re.compile("[\u1780-\u17ff]")
_TAGS = {"b", "i", "blockquote"}
# A Cambodian number: a zero, then seven to nine digits in any grouping.
_PHONE = re.compile(r"(?<!\d)0\d(?:[ .-]?\d){6,8}(?!\d)")
# Emoji join and style themselves with these; in words they are stray.
_EMOJI_JOINERS = re.compile("[\u200d\ufe0f]")


def check(content: Content, today: date | None = None) -> list[str]:
    """Return every problem found, in plain words; empty when all is well."""
    day = today or datetime.now(UTC).date()
    return [
        *_ids(content),
        *_entries(content, day),
        *_texts(content),
        *_locales(content),
        *_safety(content, day),
        *_own_asks(content),
    ]


def _ids(content: Content) -> Iterator[str]:
    topics = {topic.id for topic in content.topics}
    ids = Counter(entry.id for file in content.faq for entry in file.entries)
    yield from (f"entry “{i}” is there {n} times: rename one." for i, n in ids.items() if n > 1)
    for grade, chosen in content.examples.items():
        for entry_id in chosen:
            if entry_id not in content.entries:
                yield f"topics.yaml: the example “{entry_id}” for {grade} does not exist."
    for file in content.faq:
        if file.topic not in topics:
            yield f"faq/{file.topic}.yaml: the topic is not in topics.yaml: add it there."
    for entry in content.entries.values():
        for other in entry.related:
            if other not in content.entries:
                yield f"entry “{entry.id}”: related “{other}” does not exist: correct its name."
            if other == entry.id:
                yield f"entry “{entry.id}” is related to itself: take it out."


def _entries(content: Content, day: date) -> Iterator[str]:
    for entry in content.entries.values():
        where = f"entry “{entry.id}”"
        asks = entry.asks
        if len(asks.all()) < FEWEST_ASKS:
            yield f"{where}: only {len(asks.all())} ways of asking: write {FEWEST_ASKS} or more."
        if len(asks.km) + len(asks.mix) < FEWEST_KHMER:
            yield f"{where}: write at least {FEWEST_KHMER} ways of asking in Khmer."
        if len(asks.rom) < FEWEST_ROMANISED:
            yield f"{where}: write a way of asking in romanised Khmer (rom)."
        if entry.review_due < day:
            yield f"{where}: the review was due on {entry.review_due}: read it again."
        if entry.reviewed > day:
            yield f"{where}: `reviewed` lies in the future: correct the date."
        for tongue in ("km", "en"):
            question, answer = entry.question.get(tongue), entry.answer.get(tongue)
            if utf16_length(question) > LONGEST_QUESTION:
                yield f"{where}: the {tongue} question has over {LONGEST_QUESTION} characters."
            if utf16_length(answer) > LONGEST_ANSWER:
                yield (
                    f"{where}: the {tongue} answer has {utf16_length(answer)} characters: "
                    f"shorten it to {LONGEST_ANSWER}."
                )
        if not _KHMER.search(entry.answer.km):
            yield f"{where}: the Khmer answer has no Khmer in it: translate it."
        yield from _numbers(content, entry)


def _numbers(content: Content, entry: FaqEntry) -> Iterator[str]:
    """Only the numbers of hotlines.yaml may look like telephone numbers."""
    known = {line.number.replace(" ", "") for line in content.hotlines}
    for text in (entry.answer.km, entry.answer.en):
        for match in _PHONE.findall(text.translate(_LATIN_DIGITS)):
            if not any(re.sub("[^0-9]", "", match).startswith(number) for number in known):
                yield (
                    f"entry “{entry.id}”: {match} looks like a telephone number that is not in "
                    "hotlines.yaml: take it out, or add it there with its source."
                )


def _texts(content: Content) -> Iterator[str]:
    for where, written in _all_texts(content):
        text = _EMOJI_JOINERS.sub("", written)
        if repair(text) != text:
            yield (
                f"{where}: “{text[:30]}” has marks in the wrong order or invisible characters: "
                "type it again, or paste the repaired text:\n  " + repair(text)
            )
    for entry in content.entries.values():
        for sentence in re.split("[។\n?!៖]", entry.answer.km):
            if len(words(sentence)) > LONGEST_KHMER_SENTENCE_WORDS:
                yield f"entry “{entry.id}”: a Khmer sentence is very long: “{sentence[:40]}…”."


def _all_texts(content: Content) -> Iterator[tuple[str, str]]:
    def both(where: str, text: Text) -> Iterator[tuple[str, str]]:
        yield from ((where, text.km), (where, text.en))

    def asks(where: str, given: Asks) -> Iterator[tuple[str, str]]:
        yield from ((where, line) for line in (*given.en, *given.rom))

    for entry in content.entries.values():
        yield from both(f"entry “{entry.id}”", entry.question)
        yield from both(f"entry “{entry.id}”", entry.answer)
        yield from asks(f"entry “{entry.id}”", entry.asks)
    for talk in content.smalltalk:
        yield from both(f"small talk “{talk.id}”", talk.reply)
    for topic in content.topics:
        yield from both(f"topic “{topic.id}”", topic.label)
    for care in content.cares:
        yield from both(f"care “{care.kind}”", care.reply)
    for line in content.hotlines:
        yield from both(f"hotline “{line.id}”", line.about)
    for words_ in content.locales.values():
        yield from ((f"locale “{key}”", text) for key, text in words_.items())


def _locales(content: Content) -> Iterator[str]:
    khmer, english = content.locales["km"], content.locales["en"]
    for key in sorted(set(khmer) ^ set(english)):
        missing = "en" if key in khmer else "km"
        yield f"locales/{missing}: “{key}” is missing: translate it."
    for key in sorted(set(khmer) & set(english)):
        if _fields(khmer[key]) != _fields(english[key]):
            yield f"locales: “{key}” has other {{braces}} in Khmer than in English: align them."
        for tongue, text in (("km", khmer[key]), ("en", english[key])):
            if problem := _html_problem(text):
                yield f"locales/{tongue}: “{key}”: {problem}."
    for tongue, words_ in content.locales.items():
        for key, text in words_.items():
            if key in content.button_keys and utf16_length(text) > LONGEST_BUTTON:
                yield f"locales/{tongue}: the button “{key}” is over {LONGEST_BUTTON} characters."


def _fields(text: str) -> list[str]:
    return sorted({name for _, name, _, _ in string.Formatter().parse(text) if name})


class _Html(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.problem = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _TAGS or attrs:
            self.problem = f"<{tag}> is not allowed"
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.problem = f"</{tag}> closes nothing"


def _html_problem(text: str) -> str:
    parser = _Html()
    parser.feed(text)
    return parser.problem or (f"<{parser.open[-1]}> is not closed" if parser.open else "")


def _safety(content: Content, day: date) -> Iterator[str]:
    kinds = {sign.kind for sign in content.signs.signs} | {"help"}
    for kind in sorted(kinds - set(content.care_for)):
        yield f"safety/cares.yaml: nothing is said for “{kind}”: write a reply."
    for kind in sorted(kinds):
        if f"kind.{kind}" not in content.locales["km"]:
            yield f"locales: “kind.{kind}” is missing: name the kind of danger."
    for care in content.cares:
        for line in care.hotlines:
            if line not in content.hotline:
                yield f"care “{care.kind}”: hotline “{line}” does not exist: correct its name."
        if care.entry and care.entry not in content.entries:
            yield f"care “{care.kind}”: entry “{care.entry}” does not exist: correct its name."
    for hotline in content.hotlines:
        if (day - hotline.reviewed).days > hotline.review_every_days:
            yield f"hotline “{hotline.id}”: confirm the number again, then set `reviewed`."
    known = set(content.signs.words)
    for sign in content.signs.signs:
        used = {*sign.all, *sign.unless, *sign.deniable, *(w for g in sign.any for w in g)}
        for name in sorted(used - known):
            yield f"safety sign “{sign.name}”: the group “{name}” is not under `words`: add it."


def _own_asks(content: Content) -> Iterator[str]:
    """Every way of asking must find its own entry first."""
    ranker = Ranker(documents_of(content), ConceptFinder(content.concepts), load_weights())
    for entry in content.entries.values():
        for line in _every_ask(entry):
            found = ranker.rank(line).candidates
            if not found or found[0].id != entry.id:
                other = found[0].id if found else "nothing"
                yield (
                    f"entry “{entry.id}”: “{line}” finds “{other}” first: word it more clearly, "
                    "or move it there."
                )


def _every_ask(entry: FaqEntry) -> Iterable[str]:
    return (entry.question.km, entry.question.en, *entry.asks.all())
