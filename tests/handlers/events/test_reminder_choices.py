"""What she may choose for the reminders of a date."""

from datetime import timedelta

from bot.content import Content
from bot.screens.taps import Data
from bot.screens.voice import Voice
from handlers.events.screens import choice_rows


def test_no_reminder_is_offered_for_a_time_that_is_past(content: Content) -> None:
    voice = Voice(content, "en")

    def offered(days: int) -> list[str]:
        rows = choice_rows(voice, (), lambda m: Data(f"ev:r:{m}"), ahead=timedelta(days=days))
        return [str(button.data) for row in rows for button in row]

    assert "ev:r:10080" not in offered(5)
    assert offered(8) == ["ev:r:10080", *offered(5)]
