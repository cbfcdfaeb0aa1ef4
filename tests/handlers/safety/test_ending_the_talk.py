"""Who talks with a coordinator can end it herself: asked first, told at once, taken back."""

from bot.safety.cases import UNDO
from tests.chat import Chat
from tests.handlers.scenes import in_a_case
from tests.stage import Stage


async def _ends_it(srey: Chat) -> None:
    await srey.forge("case:stop")
    await srey.tap("case.stop_yes")


async def _calls_anew(stage: Stage, srey: Chat) -> None:
    stage.later(minutes=5)
    await srey.send("/help")
    await srey.tap("care.person")


async def _opens_the_cases(nary: Chat) -> None:
    await nary.send("/desk")
    await nary.tap("desk.cases")


async def test_she_ends_the_talk_and_the_coordinator_hears_it_at_once(stage: Stage) -> None:
    srey, bopha, _ = await in_a_case(stage)
    await srey.send("thank you")
    srey.sees("case.carried_taken")
    await srey.tap("case.stop")
    srey.sees("case.stop_sure")
    bopha.does_not_see("case.stopped_to_staff")
    await srey.tap("case.stop_yes")
    srey.sees("case.stopped")
    bopha.sees("case.stopped_to_staff", case=1, kind=bopha.words("kind.abuse"))
    await srey.send("what is AI?")
    srey.sees("answer.reviewed")
    bopha.does_not_see_words("what is AI?")
    await bopha.send("Are you well?")
    srey.does_not_see_words("Are you well?")


async def test_she_may_say_so_in_words_and_think_better_of_it(stage: Stage) -> None:
    srey, bopha, _ = await in_a_case(stage)
    for words in ("stop talking", "⏹ Stop talking", "ឈប់និយាយ"):
        await srey.send(words)
        srey.sees("case.stop_sure")
        srey.does_not_see("case.carried_taken")
    await srey.tap("case.go_on")
    await srey.send("I go on")
    bopha.sees_words("I go on")


async def test_within_a_minute_it_is_taken_back_and_the_same_coordinator_is_there(
    stage: Stage,
) -> None:
    srey, bopha, _ = await in_a_case(stage)
    await _ends_it(srey)
    stage.later(seconds=30)
    await srey.tap("case.call_on")
    srey.sees("case.call_taken")
    bopha.sees("case.alert_again")
    await srey.send("I am here again")
    bopha.sees_words("I am here again")


async def test_afterwards_she_can_be_asked_after_and_can_call_again(stage: Stage) -> None:
    srey, bopha, _ = await in_a_case(stage)
    await _ends_it(srey)
    await stage.strikes_after(seconds=UNDO.total_seconds(), minutes=5)
    await srey.tap("case.call_on")
    srey.sees("case.called_off_for_good")
    # The alert of before shows how it ended.
    await bopha.forge("case:ack:1")
    bopha.sees("case.stopped_to_staff", case=1)
    await bopha.tap("case.ask_after")
    srey.sees("case.asked_after")
    await srey.send("I am well, thanks")
    bopha.sees_words("I am well, thanks")


async def test_she_can_call_anew(stage: Stage) -> None:
    srey, bopha, _ = await in_a_case(stage)
    await _ends_it(srey)
    await _calls_anew(stage, srey)
    srey.sees("care.person_calling")
    bopha.sees("case.alert", case=2)


async def test_who_is_all_right_hears_that_the_person_is_still_there(stage: Stage) -> None:
    srey, bopha, _ = await in_a_case(stage)
    for words in ("I am all right", "ខ្ញុំមិនអីទេ"):
        await srey.send("thank you")
        await srey.send(words)
        bopha.sees_words(words)
        srey.sees("case.there_still")
    await srey.tap("case.stop")
    srey.sees("case.stop_sure")


async def test_a_talk_that_is_over_is_ended_no_more(stage: Stage) -> None:
    srey, _, _ = await in_a_case(stage)
    await _ends_it(srey)
    stage.later(minutes=2)
    await srey.forge("case:stop_yes")
    srey.sees("case.over")


async def test_what_she_ended_is_on_the_desk_until_somebody_asks_after_her(stage: Stage) -> None:
    srey, _, nary = await in_a_case(stage)
    await _ends_it(srey)
    await _opens_the_cases(nary)
    await nary.tap("desk.case_ended", case=1)
    nary.sees("case.stopped_to_staff", case=1)
    await nary.tap("case.ask_after")
    srey.sees("case.asked_after")
    await _opens_the_cases(nary)
    await nary.tap("desk.case_yours", case=1)


async def test_who_calls_anew_is_not_asked_after_what_she_ended(stage: Stage) -> None:
    srey, _, nary = await in_a_case(stage)
    await _ends_it(srey)
    await _calls_anew(stage, srey)
    await _opens_the_cases(nary)
    assert nary.offers("desk.case_waits", case=2)
    assert not nary.offers("desk.case_ended", case=1)
