"""“Tidy this chat”: at once, without a question, for somebody may be coming.

Nothing that is kept is erased by it: what she saved is there, and what the bot answered she can
ask again. What a coordinator wrote to her last is shown from help; a mentor's words do not come
back.
"""

from bot.queues import hiding
from bot.turn import Turn
from handlers.home import menu


async def hide(turn: Turn, _argument: str = "") -> None:
    """Take away what the two wrote in the last two days, and show home as if nothing was there."""
    turn.expect(None)
    # A coordinator is not to miss the call of a girl.
    if not turn.is_coordinator:
        await hiding.hold(turn.session, turn.person.id, turn.now)
    found = await hiding.in_chat(turn.session, turn.person.id, turn.now)
    await hiding.take_away(
        turn.session, turn.person.id, found, key=f"hide:{turn.update_id}",
        tapped=turn.heard.message_id if turn.heard.kind == "button" else None, now=turn.now,
    )  # fmt: skip
    await menu.home_below(turn)
