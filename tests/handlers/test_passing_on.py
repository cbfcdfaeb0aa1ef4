"""What a girl finds she can open, copy and send to a friend, for whom it opens; danger never."""

from urllib.parse import parse_qs, urlsplit

import pytest

from bot.screens.voice import Voice
from handlers.answering.entries import entry_screen
from tests.chat import Chat, keys_of
from tests.handlers.scenes import DANGER, HOTLINE, pastes_event
from tests.stage import ENGLISH_STUDENT, SECOND_COORDINATOR, STUDENT, Stage

FRIEND = 6010


def _link(shared: str) -> str:
    """What the friend gets, of what Telegram is asked to send."""
    told = parse_qs(urlsplit(shared).query)
    assert urlsplit(shared).hostname == "t.me"
    assert told["text"][0].strip()
    return told["url"][0]


async def _friend_opens(stage: Stage, link: str) -> Chat:
    bot = stage.services.bot_username
    assert link.startswith(f"https://t.me/{bot}?start=")
    friend = stage.enters(FRIEND, "Friend", "en")
    await friend.send(f"/start {link.partition('start=')[2]}")
    return friend


@pytest.mark.parametrize("opened", ["faq_what-is-ai", "career_nurse", "dir_rupp", "dir_pnc-it"])
async def test_what_she_passes_on_opens_for_her_friend(stage: Stage, opened: str) -> None:
    chantha = stage.person(ENGLISH_STUDENT)
    await chantha.send(f"/start {opened}")
    title = chantha.messages()[-1]["text"].partition("\n")[0]
    friend = await _friend_opens(stage, _link(chantha.opens("share.send")))
    friend.sees_words(title)
    # Who meets the bot so reads first what it is and what it keeps.
    friend.sees("start.welcome", "km")


async def test_the_page_for_parents_opens_for_them(stage: Stage) -> None:
    chantha = stage.person(ENGLISH_STUDENT)
    await chantha.send("/family")
    await chantha.tap("family.page")
    mother = await _friend_opens(stage, _link(chantha.opens("share.family")))
    mother.sees_words(stage.content.for_parents.title.get("en"))
    # How to pass it on is told to a daughter.
    mother.does_not_see("family.forward")


async def test_the_card_for_the_family_leads_to_the_work(stage: Stage) -> None:
    chantha = stage.person(ENGLISH_STUDENT)
    await chantha.send("/start career_nurse")
    await chantha.tap("career.more")
    await chantha.tap("career.card")
    assert _link(chantha.opens("share.family")).endswith("start=career_nurse")


async def test_an_event_is_passed_on_with_its_page_and_its_form(stage: Stage) -> None:
    nary = stage.person(SECOND_COORDINATOR)
    await pastes_event(
        nary, "kind: workshop", "title: ថ្ងៃសរសេរកូដ", "title: Coding day",
        "text: ប្អូនៗអាចចុះឈ្មោះនៅទីនេះ៖ https://forms.gle/abc123។", "text: Sign up: https://forms.gle/abc123. Bye!",
        "when: 2026-12-05 09:00", "where: online, https://example.org/talk",
    )  # fmt: skip
    await nary.tap("eventform.publish")
    chantha = stage.person(ENGLISH_STUDENT)
    await chantha.send("/start event_1")
    assert chantha.opens("link.form") == "https://forms.gle/abc123"
    assert chantha.opens("link.page") == "https://example.org/talk"
    friend = await _friend_opens(stage, _link(chantha.opens("share.send")))
    friend.sees_words("Coding day")


@pytest.mark.parametrize(
    "gone", ["faq_nothing", "career_", "dir_x", "event_999", "event_x", "family_x", "ask", "odd"]
)
async def test_a_link_to_what_is_gone_leads_home(stage: Stage, gone: str) -> None:
    chantha = stage.person(ENGLISH_STUDENT)
    await chantha.send("/start")
    await chantha.tap_data("lang:en:w")
    await chantha.send(f"/start {gone}")
    chantha.sees("home.text")


async def test_a_school_has_its_page_to_open_and_to_copy(stage: Stage) -> None:
    chantha = stage.person(ENGLISH_STUDENT)
    await chantha.send("/start dir_rupp")
    page = str(stage.content.institution["rupp"].link)
    assert chantha.opens("link.page") == chantha.copies("link.copy") == page


def _passes_on(message: dict[str, object]) -> bool:
    return any("t.me/share" in str(key.get("url")) for key in keys_of(message))


async def test_nothing_of_danger_is_passed_on(stage: Stage) -> None:
    content = stage.content
    voice = Voice(content, "km", bot="bong_bot")
    assert {"hurt-at-home", "period-late", "helplines"} <= content.stays_private
    for entry in content.entries.values():
        rows = entry_screen(voice, content, entry).rows
        shared = any("t.me/share" in button.data for row in rows for button in row)
        assert shared is (entry.id not in content.stays_private), entry.id
    srey = stage.person(STUDENT)
    await srey.send(DANGER)
    assert not any(_passes_on(message) for message in srey.messages())


async def test_without_a_name_the_bot_offers_nothing_to_pass_on(stage: Stage) -> None:
    entry = stage.content.entries["what-is-ai"]
    rows = entry_screen(Voice(stage.content, "en"), stage.content, entry).rows
    assert not any("t.me" in button.data for row in rows for button in row)


async def test_a_hotline_is_copied_with_one_tap(stage: Stage) -> None:
    srey = stage.person(STUDENT)
    await srey.send(DANGER)
    assert srey.copies("copy.number", number=HOTLINE) == str(HOTLINE)
    await srey.send("/start faq_helplines")
    assert srey.copies("copy.number", number=HOTLINE) == str(HOTLINE)
    # As a telephone wants it, whatever it looks like in the text.
    assert srey.copies("copy.number", number="092 311 511") == "092311511"


async def test_a_number_typed_for_a_button_that_opens_a_page_is_no_tap(stage: Stage) -> None:
    chantha = stage.person(ENGLISH_STUDENT)
    await chantha.send("/start dir_rupp")
    place = chantha.buttons().index(chantha.words("link.page"))
    await chantha.send(str(place + 1))
    chantha.does_not_see("stale.toast")
    chantha.does_not_see("home.text")
