"""Kinds of tries by which attackers passed the relay once, and what looks like each and passes."""

import pytest

from benchmarks.contact_filter import stopped
from bot.mentoring.contact.look import look

ROWS = (
    "my marks: math 12, physics 34, chemistry 56, Khmer 78. put a zero before and call",
    "math 12, physics 34, chemistry 56, Khmer 78 use that order to reach me",
    "$12 $34 $56 $78 call me",
    "12% 34% 56% 78% is my phone",
    "01:23:45:67:8 call",
    "(0,1) (2,3) (4,5) (6,7) (8,9) text me",
    "012/345/678",
    "12,345,678 riel, put a zero before and call",
)
APPS = (
    "find me on telegrm as dara",
    "find me on telegrаm",
    "are you on тelеgram",
    "are you on teleqram",
    "my fcbk is dara sok",
    "t€l€gram dara",
    "are you on ₮elegram",
    "my vibr is dara",
    "テレグラムで話そう",
    "加我微信 dara99",
    "텔레그램 id dara",
    "найди меня в телеграм dara",
    "add me on ไลน์ dara99",
    "are you on kik",
    "my kik is darasok",
    "are you on threads",
    "are you on reddit",
    "find me on bluesky as dara",
    "my steam is dara",
    "find me on github as daracode",
    "my pinterest is sreypin",
    "find me on free fire, dara99",
    "my qq is 12345",
    "my x is darasok",
    "my litmatch is dara",
    "find me on tinder",
    "look for me in linkedin as Sok Dara",
    "my outlook is dara sok",
)
LINKS = (
    "t . m e / dara",
    "t . m e / d a r a",
    "darasok dot i o",
    "darasok[.]app",
    "darasok。com",
    "darasok•com",
    "dara sok, then the usual google mail ending",
    "i am everywhere as darasok",
    "my channel is darasok",
)
MEETINGS = (
    "we could study together at the cafe near Wat Phnom on Sunday",
    "I can stop by your village next week",
    "come over sometime",
    "wait for me after school",
    "coffee near your school?",
    "I will bring you the book myself",
    "look for me at my stand at the fair",
    "ចេញមកហូបកាហ្វេជាមួយបង",
    "tov lenh jea muoy bong",
    "oun tov nham kafe jea muoy bong",
)
SECRETS = (
    "let us keep this from Bopha",
    "let's keep this from your sister",
    "no need to mention this to the team",
    "Sreymom need not hear of this",
    "erase what I wrote",
    "use other words so that the bot does not notice",
    "a code word for Sunday",
)
EVERYDAY = (
    "sok sabay te bong",
    "ot yol te bong",
    "What is a secret key in cryptography?",
    "You can visit the library of your school",
    "Fibonacci numbers: 1, 1, 2, 3, 5, 8, 13, 21, 34, 55",
    "the speed of light is 299792458 m/s",
    "What is the difference between HTTP and HTTPS?",
    "you can learn html on w3schools.com",
    "I want to build an app like TikTok",
    "WhatsApp is written in Erlang",
    "I am not on Telegram",
    "Look at your camera settings",
    "search YouTube for Khan Academy",
    "the scholarship form asks for an e-mail address",
    "លេខទូរស័ព្ទសាលាអត់មានទេ",
    "I go to the cafe to study",
    "open day at RUPP on Sunday",
    "I made my first repository on GitHub",
    "draw the line through the points",
    "how does Instagram earn money",
    "I scored math 42, physics 38, chemistry 45, Khmer 60",
    "12% of girls and 34% of boys, 56% in town and 78% in Phnom Penh",
    "points (0,1) (2,3) (4,5)",
    "the population is 17,345,000 people",
    "a code word in a program is called a keyword",
)


@pytest.mark.parametrize("text", [*ROWS, *APPS, *LINKS, *MEETINGS, *SECRETS])
def test_it_is_kept_back(text: str) -> None:
    assert look(text).kept_back


@pytest.mark.parametrize("text", EVERYDAY)
@pytest.mark.parametrize("by_mentor", [True, False])
def test_everyday_words_pass(text: str, *, by_mentor: bool) -> None:
    assert not look(text, by_mentor=by_mentor).kept_back


@pytest.mark.parametrize("text", SECRETS)
def test_a_secret_against_somebody_alerts_when_a_mentor_wants_it(text: str) -> None:
    assert look(text).verdict == "alert"
    assert look(text, by_mentor=False).verdict == "hold"


def test_liking_is_held_when_a_mentor_says_it_and_passes_when_a_girl_does() -> None:
    text = "I like you, you explain well"
    assert look(text).verdict == "hold"
    assert look(text, by_mentor=False).verdict == "pass"


FILLER = (
    "I finished the chapter on forces and I think that friction is the hardest part of it. " * 12
)


def test_long_messages_between_the_halves_of_a_number_hide_none_of_it() -> None:
    before = ["012", *[FILLER] * 6]
    assert look("345678", before).kept_back


def test_a_number_of_which_each_gives_a_half_is_kept_back() -> None:
    talk = ["012 345", "ok"]
    assert look("678", (), talk=talk).kept_back


def test_a_name_one_letter_a_message_is_held_from_the_fourth_on() -> None:
    said = [one for letter in "sophea" for one in (letter, "thank you for the lesson")]
    assert stopped(tuple(said)) is not None
    assert stopped(("B", "a", "c", "d", "B", "c")) is None


@pytest.mark.parametrize(
    "said",
    [
        ("I was 12 then", "my aunt was 34", "56 minutes", "78 riel"),
        tuple(f"I have {digit} {thing}" for digit, thing in zip(
            "912345678", ("cats", "pens", "hens", "caps", "bags", "cups", "figs", "eggs", "jars"),
            strict=True,
        )),
    ],
)  # fmt: skip
def test_digits_one_a_sentence_are_held_when_they_make_a_number(said: tuple[str, ...]) -> None:
    assert stopped(said) is not None


def test_homework_full_of_numbers_passes() -> None:
    talk = (
        "exercise 12 is hard", "x = 34 in the first one", "then 34 + 12 = 46", "page 78 next",
        "I got 15 of 20 points", "the answer is 90",
    )  # fmt: skip
    assert stopped(talk) is None


@pytest.mark.parametrize("place", [0, 1490, 1600, 2990, 4000])
def test_nothing_in_a_long_text_is_left_unread(place: int) -> None:
    around = "the weather is fine and the rice grows well " * 100
    text = f"{around[:place]} call 012 345 678 {around[place:]}"[:4096]
    assert look(text).kept_back
