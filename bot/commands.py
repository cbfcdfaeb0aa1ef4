"""The command line: its grammar, what each command does, and how it fails."""

import argparse
import asyncio
import io
import json
import logging
import os
import re
import sys
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import NoReturn

from sqlalchemy.exc import DBAPIError

from bot.content import ContentError, load_content
from bot.database.one_instance import AlreadyRunningError
from bot.database.trouble import in_words
from bot.editing import commands as commands_of_editors
from bot.failures import log_discreetly
from bot.settings import CONTENT, Settings, SettingsError, load_settings, not_read
from bot.supervision import PartEndedError
from bot.telegram.intake import TokenRefusedError
from bot.version import VERSION

log = logging.getLogger(__name__)

EXIT_PROBLEM, EXIT_CONFIGURATION = 1, 2
LAST_PORT = 65535


class _Grammar(argparse.ArgumentParser):
    """Says a slip in one sentence, with what is probably meant, and no page of usage."""

    def error(self, message: str) -> NoReturn:
        """End with the status of a wrong setting."""
        given, names = _WRONG_NAME.search(message), re.findall(r"'([\w-]+)'", message)
        like = get_close_matches(given[1], names[1:], 1) if given else []
        meant = f" Did you mean {like[0]}?" if like else ""
        self.exit(EXIT_CONFIGURATION, f"{self.prog}: {message}.{meant} "
                  f"What it takes: {self.prog} --help\n")  # fmt: skip


_WRONG_NAME = re.compile(r"invalid choice: '([^']*)'")


def parser() -> argparse.ArgumentParser:
    """Return the command line's grammar, which is also its documentation."""
    root = _Grammar(
        prog="bongsrey",
        description="Bong Srey, career guidance in Khmer and English for girls in Cambodia.",
    )
    root.add_argument("--version", action="version", version=f"Bong Srey {VERSION}")
    commands = root.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("run", help="run the bot on Telegram (needs BOT_TOKEN)")
    demo = commands.add_parser(
        "demo", help="run it with a chat page, no token",
        description="Run the bot with a chat page, without a token. It does not touch what "
        "DATABASE_URL names: all lies in data/demo-PORT.sqlite, and goes when it is stopped.",
    )  # fmt: skip
    demo.add_argument("--port", type=_port, default=8081, help="port of the chat page (8081)")
    ask = commands.add_parser("ask", help="answer questions from standard input, one a line")
    ask.add_argument("--json", action="store_true", help="print one JSON object a line")
    contacts = commands.add_parser(
        "contacts",
        help="say what the relay would do with messages from standard input, one a line",
    )
    contacts.add_argument("--json", action="store_true", help="print one JSON object a line")
    contacts.add_argument("--girl", action="store_true", help="as if the girl had written them")
    commands_of_editors.add_to(commands)
    commands.add_parser("doctor", help="say in plain words what is wrong with the bot (exit 1)")
    mentoring = commands.add_parser("mentoring", help="draw the page about mentoring")
    drawings = mentoring.add_subparsers(dest="what", required=True, metavar="WHAT")
    diagram = drawings.add_parser("diagram", help="print docs/mentoring.md from the code")
    diagram.add_argument("--write", action="store_true", help="write the file")
    backup = commands.add_parser("backup", help="copy the database safely while the bot runs")
    backup.add_argument("file", type=_file, help="the copy to write")
    backup.add_argument("--replace", action="store_true", help="in place of a copy of that name")
    restored = commands.add_parser(
        "restore", help="put such a copy in the place of the database while no bot runs"
    )
    restored.add_argument("file", type=_file, help="the copy to read")
    restored.add_argument(
        "--key", type=_file, metavar="FILE", help="the private key of an encrypted copy"
    )
    moved = commands.add_parser(
        "migrate-data",
        help="copy a SQLite database into the empty PostgreSQL one that DATABASE_URL names",
    )
    moved.add_argument("file", type=_file, help="the SQLite file, on which no bot runs")
    key = commands.add_parser(
        "backup-key", help="make a private key for copies, and say its public one"
    )
    key.add_argument("file", type=_file, help="where to write the private key")
    return root


def _port(given: str) -> int:
    if given.isascii() and given.isdecimal() and 1 <= int(given[:9]) <= LAST_PORT:
        return int(given[:9])
    raise argparse.ArgumentTypeError(f"“{given}” is no port: it must be 1 to {LAST_PORT}")


def _file(given: str) -> Path:
    if not Path(given).name or "\0" in given:
        raise argparse.ArgumentTypeError(f"“{given}” is no name of a file")
    return Path(given)


def perform(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return its exit status: 1 for a problem found, 2 for a wrong setting."""
    options = parser().parse_args(arguments)
    try:
        return _COMMANDS[options.command](options)
    except (SettingsError, TokenRefusedError, AlreadyRunningError) as error:
        print(error, file=sys.stderr)
        return EXIT_CONFIGURATION
    except ContentError as error:
        print(error, file=sys.stderr)
        # To look for what is wrong in it is what `content` is for; who starts a bot finds a file
        # that is wrong, which no new start mends.
        return EXIT_PROBLEM if options.command == "content" else EXIT_CONFIGURATION
    except PartEndedError as error:
        print(error, file=sys.stderr)
        return EXIT_PROBLEM
    except DBAPIError as error:
        print(f"DATABASE_URL cannot be used: {in_words(error)}.", file=sys.stderr)
        return EXIT_PROBLEM


def _settings() -> Settings:
    settings = load_settings()
    log_discreetly(settings.log_level, settings.log_format)
    for line in not_read(os.environ):
        log.warning("%s", line)
    return settings


def _run(_options: argparse.Namespace) -> int:
    from bot import app

    settings = _settings()
    settings.token()
    asyncio.run(app.run(settings))
    return 0


def _demo(options: argparse.Namespace) -> int:
    from bot.demo.run import run_demo

    asyncio.run(run_demo(_settings(), options.port))
    return 0


def _lines() -> Iterator[str]:
    """Yield what is on standard input, line by line; a letter that is no UTF-8 ends nothing."""
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")
    for line in sys.stdin:
        yield line.rstrip("\n")


def _ask(options: argparse.Namespace) -> int:
    from bot.answering.answerer import build_answerer
    from handlers.command_line import LineError, answer_with_buttons

    content = load_content(CONTENT)
    answerer = build_answerer(content)
    for text in _lines():
        if not text.strip():
            continue
        try:
            result, labels = answer_with_buttons(answerer, content, text)
        except LineError as error:
            _say_of_line(error, options.json)
            continue
        if options.json:
            print(json.dumps(result, ensure_ascii=False), flush=True)
        else:
            buttons = [f"[{label}]" for label in labels]
            print("\n".join([result["reply"], *buttons]), end="\n\n", flush=True)
    return 0


def _say_of_line(error: Exception, as_json: bool) -> None:
    """Say in the place of an answer why there is none: what comes after keeps its place."""
    said = json.dumps({"error": str(error)}, ensure_ascii=False) if as_json else f"error: {error}"
    print(said, flush=True)


def _contacts(options: argparse.Namespace) -> int:
    """Read messages as the relay does; a blank line begins a new talk."""
    from bot.mentoring.contact.look import look
    from handlers.command_line import LineError, messages_of

    before: list[str] = []
    for line in _lines():
        if not line.strip():
            before.clear()
            continue
        try:
            messages = messages_of(line)
        except LineError as error:
            _say_of_line(error, options.json)
            continue
        for text in messages:
            found = look(text, before, by_mentor=not options.girl)
            before.append(text)
            if options.json:
                result = {"text": text, "verdict": found.verdict, "reasons": list(found.reasons)}
                print(json.dumps(result, ensure_ascii=False), flush=True)
            else:
                print(f"{found.verdict:6}{', '.join(found.reasons):28} {text}", flush=True)
    return 0


def _backup(options: argparse.Namespace) -> int:
    from bot.database.backup import back_up_by_hand
    from bot.database.counted import in_short

    settings = load_settings()
    keys, folder = settings.backup_keys, options.file.absolute().parent
    new = not os.access(folder, os.F_OK)
    counts = back_up_by_hand(settings.database_file, options.file, options.replace, keys)
    sealed = ", encrypted for BACKUP_KEYS" if keys else ""
    print(f"The database was copied to {options.file}{sealed}, and the copy is sound: it holds "
          f"{in_short(counts)}.")  # fmt: skip
    if new:
        print(f"The folder {folder} was not there, and was made.")
    return 0


def _restore(options: argparse.Namespace) -> int:
    from bot.database.backup import KEEP_BEFORE
    from bot.database.counted import in_short
    from bot.database.restore import restore

    done = restore(options.file, load_settings().database_file, options.key)
    print(f"{options.file} is the database now: it holds {in_short(done.counts)}. What waited in "
          "it is sent at the next start.")  # fmt: skip
    if done.older is not None:
        print(f"It is of an older release ({done.older}); the next start brings it up to date.")
    if done.kept is not None:
        print(f"The database from before is kept for {KEEP_BEFORE.days} days in {done.kept}.")
    return 0


def _migrate_data(options: argparse.Namespace) -> int:
    from bot.database.counted import in_short
    from bot.database.move import move
    from bot.tables import metadata

    settings = load_settings()
    if settings.is_in_file:
        raise SettingsError(
            "DATABASE_URL names a SQLite file. Let it name the empty PostgreSQL database to copy "
            "into, such as postgresql+asyncpg://bongsrey:PASSWORD@localhost/bongsrey"
        )
    log_discreetly(settings.log_level, settings.log_format)
    counts = move(options.file, settings.database_url, metadata)
    print(f"{options.file} was copied: {in_short(counts)}. Every row was read back and is the "
          "same. Start the bot with this DATABASE_URL; keep the file for a while.")  # fmt: skip
    return 0


def _backup_key(options: argparse.Namespace) -> int:
    from bot.clock import utc_now
    from bot.database.sealed import new_key

    public = new_key(options.file, utc_now())
    print(f"The private key is in {options.file}. Keep it away from the server, in two places: "
          "without it nobody can read a copy. On the server, put this into .env:\n"
          f"BACKUP_KEYS={public}")  # fmt: skip
    return 0


def _doctor(_options: argparse.Namespace) -> int:
    from bot.clock import utc_now
    from bot.operations.doctor import examine, is_bad

    settings = load_settings()

    async def look() -> int:
        wrong = 0
        async for finding in examine(settings, utc_now):
            print(finding, flush=True)
            wrong += is_bad(finding)
        print(f"{wrong} to mend." if wrong else "Nothing to mend.")
        return EXIT_PROBLEM if wrong else 0

    return asyncio.run(look())


def _mentoring(options: argparse.Namespace) -> int:
    from bot.mentoring import diagram

    if options.write:
        diagram.write()
    else:
        print(diagram.document())
    return 0


_COMMANDS = {
    "run": _run,
    "demo": _demo,
    "ask": _ask,
    "contacts": _contacts,
    "content": commands_of_editors.run,
    "dataset": commands_of_editors.run_dataset,
    "mentoring": _mentoring,
    "doctor": _doctor,
    "backup": _backup,
    "restore": _restore,
    "migrate-data": _migrate_data,
    "backup-key": _backup_key,
}
