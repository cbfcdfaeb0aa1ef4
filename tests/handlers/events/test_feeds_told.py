"""Of every address that is sent, something is said: at once, or within a minute."""

import pytest

from bot.events import feed_reading
from tests.chat import Chat
from tests.stage import SECOND_COORDINATOR, Stage, StartStage


async def _asks_to_follow(nary: Chat, address: str) -> None:
    await nary.send("/desk")
    for key in ("desk.events", "eventdesk.feeds", "feeds.add", "event.kind.talk", "feeds.often"):
        await nary.tap(key)
    await nary.send(address)


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("http://127.0.0.1:9/x.ics", "not_https"),
        ("https://127.0.0.1/x.ics", "private_address"),
        ("https://[::1]/x.ics", "private_address"),
        ("https://10.1.2.3/x.ics", "private_address"),
        ("https://localhost/x.ics", "private_address"),
        ("https://calendar.local/x.ics", "private_address"),
        ("https://intranet/x.ics", "private_address"),
    ],
)
async def test_what_leads_inward_is_refused_at_once(
    stage: Stage, address: str, problem: str
) -> None:
    nary = stage.person(SECOND_COORDINATOR)
    await _asks_to_follow(nary, address)
    nary.sees(f"feedproblem.{problem}")
    nary.does_not_see("feeds.added")


async def test_what_cannot_be_reached_is_told_each_time_it_is_sent(
    start_stage: StartStage,
) -> None:
    stage = await start_stage(feeds_anywhere=True)
    nary = stage.person(SECOND_COORDINATOR)
    for _ in range(2):
        await _asks_to_follow(nary, "http://127.0.0.1:9/x.ics")
        nary.sees("feeds.added")
        await stage.strikes_after(seconds=15)
        nary.sees("feeds.failed", problem=nary.words("feedproblem.unreachable"))


async def test_what_breaks_while_it_is_read_is_told_too(
    start_stage: StartStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = await start_stage(feeds_anywhere=True)
    nary = stage.person(SECOND_COORDINATOR)

    async def breaks(*_: object) -> None:
        raise RuntimeError

    await _asks_to_follow(nary, "http://127.0.0.1:9/x.ics")
    monkeypatch.setattr(feed_reading, "begin", breaks)
    await stage.strikes_after(seconds=15)
    nary.sees("feeds.failed", problem=nary.words("feedproblem.not_a_calendar"))


async def test_the_kind_of_a_calendar_may_be_written_and_what_is_none_is_no_question(
    stage: Stage,
) -> None:
    nary = stage.person(SECOND_COORDINATOR)
    await nary.send("/desk")
    for key in ("desk.events", "eventdesk.feeds", "feeds.add"):
        await nary.tap(key)
    await nary.send("dev")
    nary.sees("form.tap_one")
    nary.sees("feeds.kind")
    await nary.send("exam")
    nary.sees("feeds.mode")
    await nary.send("follow it")
    nary.sees("feeds.address")
