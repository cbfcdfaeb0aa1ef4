"""What a girl chooses to hear: she switches a kind off or on, says what interests her."""

from bot.announcements import subscriptions
from bot.announcements.subscriptions import OPTIONAL, TRACKS
from bot.refusals import StaleError
from bot.screens.paging import Page
from bot.screens.screen import Button, Screen, in_rows
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.announcements.taps import (
    FIELD,
    INTERESTS,
    SWITCH_OFF,
    SWITCH_ON,
    TRACK,
    UNMUTE,
)
from handlers.doors import HELP, SUBSCRIPTIONS, homewards, to_more

# What is asked in fixed words (content/requests.yaml) and leads here.
NO_MESSAGES = "no-messages"
# With the track and the way on, as many as a phone shows.
FIELDS_A_PAGE = 6


def card_screen(voice: Voice, muted: frozenset[str]) -> Screen:
    """Return the kinds of messages, ticked where they are on."""
    return Screen(
        voice.say("news.card"),
        (
            *(
                (
                    voice.button(
                        "news.off" if kind in muted else "news.on",
                        SWITCH_ON(kind) if kind in muted else SWITCH_OFF(kind),
                        kind=voice.label(f"news.kind.{kind}"),
                    ),
                )
                for kind in OPTIONAL
            ),
            (voice.button("news.interests_button", INTERESTS(0)),),
            to_more(voice),
        ),
    )


def muted_screen(voice: Voice, kind: str) -> Screen:
    """Return what is said after "no more of these"."""
    return Screen(
        voice.say("news.muted", kind=voice.label(f"news.kind.{kind}")),
        (
            (voice.button("news.unmute", UNMUTE(kind)),),
            (voice.button("news.settings", SUBSCRIPTIONS()), voice.button("home.help", HELP())),
            homewards(voice),
        ),
    )


def interests_screen(voice: Voice, page: Page[tuple[str, str]], mine: frozenset[str]) -> Screen:
    """Return a page of the fields of work, ticked where they interest her; ids and labels."""
    buttons = [
        Button(f"{'✅' if i in mine else '⬜'} {label}", FIELD(i, page.number))
        for i, label in page.items
    ]
    more = (voice.button("page.next", INTERESTS(page.after)),) if page.pages > 1 else ()
    return Screen(
        voice.say("news.interests"),
        (
            *in_rows(buttons),
            (voice.button("news.track_button", TRACK(None)), *more),
            homewards(voice, voice.button("back.news", SUBSCRIPTIONS())),
        ),
    )


def track_screen(voice: Voice, mine: frozenset[str]) -> Screen:
    """Return the choice of a track."""
    buttons = [
        Button(f"{'✅' if t in mine else '⬜'} {voice.label(f'track.{t}')}", TRACK(t))
        for t in TRACKS
    ]
    return Screen(
        voice.say("news.track"),
        (
            tuple(buttons),
            (voice.button("me.rather_not", TRACK("none")),),
            homewards(voice, voice.button("back.topic", INTERESTS(0))),
        ),
    )


def back_screen(voice: Voice, kinds: frozenset[str]) -> Screen:
    """Return what /start says to somebody who had switched kinds off."""
    names = ", ".join(voice.label(f"news.kind.{k}") for k in OPTIONAL if k in kinds)
    return Screen(
        voice.say("news.back", kinds=names),
        ((voice.button("news.settings", SUBSCRIPTIONS()),), homewards(voice)),
    )


async def card(turn: Turn, _argument: str = "") -> None:
    """Show what she may hear, kind by kind."""
    await _card(turn, turn.voice)


async def asked_to_stop(turn: Turn) -> None:
    """Show it to one who asked in words to be written to no more, in the language of her words."""
    await _card(turn, turn.voice_for(turn.heard.text))


async def _card(turn: Turn, voice: Voice) -> None:
    off = await subscriptions.muted(turn.session, turn.person.id)
    await turn.show(card_screen(voice, off))


async def mute(turn: Turn, kind: str) -> None:
    """Switch off below the announcement, which stays to be read again."""
    await subscriptions.mute(turn.actor, kind)
    await turn.show(muted_screen(turn.voice, kind), new_message=True)


async def unmute(turn: Turn, kind: str) -> None:
    """Switch on again below an announcement."""
    await subscriptions.unmute(turn.session, turn.person.id, kind)
    shown = turn.voice.say("news.unmuted", kind=turn.voice.label(f"news.kind.{kind}"))
    settings = (turn.voice.button("news.settings", SUBSCRIPTIONS()),)
    await turn.show(Screen(shown, (settings, homewards(turn.voice))))


async def switch_on(turn: Turn, kind: str) -> None:
    """Switch a kind on, on the card."""
    await subscriptions.unmute(turn.session, turn.person.id, kind)
    await card(turn)


async def switch_off(turn: Turn, kind: str) -> None:
    """Switch a kind off, on the card."""
    await subscriptions.mute(turn.actor, kind)
    await card(turn)


async def interests(turn: Turn, number: int) -> None:
    """Show a page of the fields of work, to choose what interests her."""
    voice = turn.voice
    fields = [
        (f.id, f"{f.emoji} {f.label.get(voice.tongue)}") for f in turn.services.content.fields
    ]
    mine = await subscriptions.interests(turn.session, turn.person.id, "field")
    page = Page.around(fields, number, FIELDS_A_PAGE)
    await turn.show(interests_screen(voice, page, mine))


async def toggle_field(turn: Turn, field: str, number: int) -> None:
    """Add a field of work to her interests, or take it out."""
    if field not in turn.services.content.field:
        raise StaleError
    await subscriptions.toggle_field(turn.session, turn.person.id, field)
    await interests(turn, number)


async def track(turn: Turn, chosen: str | None) -> None:
    """Show the tracks, after keeping the one she chose."""
    if chosen is not None:
        await subscriptions.choose_track(turn.session, turn.person.id, chosen)
    mine = await subscriptions.interests(turn.session, turn.person.id, "track")
    await turn.show(track_screen(turn.voice, mine))
