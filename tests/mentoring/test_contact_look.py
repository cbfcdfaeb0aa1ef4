"""Contact details and approaches do not pass, in any disguise we know of; everyday words do."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.contact_filter import measure, stopped
from benchmarks.contacts import FOLDER, read
from bot.content.relay import REASONS
from bot.mentoring.contact.look import look

_KHMER = str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩")
SEPARATORS = ("", " ", "-", ".", " - ", "\n", "🌸", ",", "*", "_")
calmly = settings(max_examples=60)


def kept_back(folder: str, *, innocent: bool) -> float:
    lines = [line for line in read(FOLDER / folder) if line.innocent is innocent]
    # Of those that were known long ago a third says enough.
    found = measure(lines[::3] if folder == "known" else lines)
    return sum(one.finding is not None for one in found) / len(found)


def test_no_more_than_one_in_thirty_of_the_known_tries_passes() -> None:
    assert kept_back("known", innocent=False) >= 0.97


def test_tries_by_people_who_knew_no_rule_are_kept_back() -> None:
    assert kept_back("tune", innocent=False) >= 0.80


def test_what_girls_and_mentors_write_every_day_passes() -> None:
    assert kept_back("tune", innocent=True) <= 0.09
    assert kept_back("known", innocent=True) <= 0.02


@calmly
@given(
    prefix=st.sampled_from(("010", "012", "015", "017", "069", "070", "077", "088", "096", "097")),
    rest=st.integers(100_000, 9_999_999),
    separator=st.sampled_from(SEPARATORS),
    khmer=st.booleans(),
    before=st.sampled_from(("", "hello bong ", "លេខ ", "my number: ")),
)
def test_every_cambodian_number_is_stopped_however_it_is_separated(
    prefix: str, rest: int, separator: str, khmer: bool, before: str
) -> None:
    number = separator.join(prefix + str(rest))
    text = before + (number.translate(_KHMER) if khmer else number)
    assert look(text).verdict != "pass", text


@calmly
@given(
    number=st.integers(10_000_000, 99_999_999),
    cuts=st.lists(st.integers(1, 8), min_size=1, max_size=4, unique=True),
    talk=st.booleans(),
)
def test_a_number_split_over_messages_is_kept_back_before_it_is_whole(
    number: int, cuts: list[int], talk: bool
) -> None:
    digits, places = f"0{number}", sorted(cuts)
    parts = [digits[a:b] for a, b in zip([0, *places], [*places, 9], strict=True)]
    said = [one for part in parts for one in ((part, "my exam is on friday") if talk else (part,))]
    assert stopped(tuple(said)) is not None


def test_a_number_passes_no_better_over_forty_messages() -> None:
    said = [one for digit in "012345678" for one in (digit, "ok", "I did the homework", "wow")]
    assert stopped(tuple(said)) is not None


@pytest.mark.parametrize(
    "text",
    [
        "o12 3four5 6seven8",
        "012三四五六七八",
        "zéro un deux trois quatre cinq six sept huit",
        "không một hai ba bốn năm sáu bảy tám",
        "ศูนย์ หนึ่ง สอง สาม สี่ ห้า หก เจ็ด แปด",
        "零一二三四五六七八",
        "៰៱៲៳៴៵៶៷៸",
        "⓪①②③④⑤⑥⑦⑧",
        "0️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣",
        "0 ☝ ✌ 34 ✋ 678",
        "add me on 🇹🇪🇱🇪🇬🇷🇦🇲",
        "soun muoy pi bei buon pram prammuoy prampi prambei",
        "សូន្យមួយពីរបីបួនប្រាំប្រាំមួយប្រាំពីរប្រាំបី",
        "876543210 read it backwards",
        "----- .---- ..--- ...-- ....- ..... -.... --... ---..",
        "MDEyMzQ1Njc4OQ==",
        "00110000 00110001 00110010",
        "I II III IV V VI VII VIII",
    ],
)
def test_a_number_does_not_pass_in_another_dress(text: str) -> None:
    assert look(text).verdict != "pass"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("call 012 345 678", "number"),
        ("srey@gmail.com", "link"),
        ("add me on telegram", "app"),
        ("my name on fb is Sok Dara", "account"),
        ("let's meet tomorrow", "meeting"),
        ("can you lend me 20$", "money"),
        ("don't tell your mother", "secrecy"),
        ("send me your photo", "photo"),
        ("where do you live", "place"),
        ("are you a virgin?", "closeness"),
    ],
)
def test_the_reason_is_named(text: str, reason: str) -> None:
    assert reason in look(text).reasons


@pytest.mark.parametrize(
    "text",
    [
        "i love you oun, you are so beautiful",
        "do you sleep alone at home",
        "are you a virgin?",
        "see u tmr 3pm at the pagoda, come alone",
        "let's go eat together sunday",
        "ទៅលេងបន្ទប់បងទេ",
    ],
)
def test_an_approach_by_a_mentor_alerts_at_once(text: str) -> None:
    assert look(text).verdict == "alert"


def test_what_a_girl_writes_is_kept_back_without_an_alert() -> None:
    finding = look("i love you bong", by_mentor=False)
    assert finding.verdict in ("hold", "stop")


@pytest.mark.parametrize(
    "text",
    [
        "0.5 + 0.25 = 0.75",
        "3.14159265 is pi",
        "prime numbers: 2 3 5 7 11 13 17 19 23",
        "deadline: friday",
        "online: yes",
        "look at moeys.gov.kh",
        "I'm 16 years old",
        "the exam is on 12/05/2026 at 7:30 in room 14",
        "4Fe + 3O2 → 2Fe2O3",
        "1000000/1100 = 909.09 so 910 bowl",
        "the Child Helpline is 1280",
    ],
)
def test_an_innocent_number_or_site_passes(text: str) -> None:
    assert look(text).verdict == "pass"


@pytest.mark.parametrize(
    "long",
    [
        "triple " + "1" * 1480,
        "1" + "㏒" * 1480,  # one sign, three letters that look like digits
        "one" + " twice" * 240,
    ],
)
def test_more_digits_than_any_number_has_hide_none_that_follows(long: str) -> None:
    assert look(f"{long}:30 012345678").kept_back


@calmly
@given(st.text(max_size=200), st.lists(st.text(max_size=40), max_size=3), st.booleans())
def test_any_text_gets_a_verdict(text: str, before: list[str], by_mentor: bool) -> None:
    finding = look(text, before, by_mentor=by_mentor)
    assert finding.verdict in ("pass", "hold", "stop", "alert")
    assert set(finding.reasons) <= set(REASONS)
    assert bool(finding.reasons) is finding.kept_back
    assert by_mentor or finding.verdict != "alert"


WARNINGS = [
    "Never give your phone number to people you do not know",
    "Do not give your phone number to anyone.",
    "Never share your phone number or Facebook with a stranger online.",
    "If someone asks you to keep a secret, tell your mother.",
    "please don't send your photo to strangers on facebook",
    "កុំផ្ញើរូបទៅអ្នកដែលប្អូនមិនស្គាល់",
    "កុំឱ្យលេខទូរស័ព្ទទៅមនុស្សចម្លែកណា ទោះគេនិយាយល្អក៏ដោយ",
    "My advice: keep your password secret and do not share your phone number online.",
    "Please do not tell me your phone number or address, we talk only here.",
    "Do not send it. Tell your mother or a teacher, and tell our team too. You did nothing wrong.",
    "kom pnher lek tourosap, roup re luy aoy neak na nov online",
    "bong ot ban prer telegram pheap rean te, suo nov ti nis",
    "ប្អូន ទីនេះយើងមិនផ្ញើលេខទូរស័ព្ទទេ ដើម្បីសុវត្ថិភាពទាំងពីរ",
    "ប្រសិនបើមាននរណាសុំឱ្យប្អូនលាក់រឿងពីម៉ាក់ សូមប្រាប់គ្រូភ្លាម",
]


@pytest.mark.parametrize("text", WARNINGS)
@pytest.mark.parametrize("by_mentor", [True, False])
def test_advice_of_safety_passes(text: str, *, by_mentor: bool) -> None:
    assert look(text, by_mentor=by_mentor).verdict == "pass"


@pytest.mark.parametrize(
    "text",
    [
        "Do not give your phone number to anyone but me",
        "Never give your number to strangers, only to bong",
        "កុំឱ្យលេខទូរស័ព្ទទៅមនុស្សចម្លែក មកតែបង",
        "បងមិនផ្ញើលេខទូរស័ព្ទទេ តែអូនផ្ញើមក",
        "bong min ach jub oun te, tae oun mok pteah bong ban",
    ],
)
def test_advice_that_excepts_somebody_waits_for_a_coordinator(text: str) -> None:
    assert look(text).kept_back


@pytest.mark.parametrize(
    "text",
    [
        "Never give your number to strangers, mine is 012 345 678",
        "don't trust people you don't know, come to telegram with me @dara99",
        "កុំផ្ញើរូបទៅអ្នកអត់ស្គាល់ បងសុំរូបអូនវិញ",
    ],
)
def test_advice_of_safety_covers_nothing_that_stands_beside_it(text: str) -> None:
    assert look(text).barred
