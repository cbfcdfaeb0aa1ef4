"""Her copy: what is kept of her in plain words, as a page for any telephone and as data."""

import json
import re

import pytest

from bot import privacy
from bot.people import people
from bot.safety.tables import LastWord
from bot.tables import metadata
from handlers.home.mydata_words import sections
from handlers.home.taps import PRIVACY_PAGES
from tests.handlers.scenes import UNKNOWN, with_a_mentor
from tests.stage import ENGLISH_STUDENT, STUDENT, Stage
from tests.test_privacy import HER, LISTS_OF_PEOPLE, NOW, _add, _of_people

EVIL = "do zebras like blue cheese? <b>&</b> <script>"


async def test_she_reads_in_the_chat_what_is_kept(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("/me")
    await srey.tap("me.grade")
    await srey.tap("grade.11")
    await srey.send(UNKNOWN)
    await srey.send("/mydata")
    srey.sees("mine.told", name=srey.words("mine_field.grade"), value=srey.words("grade.11"))
    srey.sees("mine.counted", title=srey.words("mine.questions"), n=1)
    assert len(srey.said()) <= 900


async def test_she_gets_a_page_and_the_same_as_data(stage: Stage) -> None:
    srey = stage.person(STUDENT)
    await srey.send(EVIL)
    await srey.send("/mydata")
    await srey.tap("data.export")
    page, data = (stage.file(message) for message in srey.news())
    assert (page[0], data[0]) == ("bongsrey.html", "bongsrey.json")
    assert json.loads(data[1])["questions"][0]["text"] == EVIL
    text = page[1].decode()
    assert '<html lang="km">' in text
    assert srey.words("mine.questions") in text
    assert "&lt;script&gt;" in text
    assert "<script" not in text
    assert not re.search(r"(src|href|url)\s*[=(]", text), "it loads something"
    assert "default-src 'none'" in text


@pytest.mark.parametrize(
    "text", ["2025-02-30", "២០០៩-០៥-១២", "2025-99-99T1", "2025-02-03", "sent", "going"]
)
async def test_her_own_words_stand_as_she_wrote_them(stage: Stage, text: str) -> None:
    srey = stage.person(STUDENT)
    async with stage.database.write() as session:
        await people.meet(session, STUDENT, "km", NOW)
        session.add(LastWord(person_id=STUDENT, text=text, at_utc=stage.now))
    await srey.send("/mydata")
    await srey.tap("data.export")
    page = stage.file(srey.news()[0])[1].decode()
    assert f"<dd>{text}</dd>" in page


async def test_a_grown_up_is_not_spoken_to_as_a_girl(stage: Stage) -> None:
    mentor = (await with_a_mentor(stage)).sophea
    await mentor.send("/privacy")
    mentor.sees("adult.data.text")
    for page in PRIVACY_PAGES:
        await mentor.tap(f"data.page_{page}")
        mentor.sees(f"adult.privacy.{page}")
        await mentor.send("/privacy")
    await mentor.send("/mydata")
    mentor.sees("adult.mine.text")


async def test_everything_that_can_be_kept_has_a_name_in_both_languages(stage: Stage) -> None:
    async with stage.database.write() as session:
        await people.meet(session, HER, "km", NOW)
        await session.flush()
        for column in sorted(set(_of_people()) - privacy.EXEMPT.keys() - {"people.id"}):
            table, _, name = column.partition(".")
            if table == "conversations":
                continue
            her = [HER] if column in LISTS_OF_PEOPLE else HER
            try:
                async with session.begin_nested():
                    await _add(session, metadata.tables[table], **{name: her})
            except Exception:  # noqa: S112 - a row of hers is there already
                continue
        kept = sections(await privacy.export(session, HER))
    for tongue in ("km", "en"):
        words = stage.content.locales[tongue]
        nameless = {f"mine.{name}" for name in kept} | {
            f"mine_field.{field}"
            for name, value in kept.items()
            if name != "helpful"
            for field in _fields(value)
        }
        assert sorted(nameless - words.keys()) == []


def _fields(value: object) -> set[str]:
    if isinstance(value, dict):
        if value.keys() <= {"km", "en"}:
            return set()
        return set(value) | {f for one in value.values() for f in _fields(one)}
    return {f for one in value for f in _fields(one)} if isinstance(value, list) else set()


async def test_a_walk_is_told_by_its_next_question_and_no_key_is_shown(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    await srey.send("/path")
    await srey.tap("path.start")
    await srey.tap_words("12")
    await srey.send("/careers")
    await srey.send("/mydata")
    await srey.tap("data.export")
    page, data = (stage.file(message)[1].decode() for message in srey.news())
    place = json.loads(data)["walks"][0]["next_question"]
    (node,) = (node for node in stage.content.nodes if node.id == place)
    assert node.question.get("en") in page
    assert f"<dd>{place}</dd>" not in page
    assert "list:" not in page
    assert "where_she_was" not in page
