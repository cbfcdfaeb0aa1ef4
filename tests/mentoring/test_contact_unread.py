"""What nobody can read is not passed: signs that unfold, letters that are not seen, other languages."""

import sys
import unicodedata

import pytest

from benchmarks.contact_filter import stopped
from bot.mentoring.contact.look import MOST, look
from bot.mentoring.contact.normalise import LONGEST, plain, unread

CONTACT = " add me on telegram dara85, 0964421707"
UNFOLD = [
    sign
    for sign in map(chr, range(sys.maxunicode + 1))
    if len(unicodedata.normalize("NFKD", sign)) > 3
]


@pytest.mark.parametrize("count", [250, 300, 350, 400, 1400, 1460])
def test_signs_that_unfold_push_nothing_out_of_sight(count: int) -> None:
    assert look("ﷺ" * count + CONTACT).kept_back
    assert look("good " + "ﷺ " * count + CONTACT).kept_back


def test_of_every_sign_either_all_is_looked_at_or_it_is_known_that_not() -> None:
    assert "ﷺ" in UNFOLD
    for sign in UNFOLD:
        part = (sign * LONGEST)[: LONGEST - len(CONTACT)] + CONTACT
        assert unread(part) or plain(part).endswith("0964421707"), hex(ord(sign))


@pytest.mark.parametrize(
    "hidden", ["\u200b", "\u200d", "\u0301", "\ufe0f", "\U000e0100", "\u2063"]
)
@pytest.mark.parametrize("count", [2000, 20_000])
def test_signs_that_show_nothing_hide_nothing_behind_them(hidden: str, count: int) -> None:
    assert look(hidden * count + CONTACT).barred
    assert look("t" + "eleg".replace("", hidden) + "ram dara").kept_back


def test_letters_that_no_telephone_shows_are_stopped_for_a_coordinator_sees_them_neither() -> None:
    tags = "".join(chr(0xE0000 + ord(letter)) for letter in "telegram dara_kh")
    assert look("Study well " + tags).verdict == "stop"
    assert (
        look(
            "the flag of England 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
        ).verdict
        == "pass"
    )
    assert look("ok \ue010\ue021").verdict == "stop"
    assert look("👩‍💻 សួស្ដី​បង​ស្រី​អូន​ចង់​រៀន").verdict == "pass"


def test_what_is_longer_than_all_that_is_looked_at_is_held() -> None:
    text = "The cell takes in water. " * (MOST // 25 + 1)
    assert look(text[: MOST - 1]).verdict == "pass"
    assert look(text).verdict == "hold"


@pytest.mark.parametrize(
    "text",
    [
        "Em đừng kể với ai nhé, bí mật của hai anh em mình",
        "dung noi voi ai nhe",
        "em dep qua",
        "Ne dis rien à ta mère, on se voit samedi devant l'école",
        "te quiero mucho, mi niña",
        "Jangan bilang mama ya, ini rahasia kita",
        "Ich liebe dich, sag es niemandem",
        "ya bok krai na",
        "อย่าบอกใครนะ เรื่องของเราสองคน",
        "你很漂亮，我很想你",
        "好き",
        "사랑해, 토요일에 만나자",
        "ເຈົ້າຢູ່ໃສ",
        "найди меня",
        "शून्य नौ छह चार",
        "أحبك",
        "kosong satu dua delapan sembilan enam empat dua lima",
        "null neun sechs vier vier zwei eins sieben",
        "ichi ni hachi kyuu roku yon ni go",
        "ok oun. on se voit samedi devant ton école. ok?",
    ],
)
def test_a_language_that_nobody_reads_here_is_held_for_a_coordinator(text: str) -> None:
    found = look(text)
    assert found.kept_back
    assert "language" in found.reasons


@pytest.mark.parametrize(
    "text",
    [
        "In Korean, thank you is 감사합니다",
        "Chinese: 你好 means hello, 谢谢 means thank you",
        "the French word for cat is chat",
        "They sell crème brûlée in the naïve style",
        "¯\\_(ツ)_/¯ I do not know",
        "sin α + cos β = Δ, and π is 3.14",
        "oun ot yol te bong, rean pibak nas",
        "bong srey oun jong rean IT nv sala na",
        "anh min dung te",
    ],
)
def test_a_foreign_word_among_words_that_are_read_passes(text: str) -> None:
    assert look(text, by_mentor=False).verdict == "pass"


@pytest.mark.parametrize(
    "text",
    [
        "x = 12896425",
        "9.64421707 × 10^8",
        "96442170 × 10 + 7 = ?",
        "964421707 ÷ 1 = ?",
        "tan = 0.12345678",
        "The population was 12,896,425 in 1998",
        "12 345 678 km away",
        "my computer is 1.2.8.9.6.4.2.5",
        "Ⅸ Ⅵ Ⅳ Ⅳ Ⅱ Ⅰ Ⅶ",
        "ⅨⅥⅣⅣⅡⅠⅦ",
        "⒈⒉⒏⒐⒍⒋⒉⒌",
        "〇〡〢〨〩〦〤〢〥",
        "壹貳捌玖陸肆貳伍",
        "🕛🕐🕑🕗🕘🕕🕓🕑🕔",
        "⚅⚃⚃⚁⚀⚅⚂⚂",
        "🂩🂦🂤🂤🂢🂡🂧",
        "||||||||| |||||| |||| |||| || | |||||||",
        "IX, VI, IV, IV, II, I, VII",
        "print(bytes([64,100,97,114,97,107,104]).decode())",
        "Khmer 96, Math 44, Physics 21, Chemistry 70, Biology 7, keep it",
        "zerow nyne siks foor foor too wan sevn",
    ],
)
def test_a_number_of_eight_digits_is_kept_back_whatever_it_is_said_to_be(text: str) -> None:
    assert look(text).kept_back


@pytest.mark.parametrize(
    "text",
    [
        "0, 1, 4, 9, 16, 25, 36 are squares",
        "1, 1, 2, 3, 5, 8, 13, 21, 34",
        "2 4 8 16 32 64 128",
        "Write the numbers in words: 11, 12, 13, 14, 15",
        "pi is 3.14159265359",
        "e = 2.718281828",
        "Avogadro: 6.02214076 × 10^23",
        "17,345,000 people live here",
        "the test is on 12.05.2026",
        "the address of the router is 192.168.1.1",
    ],
)
def test_numbers_of_a_lesson_pass(text: str) -> None:
    assert not look(text).kept_back


@pytest.mark.parametrize(
    "said",
    [
        ("9", "6", "4", "4", "2", "1"),
        ("nine", "four", "four", "two", "one"),
        ("ប្រាំបួន", "ប្រាំមួយ", "បួន", "បួន", "ពីរ"),
        ("9 hello", "6 nice", "4 ok", "4 yes", "2 great"),
        ("9 dogs", "6 cats", "4 hens", "4 pens", "2 eggs"),
        ("page 96", "page 44", "page 21", "page 70"),
        ("x = 964", "y = 421", "z = 707"),
    ],
)
def test_numbers_one_or_two_a_message_are_held_before_the_number_is_whole(
    said: tuple[str, ...],
) -> None:
    assert stopped(said) is not None


def test_numbers_that_answer_one_message_after_the_other_pass() -> None:
    answers = ["9", "6", "4", "4", "2"]
    talk = [one for answer in answers for one in ("and the next exercise?", answer)]
    assert look("1", answers, talk=talk, by_mentor=False).verdict == "pass"
    assert stopped(("1", "2", "3", "4", "5", "6", "7")) is None
