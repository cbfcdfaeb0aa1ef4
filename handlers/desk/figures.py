"""Figures at the desk: a picture with Khmer labels, the same as a table, and the week's news."""

from datetime import date
from typing import Any

from bot.content.base import Text
from bot.desk import digest, figures
from bot.desk.figures import Figure, Row, Scope
from bot.people.staff import require_coordinator
from bot.queues.messages import Document, Drawing
from bot.refusals import StaleError
from bot.screens.screen import Screen
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.desk.digest import digest_screen


def menu_screen(voice: Voice, offered: list[str], table_of: str | None = None) -> Screen:
    """Return the figures there are; after one, the same as a table."""
    buttons = [voice.button(f"fig.{name}", f"fig:show:{name}") for name in offered]
    rows = [tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)]
    if table_of:
        rows.insert(0, (voice.button("fig.csv", f"fig:csv:{table_of}"),))
    return Screen(
        voice.say("fig.menu", few=voice.few()),
        (
            *rows,
            (voice.button("fig.digest", "fig:digest"), voice.button("back.desk", "desk:home")),
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


async def tapped(turn: Turn, argument: str) -> None:
    """Follow a button of the figures."""
    require_coordinator(turn.person.id, turn.coordinators)
    what, _, name = argument.partition(":")
    if what == "menu":
        await turn.show(menu_screen(turn.voice, list(figures.FIGURES)))
    elif what == "digest":
        await _digest(turn)
    elif what in ("show", "csv") and name in figures.FIGURES:
        await _figure(turn, name, as_table=what == "csv")
    else:
        raise StaleError


async def _figure(turn: Turn, name: str, *, as_table: bool) -> None:
    settings = turn.services.settings
    scope = Scope(turn.session, turn.services.content, turn.now, settings.zone)
    figure = await figures.make(name, turn.person.id, turn.coordinators, scope)
    voice = turn.voice
    again = menu_screen(voice, list(figures.FIGURES), name if figure else None)
    if figure is None or not figure.rows:
        turn.toast = voice.label("fig.nothing")
        await turn.show(Screen(voice.say("fig.nothing"), again.rows))
        return
    title = voice.say("fig.caption", title=voice.label(f"fig.{name}.title"),
                      day=voice.day(turn.today))  # fmt: skip
    if as_table:
        header = ["", *(voice.label(f"fig.series.{s}") for s in figure.series)]
        labels = [label_of(voice, figure, row) for row in figure.rows]
        table = figures.as_csv(header, labels, figure)
        # The mark at the beginning tells spreadsheets that it is UTF-8.
        encoded = table.encode("utf-8-sig")
        await turn.send(Document(f"bongsrey-{name}-{turn.today}.csv", encoded, title))
        return
    await turn.send(Drawing(recipe_of(voice, figure), title))
    await turn.show(again)


async def _digest(turn: Turn) -> None:
    zone = turn.services.settings.zone
    news = await digest.gather(turn.session, turn.services.content, turn.now, zone, turn.today)
    await turn.show(digest_screen(turn.voice, turn.services.content, news, turn.now))
