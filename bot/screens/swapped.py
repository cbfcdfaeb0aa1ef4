"""The warning that words are written as another language is: it is said, and stops nobody."""

from collections.abc import Iterable, Mapping

from bot.content.base import Tongue
from bot.language.script import is_swapped
from bot.screens.screen import Html
from bot.screens.voice import Voice


def swapped_words(voice: Voice, words: Mapping[Tongue, Iterable[str]]) -> Html:
    """Return a line for each language in which something is surely not written; often none."""
    return Html("\n".join(_line(voice, t) for t, said in words.items() if _swapped(said, t)))


def _swapped(said: Iterable[str], tongue: Tongue) -> bool:
    return any(is_swapped(text, tongue) for text in said)


def _line(voice: Voice, tongue: Tongue) -> Html:
    if tongue == "km":
        return voice.say("swapped.km")
    language = voice.label_or(f"languages.{tongue}", voice.others.get(tongue, tongue))
    return voice.say("swapped.other", language=language)
