"""The women's page says on what ground each is told of, and leads on to her work."""

import pytest

from bot.content import Content
from bot.content.base import Tongue
from bot.screens.voice import Voice
from handlers.careers import taps
from handlers.careers.origins import WOMEN_A_PAGE
from handlers.careers.women import woman_screen, women_screen
from tests.chat import text_of
from tests.stage import ENGLISH_STUDENT, STUDENT, Stage

GROUNDS = {
    "interview": "women.ground.interview",
    "own words": "women.ground.own_words",
    "public office": "women.ground.public_office",
}


async def test_the_work_of_every_woman_can_be_opened(stage: Stage) -> None:
    """What is tapped is what her page shows, so a button that nobody answers is found."""
    chantha, careers = stage.person(ENGLISH_STUDENT), stage.content.careers
    await chantha.send("/menu")
    opened = 0
    for woman in stage.content.women:
        for career in (careers[c] for c in woman.careers if c in careers):
            await chantha.forge(taps.WOMAN(woman.id, 0))
            await chantha.tap_words(career.name.get("en"))
            chantha.sees_words(career.what.get("en"))
            opened += 1
    assert opened >= 10


async def test_a_career_opened_from_a_woman_leads_back_to_her(stage: Stage) -> None:
    """Also after she has looked around in it, or kept it."""
    chantha, content = stage.person(ENGLISH_STUDENT), stage.content
    woman = content.women[-1]
    career = content.careers[woman.careers[0]]
    name, page = woman.known_as("en"), (len(content.women) - 1) // WOMEN_A_PAGE
    await chantha.send("/menu")
    await chantha.forge(taps.WOMAN(woman.id, page))
    await chantha.tap_words(career.name.get("en"))
    for looks_at in ("career.subjects", "career.more"):
        await chantha.tap(looks_at)
        await chantha.tap("back.career")
        assert chantha.offers("back.to", name=name), looks_at
    await chantha.tap("career.save")
    await chantha.tap("back.to", name=name)
    chantha.sees_words(woman.story.get("en")[:40])
    await chantha.tap("back.women")
    chantha.sees("women.text")
    # Who finds the same work in its list has not come from her.
    field = content.field_of[career.id]
    await chantha.forge(taps.FIELD(field, 0))
    await chantha.forge(taps.CAREER(career.id, "en"))
    assert not chantha.offers("back.to", name=name)


async def test_a_career_opened_beside_another_leads_back_to_it(stage: Stage) -> None:
    chantha = stage.person(ENGLISH_STUDENT)
    nurse = stage.content.careers["nurse"]
    other = stage.content.careers[nurse.related[0]]
    await chantha.send("/menu")
    await chantha.forge(taps.RELATED("nurse", "en"))
    await chantha.tap_words(other.name.get("en"))
    await chantha.tap("back.to", name=nurse.name.get("en"))
    chantha.sees_words(nurse.name.get("en"))
    assert chantha.offers("career.compare")


@pytest.mark.parametrize("tongue", ["km", "en"])
def test_the_small_print_says_on_what_ground_she_is_told_of(content: Content, tongue: str) -> None:
    voice = Voice(content, tongue)
    for woman in content.women:
        years = [source.year for source in woman.sources if source.year]
        small_print = woman_screen(voice, content, woman, 0).text.partition("<blockquote")[2]
        ground = voice.say(GROUNDS[woman.ground], year=voice.number(max(years)))
        assert ground in small_print, woman.id


def test_her_name_stands_in_khmer_where_a_source_writes_it_so(content: Content) -> None:
    khmer, english = Voice(content, "km"), Voice(content, "en")
    serey = next(woman for woman in content.women if woman.id == "chea-serey")
    sikieng = next(woman for woman in content.women if woman.id == "sok-sikieng")
    assert "<b>ជា សិរី (Chea Serey)</b>" in woman_screen(khmer, content, serey, 0).text
    assert "<b>Chea Serey</b>" in woman_screen(english, content, serey, 0).text
    # None was found in Khmer, and a guess may be another woman's name.
    assert "<b>Sok Sikieng</b>" in woman_screen(khmer, content, sikieng, 0).text


@pytest.mark.parametrize(
    "asked",
    ["Rith Sovandalin", "who is rith sovandalin?", "តើរិទ្ធិ សុវណ្ណដាលីន ជានរណា", "Rit Sovandalin"],
)
async def test_a_woman_who_is_named_is_found_in_either_script(stage: Stage, asked: str) -> None:
    woman = next(w for w in stage.content.women if w.id == "rith-sovandalin")
    chantha = stage.person(ENGLISH_STUDENT)
    await chantha.send(asked)
    chantha.sees_words(woman.story.get("en")[:40])
    await chantha.tap("back.women")
    await chantha.tap_words(woman.name)


async def test_a_word_like_a_name_asks_for_no_woman(stage: Stage) -> None:
    """“tver chea srey”, to be a girl, is one letter from Chea Serey."""
    srey = stage.person(STUDENT)
    await srey.send(
        "tver chea srey rean pet sat ban men ot bong puu nhom tha srey chab ko min ban"
    )
    srey.does_not_see("women.take_out")


async def test_her_page_says_how_she_is_taken_out(stage: Stage) -> None:
    chantha = stage.person(ENGLISH_STUDENT)
    await chantha.send("/menu")
    await chantha.forge(taps.WOMAN(stage.content.women[0].id, 0))
    chantha.sees("women.take_out")


def test_no_name_is_cut_short_in_the_list(content: Content) -> None:
    for voice in (Voice(content, "km"), Voice(content, "en")):
        labels = [
            button.label
            for number in range(len(content.women))
            for row in women_screen(voice, content, number).rows
            for button in row
        ]
        for woman in content.women:
            assert any(label.endswith(woman.known_as(voice.tongue)) for label in labels)


@pytest.mark.parametrize("tongue", ["km", "en"])
async def test_a_mother_who_comes_by_the_link_is_greeted_as_one(
    stage: Stage, tongue: Tongue
) -> None:
    mother = stage.enters(4711)
    await mother.send("/start family")
    read = [text_of(message) for message in mother.news()]
    mother.sees("adult.start.welcome", "km")
    assert not any("ប្អូន" in text for text in read)
    await mother.tap_data(f"lang:{tongue}:w")
    mother.sees("home.invited", tongue)
    mother.does_not_see("first.ask_grade", tongue)
    for asked in ("តើបង់លុយទេ?", "អ្នកណាជាម្ចាស់", "ខ្ញុំជាម្ដាយ អាចអានសាររបស់កូនបានទេ"):
        await mother.send(asked)
        assert "ប្អូន" not in "".join(text_of(message) for message in mother.news())


async def test_a_girl_who_opens_the_link_stays_a_girl(stage: Stage) -> None:
    srey = stage.person(STUDENT)
    await srey.send("/menu")
    await srey.send("/start family")
    await srey.send("/menu")
    srey.sees("home.text")
