"""What was learned in the bot, as YAML in the form of `content/faq/` and `content/asks/`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bot.content import Content
from bot.content.aspects import MoreAsks
from bot.content.base import Asks, Text, Tongue
from bot.content.faq import Learned
from bot.database import Session
from bot.editing import in_database
from bot.editing.writing import BLANK, as_yaml
from bot.language.khmer import repair
from bot.questions import additions
from bot.settings import Settings
from bot.teaching import live, words
from bot.teaching.targets import can_be_learned, known_ways

LONGEST_ID = 40
_HEAD = """\
# Answered by coordinators in the bot. One document for each topic: move its entries to the end of
# content/faq/<topic>.yaml, read them in both languages, find a source where they state a fact, and
# write what is still “{blank}”. Once an entry is there, it stands for the learned one.
"""
_WAYS_HEAD = """\
# Ways of asking that were learned in the bot and accepted. Read each, leave out what tells of
# somebody, and move them to content/asks/, into a file of this kind. `make fit` learns from them.
"""


@dataclass(frozen=True)
class Exported:
    """What was learned, as YAML, and how much of it there is."""

    text: str
    entries: int
    ways: int


def export(settings: Settings, content: Content) -> Exported:
    """Return the live entries and ways of asking. Raises SettingsError without a database."""

    async def read(session: Session) -> tuple[dict[str, list[Learned]], tuple[MoreAsks, ...]]:
        entries = await additions.live(session, settings.zone)
        return entries, await live.accepted(session)

    entries, taught = in_database.read(settings, read)
    asked = content.with_learned(entries, taught)
    taken = set(content.entries)
    documents = [_HEAD.format(blank=BLANK)]
    for topic, found in sorted(entries.items()):
        rows = [
            _as_written(
                entry.asked_too(asked.more_asks_for("faq", entry.id)), taken, content.complete
            )
            for entry in found
        ]
        documents.append(as_yaml({"topic": topic, "entries": rows}))
    files = [file for file in (_new_ways(content, file) for file in taught) if file["asks"]]
    documents += [_WAYS_HEAD + as_yaml(file) for file in files]
    ways = sum(
        len(lines) for file in files for by in file["asks"].values() for lines in by.values()
    )
    return Exported("---\n".join(documents), sum(map(len, entries.values())), ways)


def _new_ways(content: Content, taught: MoreAsks) -> dict[str, Any]:
    """Return the ways of asking that the files of the library have not, as they are written."""
    asks = {
        name: lines
        for name, of in sorted(taught.asks.items())
        if can_be_learned(content, f"{taught.kind}:{name}")
        and (lines := _unknown(known_ways(content, f"{taught.kind}:{name}"), of))
    }
    return {"kind": taught.kind, "asks": asks}


def _unknown(known: Iterable[str], asks: Asks) -> dict[str, list[str]]:
    keys = {words.key(line) for line in known}
    left = {
        language: [repair(line) for line in lines if words.key(line) not in keys]
        for language, lines in asks.model_dump().items()
    }
    return {language: lines for language, lines in left.items() if lines}


def _as_written(entry: Learned, taken: set[str], tongues: Iterable[Tongue]) -> dict[str, Any]:
    return {
        "id": _new_id(entry, taken),
        "question": _words(entry.question, tongues),
        "answer": _words(entry.answer, tongues),
        "asks": {
            language: [repair(line) for line in lines]
            for language, lines in entry.asks.model_dump().items()
        },
        "no_source": entry.no_source,
        "reviewed": entry.reviewed,
        "review_every_days": entry.review_every_days,
        "related": [],
    }


def _words(text: Text, tongues: Iterable[Tongue]) -> dict[Tongue, str]:
    """Return the words in each language, or what stands for those still to be written."""
    return {tongue: repair(text.root.get(tongue, BLANK)) for tongue in tongues}


def _new_id(entry: Learned, taken: set[str]) -> str:
    """Return an id made of the English question, which nothing else has."""
    words = re.findall("[a-z0-9]+", entry.question.get("en").lower())
    name = ""
    for word in words:
        if len(name) + len(word) + 1 > LONGEST_ID - 4:
            break
        name = f"{name}-{word}" if name else word
    name = name or entry.id
    number = 1
    while (found := name if number == 1 else f"{name}-{number}") in taken:
        number += 1
    taken.add(found)
    return found
