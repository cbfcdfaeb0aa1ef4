"""What the two of a case write to each other: kept with it, whole, and carried to the other.

Her words go to whoever has the case, and wait in it while nobody has. Who takes it or is handed
it reads the conversation so far. Only who has the case reads it; each look leaves an audit line.
An edit is a message of its own, marked as a correction: what was first written stays.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import Select, func, select

from bot.database import count
from bot.people import phones
from bot.people.staff import Actor
from bot.people.tables import Person
from bot.queues import outbox
from bot.refusals import GoneError, NotAllowedError
from bot.rights import May
from bot.safety import case_work, cases, erased
from bot.safety.cases import Carried, CaseFile, Standing, message_key
from bot.safety.states import Outcome
from bot.safety.tables import Case, CaseMessage
from bot.screens.paging import pages_of

LINES_A_PAGE = 10
# How far back a coordinator's own words are read together with what she writes now.
_TOGETHER = timedelta(hours=24)
_MOST_TOGETHER = 12
# So many of what was written to her she reads again.
_READ_AGAIN = 3

Side = Literal["girl", "staff"]


@dataclass(frozen=True)
class Line:
    """One message of the conversation as the coordinator reads it."""

    author_id: int
    by_staff: bool
    text: str
    at_utc: datetime
    corrected: bool
    # of a coordinator's: whether it arrived; None while that is not known
    arrived: bool | None
    # what was sent that is no text, which is not kept
    media: str | None = None


@dataclass(frozen=True)
class Talk:
    """A page of what was written in a case, and what whoever takes it must know of her."""

    case: CaseFile
    lines: tuple[Line, ...]
    page: int
    pages: int
    grade: str | None
    # the open case that the reader has
    held: int
    # whether she wrote last
    unanswered: bool
    # whether she can be written to
    reachable: bool
    # how it ended; None while it is open
    outcome: Outcome | None
    # earlier cases of the same girl of which something is still to be read, newest first
    earlier: tuple[int, ...]
    # when she erased herself, with all that was written
    erased_at: datetime | None
    # whether others use her phone, so that what is written may wait for her turn
    shares_phone: bool
    # the talk that it is about, if about one
    about: int | None


async def carry(
    actor: Actor, text: str, *, message_id: int | None, media: str | None = None
) -> Carried | None:
    """Keep what somebody writes who has an open case; None when she has none.

    Of what is no text only is kept that it was sent.

    It is for the caller to deliver, where somebody has the case.

    The same message is kept once; a message that is known already and says something else now
    is a correction.
    """
    case = await cases.open_case_of(actor)
    if case is None:
        return None
    erased.is_back(case, actor.now)
    message = await _known(actor, case, text, message_id)
    if message is None:
        message = await _keep(actor, case, text, message_id, by_staff=False, media=media)
    file = await cases.file_of(actor, case)
    return Carried(file, message.id, message.text, file.held_by, message.corrected, message.media)


async def _known(
    actor: Actor, case: Case, text: str, message_id: int | None
) -> CaseMessage | None:
    """Return her message that says just this, when it is the same one."""
    if message_id is None:
        return None
    if (same := await _written(actor, case.id, message_id)) is not None:
        return same if same.text == text else None
    # The words for which her case was opened, in this very turn.
    first = await actor.session.scalar(
        _by(actor, case.id).where(
            CaseMessage.message_id.is_(None), CaseMessage.text == text,
            CaseMessage.at_utc == actor.now,
        )
    )  # fmt: skip
    if first is not None:
        first.message_id = message_id
    return first


async def _keep(
    actor: Actor,
    case: Case,
    text: str,
    message_id: int | None,
    *,
    by_staff: bool,
    media: str | None = None,
) -> CaseMessage:
    earlier = None if message_id is None else await _written(actor, case.id, message_id)
    message = CaseMessage(
        case_id=case.id, author_id=actor.id, by_staff=by_staff, text=text, at_utc=actor.now,
        message_id=message_id, corrected=earlier is not None, media=media,
    )  # fmt: skip
    actor.session.add(message)
    await actor.session.flush()
    return message


async def _written(actor: Actor, case_id: int, message_id: int) -> CaseMessage | None:
    """Return the newest version of a message that the actor wrote in a case."""
    return await actor.session.scalar(
        _by(actor, case_id).where(CaseMessage.message_id == message_id)
    )


def _by(actor: Actor, case_id: int) -> Select[CaseMessage]:
    """Select the newest message of the actor in a case."""
    return (
        select(CaseMessage)
        .where(CaseMessage.case_id == case_id, CaseMessage.author_id == actor.id)
        .order_by(CaseMessage.id.desc())
        .limit(1)
    )


async def say(
    actor: Actor, case_id: int, text: str, *, message_id: int | None, doubt: str = ""
) -> Carried:
    """Keep what the coordinator who has a case writes to her; it is for the caller to deliver.

    `doubt` says in the audit log why others may want to ask about it.
    """
    case = await case_work.held(actor, case_id)
    message = await _keep(actor, case, text, message_id, by_staff=True)
    case.silence = None
    await actor.note("wrote", "case", case_id, doubt)
    file = await cases.file_of(actor, case)
    return Carried(file, message.id, text, case.person_id, message.corrected)


async def reachable(actor: Actor, case_id: int) -> bool:
    """Return whether she who asked can be written to, for the coordinator who has her case."""
    case = await case_work.held(actor, case_id)
    return await erased.is_reachable(actor.session, case.person_id)


async def taken_of(actor: Actor) -> CaseFile | None:
    """Return the open case of the actor that somebody has who can be reached; None for none."""
    if (case := await cases.still_open(actor)) is None:
        return None
    file = await cases.file_of(actor, case)
    return file if file.standing is Standing.TAKEN else None


async def said_last(actor: Actor) -> tuple[CaseFile, list[str]] | None:
    """Return what was written to her lately in her open case, oldest first; None for nothing."""
    if (case := await cases.still_open(actor)) is None:
        return None
    rows = await actor.session.scalars(
        select(CaseMessage)
        .where(CaseMessage.case_id == case.id, CaseMessage.by_staff)
        .order_by(CaseMessage.id.desc())
        .limit(_READ_AGAIN)
    )
    # Of what was corrected the newest.
    newest: dict[tuple[int, int | None], str] = {}
    for row in rows:
        newest.setdefault((row.author_id, row.message_id or -row.id), row.text)
    if not newest:
        return None
    return await cases.file_of(actor, case), list(newest.values())[::-1]


async def refuse(actor: Actor, case_id: int, why: str) -> None:
    """Record that a coordinator's words were not carried, for `why`; the words are not kept."""
    await case_work.held(actor, case_id)
    await actor.note("tried to give a contact", "case", case_id, why)


async def ask_about(actor: Actor, case_id: int, why: str) -> None:
    """Record that a coordinator was asked whether to send her words, for `why`."""
    await case_work.held(actor, case_id)
    await actor.note("was asked about", "case", case_id, why)


async def said_before(actor: Actor, case_id: int) -> list[str]:
    """Return what the coordinator who has a case wrote in it lately, oldest first."""
    await case_work.held(actor, case_id)
    rows = await actor.session.scalars(
        select(CaseMessage.text)
        .where(
            CaseMessage.case_id == case_id, CaseMessage.author_id == actor.id,
            CaseMessage.by_staff, CaseMessage.at_utc > actor.now - _TOGETHER,
        )
        .order_by(CaseMessage.id.desc())
        .limit(_MOST_TOGETHER)
    )  # fmt: skip
    return list(rows)[::-1]


async def corrects(actor: Actor, message_id: int) -> tuple[int, bool] | None:
    """Return in which case the actor wrote a message as its coordinator; None for no such one.

    And whether she has the case still, so that a correction may reach the girl.
    """
    case = await actor.session.scalar(
        select(Case)
        .join(CaseMessage, CaseMessage.case_id == Case.id)
        .where(
            CaseMessage.author_id == actor.id,
            CaseMessage.by_staff,
            CaseMessage.message_id == message_id,
        )
        .limit(1)
    )
    if case is None:
        return None
    has_it = actor.is_staff and case.acknowledged_by == actor.id and case.closed_at_utc is None
    return case.id, has_it


async def says(actor: Actor, message_id: int, text: str) -> bool:
    """Return whether a message that the actor wrote in a case says exactly this already."""
    newest = await actor.session.scalar(
        select(CaseMessage.text)
        .where(CaseMessage.author_id == actor.id, CaseMessage.message_id == message_id)
        .order_by(CaseMessage.id.desc())
        .limit(1)
    )
    return newest == text


async def side(actor: Actor, case_id: int) -> Side:
    """Return which of the two of a case the actor is.

    What she writes who asked for help goes to the case that she has open now. Raises
    NotAllowedError for others, GoneError when the case is closed or erased.
    """
    case = await actor.session.get(Case, case_id)
    if case is not None and case.person_id == actor.id:
        # She has tapped that she writes to the person, so her words go there again.
        if (hers := await cases.open_case_of(actor, agrees=True)) is None:
            raise GoneError("case.over")
        erased.is_back(hers, actor.now)
        return "girl"
    if actor.is_staff:
        await case_work.held(actor, case_id)
        return "staff"
    if case is not None:
        raise NotAllowedError
    if await cases.open_case_of(actor) is None:
        raise GoneError("case.over")
    return "girl"


async def kind_of_own(actor: Actor) -> str:
    """Return of which kind the open case of the actor is; raises GoneError for none."""
    case = await cases.open_case_of(actor)
    if case is None:
        raise GoneError("case.over")
    return case.kind


async def read(actor: Actor, case_id: int, page: int | None = None) -> Talk:
    """Return a page of a conversation, the last if none is said; the look is recorded.

    For the coordinator who has the case, or an open one of the same girl.
    """
    actor.require(May.CASES)
    session = actor.session
    case = await session.get(Case, case_id)
    held = None if case is None else await _held_of(actor, case)
    if case is None or held is None:
        raise GoneError("case.gone")
    await actor.note("looked at", "case", case_id)
    of_case = CaseMessage.case_id == case_id
    total = await count(session, select(func.count(CaseMessage.id)).where(of_case))
    pages = pages_of(total, LINES_A_PAGE)
    page = pages - 1 if page is None else min(page, pages - 1)
    rows = list(
        await session.scalars(
            select(CaseMessage).where(of_case).order_by(CaseMessage.id)
            .offset(page * LINES_A_PAGE).limit(LINES_A_PAGE)
        )
    )  # fmt: skip
    last = await session.scalar(
        select(CaseMessage.by_staff).where(of_case).order_by(CaseMessage.id.desc()).limit(1)
    )
    person = await session.get(Person, case.person_id)
    return Talk(
        await cases.file_of(actor, case),
        await _lines(actor, case, rows),
        page,
        pages,
        person.grade if person is not None else None,
        held,
        last is False,
        await erased.is_reachable(session, case.person_id),
        case.outcome,
        await _earlier(actor, case),
        case.erased_at_utc,
        await phones.is_shared(session, case.person_id),
        await _about(actor, case),
    )


async def _about(actor: Actor, case: Case) -> int | None:
    """Return the talk of which something was noted last in a case."""
    noted = await actor.session.scalars(
        select(CaseMessage.media)
        .where(CaseMessage.case_id == case.id, CaseMessage.media.is_not(None))
        .order_by(CaseMessage.id.desc())
    )
    numbers = (cases.read_sign(media)[1] for media in noted if media)
    return next((number for number in numbers if number is not None), None)


async def _held_of(actor: Actor, case: Case) -> int | None:
    """Return the open case of the actor for which she may read a case: it, or a later one."""
    held = await actor.session.scalar(
        select(Case.id).where(
            Case.person_id == case.person_id, Case.acknowledged_by == actor.id,
            Case.closed_at_utc.is_(None),
        )
    )  # fmt: skip
    return held if held == case.id or case.closed_at_utc is not None else None


async def _lines(actor: Actor, case: Case, rows: Sequence[CaseMessage]) -> tuple[Line, ...]:
    keys = {row.id: message_key(case.id, row.id, case.person_id) for row in rows if row.by_staff}
    known = await outbox.outcomes(actor.session, list(keys.values()))
    ends = {number: known.get(key) for number, key in keys.items()}
    return tuple(
        Line(
            row.author_id, row.by_staff, row.text, row.at_utc, row.corrected,
            None if (end := ends.get(row.id)) is None or end.waits else end.sent,
            row.media,
        )
        for row in rows
    )  # fmt: skip


async def _earlier(actor: Actor, case: Case) -> tuple[int, ...]:
    """Return the earlier cases of the same girl of which something is still to be read."""
    rows = await actor.session.scalars(
        select(Case.id)
        .where(
            Case.person_id == case.person_id,
            Case.id != case.id,
            Case.closed_at_utc.is_not(None),
            Case.id.in_(select(CaseMessage.case_id)),
        )
        .order_by(Case.id.desc())
    )
    return tuple(rows)
