"""Says things in one language, with the words of `content/`, its digits and dates."""

from datetime import date, datetime
from html import escape
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, get_timezone_location

from bot.content.base import Tongue
from bot.screens.screen import Button, Html
from bot.small_counts import FEWEST_SHOWN

_KHMER_DIGITS = str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩")


class Voice:
    """Says things in one language, with the words of `content/locales`."""

    def __init__(self, locales: dict[Tongue, dict[str, str]], tongue: Tongue) -> None:
        self.tongue = tongue
        self._words = locales[tongue]

    def say(self, key: str, **values: object) -> Html:
        """Return the words for `key`, with every value escaped unless it is Html."""
        safe = {
            name: value if isinstance(value, Html) else escape(str(value), quote=False)
            for name, value in values.items()
        }
        return Html(self._words[key].format(**safe))

    def label(self, key: str, **values: object) -> str:
        """Return the words for a button, which are plain text."""
        return self._words[key].format(**values)

    def label_or(self, key: str, otherwise: str) -> str:
        """Return the words for `key`, or `otherwise` when there are none."""
        return self._words.get(key, otherwise)

    def button(self, key: str, data: str, **values: object) -> Button:
        """Return a button."""
        return Button(self.label(key, **values), data)

    def number(self, value: int) -> str:
        """Return a number in the digits of the language."""
        return str(value).translate(_KHMER_DIGITS) if self.tongue == "km" else str(value)

    def few(self) -> str:
        """Return the words for one to four."""
        return f"<{self.number(FEWEST_SHOWN)}"

    def amount(self, value: int | None) -> str:
        """Return a count as it may be shown: “<5” for one to four."""
        return self.number(value) if value is not None else self.few()

    def day(self, value: date) -> str:
        """Return a date in words."""
        text = format_date(value, "d MMMM y", locale=self.tongue)
        return text.translate(_KHMER_DIGITS) if self.tongue == "km" else text

    def weekday(self, value: date) -> str:
        """Return a date in words with its day of the week."""
        return self._digits(format_date(value, "EEEE d MMMM y", locale=self.tongue))

    def short_day(self, value: date) -> str:
        """Return a day and its month, short enough for a button."""
        return self._digits(format_date(value, "d MMM", locale=self.tongue))

    def month(self, value: date) -> str:
        """Return a month with its year."""
        return self._digits(format_date(value, "LLLL y", locale=self.tongue))

    def clock(self, value: datetime) -> str:
        """Return the time of day that `value` shows."""
        return self._digits(f"{value:%H:%M}")

    def city(self, zone: ZoneInfo) -> str:
        """Return the city that a zone is named after."""
        return get_timezone_location(zone, locale=self.tongue, return_city=True)

    def _digits(self, text: str) -> str:
        return text.translate(_KHMER_DIGITS) if self.tongue == "km" else text

    def moment(self, value: datetime, zone: ZoneInfo) -> str:
        """Return a time in words, in `zone`."""
        text = format_datetime(value, "d MMM, HH:mm", tzinfo=zone, locale=self.tongue)
        return text.translate(_KHMER_DIGITS) if self.tongue == "km" else text
