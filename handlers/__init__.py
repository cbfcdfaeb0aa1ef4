"""The one table of routes: what the bot can be told, and who answers. Read it first."""

from collections.abc import Awaitable, Callable

from bot.database import Database
from bot.language.khmer import fold
from bot.people.staff import NotAllowedError
from bot.screens.taps import StaleError
from bot.timekeeper import Chore, Wake
from bot.turn import Services, Turn
from handlers import start
from handlers.announcements import chores as announcements_chores
from handlers.announcements import desk as announcement_desk
from handlers.announcements import subscriptions
from handlers.answering import ask, topics
from handlers.careers import careers, directory, pathway, plans, women
from handlers.desk import chores as desk_chores
from handlers.desk import colleagues, figures, team
from handlers.desk import home as desk_home
from handlers.events import calendar, feeds, form
from handlers.events import chores as events_chores
from handlers.events import desk as event_desk
from handlers.home import chores as home_chores
from handlers.home import language, menu, other, privacy, profile
from handlers.mentoring import chores as mentoring_chores
from handlers.mentoring import (
    guardians,
    introductions,
    mentors,
    notices,
    oversight,
    relay,
    vetting,
)
from handlers.questions import additions, inbox, low_ratings
from handlers.questions import chores as questions_chores
from handlers.safety import care, cases
from handlers.safety import chores as safety_chores

Handler = Callable[[Turn, str], Awaitable[None]]

# /command -> handler; the argument is what follows the command.
COMMANDS: dict[str, Handler] = {
    "start": start.begin,
    "menu": menu.home,
    "path": pathway.begin,
    "careers": careers.fields,
    "ask": ask.invite,
    "topics": topics.topics,
    "find": directory.shelves,
    "family": women.family,
    "events": calendar.upcoming,
    "help": care.help_now,
    "language": language.choose,
    "me": profile.card,
    "privacy": privacy.card,
    "mentor": introductions.home,
    "desk": desk_home.desk,
    "announce": announcement_desk.begin,
}

# prefix of the callback data -> handler; the argument is what follows the colon.
BUTTONS: dict[str, Handler] = {
    "go": menu.go,
    "lang": language.chosen,
    "me": profile.tapped,
    "topics": topics.topics,
    "topic": topics.topic,
    "faq": ask.entry,
    "rate": ask.rate,
    "path": pathway.tapped,
    "jobs": careers.list_tapped,
    "job": careers.tapped,
    "plan": plans.tapped,
    "none": ask.none_of_these,
    "dir": directory.tapped,
    "women": women.women,
    "story": women.story,
    "family": women.family,
    "care": care.tapped,
    "data": privacy.tapped,
    "desk": desk_home.tapped,
    "case": cases.tapped,
    "intro": introductions.tapped,
    "guard": guardians.tapped,
    "ment": mentors.tapped,
    "talk": relay.tapped,
    "vet": vetting.tapped,
    "over": oversight.tapped,
    "ev": calendar.tapped,
    "evd": event_desk.tapped,
    "evf": form.tapped,
    "evs": feeds.tapped,
    "cast": announcement_desk.tapped,
    "news": subscriptions.tapped,
    "group": inbox.tapped,
    "learn": additions.tapped,
    "doubt": low_ratings.tapped,
    "fig": figures.tapped,
    "team": team.tapped,
    "audit": team.log,
}

# what buttons in old chats send -> what they send today.
RENAMED = {"go:language": "lang:choose"}

# what the conversation awaits -> handler of the next text.
AWAITED: dict[str, Handler] = {
    "answer": inbox.wrote,
    "learn": additions.wrote,
    "desk_note": colleagues.noted,
    "desk_name": team.named,
    "case": cases.wrote,
    "alias": introductions.named,
    "hope": introductions.hoped,
    "mentor_form": mentors.wrote,
    "talk": relay.said,
    "evidence": vetting.evidence,
    "attest": oversight.attested,
    "rewrite": oversight.rewritten,
    "event": form.wrote,
    "event_block": form.wrote_block,
    "event_move": event_desk.wrote_time,
    "feed": feeds.wrote,
    "announce": announcement_desk.wrote,
}

# what the conversation awaits -> handler of the next photo; other photos are not looked at.
AWAITED_PICTURES: dict[str, Handler] = {
    "announce": announcement_desk.pictured,
}


# The chores of each feature: what is done when its time has come, whether or not anybody writes.
_CHORES = (
    announcements_chores, questions_chores, desk_chores, safety_chores, home_chores,
    mentoring_chores, events_chores,
)  # fmt: skip


def chores(services: Services, database: Database, wake: Wake) -> tuple[Chore, ...]:
    """Return every chore of the bot; `wake` tells the courier that something was staged."""
    return tuple(chore for module in _CHORES for chore in module.chores(services, database, wake))


async def take(turn: Turn) -> None:
    """Give a turn to its handler. The order below matters and says why."""
    if turn.new:
        await turn.count("new", "person")
    try:
        await _route(turn)
    except StaleError:
        await menu.stale(turn, "")
    except NotAllowedError:
        # Who guesses a command or forges a button hears what she would hear of any that does
        # not exist, and changes nothing.
        await (menu.stale if turn.heard.kind == "button" else menu.unknown)(turn, "")
    await notices.tell_news(turn.session, turn.services, turn.coordinators, turn.now)


async def _route(turn: Turn) -> None:
    heard = turn.heard
    if heard.kind == "button":
        await _tapped(turn)
        return
    if heard.kind in ("left", "returned"):
        await other.came_or_went(turn)
        return
    awaiting = (turn.conversation.awaiting or {}).get("for", "")
    # A coordinator's own words to a girl speak of danger by nature: they are not a cry for help.
    writes_as_staff = turn.is_coordinator and awaiting in AWAITED
    # What a mentor writes to a girl, edits included, is watched by the relay, which holds it.
    if relay.writes_as_mentor(turn) and heard.kind == "edited" and await relay.edited(turn):
        return
    watched = not writes_as_staff and not relay.writes_as_mentor(turn)
    # Danger comes before everything else, in every state, captions and edits included.
    if heard.text and watched and await care.watch(turn):
        await relay.girl_in_danger(turn)
        return
    # A command leaves whatever was awaited, so nobody is ever stuck.
    if heard.command is not None:
        name, argument = heard.command
        turn.conversation.awaiting = None
        await COMMANDS.get(name, menu.unknown)(turn, argument)
        return
    if heard.kind == "edited" and await relay.edited(turn):
        return
    if heard.media is not None and await relay.media(turn):
        return
    if heard.picture is not None and awaiting in AWAITED_PICTURES:
        await AWAITED_PICTURES[awaiting](turn, heard.picture)
        return
    if heard.media is not None and not heard.text:
        await other.media(turn)
        return
    if awaiting in AWAITED and heard.kind == "text":
        await AWAITED[awaiting](turn, heard.text)
        return
    # The number or the words of a button do what the button does.
    if (data := _button_meant(turn)) is not None:
        await _press(turn, data)
        return
    # After a danger message, "ok" and "I'm scared" are not questions for the FAQ.
    if await care.in_care(turn):
        return
    if not await introductions.wished(turn):
        await ask.question(turn, heard.text)


async def _tapped(turn: Turn) -> None:
    turn.conversation.awaiting = None
    await _press(turn, turn.heard.data)


async def _press(turn: Turn, data: str) -> None:
    prefix, _, argument = RENAMED.get(data, data).partition(":")
    await BUTTONS.get(prefix, menu.stale)(turn, argument)


def _button_meant(turn: Turn) -> str | None:
    words = fold(turn.heard.text)
    shown = turn.conversation.buttons
    if words.isdigit() and len(words) < 3 and 1 <= int(words) <= len(shown):
        return str(shown[int(words) - 1][1])
    for label, data in shown:
        if words and words == fold(label):
            return str(data)
    return None
