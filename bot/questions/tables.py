"""The tables of open questions, their groups, what was added to the FAQ, and 👍 👎."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.database.base import Table, stored_as


class AdditionState(StrEnum):
    """Where an addition to the FAQ stands."""

    DRAFT = "draft"
    LIVE = "live"
    WITHDRAWN = "withdrawn"


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
    # what she has written so far, by language; once sent, the answer
    answer: Mapped[dict[str, Any]] = mapped_column(default=dict)


class GroupedQuestion(Table):
    """Which group an open question lies in."""

    __tablename__ = "grouped_questions"
    question_id: Mapped[int] = mapped_column(
        ForeignKey("questions.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    group_id: Mapped[int] = mapped_column(
        ForeignKey("question_groups.id", ondelete="CASCADE"), index=True
    )


class LearnedEntry(Table):
    """An answer of a coordinator that became an entry of the FAQ: draft, live or withdrawn."""

    __tablename__ = "learned_entries"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    state: Mapped[AdditionState] = mapped_column(stored_as(AdditionState))
    topic: Mapped[str | None]
    # by language; empty where the coordinator has chosen to write none
    question: Mapped[dict[str, Any]] = mapped_column(default=dict)
    answer: Mapped[dict[str, Any]] = mapped_column(default=dict)
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


class OpenQuestion(Table):
    """A question the bot could not answer, kept with its asker for a coordinator."""

    __tablename__ = "questions"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str]
    # whether it stood beside danger: for those on call only, and forgotten with the cases
    private: Mapped[bool] = mapped_column(default=False)
    asked_at_utc: Mapped[datetime]
    answered_at_utc: Mapped[datetime | None]
    answered_by: Mapped[int | None] = mapped_column(BigInteger)


class AskedBack(Table):
    """What a coordinator asked one girl about her question, and what she answered."""

    __tablename__ = "asked_back"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    question_id: Mapped[int] = mapped_column(
        ForeignKey("questions.id", ondelete="CASCADE"), index=True
    )
    asked_by: Mapped[int | None] = mapped_column(BigInteger)
    text: Mapped[str] = mapped_column(Text)
    asked_at_utc: Mapped[datetime]
    answer: Mapped[str | None] = mapped_column(Text)
    answered_at_utc: Mapped[datetime | None]


class Feedback(Table):
    """One person's 👍 or 👎 on one entry; the latest counts."""

    __tablename__ = "feedback"
    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True
    )
    entry_id: Mapped[str] = mapped_column(primary_key=True)
    helpful: Mapped[bool]
    given_at_utc: Mapped[datetime]
