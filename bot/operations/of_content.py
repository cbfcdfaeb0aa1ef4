"""What the library says: whether it can be read, and how much of it is due to be read again."""

import asyncio
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from bot.content import Content, ContentError, load_content
from bot.content.base import Reviewed
from bot.language import encoder
from bot.language.encoder import UnusableError
from bot.operations.finding import Finding, Patient, bad, look, well
from bot.settings import CONTENT


async def library(patient: Patient) -> Iterable[Finding]:
    """Look at the age of what girls are told."""
    try:
        content = await asyncio.to_thread(load_content, CONTENT)
    except ContentError as error:
        return [bad("content", line) for line in str(error).splitlines()]
    today = patient.now.astimezone(patient.settings.zone).date()
    late = [item for item in _reviewed(content) if item.review_due < today]
    old = [
        bad("content", f"the number of the hotline {line.id} is to be confirmed again; then set "
            "`reviewed` in content/hotlines.yaml")
        for line in content.hotlines
        if line.reviewed + timedelta(days=line.review_every_days) < today
    ]  # fmt: skip
    total = f"{len(content.entries)} answers and {len(content.careers)} careers"
    if late:
        first = min(item.review_due for item in late)
        says = f"{len(late)} pages are due to be read again, the first since {first}"
        return [*old, look("content", f"{says}; bongsrey content check names them")]
    newest: date = max(item.reviewed for item in _reviewed(content))
    return old or [well("content", f"{total}; none is overdue, the newest review is of {newest}")]


def _reviewed(content: Content) -> Iterator[Reviewed]:
    yield from content.entries.values()
    yield from content.careers.values()
    yield from (*content.institutions, *content.opportunities, *content.school_year)
    yield content.for_parents


async def meaning(_patient: Patient) -> Iterable[Finding]:
    """Look whether sentences are understood by their meaning, or by their words alone."""
    try:
        await asyncio.to_thread(encoder.load)
    except UnusableError as error:
        return [look("encoder", f"questions are understood by their words alone: {error}")]
    return [well("encoder", "questions are understood by their meaning as well")]
