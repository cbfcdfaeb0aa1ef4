"""Calendars of others on the desk: follow, stop, and look at what they bring."""

from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from bot.events import feeds
from bot.events.details import KINDS
from bot.events.feeds import Offer, Reading
from bot.events.ical import CalendarProblemError
from bot.events.tables import EventFeed
from bot.language.words import shorten
from bot.people.staff import require_coordinator
from bot.screens.screen import LONGEST_LABEL, Button, Screen
from bot.screens.taps import StaleError
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.events.form import number_of
from handlers.events.notices import announce
from handlers.events.screens import when_text

MODES = ("once", "often")


def list_screen(voice: Voice, found: list[EventFeed], offers: int) -> Screen:
    """Return every feed, and how much waits for a look."""
    rows = [
        (Button(shorten(f"{'⚠️ ' if f.failure else ''}{host_of(f.url)}", LONGEST_LABEL),
                f"evs:open:{f.id}"),)
        for f in found
    ]  # fmt: skip
    waiting = voice.number(offers)
    return Screen(
        voice.say("feeds.list", total=voice.number(len(found)), offers=waiting),
        (
            *rows,
            (voice.button("feeds.offers", "evs:offers", offers=waiting),) if offers else (),
            (voice.button("feeds.add", "evs:add"), voice.button("eventdesk.back", "evd:list:0")),
        ),
    )


def host_of(url: str) -> str:
    """Return the server of an address."""
    return urlsplit(url).hostname or url


def feed_screen(voice: Voice, feed: EventFeed, zone: ZoneInfo) -> Screen:
    """Return one feed and how it fares."""
    read = voice.moment(feed.read_at_utc, zone) if feed.read_at_utc else voice.label("feeds.never")
    text = voice.say(
        "feeds.feed", host=host_of(feed.url), url=shorten(feed.url, 200),
        kind=voice.label(f"event.kind.{feed.kind}"), read=read,
    )  # fmt: skip
    if feed.failure:
        problem = voice.label(f"feedproblem.{feed.failure}")
        text = type(text)(f"{text}\n{voice.say('feeds.failing', problem=problem)}")
    back = (voice.button("feeds.back", "evs:list"),)
    return Screen(text, ((voice.button("feeds.drop", f"evs:drop:{feed.id}"),), back))


def offer_screen(voice: Voice, offer: Offer, zone: ZoneInfo) -> Screen:
    """Return something of a feed that waits for a coordinator's eyes."""
    return Screen(
        voice.say(
            "feeds.offer",
            head=voice.say("feeds.offer.new" if offer.new else "feeds.offer.words"),
            kind=voice.label(f"event.kind.{offer.kind}"),
            title=offer.title,
            when=when_text(voice, offer.starts, None, zone, all_day=offer.all_day),
            place=offer.place or voice.label("eventform.nothing"),
            text=offer.text,
        ),
        (
            (
                voice.button("feeds.accept", f"evs:yes:{offer.event_id}"),
                voice.button("feeds.reject", f"evs:no:{offer.event_id}"),
            ),
            (voice.button("feeds.back", "evs:list"),),
        ),
    )


def reading_screen(voice: Voice, url: str, reading: Reading) -> Screen:
    """Return what became of reading a feed, for the one who added it."""
    back = (voice.button("eventdesk.feeds", "evs:list"),)
    if reading.problem:
        problem = voice.label(f"feedproblem.{reading.problem}")
        return Screen(voice.say("feeds.failed", host=host_of(url), problem=problem), (back,))
    if not reading.new:
        return Screen(voice.say("feeds.read_nothing", host=host_of(url)), (back,))
    new = voice.number(reading.new)
    look = (voice.button("feeds.offers", "evs:offers", offers=new),)
    return Screen(voice.say("feeds.read", host=host_of(url), new=new), (look, back))


async def tapped(turn: Turn, argument: str) -> None:
    """Follow a button of the feeds."""
    require_coordinator(turn.person.id, turn.coordinators)
    what, _, rest = argument.partition(":")
    if what == "list":
        await _list(turn)
    elif what == "add":
        await _choose(turn, "feeds.kind", {f"event.kind.{k}": f"evs:kind:{k}" for k in KINDS})
    elif what == "kind" and rest in KINDS:
        await _choose(turn, "feeds.mode", {f"feeds.{m}": f"evs:mode:{rest}:{m}" for m in MODES})
    elif what == "mode":
        await _await_address(turn, *rest.partition(":")[::2])
    elif what in ("open", "drop"):
        await _feed(turn, number_of(rest), stop=what == "drop")
    elif what == "offers":
        await _next_offer(turn)
    elif what in ("yes", "no"):
        await _decide(turn, number_of(rest), accept=what == "yes")
    else:
        raise StaleError


async def _list(turn: Turn) -> None:
    found = await feeds.feeds(turn.session, turn.person.id, turn.coordinators)
    offers = await feeds.offers(turn.session, turn.person.id, turn.coordinators, turn.now)
    await turn.show(list_screen(turn.voice, found, len(offers)))


async def _choose(turn: Turn, question: str, choices: dict[str, str]) -> None:
    voice = turn.voice
    rows = [(voice.button(key, data),) for key, data in choices.items()]
    back = (voice.button("feeds.back", "evs:list"),)
    await turn.show(Screen(voice.say(question), (*rows, back)))


async def _await_address(turn: Turn, kind: str, mode: str) -> None:
    if kind not in KINDS or mode not in MODES:
        raise StaleError
    turn.conversation.awaiting = {"for": "feed", "kind": kind, "once": mode == "once"}
    await turn.show(Screen(turn.voice.say("feeds.address")), new_message=True)


async def wrote(turn: Turn, text: str) -> None:
    """Take the address of a feed; it is read soon, outside of this turn."""
    awaiting = turn.conversation.awaiting or {}
    voice = turn.voice
    try:
        await feeds.subscribe(
            turn.session, turn.person.id, turn.coordinators, text, str(awaiting["kind"]),
            turn.now, once=bool(awaiting["once"]),
            anywhere=turn.services.settings.feeds_anywhere,
        )  # fmt: skip
    except CalendarProblemError as error:
        problem = voice.label(f"feedproblem.{error}")
        await turn.show(Screen(voice.say("feeds.failing", problem=problem)))
        return
    turn.conversation.awaiting = None
    back = (voice.button("feeds.back", "evs:list"),)
    await turn.show(Screen(voice.say("feeds.added"), (back,)))


async def _feed(turn: Turn, feed_id: int, *, stop: bool) -> None:
    voice, who = turn.voice, (turn.person.id, turn.coordinators)
    back = (voice.button("feeds.back", "evs:list"),)
    if stop:
        done = await feeds.unsubscribe(turn.session, *who, feed_id, turn.now)
        await turn.show(Screen(voice.say("feeds.dropped" if done else "feeds.gone"), (back,)))
        return
    found = {f.id: f for f in await feeds.feeds(turn.session, *who)}
    if feed_id in found:
        await turn.show(feed_screen(voice, found[feed_id], turn.services.settings.zone))
    else:
        await turn.show(Screen(voice.say("feeds.gone"), (back,)))


async def _next_offer(turn: Turn) -> None:
    """Show the soonest that waits; after each decision the next follows."""
    voice = turn.voice
    waiting = await feeds.offers(turn.session, turn.person.id, turn.coordinators, turn.now)
    if waiting:
        await turn.show(offer_screen(voice, waiting[0], turn.services.settings.zone))
        return
    back = (voice.button("feeds.back", "evs:list"),)
    await turn.show(Screen(voice.say("feeds.no_offers"), (back,)))


async def _decide(turn: Turn, event_id: int, *, accept: bool) -> None:
    who = (turn.person.id, turn.coordinators)
    if not accept:
        await feeds.reject(turn.session, *who, event_id, turn.now)
        await _next_offer(turn)
        return
    zone = turn.services.settings.zone
    notices = await feeds.accept(turn.session, *who, event_id, turn.now, zone)
    if notices is None:
        await _next_offer(turn)
        return
    await announce(turn, notices)
    voice = turn.voice
    await turn.show(
        Screen(
            voice.say("feeds.accepted"),
            (
                (voice.button("eventdesk.edit", f"evf:edit:{event_id}"),),
                (voice.button("feeds.next", "evs:offers"),),
            ),
        )
    )
