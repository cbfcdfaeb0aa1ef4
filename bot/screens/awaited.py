"""What a conversation awaits: the question that the next text answers, as a value.

It is kept in the conversation's row as JSON, `{"for": name, …}`, so a restart forgets nothing.
The names lie in databases and are never changed.
"""

from collections.abc import Iterable
from dataclasses import asdict
from functools import cache
from typing import Any, ClassVar, Self

from pydantic import TypeAdapter, ValidationError

from bot.content import Content
from bot.screens.taps import Data, For, Who


class Awaited:
    """The base of what can be awaited; a subclass is a frozen dataclass of plain values.

    `part` tells those apart that share a name.
    """

    name: ClassVar[str]
    part: ClassVar[str | None]
    who: ClassVar[For]

    def __init_subclass__(
        cls, *, name: str, part: str | None = None, who: For = Who.EVERYBODY
    ) -> None:
        cls.name, cls.part, cls.who = name, part, who

    def stored(self) -> dict[str, Any]:
        """Return it as it is kept."""
        part = {} if self.part is None else {"part": self.part}
        return {"for": self.name, **part, **asdict(self)}  # type: ignore[call-overload]

    @property
    def is_tapped(self) -> bool:
        """Whether it is answered with a button, whose words do the same when they are written."""
        return False

    @property
    def goes_on(self) -> Data | None:
        """The button that leads back to what is written, where it is kept."""
        return None

    def takes(self, text: str, content: Content) -> bool:
        """Return whether a text can be the answer, as any can where something was just asked.

        One that cannot is taken as if nothing was awaited.
        """
        return True

    def corrected_by(self, text: str, content: Content) -> bool:
        """Return whether an edit of what she wrote before is the answer too."""
        return False

    @classmethod
    def matches(cls, stored: dict[str, Any] | None) -> bool:
        """Return whether a kept value is of this kind."""
        if not stored or stored.get("for") != cls.name:
            return False
        return cls.part is None or stored.get("part") == cls.part

    @classmethod
    def read(cls, stored: dict[str, Any] | None) -> Self | None:
        """Return a kept value; None when it is of another kind or cannot be read any more."""
        if stored is None or not cls.matches(stored):
            return None
        values = {k: v for k, v in stored.items() if k not in ("for", "part")}
        kind: Any = cls
        try:
            found: Self = _adapter(kind).validate_python(values)
            return found
        except ValidationError:
            return None


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    """Return what reads a kind: made once, for every turn reads what is awaited."""
    return TypeAdapter(kind)


def read_awaited(stored: dict[str, Any] | None, kinds: Iterable[type[Awaited]]) -> Awaited | None:
    """Return what is awaited, of the kinds that are known."""
    return next((found for kind in kinds if (found := kind.read(stored)) is not None), None)
