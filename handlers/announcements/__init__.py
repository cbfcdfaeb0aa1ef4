"""Announcements, as coordinators write them and as people receive them."""

from bot.screens.taps import Data
from handlers.announcements import chores, desk, subscriptions
from handlers.feature import Feature

FEATURE = Feature(
    "announcements",
    staff_commands={
        "announce": desk.begin,
    },
    legacy_buttons={
        "cast": desk.tapped,
        "news": subscriptions.tapped,
    },
    legacy_awaited={
        "announce": desk.wrote,
    },
    legacy_pictures={
        "announce": desk.pictured,
    },
    duties=chores.DUTIES,
    desk=(("desk.announcements", Data("cast:list:0")),),
)
