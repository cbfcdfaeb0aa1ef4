"""A new entry to fill in: `bongsrey content new` puts it at the end of its topic's file."""

import re
from datetime import date
from pathlib import Path

from bot.content import Content, ContentError

_ID = re.compile("^[a-z0-9]+(-[a-z0-9]+)*$")
# What stands for a text that is still to be written; the check refuses it.
BLANK = "…"
_ENTRY = """
  - id: {id}
    question:
      km: "{blank}"
      en: "{blank}"
    answer:
      km: |-
        {blank}
      en: |-
        {blank}
    asks:
      km: ["{blank}", "{blank}", "{blank}", "{blank}", "{blank}"]
      en: ["{blank}", "{blank}"]
      rom: ["{blank}"]
      mix: ["{blank}"]
    sources:
      - {{title: "{blank}", url: "https://example.org/", year: {year}}}
    reviewed: {day}
    review_every_days: 180
    related: []
"""


def add_entry(root: Path, content: Content, entry_id: str, topic: str, day: date) -> Path:
    """Append a template to the topic's file; raises ContentError when that cannot be."""
    if not _ID.match(entry_id) or len(entry_id) > 40:
        raise ContentError(
            f"“{entry_id}” cannot be an id: use small letters and digits joined by -, such as "
            "what-is-ai."
        )
    if entry_id in content.entries:
        raise ContentError(f"There is an entry “{entry_id}” already: choose another id.")
    topics = [t.id for t in content.topics]
    if topic not in topics:
        raise ContentError(f"There is no topic “{topic}”. The topics are: {', '.join(topics)}.")
    path = root / "faq" / f"{topic}.yaml"
    with path.open("a", encoding="utf-8") as file:
        file.write(_ENTRY.format(id=entry_id, blank=BLANK, day=day, year=day.year))
    return path
