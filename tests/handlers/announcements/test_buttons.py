"""What an announcement's button opens, an announcement made of an event, and steps back."""

from datetime import timedelta

import pytest

from bot.announcements.opens import link_in, names, tidy_link
from bot.refusals import RefusedError
from tests.chat import Chat
from tests.handlers.scenes import at_desk, writes_announcement
from tests.stage import ENGLISH_STUDENT, STUDENT, Stage

KHMER, ENGLISH = "ថ្ងៃសាកសរសេរកូដ", "A day of trying <code> & more"


async def _publishes(stage: Stage, nary: Chat, english: str | None = ENGLISH) -> None:
    day = stage.now.astimezone(stage.services.settings.zone) + timedelta(days=20)
    await nary.send("/desk")
    await nary.tap("desk.events")
    await nary.tap("eventdesk.new")
    await nary.tap("event.kind.workshop")
    await nary.send(KHMER)
    if english is None:
        await nary.tap("eventform.skip")
    else:
        await nary.send(english)
    await nary.tap("eventform.skip")
    await nary.tap("eventform.skip")
    await nary.send(f"{day:%d/%m/%Y} 14:00-16:00")
    await nary.tap_data("evf:set:1:where:g:phnom-penh")
    await nary.send("Library, room 3")
    await nary.tap("eventform.skip")
    await nary.tap("eventform.publish")
    nary.sees("eventform.published")


async def _is_sent(stage: Stage, author: Chat) -> None:
    await author.tap("cast.check")
    await author.tap("cast.now")
    await stage.passes(5)


async def test_an_event_that_was_published_is_announced_in_one_tap_and_opened_by_its_button(
    stage: Stage,
) -> None:
    srey, chantha = stage.person(STUDENT), stage.person(ENGLISH_STUDENT)
    for girl in (srey, chantha):
        await girl.send("/menu")
    _, nary = await at_desk(stage)
    await _publishes(stage, nary)
    await nary.tap("eventdesk.announce")
    nary.sees("cast.state.draft")
    nary.sees("cast.extras", button=nary.words("news.open.event"))
    # Nothing is sent before it was looked at.
    assert ENGLISH not in chantha.transcript()
    await _is_sent(stage, nary)
    srey.sees_words(KHMER)
    srey.sees_words("១៤:០០")
    chantha.sees_words(ENGLISH)
    chantha.sees_words("Library, room 3")
    await chantha.tap("news.open.event")
    assert chantha.offers("event.go")
    # The same from the event itself; a draft that is there is taken up again.
    await nary.send("/desk")
    await nary.tap("desk.events")
    await nary.tap_words(ENGLISH)
    await nary.tap("eventdesk.announce")
    nary.sees("cast.head", number=2)
    await nary.forge("cast:event:1")
    assert "cast:check:3" not in nary.was_shown()
    # An event that was called off says so.
    await nary.forge("evd:cancelyes:1")
    await chantha.forge("news:open:1")
    chantha.sees("news.event_over")


async def test_the_english_title_may_be_left_out(stage: Stage) -> None:
    chantha = stage.person(ENGLISH_STUDENT)
    await chantha.send("/menu")
    _, nary = await at_desk(stage)
    await _publishes(stage, nary, english=None)
    await chantha.send("/events")
    await chantha.tap_words(KHMER)
    await nary.tap("eventdesk.announce")
    nary.sees("cast.other_language")


async def test_a_button_may_open_a_career_something_of_the_directory_or_a_page(
    stage: Stage,
) -> None:
    content, chantha = stage.content, stage.person(ENGLISH_STUDENT)
    await chantha.send("/menu")
    bopha, _ = await at_desk(stage)
    await writes_announcement(bopha, KHMER, ENGLISH)
    field = content.fields[0]
    career = next(c for c in content.careers.values() if content.field_of[c.id] == field.id)
    item = next(o for o in content.opportunities if o.kind == "scholarship")
    await bopha.tap("cast.button_button")
    await bopha.tap("cast.a_career")
    await bopha.tap_words(field.label.get("km"))
    await bopha.tap_data(f"cast:set:1:career:{career.id}")
    bopha.sees("cast.extras", button=bopha.words("news.open.career"))
    await chantha.forge("news:open:1")
    chantha.sees_words(career.name.get("en"))
    await bopha.forge("cast:btn:1")
    await bopha.tap("cast.an_item")
    await bopha.tap("dir.shelf.scholarship")
    assert bopha.offers("back.topic")
    await bopha.forge(f"cast:set:1:dir:{item.id}")
    bopha.sees("cast.extras", button=bopha.words("news.open.dir"))
    await chantha.forge("news:open:1")
    chantha.sees_words(item.name.get("en"))
    await bopha.forge("cast:btn:1")
    await bopha.tap("cast.a_link")
    await bopha.send("javascript:alert(1)")
    bopha.sees("cast.bad_link")
    await bopha.send("www.moeys.gov.kh/bac?year=2026&x=<y>")
    bopha.sees("cast.leads_to", link="https://www.moeys.gov.kh/bac?year=2026&x=<y>")
    await chantha.forge("news:open:1")
    chantha.sees("news.link", link="https://www.moeys.gov.kh/bac?year=2026&x=<y>")


@pytest.mark.parametrize(
    "forged", ["event:99", "event:x", "career:nobody", "dir:nothing", "link:https://a.b", "faq"]
)
async def test_a_button_opens_nothing_that_is_not_there(stage: Stage, forged: str) -> None:
    bopha, _ = await at_desk(stage)
    await writes_announcement(bopha, KHMER, ENGLISH)
    assert await bopha.forge(f"cast:set:1:{forged}") == bopha.words("stale.toast")


@pytest.mark.parametrize(
    "typed",
    [
        "", "hello", "https://", "ftp://a.example.org", "https://user@bank.example.org",
        "https://localhost/x", "https://127.0.0.1/", "https://a.example.org/a b",
        "https://a.example.org:99999/", "https://a.example.org/" + "x" * 300, "t.me@evil.example.org",
        "https://a.example.org/\u202egpj", "https://[::1]/",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(RefusedError, match=r"^cast\.bad_link$"):
        tidy_link(typed)


def test_an_address_without_its_scheme_is_made_whole() -> None:
    assert tidy_link(" moeys.gov.kh/a ") == "https://moeys.gov.kh/a"
    assert link_in(names("link", "https://a.b:80/x:y")) == "https://a.b:80/x:y"
    assert link_in("faq:x") is None
    assert link_in(None) is None


async def test_writing_an_announcement_can_be_gone_back_on_and_left(stage: Stage) -> None:
    bopha, _ = await at_desk(stage)
    await bopha.send("/announce")
    await bopha.tap("cast.new")
    await bopha.tap("news.kind.tip")
    await bopha.send(KHMER)
    bopha.sees("cast.write", language=bopha.words("languages.en"))
    await bopha.tap("back.topic")
    bopha.sees("cast.write", language=bopha.words("languages.km"))
    bopha.sees("cast.now_is", text=KHMER)
    await bopha.tap("back.topic")
    bopha.sees("cast.kinds")
    await bopha.tap("news.kind.event")
    bopha.sees("cast.now_is", text=KHMER)
    await bopha.tap("cast.cancel")
    await bopha.tap("cast.bin_yes")
    bopha.sees("cast.none")
    # One that was begun and left empty does not stay in the list.
    for _ in range(2):
        await bopha.send("/announce")
        await bopha.tap("cast.new")
        await bopha.tap("news.kind.event")
    await bopha.send("/announce")
    drafts = [label for label in bopha.buttons() if bopha.words("cast.state.draft")[0] in label]
    assert len(drafts) == 1


async def test_writing_an_event_can_be_gone_back_on_step_by_step(stage: Stage) -> None:
    _, nary = await at_desk(stage)
    await nary.tap("desk.events")
    await nary.tap("eventdesk.new")
    await nary.tap("event.kind.workshop")
    await nary.send(KHMER)
    nary.sees("eventform.ask.title_en")
    await nary.tap("back.topic")
    nary.sees("eventform.ask.title_km")
    await nary.send(KHMER)
    nary.sees("eventform.ask.title_en")
    await nary.tap("eventform.stop")
    await nary.tap("eventform.drop_yes")
    nary.sees("eventform.dropped")


async def test_a_correction_says_which_language_stays_as_it_is(stage: Stage) -> None:
    srey, chantha = stage.person(STUDENT), stage.person(ENGLISH_STUDENT)
    for girl in (srey, chantha):
        await girl.send("/menu")
    bopha, _ = await at_desk(stage)
    await writes_announcement(bopha, "ខុស", ENGLISH)
    await _is_sent(stage, bopha)
    await bopha.tap("cast.fix")
    await bopha.send(KHMER)
    bopha.sees("cast.fix_write", language=bopha.words("languages.en"))
    await bopha.tap("cast.keep_words", language=bopha.words("languages.en"))
    bopha.sees("cast.fix_confirm")
    await bopha.tap("cast.fix_yes")
    await stage.passes(5)
    srey.sees_words(KHMER)
    assert ENGLISH in chantha.transcript()
    # Nothing but what there is: nothing to correct.
    await bopha.tap("cast.fix")
    await bopha.tap("cast.keep_words", language=bopha.words("languages.km"))
    await bopha.tap("cast.keep_words", language=bopha.words("languages.en"))
    bopha.sees("cast.board")
    bopha.does_not_see("cast.fix_confirm")


async def test_an_address_sent_again_takes_the_place_of_the_first(stage: Stage) -> None:
    bopha, _ = await at_desk(stage)
    await writes_announcement(bopha, "ដំណឹង", "News")
    await bopha.tap_data("cast:btn:1")
    await bopha.tap("cast.a_link")
    mistyped = await bopha.send("https//example.org/a")
    bopha.sees("cast.bad_link")
    await bopha.edit(mistyped, "https://example.org/a")
    bopha.sees_words("example.org/a")
    await bopha.send("https://example.org/b")
    bopha.sees_words("example.org/b")
    bopha.sees("cast.state.draft")
    await bopha.send("What is AI?")
    bopha.does_not_see("cast.state.draft")
