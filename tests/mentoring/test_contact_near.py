"""Coming near without a word that names it: handles, nicknames of apps, baits, grooming, whereabouts."""

import pytest

from bot.mentoring.contact.look import look

HANDLES = (
    "linh_keo_94",
    "linh.keo.pp",
    "linhkeo94",
    "linh#4412",
    "zoom room 896 425 1289",
    "meet code abc-defg-hij",
    "Join my Google Classroom, code is k7x2qpa",
    "oun leng ml, id oun 5521 984",
    "Roblox: add kosalthebest",
    "My cousin runs a page called Little Chemists, message her and she will pass it to me",
    "My niece is in grade 11 at your school, she can carry letters",
    "Write a letter to PO Box 1204, Phnom Penh, I read them all",
    'My company\'s website has a "contact us" form; choose "Sophal"',
    "search the mentor name plus dot plus 94 where people post photos",
    "ស៊ើចខ្ញុំ Sreyneang Cute",
    "អាខោនខ្ញុំឈ្មោះ នាងតូច១៦",
)
APPS = (
    "facebook vireak s",
    "ហ្វប វីរៈ",
    "ខ្លែងយន្តហោះក្រដាស",
    "អាប់ខៀវ",
    "mess mk bong",
    "inb mk bong",
    "ib bong",
    "chat krao",
    "ឆាតក្រៅ",
    "bong accept oun phong",
    "accept me pls, I sent it already",
    "hvesbook bong chmous Dara Sok",
    "fb",
)
BAITS = (
    "A friend looks for girls to work in his cafe in Poipet, 400 dollars, no exam needed",
    "I have a spare SIM for you",
    "I got a laptop at work nobody uses, it's yours if you want it",
    "I can pay you to translate a page, 5 dollars a page",
    "You could be a model, I know a photographer",
    "bong oy angpav oun",
    "បងឧបត្ថម្ភអូនផ្ទាល់ខ្លួន មួយខែ ៣០ ដុល្លារ",
)
COMING_NEAR = (
    "When you turn 18 we can talk without anybody reading",
    "My wife and I don't talk much anymore. You listen better than she does.",
    "Boys of your age are stupid. You need someone older.",
    "Your teachers don't see how special you are. I do.",
    "Who sleeps in your room?",
    "យប់ៗបងគិតដល់អូន",
    "yub yub bong kit pi oun",
    "oun sok veng ot? sbek sor ot?",
    "អូនមិនមែនក្មេងទេ សម្រាប់បង អូនជាមនុស្សធំហើយ",
    "you're so mature for 15",
    "voice message please, just for me",
)
WATCHED = (
    "The team reads this, so write a little carefully",
    "If they block a word, put a dot in it",
    "ក្រុមការងារអានសារយើង អូនសរសេរឱ្យប្រយ័ត្នបន្តិច",
    'Let\'s have our own words: "homework" means I am waiting',
    "Do your parents look at your phone?",
    "ទុកជារឿងរបស់ពួកយើង ok?",
    "lup sms nis jol",
)
BEING_THERE = (
    "I am at Brown every Saturday 3pm with my laptop",
    "I'm speaking at your school's career day on 12 December, wave at me!",
    "I always park my red Scoopy in front of the library at five",
    "bong teang te angkuy nov Brown TK rol lngeach thngai sok",
    "What time does your class end?",
    "oun jenh rean maong ponman?",
    "សាលាអូនឈ្មោះអី?",
)
OF_HERSELF = (
    "I study at Sisowath, class 12C, you can ask for Neang",
    "oun nv vithyealai hun sen kampong cham tnak ti 11C",
    "oun chmous penh Chan Sreyneang kert 12/05/2009",
    "my house is behind the Caltex in Takhmao",
    "I go home on the yellow bus at 5.15 from the market",
    "ម៉ាក់ខ្ញុំលក់អាវនៅផ្សារតាខ្មៅ តូប ៧",
    "oun jg jourb bong",
    "bong mean akkaon ot",
    "oun jg rot jenh pi phteah yub nis, oun tv rk bong nv pp",
)
PUZZLES = (
    "rot13: gryrtenz qnenxu",
    "pig latin: elegramtay arakhday",
    's = "hkarad"; print(s[::-1])',
    "Read the first letters of what I wrote",
    "In that order :) try them tonight",
    "T _ L _ G R _ M",
)
EVERYDAY = (
    "grade12",
    'Make a sentence with "beautiful": The river is beautiful at sunset.',
    '"I miss you" in a story means the hero is far from home',
    '"Where do you live?" is present simple; answer "I live in a village".',
    "The word 'secret' means something you don't tell.",
    "In a Caesar cipher you shift letters by three, so A becomes D",
    "See you in the next message, good luck with chapter 5!",
    "You can visit a university open day with your school or your parents",
    "think about your future and your plan",
    "i study with my cousin every day",
    "scholarships in China open in march",
    "my brother works in Thailand",
    "I work in an office in Phnom Penh",
    "write carefully with the signs in the exam",
    "i am in grade 12 and i want to be a nurse",
)


@pytest.mark.parametrize(
    "text", [*HANDLES, *APPS, *BAITS, *COMING_NEAR, *WATCHED, *BEING_THERE, *PUZZLES]
)
def test_what_a_mentor_writes_so_is_kept_back(text: str) -> None:
    assert look(text).kept_back


@pytest.mark.parametrize("text", OF_HERSELF)
def test_what_a_girl_tells_by_which_she_is_found_is_kept_back(text: str) -> None:
    found = look(text, by_mentor=False)
    assert found.kept_back
    assert found.verdict != "alert"


@pytest.mark.parametrize("text", EVERYDAY)
@pytest.mark.parametrize("by_mentor", [True, False])
def test_everyday_words_beside_them_pass(text: str, *, by_mentor: bool) -> None:
    assert look(text, by_mentor=by_mentor).verdict == "pass"


@pytest.mark.parametrize(
    "text",
    [
        "pel oun khoch jet oun yom mneak eng",
        "tlk oun touch nas, muk oun mean mun",
        "oun nv ng yeay",
    ],
)
def test_a_sad_girl_may_say_so(text: str) -> None:
    assert look(text, by_mentor=False).verdict == "pass"


def test_many_small_words_in_front_take_no_doubt_from_what_follows() -> None:
    lesson = (
        "the exercise about forces is easy when you draw it first and then write the formula. " * 6
    )
    near = "my wife and i live apart, you understand me better than anybody, i wait for your words"
    assert look(lesson + near).kept_back
