"""What those who hold a place are told: a place came free, something changed, it is cancelled."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from bot.content import Content
from bot.events.notices import Notice
from bot.screens.screen import Screen, paragraphs
from bot.screens.voice import Voice
from bot.turn import Turn, tell
from handlers.events.screens import head_text, when_text


def notice_screen(voice: Voice, content: Content, notice: Notice, zone: ZoneInfo) -> Screen:
    """Return what one person is told about one date."""
    of = notice.of
    was = when_text(voice, notice.was or of.starts, None, zone, all_day=of.all_day)
    details = (voice.button("event.details", f"ev:o:{of.date_id}:"),)
    rows = [details]
    if notice.kind != "cancelled":
        rows.insert(0, (voice.button("event.not", f"ev:n:{of.date_id}:"),))
    return Screen(
        paragraphs(
            voice.say(f"note.{notice.kind}", was=was),
            head_text(voice, content, of, zone),
            voice.say("note.others", others=voice.number(notice.others)) if notice.others else "",
        ),
        tuple(rows),
    )


async def announce(turn: Turn, notices: Iterable[Notice]) -> int:
    """Tell everybody of a change; return how many are told. At night it makes no sound."""
    services, told = turn.services, 0
    for notice in notices:
        screen = notice_screen(
            services.voice(notice.tongue), services.content, notice, services.settings.zone
        )
        await tell(
            turn.session, notice.person_id, screen, notice.key, turn.now, silent=notice.quiet
        )
        told += 1
    return told
