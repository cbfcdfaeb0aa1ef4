"""`bongsrey doctor`: everything that an operator should know before she is called, a line each.

It changes nothing, and may be asked while the bot runs or not, with a token or without. What it
cannot see it says. A further check is a function of a `Patient`, listed below.
"""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from bot.clock import Clock
from bot.database import Database
from bot.database.migrate import known_revisions, revision
from bot.database.one_instance import UnseenError, runs_on
from bot.database.prepare import look_at
from bot.database.trouble import FAILURES, in_words
from bot.failures import named
from bot.operations import of_content, of_copies, of_database, of_machine, of_telegram
from bot.operations.finding import Check, Finding, Patient, Verdict, bad
from bot.settings import Settings

# In the order in which they are told: first what stops everything.
CHECKS: tuple[Check, ...] = (
    of_machine.settings,
    of_machine.process,
    of_telegram.telegram,
    of_machine.disk,
    of_machine.permissions,
    of_database.migrations,
    of_database.records,
    of_database.queues,
    of_database.coordinators,
    of_database.drill,
    of_copies.last_backup,
    of_content.library,
    of_content.meaning,
)


async def examine(
    settings: Settings, clock: Clock, checks: Iterable[Check] = CHECKS
) -> AsyncIterator[Finding]:
    """Yield what is found, as it is found."""
    async with _readable(settings) as database:
        patient = _patient(settings, clock, database)
        for check in checks:
            try:
                found = list(await check(patient))
            except FAILURES as error:
                # Such as a file that another program holds: the others are looked at all the same.
                found = [bad(check.__name__.replace("_", " "), in_words(error))]
            except Exception as error:
                # What nobody thought of, such as a proxy that a library cannot use.
                says = f"it could not be looked at ({named(error)})"
                found = [bad(check.__name__.replace("_", " "), says)]
            for one in found:
                yield one


def _patient(settings: Settings, clock: Clock, database: Database | None) -> Patient:
    if not settings.is_in_file:
        why = "it may run on any machine; ask each worker on its MONITOR_PORT"
        return Patient(settings, clock, database, None, why)
    try:
        return Patient(settings, clock, database, runs_on(settings.database_file))
    except UnseenError as error:
        return Patient(settings, clock, database, None, str(error))


def is_bad(finding: Finding) -> bool:
    """Return whether it must be mended."""
    return finding.verdict is Verdict.BAD


@asynccontextmanager
async def _readable(settings: Settings) -> AsyncIterator[Database | None]:
    """Yield the database where there is one that this release can read; it is not made."""
    try:
        if settings.is_in_file:
            file = settings.database_file
            there = file.is_file() and revision(file) == known_revisions()[0]
        else:
            there = (await look_at(settings.database_url)).is_of_this_release
    except Exception:
        # The check of the database says what it is.
        there = False
    if not there:
        yield None
        return
    database = Database(settings.database_url)
    try:
        yield database
    finally:
        await database.close()
