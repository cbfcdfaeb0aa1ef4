"""What those who hold a place are told: a place came free, something changed, it is cancelled."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.content import Content
from bot.database import Session
from bot.events.listing import Shown
from bot.events.notices import Notice
from bot.screens.screen import Screen, paragraphs
from bot.screens.voice import Voice
from bot.turn import Services, tell, voice_to
from handlers.events.screens import head_text, when_text
from handlers.events.taps import OPEN, STAY


def notice_screen(voice: Voice, content: Content, notice: Notice, zone: ZoneInfo) -> Screen:
    """Return what one person is told about one date."""
    happening = notice.happening
    was = when_text(voice, notice.was or happening.starts, None, zone, all_day=happening.all_day)
    rows = [(voice.button("event.details", OPEN(happening.date_id, Shown())),)]
    if notice.kind != "cancelled":
        rows.insert(0, (voice.button("event.not", STAY(happening.date_id, Shown())),))
    return Screen(
        paragraphs(
            voice.say(f"note.{notice.kind}", was=was),
            head_text(voice, content, happening, zone),
            voice.say("note.others", others=voice.number(notice.others)) if notice.others else "",
        ),
        tuple(rows),
    )


async def announce(
    session: Session, services: Services, notices: Iterable[Notice], now: datetime
) -> int:
    """Tell everybody of a change; return how many are told. At night it makes no sound."""
    told = 0
    for notice in notices:
        voice = await voice_to(session, services, notice.person_id, notice.tongue)
        screen = notice_screen(voice, services.content, notice, services.settings.zone)
        await tell(session, notice.person_id, screen, notice.key, now, silent=notice.quiet)
        told += 1
    return told
