"""What a girl is about to ask for, one small answer at a time; kept on her row until she asks."""

from dataclasses import dataclass
from typing import Literal

from bot.database import Session
from bot.mentoring import guardians, mentors
from bot.mentoring.contact.look import look
from bot.mentoring.states import MentorState
from bot.mentoring.tables import Mentee
from bot.people import ages
from bot.people.staff import Actor
from bot.refusals import RefusedError, StaleError

LONGEST_HOPE, SHORTEST_HOPE = 400, 8

Question = Literal["field", "mentor", "alias", "hope"]


@dataclass(frozen=True)
class Wish:
    """What a girl asks for."""

    field: str
    language: str
    province: str | None
    hope: str
    mentor_id: int | None = None
    career: str | None = None


async def begin(actor: Actor, field: str | None, career: str | None) -> Mentee:
    """Begin anew, from the menu or from a field and a career.

    Raises AgeUnknownError for who has not told her age, TooYoungError for who is too young.
    """
    await ages.require(actor)
    row = await guardians.mentee(actor.session, actor.id)
    row.draft = {"field": field, "career": career} if field else {}
    return row


async def choose_field(actor: Actor, field: str) -> Mentee:
    """Keep the field; who was chosen in another does not count."""
    row = await guardians.mentee(actor.session, actor.id)
    kept = {k: v for k, v in (row.draft or {}).items() if k != "mentor"}
    row.draft = {**kept, "field": field}
    return row


async def choose_mentor(actor: Actor, public_id: str | None) -> Mentee:
    """Keep whom she would like to meet; None is whoever is free.

    Raises StaleError for a name that is no mentor's, as those of old buttons.
    """
    if public_id is not None:
        mentor = await mentors.named(actor.session, public_id)
        if mentor.state is not MentorState.APPROVED:
            raise StaleError
    row = await guardians.mentee(actor.session, actor.id)
    row.draft = {**(row.draft or {}), "mentor": public_id}
    return row


async def call_her(actor: Actor, text: str) -> Mentee:
    """Keep the first name by which she wants to be called."""
    name = mentors.first_name(text)
    if name is None:
        raise RefusedError("intro.alias_again", most=mentors.LONGEST_NAME)
    row = await guardians.mentee(actor.session, actor.id)
    row.alias = name
    return row


async def hope(actor: Actor, text: str) -> Mentee:
    """Keep what she hopes to learn, with nothing in it by which she could be reached."""
    check_hope(text)
    row = await guardians.mentee(actor.session, actor.id)
    row.draft = {**(row.draft or {}), "hope": " ".join(text.split())}
    return row


def check_hope(text: str) -> None:
    """Raise RefusedError where a hope cannot be passed on: its length, or contact details."""
    length = len(" ".join(text.split()))
    if length < SHORTEST_HOPE:
        raise RefusedError("hope_fault.short")
    if length > LONGEST_HOPE:
        raise RefusedError("hope_fault.long", most=LONGEST_HOPE)
    if look(text, by_mentor=False).barred:
        raise RefusedError("hope_fault.contact")


def next_question(row: Mentee) -> Question | None:
    """Return what is still open, or None when all is answered."""
    draft = row.draft or {}
    if "field" not in draft:
        return "field"
    if "mentor" not in draft:
        return "mentor"
    if row.alias is None:
        return "alias"
    return None if "hope" in draft else "hope"


def is_whole(row: Mentee) -> bool:
    """Return whether she has answered all that makes a wish."""
    return row.alias is not None and {"field", "mentor", "hope"} <= (row.draft or {}).keys()


async def wish_of(session: Session, row: Mentee, language: str, province: str | None) -> Wish:
    """Return her wish, once all is answered; a mentor who is gone since is whoever is free."""
    draft = row.draft or {}
    mentor = await mentors.known(session, draft["mentor"])
    mentor_id = mentor.person_id if mentor else None
    return Wish(draft["field"], language, province, draft["hope"], mentor_id, draft.get("career"))
