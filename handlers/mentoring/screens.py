"""The screens that both sides of mentoring show."""

from bot.content.lists import WorkField
from bot.screens.paging import page_row
from bot.screens.screen import Button, Screen
from bot.screens.voice import Voice

FIELDS_A_PAGE = 6


def field_screen(voice: Voice, fields: tuple[WorkField, ...], page: int, data: str) -> Screen:
    """Return a page of fields of work."""
    pages = max(1, -(-len(fields) // FIELDS_A_PAGE))
    page = min(max(page, 0), pages - 1)
    shown = fields[page * FIELDS_A_PAGE : (page + 1) * FIELDS_A_PAGE]
    return Screen(
        voice.say("intro.field"),
        (
            *(
                (Button(f"{f.emoji} {f.label.get(voice.tongue)}", f"{data}:{f.id}"),)
                for f in shown
            ),
            page_row(voice, f"{data}s", page, pages),
        ),
    )
