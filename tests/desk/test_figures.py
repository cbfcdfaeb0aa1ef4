"""Figures: what they count, what they hide, how they are drawn and written as tables."""

import struct
from datetime import UTC, date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from bot.careers.tables import SavedCareer, Walk
from bot.content import Content
from bot.database import Database
from bot.desk import charts, counters, figures
from bot.events.tables import Event, EventDate, EventSignup
from bot.mentoring.tables import Introduction
from bot.people import people
from bot.people.staff import Actor
from bot.refusals import NotAllowedError
from bot.screens import drawing
from bot.screens.voice import Voice
from handlers.desk.figures import label_of, recipe_of

NOW = datetime(2026, 11, 24, 18, 30, tzinfo=UTC)  # already the 25th in Phnom Penh
ZONE = ZoneInfo("Asia/Phnom_Penh")
BOPHA, STAFF = 11, (11,)


async def _make(session: AsyncSession, content: Content, name: str) -> figures.Figure:
    return await figures.make(Actor(session, BOPHA, STAFF, NOW), name, content, ZONE)


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
        figure = await _make(session, content, "questions")
    assert len(figure.rows) == figures.WEEKS
    assert (figure.rows[-1].label, figure.rows[-1].values) == (date(2026, 11, 23), (7, 0, None))
    assert figure.rows[-2].values == (9, 0, 0)
    assert all(row.values == (0, 0, 0) for row in figure.rows[:-2])


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
        figure = await _make(session, content, "provinces")
    values = {row.name: row.values[0] for row in figure.rows}
    assert values == {"siem-reap": 12, "takeo": 6, "unsaid": None, "kep": None}


async def test_gaps_name_subjects_and_never_words(database: Database, content: Content) -> None:
    concept = content.concepts[0].id
    async with database.write() as session:
        for _ in range(6):
            await counters.count(session, date(2026, 11, 20), "gap", [concept, "other"])
        await counters.count(session, date(2026, 11, 20), "gap", [concept])
        await counters.count(session, date(2026, 11, 20), "gap", ["a concept that was taken out"])
        figure = await _make(session, content, "gaps")
    assert [(row.name, row.values) for row in figure.rows] == [(concept, (7,)), ("other", (6,))]
    assert figure.rows[0].label == figures.gap_label(content, concept)


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
        names = ("introductions", "waits", "events", "walks", "pathways")
        made = {name: await _make(session, content, name) for name in names}
    rows = {n: [(r.name, r.values[0]) for r in f.rows] for n, f in made.items() if f}
    assert rows == {
        "introductions": [("offered", None), ("ended", None)],
        "waits": [("day", 6), ("three_days", 0), ("week", 6), ("longer", 0)],
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
            await figures.make(Actor(session, 1, STAFF, NOW), "grades", content, ZONE)
        await _make(session, content, "grades")
        line = await session.scalar(text("SELECT actor_id || action || subject FROM audit"))
        assert line == f"{BOPHA}looked atfigure grades"


def _figure(kind: str) -> figures.Figure:
    rows = (
        figures.Row("9", (12, 5) if kind == "weeks" else (12,), date(2026, 11, 23)),
        figures.Row("10", (None, 0) if kind == "weeks" else (None,), date(2026, 11, 30)),
    )
    name, series = ("questions", ("answered", "lost")) if kind == "weeks" else ("grades", ("n",))
    return figures.Figure(name, "weeks" if kind == "weeks" else "bars", series, rows)


@pytest.mark.parametrize("tongue", ["km", "en"])
@pytest.mark.parametrize("kind", ["weeks", "bars"])
def test_a_figure_becomes_a_picture(content: Content, tongue: str, kind: str) -> None:
    recipe = recipe_of(Voice(content, tongue), _figure(kind))
    picture = drawing.by_name({"figure": partial(charts.draw, content)})(recipe)
    assert picture.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", picture[16:24])
    assert width > 800
    assert height > 200
    assert len(picture) < 100_000


def test_khmer_labels_are_drawn_with_the_font_that_ships(content: Content) -> None:
    """A missing glyph makes matplotlib warn, and a warning is an error here."""
    voice = Voice(content, "km")
    names = [topic.label.get("km") for topic in content.topics] + [
        p.label.get("km") for p in content.provinces
    ]
    recipe = {
        "draw": "figure", "kind": "bars", "title": voice.label("fig.topics.title"),
        "series": ["ចំនួន"], "labels": names, "rows": [[n] for n in range(len(names))],
        "few": "<៥", "tongue": "km",
    }  # fmt: skip
    assert charts.draw(content, recipe)


def test_a_table_says_under_five_and_nothing_more(content: Content) -> None:
    voice, figure = Voice(content, "en"), _figure("bars")
    labels = [label_of(voice, figure, row) for row in figure.rows]
    table = figures.as_csv(["", "count"], labels, figure)
    assert table.splitlines() == [",count", "23 Nov,12", "30 Nov,<5"]
