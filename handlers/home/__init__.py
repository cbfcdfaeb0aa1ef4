"""Home, the language, what she told about herself, privacy."""

from handlers.feature import Feature
from handlers.home import chores, language, menu, privacy, profile

FEATURE = Feature(
    "home",
    commands={
        "menu": menu.home,
        "language": language.choose,
        "me": profile.card,
        "privacy": privacy.card,
    },
    legacy_buttons={
        "go": menu.go,
        "lang": language.chosen,
        "me": profile.tapped,
        "data": privacy.tapped,
    },
    duties=chores.DUTIES,
)
