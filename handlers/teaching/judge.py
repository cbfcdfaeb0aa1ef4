"""A girl judges what others gave: is it the same question, and which way says it better."""

from bot.teaching import judging
from bot.turn import Turn
from handlers.teaching import screens
from handlers.teaching.teach import knows

_SAYS = {"yes": True, "no": False, "unsure": None}
# What is said of the first and of the second.
_BETTER: dict[str, tuple[bool | None, bool | None]] = {
    "first": (True, None),
    "second": (None, True),
    "both": (True, True),
    "none": (False, False),
}


async def judge(turn: Turn) -> None:
    """Show what she can judge next."""
    task = await judging.next_task(turn.actor, turn.role, knows(turn))
    if task is None:
        await turn.show(screens.judged_screen(turn.voice))
    else:
        await turn.show(screens.judge_screen(turn.voice, turn.services.content, task))


async def says(turn: Turn, way_id: int, said: str) -> None:
    """Take whether a way asks the same, and go on."""
    await judging.say(turn.actor, turn.role, {way_id: _SAYS[said]})
    await judge(turn)


async def better(turn: Turn, first: int, second: int, said: str) -> None:
    """Take which of two ways says it better, and go on."""
    both = dict(zip((first, second), _BETTER[said], strict=True))
    await judging.say(turn.actor, turn.role, both)
    await judge(turn)


async def not_nice(turn: Turn, way_id: int) -> None:
    """Show a way to no more girls until a coordinator has looked, and go on."""
    await judging.not_nice(turn.actor, turn.role, way_id)
    turn.toast = turn.voice.label("judge.flagged")
    await judge(turn)
