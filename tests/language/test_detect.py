"""How a message is written is read from its words; what has none tells nothing."""

import pytest

from bot.answering.answerer import Answerer
from bot.language.detect import Language

NO_WORDS = (
    "???", "🙂", "😭😭😭", "123456", "៣៤៥៦", "٣٤", "x", "A B C", "x y z", "kkkk", "ok", "asdfgh",
    "สวัสดี", "你好", "Привет", "مرحبا", "https://t.me/joinchat/what", "www.school.edu.kh/how",
    "facebook.com/the.girl", "@where_is", "who@gmail.com", "t.me/what?is=the",
)  # fmt: skip


@pytest.mark.parametrize("text", NO_WORDS)
@pytest.mark.parametrize("hers", ["km", "en"])
def test_what_has_no_words_is_taken_to_be_in_her_language(
    answerer: Answerer, text: str, hers: Language
) -> None:
    assert answerer.language(text, hers) == hers


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("hello", "en"),
        ("how do I become a nurse", "en"),
        ("see www.school.edu.kh and tell me the fees", "en"),
        ("oun chong rean IT", "rom"),
        ("jg reann phet", "rom"),
        ("ខ្ញុំចង់រៀន", "km"),
        ("ខ្ញុំចង់រៀន https://t.me/what", "km"),
        ("ខ្ញុំចង់រៀន design", "mix"),
    ],
)
@pytest.mark.parametrize("hers", ["km", "en"])
def test_words_tell_their_language_whatever_hers_is(
    answerer: Answerer, text: str, language: Language, hers: Language
) -> None:
    assert answerer.language(text, hers) == language
