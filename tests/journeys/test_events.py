"""Events over real HTTP: made, found, joined, moved, cancelled; and a thousand reminders."""

import asyncio
import random
import sqlite3
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tornado.httpserver import HTTPServer
from tornado.httputil import HTTPServerRequest
from tornado.netutil import bind_sockets

from bot.courier import WINDOW
from bot.demo.telegram_state import Person
from tests.stage import ENGLISH_STUDENT, FIRST_COORDINATOR, SECOND_COORDINATOR, STUDENT

ZONE = ZoneInfo("Asia/Phnom_Penh")
MANY = 1000


def _in_days(days: int) -> str:
    """Return a day that is always ahead, as a coordinator writes it."""
    return f"{datetime.now(ZONE) + timedelta(days=days):%d/%m/%Y}"


async def _paste(nary, *lines: str) -> None:
    await nary.send("/desk")
    await nary.tap("Events")
    await nary.tap("Paste a text")
    await nary.sees("Copy the text below")
    await nary.send("\n".join(lines))


async def test_an_event_from_the_first_word_to_the_last(start_bot, chat) -> None:
    await start_bot()
    nary, srey, pov = chat(SECOND_COORDINATOR), chat(ENGLISH_STUDENT), chat(STUDENT)
    await nary.send("/desk")
    await nary.tap("Events")
    await nary.tap("New event")
    await nary.tap("Workshop")
    await nary.sees("title in Khmer")
    await nary.send("ថ្ងៃសាកសរសេរកូដ")
    await nary.send("A day of trying <code>")
    await nary.sees("description in Khmer")
    await nary.tap("Skip")
    await nary.sees("description in English")
    await nary.tap("Skip")
    await nary.sees("time in Phnom Penh")
    await nary.send("next Tuesday-ish")
    await nary.sees("This time is not understood")
    await nary.send(f"{_in_days(20)} 14:00-16:00")
    await nary.sees("Where?")
    await nary.tap("Phnom Penh")
    await nary.send("Library, room 3")
    await nary.sees("How many places?")
    await nary.send("១")
    shown = await nary.sees("Please look before you publish")
    assert "14:00 to 16:00 (time in Phnom Penh)" in shown["text"]
    await nary.tap("Publish")
    await nary.sees("Published")

    await srey.send("/events")
    await srey.tap("A day of trying <code>")
    await srey.sees("Places left: 1")
    await srey.tap("I am going")
    await srey.sees("You are going")
    await srey.tap("Reminders")
    await srey.tap("an hour before")
    await srey.sees("as you chose")
    assert "▫️ an hour before" in await srey.buttons()
    await srey.tap("Back")
    await srey.tap("Put into my calendar")
    await srey.sees("Tap the file")

    await pov.send("/events")
    await pov.tap("ថ្ងៃសាកសរសេរកូដ")
    await pov.tap("រង់ចាំកន្លែង")
    await pov.sees("បញ្ជីរង់ចាំ")

    await srey.send("/events")
    await srey.tap("A day of trying <code>")
    await srey.tap("I am not going")
    await srey.sees("You said that you are not going")
    await pov.sees("ប្អូនបានកន្លែងហើយ")

    await nary.send("/desk")
    await nary.tap("Events")
    await nary.tap("A day of trying")
    await nary.sees("Going: 1")
    await nary.tap("Edit")
    await nary.tap("When")
    await nary.send(f"{_in_days(21)} 9am")
    await nary.sees("Please look before you save")
    await nary.tap("Save")
    await nary.sees("Told: 1")
    await pov.sees("ពេលវេលាប្ដូរហើយ")

    await nary.send("/desk")
    await nary.tap("Events")
    await nary.tap("A day of trying")
    await nary.tap("Cancel it")
    await nary.sees("Really cancel?")
    await nary.tap("Yes, cancel it")
    await nary.sees("Told: 1")
    await pov.sees("ត្រូវបានលុបចោល")
    await srey.send("/events")
    await srey.sees("Nothing here yet")


async def test_a_pasted_block_is_read_or_told_what_is_wrong(start_bot, chat) -> None:
    await start_bot()
    nary, srey = chat(SECOND_COORDINATOR), chat(ENGLISH_STUDENT)
    await _paste(
        nary, "kind: talk", "title: Jobs in AI", f"when: {_in_days(30)} 25:00", "colour: red",
    )  # fmt: skip
    shown = await nary.sees("Still missing")
    for problem in ("no such time", "line is not understood", "Khmer title is missing"):
        assert problem in shown["text"]
    assert "✅ Publish" not in await nary.buttons()
    await _paste(
        nary, "ប្រភេទ: ជជែក", "title: ការងារ AI", "title: Jobs in AI",
        "text: អំពីការងារ។", "text: About jobs.\nWith time for questions.",
        f"when: {_in_days(30)} 18:00", "where: online, https://example.org/talk",
        "fields: AI and data", "grades: 11, 12", "repeat: weekly", "remind: day, hour",
    )  # fmt: skip
    shown = await nary.sees("Please look before you publish")
    assert "Every week" in shown["text"]
    assert "With time for questions." in shown["text"]
    await nary.tap("Publish")
    await srey.send("/events")
    await srey.tap("Choose")
    await srey.tap("Grade")
    await srey.tap("Grade 9")
    await srey.sees("Nothing here yet")
    await srey.tap("Choose")
    await srey.tap("Show all")
    await srey.tap("Jobs in AI")
    await srey.sees("About jobs.")
    await nary.send("/desk")
    await nary.tap("Events")
    await nary.tap("Jobs in AI")
    await nary.tap("Single dates")
    await nary.tap("Jobs in AI")
    await nary.tap("Move")
    await nary.sees("Write the new day")
    await nary.send(f"{_in_days(31)} 19:00")
    await nary.sees("Is that right?")
    await nary.tap("move it")
    await nary.sees("Moved. Told: 0")


async def test_a_student_who_forges_a_button_is_told_nothing(start_bot, chat) -> None:
    await start_bot()
    srey = chat(ENGLISH_STUDENT)
    await srey.send("/menu")
    await srey.sees("What would you like to know")
    for forged in (
        "evd:list:0", "evd:cancelyes:1", "evd:dropyes:1", "evd:moveyes:1:99999999:0", "evf:new",
        "evf:save:1", "evs:list", "evs:yes:1", "evs:mode:talk:once",
    ):  # fmt: skip
        await srey.forge(forged)
        await srey.sees("What would you like to know")
    for odd in (
        "ev:",
        "ev:o:999",
        "ev:y:x",
        "ev:rt:1:60",
        "ev:m:x:y:z",
        "ev:fp:-1:::::",
        "ev:c:0",
    ):
        await srey.forge(odd)
        await srey.send("/menu")
        await srey.sees("What would you like to know")


async def test_a_feed_is_followed_and_nothing_is_shown_unseen(start_bot, chat) -> None:
    starts = datetime.now(UTC) + timedelta(days=9)
    calendar = {"events": f"{starts:%Y%m%dT%H%M00Z}"}

    def answer(request: HTTPServerRequest) -> None:
        body = "".join(
            f"BEGIN:VEVENT\r\nUID:{number}\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:{time}\r\n"
            f"SUMMARY:Fair {number}\r\nLOCATION:Phnom Penh\r\nEND:VEVENT\r\n"
            for number, time in enumerate(calendar["events"].split())
        )
        data = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{body}END:VCALENDAR\r\n".encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(data)}\r\nConnection: close\r\n\r\n"
        request.connection.stream.write(head.encode() + data)  # type: ignore[union-attr]
        request.connection.stream.close()  # type: ignore[union-attr]

    sockets = bind_sockets(0, "127.0.0.1")
    feed = HTTPServer(answer)
    feed.add_sockets(sockets)
    address = f"http://127.0.0.1:{sockets[0].getsockname()[1]}/fair.ics"
    await start_bot(FEEDS_ANYWHERE="1")
    nary, srey = chat(SECOND_COORDINATOR), chat(ENGLISH_STUDENT)
    nary._patience = 40
    await nary.send("/desk")
    for label in ("Events", "Calendars of others", "Add a calendar", "Open day", "Follow it"):
        await nary.tap(label)
    await nary.sees("Send the link")
    await nary.send("ftp://example.org/x.ics")
    await nary.sees("must begin with https")
    await nary.send(address)
    await nary.sees("Waiting for you to look: 1")
    await srey.send("/events")
    await srey.sees("Nothing here yet")
    await nary.tap("To look at")
    await nary.sees("Fair 0")
    await nary.tap("Publish")
    await srey.send("/events")
    await srey.tap("Fair 0")
    await srey.sees("📍 Phnom Penh")
    feed.stop()


async def test_killed_during_a_thousand_reminders_everyone_has_exactly_one(
    start_bot, server
) -> None:
    """Only what was in flight at a kill, at most the courier's window, may arrive twice."""
    bot = await start_bot(MESSAGES_PER_SECOND="250")
    await bot.terminate()
    people = range(20_000, 20_000 + MANY)
    for person_id in people:
        server.telegram.people[person_id] = Person(person_id, "P", language_code="en")
    _a_thousand_reminders(bot.database_file, people)
    # Once while they are being staged, then while they are being sent.
    chance, kill_after = random.Random(11), (0, 250, 600)

    def reminders(person_id: int) -> int:
        return len(server.telegram.chats[person_id])

    async def arrived(count: int) -> None:
        for _ in range(600):
            if sum(reminders(person_id) for person_id in people) >= count:
                return
            await asyncio.sleep(0.02)

    await bot.start()
    for count in kill_after:
        await arrived(count)
        await asyncio.sleep(chance.uniform(0, 0.1))
        bot.kill()
        await bot.wait()
        assert sum(map(reminders, people)) < MANY, "it was killed too late to prove anything"
        await bot.start()

    for _ in range(600):
        if all(map(reminders, people)):
            break
        await asyncio.sleep(0.05)
    await asyncio.sleep(0.5)
    counts = [reminders(person_id) for person_id in people]
    assert min(counts) == 1, "a reminder was lost"
    assert sum(counts) - MANY <= len(kill_after) * WINDOW, (
        "more than what was in flight came twice"
    )


def _a_thousand_reminders(file, people) -> None:
    """Write an event that begins in 59 minutes, and a thousand who are to be told now."""
    now = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    starts, due = now + timedelta(minutes=59), now - timedelta(seconds=30)
    with sqlite3.connect(file) as rows:
        rows.execute(
            "INSERT INTO events (id, kind, title_km, title_en, text_km, text_en, online, place,"
            " fields, grades, all_day, first_at_utc, series, version, state, created_by,"
            " created_at_utc) VALUES (1, 'talk', 'ជ', 'Talk', '', '', 1, '', '[]', '[]', 0, ?, 0,"
            " 1, 'published', ?, ?)",
            (str(starts), FIRST_COORDINATOR, str(now)),
        )
        rows.execute(
            "INSERT INTO event_dates (id, event_id, slot, starts_at_utc, over_at_utc)"
            " VALUES (1, 1, '0', ?, ?)",
            (str(starts), str(starts + timedelta(hours=2))),
        )
        for person in people:
            rows.execute(
                "INSERT INTO people (id, language, language_chosen, reach, joined_at_utc)"
                " VALUES (?, 'en', 1, 'reachable', ?)", (person, str(now)),
            )  # fmt: skip
            rows.execute(
                "INSERT INTO event_signups (date_id, person_id, state, queue, answered_at_utc)"
                " VALUES (1, ?, 'going', 1, ?)", (person, str(now)),
            )  # fmt: skip
            # Nobody has a night in this test, whatever the hour at which it runs.
            rows.execute(
                "INSERT INTO reminder_choices (person_id, offsets, quiet_from, quiet_until)"
                " VALUES (?, '[60]', 0, 0)", (person,),
            )  # fmt: skip
            rows.execute(
                "INSERT INTO reminders (date_id, person_id, minutes_before, starts_at_utc,"
                " due_at_utc, look_at_utc, state, late, stagings)"
                " VALUES (1, ?, 60, ?, ?, ?, 'planned', 0, 0)",
                (person, str(starts), str(due), str(due)),
            )
    rows.close()
