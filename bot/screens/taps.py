"""Typed callback data: what a button carries, written once and read back or refused.

Data is a name and parts, joined by colons: `ev:y:12:kp`. The name is on buttons in old chats,
so it is never changed; the parts say how each value is written and read.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NewType

from bot.refusals import StaleError
from bot.rights import May

LONGEST_DATA_BYTES = 64
# No id has more digits, and what is reckoned with one of these fits into 64 bits.
_MOST_DIGITS = 16
# What Telegram is sent for a button; only a Tap makes it.
Data = NewType("Data", str)


class Who(StrEnum):
    """Whom a door is open to. The domain asks again before it does anything."""

    EVERYBODY = "everybody"
    MENTORS = "mentors"


# Whom a door is for; one of the desk is for those whose part of the work it is.
For = Who | May


@dataclass(frozen=True)
class Part:
    """One value in callback data. `read` raises ValueError for what cannot be one."""

    read: Callable[[str], Any]
    write: Callable[[Any], str] = str
    # whether it takes everything that is left, colons included; only the last one may
    rest: bool = False


def is_number(text: str) -> bool:
    """Return whether this can be the number of something that the bot keeps."""
    return text.isascii() and text.isdecimal() and len(text) <= _MOST_DIGITS


def _number(text: str) -> int:
    if not is_number(text):
        raise ValueError("not a number")
    return int(text)


def _word(text: str) -> str:
    if not re.fullmatch(r"[\w.-]{1,48}", text, re.ASCII):
        raise ValueError("not a word")
    return text


def maybe(part: Part) -> Part:
    """Return a part that may be empty or left out; it reads as None then."""
    return Part(
        lambda text: part.read(text) if text else None,
        lambda value: "" if value is None else part.write(value),
        part.rest,
    )


def one_of(*words: str) -> Part:
    """Return a part that is one of these words."""

    def read(text: str) -> str:
        if text not in words:
            raise ValueError("not one of the words")
        return text

    return Part(read)


def flag(word: str = "yes") -> Part:
    """Return a part that is this word, or empty or left out: true or false."""
    return Part(lambda text: {"": False, word: True}[text], lambda value: word if value else "")


# A count or the id of a row: not negative.
number = Part(_number)
# A page of a list; the first when it is left out.
page = Part(lambda text: _number(text) if text else 0)
# An id in content, the name of a choice.
word = Part(_word)
# Whatever is left, for a value that has a reader of its own.
rest = Part(str, rest=True)


@dataclass(frozen=True)
class Tap:
    """One kind of button: its name in callback data, what it carries, whom it is for.

    `page_like` names another list of the same things, of which the page is hers as well.
    `undoes` names the kinds of button whose deed it takes back; its own, where what it carries
    says which way. It may come under her finger, so at once after that deed it is not meant.
    What `answers` a question of the bot does so still by its words when she has written something
    else meanwhile.
    """

    name: str
    carries: tuple[Part, ...] = ()
    who: For = Who.EVERYBODY
    undoes: tuple[str, ...] = ()
    page_like: str = ""
    answers: bool = False

    @property
    def is_list(self) -> bool:
        """Whether it shows a page of one list: where she saw it last is remembered."""
        return self.carries == (page,)

    @property
    def list_name(self) -> str:
        """The name under which the page is remembered that she saw."""
        return self.page_like or self.name

    def again(self) -> Data:
        """Return the data of a button that leads back to the page of a list that she saw last."""
        if not self.is_list:
            raise ValueError(f"{self.name} is no list")
        return Data(self.name)

    def __call__(self, *values: object) -> Data:
        """Return the data of a button; trailing parts that are empty are left out."""
        if len(values) != len(self.carries):
            raise ValueError(f"{self.name} carries {len(self.carries)} values, not {len(values)}")
        written = [part.write(value) for part, value in zip(self.carries, values, strict=True)]
        while written and not written[-1]:
            written.pop()
        data = ":".join((self.name, *written))
        if len(data.encode()) > LONGEST_DATA_BYTES:
            raise ValueError(f"callback data over {LONGEST_DATA_BYTES} bytes: {data}")
        return Data(data)

    def read(self, text: str) -> tuple[Any, ...]:
        """Return what the data after the name and its colon carries.

        Raises StaleError for what is forged, or older than this kind of button.
        """
        if len(f"{self.name}:{text}".encode()) > LONGEST_DATA_BYTES:
            raise StaleError(self.name)
        last = self.carries[-1:]
        takes_rest = bool(last and last[0].rest)
        texts = text.split(":", len(self.carries) - 1 if takes_rest else -1)
        if not self.carries and text == "":
            return ()
        if len(texts) > len(self.carries):
            # An empty part at the end was once written out.
            if any(texts[len(self.carries) :]):
                raise StaleError(self.name)
            texts = texts[: len(self.carries)]
        texts += [""] * (len(self.carries) - len(texts))
        try:
            return tuple(p.read(t) for p, t in zip(self.carries, texts, strict=True))
        except (ValueError, KeyError, OverflowError, OSError):
            # The last two: a time that no clock of this machine can show.
            raise StaleError(self.name) from None
