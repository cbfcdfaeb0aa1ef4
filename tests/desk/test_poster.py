"""The poster of a week: what it says, what it must not say, and that it fits."""

import io
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from sqlalchemy import text

from bot.content import Content
from bot.database import Database
from bot.desk import counters, poster, poster_picture
from bot.desk.poster import Number, Poster, Waiting
from bot.people import people
from bot.people.staff import Actor
from bot.questions import asked
from bot.refusals import NotAllowedError
from bot.safety import cases
from bot.screens.voice import Voice
from handlers.desk.poster import poster_recipe

ZONE = ZoneInfo("Asia/Phnom_Penh")
MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=ZONE)
SUNDAY, WEDNESDAY_BEFORE = date(2026, 11, 22), date(2026, 11, 11)
BOPHA, STAFF = 11, (11,)


def _poster(*numbers: Number, waiting: tuple[Waiting, ...] = ()) -> Poster:
    return Poster(date(2026, 11, 16), SUNDAY, numbers, waiting, ())


def _recipe(content: Content, made: Poster, tongue: str = "en") -> dict[str, Any]:
    return poster_recipe(Voice(content, tongue), made, MONDAY, MONDAY.date())


def _words(of: Any) -> list[str]:
    if isinstance(of, dict):
        return [word for value in of.values() for word in _words(value)]
    return [word for value in of for word in _words(value)] if isinstance(of, list) else [of]


async def test_it_compares_the_week_with_the_one_before(
    database: Database, content: Content
) -> None:
    asked_often, asked_once = (c.id for c in content.concepts[:2])
    async with database.write() as session:
        for day, kind, key, n in (
            (SUNDAY, "question", "answered", 12),
            (date(2026, 11, 16), "question", "answered", 1),
            (WEDNESDAY_BEFORE, "question", "answered", 9),
            (date(2026, 11, 23), "question", "answered", 50),
            (SUNDAY, "question", "lost", 3),
            (WEDNESDAY_BEFORE, "new", "person", 6),
            (SUNDAY, "gap", asked_often, 5),
            (SUNDAY, "gap", asked_once, 1),
        ):
            for _ in range(n):
                await counters.count(session, day, kind, [key])
        made = await poster.gather(session, content, SUNDAY)
    assert made.numbers == (
        Number("answered", 13, 9), Number("lost", None, 0), Number("team", 0, 0),
        Number("newcomers", 0, 6),
    )  # fmt: skip
    assert len(made.gaps) == 1, "what one girl asked about stands on no poster"


async def test_it_says_who_waits_and_nothing_of_cases(
    database: Database, content: Content
) -> None:
    now = MONDAY.astimezone(UTC)
    async with database.write() as session:
        for number in range(6):
            girl = Actor(session, 100 + number, (), now - timedelta(days=number))
            await people.meet(session, girl.id, "km", now)
            await asked.keep(girl, "why?", "en")
        empty = await poster.gather(session, content, SUNDAY)
        await cases.open_case(girl, "abuse", ("w",), timedelta(1))
        made = await poster.gather(session, content, SUNDAY)
    assert made == empty
    assert made.waiting == (
        Waiting("questions", 6, now - timedelta(days=5)), Waiting("introductions", 0, None),
    )  # fmt: skip


async def test_it_is_of_the_last_whole_week_and_for_coordinators(
    database: Database, content: Content
) -> None:
    thursday = (MONDAY + timedelta(days=3)).astimezone(UTC)
    async with database.write() as session:
        with pytest.raises(NotAllowedError):
            await poster.last_week(Actor(session, 1, STAFF, thursday), content, ZONE)
        made = await poster.last_week(Actor(session, BOPHA, STAFF, thursday), content, ZONE)
        line = await session.scalar(text("SELECT actor_id || action || subject FROM audit"))
    assert (made.first, made.last) == (date(2026, 11, 16), SUNDAY)
    assert made.says_nothing
    assert line == f"{BOPHA}looked atfigure poster"


shown = st.none() | st.just(0) | st.integers(5, 1000)


@given(now=shown, before=shown)
def test_no_hidden_number_can_be_reckoned_from_what_changed(
    content: Content, now: int | None, before: int | None
) -> None:
    tile = _recipe(content, _poster(Number("answered", now, before)))["tiles"][0]
    said = [int(word) for words in tile.values() for word in words.split() if word.isdecimal()]
    assert not {1, 2, 3, 4} & set(said) or (now is not None and before is not None)
    if now is None or before is None:
        assert set(said) <= {5, now, before}, "only what may be shown, and “under 5”"
    assert ("number" in tile) == (now is not None)


@pytest.mark.parametrize("tongue", ["km", "en"])
def test_it_is_a_portrait_in_the_language_of_who_reads_it(content: Content, tongue: str) -> None:
    voice = Voice(content, tongue)
    numbers = [
        Number(name, n, 7) for name, n in zip(poster.NUMBERS, (128, None, 0, 9), strict=True)
    ]
    made = _poster(*numbers, waiting=(Waiting("questions", None, MONDAY),))
    recipe = _recipe(content, made, tongue)
    assert voice.label("poster.title") in _words(recipe)
    assert voice.label("poster.few", few=voice.number(5)) in _words(recipe)
    data = poster_picture.draw(recipe)
    image = Image.open(io.BytesIO(data))
    assert image.size == (1080, 1350)
    assert len(data) < 100_000
