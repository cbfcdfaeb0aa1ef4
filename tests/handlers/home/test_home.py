"""Home has every door in a steady order; those that she opens most come first from the next day."""

from tests.stage import ENGLISH_STUDENT, STUDENT, Stage

STEADY = (
    "path", "careers", "directory", "events", "mentors", "women", "family", "help", "more",
)  # fmt: skip


def _doors(stage: Stage, *names: str) -> list[str]:
    return [stage.content.locales["en"][f"home.{name}"] for name in names]


async def test_nothing_that_a_girl_looks_for_hides_behind_more(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("/menu")
    assert srey.buttons() == _doors(stage, *STEADY)
    for door, says in (
        ("home.directory", "dir.text"), ("home.women", "women.text"),
        ("home.family", "family.text"), ("home.mentors", "intro.welcome"),
    ):  # fmt: skip
        await srey.tap(door)
        srey.sees(says)
        await srey.tap("back.home")
        srey.sees("home.text")


async def test_the_doors_she_opens_most_come_first_from_the_next_day(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("/menu")
    for _ in range(3):
        await srey.tap("home.women")
        await srey.tap("back.home")
    for _ in range(4):
        await srey.send("/events")
    await srey.send("/menu")
    assert srey.buttons() == _doors(stage, *STEADY), "nothing moves while she is here"
    stage.later(days=1)
    await srey.send("/menu")
    rest = [name for name in STEADY if name not in ("events", "women")]
    assert srey.buttons() == _doors(stage, "events", "women", *rest)


async def test_a_door_that_came_first_gives_way_only_to_one_that_is_opened_more(
    stage: Stage,
) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    for _ in range(3):
        await srey.send("/careers")
        await srey.send("/find")
    stage.later(days=1)
    await srey.send("/menu")
    assert srey.buttons()[:2] == _doors(stage, "careers", "directory")
    for _ in range(3):
        await srey.send("/events")
    stage.later(days=1)
    await srey.send("/menu")
    assert srey.buttons()[:2] == _doors(stage, "careers", "directory")
    for _ in range(2):
        await srey.send("/events")
    stage.later(days=1)
    await srey.send("/menu")
    assert srey.buttons()[:2] == _doors(stage, "events", "careers")


async def test_her_habits_are_shown_to_her_and_erased(stage: Stage) -> None:
    srey = stage.person(STUDENT)
    for _ in range(3):
        await srey.send("/events")
    await srey.send("/mydata")
    await srey.tap("data.export")
    _, data = stage.file(srey.sees("data.exported_data"))
    assert b'"events": 3' in data
    await srey.tap("data.erase")
    await srey.tap("data.erase_yes")
    stage.later(days=1)
    await srey.send("/menu")
    assert srey.buttons()[0] == srey.words("home.path")
