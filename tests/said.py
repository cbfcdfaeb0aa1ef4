"""Finds words of `content/` in what was said: by key and language, placeholders matching anything."""

import re
from string import Formatter

from bot.content import Content
from bot.content.base import Tongue
from bot.demo.html_entities import parse
from bot.screens.voice import Voice

# Stands for a placeholder while the HTML around it is read; no text has it.
_GAP = "\ue000"
# A button may carry a mark before or after its words, such as a tick, or how much waits there.
_MARK = r"(?:[^\w\s]+ )?"
_MARK_AFTER = r"(?: [^\w\s]+| \([0-9០-៩]+\))?"


def words(content: Content, key: str, tongue: Tongue, **values: object) -> str:
    """Return a pattern for the words of a key; values are as they are shown, numbers as they are.

    What is said to adults in words of their own is found as well.
    """
    locales = content.locales
    if key not in locales[tongue]:
        raise AssertionError(f"there are no words for the key {key!r}")
    if (to_adults := f"adult.{key}") in locales[tongue]:
        hers = _pattern(content, key, tongue, values)
        return f"(?:{hers}|{_pattern(content, to_adults, tongue, values)})"
    return _pattern(content, key, tongue, values)


def _pattern(content: Content, key: str, tongue: Tongue, values: dict[str, object]) -> str:
    source, names = "", []
    for literal, name, _, _ in Formatter().parse(content.locales[tongue][key]):
        source += literal
        if name is not None:
            source += _GAP
            names.append(name)
    if unknown := values.keys() - set(names):
        raise AssertionError(f"{key!r} has no place for {', '.join(sorted(unknown))}")
    literals = parse(source)[0].split(_GAP)
    if not "".join(literals).strip() and not values:
        raise AssertionError(f"{key!r} has no words of its own: give its values")
    voice = Voice(content, tongue)
    pattern = _literal(literals[0])
    for name, literal in zip(names, literals[1:], strict=True):
        pattern += _value(voice, values[name]) if name in values else ".*?"
        pattern += _literal(literal)
    return pattern


def label(pattern: str) -> re.Pattern[str]:
    """Return what matches the whole label of a button with these words."""
    return re.compile(f"{_MARK}{pattern}{_MARK_AFTER}", re.DOTALL)


def _literal(words: str) -> str:
    """Return a pattern for words between placeholders; the space beside an empty one is cut off."""
    stripped = words.strip()
    if not stripped:
        return r"\s*"
    before, _, after = words.partition(stripped)
    return (r"\s*" if before else "") + re.escape(stripped) + (r"\s*" if after else "")


def _value(voice: Voice, value: object) -> str:
    if isinstance(value, int):
        return f"(?<![0-9០-៩])(?:{value}|{voice.number(value)})(?![0-9០-៩])"
    return re.escape(str(value))
