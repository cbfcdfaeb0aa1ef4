"""What an event says, complete or still being written; no table and no Telegram here."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, field_validator

from bot.content.base import BASE_TONGUE, Text, Tongue

Kind = Literal["workshop", "deadline", "exam", "open_day", "talk"]
Repeat = Literal["weekly", "monthly", "yearly"]
KINDS: tuple[Kind, ...] = get_args(Kind)
REPEATS: tuple[Repeat, ...] = get_args(Repeat)
# A deadline and an exam happen without her: she is reminded, she does not take a place.
WITHOUT_PLACES = frozenset({"deadline", "exam"})
LONGEST_TITLE, LONGEST_TEXT, LONGEST_PLACE = 80, 700, 120
MOST_PLACES = 100_000


class Details(BaseModel):
    """Everything about an event; what is not yet known is empty."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Kind | None = None
    title: Text | None = None
    text: Text | None = None
    online: bool = False
    # said to be in the whole country, rather than not yet said
    everywhere: bool = False
    province: str | None = None
    place: str = Field("", max_length=LONGEST_PLACE)
    fields: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()
    starts: datetime | None = None
    ends: datetime | None = None
    all_day: bool = False
    places: int | None = Field(None, ge=1, le=MOST_PLACES)
    repeat: Repeat | None = None
    repeat_until: date | None = None
    offsets: tuple[int, ...] | None = None

    @field_validator("title")
    @classmethod
    def _short_title(cls, title: Text | None) -> Text | None:
        return _no_longer(title, LONGEST_TITLE)

    @field_validator("text")
    @classmethod
    def _short_text(cls, text: Text | None) -> Text | None:
        return _no_longer(text, LONGEST_TEXT)

    def problems(self, now: datetime, tongues: Iterable[Tongue]) -> tuple[str, ...]:
        """Return what keeps this from being published, as the names of words in `content/`.

        Its words must be there in the base language, of these `tongues`: it stands in for every
        other. A description may be missing altogether.
        """
        found = [] if self.kind else ["kind"]
        found += self._unsaid("title", tongues)
        found += self._unsaid("text", tongues) if self.text else ()
        if self.starts is None:
            found.append("when")
        elif self.starts <= now:
            found.append("past")
        return (*found, "where") if self._nowhere() else tuple(found)

    def _unsaid(self, name: Literal["title", "text"], tongues: Iterable[Tongue]) -> Iterator[str]:
        words: Text | None = getattr(self, name)
        said = words.root if words else {}
        return (f"{name}_{t}" for t in tongues if t == BASE_TONGUE and t not in said)

    def _nowhere(self) -> bool:
        if self.kind is None or self.kind in WITHOUT_PLACES:
            return False
        return not (self.online or self.everywhere or self.province or self.place)


def said_in(words: Text | None, tongue: Tongue) -> str:
    """Return exactly what is written in one language, empty when nothing is."""
    return words.root.get(tongue, "") if words else ""


def reworded(words: Text | None, tongue: Tongue, said: str) -> Text | None:
    """Return the words with those of one language put in, or taken out when they are empty."""
    by_tongue = {**(words.root if words else {}), tongue: said}
    kept = {tongue: said for tongue, said in by_tongue.items() if said}
    return Text(kept) if kept else None


def _no_longer(words: Text | None, limit: int) -> Text | None:
    if words and any(len(said) > limit for said in words.all()):
        raise ValueError(f"more than {limit} characters")
    return words
