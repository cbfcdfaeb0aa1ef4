"""The one table of routes: what the bot can be told, and who answers. Read it first."""

from collections.abc import Awaitable, Callable

from bot.language.khmer import fold
from bot.people import NotAllowedError
from bot.turn import Turn
from handlers import (
    announce,
    ask,
    browse,
    careers,
    cases,
    colleagues,
    desk,
    directory,
    doubts,
    event_desk,
    event_feeds,
    event_form,
    events,
    figures,
    guardians,
    inbox,
    introductions,
    language,
    learned,
    mailbox,
    mentors,
    menu,
    news,
    odd,
    oversight,
    pathway,
    plans,
    privacy,
    profile,
    relay,
    safety,
    start,
    team,
    vetting,
    women,
)

Handler = Callable[[Turn, str], Awaitable[None]]

# /command -> handler; the argument is what follows the command.
COMMANDS: dict[str, Handler] = {
    "start": start.begin,
    "menu": menu.home,
    "path": pathway.begin,
    "careers": careers.fields,
    "ask": ask.invite,
    "topics": browse.topics,
    "find": directory.shelves,
    "family": women.family,
    "events": events.upcoming,
    "help": safety.help_now,
    "language": language.choose,
    "me": profile.card,
    "privacy": privacy.card,
    "mentor": introductions.home,
    "desk": desk.desk,
    "announce": announce.begin,
}

# prefix of the callback data -> handler; the argument is what follows the colon.
BUTTONS: dict[str, Handler] = {
    "go": menu.go,
    "lang": language.chosen,
    "me": profile.tapped,
    "topics": browse.topics,
    "topic": browse.topic,
    "faq": ask.entry,
    "rate": ask.rate,
    "path": pathway.tapped,
    "jobs": careers.list_tapped,
    "job": careers.tapped,
    "plan": plans.tapped,
    "none": ask.none_of_these,
    "dir": directory.tapped,
    "women": women.women,
    "family": women.family,
    "care": safety.tapped,
    "data": privacy.tapped,
    "desk": desk.tapped,
    "case": cases.tapped,
    "intro": introductions.tapped,
    "guard": guardians.tapped,
    "ment": mentors.tapped,
    "talk": relay.tapped,
    "vet": vetting.tapped,
    "over": oversight.tapped,
    "ev": events.tapped,
    "evd": event_desk.tapped,
    "evf": event_form.tapped,
    "evs": event_feeds.tapped,
    "cast": announce.tapped,
    "news": mailbox.tapped,
    "group": inbox.tapped,
    "learn": learned.tapped,
    "doubt": doubts.tapped,
    "fig": figures.tapped,
    "team": team.tapped,
    "audit": team.log,
}

# what the conversation awaits -> handler of the next text.
AWAITED: dict[str, Handler] = {
    "answer": inbox.wrote,
    "learn": learned.wrote,
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
    "event": event_form.wrote,
    "event_block": event_form.wrote_block,
    "event_move": event_desk.wrote_time,
    "feed": event_feeds.wrote,
    "announce": announce.wrote,
}

# what the conversation awaits -> handler of the next photo; other photos are not looked at.
AWAITED_PICTURES: dict[str, Handler] = {
    "announce": announce.pictured,
}


async def take(turn: Turn) -> None:
    """Give a turn to its handler. The order below matters and says why."""
    if turn.new:
        await turn.count("new", "person")
    try:
        async with turn.session.begin_nested():
            await _route(turn)
    except NotAllowedError:
        # Who guesses a command or forges a button hears what she would hear of any that does
        # not exist, and changes nothing: what was done before it was seen is rolled back.
        await turn.begin_again()
        await (menu.stale if turn.heard.kind == "button" else menu.unknown)(turn, "")
    await news.tell_news(turn.session, turn.world, turn.coordinators, turn.now)


async def _route(turn: Turn) -> None:
    heard = turn.heard
    if heard.kind == "button":
        await _tapped(turn)
        return
    if heard.kind in ("left", "returned"):
        await odd.came_or_went(turn)
        return
    awaiting = (turn.conversation.awaiting or {}).get("for", "")
    # A coordinator's own words to a girl speak of danger by nature: they are not a cry for help.
    writes_as_staff = turn.is_coordinator and awaiting in AWAITED
    # What a mentor writes to a girl, edits included, is watched by the relay, which holds it.
    if relay.writes_as_mentor(turn) and heard.kind == "edited" and await relay.edited(turn):
        return
    watched = not writes_as_staff and not relay.writes_as_mentor(turn)
    # Danger comes before everything else, in every state, captions and edits included.
    if heard.text and watched and await safety.watch(turn):
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
        await odd.media(turn)
        return
    if awaiting in AWAITED and heard.kind == "text":
        await AWAITED[awaiting](turn, heard.text)
        return
    # The number or the words of a button do what the button does.
    if (data := _button_meant(turn)) is not None:
        await _press(turn, data)
        return
    # After a danger message, "ok" and "I'm scared" are not questions for the FAQ.
    if await safety.in_care(turn):
        return
    await ask.question(turn, heard.text)


async def _tapped(turn: Turn) -> None:
    turn.conversation.awaiting = None
    await _press(turn, turn.heard.data)


async def _press(turn: Turn, data: str) -> None:
    prefix, _, argument = data.partition(":")
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
