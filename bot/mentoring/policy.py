"""What the organisation may choose about mentoring, taken from the settings in one place."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

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
    quiet_from: time = time(20, 0)
    quiet_until: time = time(6, 0)
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
            quiet_from=settings.mentor_quiet_hours[0],
            quiet_until=settings.mentor_quiet_hours[1],
            sample_percent=settings.mentor_sample_percent,
            messages_a_day=settings.mentor_messages_a_day,
            zone=settings.zone,
        )

    def morning_after(self, now: datetime) -> datetime | None:
        """Return when the quiet hours that hold at `now` are over; None outside of them."""
        here = now.astimezone(self.zone)
        first, last = self.quiet_from, self.quiet_until
        if first == last:
            return None
        over = first > last
        quiet = here.time() >= first or here.time() < last if over else first <= here.time() < last
        if not quiet:
            return None
        day = here.date() + timedelta(days=1 if over and here.time() >= first else 0)
        return datetime.combine(day, last, tzinfo=self.zone)
