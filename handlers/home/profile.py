"""What she may tell about herself: grade and province. Both optional, both changeable."""

from bot.content.lists import Province
from bot.people.people import GRADES
from bot.screens.screen import Button, Screen
from bot.screens.taps import StaleError
from bot.screens.voice import Voice
from bot.turn import Turn

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
                voice.button("me.grade", "me:grade"),
                voice.button("me.province", "me:provinces:0"),
            ),
            (voice.button("back.home", "go:home"),),
        ),
    )


def grade_screen(voice: Voice) -> Screen:
    """Return the choice of grades."""
    buttons = [voice.button(f"grade.{grade}", f"me:grade:{grade}") for grade in GRADES]
    return Screen(
        voice.say("me.ask_grade"),
        (
            tuple(buttons[:2]),
            tuple(buttons[2:4]),
            tuple(buttons[4:]),
            (voice.button("me.rather_not", "me:grade:none"),),
        ),
    )


def province_screen(voice: Voice, provinces: tuple[Province, ...], page: int) -> Screen:
    """Return a page of provinces."""
    pages = -(-len(provinces) // PROVINCES_A_PAGE)
    page = page % pages
    shown = provinces[page * PROVINCES_A_PAGE : (page + 1) * PROVINCES_A_PAGE]
    buttons = [Button(p.label.get(voice.tongue), f"me:province:{p.id}") for p in shown]
    return Screen(
        voice.say("me.ask_province", page=voice.number(page + 1), pages=voice.number(pages)),
        (
            *(tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2)),
            (
                voice.button("me.rather_not", "me:province:none"),
                voice.button("page.next", f"me:provinces:{page + 1}"),
            ),
        ),
    )


async def card(turn: Turn, _argument: str) -> None:
    """Show what she told."""
    provinces = {p.id: p for p in turn.services.content.provinces}
    await turn.show(
        card_screen(turn.voice, turn.person.grade, provinces.get(turn.person.province or ""))
    )


async def tapped(turn: Turn, argument: str) -> None:
    """Follow a button of the card."""
    what, _, value = argument.partition(":")
    provinces = turn.services.content.provinces
    if what == "card":
        await card(turn, "")
    elif what == "grade" and not value:
        await turn.show(grade_screen(turn.voice))
    elif what == "grade" and value in (*GRADES, "none"):
        turn.person.grade = None if value == "none" else value
        await card(turn, "")
    elif what == "provinces" and value.isdecimal() and len(value) < 6:
        await turn.show(province_screen(turn.voice, provinces, int(value)))
    elif what == "province" and value in {"none", *(p.id for p in provinces)}:
        turn.person.province = None if value == "none" else value
        await card(turn, "")
    else:
        raise StaleError
