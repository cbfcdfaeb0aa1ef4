"""No list ends without saying so: of a dozen the last is reached, a page or a button on."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest

from bot.database import Session
from bot.mentoring.states import ConsentMethod, MentorState, Passage, State
from bot.mentoring.states import Who as By
from bot.mentoring.tables import (
    GuardianConsent,
    Introduction,
    IntroductionMove,
    Mentor,
    RelayMessage,
)
from bot.people import people
from bot.people.staff import Actor
from bot.people.tables import Coordinator, Invitation
from bot.questions.tables import (
    AdditionState,
    Feedback,
    GroupedQuestion,
    LearnedEntry,
    OpenQuestion,
    QuestionGroup,
)
from bot.safety.tables import Case
from bot.teaching.tables import AskedWay, Origin, Teacher, WayState
from tests.chat import Chat, buttons_of
from tests.stage import ENGLISH_STUDENT, GUARDIAN, MENTOR, OPENING, SECOND_COORDINATOR, Stage

DOZEN = range(1, 13)
# More than any page of a transcript holds.
MANY = range(1, 46)
# What leads from the first few to all.
ALL = ("vet:reports:", "vet:history:", "team:invitations")
Fill = Callable[[Session], Awaitable[None]]


@dataclass(frozen=True)
class List:
    """A list: what fills it, who opens it by which button, and what is to be found in it."""

    fill: Fill
    reader: int
    opens: str
    wanted: tuple[str, ...]


def _taps(name: str) -> tuple[str, ...]:
    return tuple(f"{name}:{number}" for number in DOZEN)


async def _mentor(session: Session, mentor_id: int = MENTOR, name: str = "Sophea") -> None:
    session.add(
        Mentor(
            person_id=mentor_id, public_id=f"m{mentor_id}", state=MentorState.APPROVED,
            first_name=name, languages=[], clearance_until_utc=OPENING + timedelta(days=300),
        )
    )  # fmt: skip


def _introduction(state: State, number: int, *, reported: bool = False) -> Introduction:
    return Introduction(
        student_id=9000 + number, mentor_id=MENTOR, state=state, field="software", language="en",
        hope="maps", tried=[], asked_at_utc=OPENING, since_utc=OPENING,
        reported_by=9000 + number if reported else None,
        reported_at_utc=OPENING if reported else None,
    )  # fmt: skip


async def _girls(session: Session) -> None:
    await _mentor(session)
    session.add_all(_introduction(State.ACCEPTED, number) for number in DOZEN)


async def _reports(session: Session) -> None:
    await _mentor(session)
    for number in DOZEN:
        row = _introduction(State.ENDED, number, reported=True)
        session.add(row)
        await session.flush()
        session.add(
            IntroductionMove(
                introduction_id=row.id, move="report", who=By.STUDENT, actor_id=row.student_id,
                before=State.ACTIVE, after=State.BLOCKED, at_utc=OPENING, told=True,
            )
        )  # fmt: skip


async def _deeds(session: Session) -> None:
    await _mentor(session)
    for number in DOZEN:
        actor = Actor(session, SECOND_COORDINATOR, (), OPENING)
        await actor.note(f"deed no. {number:02}", "mentor", MENTOR)


async def _words(session: Session) -> None:
    await _mentor(session)
    session.add(_introduction(State.BLOCKED, 1, reported=True))
    session.add_all(
        RelayMessage(
            introduction_id=1, sender_id=9001, from_student=True, text=f"words no. {number:02}",
            state=Passage.SENT, at_utc=OPENING,
        )
        for number in MANY
    )  # fmt: skip


async def _children(session: Session) -> None:
    session.add_all(
        GuardianConsent(
            student_id=9000 + number, token=f"t{number}", method=ConsentMethod.LINK,
            text_version=1, asked_at_utc=OPENING, guardian_id=GUARDIAN, given_at_utc=OPENING,
        )
        for number in DOZEN
    )  # fmt: skip


async def _mentors(session: Session) -> None:
    for number in DOZEN:
        await _mentor(session, 9000 + number)


async def _invitations(session: Session) -> None:
    session.add_all(
        Invitation(
            secret_hash=f"h{number}", created_by=SECOND_COORDINATOR,
            expires_at_utc=OPENING + timedelta(hours=9),
        )
        for number in DOZEN
    )  # fmt: skip


async def _colleagues(session: Session) -> None:
    session.add_all(
        Coordinator(person_id=9000 + number, invited=True, joined_at_utc=OPENING)
        for number in DOZEN
    )


def _asked(number: int) -> str:
    return f"question no. {number:02}?" + " why" * 60


async def _question(session: Session, number: int, group: int) -> None:
    session.add(
        OpenQuestion(
            id=number, person_id=ENGLISH_STUDENT, text=_asked(number),
            language="en", asked_at_utc=OPENING,
        )
    )  # fmt: skip
    await session.flush()
    session.add(GroupedQuestion(question_id=number, group_id=group))


async def _group(session: Session, number: int, answer: dict[str, str]) -> None:
    session.add(QuestionGroup(id=number, compared=True, answer=answer, created_at_utc=OPENING))
    await session.flush()


async def _ways(session: Session, state: WayState = WayState.WAITING) -> None:
    await people.meet(session, ENGLISH_STUDENT, "en", OPENING)
    await session.flush()
    session.add(Teacher(person_id=ENGLISH_STUDENT, joined_at_utc=OPENING))
    session.add_all(
        AskedWay(
            text=f"way no. {number:02}", folded=f"way{number}", language="rom",
            target="faq:what-is-ai", origin=Origin.TAUGHT, state=state,
            person_id=ENGLISH_STUDENT, at_utc=OPENING, decided_at_utc=OPENING,
        )
        for number in DOZEN
    )  # fmt: skip


async def _learned(session: Session) -> None:
    await _ways(session, WayState.ACCEPTED)


async def _inbox(session: Session) -> None:
    for number in DOZEN:
        await _group(session, number, {})
        await _question(session, number, number)


async def _wordings(session: Session) -> None:
    await _group(session, 1, {"en": "No."})
    for number in DOZEN:
        await _question(session, number, 1)


async def _entries(session: Session) -> None:
    session.add_all(
        LearnedEntry(
            state=AdditionState.LIVE, asks=[], question={"km": "x"}, answer={"km": "y"},
            added_at_utc=OPENING, changed_at_utc=OPENING,
        )
        for _ in DOZEN
    )  # fmt: skip


async def _doubts(stage: Stage, session: Session) -> None:
    for entry_id in list(stage.content.entries)[:12]:
        session.add(
            Feedback(
                person_id=ENGLISH_STUDENT, entry_id=entry_id, helpful=False, given_at_utc=OPENING
            )
        )


async def _cases(session: Session) -> None:
    for number in DOZEN:
        await people.meet(session, 9000 + number, "en", OPENING)
        session.add(Case(person_id=9000 + number, kind="abuse", opened_at_utc=OPENING, alerted=[]))


async def _log(session: Session) -> None:
    for number in DOZEN:
        actor = Actor(session, SECOND_COORDINATOR, (), OPENING)
        await actor.note(f"deed no. {number:02}", "mentor", number)


def _said(words: str, numbers: range = DOZEN) -> tuple[str, ...]:
    return tuple(f"{words} no. {number:02}" for number in numbers)


LISTS: dict[str, List] = {
    "a mentor's girls": List(_girls, MENTOR, "ment:home", _taps("ment:intro")),
    "a guardian's children": List(_children, GUARDIAN, "guard:home", _taps("guard:withdraw")),
    "mentors": List(
        _mentors, SECOND_COORDINATOR, "vet:list", tuple(f"vet:mentor:m{9000 + n}" for n in DOZEN)
    ),
    "introductions": List(_girls, SECOND_COORDINATOR, "over:list", _taps("over:intro")),
    "reports about a mentor": List(
        _reports, SECOND_COORDINATOR, f"vet:mentor:m{MENTOR}", _taps("over:intro")
    ),
    "what was done about a mentor": List(
        _deeds, SECOND_COORDINATOR, f"vet:mentor:m{MENTOR}", _said("deed")
    ),
    "words around a report": List(
        _words, SECOND_COORDINATOR, "over:transcript:1", _said("words", MANY)
    ),
    "invitations": List(
        _invitations, SECOND_COORDINATOR, "team:list", _taps("team:revoke")
    ),
    "colleagues": List(
        _colleagues, SECOND_COORDINATOR, "team:members",
        tuple(f"team:member:{number + 2}" for number in DOZEN),
    ),
    "questions": List(_inbox, SECOND_COORDINATOR, "group:list", _taps("group:open")),
    "wordings of a question": List(
        _wordings, SECOND_COORDINATOR, "group:words:1", _said("question")
    ),
    "wordings in the form of the FAQ": List(
        _wordings, SECOND_COORDINATOR, "learn:begin:1", tuple(map(_asked, DOZEN))
    ),
    "additions to the FAQ": List(
        _entries, SECOND_COORDINATOR, "learn:list", _taps("learn:show")
    ),
    "ways of asking that wait": List(
        _ways, SECOND_COORDINATOR, "way:list", _taps("way:open")
    ),
    "ways of asking that were learned": List(
        _learned, SECOND_COORDINATOR, "way:learned", _taps("way:open")
    ),
    "ways of asking that she gave": List(
        _ways, ENGLISH_STUDENT, "teach:mine", _taps("teach:back")
    ),
    "cases": List(_cases, SECOND_COORDINATOR, "desk:cases", _taps("case:ack")),
    "the log": List(_log, SECOND_COORDINATOR, "audit", _said("deed")),
}  # fmt: skip


async def _all_of(reader: Chat, opens: str) -> tuple[set[str], str]:
    """Open a list and every page of it; return what its buttons send, and all that it says."""
    sends: set[str] = set()
    said, ways, gone = "", [opens], set()
    turns = {reader.words("page.next"), reader.words("page.previous")}
    while ways:
        way = ways.pop()
        gone.add(way)
        await reader.forge(way)
        said += reader.said()
        for message in reader.news():
            for label, data in buttons_of(message):
                sends.add(data)
                if data not in gone and (label in turns or data.startswith(ALL)):
                    ways.append(data)
    return sends, said


@pytest.mark.parametrize("name", LISTS)
async def test_the_last_of_many_is_reached(stage: Stage, name: str) -> None:
    listed = LISTS[name]
    for person_id in (MENTOR, GUARDIAN, SECOND_COORDINATOR, ENGLISH_STUDENT):
        await stage.person(person_id).send("/start")
    async with stage.database.write() as session:
        await listed.fill(session)
    sends, said = await _all_of(stage.person(listed.reader), listed.opens)
    missing = [wanted for wanted in listed.wanted if wanted not in sends and wanted not in said]
    assert not missing, f"{name} ends without these: {missing}"


async def test_the_last_of_a_dozen_doubted_answers_is_reached(stage: Stage) -> None:
    nary = stage.person(SECOND_COORDINATOR)
    for person in (nary, stage.person(ENGLISH_STUDENT)):
        await person.send("/start")
    async with stage.database.write() as session:
        await _doubts(stage, session)
    sends, _ = await _all_of(nary, "doubt:list")
    assert {f"doubt:open:{entry_id}" for entry_id in list(stage.content.entries)[:12]} <= sends
