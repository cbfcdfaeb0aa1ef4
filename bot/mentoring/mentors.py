"""Mentors: a woman applies, coordinators vet her, and a second one signs.

Nothing of a mentor is shown to students before approval. Each step is in the audit log.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.mentoring import states
from bot.mentoring.contact_filter import look
from bot.mentoring.policy import Policy
from bot.mentoring.states import HOLDING, MentorState, Who
from bot.mentoring.tables import Introduction, Mentor, MentorCheck
from bot.people.audit import note
from bot.people.staff import Role, require_coordinator, role_of
from bot.people.tables import AuditLine
from bot.refusals import NotAllowedError

# The form, in the order in which it is asked; then the code of conduct, item by item.
FORM = ("first_name", "field", "languages", "province", "hours", "places", "story")
HOURS = ("evenings", "weekends", "both")
LANGUAGES: dict[str, list[str]] = {"km": ["km"], "en": ["en"], "both": ["km", "en"]}
MOST_PLACES = 5
LONGEST_NAME, LONGEST_STORY, LONGEST_EVIDENCE = 20, 500, 200
CODE_VERSION, CODE_ITEMS = 1, 8
CHECKLIST = ("identity", "references", "interview", "training", "police")
WARN_BEFORE = timedelta(days=30)
# What a mentor may still change once she is approved; a name only before.
CHANGEABLE = ("field", "languages", "province", "hours", "places", "story")


@dataclass(frozen=True)
class Fault:
    """Why a value of the form was not taken: a key of what to say."""

    why: str


async def find(session: AsyncSession, person_id: int) -> Mentor | None:
    """Return a mentor's row, whatever its state."""
    return await session.get(Mentor, person_id)


async def role(session: AsyncSession, person_id: int, coordinators: tuple[int, ...]) -> Role:
    """Return the role of a person, mentors included."""
    known = role_of(person_id, coordinators)
    if known is Role.COORDINATOR:
        return known
    mentor = await find(session, person_id)
    approved = mentor is not None and mentor.state == MentorState.APPROVED
    return Role.MENTOR if approved else Role.STUDENT


def cleared(mentor: Mentor | None, now: datetime) -> bool:
    """Return whether a mentor may talk with girls at this moment."""
    return (
        mentor is not None
        and mentor.state == MentorState.APPROVED
        and mentor.clearance_until_utc is not None
        and mentor.clearance_until_utc > now
    )


async def held_places(session: AsyncSession, mentor_id: int) -> int:
    """Return how many of a mentor's places are taken, offers included."""
    rows = await session.scalars(
        select(Introduction.id).where(
            Introduction.mentor_id == mentor_id, Introduction.state.in_(HOLDING)
        )
    )
    return len(rows.all())


def next_question(mentor: Mentor) -> str | None:
    """Return what the form asks next: a field, or `code`, or None when it is whole."""
    for name in FORM:
        if not getattr(mentor, name):
            return name
    return "code" if mentor.code_accepted < CODE_ITEMS else None


async def begin(session: AsyncSession, person_id: int) -> Mentor:
    """Return the form of a person, a new one if she has none."""
    mentor = await find(session, person_id)
    if mentor is None:
        mentor = Mentor(person_id=person_id, state=MentorState.DRAFT, languages=[],
                        code_accepted=0, paused=False, warned=False)  # fmt: skip
        session.add(mentor)
        await session.flush()
    return mentor


async def fill(
    session: AsyncSession, person_id: int, name: str, value: str, now: datetime
) -> Fault | None:
    """Write one answer into her own form; returns why not where it cannot be taken.

    Raises NotAllowedError where she may not change it (no form, or a name after applying).
    """
    mentor = await find(session, person_id)
    if mentor is None or name not in FORM:
        raise NotAllowedError
    draft = mentor.state == MentorState.DRAFT
    if not draft and (name not in CHANGEABLE or mentor.state in ("retired", "refused")):
        raise NotAllowedError
    if name == "first_name":
        if (alias := first_name(value)) is None:
            return Fault("name")
        mentor.first_name = alias
    elif name == "story":
        return _tell_story(mentor, value, draft=draft)
    elif name == "places":
        places = int(value) if value.isdecimal() and len(value) < 3 else 0
        if not 1 <= places <= MOST_PLACES:
            return Fault("places")
        if places < await held_places(session, person_id):
            return Fault("places_held")
        mentor.places = places
    elif name == "languages":
        mentor.languages = LANGUAGES[value]
    else:
        setattr(mentor, name, value)
    if not draft:
        await note(session, person_id, f"changed {name}", f"mentor {person_id}", now)
    return None


def _tell_story(mentor: Mentor, value: str, *, draft: bool) -> Fault | None:
    story = " ".join(value.split())
    if not 20 <= len(story) <= LONGEST_STORY:
        return Fault("story_length")
    if look(story).verdict == "stop":
        return Fault("contact")
    # Students see the story that a coordinator has read, never the one just written.
    if draft or mentor.state == MentorState.APPLIED:
        mentor.story = story
    else:
        mentor.story_waiting, mentor.news = story, "story"
    return None


def first_name(text: str) -> str | None:
    """Return one short word of letters to be called by, or None: no family name, no number."""
    words = text.split()
    if len(words) != 1 or not 1 <= len(words[0]) <= LONGEST_NAME:
        return None
    word = words[0]
    plain = word.replace("-", "").replace("'", "")
    # Khmer vowel signs are no letters to Python, so digits and symbols are refused by name.
    if any(c.isdigit() or not (c.isalpha() or "\u1780" <= c <= "\u17d3") for c in plain):
        return None
    return word if plain and look(word).verdict == "pass" else None


async def accept_code(session: AsyncSession, person_id: int, item: int, now: datetime) -> bool:
    """Accept one item of the code of conduct, in order; the last one sends the application."""
    mentor = await find(session, person_id)
    if mentor is None or mentor.state != MentorState.DRAFT or item != mentor.code_accepted + 1:
        return False
    mentor.code_accepted = item
    if item == CODE_ITEMS and next_question(mentor) is None:
        mentor.code_version, mentor.code_signed_at_utc = CODE_VERSION, now
        await _move(session, mentor, "apply", Who.MENTOR, person_id, now)
    return True


async def _move(
    session: AsyncSession, mentor: Mentor, name: str, who: Who, actor_id: int, now: datetime
) -> bool:
    after = states.mentor_after(mentor.state, name, who)
    if after is None:
        return False
    mentor.state, mentor.news = after, name
    await note(session, actor_id, name, f"mentor {mentor.person_id}", now)
    return True


async def history(
    session: AsyncSession, actor_id: int, coordinators: tuple[int, ...], mentor_id: int
) -> list[AuditLine]:
    """Return who did what to a mentor and when, newest first. Coordinators only."""
    require_coordinator(actor_id, coordinators)
    lines = await session.scalars(
        select(AuditLine)
        .where(AuditLine.kind == "mentor", AuditLine.number == mentor_id)
        .order_by(AuditLine.id.desc())
        .limit(10)
    )
    return list(lines)


async def checks(session: AsyncSession, mentor_id: int) -> dict[str, MentorCheck]:
    """Return the items of the checklist that are done."""
    rows = await session.scalars(select(MentorCheck).where(MentorCheck.mentor_id == mentor_id))
    return {row.item: row for row in rows}


async def check(
    session: AsyncSession,
    actor_id: int,
    coordinators: tuple[int, ...],
    mentor_id: int,
    item: str,
    evidence: str,
    now: datetime,
) -> bool:
    """Tick one item with where the proof is kept. Coordinators only, never of oneself."""
    require_coordinator(actor_id, coordinators)
    mentor = await find(session, mentor_id)
    if actor_id == mentor_id:
        raise NotAllowedError
    evidence = " ".join(evidence.split())[:LONGEST_EVIDENCE]
    known = mentor is not None and mentor.state == MentorState.APPLIED
    done = await checks(session, mentor_id)
    if mentor is None or not known or item not in CHECKLIST or item in done or len(evidence) < 3:
        return False
    session.add(
        MentorCheck(mentor_id=mentor_id, item=item, evidence=evidence, checked_by=actor_id,
                    checked_at_utc=now)
    )  # fmt: skip
    await note(session, actor_id, f"checked {item}", f"mentor {mentor_id}", now)
    if set(done) | {item} == set(CHECKLIST):
        mentor.checked_by = actor_id
        await _move(session, mentor, "check", Who.COORDINATOR, actor_id, now)
    return True


async def approve(
    session: AsyncSession,
    actor_id: int,
    coordinators: tuple[int, ...],
    mentor_id: int,
    policy: Policy,
    now: datetime,
) -> bool:
    """Sign as the second person: not the one who finished the checklist, nor the mentor."""
    require_coordinator(actor_id, coordinators)
    mentor = await find(session, mentor_id)
    if mentor is None or actor_id in (mentor.checked_by, mentor_id):
        return False
    if not await _move(session, mentor, "approve", Who.COORDINATOR, actor_id, now):
        return False
    mentor.approved_by, mentor.approved_at_utc = actor_id, now
    mentor.clearance_until_utc = now + policy.clearance_lasts
    mentor.warned, mentor.renewal_by = False, None
    return True


async def decide(
    session: AsyncSession,
    actor_id: int,
    coordinators: tuple[int, ...],
    mentor_id: int,
    name: str,
    now: datetime,
) -> bool:
    """Refuse, suspend, recheck, remove or take back a mentor. Coordinators only.

    The caller lets go of her introductions (`introductions.let_go`) when she is not cleared.
    """
    require_coordinator(actor_id, coordinators)
    mentor = await find(session, mentor_id)
    if mentor is None or name not in ("refuse", "suspend", "recheck", "remove", "return"):
        return False
    if actor_id == mentor_id and name in ("recheck", "return"):
        raise NotAllowedError
    if not await _move(session, mentor, name, Who.COORDINATOR, actor_id, now):
        return False
    if mentor.state == MentorState.APPLIED:
        await session.execute(delete(MentorCheck).where(MentorCheck.mentor_id == mentor_id))
        mentor.checked_by = mentor.approved_by = mentor.clearance_until_utc = None
    return True


async def renew(
    session: AsyncSession,
    actor_id: int,
    coordinators: tuple[int, ...],
    mentor_id: int,
    policy: Policy,
    now: datetime,
) -> bool | None:
    """Renew a clearance: None after the first of two coordinators, True after the second."""
    require_coordinator(actor_id, coordinators)
    mentor = await find(session, mentor_id)
    if mentor is None or mentor.state != MentorState.APPROVED or actor_id == mentor_id:
        return False
    if mentor.renewal_by is None:
        mentor.renewal_by = actor_id
        await note(session, actor_id, "began to renew", f"mentor {mentor_id}", now)
        return None
    if mentor.renewal_by == actor_id:
        return False
    mentor.clearance_until_utc = now + policy.clearance_lasts
    mentor.renewal_by, mentor.warned = None, False
    await note(session, actor_id, "renewed", f"mentor {mentor_id}", now)
    return True


async def read_story(
    session: AsyncSession,
    actor_id: int,
    coordinators: tuple[int, ...],
    mentor_id: int,
    now: datetime,
    *,
    allow: bool,
) -> bool:
    """Let a changed story be seen by students, or drop it. Coordinators only."""
    require_coordinator(actor_id, coordinators)
    mentor = await find(session, mentor_id)
    if mentor is None or mentor.story_waiting is None or actor_id == mentor_id:
        return False
    if allow:
        mentor.story = mentor.story_waiting
    mentor.story_waiting = None
    await note(session, actor_id, f"{'allowed' if allow else 'dropped'} story",
               f"mentor {mentor_id}", now)  # fmt: skip
    return True


async def pause(session: AsyncSession, person_id: int, now: datetime, *, paused: bool) -> None:
    """Take no new girls for a while, or take them again; her talks go on."""
    mentor = await find(session, person_id)
    if mentor is None or mentor.state != MentorState.APPROVED:
        raise NotAllowedError
    mentor.paused = paused
    await note(session, person_id, "paused" if paused else "came back", f"mentor {person_id}", now)


async def retire(session: AsyncSession, person_id: int, now: datetime) -> bool:
    """Leave. The caller lets go of her introductions."""
    mentor = await find(session, person_id)
    if mentor is None:
        raise NotAllowedError
    return await _move(session, mentor, "retire", Who.MENTOR, person_id, now)


async def lapse_due(session: AsyncSession, now: datetime) -> list[Mentor]:
    """Lapse every clearance that has run out, warn of those about to; returns who lapsed."""
    approved = await session.scalars(select(Mentor).where(Mentor.state == MentorState.APPROVED))
    lapsed = []
    for mentor in approved:
        until = mentor.clearance_until_utc
        if until is None or until <= now:
            await _move(session, mentor, "lapse", Who.BOT, 0, now)
            lapsed.append(mentor)
        elif until - WARN_BEFORE <= now and not mentor.warned:
            mentor.warned, mentor.news = True, "warn"
    return lapsed


async def with_news(session: AsyncSession) -> list[Mentor]:
    """Return the mentors of whom there is something to tell."""
    query = select(Mentor).where(Mentor.news.is_not(None)).order_by(Mentor.person_id)
    return list(await session.scalars(query))


async def in_states(
    session: AsyncSession, actor_id: int, coordinators: tuple[int, ...], *wanted: str
) -> list[Mentor]:
    """Return the mentors in these states, by id. Coordinators only."""
    require_coordinator(actor_id, coordinators)
    query = select(Mentor).where(Mentor.state.in_(wanted)).order_by(Mentor.person_id)
    return list(await session.scalars(query))


def exported(mentor: Mentor) -> dict[str, Any]:
    """Return what is kept about a mentor, for her own copy."""
    names = ("state", "first_name", "field", "languages", "province", "hours", "places", "story")
    return {name: getattr(mentor, name) for name in names}
