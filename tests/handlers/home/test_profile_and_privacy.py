"""What she may tell about herself, and what she can do with what is kept."""

from tests.stage import ENGLISH_STUDENT, Stage


async def test_grade_and_province_are_optional_and_shown(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("/me")
    srey.sees("me.text", grade=srey.words("me.unsaid"))
    await srey.tap("me.grade")
    await srey.tap("grade.11")
    srey.sees("me.text", grade=srey.words("grade.11"))
    await srey.tap("me.province")
    await srey.tap("page.next")
    await srey.tap("page.next")
    kep = next(p for p in stage.content.provinces if p.id == "kep")
    await srey.tap_words(kep.label.get("en"))
    srey.sees("me.text", province=kep.label.get("en"))


async def test_she_exports_and_erases_her_data(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("/privacy")
    srey.sees("data.text")
    await srey.tap("data.mine")
    await srey.tap("data.export")
    srey.sees("data.exported")
    await srey.tap("data.erase")
    srey.sees("data.sure")
    await srey.tap("data.erase_yes")
    srey.sees("data.erased")
    await srey.send("/start")
    srey.sees("start.welcome.other")


async def test_before_everything_is_erased_home_is_one_tap_away(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("/privacy")
    await srey.tap("data.erase")
    await srey.tap("back.home")
    srey.sees("home.text")
