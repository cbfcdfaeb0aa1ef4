"""Says things in one language, with the words of `content/`, its digits and dates."""

from collections import ChainMap
from collections.abc import Mapping
from datetime import date, datetime
from html import escape
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, get_timezone_location

from bot.content import Content
from bot.content.base import BASE_TONGUE
from bot.screens.screen import Address, Button, Copied, Html
from bot.screens.taps import Data
from bot.small_counts import FEWEST_SHOWN

# As long as so many hours, how long since is said in hours.
_HOURS_SHOWN = 24
# Before the key of what girls read too, for how it is said to mentors, guardians, coordinators.
_TO_ADULTS = "adult."


def _put_in(words: str, values: Mapping[str, object]) -> Html:
    safe = {
        name: value if isinstance(value, Html) else escape(str(value), quote=False)
        for name, value in values.items()
    }
    return Html(words.format(**safe))


def in_every_language(content: Content, *keys: str) -> tuple[str, ...]:
    """Return the words for some keys in every language that has them, each once."""
    spoken = content.locales.values()
    return tuple(dict.fromkeys(words[key] for words in spoken for key in keys if key in words))


class Voice:
    """Says things in one language, with the words of `content/locales`.

    The base language speaks where the language is not known or has no words.
    """

    def __init__(
        self,
        content: Content,
        tongue: str | None,
        today: date | None = None,
        bot: str = "",
        *,
        adult: bool = False,
    ) -> None:
        """Take the words of one language.

        `today` lets it say what may have changed by then; `bot` is the user name, for links that
        open the bot. To an `adult` it says `adult.KEY` wherever there are such words for a key:
        without «ប្អូន», which is for girls.
        """
        self.today = today
        self.bot = bot
        self.adult = adult
        self.tongue = content.tongue(tongue)
        # the other languages by their own names
        self.others = {t: of.name for t, of in content.tongues.items() if t != self.tongue}
        self._words = ChainMap(content.locales[self.tongue], content.locales[BASE_TONGUE])
        self._locale = content.tongues[self.tongue].locale
        self._digit = str.maketrans("0123456789", content.tongues[self.tongue].digits)

    def say(self, key: str, **values: object) -> Html:
        """Return the words for `key`, with every value escaped unless it is Html."""
        return _put_in(self._words_for(key), values)

    def say_to_family(self, key: str, **values: object) -> tuple[Html, ...]:
        """Return the words for `key` in the base language, and in this one where it is another.

        They are passed on to somebody who need not read what her menus speak.
        """
        *_, base = self._words.maps
        return tuple(dict.fromkeys((_put_in(base[key], values), self.say(key, **values))))

    def label(self, key: str, **values: object) -> str:
        """Return the words for a button, which are plain text."""
        return self._words_for(key).format(**values)

    def _words_for(self, key: str) -> str:
        if (found := self._found(key)) is None:
            raise KeyError(key)
        return found

    def _found(self, key: str) -> str | None:
        if self.adult:
            # Her language without words for adults comes before another that has them.
            for words in self._words.maps:
                if (said := words.get(f"{_TO_ADULTS}{key}", words.get(key))) is not None:
                    return said
        return self._words.get(key)

    def to_adult(self, key: str) -> str | None:
        """Return what is said to an adult for a key, where she is one and it is said otherwise."""
        return self._words.get(f"{_TO_ADULTS}{key}") if self.adult else None

    def of_student(self, text: str) -> str:
        """Return words of the career path that speak to a girl; to an adult they speak of her."""
        return text.replace(self._words["path.you"], self.label("path.you"))

    def label_or(self, key: str, otherwise: str) -> str:
        """Return the words for `key`, or `otherwise` when there are none."""
        found = self._found(key)
        return otherwise if found is None else found

    def button(self, key: str, data: Data | Address | Copied, **values: object) -> Button:
        """Return a button."""
        return Button(self.label(key, **values), data)

    def number(self, value: int | str) -> str:
        """Return a number, or a year of study as “2025-26”, in the digits of the language."""
        return self._digits(str(value))

    def few(self) -> str:
        """Return the words for one to four."""
        return f"<{self.number(FEWEST_SHOWN)}"

    def amount(self, value: int | None) -> str:
        """Return a count as it may be shown: “<5” for one to four."""
        return self.number(value) if value is not None else self.few()

    def day(self, value: date) -> str:
        """Return a date in words."""
        return self._digits(format_date(value, "d MMMM y", locale=self._locale))

    def weekday(self, value: date) -> str:
        """Return a date in words with its day of the week."""
        return self._digits(format_date(value, "EEEE d MMMM y", locale=self._locale))

    def short_day(self, value: date) -> str:
        """Return a day and its month, short enough for a button."""
        return self._digits(format_date(value, "d MMM", locale=self._locale))

    def short_month(self, value: date) -> str:
        """Return a month without its year, short enough for a button."""
        return self._digits(format_date(value, "LLL", locale=self._locale))

    def month(self, value: date) -> str:
        """Return a month with its year."""
        return self._digits(format_date(value, "LLLL y", locale=self._locale))

    def clock(self, value: datetime) -> str:
        """Return the time of day that `value` shows."""
        return self._digits(f"{value:%H:%M}")

    def city(self, zone: ZoneInfo) -> str:
        """Return the city that a zone is named after."""
        return get_timezone_location(zone, locale=self._locale, return_city=True)

    def moment(self, value: datetime, zone: ZoneInfo) -> str:
        """Return a time in words, in `zone`."""
        text = format_datetime(value, "d MMM, HH:mm", tzinfo=zone, locale=self._locale)
        return self._digits(text)

    def since(self, then: datetime, now: datetime) -> str:
        """Return for how long something has been so: in hours at first, then in days."""
        hours = max(0, int((now - then).total_seconds() // 3600))
        if hours == 0:
            return self.label("since.now")
        if hours < _HOURS_SHOWN:
            return self.label("since.hours", n=self.number(hours))
        return self.label("since.days", n=self.number(round(hours / 24)))

    def counted(self, label: str, waiting: int) -> str:
        """Return a label with how much waits behind it, where anything does."""
        return f"{label} ({self.number(waiting)})" if waiting else label

    def _digits(self, text: str) -> str:
        return text.translate(self._digit)
