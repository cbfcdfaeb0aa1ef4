"""Answers that editors have written to be sent as they are, in every language they are in."""

from bot.language.words import shorten
from bot.questions import groups
from bot.refusals import StaleError
from bot.screens.screen import LONGEST_LABEL, Button, Screen
from bot.turn import Turn
from handlers.questions.asking_back import ready_names
from handlers.questions.inbox import alone, show_draft
from handlers.questions.taps import DRAFT, READY_ANSWER, STOP

READY = "ready.answer."


async def choose(turn: Turn, group_id: int, name: str | None) -> None:
    """Offer the answers that are written; one that is chosen becomes the draft."""
    content, voice = turn.services.content, turn.voice
    known = ready_names(content, READY)
    if name is None:
        async with alone(turn):
            group = await groups.claim(turn.actor, group_id)
        rows = [
            (Button(shorten(voice.label(f"{READY}{one}"), LONGEST_LABEL),
                    READY_ANSWER(group_id, one)),)
            for one in known
        ]  # fmt: skip
        back = voice.button("back.topic", DRAFT(group_id))
        way = back if group.answer else voice.button("inbox.drop", STOP(group_id))
        await turn.show(Screen(voice.say("ready.choose"), (*rows, (way,))))
        return
    if name not in known:
        raise StaleError
    async with alone(turn):
        for tongue in groups.TONGUES:
            words = turn.services.voice(tongue).label(f"{READY}{name}")
            group = await groups.write(turn.actor, group_id, words)
    await show_draft(turn, group)
