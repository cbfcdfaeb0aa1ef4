"""What of the audit log is read, by whom, and that everything in it can be asked for."""

import ast
from pathlib import Path

import pytest

import bot
from bot.content import Content
from bot.database import Database, Session
from bot.desk import audit
from bot.mentoring import guardians
from bot.mentoring.tables import Introduction, RelayMessage
from bot.people import notes, switches
from bot.people.staff import Actor
from bot.safety import cases
from tests.mentoring.village import (
    BOPHA,
    DARA,
    GIRL,
    GUARDIAN,
    HOUR,
    NARY,
    NOW,
    OTHER_GIRL,
    SOPHEA,
    STAFF,
    acts,
    mentor,
    says,
    student,
    talking,
)

# Where the kind is no word in the source: what it can be there.
NAMED_ELSEWHERE = {
    "_KINDS[about]": set(notes._KINDS.values()),
    "name": {switches.RELAY, switches.DUTY},
    "LOG": {audit.LOG},
}


def _kinds_in_the_source() -> set[str]:
    """Every kind of thing with which the source writes a line of the log."""
    found: set[str] = set()
    for path in Path(bot.__path__[0]).rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)):
                continue
            if call.func.attr != "note" or len(call.args) < 2:
                continue
            kind = call.args[1]
            if isinstance(kind, ast.Constant):
                found.add(str(kind.value))
            else:
                found |= NAMED_ELSEWHERE[ast.unparse(kind)]
    return found


def test_every_kind_that_the_code_writes_can_be_asked_for(content: Content) -> None:
    assert _kinds_in_the_source() == set(audit.KINDS.values())
    for words in content.locales.values():
        assert not [k for k in audit.KINDS.values() if f"audit.subject.{k}" not in words]


async def test_a_switch_is_asked_for_as_what_it_is(database: Database) -> None:
    async with database.write() as session:
        nary = acts(session, NARY)
        await switches.turn(nary, switches.duty(NARY), on=True)
        await switches.turn(nary, switches.RELAY, on=True)
        for word in ("duty", "relay"):
            lines, total = await audit.page(nary, 0, audit.wanted(None, word))
            assert ([line.kind for line in lines], total) == ([word], 1)


OWN = {"the mentor": SOPHEA, "the guardian": GUARDIAN, "the student": GIRL}


async def _everything_about(session: Session) -> tuple[Introduction, int]:
    """A pair with lines of every kind about it, and a case of the girl."""
    row = await talking(session)
    await mentor(session, DARA)
    await student(session, OTHER_GIRL)
    await says(session, SOPHEA, row, "I can lend you 20$")
    case = (await cases.open_case(acts(session, GIRL), "report_student", ("help",), HOUR)).case
    bopha = acts(session, BOPHA)
    await bopha.note("read", "introduction", row.id)
    message = await session.get_one(RelayMessage, 1)
    await bopha.note("refused", "relay message", message.id)
    await bopha.note("looked at", "case", case.id)
    return row, case.id


async def _read(actor: Actor) -> set[tuple[str, str]]:
    lines = await audit.take_along(actor, audit.wanted(None, None))
    some, total = await audit.page(actor, 0)
    assert len(some) == min(audit.PAGE, total)
    assert total == len(lines) + 1, "what is read as a page is what is taken along"
    return {(line.kind, line.which) for line in lines}


@pytest.mark.parametrize("role", OWN)
async def test_nobody_reads_what_others_did_about_a_pair_of_her_own(
    database: Database, role: str
) -> None:
    async with database.write() as session:
        row, case_id = await _everything_about(session)
        consent = await guardians.consent_of(session, GIRL)
        assert consent is not None
        about = {
            ("introduction", str(row.id)), ("relay message", "1"), ("case", str(case_id)),
            ("consent", str(consent.id)),
        }  # fmt: skip
        assert about <= await _read(acts(session, NARY))
        herself = acts(session, OWN[role], staff=(*STAFF, OWN[role]))
        read = await _read(herself)
        assert not about & read
        kinds_of_mentors = [which for kind, which in read if kind == "mentor"]
        assert len(kinds_of_mentors) == (1 if role == "the mentor" else 2), "not of herself"


async def test_taking_the_log_along_leaves_a_line_that_says_what_of_it(database: Database) -> None:
    async with database.write() as session:
        nary = acts(session, NARY)
        await nary.note("published", "event", 3)
        taken = await audit.take_along(nary, audit.wanted(2, "event-date"))
        assert taken == []
        (line,), _ = await audit.page(nary, 0, audit.wanted(None, "log"))
        assert (line.action, line.kind, line.which) == ("took along", "log", "2 event-date")
        assert line.at == NOW
