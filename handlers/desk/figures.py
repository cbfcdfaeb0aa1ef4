"""Figures at the desk: pictures for a telephone, the same as tables, and the week's news."""

from datetime import date, datetime

from bot.content.base import Text
from bot.desk import charts, digest, figures, poster, spreadsheets
from bot.desk.figures import Figure, Part, Row
from bot.desk.spreadsheets import Cell, Table
from bot.people import staff
from bot.queues.messages import Document, Drawing
from bot.screens.drawing import Recipe
from bot.screens.paging import Page, page_of
from bot.screens.screen import Html, Screen, in_rows, paragraphs
from bot.screens.voice import Voice
from bot.small_counts import FEWEST_SHOWN
from bot.turn import Turn
from handlers.desk import roster
from handlers.desk.digest import digest_screen
from handlers.desk.poster import poster_message
from handlers.desk.roster_screens import week_text
from handlers.desk.taps import DIGEST, FIGURE, FIGURES, POSTER, TABLE, WORKBOOK
from handlers.doors import DESK, homewards

# With the poster, the workbook, the last days and the way on, as many as a phone shows.
FIGURES_A_PAGE = 4


def menu_screen(voice: Voice, number: int = 0) -> Screen:
    """Return the figures there are: what a week brings first, then who and what it is about."""
    page = Page.of(tuple(figures.FIGURES), number, FIGURES_A_PAGE)
    buttons = [voice.button(f"fig.{name}", FIGURE(name)) for name in page.items]
    if page.number == 0:
        buttons += [
            voice.button("fig.digest", DIGEST()),
            voice.button("fig.poster", POSTER()),
            voice.button("fig.xlsx", WORKBOOK()),
        ]
    if page.number < page.pages - 1:
        buttons.append(voice.button("fig.rest", FIGURES(page.number + 1)))
    back = FIGURES(page.number - 1) if page.number else DESK()
    return Screen(
        voice.say("fig.menu", few=voice.number(FEWEST_SHOWN)),
        (*in_rows(buttons), homewards(voice, voice.button("back.desk", back))),
    )


def _page_of(name: str) -> int:
    return page_of(tuple(figures.FIGURES), name, FIGURES_A_PAGE)


def label_of(voice: Voice, figure: Figure, part: Part, row: Row) -> str:
    """Return what a bar stands for, in words."""
    if isinstance(row.label, Text):
        return row.label.get(voice.tongue)
    if isinstance(row.label, date):
        return voice.short_day(row.label)
    of_figure = voice.label_or(f"fig.{figure.name}.{row.name}", row.name)
    return voice.label_or(f"fig.{part.name}.{row.name}", of_figure)


def recipe_of(voice: Voice, figure: Figure, now: datetime, today: date) -> Recipe:
    """Return how the figure is to be drawn: words and numbers, nothing else."""
    return {
        "draw": "figure",
        "title": voice.label(f"fig.{figure.name}.title"),
        "day": voice.day(today),
        "parts": [_part(voice, figure, part, now) for part in figure.parts],
        "tongue": voice.tongue,
    }


def _part(voice: Voice, figure: Figure, part: Part, now: datetime) -> Recipe:
    recipe = {
        "kind": part.kind,
        "series": [voice.label(f"fig.series.{name}") for name in part.series],
        "labels": [label_of(voice, figure, part, row) for row in part.rows],
        "rows": [list(row.values) for row in part.rows],
        "guarded": part.guarded,
        "nothing": voice.label_or(f"fig.{part.name}.nothing", voice.label("fig.nothing")),
    }
    if len(figure.parts) > 1:
        recipe["heading"] = voice.label(f"fig.{part.name}.title")
    if part.oldest is not None:
        since = voice.since(part.oldest, now)
        recipe["heading"] = voice.label("fig.oldest", what=recipe["heading"], since=since)
    return recipe


def table_of(voice: Voice, figure: Figure) -> Table:
    """Return a figure as a table, with all its rows."""
    several = len(figure.parts) > 1
    what = voice.label("fig.column.week" if figure.parts[0].kind == "weeks" else "fig.column.what")
    series = [voice.label(f"fig.series.{name}") for name in figure.parts[0].series]
    part_header = [voice.label("fig.column.part")] if several else []
    rows: list[list[Cell]] = []
    for part in figure.parts:
        first: list[Cell] = [voice.label(f"fig.{part.name}.title")] if several else []
        for row in part.rows:
            day = row.label if isinstance(row.label, date) else None
            label = day or label_of(voice, figure, part, row)
            rows.append([*first, label, *row.values])
    return Table(voice.label(f"fig.{figure.name}"), [*part_header, what, *series], rows)


def words_screen(voice: Voice, figure: Figure, now: datetime, today: date) -> Screen:
    """Return in words a figure in which there is no number to draw."""
    recipe = recipe_of(voice, figure, now, today)
    parts = [
        voice.say(
            "fig.in_words",
            title=part.get("heading", recipe["title"]),
            words="\n".join(charts.words_of(voice, part)),
        )
        for part in recipe["parts"]
    ]
    title = voice.say("fig.in_words_title", title=recipe["title"]) if len(parts) > 1 else ""
    rows = menu_screen(voice, _page_of(figure.name)).rows
    return Screen(paragraphs(title, *parts), rows)


async def menu(turn: Turn, number: int) -> None:
    """Show a page of the figures there are."""
    await turn.show(menu_screen(turn.voice, number))


async def figure(turn: Turn, name: str) -> None:
    """Send a figure as a picture; in words where there is nothing to draw."""
    made, voice = await _make(turn, name), turn.voice
    if not made.can_be_drawn:
        await turn.show(words_screen(voice, made, turn.now, turn.today))
        return
    rows = (
        (voice.button("fig.csv", TABLE(name)), voice.button("fig.xlsx", WORKBOOK())),
        (voice.button("desk.figures", FIGURES(_page_of(name))),),
    )
    recipe = recipe_of(voice, made, turn.now, turn.today)
    await turn.send(Drawing(recipe, _caption(turn, f"fig.{name}.title"), rows))


async def table(turn: Turn, name: str) -> None:
    """Send a figure as a table; in words where it has no rows."""
    made = await _make(turn, name)
    if not any(part.rows for part in made.parts):
        await turn.show(words_screen(turn.voice, made, turn.now, turn.today))
        return
    file = spreadsheets.as_csv(table_of(turn.voice, made))
    caption = _caption(turn, f"fig.{name}.title")
    await turn.send(Document(f"bongsrey-{name}-{turn.today}.csv", file, caption))


async def workbook(turn: Turn) -> None:
    """Send all figures as a workbook, a sheet each."""
    services = turn.services
    made = await figures.make_all(turn.actor, services.content, services.settings.zone)
    file = spreadsheets.as_xlsx([table_of(turn.voice, figure) for figure in made])
    caption = _caption(turn, "fig.all.title")
    await turn.send(Document(f"bongsrey-{turn.today}.xlsx", file, caption))


async def week_poster(turn: Turn) -> None:
    """Send the poster of the last whole week."""
    services, voice = turn.services, turn.voice
    made = await poster.last_week(turn.actor, services.content, services.settings.zone)
    if made.says_nothing:
        turn.toast = voice.label("fig.nothing")
        await turn.show(Screen(voice.say("fig.nothing"), menu_screen(voice).rows))
        return
    await turn.send(poster_message(voice, made, turn.now, turn.today))


async def _make(turn: Turn, name: str) -> Figure:
    services = turn.services
    return await figures.make(turn.actor, name, services.content, services.settings.zone)


def _caption(turn: Turn, title: str) -> Html:
    voice = turn.voice
    return voice.say("fig.caption", title=voice.label(title), day=voice.day(turn.today))


async def this_week(turn: Turn) -> None:
    """Show the news of the last seven days."""
    services = turn.services
    news = await digest.this_week(turn.actor, services.content, services.settings.zone)
    known = await staff.aliases(turn.session)
    on_call = week_text(turn.voice, await roster.read(turn), known)
    screen = digest_screen(turn.voice, services.content, news, on_call, turn.now, FIGURES(0))
    await turn.show(screen)
