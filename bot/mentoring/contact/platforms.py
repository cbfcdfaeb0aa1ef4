"""Names of places to chat, however they are misspelt: known by their consonants, or by script.

A reading of the message is made in which they have their plain name, so that every pattern that
speaks of one finds it.
"""

from functools import cache

import re2

from bot.mentoring.contact.knowledge import relay

# What stands for a letter inside a word, and consonants that are mixed up.
_SIGNS = str.maketrans("0134578@$!|€₮£₭₩¢ƒ₿ɠ", "oieastbasiletlkwcfbg")
_SOUNDS = str.maketrans("cqgvz", "kkkws")
_WORD = re2.compile(r"[a-z0-9@$!|€₮£₭₩¢ƒ₿ɠ]{4,16}")
_FEWEST = 4
# Words whose consonants are those of a name.
_OTHERS = frozenset(["tactic", "tactics", "tactical", "discard", "discarded", "discards"])


def skeleton(word: str) -> str:
    """Return what is left of a word by which it is known: its first letter and its consonants."""
    word = word.translate(_SIGNS)
    word = word.replace("ph", "f").replace("ck", "k").replace("wh", "w").translate(_SOUNDS)
    out = word[:1]
    for char in word[1:]:
        if char not in "aeiouyh" and char != out[-1:]:
            out += char
    return out


def renamed(plain: str) -> str:
    """Return plain text with every misspelt name of a place to chat under its plain one."""
    names = _names()

    def name(found: "re2._Match[str]") -> str:
        word: str = found.group()
        if word in _OTHERS or not any(char.isalpha() or char in "€₮" for char in word):
            return word
        return names.get(skeleton(word), word)

    return str(_WORD.sub(name, plain))


@cache
def _names() -> dict[str, str]:
    """Return plain names by their skeleton."""
    found = {skeleton(name): name for name in relay().platforms.named}
    return {bones: name for bones, name in found.items() if len(bones) >= _FEWEST}
