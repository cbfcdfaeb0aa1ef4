"""The tables of mentoring. Ids of people have no foreign key: what safeguarding must keep for a
while outlives a person's own rows, and `bot/mentoring/privacy.py` says what that is.

Handlers make no rows and ask for none here: the modules that hand rows out name their kinds.
"""

import secrets
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.database import stored_as
from bot.database.base import Table
from bot.mentoring.states import ConsentMethod, MentorState, Passage, State, Who


def new_public_id() -> str:
    """Return a random name for a row that others may be shown; never all digits, as ids are."""
    return f"m{secrets.token_hex(8)}"


class Mentor(Table):
    """A woman who volunteers: what students may see once approved, and where vetting stands."""

    __tablename__ = "mentors"
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    # what buttons carry instead of her Telegram id
    public_id: Mapped[str] = mapped_column(default=new_public_id, unique=True)
    state: Mapped[MentorState] = mapped_column(stored_as(MentorState))
    first_name: Mapped[str | None]
    field: Mapped[str | None]
    languages: Mapped[list[Any]]
    # a province, or "online"
    province: Mapped[str | None]
    hours: Mapped[str | None]
    places: Mapped[int | None]
    story: Mapped[str | None] = mapped_column(Text)
    # a new story is shown to nobody until a coordinator has read it
    story_waiting: Mapped[str | None] = mapped_column(Text)
    code_accepted: Mapped[int] = mapped_column(default=0)
    code_version: Mapped[int | None]
    code_signed_at_utc: Mapped[datetime | None]
    paused: Mapped[bool] = mapped_column(default=False)
    checked_by: Mapped[int | None] = mapped_column(BigInteger)
    approved_by: Mapped[int | None] = mapped_column(BigInteger)
    approved_at_utc: Mapped[datetime | None]
    clearance_until_utc: Mapped[datetime | None]
    renewal_by: Mapped[int | None] = mapped_column(BigInteger)
    warned: Mapped[bool] = mapped_column(default=False)
    # since when she may write to nobody, until a coordinator has looked
    quiet_since_utc: Mapped[datetime | None]
    quiet_reminded_at_utc: Mapped[datetime | None]
    # tries before this do not count: a coordinator has looked at them
    tries_from_utc: Mapped[datetime | None]
    # when she erased herself though something about her waits for a coordinator
    erased_at_utc: Mapped[datetime | None]
    # when she was suspended: from then on no invitation leads her to the coordinators' desk, until
    # two coordinators have signed for her anew, or one has lifted it
    barred_since_utc: Mapped[datetime | None]
    # a move of her own that her and the coordinators are yet to be told of
    news: Mapped[str | None]


class MentorCheck(Table):
    """One item of the checklist: who saw the proof, when, and where the proof is kept."""

    __tablename__ = "mentor_checks"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    mentor_id: Mapped[int] = mapped_column(BigInteger)
    item: Mapped[str]
    evidence: Mapped[str]
    checked_by: Mapped[int] = mapped_column(BigInteger)
    checked_at_utc: Mapped[datetime]
    __table_args__ = (UniqueConstraint("mentor_id", "item"),)


class Mentee(Table):
    """A student in the programme: a first name, never more."""

    __tablename__ = "mentees"
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    alias: Mapped[str | None]
    draft: Mapped[dict[str, Any] | None]
    assent_version: Mapped[int | None]
    assented_at_utc: Mapped[datetime | None]


class GuardianConsent(Table):
    """A guardian's consent: asked for by a link, or attested by a coordinator; revocable."""

    __tablename__ = "guardian_consents"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    student_id: Mapped[int] = mapped_column(BigInteger, index=True)
    token: Mapped[str] = mapped_column(unique=True)
    method: Mapped[ConsentMethod] = mapped_column(stored_as(ConsentMethod))
    text_version: Mapped[int]
    asked_at_utc: Mapped[datetime]
    guardian_id: Mapped[int | None] = mapped_column(BigInteger, index=True)
    attested_by: Mapped[int | None] = mapped_column(BigInteger)
    evidence: Mapped[str | None]
    given_at_utc: Mapped[datetime | None]
    withdrawn_at_utc: Mapped[datetime | None]
    withdrawn_by: Mapped[int | None] = mapped_column(BigInteger)


class InvitedGuardian(Table):
    """Who opened an invitation to be a guardian, or met the bot by the page for families: it is
    not kept whose.

    She is spoken to as a grown-up, whether she agrees or not.
    """

    __tablename__ = "invited_guardians"
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    since_utc: Mapped[datetime]
    # the invitation that she has opened and not answered, to lead her back to it
    token: Mapped[str | None]


class Introduction(Table):
    """One girl's wish to talk with a mentor, from asking to the end."""

    __tablename__ = "introductions"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    student_id: Mapped[int] = mapped_column(BigInteger, index=True)
    mentor_id: Mapped[int | None] = mapped_column(BigInteger, index=True)
    wished_mentor_id: Mapped[int | None] = mapped_column(BigInteger)
    state: Mapped[State] = mapped_column(stored_as(State), index=True)
    field: Mapped[str]
    career: Mapped[str | None]
    language: Mapped[str]
    province: Mapped[str | None]
    hope: Mapped[str] = mapped_column(Text)
    # mentors who were offered it already
    tried: Mapped[list[Any]]
    asked_at_utc: Mapped[datetime]
    since_utc: Mapped[datetime]
    # how many times the clock has acted in this state, and when it acts next
    step: Mapped[int] = mapped_column(default=0)
    due_at_utc: Mapped[datetime | None]
    ends_at_utc: Mapped[datetime | None]
    paused_by: Mapped[int | None] = mapped_column(BigInteger)
    reported_by: Mapped[int | None] = mapped_column(BigInteger)
    reported_at_utc: Mapped[datetime | None]
    report_reason: Mapped[str | None]
    checked_in: Mapped[bool] = mapped_column(default=False)
    asked_more: Mapped[bool] = mapped_column(default=False)
    student_more: Mapped[bool | None]
    mentor_more: Mapped[bool | None]


class IntroductionMove(Table):
    """One move of an introduction: who made it, when, and whether those concerned were told."""

    __tablename__ = "introduction_moves"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    introduction_id: Mapped[int] = mapped_column(index=True)
    move: Mapped[str]
    who: Mapped[Who] = mapped_column(stored_as(Who))
    actor_id: Mapped[int] = mapped_column(BigInteger)
    # the mentor before the move, for one that lets her go
    mentor_id: Mapped[int | None] = mapped_column(BigInteger)
    before: Mapped[State | None] = mapped_column(stored_as(State))
    after: Mapped[State] = mapped_column(stored_as(State))
    detail: Mapped[str | None]
    at_utc: Mapped[datetime]
    told: Mapped[bool] = mapped_column(default=False, index=True)


class RelayMessage(Table):
    """A message between the two, kept with what was decided until the retention time."""

    __tablename__ = "relay_messages"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    introduction_id: Mapped[int] = mapped_column()
    sender_id: Mapped[int] = mapped_column(BigInteger)
    from_student: Mapped[bool]
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    # the message that this one corrects
    edit_of: Mapped[int | None]
    text: Mapped[str] = mapped_column(Text)
    # what she wrote, where a coordinator let something else pass
    original: Mapped[str | None] = mapped_column(Text)
    state: Mapped[Passage] = mapped_column(stored_as(Passage), index=True)
    reason: Mapped[str | None]
    at_utc: Mapped[datetime]
    due_at_utc: Mapped[datetime | None]
    sampled: Mapped[bool] = mapped_column(default=False)
    decided_by: Mapped[int | None] = mapped_column(BigInteger)
    read_by: Mapped[int | None] = mapped_column(BigInteger)
    # while it is held: when coordinators were last reminded, when she was told that it waits
    reminded_at_utc: Mapped[datetime | None]
    wait_told_at_utc: Mapped[datetime | None]
    __table_args__ = (Index("ix_relay_messages_of", "introduction_id", "sender_id", "id"),)


class IntroductionFeedback(Table):
    """What one of the two thought of it, in one tap."""

    __tablename__ = "introduction_feedback"
    introduction_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    opinion: Mapped[str]
    given_at_utc: Mapped[datetime]


class MentorWait(Table):
    """A girl who asked to be told when there is a mentor in a field that has none free."""

    __tablename__ = "mentor_waits"
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    field: Mapped[str] = mapped_column(primary_key=True)
    asked_at_utc: Mapped[datetime]


class MinorMark(Table):
    """That somebody who erased herself had said she was a minor: a salted hash, for a while."""

    __tablename__ = "minor_marks"
    mark: Mapped[str] = mapped_column(primary_key=True)
    until_utc: Mapped[datetime]


class MinorSecret(Table):
    """The one secret with which those hashes are made; it is used for nothing else."""

    __tablename__ = "minor_secret"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    secret: Mapped[str]


class RosterLine(Table):
    """When a coordinator wants to be called last, and who stands in for her.

    Hours of the day in the programme's time zone; both or none.
    """

    __tablename__ = "roster"
    person_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    quiet_from: Mapped[int | None]
    quiet_until: Mapped[int | None]
    deputy_id: Mapped[int | None] = mapped_column(BigInteger)
