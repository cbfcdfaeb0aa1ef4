"""What an editor must know before content goes live, each problem in plain words with a mend.

`bot.content.load` refuses what is malformed; this finds what is well formed and still wrong.
"""

from datetime import UTC, date, datetime
from pathlib import Path

from bot.content import Content
from bot.editing import (
    check_address,
    check_faq,
    check_library,
    check_pathways,
    check_relay,
    check_safety,
    check_words,
    stamps,
)
from bot.settings import CONTENT


def check(content: Content, today: date | None = None, root: Path = CONTENT) -> list[str]:
    """Return every problem found, in plain words; empty when all is well."""
    return [
        *read_through(content, today, root),
        *check_faq.collisions(content),
        *check_faq.untrained(content),
    ]


def read_through(content: Content, today: date | None = None, root: Path = CONTENT) -> list[str]:
    """Return the problems that can be seen by reading, without asking anything (quick)."""
    day = today or datetime.now(UTC).date()
    return [
        *check_faq.problems(content, day),
        *check_library.problems(content, day),
        *check_pathways.problems(content),
        *check_words.problems(content),
        *check_address.problems(content),
        *check_safety.problems(content, day),
        *check_relay.problems(content, root),
        *stamps.stale(root, content),
    ]
