"""The numbers that a girl in danger may need, as they are shown with who answers."""

from bot.content import Content
from bot.screens.screen import Html
from bot.screens.voice import Voice


def hotline_lines(voice: Voice, content: Content, ids: tuple[str, ...]) -> Html:
    """Return the hotlines with who answers."""
    lines = [content.hotline[i] for i in ids]
    return Html(
        "\n".join(
            voice.say(
                "care.hotline",
                number=line.number,
                name=line.name.get(voice.tongue),
                about=line.about.get(voice.tongue),
            )
            for line in lines
        )
    )


def lines_for(voice: Voice, content: Content, kind: str) -> Html:
    """Return the hotlines for a kind of danger; the general ones for any other."""
    return hotline_lines(voice, content, content.care(kind).hotlines)
