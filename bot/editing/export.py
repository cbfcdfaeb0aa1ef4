"""What coordinators added to the FAQ in the bot, as YAML in the form of `content/faq/`."""

import asyncio
import re
from collections.abc import Iterable
from typing import Any

from bot.content import Content
from bot.content.base import Text, Tongue
from bot.content.faq import Learned
from bot.database import Database
from bot.editing.writing import BLANK, as_yaml
from bot.language.khmer import repair
from bot.questions import additions
from bot.settings import Settings, SettingsError

LONGEST_ID = 40
_HEAD = """\
# Answered by coordinators in the bot. One document for each topic: move its entries to the end of
# content/faq/<topic>.yaml, read them in both languages, find a source where they state a fact, and
# write what is still “{blank}”. Once an entry is there, it stands for the learned one.
"""


def export(settings: Settings, content: Content) -> tuple[str, int]:
    """Return the live entries as YAML, and how many. Raises SettingsError without a database."""
    if settings.is_in_file and not settings.database_file.exists():
        raise SettingsError(
            f"DATABASE_URL names {settings.database_file}, which does not exist yet."
        )
    entries = asyncio.run(_read(settings))
    taken = set(content.entries)
    documents = [_HEAD.format(blank=BLANK)]
    for topic, found in sorted(entries.items()):
        rows = [_as_written(entry, taken, content.complete) for entry in found]
        documents.append(as_yaml({"topic": topic, "entries": rows}))
    return "---\n".join(documents), sum(map(len, entries.values()))


async def _read(settings: Settings) -> dict[str, list[Learned]]:
    database = Database(settings.database_url)
    try:
        async with database.read() as session:
            return await additions.live(session, settings.zone)
    finally:
        await database.close()


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
