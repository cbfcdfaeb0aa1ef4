"""Calendars of others on the desk: follow, stop, and look at what they bring."""

from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from bot.events import feeds, offers
from bot.events.details import KINDS
from bot.events.feed_reading import Reading
from bot.events.feeds import Feed
from bot.events.ical.problems import CalendarProblemError
from bot.events.ical.reading import LeftOut
from bot.events.offers import Offer
from bot.language.words import shorten
from bot.refusals import RefusedError
from bot.rights import May
from bot.screens.screen import LONGEST_LABEL, Button, Html, Screen
from bot.screens.sure import sure_screen
from bot.screens.taps import Data
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.doors import ANNOUNCE_EVENT
from handlers.events.awaiting import Address, FeedChoice
from handlers.events.notices import announce
from handlers.events.screens import when_text
from handlers.events.taps import (
    ACCEPT,
    ADD_FEED,
    EDIT,
    EVENTS,
    FEED,
    FEED_KIND,
    FEED_MODE,
    FEEDS,
    OFFERS,
    REJECT,
    UNFOLLOW,
)

MODES = ("once", "often")
MOST_LEFT_OUT = 10


def list_screen(voice: Voice, found: list[Feed], offered: int) -> Screen:
    """Return every feed, and how much waits for a look."""
    rows = [
        (
            Button(
                shorten(f"{'⚠️ ' if f.failure else ''}{host_of(f.url)}", LONGEST_LABEL), FEED(f.id)
            ),
        )
        for f in found
    ]
    waiting = voice.number(offered)
    return Screen(
        voice.say("feeds.list", total=voice.number(len(found)), offers=waiting),
        (
            *rows,
            (voice.button("feeds.offers", OFFERS(), offers=waiting),) if offered else (),
            (
                voice.button("feeds.add", ADD_FEED()),
                voice.button("eventdesk.back", EVENTS.again()),
            ),
        ),
    )


def host_of(url: str) -> str:
    """Return the server of an address."""
    return urlsplit(url).hostname or url


def feed_screen(voice: Voice, feed: Feed, zone: ZoneInfo) -> Screen:
    """Return one feed and how it fares."""
    read = voice.moment(feed.read_at, zone) if feed.read_at else voice.label("feeds.never")
    text = voice.say(
        "feeds.feed",
        host=host_of(feed.url),
        url=shorten(feed.url, 200),
        kind=voice.label(f"event.kind.{feed.kind}"),
        read=read,
    )
    if feed.failure:
        problem = voice.label(f"feedproblem.{feed.failure}")
        text = Html(f"{text}\n{voice.say('feeds.failing', problem=problem)}")
    text = _with_left_out(voice, text, feed.left_out)
    return Screen(text, ((voice.button("feeds.drop", UNFOLLOW(feed.id, False)),), _back(voice)))


def offer_screen(voice: Voice, offer: Offer, zone: ZoneInfo) -> Screen:
    """Return something of a feed that waits for a coordinator's eyes."""
    return Screen(
        voice.say(
            "feeds.offer",
            head=voice.say("feeds.offer.new" if offer.new else "feeds.offer.words"),
            kind=voice.label(f"event.kind.{offer.kind}"),
            title=offer.title,
            when=when_text(voice, offer.starts, offer.ends, zone, all_day=offer.all_day),
            place=offer.place or voice.label("eventform.nothing"),
            text=offer.text,
        ),
        (
            (
                voice.button("feeds.accept", ACCEPT(offer.event_id)),
                voice.button("feeds.reject", REJECT(offer.event_id)),
            ),
            _back(voice),
        ),
    )


def reading_screen(voice: Voice, url: str, reading: Reading) -> Screen:
    """Return what became of reading a feed, for the one who added it."""
    back = (voice.button("eventdesk.feeds", FEEDS()),)
    if reading.problem:
        problem = voice.label(f"feedproblem.{reading.problem}")
        return Screen(voice.say("feeds.failed", host=host_of(url), problem=problem), (back,))
    if not reading.new:
        text = voice.say("feeds.read_nothing", host=host_of(url))
        return Screen(_with_left_out(voice, text, reading.left_out), (back,))
    new = voice.number(reading.new)
    look = (voice.button("feeds.offers", OFFERS(), offers=new),)
    text = voice.say("feeds.read", host=host_of(url), new=new)
    return Screen(_with_left_out(voice, text, reading.left_out), (look, back))


def _with_left_out(voice: Voice, text: Html, left_out: tuple[LeftOut, ...]) -> Html:
    """Return the text, and below it which events could not be read and why."""
    if not left_out:
        return text
    lines = [text, voice.say("feeds.left_out", total=voice.number(len(left_out)))]
    for left in left_out[:MOST_LEFT_OUT]:
        title = left.title or voice.label("feeds.left_out.untitled")
        why = voice.label(f"feedleft.{left.why}")
        lines.append(voice.say("feeds.left_out.one", title=title, why=why))
    if (more := len(left_out) - MOST_LEFT_OUT) > 0:
        lines.append(voice.say("feeds.left_out.more", more=voice.number(more)))
    return Html("\n".join(lines))


async def followed(turn: Turn) -> None:
    """Show every feed, and how much waits for a look."""
    found = await feeds.feeds(turn.actor)
    await turn.show(list_screen(turn.voice, found, await offers.how_many(turn.actor)))


async def add(turn: Turn) -> None:
    """Ask of which kind the events of a new feed are."""
    turn.expect(FeedChoice())
    await _choose(turn, "feeds.kind", {f"event.kind.{kind}": FEED_KIND(kind) for kind in KINDS})


async def of_kind(turn: Turn, kind: str) -> None:
    """Ask whether a new feed is read once or for good."""
    turn.expect(FeedChoice(kind))
    await _choose(turn, "feeds.mode", {f"feeds.{mode}": FEED_MODE(kind, mode) for mode in MODES})


async def wrote_no_choice(turn: Turn, asked: FeedChoice, _text: str) -> None:
    """Ask again for what is chosen with a button."""
    turn.actor.require(May.EVENTS)
    turn.aside = Screen(turn.voice.say("form.tap_one"))
    await (add(turn) if asked.kind is None else of_kind(turn, asked.kind))


async def _choose(turn: Turn, question: str, choices: dict[str, Data]) -> None:
    voice = turn.voice
    rows = [(voice.button(key, data),) for key, data in choices.items()]
    await turn.show(Screen(voice.say(question), (*rows, _back(voice))))


async def ask_address(turn: Turn, kind: str, mode: str) -> None:
    """Ask for the address of a new feed."""
    turn.expect(Address(kind, once=mode == "once"))
    await turn.show(
        Screen(turn.voice.say("feeds.address"), ((turn.voice.button("back.desk", FEEDS()),),)),
        new_message=True,
    )


async def wrote(turn: Turn, asked: Address, text: str) -> None:
    """Take the address of a feed; it is read soon, outside of this turn.

    One that is sent right after it takes its place, unless that could be read.
    """
    voice = turn.voice
    read = {f.id for f in await feeds.feeds(turn.actor) if f.read_at is not None}
    try:
        feed_id = await feeds.subscribe(
            turn.actor,
            text,
            asked.kind,
            once=asked.once,
            anywhere=turn.services.settings.feeds_anywhere,
            instead_of=asked.again,
        )
    except CalendarProblemError as error:
        problem = voice.label(f"feedproblem.{error}")
        raise RefusedError("feeds.failing", problem=problem) from None
    turn.expect(Address(asked.kind, asked.once, feed_id))
    said = "feeds.known" if feed_id in read else "feeds.added"
    await turn.show(Screen(voice.say(said), (_back(voice),)))


async def feed(turn: Turn, feed_id: int) -> None:
    """Show one feed."""
    turn.way_back = ("feeds.back", FEEDS())
    found = await feeds.find(turn.actor, feed_id)
    await turn.show(feed_screen(turn.voice, found, turn.services.settings.zone))


async def unfollow(turn: Turn, feed_id: int, sure: bool) -> None:
    """Stop reading a feed, once she is sure: what of it waits for a look goes."""
    turn.way_back = ("feeds.back", FEEDS())
    if not sure:
        host = host_of((await feeds.find(turn.actor, feed_id)).url)
        keep, yes = FEED(feed_id), UNFOLLOW(feed_id, True)
        await turn.show(sure_screen(turn.voice, "feeds.drop", keep, yes, host=host))
        return
    await feeds.unsubscribe(turn.actor, feed_id)
    await turn.show(Screen(turn.voice.say("feeds.dropped"), (_back(turn.voice),)))


async def next_offer(turn: Turn) -> None:
    """Show the soonest that waits; after each decision the next follows."""
    voice = turn.voice
    if waiting := await offers.waiting(turn.actor):
        await turn.show(offer_screen(voice, waiting[0], turn.services.settings.zone))
        return
    await turn.show(Screen(voice.say("feeds.no_offers"), (_back(voice),)))


async def reject(turn: Turn, event_id: int) -> None:
    """Leave out what a feed offers."""
    await offers.reject(turn.actor, event_id)
    await next_offer(turn)


async def accept(turn: Turn, event_id: int) -> None:
    """Take over what a feed offers."""
    notices = await offers.accept(turn.actor, event_id, turn.services.settings.zone)
    if notices is None:
        await next_offer(turn)
        return
    await announce(turn.session, turn.services, notices, turn.now)
    voice = turn.voice
    await turn.show(
        Screen(
            voice.say("feeds.accepted"),
            (
                (voice.button("eventdesk.announce", ANNOUNCE_EVENT(event_id)),),
                (voice.button("eventdesk.edit", EDIT(event_id)),),
                (voice.button("feeds.next", OFFERS()),),
            ),
        )
    )


def _back(voice: Voice) -> tuple[Button, ...]:
    return (voice.button("feeds.back", FEEDS()),)
