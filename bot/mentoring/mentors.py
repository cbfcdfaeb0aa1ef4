"""Mentors: a woman applies, and what becomes of her and of what she told of herself.

What coordinators decide about her is in `vetting`. Each step is in the audit log.
"""

import re
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, func, select

from bot.database import Session, any_once, count, read_once
from bot.mentoring import states
from bot.mentoring.contact.look import look
from bot.mentoring.states import HOLDING, NEVER_A_MENTOR, MentorState, Who
from bot.mentoring.tables import Introduction, MentorCheck
from bot.mentoring.tables import Mentor as Mentor
from bot.people import phones
from bot.people.staff import Actor
from bot.refusals import NotAllowedError, RefusedError, StaleError

# The form, in the order in which it is asked; then the code of conduct, item by item.
FORM = ("first_name", "field", "languages", "province", "hours", "places", "story")
HOURS = ("evenings", "weekends", "both")
MOST_PLACES = 5
LONGEST_NAME, LONGEST_STORY = 20, 500
# How a name is told in a sentence. What follows “I am” is one only when it is written as one.
_TELLS_NAME = re.compile(
    r"(?:(?i:hi|hello|សួស្តី|សួស្ដី)[\s,!]+)?"
    r"(?:(?i:my name is|my name's|name is|name[:៖]|call me|you can call me|"
    r"(?:k?n?hom|nhom|oun)?\s*(?:chmous|chhmous|chmos|chhmos|chmoh)(?: tha)?)\s+"
    r"|(?:I am|I'm|i am|i'm|Im|im)\s+(?=[A-Z])"
    r"|(?:ខ្ញុំ|អូន|ញុំ)?\s*(?:មាន)?ឈ្មោះ\s*(?:របស់)?(?:ខ្ញុំ|អូន|ញុំ)?\s*(?:គឺ|ថា|៖)?\s*"
    r"|ហៅ(?:ខ្ញុំ|អូន|ញុំ)?ថា\s*)"
    r"(\S+)(?:\s+(?i:bong|បង|ចាស|ចា៎|ចា|please))?"
    r"$"
)
CODE_VERSION, CODE_ITEMS = 1, 8
# Where one may stand who was approved once.
_FORMER = (
    MentorState.RETIRED, MentorState.SUSPENDED, MentorState.LAPSED, MentorState.APPLIED,
    MentorState.CHECKED,
)  # fmt: skip
WARN_BEFORE = timedelta(days=30)
# What a mentor may still change once she is approved; a name only before.
CHANGEABLE = ("field", "languages", "province", "hours", "places", "story")


async def find(session: Session, person_id: int) -> Mentor | None:
    """Return a mentor's row, whatever its state."""
    return await session.get(Mentor, person_id)


async def is_one(session: Session, person_id: int) -> bool:
    """Return whether somebody is an approved mentor, which every turn asks."""

    async def read() -> frozenset[int]:
        approved = select(Mentor.person_id).where(Mentor.state == MentorState.APPROVED)
        return frozenset(await session.scalars(approved))

    return person_id in await read_once(session, "who is a mentor", (Mentor,), read)


async def was_one(session: Session, person_id: int) -> bool:
    """Return whether somebody was an approved mentor, and is none now; every turn asks."""

    async def read() -> frozenset[int]:
        former = select(Mentor.person_id).where(
            Mentor.approved_at_utc.is_not(None), Mentor.state.in_(_FORMER)
        )
        return frozenset(await session.scalars(former))

    return person_id in await read_once(session, "who was a mentor", (Mentor,), read)


async def known(session: Session, public_id: str | None) -> Mentor | None:
    """Return the mentor whom buttons name so, if there is one."""
    return await session.scalar(select(Mentor).where(Mentor.public_id == public_id))


async def named(session: Session, public_id: str) -> Mentor:
    """Return the mentor whom a button names; raises StaleError for nobody.

    The buttons of old messages carry a Telegram id, which names nobody any more.
    """
    mentor = await known(session, public_id)
    if mentor is None:
        raise StaleError
    return mentor


async def names(session: Session, ids: Collection[int]) -> dict[int, str]:
    """Return the first names of those who are mentors, or were, as far as they are kept."""
    query = select(Mentor.person_id, Mentor.first_name).where(
        Mentor.person_id.in_(ids), Mentor.first_name.is_not(None)
    )
    return {person_id: str(name) for person_id, name in await session.execute(query)}


def cleared(mentor: Mentor | None, now: datetime) -> bool:
    """Return whether a mentor may talk with girls at this moment."""
    return (
        mentor is not None
        and mentor.state is MentorState.APPROVED
        and mentor.clearance_until_utc is not None
        and mentor.clearance_until_utc > now
    )


def barred(mentor: Mentor) -> bool:
    """Return whether a mentor is kept from the coordinators' desk: suspended, frozen or quiet."""
    waits = mentor.state is MentorState.FROZEN or mentor.quiet_since_utc is not None
    return waits or mentor.barred_since_utc is not None


async def held_places(session: Session, mentor_id: int) -> int:
    """Return how many of a mentor's places are taken, offers included."""
    query = select(func.count()).where(
        Introduction.mentor_id == mentor_id, Introduction.state.in_(HOLDING)
    )
    return await count(session, query)


def next_question(mentor: Mentor) -> str | None:
    """Return what the form asks next: a field, or `code`, or None when it is whole."""
    for name in FORM:
        if not getattr(mentor, name):
            return name
    return "code" if mentor.code_accepted < CODE_ITEMS else None


async def begin(session: Session, person_id: int) -> Mentor:
    """Return the form of a person, a new one if she has none.

    Raises RefusedError for one whose phone others use too: girls wait for what she writes.
    """
    mentor = await find(session, person_id)
    if mentor is None:
        await _require_own_phone(session, person_id)
        mentor = Mentor(
            person_id=person_id,
            state=MentorState.DRAFT,
            languages=[],
            code_accepted=0,
            paused=False,
            warned=False,
        )
        session.add(mentor)
        await session.flush()
    return mentor


async def _require_own_phone(session: Session, person_id: int) -> None:
    if not await phones.is_own(session, person_id):
        raise RefusedError("who.no_mentor")


async def fill(actor: Actor, name: str, value: str) -> Mentor:
    """Write one answer into her own form; languages are parted by spaces.

    Raises RefusedError with the reason where it cannot be taken, and NotAllowedError where she
    may not change it (no form, or a name after applying).
    """
    mentor = await find(actor.session, actor.id)
    if mentor is None or name not in FORM:
        raise NotAllowedError
    draft = mentor.state is MentorState.DRAFT
    gone = mentor.state in (MentorState.RETIRED, MentorState.REFUSED, MentorState.FROZEN)
    if not draft and (name not in CHANGEABLE or gone):
        raise NotAllowedError
    if name == "first_name":
        if (alias := first_name(value)) is None:
            raise RefusedError("form_fault.name", most=LONGEST_NAME)
        mentor.first_name = alias
    elif name == "story":
        _tell_story(mentor, value)
        return mentor
    elif name == "places":
        mentor.places = await _places(actor, value)
    elif name == "languages":
        mentor.languages = value.split()
    else:
        setattr(mentor, name, value)
    if not draft:
        await actor.note(f"changed {name}", "mentor", actor.id)
    return mentor


async def _places(actor: Actor, value: str) -> int:
    places = int(value) if value.isdecimal() and len(value) < 3 else 0
    if not 1 <= places <= MOST_PLACES:
        raise RefusedError("form_fault.places")
    if places < await held_places(actor.session, actor.id):
        raise RefusedError("form_fault.places_held")
    return places


def _tell_story(mentor: Mentor, value: str) -> None:
    story = " ".join(value.split())
    if not 20 <= len(story) <= LONGEST_STORY:
        raise RefusedError("form_fault.story_length")
    if look(story).barred:
        raise RefusedError("form_fault.contact")
    # Students see the story that a coordinator has read, never the one just written.
    if mentor.state in (MentorState.DRAFT, MentorState.APPLIED):
        mentor.story = story
    else:
        mentor.story_waiting, mentor.news = story, "story"


def first_name(text: str) -> str | None:
    """Return one short word of letters to be called by, or None: no family name, no number.

    It may be told in a sentence: “my name is Monika”.
    """
    told = _TELLS_NAME.match(text.strip().rstrip(".!។"))
    words = (told[1] if told else text).split()
    if len(words) != 1 or not 1 <= len(words[0]) <= LONGEST_NAME:
        return None
    word = words[0]
    plain = word.replace("-", "").replace("'", "")
    # Khmer vowel signs are no letters to Python, so digits and symbols are refused by name.
    if any(c.isdigit() or not (c.isalpha() or "\u1780" <= c <= "\u17d3") for c in plain):
        return None
    return word if plain and not look(word).barred else None


async def accept_code(actor: Actor, item: int) -> int:
    """Accept one item of the code of conduct, in order.

    Returns how many are accepted: one that is not the next changes nothing.
    """
    mentor = await find(actor.session, actor.id)
    if mentor is None:
        raise StaleError
    if mentor.state is MentorState.DRAFT and item == mentor.code_accepted + 1:
        await _require_own_phone(actor.session, actor.id)
        mentor.code_accepted = item
        if item == CODE_ITEMS:
            mentor.code_version, mentor.code_signed_at_utc = CODE_VERSION, actor.now
    return mentor.code_accepted


def may_apply_again(mentor: Mentor) -> bool:
    """Return whether a mentor who left may send her form once more."""
    return mentor.state is MentorState.RETIRED and not barred(mentor)


async def meets_girls(session: Session, person_id: int) -> bool:
    """Return whether somebody is a mentor; one who left is none, as one who only thought of it."""
    mentor = await find(session, person_id)
    return mentor is not None and mentor.state not in (*NEVER_A_MENTOR, MentorState.RETIRED)


async def checks_begin_anew(session: Session, mentor: Mentor) -> None:
    """Erase what was checked of a mentor, and who signed for her."""
    await session.execute(delete(MentorCheck).where(MentorCheck.mentor_id == mentor.person_id))
    mentor.checked_by = mentor.approved_by = mentor.clearance_until_utc = None


async def apply(actor: Actor) -> None:
    """Send a form that is whole to the coordinators; again after she had left.

    Who applies again is checked like anybody: what was checked before is erased.
    """
    mentor = await find(actor.session, actor.id)
    if mentor is None or next_question(mentor) is not None:
        raise StaleError
    if mentor.state is not MentorState.RETIRED:
        await move(actor, mentor, "apply", Who.MENTOR)
        return
    if barred(mentor):
        raise NotAllowedError
    await move(actor, mentor, "reapply", Who.MENTOR)
    mentor.news = "apply"
    await checks_begin_anew(actor.session, mentor)


async def move(actor: Actor, mentor: Mentor, name: str, who: Who) -> None:
    """Make a move of vetting; raises RefusedError where it may not be made."""
    after = states.mentor_after(mentor.state, name, who)
    if after is None:
        raise RefusedError("approve.gone" if who is Who.COORDINATOR else "talk.cannot")
    mentor.state, mentor.news = after, name
    await actor.note(name, "mentor", mentor.person_id)


async def quiet(actor: Actor, mentor: Mentor) -> None:
    """Let a mentor write to nobody until a coordinator has looked; her talks stay open."""
    if mentor.quiet_since_utc is None:
        mentor.quiet_since_utc, mentor.quiet_reminded_at_utc = actor.now, None
        mentor.news = "quiet"
        await actor.note("kept from writing", "mentor", mentor.person_id)


async def freeze(actor: Actor) -> None:
    """Keep the row of a mentor who erases herself, with nothing in it but that she waits."""
    mentor = await find(actor.session, actor.id)
    if mentor is not None:
        if mentor.state is not MentorState.FROZEN:
            await move(actor, mentor, "freeze", Who.MENTOR)
            mentor.erased_at_utc = actor.now
        empty(mentor)


def empty(mentor: Mentor) -> None:
    """Take everything out of a row that she told of herself."""
    mentor.first_name = mentor.story = mentor.story_waiting = None
    mentor.field = mentor.province = mentor.hours = mentor.places = None
    mentor.languages = []


async def forget(session: Session, mentor_id: int) -> None:
    """Delete a mentor, with who vouched for what."""
    await session.execute(delete(MentorCheck).where(MentorCheck.mentor_id == mentor_id))
    await session.execute(delete(Mentor).where(Mentor.person_id == mentor_id))


async def pause(actor: Actor, *, paused: bool) -> None:
    """Take no new girls for a while, or take them again; her talks go on."""
    mentor = await find(actor.session, actor.id)
    if mentor is None or mentor.state is not MentorState.APPROVED:
        raise NotAllowedError
    mentor.paused = paused
    await actor.note("paused" if paused else "came back", "mentor", actor.id)


async def retire(actor: Actor) -> None:
    """Leave. The caller lets go of her introductions."""
    mentor = await find(actor.session, actor.id)
    if mentor is None:
        raise NotAllowedError
    await move(actor, mentor, "retire", Who.MENTOR)


async def lapse_due(bot: Actor) -> list[Mentor]:
    """Lapse every clearance that has run out, warn of those about to; returns who lapsed."""
    approved = await bot.session.scalars(
        select(Mentor).where(Mentor.state == MentorState.APPROVED)
    )
    lapsed = []
    for mentor in approved:
        until = mentor.clearance_until_utc
        if until is None or until <= bot.now:
            await move(bot, mentor, "lapse", Who.BOT)
            lapsed.append(mentor)
        elif until - WARN_BEFORE <= bot.now and not mentor.warned:
            mentor.warned, mentor.news = True, "warn"
    return lapsed


async def take_news(session: Session) -> list[tuple[Mentor, str]]:
    """Return the mentors of whom there is something to tell, and what; now it is told."""
    newsworthy = Mentor.news.is_not(None)
    if not await any_once(session, "whether there is news of a mentor", Mentor, newsworthy):
        return []
    query = select(Mentor).where(newsworthy).order_by(Mentor.person_id)
    taken = []
    for mentor in await session.scalars(query):
        taken.append((mentor, mentor.news or ""))
        mentor.news = None
    return taken


def exported(mentor: Mentor) -> dict[str, Any]:
    """Return what is kept about a mentor, for her own copy."""
    names = ("state", "first_name", "field", "languages", "province", "hours", "places", "story")
    return {
        **{name: getattr(mentor, name) for name in names},
        "kept_from_writing": mentor.quiet_since_utc is not None,
        "kept_from_the_desk": barred(mentor),
    }
