"""Whether words are written as their language is: in a form, two are easily swapped."""

import re

from bot.language.detect import ADDRESS
from bot.language.khmer import khmer_share

# A short name, such as “AI” or “UX”, is written alike in every language.
_LATIN_NAME = 4
_LATIN = re.compile("[A-Za-z]")


def is_swapped(text: str, tongue: str) -> bool:
    """Return whether what is to be in a language is surely written as another is."""
    said = ADDRESS.sub(" ", text)
    if tongue == "km":
        return not khmer_share(said) and len(_LATIN.findall(said)) > _LATIN_NAME
    return khmer_share(said) > 0.5
