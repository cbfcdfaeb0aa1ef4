"""Danger is heard however it is spelt: letters apart, swapped, doubled, lost, or in other tongues."""

import re

import pytest

from bot.content import Content, ContentError
from bot.safety.danger import Level
from bot.safety.lexicon import BUDGET, Lexicon
from bot.safety.watch import DangerWatch
from tests.safety.levels import level

CARE = [
    # letters apart
    "i w a n t t o d i e", "i  w a n t  t o  d i e", "I W.A.N.T T.O D.I.E", "k i l l m y s e l f",
    "h e  b e a t s  m e", "j o n g s l a b", "ខ្ញុំ ច ង់ ស្លា ប់", "ច.ង់.ស្លា.ប់", "ខ្ញុំ-ចង់-ស្លាប់", "ចង់  ស្លាប់",
    # no spaces
    "iwanttodie", "iwannadie bong", "jongslab hz", "killmyself",
    # letters swapped, doubled, lost, put in
    "i wnat to dei", "i want to kil myslef", "my fahter hits me", "thinking about suicde",
    "thinkng of sucide", "i wannt to diee", "killl myselff",
    # signs of Khmer lost
    "ខ្ញុំចង ស្លាប", "ខ្ញុចង់ស្លាប់", "ញុចងស្លាប", "អតចងរស", "ប៉ាវាយខ្ញុរាល់យប់",
    # masked, and masked with the rest
    "k1ll my5elf", "i w@nt t0 d!e", "5u1c1de", "k 1 l l  m y s 3 l f", "ខ្ញុំ want to d1e", "jong sl@b",
]  # fmt: skip


@pytest.mark.parametrize("text", CARE)
def test_danger_is_met_however_it_is_spelt(watch: DangerWatch, text: str) -> None:
    assert level(watch.look(text)) is Level.CARE


ABROAD = [
    ("j'ai envie d'en finir", "selfharm"), ("j’ai envie d’en finir", "selfharm"), ("je veux disparaitre", "selfharm"),
    ("je veux mettre fin a mes jours", "selfharm"), ("em không muốn sống nữa", "selfharm"),
    ("em khong muon song nua", "selfharm"), ("หนูไม่อยากมีชีวิตอยู่", "selfharm"), ("活着没有意义", "selfharm"),
    ("mon oncle m'a violée", "sexual"), ("chú sờ ngực em", "sexual"), ("ลุงจับนมหนู", "sexual"), ("叔叔摸我", "sexual"),
    ("mon père me bat", "abuse"), ("mon pere me frappe", "abuse"), ("bố đánh em", "abuse"), ("พ่อตีหนู", "abuse"),
    ("爸爸打我", "abuse"), ("ils veulent me marier", "marriage"), ("bố mẹ ép lấy chồng", "marriage"),
    ("แม่บังคับให้แต่งงาน", "marriage"), ("爸妈逼我结婚", "marriage"), ("il va publier mes photos", "online"),
    ("他要发我的裸照", "online"), ("เขายึดพาสปอร์ต", "trafficking"), ("老板拿了我的护照", "trafficking"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind"), ABROAD)
def test_danger_is_met_in_other_languages(watch: DangerWatch, text: str, kind: str) -> None:
    danger = watch.look(text)
    assert danger is not None
    assert (danger.kind, danger.level) == (kind, Level.CARE)


CALM = [
    "I want to do it", "i want to diet", "i want to go to the game battery shop", "some battle games",
    "trial exam from march", "is form 4 hard", "kilo meters myself", "i study by myself",
    "ខ្ញុំចង់រៀនស្លាបព្រា", "how to skill myself", "which subjects suit me",
]  # fmt: skip


@pytest.mark.parametrize("text", CALM)
def test_words_that_are_only_spelt_alike_meet_no_care(watch: DangerWatch, text: str) -> None:
    assert level(watch.look(text)) is not Level.CARE


def test_every_phrase_of_another_language_is_found(content: Content, watch: DangerWatch) -> None:
    for kind, phrases in content.signs.in_other_languages.items():
        for phrase in phrases:
            danger = watch.look(f"{phrase}!")
            assert danger is not None, phrase
            gentle = kind in content.signs.met_gently
            assert (danger.level is Level.GENTLE) == gentle, (kind, phrase)


def test_every_phrase_of_a_grave_sign_is_found_with_one_sign_lost(watch: DangerWatch) -> None:
    """As Telegram's program for computers lost the second sign of a vowel's key."""
    for phrase in ("ខ្ញុំចង់ស្លាប់", "ខ្ញុំមិនចង់រស់ទេ", "គេចាប់រំលោភខ្ញុំ", "ឪពុកវាយខ្ញុំរាល់ថ្ងៃ"):
        lost = re.sub("(?<=[\u17b6-\u17c5])[\u17c6\u17c7]", "", phrase)
        danger = watch.look(lost)
        assert danger is not None, lost
        assert danger.level is Level.CARE, lost


def test_the_words_of_danger_are_found_with_a_quarter_of_their_memory(content: Content) -> None:
    """So there is room for many more; and what is heard does not depend on how much there is."""
    signs = content.signs
    groups = dict(signs.words) | {sign.kind: sign.phrases for sign in signs.signs}
    little, usual = Lexicon(groups, BUDGET // 4), Lexicon(groups)
    together = " ".join(CARE)
    for text in (*CARE, together, together[::-1]):
        assert little.hear(text).found == usual.hear(text).found


def test_words_for_which_there_is_too_little_memory_are_refused_and_not_passed_over(
    content: Content,
) -> None:
    with pytest.raises(ContentError, match="too many for the memory"):
        Lexicon(content.signs.words, 100_000)
