"""What the organisation may choose about mentoring, taken from the settings in one place."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from bot.quiet_hours import QuietHours
from bot.settings import Settings

# minors: under 18 a guardian agrees. everyone: adults' guardians too. school: the school holds
# every guardian's consent on paper, and a coordinator's approval records it.
ConsentPolicy = Literal["minors", "everyone", "school"]


@dataclass(frozen=True)
class Policy:
    """The rules of one organisation; the defaults are the safe ones."""

    consent: ConsentPolicy = "minors"
    nudge_after: timedelta = timedelta(hours=24)
    offer_lasts: timedelta = timedelta(hours=72)
    remind_every: timedelta = timedelta(hours=48)
    request_lasts: timedelta = timedelta(days=14)
    talk_lasts: timedelta = timedelta(days=28)
    ask_before_end: timedelta = timedelta(days=7)
    clearance_lasts: timedelta = timedelta(days=365)
    transcript_lasts: timedelta = timedelta(days=90)
    quiet: QuietHours = QuietHours(time(20), time(6))
    sample_percent: int = 10
    messages_a_day: int = 40
    zone: ZoneInfo = ZoneInfo("Asia/Phnom_Penh")

    @staticmethod
    def of(settings: Settings) -> "Policy":
        """Return the policy that the settings choose."""
        return Policy(
            consent=settings.guardian_consent,
            nudge_after=timedelta(hours=settings.mentor_nudge_hours),
            offer_lasts=timedelta(hours=settings.mentor_offer_hours),
            request_lasts=timedelta(days=settings.mentor_request_days),
            talk_lasts=timedelta(days=settings.mentor_talk_days),
            ask_before_end=timedelta(days=settings.mentor_talk_days / 4),
            clearance_lasts=timedelta(days=settings.mentor_clearance_days),
            transcript_lasts=timedelta(days=settings.mentor_transcript_days),
            quiet=QuietHours(*settings.mentor_quiet_hours),
            sample_percent=settings.mentor_sample_percent,
            messages_a_day=settings.mentor_messages_a_day,
            zone=settings.zone,
        )

    def morning_after(self, now: datetime) -> datetime | None:
        """Return when the quiet hours that hold at `now` are over; None outside of them."""
        return self.quiet.over(now, self.zone)
