"""The numbers of the bot as Prometheus reads them. No ids: labels are a few words of ours.

`prometheus_client` takes a tenth of a second to load, so it is, the first time somebody asks.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.database import Database, copies
from bot.measures import Measures, Spread
from bot.queues import depth
from bot.queues.depth import Depth
from bot.queues.outbox import Lane
from bot.safety import figures as cases
from bot.settings import Settings
from bot.version import VERSION

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


@dataclass(frozen=True)
class Waiting:
    """What waits in the database at a moment, and how old the newest copy of it is."""

    now: datetime
    inbox: Depth
    outbox: dict[Lane, Depth]
    cases: Depth
    # when the last drill began in which somebody was there in time
    drilled_at: datetime | None
    copied_at: datetime | None
    bytes: int


async def read(database: Database, settings: Settings, now: datetime) -> Waiting:
    """Look at what waits now."""
    async with database.read() as session:
        inbox = await depth.of_inbox(session)
        outbox = await depth.of_outbox(session, now)
        calls = await cases.waiting_since(session)
        drilled_at = await cases.drill_in_time_at(session)
    newest = None
    if not database.is_shared:
        newest = copies.newest(copies.folder_of(settings, database.file), now)
    return Waiting(
        now, inbox, outbox, Depth(len(calls), min(calls, default=None)), drilled_at,
        newest.at if newest else None, await database.size(),
    )  # fmt: skip


def text(measures: Measures, waiting: Waiting | None, troubles: tuple[str, ...]) -> bytes:
    """Return the page; what waits is left out where the database cannot be read."""
    from prometheus_client import ProcessCollector, generate_latest

    class Page:
        """All of it, in the order in which it is read."""

        def collect(self) -> Iterator[Any]:
            """Yield every family of numbers."""
            yield from _of_process(measures, troubles)
            if waiting is not None:
                yield from _of_database(waiting)
            yield from ProcessCollector(registry=None).collect()

    return generate_latest(Page())


def _of_process(measures: Measures, troubles: tuple[str, ...]) -> Iterator[Any]:
    from prometheus_client.core import CounterMetricFamily as Counter
    from prometheus_client.core import GaugeMetricFamily as Gauge

    info = Gauge("bongsrey_info", "Which release runs.", labels=["version"])
    info.add_metric([VERSION], 1)
    yield info
    yield Gauge("bongsrey_ready", "1 where nothing is in trouble.", value=float(not troubles))
    turns = Counter("bongsrey_turns", "Updates that were taken.", labels=["outcome"])
    for outcome in ("done", "failed", "again"):
        turns.add_metric([outcome], measures.turns[outcome])
    yield turns
    yield _histogram("turn", "How long a turn took.", [], [([], measures.turn_seconds)])
    decisions = Counter(
        "bongsrey_decisions", "What was decided about what people wrote.", labels=["kind", "key"]
    )
    for (kind, key), times in sorted(measures.decisions.items()):
        decisions.add_metric([kind, key], times)
    yield decisions
    deliveries = Counter(
        "bongsrey_deliveries", "Tries to deliver, by how they ended.", labels=["lane", "outcome"]
    )
    for (lane, outcome), times in sorted(measures.deliveries.items()):
        deliveries.add_metric([lane, outcome], times)
    yield deliveries
    floods = sum(n for (_, outcome), n in measures.deliveries.items() if outcome == "flood")
    yield Counter("bongsrey_floods", "How often Telegram answered 429.", value=floods)
    spreads = [([lane], spread) for lane, spread in sorted(measures.delivery_seconds.items())]
    yield _histogram("delivery", "From staged to sent.", ["lane"], spreads)


def _histogram(
    name: str, says: str, labels: list[str], spreads: list[tuple[list[str], Spread]]
) -> Any:
    from prometheus_client.core import HistogramMetricFamily

    family = HistogramMetricFamily(f"bongsrey_{name}_seconds", says, labels=labels)
    for values, spread in spreads:
        family.add_metric(values, spread.up_to(), spread.seconds)
    return family


def _of_database(waiting: Waiting) -> Iterator[Any]:
    from prometheus_client.core import GaugeMetricFamily as Gauge

    queues = {"inbox": waiting.inbox}
    queues |= {f"outbox_{lane.name.lower()}": found for lane, found in waiting.outbox.items()}
    deep = Gauge("bongsrey_queue_depth", "How much waits and is due.", labels=["queue"])
    old = Gauge("bongsrey_queue_age_seconds", "How long the first waits.", labels=["queue"])
    for name, found in queues.items():
        deep.add_metric([name], found.waiting)
        old.add_metric([name], found.seconds(waiting.now))
    yield deep
    yield old
    yield Gauge(
        "bongsrey_alerts_waiting", "Calls for a person that no coordinator has taken.",
        value=waiting.cases.waiting,
    )  # fmt: skip
    yield Gauge(
        "bongsrey_alerts_age_seconds", "How long the first of them waits.",
        value=waiting.cases.seconds(waiting.now),
    )  # fmt: skip
    yield Gauge("bongsrey_database_bytes", "How large the database is.", value=waiting.bytes)
    yield Gauge(
        "bongsrey_drill_age_seconds", "How long ago a drill was answered in time.",
        value=_age(waiting.drilled_at, waiting.now),
    )  # fmt: skip
    yield Gauge(
        "bongsrey_backup_age_seconds", "How old the newest copy is.",
        value=_age(waiting.copied_at, waiting.now),
    )  # fmt: skip


def _age(at: datetime | None, now: datetime) -> float:
    """Return how long ago something was; for ever where it never was."""
    return math.inf if at is None else max((now - at).total_seconds(), 0.0)
