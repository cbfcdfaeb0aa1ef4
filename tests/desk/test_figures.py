"""Figures: what they count, what they hide, how they are said, drawn and written as tables."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from bot.careers.tables import SavedCareer, Walk
from bot.content import Content
from bot.database import Database
from bot.desk import charts, counters, figures, spreadsheets
from bot.desk.figures import Figure, Part, Row
from bot.events.tables import Event, EventDate, EventSignup
from bot.mentoring.tables import Introduction
from bot.people import people
from bot.people.staff import Actor
from bot.questions import asked
from bot.refusals import NotAllowedError
from bot.safety import case_work, cases
from bot.screens.voice import Voice
from handlers.desk.figures import recipe_of, table_of, words_screen

NOW = datetime(2026, 11, 24, 18, 30, tzinfo=UTC)  # already the 25th in Phnom Penh
ZONE = ZoneInfo("Asia/Phnom_Penh")
BOPHA, STAFF = 11, (11,)


async def _make(session: AsyncSession, content: Content, name: str) -> figures.Figure:
    return await figures.make(Actor(session, BOPHA, STAFF, NOW), name, content, ZONE)


def _counts(part: Part) -> list[tuple[str, int | None]]:
    return [(row.name, row.values[0]) for row in part.rows]


async def test_questions_are_counted_by_week_where_the_bot_is_at_home(
    database: Database, content: Content
) -> None:
    async with database.write() as session:
        for day, key, n in (
            (date(2026, 11, 25), "answered", 7),
            (date(2026, 11, 23), "lost", 3),
            (date(2026, 11, 22), "answered", 9),
            (date(2026, 8, 1), "answered", 50),
        ):
            for _ in range(n):
                await counters.count(session, day, "question", [key])
        (part,) = (await _make(session, content, "questions")).parts
    assert len(part.rows) == figures.WEEKS
    assert (part.rows[-1].label, part.rows[-1].values) == (date(2026, 11, 23), (7, 0, None))
    assert part.rows[-2].values == (9, 0, 0)
    assert all(row.values == (0, 0, 0) for row in part.rows[:-2])


async def test_people_by_province_hide_small_groups_and_what_gives_them_away(
    database: Database, content: Content
) -> None:
    async with database.write() as session:
        for number in range(25):
            person, *_ = await people.meet(session, number, "km", NOW)
            person.province = (
                "kep"
                if number < 3
                else "takeo"
                if number < 9
                else "siem-reap"
                if number < 21
                else None
            )
        provinces, grades = (await _make(session, content, "people")).parts
    # What is hidden stands by name: its place would tell which is larger.
    assert _counts(provinces) == [
        ("siem-reap", 12), ("takeo", 6), ("kep", None), ("unsaid", None),
    ]  # fmt: skip
    assert _counts(grades) == [("unsaid", 25)]


async def test_gaps_name_subjects_and_never_words(database: Database, content: Content) -> None:
    concept = content.concepts[0].id
    async with database.write() as session:
        for _ in range(6):
            await counters.count(session, date(2026, 11, 20), "gap", [concept, "other"])
        await counters.count(session, date(2026, 11, 20), "gap", [concept])
        await counters.count(session, date(2026, 11, 20), "gap", ["a concept that was taken out"])
        (part,) = (await _make(session, content, "gaps")).parts
    assert _counts(part) == [(concept, 7), ("other", 6)]
    assert part.rows[0].label == figures.gap_label(content, concept)


async def test_who_waits_is_counted_for_questions_cases_and_introductions(
    database: Database, content: Content
) -> None:
    """Fault 26: it showed nobody while four questions waited."""
    field = content.career_files[0].field
    async with database.write() as session:
        for number in range(7):
            since = NOW - timedelta(days=0 if number < 6 else 4)
            girl = Actor(session, 100 + number, (), since)
            await people.meet(session, girl.id, "km", NOW)
            # Two questions of one girl are one girl who waits, since the first.
            await asked.keep(girl, "why?", "en")
            await asked.keep(Actor(session, girl.id, (), NOW), "how?", "en")
            await cases.open_case(girl, "abuse", ("w",), timedelta(1))
            if number < 6:
                session.add(
                    Introduction(
                        student_id=girl.id, state="requested", field=field, language="km",
                        hope="", tried=[], asked_at_utc=since, since_utc=since,
                    )
                )  # fmt: skip
        await session.flush()
        questions, called, introductions = (await _make(session, content, "waits")).parts
        bopha = Actor(session, BOPHA, STAFF, NOW)
        for case_id, _ in await case_work.open_cases(bopha):
            await case_work.acknowledge(bopha, case_id)
        _, after, _ = (await _make(session, content, "waits")).parts
    # One girl over three days is hidden, and what would give her away with her.
    few = [("day", None), ("three_days", 0), ("longer", None)]
    assert _counts(questions) == _counts(called) == few
    assert questions.oldest == called.oldest == NOW - timedelta(days=4)
    assert _counts(introductions) == [("day", 6), ("three_days", 0), ("longer", 0)]
    assert after.oldest is None, "a case that somebody has taken waits no more"


async def test_other_features_are_counted_from_their_own_tables(
    database: Database, content: Content
) -> None:
    field = content.career_files[0].field
    careers = [career.id for career in content.career_files[0].careers[:2]]
    async with database.write() as session:
        event = Event(
            id=1, kind="workshop", title={"km": "ថ្ងៃ", "en": "Day"}, text={},
            online=False, place="", fields=[], grades=[], all_day=False, first_at_utc=NOW,
            state="published", created_by=BOPHA, created_at_utc=NOW,
        )  # fmt: skip
        session.add(event)
        await session.flush()
        session.add(EventDate(id=5, event_id=1, slot="a", starts_at_utc=NOW, over_at_utc=NOW))
        for number in range(14):
            since = NOW - timedelta(days=0 if number < 6 else 4)
            await people.meet(session, 100 + number, "km", NOW)
            session.add_all(
                [
                    Introduction(
                        student_id=100 + number, state="offered" if number < 12 else "ended",
                        field=field, language="km", hope="", tried=[], asked_at_utc=since,
                        since_utc=since,
                    ),
                    EventSignup(
                        date_id=5, person_id=100 + number, queue=number, answered_at_utc=NOW,
                        state="going" if number < 9 else "waiting",
                    ),
                    Walk(
                        person_id=100 + number, steps=[], at="start", started_at_utc=since,
                        touched_at_utc=since, finished_at_utc=since if number < 7 else None,
                        resumed=number % 2,
                    ),
                    *(
                        SavedCareer(person_id=100 + number, career_id=career, saved_at_utc=NOW)
                        for career in careers
                    ),
                ]
            )  # fmt: skip
        await session.flush()
        made = [await _make(session, content, n) for n in ("introductions", "events", "careers")]
    assert {part.name: _counts(part) for figure in made for part in figure.parts} == {
        "introductions": [("ended", None), ("offered", None)],
        "events": [("ថ្ងៃ", 9)],
        "walks": [("begun", 14), ("resumed", 7), ("finished", 7)],
        # Two careers of one field are one person.
        "pathways": [(field, 14)],
    }


async def test_only_coordinators_see_figures_and_each_look_is_recorded(
    database: Database, content: Content
) -> None:
    async with database.write() as session:
        with pytest.raises(NotAllowedError):
            await figures.make(Actor(session, 1, STAFF, NOW), "people", content, ZONE)
        await _make(session, content, "people")
        line = await session.scalar(text("SELECT actor_id || action || subject FROM audit"))
        assert line == f"{BOPHA}looked atfigure people"


async def test_a_workbook_is_one_look_at_everything(database: Database, content: Content) -> None:
    async with database.write() as session:
        with pytest.raises(NotAllowedError):
            await figures.make_all(Actor(session, 1, STAFF, NOW), content, ZONE)
        made = await figures.make_all(Actor(session, BOPHA, STAFF, NOW), content, ZONE)
        lines = (await session.scalars(text("SELECT subject FROM audit"))).all()
    assert [figure.name for figure in made] == list(figures.FIGURES)
    assert lines == ["figure all"]
    for tongue in content.tongues:
        voice = Voice(content, tongue)
        assert spreadsheets.as_xlsx([table_of(voice, figure) for figure in made])


def _people(*grades: tuple[str, int | None]) -> Figure:
    return Figure("people", (
        Part("provinces", (Row("kep", (None,)),)),
        Part("grades", tuple(Row(name, (n,)) for name, n in grades)),
    ))  # fmt: skip


def _weeks() -> Figure:
    row = Row("2026-11-23", (12, None), date(2026, 11, 23))
    return Figure("questions", (Part("questions", (row,), "weeks", ("answered", "lost")),))


def test_a_table_names_its_parts_and_has_days_and_numbers_in_its_cells(content: Content) -> None:
    voice = Voice(content, "km")
    table = table_of(voice, _people(("9", 12), ("10", None)))
    assert table.header == [
        voice.label("fig.column.part"), voice.label("fig.column.what"), voice.label("fig.series.n"),
    ]  # fmt: skip
    by_grade = voice.label("fig.grades.title")
    assert table.rows[1:] == [
        [by_grade, voice.label("fig.grades.9"), 12],
        [by_grade, voice.label("fig.grades.10"), None],
    ]
    weeks = table_of(voice, _weeks())
    assert weeks.header[0] == voice.label("fig.column.week")
    assert weeks.rows == [[date(2026, 11, 23), 12, None]]


@pytest.mark.parametrize("tongue", ["km", "en"])
@pytest.mark.parametrize("figure", [_weeks(), _people(("9", 12), ("10", None))])
def test_a_figure_becomes_a_picture_in_both_languages(
    content: Content, tongue: str, figure: Figure
) -> None:
    assert figure.can_be_drawn
    voice = Voice(content, tongue)
    assert charts.lay_out(content, recipe_of(voice, figure, NOW, NOW.date())).y > 300


def test_a_figure_without_a_number_is_said_in_words(content: Content) -> None:
    figure, voice = _people(("9", 0), ("10", 0)), Voice(content, "en")
    assert not figure.can_be_drawn
    screen = words_screen(voice, figure, NOW, NOW.date())
    assert voice.say("fig.people.title") in screen.text
    assert voice.say("fig.under", few="5", names="kep") in screen.text
    assert voice.say("fig.nothing") in screen.text
