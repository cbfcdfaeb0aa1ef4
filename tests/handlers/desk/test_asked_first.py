"""What a coordinator throws away is asked first, and is kept when she says so."""

from collections.abc import Awaitable, Callable

import pytest

from tests.chat import Chat
from tests.handlers import scenes
from tests.stage import SECOND_COORDINATOR, STUDENT, Stage

Scene = Callable[[Stage], Awaitable[Chat]]


async def _draft_of_an_event(stage: Stage) -> Chat:
    nary = stage.person(SECOND_COORDINATOR)
    await scenes.pastes_event(nary, "kind: workshop", "when: 01/12/2027 18:00")
    return nary


async def _invitation(stage: Stage) -> Chat:
    _, nary = await scenes.at_desk(stage)
    await nary.forge("team:as:full")
    return nary


async def _feed(stage: Stage) -> Chat:
    nary = stage.person(SECOND_COORDINATOR)
    await nary.send("/desk")
    await nary.tap("desk.events")
    await nary.tap("eventdesk.feeds")
    await nary.tap("feeds.add")
    await nary.tap("event.kind.workshop")
    await nary.tap("feeds.often")
    await nary.send("https://example.org/a.ics")
    return nary


async def _draft_of_an_answer(stage: Stage) -> Chat:
    await stage.person(STUDENT).send(scenes.UNKNOWN)
    bopha, _ = await scenes.at_desk(stage)
    await scenes.opens_question(bopha)
    await bopha.tap("desk.answer")
    await bopha.send("សេះបង្កង់មិនស្ម័គ្រចិត្តទេ។")
    await bopha.send("Zebras do not vote.")
    await bopha.tap("inbox.send")
    await bopha.tap("learn.add")
    return bopha


# how it comes about, what throws it away, what that asks, what opens it, what says that it is gone
THROWN_AWAY: dict[str, tuple[Scene, str, str, str, str]] = {
    "a draft of an event":
        (_draft_of_an_event, "evf:drop:1", "eventform.drop", "evf:show:1", "eventform.lost"),
    "an invitation":
        (_invitation, "team:revoke:1", "team.revoke", "team:list", ""),
    "a feed":
        (_feed, "evs:drop:1", "feeds.drop", "evs:open:1", "feeds.gone"),
    "a draft of an answer":
        (_draft_of_an_answer, "learn:withdraw:1", "learn.cancel", "learn:show:1", "learn.gone"),
}  # fmt: skip


@pytest.mark.parametrize("what", THROWN_AWAY)
async def test_it_goes_only_when_she_is_sure(stage: Stage, what: str) -> None:
    scene, drops, asks, opens, gone = THROWN_AWAY[what]
    who = await scene(stage)
    await who.forge(drops)
    who.sees(f"{asks}_sure")
    await who.tap("sure.keep")
    await who.forge(opens)
    if what == "an invitation":
        assert who.offers("team.revoke")
    else:
        who.does_not_see(gone)
    await who.forge(drops)
    await who.tap(f"{asks}_yes")
    await who.forge(opens)
    if what == "an invitation":
        assert not who.offers("team.revoke")
    else:
        who.sees(gone)


async def test_an_answer_that_is_live_is_withdrawn_once_she_is_sure(stage: Stage) -> None:
    bopha = await _draft_of_an_answer(stage)
    await bopha.send("សេះបង្កង់ស្ម័គ្រចិត្តទេ?")
    await bopha.send("Do zebras vote?")
    await bopha.forge("learn:topic:1:ai")
    await bopha.tap("learn.publish")
    await bopha.forge("learn:withdraw:1")
    bopha.sees("learn.withdraw_sure")
    await bopha.tap("sure.keep")
    assert bopha.offers("learn.withdraw")
