"""How mentoring reads a text: the one place that asks the filter."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.mentoring.contact_filter import look

# alert: words of an adult that look like an approach; stopped, and a coordinator is called
Verdict = Literal["pass", "hold", "stop", "alert"]


@dataclass(frozen=True)
class Reading:
    """What was found in a text: a verdict, and the reason that the sender is told."""

    verdict: Verdict
    reason: str = ""

    @property
    def barred(self) -> bool:
        """Whether it may not pass at all."""
        return self.verdict in ("stop", "alert")


def read(text: str, before: Sequence[str] = ()) -> Reading:
    """Return what is found in a text, read together with what its writer wrote before."""
    finding = look(text, before)
    return Reading(finding.verdict, finding.reason)
