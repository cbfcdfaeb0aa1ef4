"""“Add to the FAQ”: written step by step, found at once, taken back, written for the repository."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml
from sqlalchemy.ext.asyncio import AsyncSession

from bot.answering.answerer import build_answerer
from bot.content import Content
from bot.content.faq import FaqFile, Learned
from bot.database import Database
from bot.editing.export import export
from bot.editing.writing import as_yaml
from bot.people import people
from bot.people.staff import Actor
from bot.questions import additions, asked, ratings
from bot.questions import groups as question_groups
from bot.questions.additions import SKIPPED, Addition, Step, What
from bot.questions.tables import LearnedEntry
from bot.refusals import NotAllowedError, RefusedError, StaleError
from bot.screens.voice import Voice
from bot.settings import Settings
from handlers.answering.entries import entry_screen

NOW = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Phnom_Penh")
SREY, POV, BOPHA, NARY = 1, 2, 11, 12
STAFF = (BOPHA, NARY)
TONGUES = ("km", "en")
QUESTION = "Can zebras study marine biology in Kep?"
ASKED_KM, ASKED_ROM = "សេះបង្កង់រៀនជីវសាស្ត្រសមុទ្រនៅកែបបានទេ", "seh bongkong rean chivasas samut kep"


def _by(session: AsyncSession, person_id: int, at: datetime = NOW) -> Actor:
    return Actor(session, person_id, STAFF, at)


async def _answered(session: AsyncSession) -> int:
    """Return a group of two askers that was answered in Khmer."""
    for person, text, language in ((SREY, ASKED_KM, "km"), (POV, ASKED_ROM, "rom")):
        await people.meet(session, person, "km", NOW)
        await asked.keep(_by(session, person), text, language)
    groups, _ = await question_groups.waiting(_by(session, BOPHA), 0)
    first, second = sorted(g.id for g in groups)
    from bot.questions import grouping

    await grouping.settle(session, [second], {second: first})
    await question_groups.write(_by(session, BOPHA), first, "បានតើ។\nសួរនៅកែប។")
    assert await question_groups.send(_by(session, BOPHA), first)
    return first


async def _published(session: AsyncSession, *, english: bool = True) -> Addition:
    bopha = _by(session, BOPHA)
    entry = await additions.begin(bopha, await _answered(session))
    steps = []
    while (step := entry.missing(TONGUES)) is not None:
        steps.append(step.name)
        words = {"question_km": "សេះបង្កង់រៀនជីវសាស្ត្របានទេ?", "question_en": QUESTION,
                 "answer_en": "Yes. Ask in Kep."}[step.name]  # fmt: skip
        skip = not english and step.optional
        entry = await additions.fill(bopha, entry.id, step, SKIPPED if skip else words)
    assert steps == ["question_km", "question_en", "answer_en"]
    entry = await additions.choose_topic(bopha, entry.id, "university")
    for question in await additions.wordings(bopha, entry):
        await additions.toggle(bopha, entry.id, question.id)
    return await additions.publish(bopha, entry.id, TONGUES)


async def test_an_answered_group_becomes_an_entry_that_is_found(
    database: Database, content: Content
) -> None:
    async with database.write() as session:
        entry = await _published(session)
        live = await additions.live(session, ZONE)
    library = content.with_learned(live)
    answerer = build_answerer(library)
    for text in (ASKED_KM, ASKED_ROM, QUESTION):
        verdict = answerer.consider(text)
        assert (verdict.decision, verdict.ids) == ("answer", (f"learned-{entry.id}",))
    # 18:00 UTC is the next day in Phnom Penh.
    shown = entry_screen(Voice(content, "en"), library, library.entries[f"learned-{entry.id}"])
    assert "Answered by a coordinator on 25 November 2026" in shown.text
    assert library.entries[f"learned-{entry.id}"] in library.in_topic("university")


async def test_a_library_with_learned_entries_is_otherwise_the_same(
    database: Database, content: Content
) -> None:
    async with database.write() as session:
        entry = await _published(session)
        live = await additions.live(session, ZONE)
    library = content.with_learned(live)
    assert set(library.entries) == {*content.entries, f"learned-{entry.id}"}
    assert library.with_learned(live).learned == library.learned
    assert library.with_learned({}) == content
    assert library.topic_of[f"learned-{entry.id}"] == "university"


async def test_an_entry_that_an_editor_took_over_is_not_there_twice(
    database: Database, content: Content
) -> None:
    async with database.write() as session:
        entry = await _published(session)
        row = await session.get_one(LearnedEntry, entry.id)
        row.question = {"km": next(iter(content.entries.values())).question.get("km")}
        assert content.with_learned(await additions.live(session, ZONE)).learned == ()


async def test_withdrawn_it_is_gone(database: Database) -> None:
    async with database.write() as session:
        entry = await _published(session)
        before = await additions.stamp(session)
        later = NOW.replace(hour=19)
        assert await additions.withdraw(_by(session, NARY, later), entry.id)
        assert await additions.live(session, ZONE) == {}
        assert await additions.stamp(session) != before
        assert not await additions.withdraw(_by(session, NARY, later), entry.id)
        # What was withdrawn may be written anew.
        assert await additions.begin(_by(session, BOPHA, later), entry.group_id or 0)


async def test_a_second_coordinator_reviews_the_author_cannot(database: Database) -> None:
    async with database.write() as session:
        entry = await _published(session)
        with pytest.raises(RefusedError, match="learn.gone"):
            await additions.review(_by(session, BOPHA), entry.id)
        await additions.review(_by(session, NARY), entry.id)
        assert (await session.get_one(LearnedEntry, entry.id)).reviewed_by == NARY


async def test_what_is_too_long_is_refused_and_a_long_answer_is_asked_for_again(
    database: Database,
) -> None:
    async with database.write() as session:
        await people.meet(session, SREY, "km", NOW)
        await asked.keep(_by(session, SREY), "x?", "en")
        (group,), _ = await question_groups.waiting(_by(session, BOPHA), 0)
        await question_groups.write(_by(session, BOPHA), group.id, "ក" * 701)
        await question_groups.send(_by(session, BOPHA), group.id)
        bopha = _by(session, BOPHA)
        entry = await additions.begin(bopha, group.id)
        question, answer = Step(What.QUESTION, "km"), Step(What.ANSWER, "km")
        with pytest.raises(RefusedError, match="learn.too_long") as refused:
            await additions.fill(bopha, entry.id, question, "ក" * 61)
        assert refused.value.values == {"most": 60}
        entry = await additions.fill(bopha, entry.id, question, "ក" * 60)
        assert entry.missing(TONGUES) == answer
        with pytest.raises(RefusedError, match="learn.gone"):
            await additions.publish(bopha, entry.id, TONGUES)
        with pytest.raises(StaleError):
            await additions.fill(bopha, entry.id, answer, SKIPPED)


async def test_only_coordinators_add_to_the_faq(database: Database) -> None:
    async with database.write() as session:
        entry = await _published(session)
        for attempt in (
            additions.begin(_by(session, SREY), 1),
            additions.fill(_by(session, SREY), entry.id, Step(What.QUESTION, "km"), "x"),
            additions.choose_topic(_by(session, SREY), entry.id, "ai"),
            additions.wordings(_by(session, SREY), entry),
            additions.toggle(_by(session, SREY), entry.id, 1),
            additions.publish(_by(session, SREY), entry.id, TONGUES),
            additions.withdraw(_by(session, SREY), entry.id),
            additions.review(_by(session, SREY), entry.id),
            additions.find(_by(session, SREY), entry.id),
            additions.page(_by(session, SREY), 0),
            ratings.page(_by(session, SREY), 0),
            ratings.find(_by(session, SREY), "x"),
            ratings.looked_at(_by(session, SREY), "x"),
        ):
            with pytest.raises(NotAllowedError):
                await attempt


async def test_a_doubted_answer_comes_back_until_somebody_looks(database: Database) -> None:
    async with database.write() as session:
        for person in (SREY, POV):
            await people.meet(session, person, "km", NOW)
            await ratings.give_feedback(_by(session, person), "what-is-ai", False)
        await ratings.give_feedback(_by(session, SREY), "other", True)
        (doubt,), total = await ratings.page(_by(session, BOPHA), 0)
        assert (doubt, total) == (ratings.LowRated("what-is-ai", 2, 0), 1)
        await ratings.looked_at(_by(session, BOPHA), "what-is-ai")
        assert await ratings.listed(session) == []
        later = NOW.replace(hour=19)
        await ratings.give_feedback(_by(session, SREY, later), "what-is-ai", False)
        assert await ratings.listed(session) == [ratings.LowRated("what-is-ai", 1, 0)]


async def test_it_is_written_for_the_repository_as_an_editor_would(
    database: Database, content: Content, tmp_path: Path
) -> None:
    async with database.write() as session:
        await _published(session)
    file = tmp_path / "test.sqlite"
    settings = Settings(database_url=f"sqlite:///{file}", _env_file=None)
    import asyncio

    exported = await asyncio.to_thread(export, settings, content)
    assert (exported.entries, exported.ways) == (1, 0)
    written = exported.text
    (document,) = [d for d in yaml.safe_load_all(written) if d]
    parsed = FaqFile.model_validate(document)
    (entry,) = parsed.entries
    assert (parsed.topic, entry.id) == ("university", "can-zebras-study-marine-biology-in")
    assert entry.no_source == "Answered by a coordinator."
    assert entry.answer.get("km") == "បានតើ។\nសួរនៅកែប។"
    assert entry.asks.rom == (ASKED_ROM,)
    assert "      km: |-\n        បានតើ។" in written


async def test_what_has_no_english_is_written_as_still_to_be_done(
    database: Database, content: Content
) -> None:
    from bot.editing.export import _as_written

    async with database.write() as session:
        await _published(session, english=False)
        (entry,) = (await additions.live(session, ZONE))["university"]
    assert isinstance(entry, Learned)
    assert entry.question.get("en") == entry.question.get("km")
    written = yaml.safe_load(as_yaml(_as_written(entry, set(content.entries), content.complete)))
    assert (written["question"]["en"], written["answer"]["en"]) == ("…", "…")
    assert written["id"] == entry.id
