"""Her age band, asked where something personal begins, and then what she wanted goes on."""

from collections.abc import Sequence

from bot.people import ages
from bot.people.ages import Band, TooYoungError
from bot.refusals import RefusedError
from bot.screens.screen import Button, Screen
from bot.screens.taps import Data
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.doors import CAREER_FIELDS, HELP, HOME, MENTOR_WISH, PATH, TOPICS, homewards
from handlers.home.awaiting import AskedAge
from handlers.home.taps import AGE, AGE_AGAIN, AGE_FOR_SURE


def age_screen(
    voice: Voice, minimum: int, *back: Button, bands: Sequence[Band] = tuple(Band)
) -> Screen:
    """Return the question for an age band, in plain words, with the ways out of it."""
    years = years_of(voice, minimum)
    rows = tuple((voice.button(f"age.{band}", AGE(band), **years),) for band in bands)
    return Screen(voice.say("age.ask"), (*rows, homewards(voice, *back)))


def check_screen(voice: Voice, minimum: int, band: Band) -> Screen:
    """Return the question whether she told it right; no comes first."""
    told = voice.label(f"age.{band}", **years_of(voice, minimum))
    return Screen(
        voice.say("age.check", band=told),
        (
            (voice.button("age.again", AGE_AGAIN()),),
            (voice.button("age.right", AGE_FOR_SURE(band)),),
            homewards(voice),
        ),
    )


def years_of(voice: Voice, minimum: int) -> dict[str, str]:
    """Return the ages at which the bands begin and end, for words that name them."""
    return {
        "under": voice.number(minimum - 1),
        "minimum": voice.number(minimum),
        "until": voice.number(ages.GROWN_UP - 1),
        "grown": voice.number(ages.GROWN_UP),
    }


def young_screen(voice: Voice, minimum: int) -> Screen:
    """Return what there is for one who is too young for the programme."""
    return Screen(
        voice.say("age.too_young", minimum=voice.number(minimum)),
        (
            (voice.button("home.topics", TOPICS(0)), voice.button("home.path", PATH())),
            (voice.button("home.careers", CAREER_FIELDS(0)),),
            homewards(voice, voice.button("home.help", HELP())),
        ),
    )


async def refused(turn: Turn, refused: RefusedError) -> None:
    """Ask for her age, and remember what she wanted; or say kindly that it is not yet for her."""
    minimum = turn.services.settings.minimum_age
    if isinstance(refused, TooYoungError):
        await turn.show(young_screen(turn.voice, minimum))
        return
    tapped = turn.heard.data if turn.heard.kind == "button" else HOME()
    turn.expect(AskedAge(turn.leads_to or tapped))
    back = [turn.voice.button(*turn.way_back)] if turn.way_back else []
    await turn.show(_question(turn, *back))


def _question(turn: Turn, *back: Button) -> Screen:
    bands = [band for band in Band if ages.at_most(turn.person, band) is band]
    return age_screen(turn.voice, turn.services.settings.minimum_age, *back, bands=bands)


async def told(turn: Turn, band: Band) -> None:
    """Take the age band that she taps, and go on where she was."""
    await _take(turn, band, _wanted(turn, HOME()))


async def told_before(turn: Turn, band: Band) -> None:
    """Take a band that she taps in an old message, where it was asked before a mentor."""
    await _take(turn, band, _wanted(turn, MENTOR_WISH(None, None)))


async def typed(turn: Turn, asked: AskedAge, text: str) -> None:
    """Take the age that she typed for its band; the number is kept nowhere."""
    turn.expect(None)
    band = ages.band_at(int(text), turn.services.settings.minimum_age)
    await _take(turn, band, Data(asked.wanted))


async def told_for_sure(turn: Turn, band: Band) -> None:
    """Keep the band of which she said that it is right, and go on where she was."""
    await _keep(turn, band, _wanted(turn, HOME()))


async def again(turn: Turn) -> None:
    """Ask once more: she had slipped."""
    turn.expect(AskedAge(_wanted(turn, HOME())))
    await turn.show(_question(turn))


def _wanted(turn: Turn, otherwise: Data) -> Data:
    """Return what she wanted when she was asked."""
    asked = AskedAge.read(turn.left)
    return otherwise if asked is None else Data(asked.wanted)


async def _take(turn: Turn, band: Band, wanted: Data) -> None:
    """Keep a band; ask first where a slip would shut her out for a year, or free her for good."""
    band = ages.at_most(turn.person, band)
    if band is Band.MINOR:
        await _keep(turn, band, wanted)
        return
    turn.expect(AskedAge(wanted))
    await turn.show(check_screen(turn.voice, turn.services.settings.minimum_age, band))


async def _keep(turn: Turn, band: Band, wanted: Data) -> None:
    await ages.tell(turn.actor, band, turn.today)
    turn.leads_to = wanted
