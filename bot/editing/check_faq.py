"""Checks of the FAQ: ids, ways of asking, lengths, reviews."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

from bot.answering.learned import class_of, load_classifiers
from bot.answering.targets import targets_of
from bot.content import Content
from bot.content.faq import FaqEntry, SmallTalk
from bot.editing.limits import (
    FEWEST_ASKS,
    FEWEST_KHMER,
    FEWEST_ROMANISED,
    LONGEST_ANSWER,
    LONGEST_QUESTION,
)
from bot.language.khmer import latin_digits
from bot.language.words import utf16_length

# So many targets may come after the classifiers were fitted.
MOST_LATE = 10
_KHMER = re.compile("[\u1780-\u17ff]")
# A Cambodian number: a zero, then seven to nine digits in any grouping.
_PHONE = re.compile(r"(?<!\d)0\d(?:[ .-]?\d){6,8}(?!\d)")

_FIGURE = re.compile(
    r"\$ ?\d[\d,.]*|\d[\d ,.]*(?:dollars|riel|ដុល្លារ|រៀល|លានរៀល)|\d+ ?(?:%|per ?cent|ភាគរយ)"
)
_OF_WHEN = re.compile(r"(?:19|20)\d\d|no year|មិនប្រាប់ឆ្នាំ")


def problems(content: Content, day: date) -> Iterator[str]:
    """Yield what is wrong with the entries, one by one and together."""
    yield from _ids(content)
    yield from _entries(content, day)
    yield from _unreachable(content)
    yield from _leads_nowhere(content)


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
        for tongue, question in entry.question.root.items():
            if utf16_length(question) > LONGEST_QUESTION:
                yield f"{where}: the {tongue} question has over {LONGEST_QUESTION} characters."
        for tongue, answer in entry.answer.root.items():
            if utf16_length(answer) > LONGEST_ANSWER:
                yield (
                    f"{where}: the {tongue} answer has {utf16_length(answer)} characters: "
                    f"shorten it to {LONGEST_ANSWER}."
                )
        if not _KHMER.search(entry.answer.get("km")):
            yield f"{where}: the Khmer answer has no Khmer in it: translate it."
        yield from _numbers(content, entry)
        yield from _undated(entry)


def _numbers(content: Content, entry: FaqEntry) -> Iterator[str]:
    """Only the numbers of hotlines.yaml may look like telephone numbers."""
    known = {line.number.replace(" ", "") for line in content.hotlines}
    for text in entry.answer.all():
        for match in _PHONE.findall(latin_digits(text)):
            if not any(re.sub("[^0-9]", "", match).startswith(number) for number in known):
                yield (
                    f"entry “{entry.id}”: {match} looks like a telephone number that is not in "
                    "hotlines.yaml: take it out, or add it there with its source."
                )


def _undated(entry: FaqEntry) -> Iterator[str]:
    """Money and per cents change: whoever reads them must know of when they are."""
    if entry.timeless or entry.no_source:
        return
    for tongue, answer in entry.answer.root.items():
        figure = _FIGURE.search(latin_digits(answer))
        if figure and not _OF_WHEN.search(latin_digits(answer)):
            yield (
                f"entry “{entry.id}”: the {tongue} answer says {figure[0].strip()} and no year: "
                "write of which year that is, or “no year given”; of a mere example write "
                "`timeless: true`."
            )


def _unreachable(content: Content) -> Iterator[str]:
    """A topic of the menu without entries leads nowhere, and an entry twice in one is lost."""
    for topic in content.topics:
        if not content.in_topic(topic.id):
            yield f"topics.yaml: “{topic.id}” has no entries: write some, or take it out."


def _leads_nowhere(content: Content) -> Iterator[str]:
    """Return what opens a page or offers an entry that there is not."""
    pages = {page.id for page in content.pages if page.kind == "feature"}
    entries: tuple[FaqEntry | SmallTalk, ...] = (*content.entries.values(), *content.smalltalk)
    for one in entries:
        if one.opens is not None and one.opens not in pages:
            yield f"“{one.id}” opens “{one.opens}”, which is no page: correct its name."
    for talk in content.smalltalk:
        if talk.offers is not None and talk.offers not in content.entries:
            yield f"“{talk.id}” offers “{talk.offers}”, which does not exist: correct its name."


def untrained(content: Content) -> Iterator[str]:
    """What the classifiers were fitted for must be what is here, but for a few new targets."""
    known = set(load_classifiers().classes)
    late = [t.key for t in targets_of(content) if class_of(t) not in known]
    if len(late) > MOST_LATE:
        some = ", ".join(late[:5])
        yield f"{len(late)} targets came after the last `make fit` ({some} …): run it."
