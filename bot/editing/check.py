"""What an editor must know before content goes live, each problem in plain words with a mend.

`bot.content.load` refuses what is malformed; this finds what is well formed and still wrong.
"""

import logging
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from bot.content import Content
from bot.editing import (
    check_address,
    check_faq,
    check_files,
    check_finding,
    check_library,
    check_names,
    check_pathways,
    check_relay,
    check_safety,
    check_words,
    last_look,
    stamps,
)
from bot.editing.well import Well
from bot.settings import CONTENT

log = logging.getLogger(__name__)


def check(
    content: Content, last: Path, going: check_finding.Going, *, all_of_it: bool = False
) -> list[str]:
    """Return every problem found, in plain words; empty when all is well.

    What the check before has seen, in the file `last`, is not looked at again, unless `all_of_it`
    is asked for; `going` goes through the ways of asking that are asked.
    """
    look = None if all_of_it else last_look.read(last)
    well = Well() if look is None else Well(look.well)
    problems = read_through(content, well=well)
    found = check_finding.collisions(content, look, going)
    try:
        last_look.keep(last, replace(found.look, well=tuple(sorted(well.seen))))
    except OSError as error:
        # The next check takes as long as this one.
        log.warning("what was seen is not kept in %s (%s)", last.name, type(error).__name__)
    return [*problems, *found.problems, *check_faq.untrained(content)]


def read_through(
    content: Content, today: date | None = None, root: Path = CONTENT, well: Well | None = None
) -> list[str]:
    """Return the problems that can be seen by reading, without asking anything (quick).

    What `well` knows is not read again, and it learns what was found well.
    """
    day = today or datetime.now(UTC).date()
    well = Well() if well is None else well
    return [
        *check_files.problems(root),
        *check_faq.problems(content, day),
        *check_library.problems(content, day),
        *check_names.problems(content),
        *check_pathways.problems(content),
        *check_words.problems(content, well),
        *check_address.problems(content),
        *check_safety.problems(content, day),
        *check_relay.problems(content, root, well),
        *stamps.stale(root, content),
    ]
