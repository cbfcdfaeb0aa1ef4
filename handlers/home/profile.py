"""What she may tell about herself: grade and province. Both optional, both changeable."""

from bot.content.lists import Province
from bot.people import people
from bot.people.people import GRADES
from bot.refusals import StaleError
from bot.screens.paging import Page
from bot.screens.screen import Button, Screen, in_rows
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.doors import MY_CLASSES, PROFILE, SAVED, homewards, to_more
from handlers.home.taps import FIRST_PROVINCE, FIRST_PROVINCES, GRADE, PROVINCE, PROVINCES, UNSAID

PROVINCES_A_PAGE = 5


def card_screen(
    voice: Voice, grade: str | None, province: Province | None, *, old: bool = False
) -> Screen:
    """Return what she told so far; `old` says that the grade is of an earlier school year."""
    nothing = voice.label("me.unsaid")
    told = voice.label(f"grade.{grade}") if grade else nothing
    return Screen(
        voice.say(
            "me.text",
            grade=voice.label("me.last_year", grade=told) if old else told,
            province=province.label.get(voice.tongue) if province else nothing,
        ),
        (
            (
                voice.button("me.grade", GRADE(None)),
                voice.button("me.province", PROVINCES(0)),
            ),
            (
                voice.button("saved.list", SAVED(0)),
                voice.button("class.mine", MY_CLASSES()),
            ),
            to_more(voice),
        ),
    )


def grade_screen(voice: Voice, *, told: bool = False) -> Screen:
    """Return the choice of grades; what was told can be taken back."""
    buttons = [voice.button(f"grade.{grade}", GRADE(grade)) for grade in GRADES]
    return Screen(
        voice.say("me.ask_grade"),
        (
            *in_rows(buttons),
            (voice.button("me.forget" if told else "me.rather_not", GRADE(UNSAID)),),
            _to_card(voice),
        ),
    )


def province_screen(
    voice: Voice,
    provinces: tuple[Province, ...],
    number: int,
    *,
    told: bool = False,
    first: bool = False,
) -> Screen:
    """Return a page of provinces, in the order of the alphabet in which they are read.

    What was `told` can be taken back; who is asked at `first` may skip it.
    """
    ordered = sorted(provinces, key=lambda province: province.label.get(voice.tongue))
    page = Page.of(ordered, number, PROVINCES_A_PAGE)
    choice, pages = (FIRST_PROVINCE, FIRST_PROVINCES) if first else (PROVINCE, PROVINCES)
    no = "first.skip" if first else "me.forget" if told else "me.rather_not"
    buttons = [Button(p.label.get(voice.tongue), choice(p.id)) for p in page.items]
    return Screen(
        voice.say(
            "me.ask_province", page=voice.number(page.number + 1), pages=voice.number(page.pages)
        ),
        (
            *in_rows(buttons),
            page.ways(voice, pages),
            (voice.button(no, choice(UNSAID)),),
            *(() if first else (_to_card(voice),)),
        ),
    )


def _to_card(voice: Voice) -> tuple[Button, ...]:
    return homewards(voice, voice.button("back.me", PROFILE()))


async def card(turn: Turn, _argument: str = "") -> None:
    """Show what she told."""
    provinces = {p.id: p for p in turn.services.content.provinces}
    person = turn.person
    hers, old = provinces.get(person.province or ""), person.grade != turn.grade
    await turn.show(card_screen(turn.voice, person.grade, hers, old=old))


async def grade(turn: Turn, chosen: str | None) -> None:
    """Keep the grade that she chose, or offer them."""
    if chosen is None:
        await turn.show(grade_screen(turn.voice, told=turn.person.grade is not None))
        return
    people.tell_grade(turn.person, None if chosen == UNSAID else chosen, turn.today)
    await card(turn)


async def provinces(turn: Turn, page: int) -> None:
    """Offer a page of provinces."""
    told = turn.person.province is not None
    screen = province_screen(turn.voice, turn.services.content.provinces, page, told=told)
    await turn.show(screen)


async def province(turn: Turn, chosen: str) -> None:
    """Keep the province that she chose."""
    if chosen not in {UNSAID, *(p.id for p in turn.services.content.provinces)}:
        raise StaleError
    people.tell_province(turn.person, None if chosen == UNSAID else chosen)
    await card(turn)
