"""Whether words look as their language is written: Khmer and English are easily swapped in a form."""

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
