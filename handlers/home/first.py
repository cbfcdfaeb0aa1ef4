"""The first minutes: grade and province are asked once, may be skipped, and are of use at once."""

from bot.content import Content
from bot.content.lists import Province
from bot.people import people, trail
from bot.people.people import GRADES
from bot.refusals import StaleError
from bot.screens.screen import Button, Rows, Screen, in_rows
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.doors import ENTRY, PATH, homewards
from handlers.home import profile
from handlers.home.taps import FIRST_GRADE, UNSAID

EXAMPLES = 3


def grade_screen(voice: Voice) -> Screen:
    """Return the question for her grade, which may be skipped with all the rest."""
    buttons = [voice.button(f"grade.{grade}", FIRST_GRADE(grade)) for grade in GRADES]
    return Screen(
        voice.say("first.ask_grade"),
        (
            *in_rows(buttons),
            (voice.button("first.skip", FIRST_GRADE(UNSAID)),),
        ),
    )


def example_rows(voice: Voice, content: Content, grade: str | None) -> Rows:
    """Return questions to begin with, which girls of her grade ask, one a row."""
    entries = (content.entries[e] for e in content.examples.get(grade or "any", ())[:EXAMPLES])
    return tuple(
        (Button(e.question.get(voice.tongue), ENTRY(e.id, voice.tongue, False)),) for e in entries
    )


def ready_screen(voice: Voice, content: Content, grade: str | None) -> Screen:
    """Return the way to a first answer: questions to tap, the walk, home."""
    return Screen(
        voice.say("first.ready"),
        (
            *example_rows(voice, content, grade),
            (voice.button("home.path", PATH()),),
            homewards(voice),
        ),
    )


def is_due(turn: Turn) -> bool:
    """Return whether a girl was never asked, and has not told by herself."""
    person = turn.person
    told = person.grade is not None or person.province is not None
    return not (person.asked_of_her or told or turn.role.is_adult)


async def ask(turn: Turn) -> None:
    """Ask for her grade, this once."""
    people.asked_of_her(turn.person)
    await turn.show(grade_screen(turn.voice), new_message=True)


async def grade(turn: Turn, chosen: str) -> None:
    """Keep the grade that she tells at first and ask for her province, or leave her in peace."""
    if chosen == UNSAID:
        await _ready(turn)
        return
    people.tell_grade(turn.person, chosen, turn.today)
    trail.asks_province(turn.conversation, asks=True)
    await provinces(turn, 0)


async def provinces(turn: Turn, page: int) -> None:
    """Offer a page of provinces to who is asked at first."""
    screen = profile.province_screen(turn.voice, turn.services.content.provinces, page, first=True)
    await turn.show(screen)


async def province(turn: Turn, chosen: str) -> None:
    """Keep the province that she tells at first, and lead to a first answer."""
    if chosen not in {UNSAID, *(p.id for p in turn.services.content.provinces)}:
        raise StaleError
    if chosen != UNSAID:
        people.tell_province(turn.person, chosen)
    trail.asks_province(turn.conversation, asks=False)
    await _ready(turn)


def kept_later(turn: Turn, province: Province) -> None:
    """Keep the province that she names while she is asked for it still, wherever she is by now.

    What comes of it for her is said above what she is shown.
    """
    if not trail.is_asked_province(turn.conversation):
        return
    trail.asks_province(turn.conversation, asks=False)
    if turn.person.province is not None:
        return
    people.tell_province(turn.person, province.id)
    voice = turn.voice_for(turn.heard.text)
    told = voice.say("me.province_kept", province=province.label.get(voice.tongue))
    turn.aside = Screen(told).below(turn.aside) if turn.aside is not None else Screen(told)


async def _ready(turn: Turn) -> None:
    await turn.show(ready_screen(turn.voice, turn.services.content, turn.grade))
