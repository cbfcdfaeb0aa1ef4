"""Writing an announcement: its words, its picture, what its button opens, a correction."""

from typing import Any

from bot.announcements import corrections, lifecycle
from bot.announcements.lifecycle import Desk, RefusedError
from bot.announcements.tables import Broadcast
from bot.language.words import shorten
from bot.screens.paging import page_row
from bot.screens.screen import LONGEST_LABEL, Button, Screen
from bot.screens.taps import StaleError
from bot.turn import Turn
from handlers.announcements import screens
from handlers.announcements.card import card, show_words
from handlers.answering.topics import ENTRIES_A_PAGE, TOPICS_A_PAGE

# what a button may open, beside an answer of the library; see `subscriptions.py`
TARGETS = ("home", "topics", "mine", "help")


async def started(turn: Turn, desk: Desk, kind: str) -> None:
    """Begin a draft and ask for its Khmer words."""
    broadcast = await lifecycle.begin(turn.session, desk, kind)
    await _ask(turn, broadcast, "km", first=True)


async def ask_words(turn: Turn, desk: Desk, number: int, tongue: str) -> None:
    """Ask for the words of one language."""
    broadcast = await lifecycle.draft(turn.session, desk, number)
    await _ask(turn, broadcast, "en" if tongue == "en" else "km")


async def _ask(turn: Turn, broadcast: Broadcast, tongue: str, *, first: bool = False) -> None:
    turn.conversation.awaiting = {
        "for": "announce", "part": tongue, "id": broadcast.id, "first": first,
    }  # fmt: skip
    now = broadcast.text_en if tongue == "en" else broadcast.text_km
    skip = turn.voice.button("cast.skip", f"cast:clear:{broadcast.id}:{tongue}:{int(first)}")
    await turn.show(screens.write_screen(turn.voice, f"cast.write_{tongue}", now, skip))


async def clear(turn: Turn, desk: Desk, number: int, rest: str) -> None:
    """Leave out the words of one language."""
    tongue, _, first = rest.partition(":")
    broadcast = await lifecycle.write(turn.session, desk, number, tongue, None)
    if tongue == "km" and first == "1":
        await _ask(turn, broadcast, "en")
        return
    await card(turn, desk, number, "")


async def wrote(turn: Turn, desk: Desk, asked: dict[str, Any], text: str) -> None:
    """Take words of a draft or of a correction, and go on."""
    number, part = int(asked["id"]), str(asked["part"])
    if part == "picture":
        raise RefusedError("cast.not_a_picture")
    if part.startswith("fix"):
        await _correction_written(turn, desk, asked, text)
        return
    broadcast = await lifecycle.write(turn.session, desk, number, part, text)
    turn.conversation.awaiting = None
    if part == "km" and asked.get("first"):
        await _ask(turn, broadcast, "en")
        return
    await card(turn, desk, number, "")


async def ask_picture(turn: Turn, desk: Desk, number: int, _rest: str) -> None:
    """Ask for a picture."""
    await lifecycle.draft(turn.session, desk, number)
    turn.conversation.awaiting = {"for": "announce", "part": "picture", "id": number}
    without = turn.voice.button("cast.no_picture", f"cast:nopic:{number}")
    await turn.show(screens.write_screen(turn.voice, "cast.picture", None, without))


async def no_picture(turn: Turn, desk: Desk, number: int, _rest: str) -> None:
    """Take the picture out."""
    await lifecycle.illustrate(turn.session, desk, number, None)
    await card(turn, desk, number, "")


async def ask_button(turn: Turn, desk: Desk, number: int, _rest: str) -> None:
    """Offer what the button may open."""
    await lifecycle.draft(turn.session, desk, number)
    voice = turn.voice
    rows = [(voice.button(f"news.open.{t}", f"cast:set:{number}:{t}"),) for t in TARGETS]
    rows.append((voice.button("cast.an_answer", f"cast:topics:{number}:0"),))
    rows.append((voice.button("cast.no_button", f"cast:set:{number}:none"),))
    rows.append((voice.button("cast.card", f"cast:card:{number}"),))
    await turn.show(Screen(voice.say("cast.button"), tuple(rows)))


async def topics(turn: Turn, _desk: Desk, number: int, rest: str) -> None:
    """Offer the topics of the library, to find an answer in."""
    voice, found = turn.voice, turn.services.content.topics
    shown, page, pages = _page(found, rest, TOPICS_A_PAGE)
    await turn.show(
        Screen(
            voice.say("cast.topics", page=voice.number(page + 1), pages=voice.number(pages)),
            (
                *(
                    (
                        Button(
                            f"{t.emoji} {t.label.get(voice.tongue)}",
                            f"cast:topic:{number}:{t.id}:0",
                        ),
                    )
                    for t in shown
                ),
                (*page_row(voice, f"cast:topics:{number}", page, pages),
                 voice.button("back.desk", f"cast:btn:{number}")),
            ),
        )
    )  # fmt: skip


async def topic(turn: Turn, _desk: Desk, number: int, rest: str) -> None:
    """Offer the answers of one topic."""
    name, _, at = rest.partition(":")
    voice = turn.voice
    shown, page, pages = _page(turn.services.content.in_topic(name), at, ENTRIES_A_PAGE)
    rows = [
        (
            Button(
                shorten(e.question.get(voice.tongue), LONGEST_LABEL),
                f"cast:set:{number}:faq:{e.id}",
            ),
        )
        for e in shown
    ]
    turning = page_row(voice, f"cast:topic:{number}:{name}", page, pages)
    back = voice.button("back.topics", f"cast:topics:{number}:0")
    head = voice.say("cast.entries", page=voice.number(page + 1), pages=voice.number(pages))
    await turn.show(Screen(head, (*rows, (*turning, back))))


def _page(items: Any, at: str, size: int) -> tuple[list[Any], int, int]:
    pages = max(1, -(-len(items) // size))
    page = min(int(at), pages - 1) if at.isdecimal() and len(at) < 4 else 0
    return list(items[page * size : (page + 1) * size]), page, pages


async def set_button(turn: Turn, desk: Desk, number: int, opens: str) -> None:
    """Set what the button opens."""
    what, _, entry = opens.partition(":")
    known = opens == "none" or opens in TARGETS
    if not known and not (what == "faq" and entry in turn.services.content.entries):
        raise StaleError
    chosen = None if opens == "none" else opens
    await lifecycle.open_with(turn.session, desk, number, chosen)
    await card(turn, desk, number, "")


async def ask_correction(turn: Turn, desk: Desk, number: int, _rest: str) -> None:
    """Ask for the corrected words, language by language as it was written."""
    broadcast = await lifecycle.find(turn.session, desk, number)
    await _ask_correction(turn, broadcast, "km" if broadcast.text_km else "en", None)


async def _ask_correction(
    turn: Turn, broadcast: Broadcast, tongue: str, khmer: str | None
) -> None:
    turn.conversation.awaiting = {
        "for": "announce", "part": f"fix_{tongue}", "id": broadcast.id, "km": khmer,
    }  # fmt: skip
    now = broadcast.text_en if tongue == "en" else broadcast.text_km
    keep = turn.voice.button("cast.keep", f"cast:card:{broadcast.id}")
    shown = screens.write_screen(turn.voice, f"cast.fix_{tongue}", now, keep)
    await turn.show(shown, new_message=True)


async def _correction_written(turn: Turn, desk: Desk, asked: dict[str, Any], text: str) -> None:
    number = int(asked["id"])
    khmer = text if asked["part"] == "fix_km" else asked.get("km")
    broadcast = await lifecycle.find(turn.session, desk, number)
    if asked["part"] == "fix_km" and broadcast.text_en:
        await corrections.propose(turn.session, desk, number, {"km": khmer, "en": None})
        await _ask_correction(turn, broadcast, "en", khmer)
        return
    english = text if asked["part"] == "fix_en" else None
    await corrections.propose(turn.session, desk, number, {"km": khmer, "en": english})
    turn.conversation.awaiting = None
    await show_words(turn, as_proposed(broadcast))
    await turn.show(screens.correction_screen(turn.voice, broadcast, 0, second=False))


def as_proposed(broadcast: Broadcast) -> Broadcast:
    """Return what an announcement would say with the proposed words; it is kept nowhere."""
    words = broadcast.proposal or {}
    return Broadcast(
        id=broadcast.id, kind=broadcast.kind, picture=broadcast.picture, opens=broadcast.opens,
        text_km=words.get("km"), text_en=words.get("en"),
    )  # fmt: skip
