"""The small print under what states facts: its sources and when it was last reviewed."""

from datetime import date

from bot.content.base import Reviewed, newest_year
from bot.content.faq import Learned
from bot.content.people import RoleModel
from bot.screens.links import linked
from bot.screens.screen import Html
from bot.screens.voice import Voice


def source_note(voice: Voice, entry: Reviewed | RoleModel) -> Html:
    """Return where an answer comes from, to be opened, and of which year it is, folded small.

    Of a woman who is named it is said first on what ground she is.
    Facts that are past their review are said to be, for all to see; advice does not age.
    """
    lines = [
        voice.say("answer.source", title=linked(s.title, s.url), year=s.year)
        if s.year
        else voice.say("answer.source_undated", title=linked(s.title, s.url))
        for s in entry.sources
    ] or [
        voice.say("answer.by_coordinator", day=voice.day(entry.answered))
        if isinstance(entry, Learned)
        else voice.say("answer.no_source")
    ]
    if isinstance(entry, Reviewed):
        lines.append(_age(voice, entry))
    else:
        lines.insert(0, _ground(voice, entry))
    body = "\n".join(dict.fromkeys(lines))
    folded = Html(f"<blockquote expandable>{body}</blockquote>")
    if isinstance(entry, Reviewed) and _may_be_out(entry, voice.today):
        return Html(f"{voice.say('answer.expired')}\n{folded}")
    return folded


def _may_be_out(entry: Reviewed, today: date | None) -> bool:
    return bool(entry.sources) and today is not None and entry.review_due < today


def _age(voice: Voice, entry: Reviewed) -> Html:
    """Return of when its facts are: of the newest source, and not of the day it was read again."""
    if year := newest_year(entry.sources):
        return voice.say("answer.as_of", year=voice.number(year))
    if entry.sources:
        return voice.say("answer.age_unknown")
    if isinstance(entry, Learned) and not entry.read_by_two:
        return voice.say("answer.read_by_one")
    return voice.say("answer.reviewed", day=voice.day(entry.reviewed))


def _ground(voice: Voice, woman: RoleModel) -> Html:
    key = woman.ground.replace(" ", "_")
    return voice.say(f"women.ground.{key}", year=voice.number(woman.year))
