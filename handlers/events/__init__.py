"""Events, from the calendar and from the desk."""

from bot.screens.taps import Data
from handlers.events import calendar, chores, desk, feeds, form
from handlers.feature import Feature

FEATURE = Feature(
    "events",
    commands={
        "events": calendar.upcoming,
    },
    legacy_buttons={
        "ev": calendar.tapped,
        "evd": desk.tapped,
        "evf": form.tapped,
        "evs": feeds.tapped,
    },
    legacy_awaited={
        "event": form.wrote,
        "event_block": form.wrote_block,
        "event_move": desk.wrote_time,
        "feed": feeds.wrote,
    },
    duties=chores.DUTIES,
    desk=(("desk.events", Data("evd:list:0")),),
)
