"""Checks of every text a person reads: encoding, terms, sentence length, and the menus."""

import re
import string
from collections.abc import Iterator
from html.parser import HTMLParser
from importlib.metadata import version

from bot.content import Content
from bot.content.base import BASE_TONGUE
from bot.editing.texts import every_text
from bot.editing.well import Well, code_of
from bot.editing.writing import BLANK
from bot.language.khmer import repair
from bot.language.words import utf16_length, words

LONGEST_BUTTON = 30
LONGEST_KHMER_SENTENCE_WORDS = 45
# Khmer letters are not to be slanted: they are hard to read so.
_TAGS = {"b", "blockquote"}
# Emoji join and style themselves with these; in words they are stray.
_EMOJI_JOINERS = re.compile("[\u200d\ufe0f]")
# What a word can begin with: a letter that is not written under another, or what is no Khmer.
_CLUSTERS = re.compile("(?<!\u17d2)[\u1780-\u17b3]|[^\u1780-\u17d3\\s]")
# What decides how many words a sentence has.
_CODE = code_of("language", "editing/check_words.py") + version("khmer-nltk").encode()
_SENTENCE_END = re.compile("[។\n?!៖]")


def problems(content: Content, well: Well) -> Iterator[str]:
    """Yield what is wrong with words, wherever they stand."""
    for place, text in every_text(content):
        for tongue in text.root.keys() - content.tongues.keys():
            yield f"{place}: there is no language “{tongue}”: correct its name."
        for written in text.all():
            yield from _encoding(place, written)
            if written.strip() == BLANK and not place.startswith("locales."):
                yield f"{place}: is still to be written."
        yield from _terms(content, place, text.get("km"))
        if not place.startswith("locales."):
            yield from _long_sentences(place, text.get("km"), well)
    for entry in content.entries.values():
        for line in entry.asks.all():
            if line.strip() == BLANK:
                yield f"faq.{entry.id}.asks: a way of asking is still to be written."
        for line in (*entry.asks.en, *entry.asks.rom):
            yield from _encoding(f"faq.{entry.id}.asks", line)
    yield from _locales(content)


def _encoding(place: str, written: str) -> Iterator[str]:
    text = _EMOJI_JOINERS.sub("", written)
    if repair(text) != text:
        yield (
            f"{place}: “{text[:30]}” has marks in the wrong order or invisible characters: "
            "type it again, or paste the repaired text:\n  " + repair(text)
        )


def _terms(content: Content, place: str, khmer: str) -> Iterator[str]:
    for term in content.glossary:
        for other in term.avoid:
            if other in khmer:
                yield f"{place}: “{other}” stands for {term.en}: write “{term.km}” as elsewhere."


def _long_sentences(place: str, khmer: str, well: Well) -> Iterator[str]:
    for sentence in _SENTENCE_END.split(khmer):
        # Finding words takes milliseconds; a word has a cluster at least, and these are counted.
        if len(_CLUSTERS.findall(sentence)) <= LONGEST_KHMER_SENTENCE_WORDS:
            continue
        told = sentence.encode("utf-8", "surrogatepass"), _CODE
        if well.knows(*told):
            continue
        if len(words(sentence)) <= LONGEST_KHMER_SENTENCE_WORDS:
            well.is_well(*told)
        else:
            yield f"{place}: a Khmer sentence is very long, cut it in two: “{sentence[:40]}…”."


def _locales(content: Content) -> Iterator[str]:
    keys = {key for tongue in content.complete for key in content.locales[tongue]}
    base = content.locales[BASE_TONGUE]
    for tongue, said in content.locales.items():
        missing = keys - said.keys() if tongue in content.complete else ()
        for key in sorted(missing):
            yield f"locales/{tongue}: “{key}” is missing: translate it."
        for key in sorted(said.keys() - keys):
            yield f"locales/{tongue}: nothing is called “{key}”: correct its name."
        for key, text in said.items():
            if key in base and _fields(text) != _fields(base[key]):
                yield (
                    f"locales/{tongue}: “{key}” has other {{braces}} than in "
                    f"locales/{BASE_TONGUE}: align them."
                )
            if problem := _html_problem(text):
                yield f"locales/{tongue}: “{key}”: {problem}."
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
