"""A girl who does not know what she wants walks to a plan, and opens careers by their names."""

from bot.careers.career_picture import LARGEST_KILOBYTES
from tests.chat import Chat
from tests.handlers.scenes import HOTLINE, UNKNOWN, tells_grade
from tests.stage import ENGLISH_STUDENT, FIRST_COORDINATOR, SECOND_COORDINATOR, STUDENT, Stage


def _question(stage: Stage, *answers: str) -> str:
    """Return the question that follows these answers, in English."""
    tree = stage.services.tree
    node = tree.nodes["start"]
    for answer in answers:
        option = next(option for option in node.options if option.id == answer)
        assert option.next is not None
        node = tree.nodes[option.next]
    return node.question.get("en")


async def _tap_first_answers(srey: Chat, stage: Stage) -> None:
    """Answer every question with its first answer."""
    tree = stage.services.tree
    node = tree.nodes["start"]
    while True:
        srey.sees("path.question", question=node.question.get("en"))
        first = node.options[0]
        await srey.tap_words(first.label.get("en"))
        if first.next is None:
            return
        node = tree.nodes[first.next]


async def test_seven_taps_lead_from_home_to_careers_and_a_plan(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    web = stage.content.careers["web-developer"].name.get("en")
    await srey.send("/menu")
    await srey.tap("home.path")
    intro = srey.sees("path.intro")
    await srey.tap("path.start")
    first = srey.sees("path.step", here=1, about=7)
    assert first["message_id"] == intro["message_id"]
    await _tap_first_answers(srey, stage)
    outcome = srey.sees("path.outcome")
    assert outcome["message_id"] == intro["message_id"]
    assert srey.sees("path.because") == outcome
    await srey.tap("path.compare")
    srey.sees("compare.head")
    await srey.tap("path.result")
    srey.sees("path.outcome")
    await srey.tap_words(web)
    assert srey.sees("plan.title", title=web) == srey.sees("plan.step")
    await srey.tap("plan.help")
    srey.sees("plan.who")
    await srey.tap("back.plan")
    srey.sees("plan.step")
    await srey.tap("career.save")
    srey.sees("plan.step")
    await srey.tap("path.result")
    srey.sees("path.outcome")
    await srey.send("/careers")
    await srey.tap("saved.list")
    srey.sees("saved.text", count=1)
    assert any(web in label for label in srey.buttons())


async def test_back_not_sure_stop_and_resume(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    tree = stage.services.tree
    start = tree.nodes["start"]
    await srey.send("/path")
    await srey.tap("path.start")
    srey.sees_words(start.question.get("en"))
    assert not srey.offers("path.back")
    await srey.tap("path.unsure")
    srey.does_not_see_words(start.question.get("en"))
    second = srey.sees("path.step", here=2)["text"]
    answer = srey.buttons()[1]
    await srey.tap_words(answer)
    srey.sees("path.step", here=3)
    await srey.tap("path.back")
    assert srey.sees("path.step", here=2)["text"] == second
    await srey.tap_words(answer)
    third = srey.sees("path.step", here=3)["text"]
    await srey.tap("path.stop")
    srey.sees("path.stopped")
    await srey.send("/path")
    assert srey.sees("path.step", here=3)["text"] == third
    await srey.tap("path.again")
    srey.sees("path.again_sure")
    await srey.tap("path.again_yes")
    srey.sees("path.step", here=1)


async def test_a_question_in_the_middle_is_answered_and_the_walk_goes_on(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    track, worry = _question(stage, "upper"), _question(stage, "upper", "social")
    options = stage.services.tree.nodes["start"].options
    await srey.send("/path")
    await srey.tap("path.start")
    await srey.tap_words(next(o.label.get("en") for o in options if o.id == "upper"))
    srey.sees_words(track)
    entry = stage.content.entries["tech-is-for-boys"]
    await srey.send(entry.question.get("en"))
    srey.sees_words(entry.answer.get("en").splitlines()[0])
    await srey.tap("path.go_on")
    srey.sees_words(track)
    await srey.send(UNKNOWN)
    await srey.tap("path.go_on")
    # An answer may be typed as its button says it.
    await srey.send(_label(stage, "upper", "social"))
    srey.sees_words(worry)
    await srey.send("my uncle touches me")
    srey.sees("care.hotline", number=HOTLINE)
    await srey.tap("care.not_meant")
    await srey.tap("path.go_on")
    srey.sees_words(worry)


def _label(stage: Stage, node: str, option: str) -> str:
    options = stage.services.tree.nodes[node].options
    return next(o.label.get("en") for o in options if o.id == option)


async def test_an_old_button_of_the_walk_shows_where_she_stands(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    track = _question(stage, "upper")
    await srey.send("/menu")
    await srey.forge("path:pick:start:upper")
    srey.sees("path.intro")
    await srey.tap("path.start")
    await srey.tap_words(_label(stage, "start", "upper"))
    srey.sees_words(track)
    await srey.tap("path.stop")
    srey.sees("path.stopped")
    for data in ("path:pick:start:lower", "path:pick:x:y", "path:compare"):
        await srey.forge(data)
        srey.sees_words(track)
        await srey.tap("path.stop")
        srey.sees("path.stopped")
    for data in ("path:fly", "path:pick:", "job:page:astronaut:en", "job:fly:nurse:en",
                 "plan:show:x:en", "plan:fly:nurse:en", "jobs:in:nowhere:0", "job:",
                 "job:story:nurse:en:99", "job:place:nurse:en:nowhere", "job:with:nurse:en:nurse",
                 "job:women:nurse:en:x"):  # fmt: skip
        assert await srey.forge(data) == srey.words("stale.toast"), data
        srey.sees("home.text")
    await srey.forge("path:pair:nurse:doctor")
    await srey.send("/path")
    srey.sees_words(track)


async def test_a_career_opens_by_its_name_and_every_button_of_it_works(stage: Stage) -> None:
    careers = stage.content.careers
    srey, kru = stage.person(ENGLISH_STUDENT), stage.person(STUDENT)
    await srey.send("I want to be a data analyst")
    srey.sees_words(careers["data-analyst"].what.get("en"))
    for button, says in (
        ("career.ways", "career.where"), ("back.career", "career.day_text"),
        ("career.subjects", "career.subject_list"), ("back.career", "career.day_text"),
        ("career.step", "career.step_title"), ("back.career", "career.day_text"),
        ("career.ai", "career.ai_title"), ("back.career", "career.day_text"),
        ("career.figures", "career.figures_title"), ("career.myth", "career.truth_text"),
        ("back.career", "career.day_text"),
        ("career.more", "career.more_text"), ("career.women", "career.women_title"),
        ("back.career", "career.day_text"), ("career.more", "career.more_text"),
        ("career.related", "career.related_title"), ("career.compare", "compare.head"),
        ("back.career", "career.day_text"), ("career.more", "career.more_text"),
        ("career.plan", "plan.title"),
    ):  # fmt: skip
        await srey.tap(button)
        srey.sees(says)
    await srey.tap("plan.about")
    await srey.tap("career.more")
    await srey.tap("career.events")
    field = stage.content.field[stage.content.field_of["data-analyst"]]
    srey.sees_words(field.label.get("en"))
    await srey.send("/path")
    srey.sees("path.intro")
    await kru.send("ចង់ធ្វើពេទ្យ")
    kru.sees_words(careers["doctor"].what.get("km"))
    await kru.send("/start career_nurse")
    kru.sees_words(careers["nurse"].what.get("km"))


async def test_a_place_to_learn_opens_from_the_ways_in(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("I want to be a data analyst")
    await srey.tap("career.ways")
    srey.sees("career.way", kind=srey.words("way.degree"))
    await srey.tap_words("RUPP")
    srey.sees("career.entry")
    await srey.tap("back.ways")
    srey.sees("career.where")


async def test_the_card_comes_as_a_picture_and_as_words(stage: Stage) -> None:
    srey = stage.person(STUDENT)
    career = stage.content.careers["nurse"]
    await srey.send(career.name.get("km"))
    srey.sees_words(career.what.get("km"))
    await srey.tap("career.more")
    await srey.tap("career.card")
    picture = srey.sees("card.caption")
    _, data = stage.file(picture)
    assert len(data) < 150_000, "a card costs her money to load"
    srey.sees_words(career.for_parents.get("km"))
    await srey.tap("card.in.en")
    srey.sees("card.caption", "en")
    srey.sees_words(career.for_parents.get("en"))


async def test_coordinators_see_counts_and_students_do_not(stage: Stage) -> None:
    srey, bopha = stage.person(STUDENT), stage.person(FIRST_COORDINATOR)
    nary = stage.person(SECOND_COORDINATOR)
    await srey.send("/path")
    await srey.tap("path.start")
    srey.sees("path.step", here=1)
    for coordinator in (nary, bopha):
        await coordinator.send("/desk")
        await coordinator.tap("desk.rest")
        await coordinator.tap("desk.walks")
        seen = coordinator.sees("walks.text", starts=coordinator.words("walks.few"))
        assert coordinator.sees("walks.none") == seen
    await srey.forge("desk:walks")
    srey.sees("home.text")
    srey.does_not_see("walks.text")


async def _tells(srey: Chat, grade: str, province: str) -> None:
    await tells_grade(srey, grade)
    await srey.tap("me.province")
    await srey.send(province)


async def test_who_has_told_her_grade_is_not_asked_where_she_is_with_school(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await _tells(srey, "11", "Battambang")
    await srey.send("/path")
    await srey.tap("path.start")
    srey.sees("path.grade_told", grade=srey.words("grade.11"))
    srey.sees_words(_question(stage, "upper"))
    # What she told may be out of date: one step back, and she says it herself.
    await srey.tap("path.back")
    srey.sees_words(_question(stage))
    srey.does_not_see("path.grade_told")


async def test_the_plan_says_what_comes_in_her_own_year(stage: Stage) -> None:
    srey, content = stage.person(ENGLISH_STUDENT), stage.content
    exam = content.school_date["bac2-exam"].name.get("en")
    for grade, comes in (("12", True), ("11", False), ("9", False)):
        await _tells(srey, grade, "Battambang")
        await srey.send("/menu")
        await srey.forge("plan:show:nurse:en")
        if comes:
            srey.sees("plan.ahead.usual", name=exam)
        else:
            srey.does_not_see_words(exam)


async def test_what_is_said_of_the_track_is_true_for_her_grade(stage: Stage) -> None:
    """Who is in Grade 11 has chosen it: no plan tells her that it is still to come."""
    srey = stage.person(ENGLISH_STUDENT)
    need = stage.content.need["choose-track"]
    notes = {str(of.id): of.note.get("en") for of in need.by_grade}
    await srey.send("/path")
    await srey.tap("path.start")
    await _tap_first_answers(srey, stage)
    for grade, note in (("9", notes["9"]), ("10", notes["10"]), ("11", None), ("12", None)):
        await _tells(srey, grade, "Battambang")
        await srey.send("/menu")
        await srey.forge("plan:show:nurse:en")
        for other in (*notes.values(), need.note.get("en")):
            (srey.sees_words if other == note else srey.does_not_see_words)(other)


async def test_the_whole_plan_is_turned_page_by_page(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("/menu")
    await srey.forge("plan:show:nurse:en")
    shown = srey.sees("plan.step")
    await srey.tap("plan.whole")
    assert srey.sees("plan.ways")["message_id"] == shown["message_id"]
    await srey.tap("page.next")
    srey.sees("plan.where")
    await srey.tap("back.plan")
    srey.sees("plan.step")


async def test_places_in_her_province_come_first_wherever_places_are_named(stage: Stage) -> None:
    srey, content = stage.person(ENGLISH_STUDENT), stage.content
    places = [content.institution[p] for p in content.careers["software-developer"].study_at]
    near = next(place.short for place in places if "battambang" in place.provinces)
    assert near != places[0].short
    await _tells(srey, "12", "Battambang")
    await srey.send("where can I study to be a software developer?")
    srey.sees("plan.where")
    assert near == srey.buttons()[0]
    said = srey.said()
    assert all(said.find(near) <= said.find(p.short) for p in places if p.short in said)
    await srey.forge("dir:list:study:-:-")
    assert any(
        srey.buttons()[0].startswith(place.short) and "battambang" in place.provinces
        for place in content.institutions
    )


async def test_a_picture_of_a_career_comes_when_it_is_asked_for(stage: Stage) -> None:
    srey = stage.person(STUDENT)
    await srey.send("/menu")
    await srey.forge("job:more:nurse:km")
    await srey.tap("career.picture")
    picture = srey.sees("picture.caption")
    _, data = stage.file(picture)
    assert len(data) <= LARGEST_KILOBYTES * 1000, "she was told that it costs less to load"
    await srey.tap("back.career")
    srey.sees("career.day_text")
