"""Who somebody is to the bot: it decides how she is addressed, and what home looks like."""

from bot.mentoring import guardians, mentors
from bot.people.staff import Actor, Role


async def role(actor: Actor) -> Role:
    """Return the role of a person; of several the one with the most work before her.

    One who only thinks of being a mentor is none of these. Who opened a girl's invitation is a
    grown-up from then on.
    """
    if actor.seat is not None:
        return Role.COORDINATOR
    if await mentors.is_one(actor.session, actor.id):
        return Role.MENTOR
    if await guardians.is_one(actor.session, actor.id):
        return Role.GUARDIAN
    if await guardians.is_invited(actor.session, actor.id):
        return Role.INVITED
    if await mentors.was_one(actor.session, actor.id):
        return Role.FORMER
    return Role.STUDENT
