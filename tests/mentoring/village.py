"""The people of these tests, and short ways to bring them where a test begins."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from bot.database import Session
from bot.mentoring import guardians, introductions, mentors, moves, relay, vetting
from bot.mentoring.policy import Policy
from bot.mentoring.relay import Outcome, Written
from bot.mentoring.states import MentorState, State
from bot.mentoring.tables import Introduction, Mentor
from bot.mentoring.wishes import Wish
from bot.people import ages, people
from bot.people.ages import Band
from bot.people.staff import Actor
from bot.refusals import RefusedError

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)  # nine in the morning in Phnom Penh
GIRL, OTHER_GIRL, GUARDIAN, STRANGER = 1, 2, 3, 4
SOPHEA, DARA, LINA = 21, 22, 23
BOPHA, NARY = 11, 12
STAFF = (BOPHA, NARY)
POLICY = Policy()
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
STORY = "I build apps for hospitals and learned to code at 19."


def refused(key: str) -> "pytest.RaisesExc[RefusedError]":
    """The refusal with these words is expected."""
    return pytest.raises(RefusedError, match=f"^{re.escape(key)}$")


def acts(session: Session, who: int, at: datetime = NOW, staff: tuple[int, ...] = STAFF) -> Actor:
    """Somebody who does something."""
    return Actor(session, who, staff, at)


def clock(session: Session, at: datetime, staff: tuple[int, ...] = STAFF) -> Actor:
    """The bot itself, at a time."""
    return moves.bot(session, staff, at)


async def meet(session: Session, *ids: int) -> None:
    for person_id in ids:
        await people.meet(session, person_id, "km", NOW)


async def apply(session: Session, mentor_id: int, places: int = 2) -> None:
    """Fill in the form and accept the code of conduct."""
    herself = acts(session, mentor_id)
    await mentors.begin(session, mentor_id)
    answers = {
        "first_name": {SOPHEA: "Sophea", DARA: "Dara", LINA: "Lina"}[mentor_id],
        "field": "software",
        "languages": "km en",
        "province": "kandal",
        "hours": "evenings",
        "places": str(places),
        "story": STORY,
    }
    for name, value in answers.items():
        await mentors.fill(herself, name, value)
    for item in range(1, mentors.CODE_ITEMS + 1):
        assert await mentors.accept_code(herself, item) == item
    await mentors.apply(herself)


async def vet(session: Session, mentor_id: int) -> None:
    """Go through the checklist and sign, as two people."""
    for item in vetting.CHECKLIST:
        await vetting.check(acts(session, BOPHA), mentor_id, item, "folder 3")
    await vetting.approve(acts(session, NARY), mentor_id, POLICY)


async def mentor(session: Session, mentor_id: int, places: int = 2) -> None:
    await meet(session, mentor_id)
    await apply(session, mentor_id, places)
    await vet(session, mentor_id)
    assert (await mentor_row(session, mentor_id)).state is MentorState.APPROVED


async def mentor_row(session: Session, mentor_id: int) -> Mentor:
    """The row of a mentor."""
    return await session.get_one(Mentor, mentor_id)


async def state(session: Session, row: Introduction) -> State:
    """Where an introduction stands."""
    return (await session.get_one(Introduction, row.id)).state


async def student(session: Session, girl: int, band: str = "minor") -> None:
    """A girl who told her age and agreed to the rules."""
    await meet(session, girl)
    await ages.tell(acts(session, girl), Band(band), NOW.date())
    row = await guardians.mentee(session, girl)
    row.alias, row.assent_version, row.assented_at_utc = "Pov", guardians.ASSENT_VERSION, NOW


async def consent(session: Session, girl: int = GIRL) -> int:
    """Her guardian agrees by the link."""
    invitation = await guardians.invite(acts(session, girl))
    given = await guardians.agree(acts(session, GUARDIAN), invitation.token)
    return given.id


def wish(hope: str = "How did you learn to code?", mentor_id: int | None = None) -> Wish:
    return Wish("software", "km", "kandal", hope, mentor_id)


async def requested(session: Session, girl: int = GIRL) -> Introduction:
    """A mentor, a girl with her guardian's consent, and her request."""
    await meet(session, BOPHA, NARY)
    await student(session, girl)
    await consent(session, girl)
    row = await introductions.request(acts(session, girl), wish(), POLICY)
    assert row is not None
    return row


async def begun(session: Session, girl: int = GIRL) -> Introduction:
    """A girl and a mentor whom there is already, in an active talk."""
    row = await requested(session, girl)
    await introductions.approve(acts(session, BOPHA), row.id, POLICY)
    await introductions.accept(acts(session, SOPHEA), row.id, POLICY)
    await introductions.begin(acts(session, girl), row.id, POLICY)
    return row


async def talking(session: Session, girl: int = GIRL) -> Introduction:
    """Sophea and a girl in an active talk."""
    await mentor(session, SOPHEA)
    return await begun(session, girl)


async def says(
    session: Session,
    who: int,
    row: Introduction,
    text: str,
    number: int | None = None,
    at: datetime = NOW,
) -> Outcome:
    """One of the two writes a message, with this number at Telegram."""
    return await relay.carry(acts(session, who, at), row.id, Written(text, number), POLICY)


async def edits(
    session: Session, who: int, row: Introduction, text: str, number: int, at: datetime = NOW
) -> Outcome:
    """She writes the message with this number anew."""
    actor = acts(session, who, at)
    before = await relay.edited(actor, number)
    assert before is not None
    return await relay.carry(actor, row.id, Written(text, number, edit_of=before), POLICY)
