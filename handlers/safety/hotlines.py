"""The numbers that a girl in danger may need, as they are shown with who answers."""

from bot.content import Content
from bot.content.safety import Hotline
from bot.screens.links import copy_number
from bot.screens.screen import Html, Rows
from bot.screens.voice import Voice


def lines_for(voice: Voice, content: Content, kind: str) -> Html:
    """Return the hotlines for a kind of danger with who answers; general ones for any other."""
    return Html(
        "\n".join(
            voice.say(
                "care.hotline",
                number=line.number,
                name=line.name.get(voice.tongue),
                about=line.about.get(voice.tongue),
            )
            for line in _for(content, kind)
        )
    )


def copy_rows(voice: Voice, content: Content, kind: str) -> Rows:
    """Return a row of buttons that copy those numbers."""
    return (tuple(copy_number(voice, line.number) for line in _for(content, kind)),)


def _for(content: Content, kind: str) -> list[Hotline]:
    return [content.hotline[line] for line in content.care(kind).hotlines]
