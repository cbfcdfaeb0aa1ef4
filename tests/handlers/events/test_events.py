"""Events made, found, joined, moved, cancelled; calendars of others followed."""

from datetime import timedelta

import pytest
from tornado.httpserver import HTTPServer
from tornado.httputil import HTTPServerRequest
from tornado.netutil import bind_sockets

from handlers.events.form_screens import CHOICES_A_PAGE
from tests.chat import Chat
from tests.handlers.scenes import opens_event, pastes_event, with_her_age
from tests.stage import (
    ENGLISH_STUDENT,
    FIRST_COORDINATOR,
    SECOND_COORDINATOR,
    STUDENT,
    Stage,
    StartStage,
)


def _in_days(stage: Stage, days: int) -> str:
    """Return a day to come, as a coordinator writes it."""
    return f"{stage.now.astimezone(stage.services.settings.zone) + timedelta(days=days):%d/%m/%Y}"


async def test_an_event_from_the_first_word_to_the_last(stage: Stage) -> None:
    nary, srey = stage.person(SECOND_COORDINATOR), stage.person(ENGLISH_STUDENT)
    pov = stage.person(STUDENT)
    khmer, english = "ថ្ងៃសាកសរសេរកូដ", "A day of trying <code>"
    for girl in (srey, pov):
        await girl.send("/start")
    await nary.send("/desk")
    await nary.tap("desk.events")
    await nary.tap("eventdesk.new")
    await nary.tap("event.kind.workshop")
    nary.sees("eventform.ask.title_km")
    await nary.send(khmer)
    nary.sees("eventform.ask.title_en")
    await nary.send(english)
    nary.sees("eventform.ask.text_km")
    await nary.tap("eventform.skip")
    nary.sees("eventform.ask.text_en")
    await nary.tap("eventform.skip")
    nary.sees("eventform.ask.when")
    await nary.send("next Tuesday-ish")
    nary.sees("problem.time_unreadable")
    await nary.send(f"{_in_days(stage, 20)} 14:00-16:00")
    nary.sees("eventform.ask.where")
    await nary.tap_data("evf:set:1:where:g:phnom-penh")
    await nary.send("Library, room 3")
    nary.sees("eventform.ask.places")
    await nary.send("១")
    shown = nary.sees("eventform.preview.new")
    assert nary.sees("event.time.until", time="14:00", end="16:00") == shown
    assert nary.sees("eventform.preview.time", city="Phnom Penh") == shown
    await nary.tap("eventform.publish")
    nary.sees("eventform.published")

    await srey.send("/events")
    await srey.tap_words(english)
    srey.sees("event.places", left=1)
    await with_her_age(srey, "event.go")
    srey.sees("event.hers.going")
    await srey.tap("event.reminders")
    await srey.tap("offset.on", offset=srey.words("offset.60"))
    srey.sees("remind.own")
    assert srey.offers("offset.off", offset=srey.words("offset.60"))
    await srey.tap("event.back")
    await srey.tap("event.calendar")
    calendar = srey.sees("event.file")
    assert stage.file(calendar)[1].startswith(b"BEGIN:VCALENDAR")

    await pov.send("/events")
    await pov.tap_words(khmer)
    await with_her_age(pov, "event.wait")
    pov.sees("event.hers.waiting")

    await srey.send("/events")
    await srey.tap_words(english)
    await srey.tap("event.not")
    await srey.tap("event.give_up")
    srey.sees("event.hers.not_going")
    pov.sees("note.moved_up")

    await opens_event(nary, english[:14])
    nary.sees("eventdesk.card", going=1)
    await nary.tap("eventdesk.edit")
    await nary.tap("eventform.when")
    await nary.send(f"{_in_days(stage, 21)} 9am")
    nary.sees("eventform.preview.edit")
    await nary.tap("eventform.save")
    nary.sees("eventform.saved", told=1)
    pov.sees("note.moved")

    await opens_event(nary, english[:14])
    await nary.tap("eventdesk.cancel")
    nary.sees("eventdesk.sure")
    await nary.tap("eventdesk.cancel_yes")
    nary.sees("eventdesk.cancelled", told=1)
    pov.sees("note.cancelled")
    await srey.send("/events")
    srey.sees("events.none")


async def test_who_is_going_is_reminded_when_it_is_time(stage: Stage) -> None:
    nary, srey = stage.person(SECOND_COORDINATOR), stage.person(ENGLISH_STUDENT)
    await pastes_event(
        nary, "kind: workshop", "title: កូដ", "title: Code", f"when: {_in_days(stage, 3)} 14:00",
        "where: Phnom Penh, Library", "remind: day",
    )  # fmt: skip
    await nary.tap("eventform.publish")
    await srey.send("/events")
    await srey.tap_words("Code")
    await with_her_age(srey, "event.go")
    await stage.strikes_after(days=2)
    srey.does_not_see("reminder.tomorrow")
    await stage.strikes_after(hours=5)
    srey.sees("reminder.tomorrow")


async def test_a_pasted_block_is_read_or_told_what_is_wrong(stage: Stage) -> None:
    nary, srey = stage.person(SECOND_COORDINATOR), stage.person(ENGLISH_STUDENT)
    await pastes_event(
        nary, "kind: talk", "title: Jobs in AI", f"when: {_in_days(stage, 30)} 25:00",
        "colour: red",
    )  # fmt: skip
    shown = nary.sees("eventform.preview.problems")
    for problem in ("problem.time_no_such_time", "problem.line", "problem.title_km"):
        assert nary.sees(problem) == shown
    assert not nary.offers("eventform.publish")
    await pastes_event(
        nary, "ប្រភេទ: ជជែក", "title: ការងារ AI", "title: Jobs in AI",
        "text: អំពីការងារ។", "text: About jobs.\nWith time for questions.",
        f"when: {_in_days(stage, 30)} 18:00", "where: online, https://example.org/talk",
        "fields: AI and data", "grades: 11, 12", "repeat: weekly", "remind: day, hour",
    )  # fmt: skip
    shown = nary.sees("eventform.preview.new")
    assert nary.sees("event.repeat.weekly") == shown
    assert nary.sees_words("With time for questions.") == shown
    await nary.tap("eventform.publish")
    await srey.send("/events")
    await srey.tap("events.filter")
    await srey.tap("events.grade")
    await srey.tap("grade.9")
    srey.sees("events.none")
    await srey.tap("events.filter")
    await srey.tap("events.all")
    await srey.tap_words("Jobs in AI")
    srey.sees_words("About jobs.")
    await opens_event(nary, "Jobs in AI")
    await nary.tap("eventdesk.dates")
    await nary.tap_words("Jobs in AI")
    await nary.tap("eventdesk.move")
    nary.sees("eventdesk.move_now")
    await nary.send(f"{_in_days(stage, 31)} 19:00")
    nary.sees("eventdesk.move_sure")
    await nary.tap("eventdesk.move_yes")
    nary.sees("eventdesk.moved", told=0)


@pytest.mark.parametrize(
    "forged",
    [
        "evd:list:0", "evd:cancelyes:1", "evd:dropyes:1", "evd:moveyes:1:99999999:0", "evf:new",
        "evf:save:1", "evs:list", "evs:yes:1", "evs:mode:talk:once",
    ],
)  # fmt: skip
async def test_a_student_who_forges_a_button_is_told_nothing(stage: Stage, forged: str) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("/menu")
    assert await srey.forge(forged) == srey.words("stale.toast")
    srey.sees("home.text")


@pytest.mark.parametrize(
    "odd",
    ["ev:", "ev:o:999", "ev:y:x", "ev:rt:1:60", "ev:m:x:y:z", "ev:fp:-1:::::", "ev:c:0"],
)
async def test_an_odd_button_of_the_calendar_is_survived(stage: Stage, odd: str) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("/menu")
    await srey.forge(odd)
    await srey.send("/menu")
    srey.sees("home.text")


async def test_a_feed_is_followed_and_nothing_is_shown_unseen(start_stage: StartStage) -> None:
    stage = await start_stage(feeds_anywhere=True)
    starts = stage.now + timedelta(days=9)

    def answer(request: HTTPServerRequest) -> None:
        body = (
            "BEGIN:VEVENT\r\nUID:0\r\nDTSTAMP:20260101T000000Z\r\n"
            f"DTSTART:{starts:%Y%m%dT%H%M00Z}\r\nSUMMARY:Fair 0\r\nLOCATION:Phnom Penh\r\n"
            "END:VEVENT\r\n"
            "BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Talk <1>\r\n"
            f"DTSTART;TZID=Nowhere/Middle:{starts:%Y%m%dT%H%M00}\r\nEND:VEVENT\r\n"
        )
        data = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{body}END:VCALENDAR\r\n".encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(data)}\r\nConnection: close\r\n\r\n"
        request.connection.stream.write(head.encode() + data)  # type: ignore[union-attr]
        request.connection.stream.close()  # type: ignore[union-attr]

    sockets = bind_sockets(0, "127.0.0.1")
    feed = HTTPServer(answer)
    feed.add_sockets(sockets)
    address = f"http://127.0.0.1:{sockets[0].getsockname()[1]}/fair.ics"
    nary, srey = stage.person(SECOND_COORDINATOR), stage.person(ENGLISH_STUDENT)
    await nary.send("/desk")
    for key in ("desk.events", "eventdesk.feeds", "feeds.add", "event.kind.open_day",
                "feeds.often"):  # fmt: skip
        await nary.tap(key)
    nary.sees("feeds.address")
    await nary.send("ftp://example.org/x.ics")
    nary.sees("feedproblem.not_https")
    await nary.send(address)
    await stage.clock_strikes()
    feed.stop()
    nary.sees("feeds.read", new=1)
    nary.sees("feeds.left_out.one", title="Talk <1>", why=nary.words("feedleft.zone"))
    await srey.send("/events")
    srey.sees("events.none")
    await nary.tap("feeds.offers")
    nary.sees_words("Fair 0")
    await nary.tap("feeds.accept")
    await srey.send("/events")
    await srey.tap_words("Fair 0")
    srey.sees("event.where.place", place="Phnom Penh")


async def test_words_for_a_draft_that_is_gone_are_not_awaited_for_ever(stage: Stage) -> None:
    nary = stage.person(SECOND_COORDINATOR)
    await nary.send("/desk")
    await nary.tap("desk.events")
    await nary.tap("eventdesk.new")
    await nary.tap("event.kind.workshop")
    await stage.strikes_after(days=15)
    await nary.send("ថ្ងៃសាកសរសេរកូដ")
    nary.sees("eventform.lost")
    await nary.send("What is AI?")
    nary.does_not_see("eventform.lost")


async def test_a_new_time_for_a_date_that_is_gone_is_not_awaited_for_ever(stage: Stage) -> None:
    nary, bopha = stage.person(SECOND_COORDINATOR), stage.person(FIRST_COORDINATOR)
    await pastes_event(
        nary, "kind: workshop", "title: កូដ", "title: Code", f"when: {_in_days(stage, 3)} 14:00",
        "where: online",
    )  # fmt: skip
    await nary.tap("eventform.publish")
    await nary.forge("evd:move:1")
    nary.sees("eventdesk.move_now")
    await bopha.send("/desk")
    await bopha.forge("evd:cancelyes:1")
    await nary.send(f"{_in_days(stage, 4)} 14:00")
    nary.sees("eventdesk.gone")
    assert nary.offers("eventdesk.back")
    await nary.send("What is AI?")
    nary.does_not_see("eventdesk.gone")


@pytest.mark.parametrize(
    ("button", "words"),
    [("ev:fp:5::::", "events.ask_province"), ("ev:ff:3::::", "events.ask_field")],
)
async def test_in_old_messages_the_page_after_the_last_is_the_first(
    stage: Stage, button: str, words: str
) -> None:
    srey = stage.person(STUDENT)
    await srey.send("/events")
    await srey.forge(button)
    srey.sees(words, page="១")


async def test_a_calendar_that_is_no_longer_followed_leads_back_to_the_others(
    stage: Stage,
) -> None:
    nary = stage.person(SECOND_COORDINATOR)
    await nary.send("/desk")
    for button in ("evs:open:7", "evs:drop:7"):
        await nary.forge(button)
        nary.sees("feeds.gone")
        await nary.tap("feeds.back")
        nary.sees("feeds.list")


async def test_in_an_old_form_the_page_after_the_last_is_the_first(stage: Stage) -> None:
    nary = stage.person(SECOND_COORDINATOR)
    await pastes_event(nary, "kind: workshop")
    pages = -(-len(stage.content.fields) // CHOICES_A_PAGE)
    await nary.forge(f"evf:ask:1:fields:e:{pages}")
    nary.sees("eventform.ask.fields", page=1)


async def test_a_block_sent_again_corrects_the_one_that_was_not_understood(stage: Stage) -> None:
    nary = stage.person(SECOND_COORDINATOR)
    wrong = ("kind: workshop", "title: ការងារ", "title: Jobs", "when: the 40th", "where: online")
    await pastes_event(nary, *wrong)
    nary.sees_words("the 40th")
    await nary.send(
        "\n".join(wrong).replace("the 40th", "25/12/2026 18:00").replace("Jobs", "Work")
    )
    nary.sees_words("Work")
    nary.does_not_see_words("Jobs")
    assert nary.offers("eventform.publish")


async def test_a_line_of_it_corrects_it_too_and_a_question_is_a_question(stage: Stage) -> None:
    nary = stage.person(SECOND_COORDINATOR)
    await pastes_event(
        nary, "kind: workshop", "title: ការងារ", "title: Jobs", "when: 25/12/2026", "where: online"
    )
    await nary.send("title: Work")
    nary.sees_words("Work")
    nary.sees_words("ការងារ")
    message = await nary.send("when: 26/12/2026 10:00")
    assert nary.offers("eventform.publish")
    await nary.edit(message, "when: the 41st")
    nary.sees_words("the 41st")
    await nary.send("what is AI?")
    nary.sees_words("AI")
    await nary.send("title: Play")
    nary.does_not_see_words("ការងារ")


async def test_an_address_sent_again_takes_the_place_of_the_mistyped_one(stage: Stage) -> None:
    nary = stage.person(SECOND_COORDINATOR)
    await nary.send("/desk")
    for key in ("desk.events", "eventdesk.feeds", "feeds.add", "event.kind.talk", "feeds.often"):
        await nary.tap(key)
    await nary.send("http://example.org/a.ics")
    nary.sees("feedproblem.not_https")
    await nary.send("https://example.org/a.ics")
    nary.sees("feeds.added")
    await nary.send("https://example.org/b.ics")
    nary.sees("feeds.added")
    await nary.tap("feeds.back")
    nary.sees("feeds.list", total=1)


async def _begins_event(nary: Chat) -> None:
    await nary.send("/desk")
    for key in ("desk.events", "eventdesk.new", "event.kind.workshop"):
        await nary.tap(key)
    for words in ("ការងារ", "Work"):
        await nary.send(words)
    for _ in range(2):
        await nary.tap("eventform.skip")
    nary.sees("eventform.ask.when")


async def test_a_day_that_was_not_understood_is_corrected_where_it_was_written(
    stage: Stage,
) -> None:
    nary = stage.person(SECOND_COORDINATOR)
    await _begins_event(nary)
    message = await nary.send("32/12/2026 14:00")
    nary.sees("problem.time_no_such_day")
    await nary.edit(message, "25/12/2026 14:00")
    nary.sees("eventform.ask.where")


async def test_the_day_sent_again_below_the_preview_is_the_correction(stage: Stage) -> None:
    nary = stage.person(SECOND_COORDINATOR)
    await _begins_event(nary)
    await nary.send("25/12/2026 14:00")
    await nary.tap("eventform.online")
    await nary.send("https://example.org/a")
    await nary.tap("eventform.skip")
    nary.sees("eventform.preview.new")
    message = await nary.send("26/12/2026 15:00")
    nary.sees("eventform.preview.new")
    nary.sees_words("15:00")
    await nary.edit(message, "26/12/2026 16:00")
    nary.sees_words("16:00")
    await nary.send("What is AI?")
    nary.does_not_see("eventform.preview.new")
    nary.sees_words("AI")


async def test_the_place_sent_again_below_the_preview_is_the_correction(stage: Stage) -> None:
    nary = stage.person(SECOND_COORDINATOR)
    await pastes_event(nary, "kind: workshop", "title: Jobs", "when: 25/12/2026")
    await nary.tap("eventform.where")
    await nary.tap("eventform.online")
    await nary.send("https://example.org/a")
    nary.sees_words("example.org/a")
    await nary.send("https://example.org/b")
    nary.sees("eventform.preview.new")
    nary.sees_words("example.org/b")
