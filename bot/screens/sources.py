"""The small print under what states facts: its sources and when it was last reviewed."""

from bot.content.base import Reviewed
from bot.content.faq import Learned
from bot.content.people import RoleModel
from bot.screens.screen import Html
from bot.screens.voice import Voice


def source_note(voice: Voice, entry: Reviewed | RoleModel) -> Html:
    """Return where an answer comes from and when it was reviewed, folded small."""
    lines = [
        voice.say("answer.source", title=s.title, year=s.year)
        if s.year
        else voice.say("answer.source_undated", title=s.title)
        for s in entry.sources
    ] or [
        voice.say("answer.by_coordinator", day=voice.day(entry.answered))
        if isinstance(entry, Learned)
        else voice.say("answer.no_source")
    ]
    if isinstance(entry, Reviewed):
        lines.append(voice.say("answer.reviewed", day=voice.day(entry.reviewed)))
    body = "\n".join(dict.fromkeys(lines))
    return Html(f"<blockquote expandable>{body}</blockquote>")
