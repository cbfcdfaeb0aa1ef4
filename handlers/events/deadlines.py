"""Reminders of the last day to apply for what she keeps, and the switch that ends them."""

from collections.abc import Iterable
from datetime import date

from bot.careers import directory
from bot.careers.directory import Item
from bot.database import Database
from bot.events import deadlines
from bot.events.deadlines import Ready
from bot.people import chats
from bot.queues.outbox import Lane
from bot.screens.screen import Screen, paragraphs
from bot.screens.voice import Voice
from bot.timekeeper import Wake
from bot.turn import Services, Turn, tell, voice_to
from handlers.doors import ASKED, DEADLINES, SAVED, homewards


def reminder_screen(voice: Voice, item: Item, last: date, today: date, *, late: bool) -> Screen:
    """Return a reminder; how long it is until then is told as it is now, late or not."""
    days = (last - today).days
    key = "days" if days > 1 else "tomorrow" if days == 1 else "today"
    opens = ASKED(directory.kind_of(item), item.id, "about", voice.tongue)
    return Screen(
        paragraphs(
            voice.say(f"reminder.{key}", days=voice.number(days)),
            voice.say("deadline.text", name=item.name.get(voice.tongue), when=voice.weekday(last)),
            voice.say("reminder.late") if late else "",
        ),
        (
            (voice.button("deadline.look", opens),),
            (voice.button("deadline.off", DEADLINES("off")),),
            homewards(voice),
        ),
    )


def switched_screen(voice: Voice, on: bool) -> Screen:
    """Return whether she is reminded from now on, and the way to choose otherwise."""
    other = ("deadline.off", "off") if on else ("deadline.on", "on")
    return Screen(
        voice.say("deadline.are_on" if on else "deadline.are_off"),
        (
            (voice.button("saved.list", SAVED(0)),),
            (voice.button(other[0], DEADLINES(other[1])),),
            homewards(voice),
        ),
    )


async def switch(turn: Turn, wanted: str) -> None:
    """Switch the reminders of last days on or off, below what she reads."""
    await deadlines.switch(turn.actor, on=wanted == "on")
    await turn.show(switched_screen(turn.voice, wanted == "on"), new_message=True)


async def remind(services: Services, database: Database, wake: Wake) -> None:
    """Stage every reminder of a last day whose time has come."""
    now, zone = services.clock(), services.settings.zone
    today = now.astimezone(zone).date()
    for item_id, last in deadlines.closing(services.content.school_year, today).items():
        # In small transactions, so that nobody's question waits for a thousand reminders.
        after: int | None = chats.BEFORE_ALL
        while after is not None:
            async with database.read() as session:
                page = await deadlines.page(session, item_id, last, now, zone, after)
            if page.ready:
                await _stage(services, database, page.ready, today)
                wake()
            after = page.after


async def _stage(
    services: Services, database: Database, ready: Iterable[Ready], today: date
) -> None:
    now = services.clock()
    async with database.write() as session:
        for one in ready:
            item = directory.item(services.content, one.item_id)
            if item is None:
                raise ValueError(f"a date of the school year is of {one.item_id}, which is gone")
            voice = await voice_to(session, services, one.person_id, one.tongue)
            screen = reminder_screen(voice, item, one.last, today, late=one.late)
            await tell(
                session, one.person_id, screen, one.key, now, Lane.REMINDER, expires=one.until
            )
