"""What may be said of a failure: its kind and place, for its text may hold a girl's words.

The text of an exception is written by others: a database says what it was given, Telegram quotes
the message that it refuses. So no log and no traceback shows one, whichever library writes it.
"""

import asyncio
import errno
import json
import logging
import re
import sys
import threading
from collections.abc import Iterator
from copy import copy
from datetime import UTC, datetime
from pathlib import Path
from traceback import extract_tb
from typing import Any

log = logging.getLogger(__name__)

# The rooms of this house, whose lines are written with care; of others only what warns is kept.
_OURS = ("bot", "handlers")
_OF_LIBRARY = "a library reports a failure"
_MOST_CAUSES = 4
# What takes the place of what is put in, such as %s or %.1f, and what is no word around it.
_PLACES_ALONE = re.compile(r"(?:%[^a-zA-Z%]*[a-zA-Z]|\W)*")
_LINE = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"


def named(error: BaseException) -> str:
    """Return the kind of a failure and the way to it, file by file; then what it came from."""
    return ", from ".join(_named(one) for one in _causes(error))


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield a failure and what it came from: a library raises its own in place of the disk's."""
    seen: set[int] = set()
    found: BaseException | None = error
    while found is not None and id(found) not in seen and len(seen) < _MOST_CAUSES:
        seen.add(id(found))
        yield found
        before = None if found.__suppress_context__ else found.__context__
        first = found.exceptions[0] if isinstance(found, BaseExceptionGroup) else None
        found = first or found.__cause__ or before


def _named(error: BaseException) -> str:
    frames = extract_tb(error.__traceback__)
    way = " > ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames)
    code = _code(error)
    kind = f"{type(error).__name__} ({code})" if code else type(error).__name__
    return f"{kind} at {way or 'an unknown place'}"


def _code(error: BaseException) -> str | None:
    """Return what the system or a database calls a failure, such as ENOSPC: it quotes nobody."""
    if isinstance(error, OSError):
        return errno.errorcode.get(error.errno or 0)
    code = getattr(error, "sqlite_errorname", None) or getattr(error, "sqlstate", None)
    return code if isinstance(code, str) else None


class Discreet(logging.Formatter):
    """Writes a failure by its kind and place where a traceback would show its text."""

    def formatException(self, ei: Any) -> str:  # noqa: N802
        """Return the kind and place of what failed."""
        return named(ei[1]) if ei[1] is not None else "nothing failed"

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; of a library's failure only the place, for what it says quotes."""
        told = copy(record)
        # Another formatter may have left its traceback here.
        told.exc_text = None
        if told.exc_info and told.name.partition(".")[0] not in _OURS:
            told.msg, told.args = _OF_LIBRARY, ()
        return super().format(told)


class DiscreetJson(Discreet):
    """Writes the same as one JSON object a line, for programs that gather logs.

    `event` is the sentence before its ids were put in, by which alike lines are found; where all
    of it is put in, it is the sentence itself.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; of a library's failure only the place, as above."""
        library = record.exc_info and record.name.partition(".")[0] not in _OURS
        at = datetime.fromtimestamp(record.created, UTC)
        line = {
            "at": at.isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "event": _OF_LIBRARY if library else _event(record),
            "says": super().format(record),
        }
        return json.dumps(line, ensure_ascii=False)


def _event(record: logging.LogRecord) -> str:
    sentence = str(record.msg)
    return record.getMessage() if _PLACES_ALONE.fullmatch(sentence) else sentence


def log_discreetly(level: str, shape: str = "text") -> None:
    """Log to standard error, ids only, and let nothing print the text of a failure.

    `shape` is text, or json for an object a line.

    Of libraries only warnings are kept: at DEBUG several write addresses with the token in them,
    rows of the database and bodies of messages.
    """
    handler = logging.StreamHandler()
    handler.setFormatter(DiscreetJson("%(message)s") if shape == "json" else Discreet(_LINE))
    logging.basicConfig(
        level=max(logging.WARNING, logging.getLevelNamesMapping()[level]),
        handlers=[handler],
        force=True,
    )
    for room in _OURS:
        logging.getLogger(room).setLevel(level)
    # A line that cannot be written would be printed with all that it was made of.
    logging.raiseExceptions = False
    sys.excepthook = _died
    threading.excepthook = _thread_died


def listen_to_the_loop() -> None:
    """Log, to its very end, what fails in the running loop and reaches nobody.

    asyncio would show its text.
    """
    asyncio.get_running_loop().set_exception_handler(_nobody_waited)


def _nobody_waited(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    error = context.get("exception")
    if error is not None:
        log.error("a task failed and nobody waited for it: %s", named(error))
    else:
        log.error("asyncio is not content: a task or a transport was left behind")


def _died(kind: type[BaseException], error: BaseException, _trace: Any) -> None:
    if issubclass(kind, KeyboardInterrupt):
        log.info("stopped from the keyboard")
    else:
        log.critical("the process ends: %s", named(error))


def _thread_died(told: threading.ExceptHookArgs) -> None:
    if told.exc_value is not None:
        log.error("a thread ended: %s", named(told.exc_value))
