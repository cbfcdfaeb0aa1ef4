"""The coordinators' desk."""

from handlers.desk import chores, colleagues, figures, home, team
from handlers.feature import Feature

FEATURE = Feature(
    "desk",
    staff_commands={
        "desk": home.desk,
    },
    legacy_buttons={
        "desk": home.tapped,
        "fig": figures.tapped,
        "team": team.tapped,
        "audit": team.log,
    },
    legacy_awaited={
        "desk_note": colleagues.noted,
        "desk_name": team.named,
    },
    duties=chores.DUTIES,
)
