"""What the buttons below an answer mean for what she asked: kept until she taps the next one."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from bot.answering import wording
from bot.answering.answerer import Answerer
from bot.answering.suggestions import OFFERED
from bot.answering.verdict import Verdict
from bot.content import Content
from bot.safety import last_words
from bot.screens.voice import Voice
from bot.teaching import examples
from bot.teaching.targets import can_be_learned
from bot.turn import Turn
from handlers.answering.shown import ALTERNATIVES, wish_of
from handlers.answering.taps import RATE
from handlers.answering.targets import button_of


@dataclass(frozen=True)
class Offered:
    """The message of hers that was answered, and what each button says that she meant."""

    of: int
    # what the button sends -> the key of a target
    opens: Mapping[str, str]

    @classmethod
    def read(cls, stored: dict[str, Any] | None) -> "Offered | None":
        """Return what was kept; None where nothing was."""
        return None if stored is None else cls(stored["of"], stored["opens"])


def opens(verdict: Verdict, voice: Voice, content: Content) -> dict[str, str]:
    """Return what each button below an answer, or of “did you mean”, says that she meant."""
    shown = {candidate.key for candidate in verdict.shown}
    others = [c for c in verdict.candidates if c.key not in shown]
    others = others[: OFFERED if verdict.decision == "clarify" else ALTERNATIVES]
    if verdict.decision != "clarify" and not verdict.doubtful:
        others = []
    wish = wish_of(verdict, content)
    found = {
        str(button_of(voice, content, c, wish, verdict.field).data): c.key
        for c in others
        if c.aspect is None
    }
    found |= {
        str(RATE(True, c.id, voice.tongue, False)): c.key for c in verdict.shown if c.kind == "faq"
    }
    return {data: key for data, key in found.items() if can_be_learned(content, key)}


def _goes_on(answerer: Answerer, verdict: Verdict) -> bool:
    """Return whether a message is understood by the answer before, and not by its own words."""
    if not wording.may_follow_up(verdict.text):
        return False
    alone = answerer.consider(verdict.text, safe=True)
    same = (alone.decision, alone.shown) == (verdict.decision, verdict.shown)
    return wording.follows_up(verdict.text) or not same


async def remember(turn: Turn, verdict: Verdict, voice: Voice, last: str | None) -> None:
    """Keep what the buttons mean, where she lets the bot learn and her words stand for themselves.

    What goes on from the answer before, and two questions in one message, teach nothing.
    """
    if len(verdict.shown) > 1 or verdict.decision not in ("answer", "clarify"):
        return
    means = opens(verdict, voice, turn.services.content)
    if not means or not await examples.learns_from(turn.actor):
        return
    if last is not None and _goes_on(turn.services.answerer, verdict):
        return
    number = await last_words.newest(turn.actor)
    if number is not None:
        turn.conversation.offered = asdict(Offered(number, means))
