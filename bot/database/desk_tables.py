"""The tables of the coordinators' desk: its people, the inbox, what was learned, the counts."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.database.tables import Table


class Coordinator(Table):
    """Somebody who sits or sat at the desk; `number` is her short alias, never used again.

    Those of the settings have a row too, for the alias, but their role comes from the settings.
    """

    __tablename__ = "coordinators"
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    person_id: Mapped[int] = mapped_column(BigInteger, unique=True)
    # what the others call her, if she chose to say
    name: Mapped[str | None]
    invited: Mapped[bool]
    joined_at_utc: Mapped[datetime]
    removed_at_utc: Mapped[datetime | None]
    __table_args__ = {"sqlite_autoincrement": True}


class Invitation(Table):
    """A link that makes its finder a coordinator, once, for a while; only its hash is kept."""

    __tablename__ = "invitations"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    secret_hash: Mapped[str] = mapped_column(unique=True)
    created_by: Mapped[int] = mapped_column(BigInteger)
    expires_at_utc: Mapped[datetime]
    used_by: Mapped[int | None] = mapped_column(BigInteger)
    used_at_utc: Mapped[datetime | None]


class QuestionGroup(Table):
    """Open questions that are alike and get one answer, with who is at work on it."""

    __tablename__ = "question_groups"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    created_at_utc: Mapped[datetime]
    # whether likeness has put it where it belongs; a group that a coordinator made stays
    compared: Mapped[bool] = mapped_column(default=False)
    claimed_by: Mapped[int | None] = mapped_column(BigInteger)
    claimed_until_utc: Mapped[datetime | None]
    # the questions she saw when she began to write
    writing_for: Mapped[list[Any] | None]
    # what she has written so far; once sent, the answer
    answer_km: Mapped[str | None] = mapped_column(Text)
    answer_en: Mapped[str | None] = mapped_column(Text)


class GroupedQuestion(Table):
    """Which group an open question lies in."""

    __tablename__ = "grouped_questions"
    question_id: Mapped[int] = mapped_column(
        ForeignKey("questions.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    group_id: Mapped[int] = mapped_column(
        ForeignKey("question_groups.id", ondelete="CASCADE"), index=True
    )


class DeskNote(Table):
    """What one coordinator tells the others about a group of questions or a case."""

    __tablename__ = "desk_notes"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    # group or case
    about: Mapped[str]
    about_id: Mapped[int]
    author_id: Mapped[int] = mapped_column(BigInteger)
    text: Mapped[str] = mapped_column(Text)
    at_utc: Mapped[datetime]
    __table_args__ = (Index("ix_desk_notes_about", "about", "about_id"),)


class LearnedEntry(Table):
    """An answer of a coordinator that became an entry of the FAQ: draft, live or withdrawn."""

    __tablename__ = "learned_entries"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    state: Mapped[str]
    topic: Mapped[str | None]
    question_km: Mapped[str | None] = mapped_column(Text)
    question_en: Mapped[str | None] = mapped_column(Text)
    answer_km: Mapped[str | None] = mapped_column(Text)
    answer_en: Mapped[str | None] = mapped_column(Text)
    # the askers' wordings that the coordinator chose
    asks: Mapped[list[Any]]
    # where it came from, while that is kept
    group_id: Mapped[int | None]
    author_id: Mapped[int | None] = mapped_column(BigInteger)
    added_at_utc: Mapped[datetime]
    changed_at_utc: Mapped[datetime] = mapped_column(index=True)
    # a second coordinator has read it
    reviewed_by: Mapped[int | None] = mapped_column(BigInteger)
    reviewed_at_utc: Mapped[datetime | None]


class EntryLook(Table):
    """When a coordinator last looked at the 👎 of an entry."""

    __tablename__ = "entry_looks"
    entry_id: Mapped[str] = mapped_column(primary_key=True)
    looked_by: Mapped[int] = mapped_column(BigInteger)
    looked_at_utc: Mapped[datetime]


class Tally(Table):
    """How often something happened on a day: no names, no words."""

    __tablename__ = "tallies"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    day: Mapped[date]
    kind: Mapped[str]
    key: Mapped[str]
    n: Mapped[int]
    __table_args__ = (UniqueConstraint("day", "kind", "key"),)


class Digest(Table):
    """A week whose digest was sent, or begun too late to send."""

    __tablename__ = "digests"
    week: Mapped[str] = mapped_column(primary_key=True)
    handled_at_utc: Mapped[datetime]
    sent: Mapped[bool]
