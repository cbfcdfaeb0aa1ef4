"""The people of these tests, and short ways to bring them where a test begins."""

from datetime import UTC, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from bot.mentoring import guardians, introductions, mentors
from bot.mentoring.introductions import Wish
from bot.mentoring.policy import Policy
from bot.mentoring.states import MentorState
from bot.mentoring.tables import Introduction
from bot.people import people

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)  # nine in the morning in Phnom Penh
GIRL, OTHER_GIRL, GUARDIAN, STRANGER = 1, 2, 3, 4
SOPHEA, DARA, LINA = 21, 22, 23
BOPHA, NARY = 11, 12
STAFF = (BOPHA, NARY)
POLICY = Policy()
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
STORY = "I build apps for hospitals and learned to code at 19."


async def meet(session: AsyncSession, *ids: int) -> None:
    for person_id in ids:
        await people.meet(session, person_id, "km", NOW)


async def apply(session: AsyncSession, mentor_id: int, places: int = 2) -> None:
    """Fill in the form and accept the code of conduct."""
    await mentors.begin(session, mentor_id)
    answers = {
        "first_name": {SOPHEA: "Sophea", DARA: "Dara", LINA: "Lina"}[mentor_id],
        "field": "software", "languages": "both", "province": "kandal", "hours": "evenings",
        "places": str(places), "story": STORY,
    }  # fmt: skip
    for name, value in answers.items():
        assert await mentors.fill(session, mentor_id, name, value, NOW) is None
    for item in range(1, mentors.CODE_ITEMS + 1):
        assert await mentors.accept_code(session, mentor_id, item, NOW)


async def vet(session: AsyncSession, mentor_id: int) -> None:
    """Go through the checklist and sign, as two people."""
    for item in mentors.CHECKLIST:
        assert await mentors.check(session, BOPHA, STAFF, mentor_id, item, "folder 3", NOW)
    assert await mentors.approve(session, NARY, STAFF, mentor_id, POLICY, NOW)


async def mentor(session: AsyncSession, mentor_id: int, places: int = 2) -> None:
    await meet(session, mentor_id)
    await apply(session, mentor_id, places)
    await vet(session, mentor_id)
    found = await mentors.find(session, mentor_id)
    assert found is not None
    assert found.state == MentorState.APPROVED


async def student(session: AsyncSession, girl: int, band: str = "minor") -> None:
    """A girl who told her age and agreed to the rules."""
    await meet(session, girl)
    row = await guardians.tell_age(session, girl, band)
    row.alias, row.assent_version, row.assented_at_utc = "Pov", guardians.ASSENT_VERSION, NOW


async def consent(session: AsyncSession, girl: int = GIRL) -> int:
    """Her guardian agrees by the link."""
    invitation = await guardians.invite(session, girl, NOW)
    given = await guardians.agree(session, GUARDIAN, invitation.token, NOW)
    assert given is not None
    return given.id


def wish(hope: str = "How did you learn to code?", mentor_id: int | None = None) -> Wish:
    return Wish("software", "km", "kandal", hope, mentor_id)


async def requested(session: AsyncSession, girl: int = GIRL) -> Introduction:
    """A mentor, a girl with her guardian's consent, and her request."""
    await meet(session, BOPHA, NARY)
    await student(session, girl)
    await consent(session, girl)
    row = await introductions.request(session, girl, wish(), POLICY, NOW)
    assert row is not None
    return row


async def talking(session: AsyncSession, girl: int = GIRL) -> Introduction:
    """Sophea and a girl in an active talk."""
    await mentor(session, SOPHEA)
    row = await requested(session, girl)
    assert await introductions.approve(session, BOPHA, STAFF, row.id, POLICY, NOW) is None
    assert await introductions.accept(session, SOPHEA, row.id, POLICY, NOW)
    assert await introductions.begin(session, girl, row.id, POLICY, NOW)
    return row
