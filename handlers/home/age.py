"""Her age band, asked where something personal begins, and then what she wanted goes on."""

from collections.abc import Sequence

from bot.people import ages
from bot.people.ages import Band, TooYoungError
from bot.refusals import RefusedError
from bot.screens.screen import Button, Screen
from bot.screens.taps import LONGEST_DATA_BYTES, Data, Tap
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.doors import CAREER_FIELDS, HELP, HOME, MENTOR_WISH, PATH, TOPICS, homewards
from handlers.home.awaiting import AskedAge
from handlers.home.taps import AGE, AGE_AGAIN, AGE_FOR_SURE


def age_screen(
    voice: Voice,
    minimum: int,
    *back: Button,
    wanted: Data | str = "",
    bands: Sequence[Band] = tuple(Band),
) -> Screen:
    """Return the question for an age band, in plain words, with the ways out of it.

    What she `wanted` is in each of the buttons, for she may come back to them much later.
    """
    years = years_of(voice, minimum)
    rows = tuple(
        (voice.button(f"age.{band}", _with(AGE, wanted, band), **years),) for band in bands
    )
    return Screen(voice.say("age.ask"), (*rows, homewards(voice, *back)))


def check_screen(voice: Voice, minimum: int, band: Band, wanted: Data | str = "") -> Screen:
    """Return the question whether she told it right; no comes first."""
    told = voice.label(f"age.{band}", **years_of(voice, minimum))
    return Screen(
        voice.say("age.check", band=told),
        (
            (voice.button("age.again", _with(AGE_AGAIN, wanted)),),
            (voice.button("age.right", _with(AGE_FOR_SURE, wanted, band)),),
            homewards(voice),
        ),
    )


def _with(tap: Tap, wanted: str, *values: object) -> Data:
    """Return the data of a button with what she wanted, where there is room for it."""
    room = LONGEST_DATA_BYTES - len(tap(*values, "").encode()) - 1
    return tap(*values, wanted if len(wanted.encode()) <= room else "")


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
    wanted = Data(turn.leads_to or tapped)
    turn.expect(AskedAge(wanted))
    back = [turn.voice.button(*turn.way_back)] if turn.way_back else []
    await turn.show(_question(turn, wanted, *back))


def _question(turn: Turn, wanted: Data, *back: Button) -> Screen:
    bands = [band for band in Band if ages.at_most(turn.person, band) is band]
    minimum = turn.services.settings.minimum_age
    return age_screen(turn.voice, minimum, *back, wanted=wanted, bands=bands)


async def told(turn: Turn, band: Band, wanted: str) -> None:
    """Take the age band that she taps, and go on where she was."""
    await _take(turn, band, _wanted(turn, HOME(), wanted))


async def told_before(turn: Turn, band: Band) -> None:
    """Take a band that she taps in an old message, where it was asked before a mentor."""
    await _take(turn, band, _wanted(turn, MENTOR_WISH(None, None)))


async def typed(turn: Turn, asked: AskedAge, text: str) -> None:
    """Take the age that she typed for its band; the number is kept nowhere."""
    turn.expect(None)
    band = ages.band_at(int(text), turn.services.settings.minimum_age)
    await _take(turn, band, Data(asked.wanted))


async def told_for_sure(turn: Turn, band: Band, wanted: str) -> None:
    """Keep the band of which she said that it is right, and go on where she was."""
    await _keep(turn, band, _wanted(turn, HOME(), wanted))


async def again(turn: Turn, wanted: str) -> None:
    """Ask once more: she had slipped."""
    on = _wanted(turn, HOME(), wanted)
    turn.expect(AskedAge(on))
    await turn.show(_question(turn, on))


def _wanted(turn: Turn, otherwise: Data, carried: str = "") -> Data:
    """Return what she wanted when she was asked: it is in the button, or still awaited."""
    if carried:
        return Data(carried)
    asked = AskedAge.read(turn.left)
    return otherwise if asked is None else Data(asked.wanted)


async def _take(turn: Turn, band: Band, wanted: Data) -> None:
    """Keep a band; ask first where a slip would shut her out for a year, or free her for good."""
    band = ages.at_most(turn.person, band)
    if band is Band.MINOR:
        await _keep(turn, band, wanted)
        return
    turn.expect(AskedAge(wanted))
    await turn.show(check_screen(turn.voice, turn.services.settings.minimum_age, band, wanted))


async def _keep(turn: Turn, band: Band, wanted: Data) -> None:
    await ages.tell(turn.actor, band, turn.today)
    turn.leads_to = wanted
