"""What is kept of a person: shown to her, erased for her, forgotten in time.

Each feature keeps its own part in a module `privacy`, and this is the list of them.
"""

from collections import Counter
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from bot.announcements import privacy as announcements
from bot.careers import privacy as careers
from bot.classes import privacy as classes
from bot.desk import counters
from bot.desk import privacy as desk
from bot.events import privacy as events
from bot.mentoring import privacy as mentoring
from bot.people import privacy as people
from bot.people.staff import Actor
from bot.questions import privacy as questions
from bot.queues import privacy as queues
from bot.safety import privacy as safety
from bot.settings import Settings
from bot.teaching import privacy as teaching

# How the audit log says that somebody was erased.
ERASED = "erased herself"


class Keeper(Protocol):
    """What a feature keeps of people; the module `privacy` of each is one."""

    async def export(self, session: AsyncSession, person_id: int, /) -> dict[str, Any]:
        """Return what is kept of a person, as plain values by name."""

    async def erase(self, session: AsyncSession, person_id: int, now: datetime, /) -> None:
        """Forget a person."""

    async def forget_old(
        self, session: AsyncSession, settings: Settings, now: datetime, /
    ) -> dict[str, int]:
        """Delete what has been kept as long as the settings allow; return how much, by kind."""


# Where the id of a person stays although she erased herself, as "table.column", and why. Every
# other column that can hold one is exported and erased by a keeper: `tests/test_privacy.py` reads
# the metadata and tries each.
_VOUCHES = "a mentor's vetting must show who vouched for her for as long as she meets girls"
_OVERSIGHT = "safeguarding must show who read or decided what; it goes with the words of the talk"
_CONSENT = "a consent must show who has seen it on paper for as long as it holds"
_ANSWERS = "who wrote and who approved what went to many answers for it, as in the audit log"
_LOG = "the log of privileged acts is never changed; a line goes after the years of the settings"
EXEMPT: dict[str, str] = {
    "audit.actor_id": _LOG,
    "audit.number": _LOG,
    "audit.subject": _LOG,
    "broadcasts.author_id": _ANSWERS,
    "broadcasts.approved_by": _ANSWERS,
    "broadcasts.cursor": "how far the list has been gone through, not who is on it",
    "broadcasts.proposal": _ANSWERS,
    "guardian_consents.attested_by": _CONSENT,
    "inbox.payload": "what came in is worked on in order, and its words go when that is done",
    "introductions.reported_by": "a report is kept until it is looked into, and a while longer",
    "mentor_checks.checked_by": _VOUCHES,
    "mentors.approved_by": _VOUCHES,
    "mentors.checked_by": _VOUCHES,
    "mentors.renewal_by": _VOUCHES,
    "outbox.payload": "words on their way to others go when they are delivered",
    "relay_messages.decided_by": _OVERSIGHT,
    "relay_messages.read_by": _OVERSIGHT,
    "switches.changed_by": "who turned mentoring off or on answers for it",
}

# Where it stays only while a case is open or a talk was reported, or something about a mentor
# waits for a coordinator or was decided against her: for the protection of children, and said so
# on her pages of privacy. Where there is nothing of that these are erased as any other.
_REPORT = (
    "who the two of a talk were that was reported: it may be about the one who erases herself"
)
PROTECTS: dict[str, str] = {
    "cases.person_id": "whose case is open: it may be another who erases her",
    "introductions.student_id": _REPORT,
    "introductions.mentor_id": _REPORT,
    "relay_messages.sender_id": "who wrote what in a talk that was reported",
    "mentors.person_id": "that one waits to be looked at, or was suspended, refused or retired",
}

# In the order of erasing: first what others wait for, last the person herself.
KEEPERS: dict[str, Keeper] = {
    "desk": desk,
    "announcements": announcements,
    "mentoring": mentoring,
    "queues": queues,
    "questions": questions,
    "teaching": teaching,
    "safety": safety,
    "events": events,
    "careers": careers,
    "classes": classes,
    "people": people,
}


async def export(session: AsyncSession, person_id: int) -> dict[str, Any]:
    """Return everything that is kept about a person, as plain values."""
    kept: dict[str, Any] = {}
    for keeper in reversed(KEEPERS.values()):
        kept |= await keeper.export(session, person_id)
    return kept


async def erase(session: AsyncSession, person_id: int, now: datetime) -> None:
    """Forget a person: rows, questions, feedback, cases, sign-ups, walks, messages to her.

    Of an open case nothing stays but that it is there, for a while (`bot.safety.privacy`).
    What was reported in a talk with a mentor is kept until its retention time, and a mentor about
    whom something waits for a coordinator stays as an id and a state, both said so
    (`bot.mentoring.privacy`). Of announcements only the counts stay. A coordinator gives up
    her seat, and what she had taken is free again. Her id stays where `EXEMPT` and `PROTECTS` say
    so, and in no other column. The audit log keeps that an erasure happened;
    wordings of an answered question that a coordinator chose as ways of asking, with nothing
    about a person in them, stay in the FAQ, and so do words of questions that were accepted as
    ways of asking; what she gave in order to teach goes with her.
    """
    for keeper in KEEPERS.values():
        await session.flush()
        # What a keeper deletes row by row must not come back from the memory of the session.
        session.expunge_all()
        await keeper.erase(session, person_id, now)
    await Actor(session, person_id, (), now).note(ERASED, "person")


async def forget_old(session: AsyncSession, settings: Settings, now: datetime) -> None:
    """Delete what has been kept as long as the settings allow, and count it by kind.

    The counts are told in the weekly digest: `digest.forgot.*` has words for each kind.
    """
    forgotten = Counter[str]()
    for keeper in KEEPERS.values():
        forgotten.update(await keeper.forget_old(session, settings, now))
    await counters.forgot(session, now.astimezone(settings.zone).date(), forgotten)
