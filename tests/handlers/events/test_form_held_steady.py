"""Writing an event: old buttons take nothing away, and nothing goes out that was not seen."""

import pytest

from tests.chat import Chat, buttons_of
from tests.handlers.scenes import opens_event, pastes_event
from tests.stage import SECOND_COORDINATOR, Stage

TITLE, ENGLISH, ABOUT = "ថ្ងៃសរសេរកូដ", "A day of code", "Come and try to code."


async def _until_when(nary: Chat, *titles: str) -> None:
    await nary.send("/desk")
    for key in ("desk.events", "eventdesk.new", "event.kind.workshop"):
        await nary.tap(key)
    for words in titles or (TITLE, ENGLISH):
        await nary.send(words)
    await nary.send("មកសរសេរកូដ")
    await nary.send(ABOUT)
    nary.sees("eventform.ask.when")


async def _until_preview(nary: Chat, *titles: str) -> None:
    await _until_when(nary, *titles)
    await nary.send("25/12/2026 14:00")
    await nary.tap("eventform.online")
    await nary.send("Room 3")
    await nary.send("20")
    nary.sees("eventform.preview.new")


@pytest.mark.parametrize("old", ["places:g", "text_en:g"])
async def test_an_old_skip_takes_nothing_away(stage: Stage, old: str) -> None:
    nary = stage.person(SECOND_COORDINATOR)
    await _until_preview(nary)
    assert await nary.tap_data(f"evf:skip:1:{old}") == nary.words("form.earlier")
    nary.sees_words(ABOUT)
    nary.sees("eventform.preview.places", places=20)


async def test_in_the_middle_it_leads_back_to_what_is_asked(stage: Stage) -> None:
    nary = stage.person(SECOND_COORDINATOR)
    await _until_when(nary)
    await nary.tap_data("evf:skip:1:text_en:g")
    nary.sees("eventform.ask.when")
    await nary.send("25/12/2026 14:00")
    nary.sees("eventform.ask.where")


async def test_what_has_changed_since_the_preview_is_looked_at_again(stage: Stage) -> None:
    nary = stage.person(SECOND_COORDINATOR)
    await _until_preview(nary)
    shown = buttons_of(nary.sees("eventform.preview.new"))
    publish = next(data for _, data in shown if data.startswith("evf:save:"))
    await nary.tap("eventform.for_whom")
    await nary.tap("eventform.places")
    await nary.tap("eventform.skip")
    nary.sees("eventform.preview.new")
    await nary.forge(publish)
    nary.sees("eventform.changed")
    await nary.tap("eventform.publish")
    nary.sees("eventform.published")


async def test_a_choice_may_be_written_and_what_is_none_is_no_question(stage: Stage) -> None:
    nary = stage.person(SECOND_COORDINATOR)
    await nary.send("/desk")
    for key in ("desk.events", "eventdesk.new"):
        await nary.tap(key)
    await nary.send("dev")
    nary.sees("form.tap_one")
    nary.sees("eventform.ask.kind")
    await nary.send(nary.words("event.kind.workshop"))
    nary.sees("eventform.ask.title_km")


async def test_after_a_wrong_time_or_number_the_question_is_asked_again(stage: Stage) -> None:
    nary = stage.person(SECOND_COORDINATOR)
    await _until_when(nary)
    await nary.send("32/12/2026 14:00")
    nary.sees("problem.time_no_such_day")
    nary.sees("eventform.ask.when")
    assert nary.offers("back.topic")
    assert nary.offers("eventform.stop")
    await nary.send("25/12/2026 14:00")
    await nary.tap("eventform.online")
    await nary.tap("eventform.skip")
    await nary.send("many")
    nary.sees("problem.places")
    nary.sees("eventform.ask.places")
    assert nary.offers("eventform.skip")


@pytest.mark.parametrize(
    ("told", "key", "values"),
    [
        ("25/12/2025 14:00", "problem.time_past", {}),
        ("25/12/2029 14:00", "problem.time_far", {"most": 2}),
        ("25/12/2062 14:00", "problem.time_far", {"most": 2}),
    ],
)
async def test_a_time_that_is_past_or_years_away_is_asked_for_again(
    told: str, key: str, values: dict[str, int], stage: Stage
) -> None:
    nary = stage.person(SECOND_COORDINATOR)
    await _until_when(nary)
    await nary.send(told)
    nary.sees(key, **values)
    nary.sees("eventform.ask.when")
    await nary.send("25/12/2026 14:00")
    nary.sees("eventform.ask.where")


async def test_so_is_the_last_day_of_what_repeats(stage: Stage) -> None:
    nary = stage.person(SECOND_COORDINATOR)
    await pastes_event(
        nary, "kind: workshop", f"title: {TITLE}", "when: 25/12/2026", "where: online",
        "repeat: weekly until 30/1/2072",
    )  # fmt: skip
    nary.sees("problem.time_far", most=2)


async def test_languages_that_are_swapped_are_pointed_out(stage: Stage) -> None:
    nary = stage.person(SECOND_COORDINATOR)
    await _until_preview(nary, ENGLISH, TITLE)
    nary.sees("swapped.km")
    nary.sees("swapped.other")
    assert nary.offers("eventform.publish")


async def test_a_name_in_latin_letters_is_no_swap(stage: Stage) -> None:
    nary = stage.person(SECOND_COORDINATOR)
    await pastes_event(nary, "kind: workshop", "title: UX និង AI", "when: 25/12/2026")
    nary.does_not_see("swapped.km")


async def test_changes_that_were_not_saved_wait_and_say_so(stage: Stage) -> None:
    nary = stage.person(SECOND_COORDINATOR)
    await pastes_event(
        nary, "kind: workshop", f"title: {TITLE}", "when: 25/12/2026", "where: online"
    )
    await nary.tap("eventform.publish")
    await opens_event(nary, TITLE)
    await nary.tap("eventdesk.edit")
    nary.does_not_see("eventform.begun")
    await nary.tap("eventform.when")
    await nary.send("26/12/2026 09:00")
    await nary.send("/menu")
    await opens_event(nary, TITLE)
    await nary.tap("eventdesk.edit")
    nary.sees("eventform.begun")
    nary.sees_words("09:00")


async def test_the_place_in_words_is_corrected_below_the_preview(stage: Stage) -> None:
    nary = stage.person(SECOND_COORDINATOR)
    await pastes_event(nary, "kind: workshop", "title: Jobs", "when: 25/12/2026")
    await nary.tap("eventform.where")
    await nary.tap("eventform.online")
    await nary.send("Library, room 3")
    await nary.send("Library, room 4")
    nary.sees("eventform.place_taken")
    nary.sees_words("room 4")
    for words in ("What is AI?", "អរគុណ"):
        await nary.send(words)
        nary.does_not_see("eventform.preview.new")
