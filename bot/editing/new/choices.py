"""Choosing from a list: by number, by name, or by a part of the name that nothing else has."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from bot.content import Content
from bot.editing.new.talk import Empty, Talk, UnfitError
from bot.language.khmer import latin_digits

# what can be chosen, with its label
Options = Callable[[Content], dict[str, str]]
# A list up to this length is shown whole; of a longer one, what fits the words typed.
LONGEST_SHOWN = 30


def fixed(labels: dict[str, str]) -> Options:
    """Return options that no content changes."""
    return lambda _content: labels


@dataclass(frozen=True)
class Choice:
    """One of a list; `empty` is what an empty line means."""

    options: Options
    empty: Any = Empty.ASK_AGAIN

    def ask(self, talk: Talk) -> Any:
        """Show the list, and return what is chosen."""
        options = self.options(talk.content)
        _show(talk, options)
        return talk.ask("> ", partial(self._read, talk, options))

    def _read(self, talk: Talk, options: dict[str, str], line: str) -> Any:
        if line:
            found = find(options, line)
            talk.say(f"  = {_named(options, found)}")
            return found
        if self.empty is Empty.ASK_AGAIN:
            raise UnfitError("This cannot be left open: please choose one.")
        return self.empty


@dataclass(frozen=True)
class Choices:
    """Several of a list, until an empty line; `optional` is left out where none is chosen."""

    options: Options
    fewest: int = 0
    optional: bool = False

    def ask(self, talk: Talk) -> Any:
        """Show the list, and return what is chosen, each once."""
        options = self.options(talk.content)
        chosen: list[str] = []
        _show(talk, options)
        while found := talk.ask("> ", partial(self._read, options, len(chosen))):
            chosen += [name for name in found if name not in chosen]
            talk.say(f"  = {', '.join(chosen)}")
        return Empty.LEFT_OUT if self.optional and not chosen else chosen

    def _read(self, options: dict[str, str], count: int, line: str) -> list[str]:
        if not line and count < self.fewest:
            raise UnfitError("Please choose at least one.")
        return [find(options, part.strip()) for part in line.split(",") if part.strip()]


def find(options: dict[str, str], line: str) -> str:
    """Return what is meant by a number, a name or a part of one; raises UnfitError."""
    names, sought = list(options), line.casefold()
    digits = latin_digits(line)
    if _is_numbered(options) and digits.isascii() and digits.isdecimal():
        if len(digits) < 6 and 1 <= int(digits) <= len(names):
            return names[int(digits) - 1]
        raise UnfitError(f"The numbers go from 1 to {len(names)}.")
    for name, label in options.items():
        if name == digits or sought in (name.casefold(), label.casefold()):
            return name
    near = [name for name in names if sought in _named(options, name).casefold()]
    if len(near) == 1:
        return near[0]
    if not near:
        raise UnfitError(f"Nothing in the list is like “{line}”: please try another word.")
    shown = [_row(options, name) for name in near[:LONGEST_SHOWN]]
    more = [f"   … and {len(near) - len(shown)} more"] if len(near) > len(shown) else []
    raise UnfitError("\n".join(["Which of these? Write its number.", *shown, *more]))


def _is_numbered(options: dict[str, str]) -> bool:
    """Return whether numbers choose; grades are numbers, and want no others beside them."""
    return not any(name.isdecimal() for name in options)


def _show(talk: Talk, options: dict[str, str]) -> None:
    if len(options) > LONGEST_SHOWN:
        talk.say(f"  There are {len(options)}: write a word of its name, and see which ones fit.")
        return
    for name in options:
        talk.say(_row(options, name))


def _row(options: dict[str, str], name: str) -> str:
    number = list(options).index(name) + 1 if _is_numbered(options) else ""
    return f"  {number:3}  {_named(options, name)}"


def _named(options: dict[str, str], name: str) -> str:
    return f"{name}: {options[name]}" if options[name] else name
