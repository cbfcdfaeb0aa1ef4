"""One date of an event, as everybody is shown it."""

from dataclasses import dataclass
from datetime import datetime

from bot.content.base import Text
from bot.events.states import Answer, EventState
from bot.events.tables import Event, EventDate


@dataclass(frozen=True)
class Happening:
    """What is known of one date; `going` and `waiting` are counts, `hers` her own answer."""

    date_id: int
    event_id: int
    kind: str
    title: Text
    text: Text | None
    online: bool
    province: str | None
    place: str
    fields: tuple[str, ...]
    grades: tuple[str, ...]
    starts: datetime
    ends: datetime | None
    over: datetime
    all_day: bool
    places: int | None
    repeat: str | None
    version: int
    cancelled: bool
    going: int = 0
    waiting: int = 0
    hers: Answer | None = None

    @property
    def closes(self) -> datetime:
        """Until when one may answer, and a reminder is of use."""
        return self.over if self.all_day else self.starts

    @property
    def full(self) -> bool:
        """Whether every place is taken, or somebody waits for one."""
        return self.places is not None and (self.going >= self.places or self.waiting > 0)


def happening_of(
    event: Event, date: EventDate, going: int = 0, waiting: int = 0, hers: Answer | None = None
) -> Happening:
    """Return what is shown of one date."""
    return Happening(
        date_id=date.id,
        event_id=event.id,
        kind=event.kind,
        title=Text(event.title),
        text=Text(event.text) if event.text else None,
        online=event.online,
        province=event.province,
        place=event.place,
        fields=tuple(event.fields),
        grades=tuple(event.grades),
        starts=date.starts_at_utc,
        ends=date.ends_at_utc,
        over=date.over_at_utc,
        all_day=event.all_day,
        places=event.places,
        repeat=event.repeat,
        version=event.version,
        cancelled=date.cancelled_at_utc is not None or event.state is not EventState.PUBLISHED,
        going=going,
        waiting=waiting,
        hers=hers,
    )
