"""How old somebody is, as far as it must be known: one of three bands, never a birth date.

Nobody is asked before her questions are answered. She is asked once, in the first place where
something personal begins: a mentor, a class, a sign-up, being written to of the bot's own accord.
Who is too young for the programme has the library, the pathway and help, which ask nobody's age.
"""

from datetime import date, timedelta

from bot.database import Session
from bot.people.staff import Actor
from bot.people.tables import Band as Band
from bot.people.tables import Person
from bot.refusals import RefusedError

GROWN_UP = 18
# Who was too young may have grown since; who was not does not become older by a tap.
ASKED_AGAIN_AFTER = timedelta(days=365)
# The clause for whom the bot may write to by itself: who never told is not left out.
NOT_TOO_YOUNG = Person.age_band.is_distinct_from(Band.YOUNG)


class AgeUnknownError(RefusedError):
    """Something personal begins, and she has not told her age yet."""

    def __init__(self) -> None:
        super().__init__("age.ask")


class TooYoungError(RefusedError):
    """Something personal is not yet for her."""

    def __init__(self) -> None:
        super().__init__("age.too_young")


def band_at(years: int, minimum: int) -> Band:
    """Return the band of an age that somebody typed; the number itself is kept nowhere.

    `minimum` is the age from which on somebody may take part.
    """
    if years < minimum:
        return Band.YOUNG
    return Band.MINOR if years < GROWN_UP else Band.ADULT


async def band_of(session: Session, person_id: int) -> Band | None:
    """Return the band that somebody told; None for one who did not, or whom the bot forgot."""
    person = await session.get(Person, person_id)
    return person.age_band if person is not None else None


async def is_told_minor(session: Session, person_id: int) -> bool:
    """Return whether somebody told that she is not grown up."""
    return await band_of(session, person_id) in (Band.YOUNG, Band.MINOR)


async def tell(actor: Actor, band: Band, today: date) -> Band:
    """Keep the band that she tells, and return the one that counts.

    Who said that she is a minor does not grow up by a second tap. Who was too young may say so
    again after a year, and is a minor at most: nobody grows by five years in one.
    """
    person = await actor.session.get_one(Person, actor.id)
    band = at_most(person, band)
    if person.age_band is None or _may_have_grown(person, today):
        person.age_band, person.age_told_on = band, today
    return person.age_band or band


def at_most(person: Person, band: Band) -> Band:
    """Return the band that somebody can have told: who was too young is not grown up yet."""
    return Band.MINOR if band is Band.ADULT and person.age_band is Band.YOUNG else band


async def require_of_girls(actor: Actor) -> None:
    """Let pass who is old enough for something personal, or is grown up by her role.

    A role that anybody can take by herself, as a guardian's or a volunteer's, makes nobody older
    who has told that she is too young.
    """
    young = await band_of(actor.session, actor.id) is Band.YOUNG
    if not actor.grown_up or (young and actor.seat is None):
        await require(actor)


async def require(actor: Actor) -> None:
    """Let pass who has told that she is old enough for something personal.

    Raises AgeUnknownError for who was never asked, TooYoungError for who is under the minimum.
    """
    person = await actor.session.get(Person, actor.id)
    if person is None or person.age_band is None:
        raise AgeUnknownError
    if _may_have_grown(person, actor.now.date()):
        raise AgeUnknownError
    if person.age_band is Band.YOUNG:
        raise TooYoungError


def _may_have_grown(person: Person, today: date) -> bool:
    """Return whether somebody who was too young is to be asked again."""
    told = person.age_told_on
    young = person.age_band is Band.YOUNG
    return young and told is not None and today >= told + ASKED_AGAIN_AFTER
