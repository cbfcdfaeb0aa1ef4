"""She is answered in the language of her words, and where they tell none in the one she chose."""

import pytest

from bot.language.khmer import khmer_share
from tests.chat import buttons_of, text_of
from tests.handlers.scenes import UNKNOWN
from tests.stage import ENGLISH_STUDENT, STUDENT, Stage


async def test_what_tells_no_language_is_answered_in_the_one_she_chose(stage: Stage) -> None:
    srey = stage.person(STUDENT)
    for words in ("៣៤៥៦", "012345678", "😭", "???", "x", "A B C", "สวัสดี", "https://t.me/abc"):
        await srey.send(words)
        assert srey.news(), words
        assert all(khmer_share(text_of(message)) for message in srey.news()), words


async def test_her_language_stays_whatever_she_wrote_between(stage: Stage) -> None:
    """Only her own words in Khmer or English are answered otherwise, and only those."""
    srey = stage.person(ENGLISH_STUDENT)
    for between in ("ខ្ញុំចង់រៀន IT", "สวัสดี", "៣៤៥", "😭", "https://t.me/abc"):
        await srey.send(between)
        for words in ("123", "https://t.me/abc"):
            await srey.send(words)
            assert not any(khmer_share(text_of(message)) for message in srey.news()), between


@pytest.mark.parametrize("words", ["how do I become a nurse?", UNKNOWN])
async def test_the_buttons_of_an_answer_speak_its_language(stage: Stage, words: str) -> None:
    srey = stage.person(STUDENT)
    await srey.send("/path")
    await srey.tap("path.start")
    await srey.tap_words(srey.buttons()[0])
    await srey.send(words)
    (answer,) = srey.news()
    labels = [label for label, _ in buttons_of(answer)]
    assert any(data == "path:below" for _, data in buttons_of(answer))
    assert not any(khmer_share(label) for label in labels), labels
