"""The tables of people: who writes, who sits at the desk, what was done."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, Text, false
from sqlalchemy.orm import Mapped, mapped_column

from bot.database.base import Table, stored_as
from bot.rights import Seat


class Reachability(StrEnum):
    """Whether a person can be written to."""

    REACHABLE = "reachable"
    # she stopped the bot
    BLOCKED = "blocked"
    # the account is gone
    DEACTIVATED = "deactivated"


class Band(StrEnum):
    """As old as somebody says she is; `YOUNG` is under the programme's minimum."""

    YOUNG = "young"
    MINOR = "minor"
    ADULT = "adult"


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
    seat: Mapped[Seat] = mapped_column(
        stored_as(Seat), default=Seat.FULL, server_default=Seat.FULL
    )
    joined_at_utc: Mapped[datetime]
    removed_at_utc: Mapped[datetime | None]
    __table_args__ = {"sqlite_autoincrement": True}


class Invitation(Table):
    """A link to a seat at the desk, good once and for a while; only its hash is kept."""

    __tablename__ = "invitations"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    secret_hash: Mapped[str] = mapped_column(unique=True)
    created_by: Mapped[int] = mapped_column(BigInteger)
    seat: Mapped[Seat] = mapped_column(
        stored_as(Seat), default=Seat.FULL, server_default=Seat.FULL
    )
    expires_at_utc: Mapped[datetime]
    # who used it; while it is not used, who opened it last and was asked whether she joins
    used_by: Mapped[int | None] = mapped_column(BigInteger)
    used_at_utc: Mapped[datetime | None]


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


class Person(Table):
    """Somebody who wrote to the bot: an id, choices, no name."""

    __tablename__ = "people"
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    language: Mapped[str]
    language_chosen: Mapped[bool] = mapped_column(default=False)
    grade: Mapped[str | None]
    # when she told it: the next school year she is in another one
    grade_told_on: Mapped[date | None]
    province: Mapped[str | None]
    # how old she says she is, never a birth date; and when, for who was too young grows
    age_band: Mapped[Band | None] = mapped_column(stored_as(Band))
    age_told_on: Mapped[date | None]
    # whether the bot has asked for the two by itself, which it does once
    asked_of_her: Mapped[bool] = mapped_column(default=False, server_default=false())
    reach: Mapped[Reachability] = mapped_column(
        stored_as(Reachability), default=Reachability.REACHABLE
    )
    joined_at_utc: Mapped[datetime]


class Conversation(Table):
    """Where a chat stands: what the bot is waiting for and which buttons it last showed."""

    __tablename__ = "conversations"
    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True
    )
    awaiting: Mapped[dict[str, Any] | None]
    buttons: Mapped[list[Any]]
    # how often she opened each door of home, and which come first on which day
    # (`bot.people.habits`)
    doors: Mapped[dict[str, Any] | None]
    # what was shown last: the key of a target, and its aspect (`Verdict.context`)
    last_entry: Mapped[str | None]
    last_entry_at_utc: Mapped[datetime | None]
    # the pages of lists that she saw last, and from where she opened a career
    # (`bot.people.trail`)
    trail: Mapped[dict[str, Any] | None]
    lost_at_utc: Mapped[datetime | None]
    # the pictures that she sent at once and that were answered last
    album: Mapped[str | None]
    care_until_utc: Mapped[datetime | None]
    care_kind: Mapped[str | None]
    care_tongue: Mapped[str | None]
    # the button she tapped last, on which message, and when: a finger may tap twice
    tapped: Mapped[str | None]
    tapped_on: Mapped[int | None] = mapped_column(BigInteger)
    tapped_at_utc: Mapped[datetime | None]
    # when she was last told gently that help is there
    gentle_at_utc: Mapped[datetime | None]
    # the message of hers for which several questions were offered, or that asked what is not known
    # of a thing that is (`bot.safety.last_words`)
    unclear_id: Mapped[int | None]
    # the message of hers that was answered last, and what its buttons open, by what they send:
    # from the one that she taps it is learned what she meant (`handlers/teaching/learning.py`)
    offered: Mapped[dict[str, Any] | None]


class Phone(Table):
    """A phone that several girls use with one Telegram account, and whose turn it is."""

    __tablename__ = "phones"
    # the account's id, which is that of its chat with the bot
    chat_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    # who has said that she is here; nobody while names are to choose from
    in_use: Mapped[int | None] = mapped_column(BigInteger)
    since_utc: Mapped[datetime]
    # the last message of the time before: what stands above belongs to somebody else
    before_message_id: Mapped[int | None] = mapped_column(BigInteger)
    # whose PIN is asked for
    asked: Mapped[int | None] = mapped_column(BigInteger)
    # whether whoever is here was told that something waits for another
    told: Mapped[bool] = mapped_column(default=False, server_default=false())


class Profile(Table):
    """One of those who share a phone: what the others see of her, and her PIN if she has one."""

    __tablename__ = "profiles"
    # no other table needs her chat: it is reckoned from her id (`chats.py`)
    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    name: Mapped[str]
    # a salt and a hash (`pins.py`)
    pin: Mapped[str | None]
    tries: Mapped[int] = mapped_column(default=0, server_default="0")
    locked_until_utc: Mapped[datetime | None]
    # when somebody said that the PIN is forgotten
    forgot_at_utc: Mapped[datetime | None]


class Switch(Table):
    """Something coordinators turn on and off: what passes to girls as a whole, their own duty."""

    __tablename__ = "switches"
    name: Mapped[str] = mapped_column(primary_key=True)
    on: Mapped[bool]
    changed_by: Mapped[int] = mapped_column(BigInteger)
    changed_at_utc: Mapped[datetime]


class AuditLine(Table):
    """Who did which privileged thing to what, and when; never changed."""

    __tablename__ = "audit"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    at_utc: Mapped[datetime]
    actor_id: Mapped[int] = mapped_column(BigInteger)
    action: Mapped[str]
    # what it was done to: to be asked for, and in plain words
    kind: Mapped[str]
    number: Mapped[int | None] = mapped_column(BigInteger)
    subject: Mapped[str]
