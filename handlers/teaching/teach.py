"""A girl teaches: she joins, gives another way of asking, sees what she gave, takes it back."""

from bot.screens.sure import sure_screen
from bot.teaching import giving
from bot.teaching.examples import Knows
from bot.turn import Turn
from handlers.doors import TEACH
from handlers.teaching import screens
from handlers.teaching.awaiting import AnotherWay
from handlers.teaching.taps import LEARN, OPEN, STOP


def knows(turn: Turn) -> Knows:
    """Return what the bot knows, by which words are judged."""
    return Knows(turn.services.content, turn.services.answerer)


async def home(turn: Turn, _argument: str = "") -> None:
    """Show what she has given and what she can do, or invite her."""
    teaching = await giving.find(turn.actor, turn.role)
    if teaching is None:
        await turn.show(screens.invite_screen(turn.voice))
    else:
        await turn.show(screens.home_screen(turn.voice, teaching))


async def join(turn: Turn) -> None:
    """Let her teach."""
    await giving.join(turn.actor, turn.role)
    await home(turn)


async def ask(turn: Turn, number: int) -> None:
    """Ask how she would put a question."""
    content = turn.services.content
    entry = await giving.question(turn.actor, turn.role, content, number)
    turn.expect(AnotherWay(entry.id))
    await turn.show(screens.ask_screen(turn.voice, entry, number))


async def wrote(turn: Turn, asked: AnotherWay, text: str) -> None:
    """Take the way of asking that she wrote."""
    teaching = await giving.give(turn.actor, turn.role, asked.entry, text, knows(turn))
    turn.expect(None)
    await turn.show(screens.thanks_screen(turn.voice, teaching))


async def mine(turn: Turn, page: int) -> None:
    """Show a page of what she gave."""
    found, total = await giving.mine(turn.actor, page)
    content = turn.services.content
    await turn.show(screens.mine_screen(turn.voice, content, found, page, total))


async def take_back(turn: Turn, way_id: int, sure: bool) -> None:
    """Let her take back one that she gave, once she is sure."""
    if not sure:
        given = await giving.find_mine(turn.actor, way_id)
        await turn.show(screens.take_back_screen(turn.voice, given))
        return
    await giving.take_back(turn.actor, way_id)
    turn.toast = turn.voice.label("teach.taken_back")
    await mine(turn, 0)


async def about_open(turn: Turn) -> None:
    """Explain what it means that what she gives is published."""
    teaching = await giving.find(turn.actor, turn.role)
    agreed = teaching is not None and teaching.open
    await turn.show(screens.agree_screen(turn.voice, "teach.open", OPEN, agreed=agreed))


async def set_open(turn: Turn, how: str) -> None:
    """Let her agree that it is published, or not any more."""
    await giving.agree(turn.actor, turn.role, "open", how == "on")
    await home(turn)


async def about_learning(turn: Turn) -> None:
    """Explain what it means that the bot learns from what she asks."""
    teaching = await giving.find(turn.actor, turn.role)
    agreed = teaching is not None and teaching.learns
    await turn.show(screens.agree_screen(turn.voice, "teach.learn", LEARN, agreed=agreed))


async def set_learning(turn: Turn, how: str) -> None:
    """Let the bot learn from what she asks, or not any more."""
    await giving.agree(turn.actor, turn.role, "learns", how == "on")
    await home(turn)


async def stop(turn: Turn, sure: bool) -> None:
    """Let her teach no more, and take back all that she gave, once she is sure."""
    if not sure:
        await turn.show(sure_screen(turn.voice, "teach.stop", TEACH(), STOP(True)))
        return
    await giving.stop(turn.actor)
    turn.toast = turn.voice.label("teach.stopped")
    await home(turn)
