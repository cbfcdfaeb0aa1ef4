"""The processes on one server: one has a duty at a time, and they tell each other what is new."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from bot.database.line import Line
from bot.database.together import COURIER, DUTIES, STAGED
from bot.supervision import OneAtATime
from tests.postgres import Postgres


@asynccontextmanager
async def _open(url: str) -> AsyncIterator[Line]:
    line = Line(url)
    running = asyncio.create_task(line.run())
    try:
        yield line
    finally:
        running.cancel()
        await asyncio.wait([running])


async def _until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not is_so():
            await asyncio.sleep(0.01)


async def test_one_has_every_duty_and_another_takes_them_when_it_goes(
    postgres: Postgres,
) -> None:
    url = postgres.empty()
    async with _open(url) as second_to_come:
        async with _open(url) as first:
            await _until(lambda: first.has(COURIER) or second_to_come.has(COURIER))
            held = [line for line in (first, second_to_come) if line.has(COURIER)]
            assert len(held) == 1
        await _until(lambda: all(second_to_come.has(duty) for duty in DUTIES))


async def test_who_is_cut_off_knows_it_and_comes_again(
    postgres: Postgres, caplog: pytest.LogCaptureFixture
) -> None:
    url = postgres.empty()
    name = url.rpartition("/")[2]
    async with _open(url) as line:
        await line.gained(COURIER)
        cut = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"  # noqa: S608
        await asyncio.to_thread(postgres.execute, cut)
        await asyncio.wait_for(line.lost(COURIER), 60)
        assert line.troubles == ("no line to the other workers",)
        await asyncio.wait_for(line.gained(COURIER), 60)
        await _until(lambda: line.troubles == ())
    assert "no line to the other workers (no server answers there" in caplog.text


async def test_what_one_tells_the_others_hear_and_not_itself(postgres: Postgres) -> None:
    url, heard = postgres.empty(), list[str]()
    async with _open(url) as one, _open(url) as other:
        one.on(STAGED, lambda: heard.append("one"))
        other.on(STAGED, lambda: heard.append("other"))
        # What was told before a line is there is looked for once it is: then both listen.
        await _until(lambda: sorted(heard) == ["one", "other"])
        heard.clear()
        one.tell(STAGED)
        await _until(lambda: bool(heard))
        assert heard == ["other"]


async def test_a_part_stops_when_its_duty_goes_and_begins_again_when_it_comes_back(
    postgres: Postgres,
) -> None:
    url, begun, ended = postgres.empty(), 0, 0

    async def part() -> None:
        nonlocal begun, ended
        begun += 1
        try:
            await asyncio.Event().wait()
        finally:
            ended += 1

    async with _open(url) as line:
        once = OneAtATime(line, COURIER, part)
        running = asyncio.create_task(once.run())
        await _until(lambda: begun == 1)
        await asyncio.to_thread(postgres.restart)
        await _until(lambda: (begun, ended) == (2, 1))
        running.cancel()
        await asyncio.wait([running])
    assert ended == 2


async def test_who_waits_for_a_duty_stops_when_told_to(postgres: Postgres) -> None:
    line = Line(postgres.empty())

    async def part() -> None:
        raise AssertionError("it has no duty")

    once = OneAtATime(line, COURIER, part)
    running = asyncio.create_task(once.run())
    await asyncio.sleep(0)
    once.stop()
    await asyncio.wait_for(running, 60)
