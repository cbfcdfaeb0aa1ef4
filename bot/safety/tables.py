"""The tables of safety: cases, what is written in them, what people have just written; drills."""

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import BigInteger, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.database.base import Table, stored_as
from bot.safety.states import DrillEnd, News, Outcome, Silence


class Case(Table):
    """Somebody who may be in danger asked for a person: alerted until acknowledged."""

    # how the keys of its calls in the outbox begin
    CALLS: ClassVar[str] = "case"
    __tablename__ = "cases"
    # the number of a case that was erased is never given again: old alerts and buttons hold it
    __table_args__ = {"sqlite_autoincrement": True}
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    # no foreign key: an open case outlives her wish to be forgotten for a while
    person_id: Mapped[int] = mapped_column(BigInteger)
    kind: Mapped[str]
    # the language in which she asked for help
    tongue: Mapped[str | None]
    opened_at_utc: Mapped[datetime]
    # who was called, in order: each call has a message in the outbox, which says if it arrived
    alerted: Mapped[list[Any]]
    next_alert_at_utc: Mapped[datetime | None]
    # what she was told last while she waits
    told: Mapped[News | None] = mapped_column(stored_as(News))
    acknowledged_by: Mapped[int | None] = mapped_column(BigInteger)
    acknowledged_at_utc: Mapped[datetime | None]
    # what was done since she waits for a word of who has it
    silence: Mapped[Silence | None] = mapped_column(stored_as(Silence))
    # the gravest kind of danger for which care was shown since it is open
    cared: Mapped[str | None]
    closed_at_utc: Mapped[datetime | None]
    outcome: Mapped[Outcome | None] = mapped_column(stored_as(Outcome))
    # when she erased herself while it was open: nothing is left but that it is there
    erased_at_utc: Mapped[datetime | None]


class CaseMessage(Table):
    """What was written in a case, whole; a correction is a message of its own."""

    __tablename__ = "case_messages"
    __table_args__ = {"sqlite_autoincrement": True}
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"), index=True)
    author_id: Mapped[int] = mapped_column(BigInteger)
    # whether a coordinator wrote it
    by_staff: Mapped[bool]
    text: Mapped[str] = mapped_column(Text)
    # what she sent that is no text, which is not kept: "voice", "picture"
    media: Mapped[str | None]
    # the message in her chat, by which an edit is known; none for words from before the case
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    corrected: Mapped[bool]
    at_utc: Mapped[datetime]


class LastWord(Table):
    """What a person has just written, to be read together for signs of danger."""

    __tablename__ = "last_words"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    # Telegram's number, by which an edit finds its message
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    text: Mapped[str] = mapped_column(Text)
    at_utc: Mapped[datetime]
    # what was seen in it, and of which kind the danger is
    seen: Mapped[str | None]
    kind: Mapped[str | None]


class Drill(Table):
    """A made-up call for help, by which is seen whether a real one would be heard in time.

    It is nobody's and holds no words; nothing that counts, shows or keeps cases knows of it.
    """

    CALLS: ClassVar[str] = "drill"
    __tablename__ = "drills"
    # old buttons hold its number, so it is never given again
    __table_args__ = {"sqlite_autoincrement": True}
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    began_at_utc: Mapped[datetime]
    # which coordinator began it by hand; none where the clock did
    started_by: Mapped[int | None] = mapped_column(BigInteger)
    # who was called, in order: each call has a message in the outbox, which says if it arrived
    alerted: Mapped[list[Any]]
    # of each call, after how many seconds it arrived; none for one that never did
    arrived: Mapped[list[Any]]
    # who could not be reached and was passed over
    passed: Mapped[list[Any]]
    next_alert_at_utc: Mapped[datetime | None]
    acknowledged_by: Mapped[int | None] = mapped_column(BigInteger)
    acknowledged_at_utc: Mapped[datetime | None]
    ended_at_utc: Mapped[datetime | None]
    outcome: Mapped[DrillEnd | None] = mapped_column(stored_as(DrillEnd))
