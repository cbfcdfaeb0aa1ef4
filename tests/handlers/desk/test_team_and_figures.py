"""The coordinators' desk: who belongs to it, what it has done, and its figures."""

import handlers
from bot.screens.command_menu import COMMANDS
from handlers.desk import home
from tests.handlers.scenes import (
    UNKNOWN,
    applies,
    asks_for_a_person,
    at_desk,
    joins_desk,
    opens_member,
    writes_announcement,
)
from tests.stage import (
    ENGLISH_STUDENT,
    MENTOR,
    SECOND_COORDINATOR,
    STUDENT,
    Stage,
    StartStage,
)


async def test_an_invitation_opens_the_desk_and_removal_closes_it(stage: Stage) -> None:
    nary, sokha = stage.person(SECOND_COORDINATOR), stage.person(ENGLISH_STUDENT)
    await sokha.send("/desk")
    sokha.sees("unknown.command")
    await joins_desk(sokha, nary)
    sokha.sees("team.joined")
    nary.sees("team.news")
    await sokha.tap("more.desk")
    sokha.sees("desk.text")
    sokha.sees("desk.nothing_waits")
    assert "desk" in sokha.commands()

    await opens_member(nary, 3)
    await nary.tap("team.remove_one")
    nary.sees("team.remove_sure")
    await nary.tap("team.remove_yes")
    nary.sees("team.text")
    nary.does_not_see("team.member", number=3)
    sokha.sees("team.removed")
    await sokha.forge("desk:home")
    sokha.sees("home.text")
    sokha.does_not_see("desk.text")
    assert sokha.commands() == list(COMMANDS), "she has what everybody has again"
    await nary.send("/desk")
    await nary.tap("desk.rest")
    await nary.tap("desk.team")
    await nary.tap("team.audit")
    log = nary.sees("audit.text")["text"]
    for action in ("invited", "joined", "removed"):
        assert nary.words(f"audit.action.{action}") in log
    assert str(ENGLISH_STUDENT) not in log


async def test_figures_come_as_a_picture_and_as_tables(stage: Stage) -> None:
    content = stage.content
    srey, nary = stage.person(ENGLISH_STUDENT), stage.person(SECOND_COORDINATOR)
    entry = content.entries["tech-is-for-boys"]
    for _ in range(5):
        await srey.send(entry.question.get("en"))
        srey.sees("answer.as_of")
    await nary.send("/desk")
    await nary.tap("desk.figures")
    await nary.tap("fig.asked")
    picture = nary.sees("fig.asked.title")
    assert stage.file(picture)[1].startswith(b"\x89PNG")
    assert len(nary.news()) == 1, "the menu of figures is not sent anew"
    await nary.tap("fig.csv")
    table = nary.sees("fig.asked.title")
    topic = next(t for t in content.topics if t.id == content.topic_of[entry.id])
    lines = stage.file(table)[1].decode("utf-8-sig").splitlines()
    assert lines[1:] == [
        f"{nary.words('fig.topics.title')},{topic.label.get('en')},5",
        f"{nary.words('fig.languages.title')},{nary.words('fig.languages.en')},5",
    ]
    await nary.tap("fig.xlsx")
    name, book = stage.file(nary.sees("fig.all.title"))
    assert name == "bongsrey-2026-11-24.xlsx"
    assert book.startswith(b"PK")
    await nary.tap("desk.figures")
    await nary.tap("fig.digest")
    nary.sees("digest.no_cases")


async def test_a_figure_of_nothing_is_said_in_words_and_an_old_button_finds_its_figure(
    stage: Stage,
) -> None:
    nary = stage.person(SECOND_COORDINATOR)
    await nary.send("/desk")
    await nary.tap("desk.figures")
    await nary.tap("fig.waits")
    nary.sees("fig.wait_questions.nothing")
    await nary.tap("fig.poster")
    nary.sees("fig.nothing")
    # The release before had pictures of provinces and of grades.
    await nary.forge("fig:show:grades")
    nary.sees("fig.people.title")
    await nary.send("/desk")
    await nary.tap("desk.rest")
    await nary.tap("desk.team")
    await nary.tap("team.audit")
    assert nary.words("fig.people.title") in nary.sees("audit.text")["text"]


async def test_the_buttons_of_the_desk_say_how_much_waits_and_the_desk_who_is_on_call(
    stage: Stage,
) -> None:
    bopha, nary = await at_desk(stage)
    nary.sees("desk.nothing_waits")
    nary.sees("desk.on_call", names="Team member 1, Team member 2")
    await stage.person(STUDENT).send(UNKNOWN)
    await asks_for_a_person(stage.person(ENGLISH_STUDENT))
    await applies(stage.person(MENTOR))
    await nary.send("/desk")
    nary.does_not_see("desk.nothing_waits")
    for label in ("desk.questions", "desk.cases", "desk.mentors"):
        assert f"{nary.words(label)} (1)" in nary.buttons()
    assert nary.words("desk.events") in nary.buttons()
    await nary.tap("desk.mentors")
    assert f"{nary.words('over.mentors')} (1)" in nary.buttons()
    # Who goes off call is not named any more.
    await nary.tap("desk.roster")
    await nary.tap("roster.go_off")
    await bopha.send("/desk")
    bopha.does_not_see_words("2")
    await bopha.forge("over:duty:n")
    await bopha.tap("roster.last_off_yes")
    await bopha.send("/desk")
    bopha.sees("desk.nobody_on_call")


async def test_what_waits_for_others_to_agree_is_counted_for_them_only(
    start_stage: StartStage,
) -> None:
    stage = await start_stage(announce_approval_above=0)
    bopha, nary = await at_desk(stage)
    await stage.person(STUDENT).send("/menu")
    await writes_announcement(bopha, "ព័ត៌មាន", "News")
    await bopha.tap("cast.check")
    await bopha.tap("cast.ask_now")
    await nary.send("/desk")
    assert f"{nary.words('desk.announcements')} (1)" in nary.buttons()
    await bopha.send("/desk")
    assert bopha.words("desk.announcements") in bopha.buttons()


def test_every_place_in_the_order_of_the_desk_is_some_features() -> None:
    assert {place.label for place in handlers.ROUTES.desk_places} == set(home.ORDER)
