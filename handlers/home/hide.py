"""“Hide this”: at once, without a question, for somebody may be coming.

Nothing that is kept is erased by it: she finds every answer again where it was.
"""

from bot.queues import hiding
from bot.turn import Turn
from handlers.home import menu


async def hide(turn: Turn, _argument: str = "") -> None:
    """Take away what the two wrote in the last two days, and show home as if nothing was there."""
    turn.expect(None)
    await hiding.hide(
        turn.session, turn.person.id, key=f"hide:{turn.update_id}",
        tapped=turn.heard.message_id if turn.heard.kind == "button" else None, now=turn.now,
    )  # fmt: skip
    await menu.home_below(turn)
