"""Figures at the desk: a picture with Khmer labels, the same as a table, and the week's news."""

from datetime import date
from typing import Any

from bot.content.base import Text
from bot.desk import digest, figures
from bot.desk.figures import Figure, Row
from bot.queues.messages import Document, Drawing
from bot.screens.screen import Html, Screen
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.desk.digest import digest_screen
from handlers.desk.taps import DIGEST, FIGURE, TABLE
from handlers.doors import DESK


def menu_screen(voice: Voice, table_of: str | None = None) -> Screen:
    """Return the figures there are; after one, the same as a table."""
    buttons = [voice.button(f"fig.{name}", FIGURE(name)) for name in figures.FIGURES]
    rows = [tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)]
    if table_of:
        rows.insert(0, (voice.button("fig.csv", TABLE(table_of)),))
    return Screen(
        voice.say("fig.menu", few=voice.few()),
        (
            *rows,
            (voice.button("fig.digest", DIGEST()), voice.button("back.desk", DESK())),
        ),
    )


def label_of(voice: Voice, figure: Figure, row: Row) -> str:
    """Return what a bar stands for, in words."""
    if isinstance(row.label, Text):
        return row.label.get(voice.tongue)
    if isinstance(row.label, date):
        return voice.short_day(row.label)
    return voice.label_or(f"fig.{figure.name}.{row.name}", row.name)


def recipe_of(voice: Voice, figure: Figure) -> dict[str, Any]:
    """Return how the figure is to be drawn: words and numbers, nothing else."""
    return {
        "draw": "figure",
        "kind": figure.kind,
        "title": voice.label(f"fig.{figure.name}.title"),
        "series": [voice.label(f"fig.series.{name}") for name in figure.series],
        "labels": [label_of(voice, figure, row) for row in figure.rows],
        "rows": [list(row.values) for row in figure.rows],
        "few": voice.few(),
        "tongue": voice.tongue,
    }


async def menu(turn: Turn) -> None:
    """Show which figures there are."""
    await turn.show(menu_screen(turn.voice))


async def figure(turn: Turn, name: str) -> None:
    """Send a figure as a picture."""
    made = await _make(turn, name)
    if not made.rows:
        await _show_nothing(turn, name)
        return
    await turn.send(Drawing(recipe_of(turn.voice, made), _caption(turn, name)))
    await turn.show(menu_screen(turn.voice, name))


async def table(turn: Turn, name: str) -> None:
    """Send a figure as a table."""
    made, voice = await _make(turn, name), turn.voice
    if not made.rows:
        await _show_nothing(turn, name)
        return
    header = ["", *(voice.label(f"fig.series.{s}") for s in made.series)]
    labels = [label_of(voice, made, row) for row in made.rows]
    # The mark at the beginning tells spreadsheets that it is UTF-8.
    encoded = figures.as_csv(header, labels, made).encode("utf-8-sig")
    await turn.send(Document(f"bongsrey-{name}-{turn.today}.csv", encoded, _caption(turn, name)))


async def _make(turn: Turn, name: str) -> Figure:
    services = turn.services
    return await figures.make(turn.actor, name, services.content, services.settings.zone)


async def _show_nothing(turn: Turn, name: str) -> None:
    turn.toast = turn.voice.label("fig.nothing")
    await turn.show(Screen(turn.voice.say("fig.nothing"), menu_screen(turn.voice, name).rows))


def _caption(turn: Turn, name: str) -> Html:
    voice = turn.voice
    title = voice.label(f"fig.{name}.title")
    return voice.say("fig.caption", title=title, day=voice.day(turn.today))


async def this_week(turn: Turn) -> None:
    """Show the news of the last seven days."""
    services = turn.services
    news = await digest.this_week(turn.actor, services.content, services.settings.zone)
    await turn.show(digest_screen(turn.voice, services.content, news, turn.now))
