"""What she may tell about herself: grade and province. Both optional, both changeable."""

from bot.content.lists import Province
from bot.people import people
from bot.people.people import GRADES
from bot.refusals import StaleError
from bot.screens.paging import Page
from bot.screens.screen import Button, Screen
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.doors import MY_CLASSES, PROFILE, SAVED, homewards, to_more
from handlers.home.taps import GRADE, PROVINCE, PROVINCES, UNSAID

PROVINCES_A_PAGE = 6


def card_screen(voice: Voice, grade: str | None, province: Province | None) -> Screen:
    """Return what she told so far."""
    nothing = voice.label("me.unsaid")
    return Screen(
        voice.say(
            "me.text",
            grade=voice.label(f"grade.{grade}") if grade else nothing,
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


def grade_screen(voice: Voice) -> Screen:
    """Return the choice of grades."""
    buttons = [voice.button(f"grade.{grade}", GRADE(grade)) for grade in GRADES]
    return Screen(
        voice.say("me.ask_grade"),
        (
            tuple(buttons[:2]),
            tuple(buttons[2:4]),
            tuple(buttons[4:]),
            (voice.button("me.rather_not", GRADE(UNSAID)),),
            _to_card(voice),
        ),
    )


def province_screen(voice: Voice, provinces: tuple[Province, ...], number: int) -> Screen:
    """Return a page of provinces; the first comes after the last."""
    page = Page.around(provinces, number, PROVINCES_A_PAGE)
    buttons = [Button(p.label.get(voice.tongue), PROVINCE(p.id)) for p in page.items]
    return Screen(
        voice.say(
            "me.ask_province", page=voice.number(page.number + 1), pages=voice.number(page.pages)
        ),
        (
            *(tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2)),
            (
                voice.button("me.rather_not", PROVINCE(UNSAID)),
                voice.button("page.next", PROVINCES(page.number + 1)),
            ),
            _to_card(voice),
        ),
    )


def _to_card(voice: Voice) -> tuple[Button, ...]:
    return homewards(voice, voice.button("back.me", PROFILE()))


async def card(turn: Turn, _argument: str = "") -> None:
    """Show what she told."""
    provinces = {p.id: p for p in turn.services.content.provinces}
    await turn.show(
        card_screen(turn.voice, turn.person.grade, provinces.get(turn.person.province or ""))
    )


async def grade(turn: Turn, chosen: str | None) -> None:
    """Keep the grade that she chose, or offer them."""
    if chosen is None:
        await turn.show(grade_screen(turn.voice))
        return
    people.tell_grade(turn.person, None if chosen == UNSAID else chosen)
    await card(turn)


async def provinces(turn: Turn, page: int) -> None:
    """Offer a page of provinces."""
    await turn.show(province_screen(turn.voice, turn.services.content.provinces, page))


async def province(turn: Turn, chosen: str) -> None:
    """Keep the province that she chose."""
    if chosen not in {UNSAID, *(p.id for p in turn.services.content.provinces)}:
        raise StaleError
    people.tell_province(turn.person, None if chosen == UNSAID else chosen)
    await card(turn)
