"""The coordinators' desk: what waits, and the way to everything that a coordinator can do."""

from bot.people.staff import require_coordinator
from bot.questions import groups, ratings
from bot.refusals import StaleError
from bot.safety import cases
from bot.safety.cases import CaseFile
from bot.screens.paging import number_of, page_row
from bot.screens.screen import Button, Screen
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.careers import pathway

CASES_A_PAGE = 6
# The sections of the desk, two in a row: the words of the button, and what it does. A feature
# that has something for coordinators adds a line.
SECTIONS: tuple[tuple[str, str], ...] = (
    ("desk.questions", "group:list:0"),
    ("desk.cases", "desk:cases:0"),
    ("desk.doubts", "doubt:list:0"),
    ("desk.learned", "learn:list:0"),
    ("desk.figures", "fig:menu"),
    ("desk.team", "team:list"),
    ("desk.events", "evd:list:0"),
    ("desk.announcements", "cast:list:0"),
    ("desk.mentors", "over:home"),
    ("desk.walks", "desk:walks"),
)


def desk_screen(voice: Voice, questions: int, open_cases: int, doubted: int) -> Screen:
    """Return what waits for a coordinator, and the sections of the desk."""
    buttons = [voice.button(label, data) for label, data in SECTIONS]
    rows = [tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2)]
    return Screen(
        voice.say(
            "desk.text",
            questions=voice.number(questions),
            cases=voice.number(open_cases),
            doubts=voice.number(doubted),
        ),
        (*rows, (voice.button("back.home", "go:home"),)),
    )


def cases_screen(voice: Voice, found: list[CaseFile], page: int, actor_id: int) -> Screen:
    """Return a page of open cases: whether they wait, are hers or another's."""
    pages = max(1, -(-len(found) // CASES_A_PAGE))
    page = min(max(page, 0), pages - 1)
    shown = found[page * CASES_A_PAGE : (page + 1) * CASES_A_PAGE]
    return Screen(
        voice.say("desk.cases_text" if found else "desk.no_cases", total=voice.number(len(found))),
        (
            *((_case_button(voice, case, actor_id),) for case in shown),
            (*page_row(voice, "desk:cases", page, pages), voice.button("back.desk", "desk:home")),
        ),
    )


def _case_button(voice: Voice, case: CaseFile, actor_id: int) -> Button:
    if case.acknowledged_by is None:
        state = "desk.case_waits"
    else:
        state = "desk.case_yours" if case.acknowledged_by == actor_id else "desk.case_taken"
    return voice.button(state, f"case:ack:{case.id}", case=voice.number(case.id))


async def desk(turn: Turn, _argument: str) -> None:
    """Show the desk to a coordinator."""
    actor, staff = turn.person.id, turn.coordinators
    _, total = await groups.waiting(turn.session, actor, staff, 0, turn.now)
    waiting = await cases.open_cases(turn.actor)
    _, doubted = await ratings.page(turn.session, actor, staff, 0)
    await turn.show(desk_screen(turn.voice, total, len(waiting), doubted))


async def tapped(turn: Turn, argument: str) -> None:
    """Follow a button of the desk."""
    require_coordinator(turn.person.id, turn.coordinators)
    what, _, number = argument.partition(":")
    if what == "home":
        await desk(turn, "")
    elif what == "cases":
        found = await cases.open_cases(turn.actor)
        await turn.show(cases_screen(turn.voice, found, number_of(number), turn.person.id))
    elif what == "walks":
        await pathway.desk_counts(turn)
    else:
        raise StaleError
