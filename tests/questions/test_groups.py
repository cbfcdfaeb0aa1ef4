"""The inbox: one answer for all who asked, one coordinator at a time, nobody answered twice."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot import privacy
from bot.answering.similarity import Views
from bot.database import Database
from bot.people import notes, people
from bot.people.staff import Actor
from bot.people.tables import AuditLine
from bot.questions import asked, grouping
from bot.questions import groups as question_groups
from bot.questions.groups import HANDED_OVER, LEASE, TakenError
from bot.questions.tables import OpenQuestion, QuestionGroup
from bot.refusals import NotAllowedError, RefusedError, StaleError

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
SREY, POV, THIDA, FIRST, SECOND = 1, 2, 3, 11, 12
STAFF = (FIRST, SECOND)
ALIKE = {"km?": "a", "en?": "a", "km again?": "a", "other?": "b"}


def _look(text: str) -> Views:
    """Two texts are alike when ALIKE says so."""
    seen = {hash(ALIKE.get(text, text)): 1.0}
    return Views(seen, {**seen, hash("second"): 0.0}, seen)


def _by(session: AsyncSession, person_id: int, at: datetime = NOW) -> Actor:
    return Actor(session, person_id, STAFF, at)


async def _ask(
    session: AsyncSession, person_id: int, text: str, language: str, at: datetime = NOW
) -> None:
    await people.meet(session, person_id, "km", at)
    await asked.keep(_by(session, person_id, at), text, language)


async def _sort(session: AsyncSession) -> None:
    await grouping.take_in(session, NOW)
    found, fresh = await grouping.texts(session)
    await grouping.settle(session, fresh, grouping.sort(found, fresh, _look))


async def _only(session: AsyncSession) -> question_groups.Group:
    (group,), total = await question_groups.waiting(_by(session, FIRST), 0)
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
        with pytest.raises(RefusedError, match="desk.gone"):
            await question_groups.send(_by(session, FIRST), group.id)
        await question_groups.claim(_by(session, FIRST), group.id)
        await question_groups.write(_by(session, FIRST), group.id, "ចម្លើយ")
        await question_groups.write(_by(session, FIRST), group.id, "An answer")
        sent = await question_groups.send(_by(session, FIRST), group.id)
        assert {r.question.person_id: r.text for r in sent[0]} == {
            SREY: "ចម្លើយ", POV: "An answer",
        }  # fmt: skip
        assert sent[1] == 0
        with pytest.raises(RefusedError, match="desk.gone"):
            await question_groups.send(_by(session, FIRST), group.id)
        assert (await question_groups.waiting(_by(session, FIRST), 0))[1] == 0


async def test_with_no_english_everybody_gets_the_khmer(database: Database) -> None:
    async with database.write() as session:
        await _ask(session, POV, "en?", "en")
        group = await _only(session)
        await question_groups.write(_by(session, FIRST), group.id, "ចម្លើយ")
        sent = await question_groups.send(_by(session, FIRST), group.id)
        assert [r.text for r in sent[0]] == ["ចម្លើយ"]


async def test_two_coordinators_never_answer_the_same_girl(database: Database) -> None:
    async with database.write() as session:
        await _ask(session, SREY, "km?", "km")
        group = await _only(session)
        await question_groups.claim(_by(session, FIRST), group.id)
        for attempt in (
            question_groups.claim(_by(session, SECOND), group.id),
            question_groups.write(_by(session, SECOND), group.id, "x"),
            question_groups.send(_by(session, SECOND), group.id),
            question_groups.set_aside(_by(session, SECOND), group.id),
            question_groups.hand_over(_by(session, SECOND), group.id, FIRST),
            question_groups.let_go(_by(session, SECOND), group.id),
        ):
            with pytest.raises(TakenError) as taken:
                await attempt
            assert taken.value.holder == FIRST


async def test_a_claim_runs_out_and_what_was_begun_is_not_anothers(database: Database) -> None:
    later = NOW + LEASE
    async with database.write() as session:
        await _ask(session, SREY, "km?", "km")
        group = await _only(session)
        await question_groups.write(_by(session, FIRST), group.id, "ពាក់កណ្ដាល")
        taken = await question_groups.claim(_by(session, SECOND, later), group.id)
        assert (taken.holder, taken.answer) == (SECOND, {})
        with pytest.raises(TakenError):
            await question_groups.write(_by(session, FIRST, later), group.id, "យឺត")


async def test_a_question_that_joins_while_she_writes_waits_on(database: Database) -> None:
    async with database.write() as session:
        await _ask(session, SREY, "km?", "km")
        await _sort(session)
        group = await _only(session)
        await question_groups.claim(_by(session, FIRST), group.id)
        await _ask(session, POV, "en?", "en")
        await _sort(session)
        assert (await _only(session)).askers == 2
        await question_groups.write(_by(session, FIRST), group.id, "ចម្លើយ")
        sent = await question_groups.send(_by(session, FIRST), group.id)
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
        assert await question_groups.take_out(_by(session, FIRST), out) == group.id
        await _sort(session)
        assert (await question_groups.waiting(_by(session, FIRST), 0))[1] == 2
        with pytest.raises(RefusedError, match="desk.gone"):
            await question_groups.take_out(_by(session, FIRST), out)


async def test_the_most_asked_comes_first_then_the_oldest(database: Database) -> None:
    async with database.write() as session:
        await _ask(session, THIDA, "other?", "en", NOW - timedelta(days=3))
        await _ask(session, THIDA, "third?", "en", NOW - timedelta(days=2))
        await _ask(session, SREY, "km?", "km")
        await _ask(session, POV, "en?", "en")
        await _sort(session)
        groups, _ = await question_groups.waiting(_by(session, FIRST), 0)
        assert [g.questions[0].text for g in groups] == ["km?", "other?", "third?"]


async def test_sorting_leaves_alone_what_somebody_has_touched(database: Database) -> None:
    async with database.write() as session:
        await _ask(session, SREY, "km?", "km")
        await _sort(session)
        await _ask(session, POV, "en?", "en")
        groups, _ = await question_groups.waiting(_by(session, FIRST), 0)
        fresh = next(g for g in groups if g.questions[0].person_id == POV)
        await question_groups.claim(_by(session, FIRST), fresh.id)
        await _sort(session)
        assert (await question_groups.waiting(_by(session, FIRST), 0))[1] == 2
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
        await question_groups.write(_by(session, FIRST), group.id, "ចម្លើយ")
        for nobody in (SREY, FIRST):
            with pytest.raises(StaleError):
                await question_groups.hand_over(_by(session, FIRST), group.id, nobody)
        given = await question_groups.hand_over(_by(session, FIRST), group.id, SECOND)
        assert (given.holder, given.until) == (SECOND, NOW + HANDED_OVER)
        assert given.answer == {"km": "ចម្លើយ"}
        assert await question_groups.send(_by(session, SECOND), group.id)


async def test_notes_go_with_the_group_and_end_with_it(database: Database) -> None:
    async with database.write() as session:
        await _ask(session, SREY, "km?", "km")
        group = await _only(session)
        await question_groups.add_note(_by(session, FIRST), group.id, "ask RUPP")
        (kept,) = await notes.of(_by(session, SECOND), "group", group.id)
        assert (kept.author_id, kept.text) == (FIRST, "ask RUPP")
        with pytest.raises(RefusedError, match="desk.gone"):
            await question_groups.add_note(_by(session, FIRST), 999, "x")
    async with database.write() as session:
        await privacy.erase(session, SREY, NOW)
    async with database.read() as session:
        assert await notes.of(_by(session, SECOND), "group", group.id) == []
        assert (await session.scalars(select(QuestionGroup))).all() == []


async def test_every_step_is_for_coordinators_and_leaves_a_line(database: Database) -> None:
    async with database.write() as session:
        await _ask(session, SREY, "km?", "km")
        group = await _only(session)
        for attempt in (
            question_groups.waiting(_by(session, SREY), 0),
            question_groups.look(_by(session, SREY), group.id),
            question_groups.claim(_by(session, SREY), group.id),
            question_groups.write(_by(session, SREY), group.id, "x"),
            question_groups.send(_by(session, SREY), group.id),
            question_groups.set_aside(_by(session, SREY), group.id),
            question_groups.take_out(_by(session, SREY), group.questions[0].id),
            question_groups.hand_over(_by(session, SREY), group.id, FIRST),
            question_groups.let_go(_by(session, SREY), group.id),
            question_groups.add_note(_by(session, SREY), group.id, "x"),
            notes.of(_by(session, SREY), "group", group.id),
        ):
            with pytest.raises(NotAllowedError):
                await attempt
        by_her = select(AuditLine).where(AuditLine.actor_id == SREY)
        assert (await session.scalars(by_her)).all() == []
        await question_groups.waiting(_by(session, SECOND), 0)
        await question_groups.look(_by(session, SECOND), group.id)
        await question_groups.claim(_by(session, SECOND), group.id)
        await question_groups.set_aside(_by(session, SECOND), group.id)
        by_second = select(AuditLine).where(AuditLine.actor_id == SECOND).order_by(AuditLine.id)
        lines = list(await session.scalars(by_second))
        assert [(line.action, line.kind, line.number) for line in lines] == [
            ("read", "list of questions", 1),
            ("read", "question group", group.id),
            ("took", "question group", group.id),
            ("set aside", "question group", group.id),
        ]
