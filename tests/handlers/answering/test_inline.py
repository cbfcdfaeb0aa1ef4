"""Searching from any chat finds what everybody may read, and nothing of danger."""

import pytest

from bot.incoming import Search
from handlers.answering import inline
from tests.stage import ENGLISH_STUDENT, STUDENT, Stage
from tests.traces import columns_with


def _titles(shown: dict[str, object] | None) -> list[str]:
    assert shown is not None, "nothing is answered"
    results = shown["results"]
    assert isinstance(results, list)
    return [result["title"] for result in results]


async def test_a_search_finds_things_of_every_kind(stage: Stage) -> None:
    chantha = stage.person(ENGLISH_STUDENT)
    content = stage.content
    for search, title in (
        ("what is AI?", content.entries["what-is-ai"].question.get("en")),
        ("nurs", content.careers["nurse"].name.get("en")),
        ("CADT", content.institution["cadt"].name.get("en")),
        ("technovation", "Technovation"),
    ):
        titles = _titles(await chantha.search(search))
        assert any(title in shown for shown in titles), (search, titles)


async def test_who_looks_for_scholarships_finds_several(stage: Stage) -> None:
    shown = await stage.person(ENGLISH_STUDENT).search("scholarship for girls")
    assert len(_titles(shown)) > 3


async def test_what_is_sent_says_what_the_bot_says_and_opens_it(stage: Stage) -> None:
    chantha = stage.person(ENGLISH_STUDENT)
    shown = await chantha.search("what is AI?")
    assert shown is not None
    first = shown["results"][0]["message"]
    (button,) = first["reply_markup"]["inline_keyboard"][0]
    bot = stage.services.bot_username
    assert button["url"] == f"https://t.me/{bot}?start=faq_what-is-ai"
    await chantha.send("/start faq_what-is-ai")
    chantha.sees_words(first["text"])


async def test_before_anything_is_typed_there_are_a_few_useful_things(stage: Stage) -> None:
    shown = await stage.person(STUDENT).search("")
    titles = _titles(shown)
    assert stage.content.for_parents.title.get("km") in titles
    assert 3 < len(titles) <= 8


@pytest.mark.parametrize(
    "words",
    [
        "my father hits me every night", "i want to die", "ជួយខ្ញុំ", "hurt", "violence",
        "period late", "he asks me for a photo", "forced marriage", "boyfriend wants my password",
    ],
)  # fmt: skip
async def test_of_danger_there_is_only_the_way_to_the_private_chat(
    stage: Stage, words: str
) -> None:
    chantha = stage.person(ENGLISH_STUDENT)
    shown = await chantha.search(words)
    assert shown is not None
    assert shown["results"] == []
    assert shown["button"]["text"] == stage.content.locales["en"]["inline.private"]
    assert (shown["is_personal"], shown["cache_time"]) == (True, 0)
    await chantha.send(f"/start {shown['button']['start_parameter']}")
    chantha.sees("care.honest")


async def test_the_way_to_the_private_chat_is_there_when_nothing_is_found(stage: Stage) -> None:
    shown = await stage.person(ENGLISH_STUDENT).search("football score yesterday")
    assert shown is not None
    assert shown["results"] == []
    assert shown["button"]["text"] == stage.content.locales["en"]["inline.nothing"]


async def test_no_answer_that_stays_private_is_found_however_it_is_asked(stage: Stage) -> None:
    content = stage.content
    private = {f"faq_{entry}" for entry in content.stays_private}
    for entry in sorted(content.stays_private)[::9]:
        for question in content.entries[entry].question.all():
            found = inline.found(stage.services, Search("1", 1, None, question), "en")
            assert private.isdisjoint(article.id for article in found.articles), question


@pytest.mark.parametrize(
    ("telephone", "search", "tongue", "shared"),
    [
        ("km", "nurse", "km", False),
        ("en-US", "nurse", "en", False),
        ("vi", "nurse", "en", True),
        ("vi", "គិលានុបដ្ឋាយិកា", "km", True),
    ],
)
async def test_who_never_wrote_reads_her_telephones_language_or_that_of_her_words(
    stage: Stage, telephone: str, search: str, tongue: str, shared: bool
) -> None:
    shown = await stage.enters(6001, language=telephone).search(search)
    assert shown is not None
    name = stage.content.careers["nurse"].name.get(tongue)
    assert any(name in title for title in _titles(shown))
    # What depends on her is shown to nobody else.
    assert shown["is_personal"] is not shared


async def test_the_language_that_she_chose_comes_first(stage: Stage) -> None:
    srey = stage.person(STUDENT)
    await srey.send("/start")
    await srey.tap_data("lang:en:w")
    shown = await srey.search("nurse")
    assert stage.content.careers["nurse"].name.get("en") in _titles(shown)[0]


async def test_what_she_found_and_sent_here_is_not_taken_for_her_words(stage: Stage) -> None:
    chantha = stage.person(ENGLISH_STUDENT)
    await chantha.send("/menu")
    await chantha.sends_found("what is AI?")
    assert chantha.news() == []


async def test_searching_leaves_no_trace(stage: Stage) -> None:
    stranger = stage.enters(6002, language="en")
    await stranger.search("scholarship zebra")
    async with stage.database.read() as session:
        assert await columns_with(session, "zebra", 6002) == []
