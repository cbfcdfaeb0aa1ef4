"""Somebody sits at the desk for one part of the work, and sees no more of it."""

from tests.chat import Chat
from tests.handlers.scenes import (
    HOTLINE,
    asks_for_a_person,
    at_desk,
    invitation,
    joins_desk,
    mentoring,
    opens_member,
    talking,
    tells_age,
    wants_mentor,
    with_a_mentor,
)
from tests.stage import ENGLISH_STUDENT, Stage


async def _invited(stage: Stage, seat: str) -> tuple[Chat, Chat]:
    """A coordinator, and Dara, whom she has invited to this part of the work."""
    _, nary = await at_desk(stage)
    dara = stage.enters(5005, "Dara", "en")
    await joins_desk(dara, nary, seat)
    return nary, dara


async def test_who_runs_events_sees_events_and_nothing_else(stage: Stage) -> None:
    _, dara = await _invited(stage, "events")
    dara.sees("team.joined")
    dara.sees("seat.says.events")
    assert dara.commands()[-1] == "desk"
    await dara.tap("more.desk")
    dara.sees("desk.text")
    assert dara.offers("desk.events")
    for other in ("desk.questions", "desk.cases", "desk.figures", "desk.team", "desk.mentors"):
        assert not dara.offers(other), other
    await dara.send("/announce")
    dara.sees("unknown.command")


async def test_who_has_a_part_of_the_work_is_not_called_in_a_crisis(stage: Stage) -> None:
    nary, dara = await _invited(stage, "reader")
    await asks_for_a_person(stage.person(ENGLISH_STUDENT))
    await stage.strikes_after(minutes=30)
    dara.does_not_see("case.alert")
    assert not dara.offers("desk.cases")
    assert not dara.was_shown() & {"case:ack:1"}


async def test_a_seat_is_changed_and_taken_at_the_team_screen(stage: Stage) -> None:
    nary, dara = await _invited(stage, "reader")
    await dara.tap("more.desk")
    assert dara.offers("desk.figures")
    await nary.send("/desk")
    await nary.tap("desk.rest")
    await nary.tap("desk.team")
    nary.sees_words(nary.words("seat.reader"))
    await opens_member(nary, 3)
    await nary.tap("seat.mentors")
    dara.sees("team.given")
    await dara.tap("more.desk")
    assert dara.offers("desk.mentors")
    assert not dara.offers("desk.figures")
    # What she still has on her screen does not open either.
    await dara.forge("fig:menu")
    dara.does_not_see("fig.menu")
    await nary.send("/desk")
    await nary.tap("desk.rest")
    await nary.tap("desk.team")
    await nary.tap("team.audit")
    assert nary.words("audit.action.gave a seat") in nary.sees("audit.text")["text"]
    await opens_member(nary, 3)
    await nary.tap("team.remove_one")
    await nary.tap("team.remove_yes")
    dara.sees("team.removed")
    await dara.send("/menu")
    dara.sees("home.text")


async def test_who_looks_after_mentors_reads_no_talk(stage: Stage) -> None:
    _, dara = await _invited(stage, "mentors")
    await dara.tap("more.desk")
    await dara.tap("desk.mentors")
    dara.sees("over.board")
    assert dara.offers("over.mentors")
    for talks in ("over.introductions", "over.held", "over.sample"):
        assert not dara.offers(talks), talks


async def test_who_has_a_part_of_the_work_is_heard_like_anybody(stage: Stage) -> None:
    _, dara = await _invited(stage, "events")
    await asks_for_a_person(dara)
    await dara.send("I want to die")
    dara.sees_words(str(HOTLINE))


async def test_a_helper_chooses_her_name_and_is_back_at_her_desk(stage: Stage) -> None:
    _, dara = await _invited(stage, "events")
    await dara.tap("team.name")
    await dara.send("Dara")
    dara.sees("desk.text")
    assert dara.offers("desk.events")


async def test_a_reader_finds_the_log_at_her_desk_and_the_way_back(stage: Stage) -> None:
    nary, dara = await _invited(stage, "reader")
    await dara.tap("more.desk")
    await dara.tap("desk.log")
    dara.sees("audit.text")
    await dara.tap("back.desk")
    dara.sees("desk.text")
    await nary.send("/desk")
    assert not nary.offers("desk.log"), "hers is where the team is"
    await nary.tap("desk.rest")
    await nary.tap("desk.team")
    await nary.tap("team.audit")
    await nary.tap("back.desk")
    nary.sees("team.text")


async def test_a_suspended_mentor_with_a_seat_is_known_as_such_and_gets_no_more(
    stage: Stage,
) -> None:
    people = await with_a_mentor(stage)
    nary, sophea = people.nary, people.sophea
    await joins_desk(sophea, nary, "events")
    await nary.forge("vet:list:0")
    await nary.tap_words("Sophea")
    # Who runs events is called no coordinator.
    nary.sees("vet.at_desk", seat=nary.words("seat.events"))
    await nary.tap("vet.suspend")
    await nary.tap("vet.suspend_yes")
    await nary.forge("team:member:3")
    await nary.tap("seat.full")
    nary.sees("team.barred_seat")
    sophea.does_not_see("team.given")
    await nary.forge("vet:list:0")
    await nary.tap_words("Sophea")
    await nary.tap("vet.lift")
    await nary.forge("team:member:3")
    await nary.tap("seat.full")
    sophea.sees("team.given")


async def test_all_coordinators_hear_who_may_do_everything_and_what_is_known_of_her(
    stage: Stage,
) -> None:
    people = mentoring(stage)
    await talking(people)
    await people.sophea.send("my number: 012 345 678")
    nary = people.nary
    await joins_desk(people.sophea, nary, "events")
    people.bopha.forgets()
    await nary.forge("team:member:3")
    await nary.tap("seat.full")
    people.bopha.sees("team.news_full")
    people.bopha.sees("team.marked", mentor="Sophea")


async def test_a_girl_under_18_does_not_join_by_a_helpers_invitation(stage: Stage) -> None:
    bopha, nary = await at_desk(stage)
    srey = stage.person(ENGLISH_STUDENT)
    await wants_mentor(srey)
    await tells_age(srey, "minor")
    link = await invitation(nary, "reader")
    await srey.send(f"/start {link}")
    srey.sees("team.minor")
    assert not srey.offers("team.join_yes")
    await srey.forge("team:join:1")
    await srey.send("/desk")
    srey.sees("unknown.command")
    for coordinator in (bopha, nary):
        coordinator.sees("team.minor_news", id=1)


async def test_who_is_invited_is_asked_first_and_may_say_no(stage: Stage) -> None:
    bopha, nary = await at_desk(stage)
    dara = stage.enters(5005, "Dara", "en")
    link = await invitation(nary, "reader")
    await dara.send(f"/start {link}")
    dara.sees("team.ask_join")
    bopha.does_not_see("team.news")
    await dara.tap("team.join_no")
    dara.sees("team.not_joined")
    await dara.send("/desk")
    dara.sees("unknown.command")
    await dara.send(f"/start {link}")
    await dara.tap("team.join_yes")
    dara.sees("team.joined")
    bopha.sees("team.news")
    bopha.sees("team.was.student")


async def test_who_joins_is_asked_to_say_her_name_and_is_called_by_it(stage: Stage) -> None:
    nary, dara = await _invited(stage, "reader")
    nary.sees("team.news", who=nary.words("team.member").replace("{number}", "3"))
    await dara.tap("team.name")
    await dara.send("Dara")
    await nary.forge("team:list")
    nary.sees_words("Dara")


async def test_a_link_that_she_has_used_says_so(stage: Stage) -> None:
    _, nary = await at_desk(stage)
    dara = stage.enters(5005, "Dara", "en")
    link = await invitation(nary, "reader")
    await dara.send(f"/start {link}")
    await dara.tap("team.join_yes")
    await dara.send(f"/start {link}")
    dara.sees("team.used")


async def test_an_invitation_is_for_whoever_opened_it_last(stage: Stage) -> None:
    _, nary = await at_desk(stage)
    dara, other = stage.enters(5005, "Dara", "en"), stage.enters(5006, "Other", "en")
    link = await invitation(nary, "reader")
    await dara.send(f"/start {link}")
    await other.send(f"/start {link}")
    await other.tap("team.join_yes")
    other.sees("team.joined")
    await dara.tap("team.join_yes")
    dara.sees("team.over")
