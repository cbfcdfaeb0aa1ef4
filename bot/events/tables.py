"""Tables of the calendar: events, their dates, who holds a place, reminders and feeds."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.database.base import Table, stored_as
from bot.events.states import Answer, EventState, ReminderState

# The number of a deleted row is never given again: an old button must not find another row.
_NEVER_AGAIN = {"sqlite_autoincrement": True}


class EventFeed(Table):
    """An iCalendar address that is read again and again, or once."""

    __tablename__ = "event_feeds"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    url: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    # read once (an import) or for as long as it is subscribed
    once: Mapped[bool]
    added_by: Mapped[int] = mapped_column(BigInteger)
    etag: Mapped[str | None]
    modified: Mapped[str | None]
    next_read_at_utc: Mapped[datetime | None]
    read_at_utc: Mapped[datetime | None]
    failure: Mapped[str | None]
    failures: Mapped[int] = mapped_column(default=0)
    # the events that could not be read: uid, title and of what
    left_out: Mapped[list[Any] | None]
    __table_args__ = (_NEVER_AGAIN,)


class Event(Table):
    """What happens: said in every language, for whom, where, how often."""

    __tablename__ = "events"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    kind: Mapped[str]
    # words by language
    title: Mapped[dict[str, Any]]
    text: Mapped[dict[str, Any]]
    online: Mapped[bool]
    # None: the whole country
    province: Mapped[str | None]
    place: Mapped[str]
    # empty: all of them
    fields: Mapped[list[Any]]
    grades: Mapped[list[Any]]
    all_day: Mapped[bool]
    places: Mapped[int | None]
    # minutes before; None: the usual ones of its kind
    offsets: Mapped[list[Any] | None]
    first_at_utc: Mapped[datetime]
    lasts_minutes: Mapped[int | None]
    # weekly, monthly, yearly or None
    repeat: Mapped[str | None]
    repeat_until: Mapped[date | None]
    # counts the rules of repetition, so that dates of an old rule are known
    series: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)
    state: Mapped[EventState] = mapped_column(stored_as(EventState))
    created_by: Mapped[int] = mapped_column(BigInteger)
    created_at_utc: Mapped[datetime]
    feed_id: Mapped[int | None] = mapped_column(ForeignKey("event_feeds.id", ondelete="SET NULL"))
    uid: Mapped[str | None]
    # the words that a feed has, whether a coordinator has looked, and those last taken over
    offered: Mapped[dict[str, Any] | None]
    accepted: Mapped[dict[str, Any] | None]
    __table_args__ = (UniqueConstraint("feed_id", "uid"), _NEVER_AGAIN)


class EventDate(Table):
    """One time at which an event happens; places and reminders belong to it."""

    __tablename__ = "event_dates"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    # what the rule or the feed calls this date, whatever time it was moved to
    slot: Mapped[str]
    starts_at_utc: Mapped[datetime]
    ends_at_utc: Mapped[datetime | None]
    over_at_utc: Mapped[datetime] = mapped_column(index=True)
    cancelled_at_utc: Mapped[datetime | None]
    # how many held a place, kept when the names are forgotten
    went: Mapped[int | None]
    __table_args__ = (UniqueConstraint("event_id", "slot"), _NEVER_AGAIN)


class EventDraft(Table):
    """What a coordinator is writing: a new event, or the changes to one."""

    __tablename__ = "event_drafts"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    author_id: Mapped[int] = mapped_column(BigInteger)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    details: Mapped[dict[str, Any]]
    changed_at_utc: Mapped[datetime]
    __table_args__ = (_NEVER_AGAIN,)


class EventSignup(Table):
    """Somebody's answer to one date: going, waiting for a place, or not going."""

    __tablename__ = "event_signups"
    date_id: Mapped[int] = mapped_column(
        ForeignKey("event_dates.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    state: Mapped[Answer] = mapped_column(stored_as(Answer))
    # the order of the waiting list
    queue: Mapped[int]
    answered_at_utc: Mapped[datetime]
    # her own choice of reminders for this date; None: her general one
    offsets: Mapped[list[Any] | None]
    # what she shows at the door, once she has seen it, and when she came
    code: Mapped[str | None]
    came_at_utc: Mapped[datetime | None]


class ReminderChoice(Table):
    """How somebody wants to be reminded in general."""

    __tablename__ = "reminder_choices"
    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True
    )
    # None: as each event says
    offsets: Mapped[list[Any] | None]
    quiet_from: Mapped[int]
    quiet_until: Mapped[int]
    # whether she is reminded of when the opportunities close that she keeps
    deadlines: Mapped[bool] = mapped_column(default=True)


class Reminder(Table):
    """One reminder: planned, then staged for sending once, or dropped with the reason."""

    __tablename__ = "reminders"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    date_id: Mapped[int] = mapped_column(ForeignKey("event_dates.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    minutes_before: Mapped[int]
    # the time it reminds of: a date that moved is reminded of anew
    starts_at_utc: Mapped[datetime]
    due_at_utc: Mapped[datetime]
    # when to look at it next; later than due when it was late in the quiet hours
    look_at_utc: Mapped[datetime]
    state: Mapped[ReminderState] = mapped_column(
        stored_as(ReminderState), default=ReminderState.PLANNED
    )
    why: Mapped[str | None]
    late: Mapped[bool] = mapped_column(default=False)
    stagings: Mapped[int] = mapped_column(default=0)
    outbox_key: Mapped[str | None]
    handled_at_utc: Mapped[datetime | None]
    __table_args__ = (
        UniqueConstraint("date_id", "person_id", "minutes_before", "starts_at_utc"),
        Index("ix_reminders_state_look", "state", "look_at_utc"),
        _NEVER_AGAIN,
    )
