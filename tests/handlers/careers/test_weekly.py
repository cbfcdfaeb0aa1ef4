"""The step of the week: checked off, asked about by who wishes it, and never for long in vain."""

from bot.careers.tables import WeeklyStep
from tests.handlers.scenes import tells_that_she_is_too_young, with_her_age
from tests.stage import ENGLISH_STUDENT, Stage


async def _checked_off(stage: Stage, *, asks: bool = True) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("/menu")
    await srey.forge("plan:show:nurse:en")
    await srey.tap("step.yes")
    srey.sees("step.did")
    if asks:
        await with_her_age(srey, "step.ask")
        srey.sees("step.will_ask")


async def test_a_step_is_checked_off_and_stands_on_the_plan(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await _checked_off(stage, asks=False)
    await srey.tap("career.plan")
    srey.sees("plan.step_done", day="24 November 2026")


async def test_a_step_that_was_checked_off_too_early_is_taken_back(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await _checked_off(stage, asks=False)
    stage.later(seconds=3)
    await srey.tap("step.undo")
    srey.sees("plan.step")
    srey.does_not_see("plan.step_done")
    assert srey.offers("step.yes")
    # On the plan as well, in the week of the step; then comes the next.
    stage.later(seconds=3)
    await srey.tap("step.yes")
    await srey.tap("career.plan")
    assert not srey.offers("step.yes")
    stage.later(seconds=3)
    await srey.tap("step.undo")
    srey.does_not_see("plan.step_done")
    stage.later(seconds=3)
    await srey.tap("step.yes")
    stage.later(days=7)
    await srey.forge("plan:show:nurse:en")
    assert srey.offers("step.yes")
    assert not srey.offers("step.undo")


async def test_who_takes_a_step_back_is_asked_all_the_same(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await _checked_off(stage)
    await srey.tap("career.plan")
    stage.later(seconds=3)
    await srey.tap("step.undo")
    await stage.strikes_after(days=7)
    srey.sees("step.question")


async def test_who_types_plan_reads_the_plan_on_which_she_is(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("/menu")
    await srey.forge("plan:show:nurse:en")
    await srey.tap("career.save")
    for words in ("plan", "my plan", "ផែនការ", "ផែនការរបស់ខ្ញុំ"):
        await srey.send(words)
        assert any("nurse" in data for data in srey.was_shown() if data.startswith("plan:did"))
        srey.sees("plan.step", "km" if words.startswith("ផ") else "en")
    # Of several that she keeps, that of the step which she did last.
    await srey.forge("job:save:pilot:en")
    await srey.send("plan")
    srey.sees("saved.text")
    await srey.forge("plan:did:nurse:en")
    await srey.send("plan")
    srey.sees("plan.step")


async def test_nobody_is_asked_who_did_not_say_so(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await _checked_off(stage, asks=False)
    srey.forgets()
    await stage.strikes_after(days=8)
    srey.does_not_see("step.question")


async def test_she_is_asked_kindly_a_week_later_and_no_answer_is_wrong(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await _checked_off(stage)
    await stage.strikes_after(days=6)
    srey.does_not_see("step.question")
    await stage.strikes_after(days=1)
    srey.sees("step.question")
    assert srey.offers("back.home")
    await srey.tap("step.not_yet")
    srey.sees("step.fine")
    await stage.strikes_after(days=7)
    srey.sees("step.question")
    await srey.tap("step.yes")
    srey.sees("step.did_again")
    await srey.tap("step.stop")
    srey.sees("step.no_more")
    await stage.strikes_after(days=8)
    srey.does_not_see("step.question")


async def test_at_night_nobody_is_asked(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await _checked_off(stage)
    await stage.strikes_after(days=6, hours=23)
    await stage.strikes_after(hours=14)
    srey.does_not_see("step.question")
    await stage.strikes_after(hours=9)
    srey.sees("step.question")


async def test_after_two_questions_without_an_answer_it_ends_and_says_so(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await _checked_off(stage)
    for _ in range(2):
        srey.forgets()
        await stage.strikes_after(days=7)
        srey.sees("step.question")
    srey.forgets()
    await stage.strikes_after(days=7)
    srey.sees("step.over")
    srey.does_not_see("step.question")
    assert srey.offers("back.home")
    srey.forgets()
    await stage.strikes_after(days=7)
    assert not srey.news()
    await with_her_age(srey, "step.ask")
    srey.sees("step.will_ask")


async def test_who_told_since_that_she_is_too_young_is_asked_no_more(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await _checked_off(stage)
    await tells_that_she_is_too_young(stage, ENGLISH_STUDENT)
    await stage.strikes_after(days=7, hours=1)
    srey.does_not_see("step.question")
    async with stage.database.read() as session:
        assert (await session.get_one(WeeklyStep, ENGLISH_STUDENT)).ask_at_utc is None
