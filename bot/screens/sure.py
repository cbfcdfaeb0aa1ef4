"""The question before what cannot simply be taken back."""

from bot.screens.screen import Screen
from bot.screens.taps import Data
from bot.screens.voice import Voice


def sure_screen(voice: Voice, key: str, keep: Data, sure: Data, **values: object) -> Screen:
    """Return the question before what cannot simply be taken back; no comes first.

    So nobody answers it who taps once too often.
    """
    return Screen(
        voice.say(f"{key}_sure", **values),
        ((voice.button("sure.keep", keep),), (voice.button(f"{key}_yes", sure),)),
    )
