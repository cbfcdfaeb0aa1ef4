"""The inbox: one answer for all who asked, one coordinator at a time, nobody answered twice."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot import privacy
from bot.answering.similarity import Views
from bot.database import Database
from bot.people import notes, people
from bot.people.staff import NotAllowedError
from bot.people.tables import AuditLine
from bot.questions import asked, grouping
from bot.questions import groups as question_groups
from bot.questions.groups import HANDED_OVER, LEASE, TakenError
from bot.questions.tables import OpenQuestion, QuestionGroup

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SREY, POV, THIDA, FIRST, SECOND = 1, 2, 3, 11, 12
STAFF = (FIRST, SECOND)
ALIKE = {"km?": "a", "en?": "a", "km again?": "a", "other?": "b"}


def _look(text: str) -> Views:
    """Two texts are alike when ALIKE says so."""
    seen = {ALIKE.get(text, text): 1.0}
    return Views(seen, {**seen, "second": 0.0}, seen)


async def _ask(session, person_id: int, text: str, language: str, at: datetime = NOW) -> None:
    await people.meet(session, person_id, "km", at)
    await asked.keep(session, person_id, text, language, at)


async def _sort(session) -> None:
    await grouping.take_in(session, NOW)
    found, fresh = await grouping.texts(session)
    await grouping.settle(session, fresh, grouping.sort(found, fresh, _look))


async def _only(session) -> question_groups.Group:
    (group,), total = await question_groups.waiting(session, FIRST, STAFF, 0, NOW)
    assert total == 1
    return group


async def test_one_answer_goes_to_all_each_in_her_language_and_once(database: Database) -> None:
    async with database.write() as session:
        await _ask(session, SREY, "km?", "km")
        await _ask(session, SREY, "km again?", "rom")
        await _ask(session, POV, "en?", "en")
        await _sort(session)
        group = await _only(session)
        assert (group.askers, len(group.questions)) == (2, 3)
        assert await question_groups.send(session, FIRST, STAFF, group.id, NOW) is None
        await question_groups.claim(session, FIRST, STAFF, group.id, NOW)
        await question_groups.write(session, FIRST, STAFF, group.id, "ចម្លើយ", NOW)
        await question_groups.write(session, FIRST, STAFF, group.id, "An answer", NOW)
        sent = await question_groups.send(session, FIRST, STAFF, group.id, NOW)
        assert sent is not None
        assert {r.question.person_id: r.text for r in sent[0]} == {
            SREY: "ចម្លើយ", POV: "An answer",
        }  # fmt: skip
        assert sent[1] == 0
        assert await question_groups.send(session, FIRST, STAFF, group.id, NOW) is None
        assert (await question_groups.waiting(session, FIRST, STAFF, 0, NOW))[1] == 0


async def test_with_no_english_everybody_gets_the_khmer(database: Database) -> None:
    async with database.write() as session:
        await _ask(session, POV, "en?", "en")
        group = await _only(session)
        await question_groups.write(session, FIRST, STAFF, group.id, "ចម្លើយ", NOW)
        sent = await question_groups.send(session, FIRST, STAFF, group.id, NOW)
        assert sent is not None
        assert [r.text for r in sent[0]] == ["ចម្លើយ"]


async def test_two_coordinators_never_answer_the_same_girl(database: Database) -> None:
    async with database.write() as session:
        await _ask(session, SREY, "km?", "km")
        group = await _only(session)
        await question_groups.claim(session, FIRST, STAFF, group.id, NOW)
        for attempt in (
            question_groups.claim(session, SECOND, STAFF, group.id, NOW),
            question_groups.write(session, SECOND, STAFF, group.id, "x", NOW),
            question_groups.send(session, SECOND, STAFF, group.id, NOW),
            question_groups.set_aside(session, SECOND, STAFF, group.id, NOW),
            question_groups.hand_over(session, SECOND, STAFF, group.id, FIRST, NOW),
            question_groups.let_go(session, SECOND, STAFF, group.id, NOW),
        ):
            with pytest.raises(TakenError) as taken:
                await attempt
            assert taken.value.holder == FIRST


async def test_a_claim_runs_out_and_what_was_begun_is_not_anothers(database: Database) -> None:
    later = NOW + LEASE
    async with database.write() as session:
        await _ask(session, SREY, "km?", "km")
        group = await _only(session)
        await question_groups.write(session, FIRST, STAFF, group.id, "ពាក់កណ្ដាល", NOW)
        taken = await question_groups.claim(session, SECOND, STAFF, group.id, later)
        assert taken is not None
        assert (taken.holder, taken.answer_km) == (SECOND, None)
        with pytest.raises(TakenError):
            await question_groups.write(session, FIRST, STAFF, group.id, "យឺត", later)


async def test_a_question_that_joins_while_she_writes_waits_on(database: Database) -> None:
    async with database.write() as session:
        await _ask(session, SREY, "km?", "km")
        await _sort(session)
        group = await _only(session)
        await question_groups.claim(session, FIRST, STAFF, group.id, NOW)
        await _ask(session, POV, "en?", "en")
        await _sort(session)
        assert (await _only(session)).askers == 2
        await question_groups.write(session, FIRST, STAFF, group.id, "ចម្លើយ", NOW)
        sent = await question_groups.send(session, FIRST, STAFF, group.id, NOW)
        assert sent is not None
        assert ([r.question.person_id for r in sent[0]], sent[1]) == ([SREY], 1)
        left = await _only(session)
        assert [q.person_id for q in left.questions] == [POV]
        assert left.holder is None


async def test_a_question_taken_out_stays_out(database: Database) -> None:
    async with database.write() as session:
        await _ask(session, SREY, "km?", "km")
        await _ask(session, POV, "en?", "en")
        await _sort(session)
        group = await _only(session)
        out = group.questions[1].id
        assert await question_groups.take_out(session, FIRST, STAFF, out, NOW) == group.id
        await _sort(session)
        assert (await question_groups.waiting(session, FIRST, STAFF, 0, NOW))[1] == 2
        assert await question_groups.take_out(session, FIRST, STAFF, out, NOW) is None


async def test_the_most_asked_comes_first_then_the_oldest(database: Database) -> None:
    async with database.write() as session:
        await _ask(session, THIDA, "other?", "en", NOW - timedelta(days=3))
        await _ask(session, THIDA, "third?", "en", NOW - timedelta(days=2))
        await _ask(session, SREY, "km?", "km")
        await _ask(session, POV, "en?", "en")
        await _sort(session)
        groups, _ = await question_groups.waiting(session, FIRST, STAFF, 0, NOW)
        assert [g.questions[0].text for g in groups] == ["km?", "other?", "third?"]


async def test_sorting_leaves_alone_what_somebody_has_touched(database: Database) -> None:
    async with database.write() as session:
        await _ask(session, SREY, "km?", "km")
        await _sort(session)
        await _ask(session, POV, "en?", "en")
        groups, _ = await question_groups.waiting(session, FIRST, STAFF, 0, NOW)
        fresh = next(g for g in groups if g.questions[0].person_id == POV)
        await question_groups.claim(session, FIRST, STAFF, fresh.id, NOW)
        await _sort(session)
        assert (await question_groups.waiting(session, FIRST, STAFF, 0, NOW))[1] == 2
        assert not await grouping.anything_new(session)


async def test_a_question_of_an_older_version_is_taken_in(database: Database) -> None:
    async with database.write() as session:
        await people.meet(session, SREY, "km", NOW)
        session.add(OpenQuestion(person_id=SREY, text="old?", language="km", asked_at_utc=NOW))
        await session.flush()
        assert await grouping.anything_new(session)
        await _sort(session)
        assert (await _only(session)).questions[0].text == "old?"


async def test_handing_over_gives_the_draft_and_a_day(database: Database) -> None:
    async with database.write() as session:
        await _ask(session, SREY, "km?", "km")
        group = await _only(session)
        await question_groups.write(session, FIRST, STAFF, group.id, "ចម្លើយ", NOW)
        assert await question_groups.hand_over(session, FIRST, STAFF, group.id, SREY, NOW) is None
        given = await question_groups.hand_over(session, FIRST, STAFF, group.id, SECOND, NOW)
        assert given is not None
        assert (given.holder, given.until, given.answer_km) == (SECOND, NOW + HANDED_OVER, "ចម្លើយ")
        assert await question_groups.send(session, SECOND, STAFF, group.id, NOW)


async def test_notes_go_with_the_group_and_end_with_it(database: Database) -> None:
    async with database.write() as session:
        await _ask(session, SREY, "km?", "km")
        group = await _only(session)
        assert await question_groups.add_note(session, FIRST, STAFF, group.id, "ask RUPP", NOW)
        (kept,) = await notes.of(session, SECOND, STAFF, "group", group.id)
        assert (kept.author_id, kept.text) == (FIRST, "ask RUPP")
        assert not await question_groups.add_note(session, FIRST, STAFF, 999, "x", NOW)
    async with database.write() as session:
        await privacy.erase(session, SREY, NOW)
    async with database.read() as session:
        assert await notes.of(session, SECOND, STAFF, "group", group.id) == []
        assert (await session.scalars(select(QuestionGroup))).all() == []


async def test_every_step_is_for_coordinators_and_leaves_a_line(database: Database) -> None:
    async with database.write() as session:
        await _ask(session, SREY, "km?", "km")
        group = await _only(session)
        for attempt in (
            question_groups.waiting(session, SREY, STAFF, 0, NOW),
            question_groups.look(session, SREY, STAFF, group.id, NOW),
            question_groups.claim(session, SREY, STAFF, group.id, NOW),
            question_groups.write(session, SREY, STAFF, group.id, "x", NOW),
            question_groups.send(session, SREY, STAFF, group.id, NOW),
            question_groups.set_aside(session, SREY, STAFF, group.id, NOW),
            question_groups.take_out(session, SREY, STAFF, group.questions[0].id, NOW),
            question_groups.hand_over(session, SREY, STAFF, group.id, FIRST, NOW),
            question_groups.let_go(session, SREY, STAFF, group.id, NOW),
            question_groups.add_note(session, SREY, STAFF, group.id, "x", NOW),
            notes.of(session, SREY, STAFF, "group", group.id),
        ):
            with pytest.raises(NotAllowedError):
                await attempt
        assert (await session.scalars(select(AuditLine))).all() == []
        await question_groups.claim(session, FIRST, STAFF, group.id, NOW)
        await question_groups.set_aside(session, FIRST, STAFF, group.id, NOW)
        lines = await session.scalars(select(AuditLine.action).order_by(AuditLine.id))
        assert list(lines) == ["took", "set aside"]
