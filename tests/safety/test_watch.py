"""Signs of danger are seen, and ordinary questions are not taken for them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.safety.danger import Level
from bot.safety.watch import DangerWatch
from tests.safety.levels import level

DANGER = [
    ("ខ្ញុំចង់ស្លាប់", "selfharm"),
    ("អត់ចង់រស់ទេបង", "selfharm"),
    ("jong slab bong", "selfharm"),
    ("i want to kill my self", "selfharm"),
    ("ពូខ្ញុំប៉ះដោះខ្ញុំ", "sexual"),
    ("my uncle touches me", "sexual"),
    ("ប៉ាស្រវឹងវាយខ្ញុំរាល់យប់", "abuse"),
    ("pa veay knhom rohot", "abuse"),
    ("my friend's stepfather beats her", "abuse"),
    ("គេសុំរូបអាក្រាតខ្ញុំ", "online"),
    ("he will post my photo if i dont send money", "online"),
    ("ម៉ាក់បង្ខំឱ្យរៀបការ", "marriage"),
    ("pa mak bongkhom knhom reab kar", "marriage"),
    ("my parents want me to marry an old man", "marriage"),
    ("they took my passport and i cannot leave", "trafficking"),
    ("គ្រូនិយាយអាសអាភាសដាក់ខ្ញុំ", "harassment"),
    ("a boy follows me home every day", "harassment"),
    ("ប៉ាម៉ាក់ឱ្យខ្ញុំឈប់រៀនទៅរោងចក្រ", "school"),
    ("mak oy knhom chhob rean", "school"),
    ("i think i am pregnant", "pregnancy"),
    ("oun jg rot jenh pi phteah yub nis, oun tv rk bong nv pp", "abuse"),
]
CALM = [
    "my sister was married young, what can she study",
    "will I find a husband if I study too long",
    "exam is killing me lol",
    "my father never hits me, he only says no",
    "ប៉ាអត់ដែលវាយខ្ញុំទេ",
    "which photo do I put on my CV",
    "can I lose my job if pregnant, what does the law say",
    "I want to be a police officer",
    "ខ្ញុំលេងបាល់ទះវាយពូកែ",
    "ខ្ញុំឈប់រៀនតាំងពីថ្នាក់ទី៩ រៀនអីបាន",
    "how do I kill a process in linux",
    "touch typing lessons",
]


# Words that meet by chance, each with what sounds like it and is danger: "rub" is a picture in
# romanised Khmer, "pa knhom" is "my father", a hotel is also a place of work.
BY_CHANCE = [
    ("mit nhom rean edit rub knong computer, nhom jong tver der", "my uncle rub my leg"),
    ("pa knhom tov vietnam 2 chnam hery", "pa pas knhom"),
    (
        "hotel nv kompot ke yok ayu 16 thver part time ot",
        "man on facebook has a job with good salary, he says meet me alone in hotel",
    ),
    (
        "can you check my english: I am work at guesthouse since two year ago",
        "គេក្នុង facebook ថាមានការងារប្រាក់ខែខ្ពស់ ណាត់ជួបនៅសណ្ឋាគារ កុំប្រាប់ម៉ាក់",
    ),
    ("My stomach hurt so much every period, shy to ask my mom", "my mom hits my stomach"),
]


@pytest.mark.parametrize(("text", "danger"), BY_CHANCE)
def test_words_that_meet_by_chance_meet_no_care(
    watch: DangerWatch, text: str, danger: str
) -> None:
    assert level(watch.look(text)) is not Level.CARE
    assert level(watch.look(danger)) is Level.CARE


def test_a_link_is_like_no_danger_but_what_it_says_is(watch: DangerWatch) -> None:
    """Its letters are like anything; a sign that people have named is found in it too."""
    assert watch.look("https://t.me/somebody") is None
    assert watch.look("មើល https://t.me/abc") is None
    assert level(watch.look("t.me/i_want_to_die")) is Level.CARE
    assert level(watch.look("my uncle touches me https://t.me/abc")) is Level.CARE


@pytest.mark.parametrize(
    "text",
    [
        "អរគុណបង អូនចូលចិត្តកុំព្យូទ័រ តែពេលខ្លះ ប៉ាវាយអូន",
        "thanks bong, computers are my favourite thing at school and my friends too, sometimes papa hits me",
    ],
)
def test_what_stands_at_the_end_of_a_friendly_message_is_heard(
    watch: DangerWatch, text: str
) -> None:
    seen = watch.look(text)
    assert seen is not None
    assert seen.kind == "abuse"
    assert seen.level is Level.CARE


def test_a_phrase_that_says_it_is_heard_whatever_else_is_told(watch: DangerWatch) -> None:
    seen = watch.look("my father hits me when I study coding for the scholarship exam")
    assert seen is not None
    assert seen.kind == "abuse"


def test_a_lure_with_work_is_heard(watch: DangerWatch) -> None:
    assert watch.look("boss says come to hotel to talk about my salary, keep it secret")


KEPT_FROM_SCHOOL = [
    "mak oy knhom chhob rean",
    "ប៉ាម៉ាក់ឱ្យខ្ញុំឈប់រៀនទៅរោងចក្រ",
    "my father wants me to stop school and work in thailand with aunty",
    "bắt em nghỉ học",
]


@pytest.mark.parametrize("text", KEPT_FROM_SCHOOL)
def test_who_is_kept_from_school_is_answered_with_a_gentle_line(
    watch: DangerWatch, text: str
) -> None:
    assert level(watch.look(text)) is Level.GENTLE


@pytest.mark.parametrize(
    "text",
    [
        "ប៉ាឱ្យខ្ញុំឈប់រៀន បើខ្ញុំមិនព្រមគាត់ដេញខ្ញុំចេញពីផ្ទះ ហើយចាក់សោរខ្ញុំក្នុងបន្ទប់",
        "my mom wants me to leave school and she burns my hand with iron",
    ],
)
def test_who_is_kept_from_school_and_hurt_is_met_with_care(watch: DangerWatch, text: str) -> None:
    assert level(watch.look(text)) is Level.CARE


@pytest.mark.parametrize(
    ("first", "last"), [("mak oy knhom", "chhob rean"), ("my parents say i must", "stop school")]
)
def test_being_kept_from_school_is_heard_in_pieces(
    watch: DangerWatch, first: str, last: str
) -> None:
    """Once: what was met with the first of them is not met with the second again."""
    assert [watch.look(first), watch.look(last, [first])].count(None) == 1


@pytest.mark.parametrize(("text", "kind"), DANGER, ids=[t for t, _ in DANGER])
def test_danger_is_seen(watch: DangerWatch, text: str, kind: str) -> None:
    danger = watch.look(text)
    assert danger is not None
    assert danger.kind == kind


@pytest.mark.parametrize("text", CALM)
def test_ordinary_questions_meet_no_care(watch: DangerWatch, text: str) -> None:
    """At most a gentle line beside the ordinary answer, where the words are grave ones."""
    assert level(watch.look(text)) is not Level.CARE


ABOUT_HERSELF = [
    "I'm 16", "I live in Kampot", "ពូខ្ញុំជាគ្រូ", "ឪពុកខ្ញុំជាកសិករ", "test", "cancel", "16", "ok",
    "knhom rean tnak ti 11", "my mother sells vegetables at the market", "ខ្ញុំឈ្មោះស្រីពៅ", "i have two brothers",
    "ម៉ាក់ខ្ញុំលក់បន្លែនៅផ្សារ", "knhom chol chet komputer", "ខ្ញុំនៅបាត់ដំបង", "my father is a police officer",
]  # fmt: skip


@pytest.mark.parametrize("text", ABOUT_HERSELF)
def test_telling_about_herself_is_no_alarm(watch: DangerWatch, text: str) -> None:
    assert watch.look(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "i w4nt t0 k1ll mys3lf",
        "i want to d i e",
        "I want to k.i.l.l myself",
        "em muốn chết",
        "หนูอยากตาย",
        "j'ai envie de mourir",
        "我不想活了",
    ],
)
def test_danger_is_seen_masked_and_in_other_languages(watch: DangerWatch, text: str) -> None:
    danger = watch.look(text)
    assert danger is not None
    assert (danger.kind, danger.level) == ("selfharm", Level.CARE)


def test_danger_is_seen_in_a_long_story(watch: DangerWatch) -> None:
    story = "I am in grade 11 and I like maths. My school is far. I have two brothers and a dog. "
    assert (
        level(watch.look(f"{story * 6}Last night my father hit me again. {story * 6}"))
        is Level.CARE
    )


@pytest.mark.parametrize(("before", "last"), [(("i want", "to"), "die"), (("ខ្ញុំ", "អត់ចង់"), "រស់ទេ")])
def test_danger_is_seen_in_pieces(watch: DangerWatch, before: tuple[str, ...], last: str) -> None:
    assert level(watch.look(last, before)) is Level.CARE


def test_what_was_heard_before_alarms_no_more(watch: DangerWatch) -> None:
    assert watch.look("what is data science", ("i want to die",)) is None


@given(st.text(max_size=700), st.lists(st.text(max_size=90), max_size=8))
@settings(max_examples=60)
def test_any_words_can_be_heard(watch: DangerWatch, text: str, before: list[str]) -> None:
    danger = watch.look(text, before)
    assert danger is None or danger.kind


@pytest.mark.parametrize("text", ["ជួយខ្ញុំ", "Help me!", "juoy knhom", "SOS", "ជួយ​ខ្ញុំ​ផង"])
def test_the_safe_word_is_help_in_any_spelling(watch: DangerWatch, text: str) -> None:
    danger = watch.look(text)
    assert danger is not None
    assert danger.kind == "help"


def test_no_word_is_kept_in_what_was_seen(watch: DangerWatch) -> None:
    danger = watch.look("my uncle Sokha touches me")
    assert "Sokha" not in repr(danger)
