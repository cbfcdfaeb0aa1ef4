"""A girl looks for a scholarship near her, for women like her, and for words for her family."""

import pytest

from tests.stage import ENGLISH_STUDENT, STUDENT, Stage


async def test_she_finds_a_scholarship_by_asking(stage: Stage) -> None:
    srey = stage.person(STUDENT)
    await srey.send("អាហារូបករណ៍សម្រាប់ស្រីក្រនៅបាត់ដំបង")
    await srey.tap("dir.found_there", shelf=srey.words("dir.shelf.scholarship"))
    battambang = next(p for p in stage.content.provinces if p.id == "battambang")
    srey.sees("dir.list", where=battambang.label.get("km"))
    await srey.tap("dir.everywhere")
    srey.sees("dir.list", where=srey.words("dir.anywhere"))
    await srey.tap_words(srey.buttons()[0])
    shown = srey.sees("dir.who")
    assert srey.sees("answer.source") == shown


async def test_she_meets_women_and_brings_a_page_home(stage: Stage) -> None:
    content = stage.content
    chantha = stage.person(ENGLISH_STUDENT)
    await chantha.send("/start")
    await chantha.tap_data("lang:en:w")
    await chantha.send("/menu")
    await chantha.tap("home.women")
    chantha.sees("women.text")
    woman = content.women[0]
    await chantha.tap_words(woman.name)
    chantha.sees_words(woman.story.get("en")[:40])
    await chantha.send("/family")
    chantha.sees("family.text")
    await chantha.tap("family.page")
    page = chantha.sees_words(content.for_parents.page.get("en")[:40])
    assert "reply_markup" not in page, "it can be sent on as it is"
    await chantha.send("/family")
    objection = content.for_parents.objections[0]
    await chantha.tap_words(objection.says.get("en")[:20])
    chantha.sees_words(objection.answer.get("en")[:40])


@pytest.mark.parametrize(
    "data",
    [
        "dir:list:scholarship:mars:-:0",
        "dir:item:nothing:study:-:-",
        "women:one:nobody:0",
        "story:none",
        "family:says:nothing",
        "dir:",
    ],
)
async def test_forged_library_buttons_lead_home(stage: Stage, data: str) -> None:
    srey = stage.person(STUDENT)
    await srey.send("/menu")
    await srey.forge(data)
    srey.sees("home.text")


async def test_a_page_beyond_the_end_is_the_last(stage: Stage) -> None:
    srey = stage.person(STUDENT)
    await srey.send("/find")
    srey.sees("dir.text")
    await srey.forge("dir:list:study:-:-:9999")
    srey.sees("dir.list")
    assert srey.offers("page.previous")
    assert not srey.offers("page.next")
