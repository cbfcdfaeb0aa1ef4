"""What the poster of a week says, for the team's group."""

from datetime import date, datetime

from bot.desk.poster import Number, Poster, Waiting
from bot.queues.messages import Drawing
from bot.screens.drawing import Recipe
from bot.screens.voice import Voice
from bot.small_counts import FEWEST_SHOWN


def poster_message(voice: Voice, poster: Poster, now: datetime, today: date) -> Drawing:
    """Return the poster as a picture, with what it may be used for."""
    caption = voice.say("poster.caption", few=voice.number(FEWEST_SHOWN))
    return Drawing(poster_recipe(voice, poster, now, today), caption)


def poster_recipe(voice: Voice, poster: Poster, now: datetime, today: date) -> Recipe:
    """Return how a poster is to be drawn: words, nothing else."""
    waiting = [_waiting(voice, of, now) for of in poster.waiting]
    parts = [
        {"heading": voice.label("poster.waiting", day=voice.short_day(today)), "lines": waiting}
    ]
    if poster.gaps:
        names = ", ".join(label.get(voice.tongue) for label in poster.gaps)
        parts.append({"heading": voice.label("poster.gaps"), "lines": [names]})
    return {
        "draw": "poster",
        "title": voice.label("poster.title"),
        "dates": voice.label(
            "poster.dates", first=voice.day(poster.first), last=voice.day(poster.last)
        ),
        "tiles": [_tile(voice, number) for number in poster.numbers],
        "parts": parts,
        "foot": voice.label("poster.foot", few=voice.number(FEWEST_SHOWN)),
    }


def _tile(voice: Voice, of: Number) -> Recipe:
    tile: Recipe = {"label": voice.label(f"poster.{of.name}"), "change": _change(voice, of)}
    if of.now is None:
        return tile | {"words": _few(voice)}
    return tile | {"number": voice.number(of.now), "way": _way(of)}


def _way(of: Number) -> str:
    if of.now is None or of.before is None or of.now == of.before:
        return ""
    return "up" if of.now > of.before else "down"


def _change(voice: Voice, of: Number) -> str:
    """Return what changed; a number that may not be shown is not to be reckoned from it."""
    if of.before is None:
        return voice.label("poster.before", n=_few(voice))
    if of.now is None:
        return voice.label("poster.before", n=voice.number(of.before))
    if of.now == of.before:
        return voice.label("poster.same")
    key = "poster.more" if of.now > of.before else "poster.fewer"
    return voice.label(key, n=voice.number(abs(of.now - of.before)))


def _waiting(voice: Voice, of: Waiting, now: datetime) -> str:
    what = voice.label(f"poster.wait_{of.name}")
    if of.since is None:
        return voice.label("poster.nobody", what=what)
    n = _few(voice) if of.girls is None else voice.number(of.girls)
    return voice.label("poster.line", what=what, n=n, since=voice.since(of.since, now))


def _few(voice: Voice) -> str:
    return voice.label("poster.few", few=voice.number(FEWEST_SHOWN))
