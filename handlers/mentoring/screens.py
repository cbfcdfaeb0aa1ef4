"""What both sides of mentoring show."""

from collections.abc import Sequence

from bot.content import Content
from bot.content.lists import WorkField
from bot.screens.paging import Page
from bot.screens.screen import Button, Screen
from bot.screens.taps import Tap
from bot.screens.voice import Voice
from handlers.doors import homewards

FIELDS_A_PAGE = 6


def field_screen(
    voice: Voice, fields: Sequence[WorkField], page: int, choose: Tap, pages: Tap
) -> Screen:
    """Return a page of fields of work to choose from."""
    shown = Page.of(fields, page, FIELDS_A_PAGE)
    return Screen(
        voice.say("intro.field"),
        (
            *(
                (Button(f"{f.emoji} {f.label.get(voice.tongue)}", choose(f.id)),)
                for f in shown.items
            ),
            shown.ways(voice, pages),
            homewards(voice),
        ),
    )


def field_name(voice: Voice, content: Content, field_id: str) -> str:
    """Return the name of a field of work."""
    field = content.field.get(field_id)
    return field.label.get(voice.tongue) if field else field_id
