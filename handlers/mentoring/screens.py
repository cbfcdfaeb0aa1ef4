"""What both sides of mentoring show."""

from collections.abc import Collection, Sequence

from bot.content import Content
from bot.content.lists import WorkField
from bot.screens.paging import Page
from bot.screens.screen import Button, Screen, paragraphs
from bot.screens.taps import Tap
from bot.screens.voice import Voice
from handlers.doors import homewards

FIELDS_A_PAGE = 6


def field_screen(
    voice: Voice,
    fields: Sequence[WorkField],
    page: int,
    choose: Tap,
    pages: Tap,
    *,
    back: Button | None = None,
    free: Collection[str] = (),
) -> Screen:
    """Return a page of fields of work to choose from, marked where a mentor is `free`."""
    shown = Page.of(fields, page, FIELDS_A_PAGE)
    return Screen(
        paragraphs(voice.say("intro.field"), voice.say("intro.marked_free") if free else ""),
        (
            *((field_button(voice, f, choose, is_free=f.id in free),) for f in shown.items),
            shown.ways(voice, pages),
            homewards(voice, *([back] if back else [])),
        ),
    )


def field_button(voice: Voice, field: WorkField, choose: Tap, *, is_free: bool = False) -> Button:
    """Return the button of a field of work, marked where a mentor is free."""
    mark = " 🟢" if is_free else ""
    return Button(f"{field.emoji} {field.label.get(voice.tongue)}{mark}", choose(field.id))


def field_name(voice: Voice, content: Content, field_id: str) -> str:
    """Return the name of a field of work."""
    field = content.field.get(field_id)
    return field.label.get(voice.tongue) if field else field_id
