"""What an event says, complete or still being written; no table and no Telegram here."""

from datetime import date, datetime
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from bot.content.base import Tongue

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
    title_km: str = Field("", max_length=LONGEST_TITLE)
    title_en: str = Field("", max_length=LONGEST_TITLE)
    text_km: str = Field("", max_length=LONGEST_TEXT)
    text_en: str = Field("", max_length=LONGEST_TEXT)
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

    def title(self, tongue: Tongue) -> str:
        """Return the title in one language, in the other while it is missing."""
        both = (self.title_km, self.title_en)
        return next(filter(None, both if tongue == "km" else both[::-1]), "")

    def text(self, tongue: Tongue) -> str:
        """Return the description in one language."""
        return self.text_km if tongue == "km" else self.text_en

    def problems(self, now: datetime) -> tuple[str, ...]:
        """Return what keeps this from being published, as the names of words in `content/`."""
        found = [
            name
            for name, missing in (
                ("kind", self.kind is None),
                ("title_km", not self.title_km),
                ("title_en", not self.title_en),
                ("text_km", bool(self.text_en) and not self.text_km),
                ("text_en", bool(self.text_km) and not self.text_en),
                ("when", self.starts is None),
                ("past", self.starts is not None and self.starts <= now),
                ("where", self._nowhere()),
            )
            if missing
        ]
        return tuple(found)

    def _nowhere(self) -> bool:
        if self.kind is None or self.kind in WITHOUT_PLACES:
            return False
        return not (self.online or self.everywhere or self.province or self.place)
