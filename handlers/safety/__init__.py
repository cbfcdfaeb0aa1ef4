"""Care for a girl in danger, and the cases that coordinators take."""

from handlers.feature import Feature
from handlers.safety import care, cases, chores

FEATURE = Feature(
    "safety",
    commands={
        "help": care.help_now,
    },
    legacy_buttons={
        "care": care.tapped,
        "case": cases.tapped,
    },
    legacy_awaited={
        "case": cases.wrote,
    },
    duties=chores.DUTIES,
)
