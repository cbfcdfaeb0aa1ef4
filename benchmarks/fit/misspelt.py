"""Writes examples as haste, masks and faulty keyboards would have them: what is learnt from twice."""

import random
import re

_SECOND_SIGNS = re.compile("(?<=[\u17b6-\u17c5])[\u17c6\u17c7]")
_SIGNS = re.compile("[\u17c6-\u17d1]")
KHMER_LETTER = re.compile("[\u1780-\u17b3]")
_LONG_WORD = 4


def misspelt(text: str, chance: random.Random) -> str:
    """Return a text with signs of Khmer lost, letters swapped, lost or doubled, or spaces gone."""
    if KHMER_LETTER.search(text) and (how := chance.random()) < 0.8:
        if how < 0.4:  # as a program of Telegram's lost them
            return _SECOND_SIGNS.sub("", text)
        return _SIGNS.sub(lambda sign: "" if chance.random() < 0.7 else sign[0], text)
    words = [_word(word, chance) for word in text.split(" ")]
    return (" " if chance.random() < 0.85 else "").join(words)


def _word(word: str, chance: random.Random) -> str:
    if not word.isascii() or len(word) < _LONG_WORD or chance.random() > 0.35:
        return word
    place, how = chance.randrange(1, len(word) - 1), chance.random()
    before, here, after = word[:place], word[place], word[place + 1 :]
    if how < 0.4:
        return before + after[:1] + here + after[1:]
    return before + after if how < 0.7 else before + here + here + after
