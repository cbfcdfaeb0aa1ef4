"""“Add to the FAQ”: written step by step, found at once, taken back, written for the repository."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
import yaml

from bot.answering.answerer import build_answerer
from bot.content import Content
from bot.content.faq import FaqFile, Learned
from bot.database import Database
from bot.editing.export import as_yaml, export
from bot.people import people
from bot.questions import additions, asked, ratings
from bot.questions import groups as question_groups
from bot.questions.additions import SKIPPED, TooLongError
from bot.questions.tables import LearnedEntry
from bot.refusals import NotAllowedError
from bot.screens.voice import Voice
from bot.settings import Settings
from handlers.answering.ask import entry_screen

NOW = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Phnom_Penh")
SREY, POV, BOPHA, NARY = 1, 2, 11, 12
STAFF = (BOPHA, NARY)
QUESTION = "Can zebras study marine biology in Kep?"
ASKED_KM, ASKED_ROM = "សេះបង្កង់រៀនជីវសាស្ត្រសមុទ្រនៅកែបបានទេ", "seh bongkong rean chivasas samut kep"


async def _answered(session) -> int:
    """Return a group of two askers that was answered in Khmer."""
    for person, text, language in ((SREY, ASKED_KM, "km"), (POV, ASKED_ROM, "rom")):
        await people.meet(session, person, "km", NOW)
        await asked.keep(session, person, text, language, NOW)
    groups, _ = await question_groups.waiting(session, BOPHA, STAFF, 0, NOW)
    first, second = sorted(g.id for g in groups)
    from bot.questions import grouping

    await grouping.settle(session, [second], {second: first})
    await question_groups.write(session, BOPHA, STAFF, first, "បានតើ។\nសួរនៅកែប។", NOW)
    assert await question_groups.send(session, BOPHA, STAFF, first, NOW)
    return first


async def _published(session, *, english: bool = True) -> LearnedEntry:
    group_id = await _answered(session)
    entry = await additions.begin(session, BOPHA, STAFF, group_id, NOW)
    assert entry is not None
    steps = []
    while (step := additions.missing(entry)) not in (None, "topic"):
        steps.append(step)
        words = {"question_km": "សេះបង្កង់រៀនជីវសាស្ត្របានទេ?", "question_en": QUESTION,
                 "answer_en": "Yes. Ask in Kep."}[step]  # fmt: skip
        skip = not english and step in additions.OPTIONAL
        await additions.fill(session, BOPHA, STAFF, entry.id, step, SKIPPED if skip else words)
    assert steps == ["question_km", "question_en", "answer_en"]
    await additions.choose_topic(session, BOPHA, STAFF, entry.id, "university")
    for question in await additions.wordings(session, BOPHA, STAFF, entry):
        await additions.toggle(session, BOPHA, STAFF, entry.id, question.id)
    published = await additions.publish(session, BOPHA, STAFF, entry.id, NOW)
    assert published is not None
    return published


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
    shown = entry_screen(Voice(content, "en"), library.entries[f"learned-{entry.id}"], [])
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
        entry.question_km = next(iter(content.entries.values())).question.get("km")
        assert content.with_learned(await additions.live(session, ZONE)).learned == ()


async def test_withdrawn_it_is_gone(database: Database) -> None:
    async with database.write() as session:
        entry = await _published(session)
        before = await additions.stamp(session)
        later = NOW.replace(hour=19)
        assert await additions.withdraw(session, NARY, STAFF, entry.id, later)
        assert await additions.live(session, ZONE) == {}
        assert await additions.stamp(session) != before
        assert await additions.withdraw(session, NARY, STAFF, entry.id, later) is None
        # What was withdrawn may be written anew.
        assert await additions.begin(session, BOPHA, STAFF, entry.group_id or 0, later)


async def test_a_second_coordinator_reviews_the_author_cannot(database: Database) -> None:
    async with database.write() as session:
        entry = await _published(session)
        assert await additions.review(session, BOPHA, STAFF, entry.id, NOW) is None
        assert await additions.review(session, NARY, STAFF, entry.id, NOW)
        assert entry.reviewed_by == NARY


async def test_what_is_too_long_is_refused_and_a_long_answer_is_asked_for_again(
    database: Database,
) -> None:
    async with database.write() as session:
        await people.meet(session, SREY, "km", NOW)
        await asked.keep(session, SREY, "x?", "en", NOW)
        (group,), _ = await question_groups.waiting(session, BOPHA, STAFF, 0, NOW)
        await question_groups.write(session, BOPHA, STAFF, group.id, "ក" * 701, NOW)
        await question_groups.send(session, BOPHA, STAFF, group.id, NOW)
        entry = await additions.begin(session, BOPHA, STAFF, group.id, NOW)
        assert entry is not None
        with pytest.raises(TooLongError):
            await additions.fill(session, BOPHA, STAFF, entry.id, "question_km", "ក" * 61)
        await additions.fill(session, BOPHA, STAFF, entry.id, "question_km", "ក" * 60)
        assert additions.missing(entry) == "answer_km"
        assert await additions.publish(session, BOPHA, STAFF, entry.id, NOW) is None
        skipped = await additions.fill(session, BOPHA, STAFF, entry.id, "answer_km", SKIPPED)
        assert skipped is None


async def test_only_coordinators_add_to_the_faq(database: Database) -> None:
    async with database.write() as session:
        entry = await _published(session)
        for attempt in (
            additions.begin(session, SREY, STAFF, 1, NOW),
            additions.fill(session, SREY, STAFF, entry.id, "question_km", "x"),
            additions.choose_topic(session, SREY, STAFF, entry.id, "ai"),
            additions.wordings(session, SREY, STAFF, entry),
            additions.toggle(session, SREY, STAFF, entry.id, 1),
            additions.publish(session, SREY, STAFF, entry.id, NOW),
            additions.withdraw(session, SREY, STAFF, entry.id, NOW),
            additions.review(session, SREY, STAFF, entry.id, NOW),
            additions.find(session, SREY, STAFF, entry.id),
            additions.page(session, SREY, STAFF, 0),
            ratings.page(session, SREY, STAFF, 0),
            ratings.find(session, SREY, STAFF, "x"),
            ratings.looked_at(session, SREY, STAFF, "x", NOW),
        ):
            with pytest.raises(NotAllowedError):
                await attempt


async def test_a_doubted_answer_comes_back_until_somebody_looks(database: Database) -> None:
    async with database.write() as session:
        for person in (SREY, POV):
            await people.meet(session, person, "km", NOW)
            await ratings.give_feedback(session, person, "what-is-ai", False, NOW)
        await ratings.give_feedback(session, SREY, "other", True, NOW)
        (doubt,), total = await ratings.page(session, BOPHA, STAFF, 0)
        assert (doubt, total) == (ratings.LowRated("what-is-ai", 2, 0), 1)
        await ratings.looked_at(session, BOPHA, STAFF, "what-is-ai", NOW)
        assert await ratings.listed(session) == []
        later = NOW.replace(hour=19)
        await ratings.give_feedback(session, SREY, "what-is-ai", False, later)
        assert await ratings.listed(session) == [ratings.LowRated("what-is-ai", 1, 0)]


async def test_it_is_written_for_the_repository_as_an_editor_would(
    database: Database, content: Content, tmp_path
) -> None:
    async with database.write() as session:
        await _published(session)
    file = tmp_path / "test.sqlite"
    settings = Settings(database_url=f"sqlite:///{file}", _env_file=None)
    import asyncio

    written, count = await asyncio.to_thread(export, settings, content)
    assert count == 1
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
        row = await _published(session, english=False)
        entry = additions.as_entry(row, ZONE)
    assert isinstance(entry, Learned)
    assert entry.question.get("en") == entry.question.get("km")
    written = yaml.safe_load(as_yaml(_as_written(entry, set(content.entries), content.complete)))
    assert (written["question"]["en"], written["answer"]["en"]) == ("…", "…")
    assert written["id"] == entry.id
