"""Digits behind labels that are a number in a row, signs of control, and homework that is none."""

import pytest

from bot.mentoring.contact.look import Finding, look
from bot.mentoring.contact.normalise import visible

ASKED = "លេខបងប៉ុន្មាន"
BY_THEMSELVES = (
    "Khmer 09 Math 64 Physics 45 Chem 21 Bio 73",
    "ខ្មែរ 0 គណិត 96 រូប 44 គីមី 52 ជីវៈ 17 ប្រវត្តិ 3",
    "មេរៀន 09 លំហាត់ 64 ទំព័រ 83 បន្ទាត់ 127",
    "x0=0 x1=9 x2=6 x3=4 x4=8 x5=3 x6=1 x7=2 x8=7",
    "x០=០ x១=៩ x២=៦ x៣=៤ x៤=៨ x៥=៣ x៦=១ x៧=២ x៨=៧",
    "angle D = 09, angle A = 64, angle B = 83, angle C = 127",
    "09 kg, 64 kg, 45 kg, 21 kg, 73 kg",
    "9x^7+6x^6+4x^5+8x^4+3x^3+x^2+2x+7",
    "H9 O6 C4 N8 Na3 K1 Ca2 Fe7",
    "ooooooooo oooooo oooo oooo ooooo oo o",
    "c a l l m e z e r o n i n e",
)
KEYS = (
    "mon=1 tue=2 wed=3 thu=4 fri=5 sat=6 sun=7",
    "kon chhma=0 chkae=9 kou=6 sva=4",
)
WHEN_ASKED = (
    "angle A = 96, angle B = 48, angle C = 31, angle D = 27",
    "96% 48% 31% 27%",
    "prices: rice 96, fish 48, meat 31, egg 27",
    "simplify the ratio 9648 : 3127",
    "0.96 + 4.45 + 21.73 = ?",
    "what is 964+831+27",
)
HOMEWORK = (
    "my scores: math 78 khmer 65 physics 80 english 90",
    "My score was 9/10, 6/10, 8/10 and 7/10 in 4 quizzes",
    "bong I have exam on 12/01, 14/01, 15/01 and 19/01",
    "H2O, CO2, NaCl, CH4, C6H12O6 balance ot ches te",
    "Yes, f(x) = 2x + 1.",
    "f(0)=1, f(1)=3, f(2)=5, f(3)=7",
    "x^3 + 3x^2 + 3x + 1 = 0",
    "angle A = 60, angle B = 60, angle C = 60",
    "0.75 + 1.25 + 12.50 = ?",
    "math=9 khmer=8 physics=7 history=10",
    "A = 5 cm, B = 12 cm, C = 13 cm",
)


@pytest.mark.parametrize("text", BY_THEMSELVES)
def test_a_row_that_begins_like_a_number_to_call_is_held(text: str) -> None:
    assert look(text).kept_back


@pytest.mark.parametrize("text", KEYS)
def test_a_key_by_which_words_are_digits_is_held(text: str) -> None:
    assert look(text) == Finding("hold", ("code",))


@pytest.mark.parametrize("text", WHEN_ASKED)
def test_a_row_of_digits_is_held_where_somebody_asked_for_a_number_just_before(text: str) -> None:
    assert look(text).verdict == "pass"
    assert "number" in look(text, (ASKED,)).reasons
    assert "number" in look(text, (), talk=(ASKED, "ok")).reasons


def test_who_asked_long_before_makes_no_homework_a_number() -> None:
    talk = (ASKED, *["I study well"] * 6)
    assert look(WHEN_ASKED[0], (), talk=talk).verdict == "pass"


def test_the_row_may_come_in_several_messages() -> None:
    before = ("មេរៀនទី ០៩ ទំព័រ ៦៤", "មេរៀនទី ៤៥ ទំព័រ ២១")
    assert look("លំហាត់ ៧៣", before).kept_back
    assert look("31% 27%", (ASKED, "96% 48%")).kept_back


@pytest.mark.parametrize("text", HOMEWORK)
@pytest.mark.parametrize("by_mentor", [True, False])
def test_homework_passes(text: str, *, by_mentor: bool) -> None:
    assert look(text, by_mentor=by_mentor).verdict == "pass"


def test_a_formula_is_no_piece_of_a_number() -> None:
    before = ("how do I write f(0)=1 f(1)=3 f(2)=5 f(3)=7, linear?",)
    assert look("Yes, f(x) = 2x + 1.", before).verdict == "pass"


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x1b", "\x7f", "\x9f"])
def test_a_sign_of_control_inside_a_word_hides_nothing(sign: str) -> None:
    assert look(f"find me on tele{sign}gram dara").barred
    assert look(f"0{sign}9{sign}6 4421{sign}707").barred
    assert visible(f"tele{sign}gram") == "telegram"


@pytest.mark.parametrize("sign", ["\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_every_sign_of_a_new_line_is_a_space(sign: str) -> None:
    assert look(f"find{sign}me{sign}on{sign}telegram{sign}dara").barred
    assert visible(f"a{sign}b") == "a\nb"
