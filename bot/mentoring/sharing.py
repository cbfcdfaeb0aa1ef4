"""Who may let others use her phone for pages of their own: whoever girls do not wait for.

What comes for one of several waits until it is her turn. A coordinator is not to miss a call, nor
a mentor a girl's words, so their phones are theirs alone.
"""

from bot.mentoring import mentors
from bot.people import chats, phones
from bot.people.staff import Actor
from bot.people.tables import Phone
from bot.refusals import NotAllowedError, RefusedError


async def may_share(actor: Actor) -> bool:
    """Return whether somebody may let others use her phone."""
    return actor.seat is None and not await mentors.meets_girls(actor.session, actor.id)


async def require_may_share(actor: Actor) -> None:
    """Raise RefusedError for who may not let others use her phone."""
    if not await may_share(actor):
        raise RefusedError("who.no_sharing_staff")


async def share(actor: Actor, name: str) -> Phone:
    """Let others use her phone; she is the first of them. Raises RefusedError for who may not."""
    await require_may_share(actor)
    if chats.is_further(actor.id) or await phones.of(actor.session, actor.id) is not None:
        raise NotAllowedError
    return await phones.create(actor.session, actor.id, name, actor.now)


def require_turn(actor: Actor, phone: Phone | None) -> Phone:
    """Return the phone that several use; raises NotAllowedError unless it is the actor's turn.

    At the desk there are no turns.
    """
    if phone is None or phone.in_use != actor.id or actor.seat is not None:
        raise NotAllowedError
    return phone
