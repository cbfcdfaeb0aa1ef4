"""The audit log: names and not ids, by who and by what, and as a table."""

import csv
import io

from bot.desk import audit
from bot.mentoring.mentors import FORM
from bot.mentoring.vetting import CHECKLIST
from bot.screens.voice import Voice
from handlers.desk import log
from handlers.desk.colleagues import Aliases
from tests.handlers.scenes import asks_for_a_person, at_desk, becomes_mentor, joins_desk
from tests.stage import ENGLISH_STUDENT, MENTOR, Stage


async def test_the_log_names_people_and_is_narrowed_to_who_and_to_what(stage: Stage) -> None:
    bopha, nary = await at_desk(stage)
    await becomes_mentor(stage.person(MENTOR), bopha, nary)
    await asks_for_a_person(stage.person(ENGLISH_STUDENT))
    await bopha.tap("case.acknowledge")
    await nary.forge("over:duty:n")
    await nary.send("/desk")
    await nary.tap("desk.rest")
    await nary.tap("desk.team")
    await nary.tap("team.audit")
    nary.sees_words("on call: Team member 2")
    await nary.tap("audit.choose")
    await nary.tap("audit.kinds")
    await nary.tap("audit.subject.mentor")
    nary.sees("audit.only", choice="mentor")
    log = nary.sees("audit.line", who="Sophea", action="applied", subject="mentor Sophea")["text"]
    assert nary.words("audit.action.checked police") in log
    assert str(MENTOR) not in log
    await nary.tap("audit.choose")
    await nary.tap("team.member", number=2)
    nary.sees("audit.line", who="Team member 2", action="signed", subject="mentor Sophea")
    nary.does_not_see("audit.line", who="Team member 1")
    await nary.tap("audit.table")
    table = nary.sees("audit.caption", lines=1)
    name, data = stage.file(table)
    assert name.endswith(".csv")
    _, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig")))
    assert [row[1:] for row in rows] == [["Team member 2", "signed", "mentor Sophea"]]
    await nary.forge("audit:by::log")
    nary.sees("audit.line", action="took along as a file", subject="the log Team member 2 mentor")
    await nary.forge("audit:by::case")
    nary.sees("audit.line", who="Team member 1", action="acknowledged", subject="case 1")


def test_whoever_there_are_each_is_offered_on_pages_that_fit_a_phone(stage: Stage) -> None:
    voice = Voice(stage.content, "km")
    known: Aliases = {1000 + n: (n, None) for n in range(1, 21)}
    wanted = audit.wanted(None, "case")
    offered: set[str] = set()
    for page in range(len(known)):
        for screen in (
            log.choose_screen(voice, wanted, known, page),
            log.kinds_screen(voice, audit.wanted(7, None), page),
        ):
            *own, back = (button.data for row in screen.rows for button in row)
            assert len(own) <= 8
            assert back.startswith("audit:")
            offered |= set(own)
    assert {f"audit:by:{number}:case:0" for number, _ in known.values()} <= offered
    assert {f"audit:by:7:{word}:0" for word in audit.KINDS} <= offered


async def test_a_coordinator_who_mentors_does_not_read_what_was_done_about_her(
    stage: Stage,
) -> None:
    bopha, nary = await at_desk(stage)
    sophea = stage.person(MENTOR)
    await becomes_mentor(sophea, bopha, nary)
    await joins_desk(sophea, bopha)
    for coordinator, reads in ((nary, True), (sophea, False)):
        coordinator.forgets()
        await coordinator.forge("audit:by::mentor")
        assert ("mentor Team member 3" in coordinator.said()) is reads


async def test_what_a_coordinator_called_herself_is_no_formula(stage: Stage) -> None:
    bopha, nary = await at_desk(stage)
    await bopha.tap("desk.rest")
    await bopha.tap("desk.team")
    await bopha.tap("team.name")
    await bopha.send("=HYPERLINK(1)")
    await nary.forge("audit:csv")
    _, data = stage.file(nary.sees("audit.caption"))
    assert "'=HYPERLINK(1)" in data.decode("utf-8-sig")
    await nary.forge("audit:by::nothing")
    nary.does_not_see("audit.text")


def test_every_step_of_vetting_is_said_in_both_languages(stage: Stage) -> None:
    deeds = {f"checked {item}" for item in CHECKLIST} | {f"changed {one}" for one in FORM}
    for words in stage.content.locales.values():
        assert not [
            deed for deed in deeds - {"changed story"} if f"audit.action.{deed}" not in words
        ]
