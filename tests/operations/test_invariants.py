"""What must hold of the database: a sound one breaks no rule, and whatever breaks one is told."""

import sqlite3

import pytest

from bot.operations import invariants
from bot.queues import inbox
from tests.handlers.scenes import ALWAYS_DAY, erases_herself, in_a_case, mentoring, talking
from tests.stage import ENGLISH_STUDENT, MENTOR, STUDENT, Stage, StartStage


@pytest.fixture
async def stage(start_stage: StartStage) -> Stage:
    """A stage on which a girl talks with a mentor, and is in a case."""
    stage = await start_stage(**ALWAYS_DAY)
    await talking(mentoring(stage))
    await in_a_case(stage)
    await stage.person(STUDENT).send("/path")
    await stage.person(STUDENT).tap("path.start")
    return stage


async def _broken(stage: Stage) -> list[str]:
    async with stage.database.read() as session:
        found = await invariants.breaches(session, stage.services.settings.coordinator_ids)
    return [str(one) for one in found]


async def test_what_people_do_breaks_nothing(stage: Stage) -> None:
    assert await _broken(stage) == []


@pytest.mark.parametrize("who", [STUDENT, ENGLISH_STUDENT, MENTOR])
async def test_nor_does_whoever_erases_herself(stage: Stage, who: int) -> None:
    await erases_herself(stage.person(who))
    assert await _broken(stage) == []


async def test_nor_does_her_case_that_outlives_her_or_its_end(start_stage: StartStage) -> None:
    stage = await start_stage(case_days=3)
    srey, bopha, _ = await in_a_case(stage)
    await erases_herself(srey)
    await bopha.tap("case.open")
    await bopha.tap("case.write")
    await bopha.send("I am with you.")
    srey.sees_words("I am with you.")
    assert await _broken(stage) == []
    await stage.strikes_after(days=3, hours=1)
    assert stage.glance.execute("SELECT count(*) FROM cases").fetchone() == (0,)
    assert await _broken(stage) == []


@pytest.mark.parametrize("who", [ENGLISH_STUDENT, MENTOR])
async def test_nor_does_what_is_done_about_a_report_after_one_of_the_two_erased_herself(
    start_stage: StartStage, who: int
) -> None:
    stage = await start_stage(**ALWAYS_DAY)
    people = mentoring(stage)
    await talking(people)
    await people.srey.forge("talk:report:1")
    her = stage.person(who)
    await her.send("/privacy")
    await her.tap("data.erase")
    await her.tap("data.erase_yes")
    await stage.strikes_after(days=1, hours=1)
    await people.nary.forge("over:intro:1")
    people.nary.sees("over.reported")
    assert stage.glance.execute("SELECT state FROM introductions").fetchone() == ("blocked",)
    assert await _broken(stage) == []


async def test_nor_does_a_talk_that_outlives_a_clearance(stage: Stage) -> None:
    with sqlite3.connect(stage.database.file) as file:
        file.execute("UPDATE mentors SET clearance_until_utc = '2026-11-24 02:00:00.000000'")
    await stage.strikes_after(hours=1)
    assert stage.glance.execute("SELECT state FROM mentors").fetchone() == ("lapsed",)
    assert stage.glance.execute("SELECT state FROM introductions").fetchone() == ("active",)
    assert await _broken(stage) == []


async def test_nor_does_one_who_erased_herself_and_has_just_written_again(stage: Stage) -> None:
    await erases_herself(stage.person(ENGLISH_STUDENT))
    chat = stage.telegram.people[ENGLISH_STUDENT].chat()
    written = {"message_id": 900, "date": 1, "chat": chat, "text": "hello"}
    await inbox.store(stage.database, [{"update_id": 900_000, "message": written}], stage.now)
    assert await _broken(stage) == []


_CAST = (
    "INSERT INTO broadcasts (id, kind, author_id, words, audience, version, busy, measured_from,"
    " board_edits, kept, created_at_utc, state)"
    " VALUES (9, 'announcement', 3001, '{}', '{}', 1, 0, 0, 0, '{}', '2026-11-24',"
)
_WAY = (
    "INSERT INTO asked_ways (text, folded, language, target, at_utc, origin, state, person_id,"
    " decided_at_utc) VALUES ('x', 'x', 'km', 'faq:what-is-ai', '2026-11-24',"
)
_DRILL = (
    "INSERT INTO drills (began_at_utc, alerted, arrived, passed, acknowledged_by, acknowledged_at_utc,"
    " ended_at_utc, outcome) VALUES ('2026-11-24', '[]', '[]', '[]',"
)
_VOTE = "; INSERT INTO way_votes VALUES (1, 1002, 1, '2026-11-24')"
# What nobody can do with the bot -> the rule that is broken, and by what.
_WRONG = {
    "UPDATE outbox SET payload = '{}' WHERE id = 1": "one that has left has none; not so of message 1",
    "UPDATE outbox SET finished_at_utc = NULL WHERE id = 1": "a message that has left has a time",
    "UPDATE outbox SET state = 'dropped' WHERE id = 1": "says why",
    "UPDATE inbox SET payload = '{}' WHERE update_id = 1": "one that is done has none; not so of update 1",
    "UPDATE inbox SET attempts = 9 WHERE update_id = 1": "a few times only; not so of update 1",
    "INSERT INTO cases (person_id, kind, opened_at_utc, alerted) SELECT person_id, kind, opened_at_utc,"
    " '[]' FROM cases": "one open case at most; not so of case 2",
    "UPDATE cases SET acknowledged_by = NULL": "when the next is called; not so of case 1",
    "UPDATE cases SET acknowledged_at_utc = NULL": "has it since a time",
    "UPDATE cases SET outcome = 'safe'": "says how it ended",
    f"{_DRILL} NULL, NULL, NULL, NULL); {_DRILL} NULL, NULL, NULL, NULL)": "one drill runs at a time",
    f"{_DRILL} NULL, NULL, '2026-11-24', NULL)": "a drill that is over says how it ended, and no other does",
    f"{_DRILL} 3001, NULL, '2026-11-24', 'late')": "whoever was there in a drill was there at a time",
    "INSERT INTO introductions (student_id, state, field, language, hope, tried, asked_at_utc, since_utc,"
    " step, checked_in, asked_more) SELECT student_id, 'requested', field, language, hope, '[]',"
    " asked_at_utc, since_utc, 0, 0, 0 FROM introductions":
        "one open introduction at most; not so of introduction 2",
    "UPDATE introductions SET mentor_id = NULL": "known whose; not so of introduction 1",
    "UPDATE introductions SET state = 'ended'": "its last move has led; not so of introduction 1",
    "UPDATE introduction_moves SET before = 'ended' WHERE id = 3": "begins where the one before",
    "UPDATE introductions SET state = 'accepted'; UPDATE mentors SET state = 'suspended'":
        "only a mentor who is approved",
    "INSERT INTO relay_messages (introduction_id, sender_id, from_student, text, state, at_utc, sampled)"
    " VALUES (1, 2001, 0, 'Pov', 'night', '2026-11-24', 0)": "waits for the morning has a time",
    "INSERT INTO questions (person_id, text, language, private, asked_at_utc, answered_by)"
    " VALUES (1001, 'Pov', 'en', 0, '2026-11-24', 3001)": "is answered since a time",
    "INSERT INTO questions (id, person_id, text, language, private, asked_at_utc)"
    " VALUES (9, 1001, 'Pov', 'en', 0, '2026-11-24');"
    "INSERT INTO asked_back (question_id, text, asked_at_utc, answer) VALUES (9, 'Pov', '2026-11-24', 'Pov')":
        "asked back has a time",
    "PRAGMA foreign_keys = OFF; INSERT INTO reminders (date_id, person_id, minutes_before, starts_at_utc,"
    " due_at_utc, look_at_utc, state, late, stagings) VALUES (9, 1001, 60, '2026-11-24', '2026-11-24',"
    " '2026-11-24', 'staged', 0, 1)": "is on its way has its message",
    _CAST + " 'scheduled')": "is planned has a time",
    _CAST + " 'done'); INSERT INTO recipients (broadcast_id, person_id, state, version)"  # noqa: S608
    " VALUES (9, 1001, 'waiting', 1)": "with which nothing is left to do",
    "UPDATE mentors SET approved_by = checked_by": "signed for by two; not so of mentor m",
    "INSERT INTO walks (person_id, steps, at, started_at_utc, touched_at_utc, resumed, replaced)"
    " SELECT person_id, steps, at, started_at_utc, touched_at_utc, 0, 0 FROM walks": "one way at a time",
    f"{_WAY} 'taught', 'accepted', 1002, NULL)": "was decided about has a time, and no other has; not so",
    f"{_WAY} 'tap', 'accepted', 1002, '2026-11-24')": "nobody's once they are accepted, and no others are",
    f"{_WAY} 'tap', 'waiting', 1002, NULL)": "only of who lets the bot learn from them; not so of way of asking 1",
    f"{_WAY} 'taught', 'waiting', 1002, NULL){_VOTE}": "nobody judges what she gave herself",
    "INSERT INTO phones (chat_id, in_use, since_utc, told) VALUES (1001, 1002, '2026-11-24', 0);"
    " INSERT INTO profiles (person_id, name, tries) VALUES (1001, 'Pov', 0)":
        "or writes her PIN, is one of those who share it; not so of shared phones: 1",
    "INSERT INTO phones (chat_id, since_utc, told) VALUES (1001, '2026-11-24', 0)":
        "a phone is shared by somebody; not so of shared phones: 1",
    "INSERT INTO profiles (person_id, name, tries) VALUES (1001, 'Pov', 0)":
        "whoever shares a phone has one that is shared; not so of so many: 1",
    "UPDATE tallies SET n = 0": "happened at least once",
    "DELETE FROM people WHERE id = 1001": "a row of walks hangs on one of people",
    "INSERT INTO audit (at_utc, actor_id, action, kind, subject) VALUES"
    " ('2026-11-24', 1002, 'erased herself', 'person', ''); DELETE FROM people WHERE id = 1002": "nothing in outbox.chat_id leads to one who erased",
}  # fmt: skip


def test_each_rule_is_seen_broken_below() -> None:
    said = _WRONG.values()
    unseen = [
        rule.holds
        for rule in invariants.RULES
        if not any(rule.holds in one or one.partition(";")[0] in rule.holds for one in said)
    ]
    assert unseen == []


@pytest.mark.parametrize("wrong", _WRONG)
async def test_what_is_wrong_is_said_without_a_word_of_anybody(stage: Stage, wrong: str) -> None:
    with sqlite3.connect(stage.database.file) as file:
        file.executescript(wrong)
    said = await _broken(stage)
    assert any(_WRONG[wrong] in one for one in said), said
    assert not any(str(ENGLISH_STUDENT) in one or "Pov" in one for one in said)
