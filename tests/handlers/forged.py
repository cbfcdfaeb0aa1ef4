"""What a forger could send: made from the doors that the features open.

So a new button and a new thing to be awaited are tried without anybody adding them here.
"""

import inspect
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import fields
from itertools import islice, product
from typing import Any, Literal, get_args, get_origin, get_type_hints

import handlers
from bot.rights import May
from bot.screens.taps import Part, Tap
from handlers.feature import Door

# What the parts of callback data look like, besides the words that a part names itself.
LOOKS = (
    "1", "2", "", "0", "yes", "y", "n", "what-is-ai", "faq.what-is-ai", "question_en", "1.0", "km", "en", "202611", "-", "60", "g", "c",
)  # fmt: skip
LOOKS_A_PART, COMBINATIONS = 3, 6
# Of a part that takes any text these are tried too: of others, all that they name.
TELLING = ("yes", "what-is-ai", "faq.what-is-ai", "question_en", "km", "60")


def _words(thing: Any) -> Iterator[str]:
    """Yield the words that a part of callback data accepts, as far as it names them."""
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, tuple | frozenset | set | list):
        for one in thing:
            yield from _words(one)
    elif isinstance(thing, Part):
        yield from _words(thing.read)
    elif inspect.isfunction(thing):
        yield from _words(tuple(inspect.getclosurevars(thing).nonlocals.values()))
    elif inspect.isclass(thing):
        yield from _words(tuple(getattr(thing, "__members__", ())))
        yield from (str(member.value) for member in getattr(thing, "__members__", {}).values())


def looks(part: Part) -> list[str]:
    """Return texts that a part can read, so that what stands behind it is reached."""
    found = []
    for words in dict.fromkeys((*_words(part), *LOOKS)):
        try:
            part.read(words)
        except (ValueError, KeyError):
            continue
        found.append(words)
    return found


def readable(tap: Tap) -> list[tuple[str, ...]]:
    """Return texts for the parts of a button that it can read."""
    texts = [looks(part) for part in tap.carries]
    assert all(texts), f"{tap.name}: add to LOOKS what its parts look like"
    few = [found[:LOOKS_A_PART] for found in texts]
    values = [*islice(product(*few), COMBINATIONS)]
    # Every word that a part names is tried, with the first look of the others.
    first = [found[0] for found in texts]
    for place, found in enumerate(texts):
        named = {*_words(tap.carries[place]), *TELLING}
        values += [
            (*first[:place], more, *first[place + 1 :])
            for more in found[LOOKS_A_PART:]
            if more in named
        ]
    return values


def misshapen(tap: Tap) -> Iterator[str]:
    """Yield what a button carries with too little, too much, or nonsense in it."""
    full = readable(tap)[0]
    yield from (":".join(full[:size]) for size in range(len(full)))
    yield from (":".join((*full, more)) for more in ("", "1", "yes", ":", "1:1"))
    yield from ("9" * 30, "-1", "១", "x" * 50, "\n", "' OR 1=1")


def data(tap: Tap, values: tuple[str, ...]) -> str:
    """Return what a button with these texts sends."""
    return ":".join((tap.name, *values))


def forgeries(most: int) -> Iterator[str]:
    """Yield what every button there is could send, each in so many ways at most."""
    for tap, door in handlers.ROUTES.taps.values():
        # The router lets nobody in here, whatever the button carries; see what is behind it.
        enough = 1 if isinstance(door.who, May) else most
        yield from (data(tap, values) for values in readable(tap)[:enough])


def door_of(sends: str) -> Door | None:
    """Return the door of what a button sends."""
    parts = sends.split(":")
    names = [":".join(parts[:size]) for size in range(min(3, len(parts)), 0, -1)]
    taps = handlers.ROUTES.taps
    return next((taps[name][1] for name in names if name in taps), None)


def _values(hint: Any) -> tuple[Any, ...]:
    """Return values for a field of what is awaited."""
    if get_origin(hint) is Literal:
        return get_args(hint)
    if isinstance(hint, type) and issubclass(hint, bool):
        return (True, False)
    if isinstance(hint, type) and issubclass(hint, int):
        return (1, 2)
    if isinstance(hint, type) and issubclass(hint, str):
        return ("question_km", "title", "1", "km")
    if None.__class__ in get_args(hint):
        return (
            None,
            *(v for arg in get_args(hint) if arg is not type(None) for v in _values(arg)),
        )
    if (get_origin(hint) or hint) in (dict, list, tuple):
        return ((get_origin(hint) or hint)(),)
    raise AssertionError(f"say here what a {hint} may be")


def awaited() -> Iterator[dict[str, Any]]:
    """Yield everything that a conversation can await, with valid-looking values."""
    for kind in (*handlers.ROUTES.awaited, *handlers.ROUTES.pictures):
        names = [field.name for field in fields(kind)]  # type: ignore[arg-type]
        hints = get_type_hints(kind)
        for values in islice(product(*(_values(hints[name]) for name in names)), COMBINATIONS):
            # A kind may refuse what cannot be meant.
            with suppress(ValueError):
                yield kind(*values).stored()
