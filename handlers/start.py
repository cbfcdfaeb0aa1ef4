"""First contact: who I am, what I keep, which language; deep links open what they name."""

from bot.announcements import subscriptions
from bot.careers import directory
from bot.events.listing import Shown
from bot.screens import deep_links
from bot.screens.taps import is_number
from bot.turn import Turn
from handlers.announcements.subscriptions import back_screen
from handlers.answering import ask
from handlers.careers import careers, women
from handlers.careers import directory as careers_directory
from handlers.classes import classes
from handlers.desk import joining, team
from handlers.events import calendar
from handlers.feature import Feature
from handlers.home import language
from handlers.mentoring import guardians
from handlers.safety import care

# What is asked in fixed words (content/requests.yaml) and leads here.
ASKED_TO_BEGIN = "start"


async def begin(turn: Turn, payload: str = "") -> None:
    """Welcome a new person; greet one who comes back; open what a deep link names."""
    kind, _, which = payload.partition("_")
    if kind == deep_links.GUARDIAN:
        await guardians.opened(turn, which)
        return
    if payload == deep_links.HELP:
        await care.help_now(turn)
        return
    if await _open(turn, kind, which):
        return
    # Who had said "no more" is brought back, as she was told; a link to one answer does not.
    off = await subscriptions.muted(turn.session, turn.person.id)
    if off and not payload:
        await subscriptions.unmute(turn.session, turn.person.id)
        await turn.show(back_screen(turn.voice, off))
    if kind == team.JOIN and await joining.join(turn, which):
        return
    if turn.person.language_chosen or turn.role.is_adult:
        await language.go_on(turn, below=False)
        return
    await turn.show(language.welcome_screen(turn.services.content))


async def _open(turn: Turn, kind: str, which: str) -> bool:
    """Open what a friend or a teacher has sent her; return whether there is such a thing."""
    content = turn.services.content
    there = {
        deep_links.ANSWER: which in content.entries,
        deep_links.CAREER: which in content.careers,
        deep_links.ITEM: directory.item(content, which) is not None,
        deep_links.EVENT: is_number(which) and await calendar.is_there(turn, int(which)),
        deep_links.FAMILY: not which,
        # where there is none, that is said
        deep_links.CLASS: True,
    }
    if not there.get(kind, False):
        return False
    if turn.new:
        if kind == deep_links.FAMILY:
            await guardians.came_for_family(turn)
        # Who meets the bot by a link reads first what it is, and what it keeps.
        await turn.show(language.welcome_screen(content, adult=turn.role.is_adult))
    match kind:
        case deep_links.ANSWER:
            await ask.show_entry(turn, which, turn.tongue)
        case deep_links.CAREER:
            await careers.open_page(turn, which, turn.tongue, new_message=True)
        case deep_links.ITEM:
            await careers_directory.open_item(turn, which)
        case deep_links.EVENT:
            await calendar.detail(turn, int(which), Shown())
        case deep_links.FAMILY:
            await women.open_family_page(turn)
        case deep_links.CLASS:
            await classes.ask(turn, which)
    return True


FEATURE = Feature("start", commands={"start": begin})
