"""A coordinator makes a class, gets a code and a link to hand out, renews and closes it."""

from bot.classes import classes
from bot.classes.classes import Class
from bot.language.typed_times import TimeProblemError, read_days
from bot.language.words import shorten
from bot.refusals import RefusedError
from bot.rights import May
from bot.screens.deep_links import CLASS, link_to
from bot.screens.paging import Page
from bot.screens.screen import LONGEST_LABEL, Button, Copied, Screen
from bot.screens.taps import Tap
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.classes.awaiting import Name, School, Until
from handlers.classes.taps import CLOSE, HAND_OUT, LIST, NEW, RENEW, REOPEN, SHOW, UNTIL
from handlers.doors import DESK_REST

A_PAGE = 6


def list_screen(voice: Voice, found: list[Class], number: int) -> Screen:
    """Return a page of the classes."""
    page = Page.of(found, number, A_PAGE)
    rows = []
    for one in page.items:
        label = f"{'🏫' if one.open else '⏹'} {one.name} · {one.school}"
        rows.append((Button(shorten(label, LONGEST_LABEL), SHOW(one.id)),))
    return Screen(
        voice.say("cls.list" if found else "cls.none"),
        (
            *rows,
            (voice.button("cls.new", NEW()),),
            (*page.ways(voice, LIST), voice.button("back.desk", DESK_REST())),
        ),
    )


def members_words(voice: Voice, members: int | None) -> str:
    """Return how many are in a class: in words where it is less than five."""
    return voice.label("cls.a_few") if members is None else voice.number(members)


def class_screen(voice: Voice, found: Class) -> Screen:
    """Return one class with its code, and what can be done with it."""
    rows: list[tuple[Button, ...]] = []
    if found.open:
        link = link_to(voice.bot, CLASS, found.code)
        rows += [
            (voice.button("cls.slip", HAND_OUT(found.id)),),
            (
                voice.button("cls.copy_code", Copied(found.code)),
                voice.button("link.copy", Copied(link)),
            ),
            (
                voice.button("cls.until", UNTIL(found.id)),
                voice.button("cls.renew", RENEW(found.id, False)),
            ),
            (voice.button("cls.close", CLOSE(found.id, False)),),
        ]
    else:
        rows.append(
            (
                voice.button("cls.until", UNTIL(found.id)),
                voice.button("cls.reopen", REOPEN(found.id)),
            )
        )
    return Screen(
        voice.say(
            "cls.card" if found.open else "cls.over",
            name=found.name,
            school=found.school,
            code=found.code,
            until=voice.day(found.until),
            members=members_words(voice, found.members),
        ),
        (*rows, _back(voice)),
    )


def slip_screen(voice: Voice, found: Class) -> Screen:
    """Return the words that a teacher writes on the board, or hands out on paper."""
    link = link_to(voice.bot, CLASS, found.code)
    text = voice.say(
        "cls.slip_text", name=found.name, school=found.school, code=found.code, link=link,
        bot=voice.bot,
    )  # fmt: skip
    return Screen(text, ((voice.button("back.desk", SHOW(found.id)),),))


async def listed(turn: Turn, page: int) -> None:
    """Show a page of the classes."""
    found = await classes.listed(turn.actor, turn.today)
    await turn.show(list_screen(turn.voice, found, page))


async def new(turn: Turn) -> None:
    """Ask what a new class is called."""
    turn.actor.require(May.ANNOUNCEMENTS)
    turn.expect(Name())
    await turn.show(Screen(turn.voice.say("cls.ask_name"), (_back(turn.voice),)))


def _back(voice: Voice) -> tuple[Button, ...]:
    return (voice.button("back.desk", LIST.again()),)


async def named(turn: Turn, _asked: Name, text: str) -> None:
    """Take the name, and ask for the school."""
    turn.actor.require(May.ANNOUNCEMENTS)
    turn.way_back = ("back.desk", LIST.again())
    turn.expect(School(classes.check_name(text)))
    await turn.show(Screen(turn.voice.say("cls.ask_school"), (_back(turn.voice),)))


async def schooled(turn: Turn, asked: School, text: str) -> None:
    """Take the school, and make the class."""
    turn.way_back = ("back.desk", LIST.again())
    made = await classes.make(turn.actor, asked.title, text, turn.today)
    turn.expect(None)
    await turn.show(class_screen(turn.voice, made))


async def show(turn: Turn, class_id: int) -> None:
    """Show one class."""
    found = await classes.show(turn.actor, class_id, turn.today)
    await turn.show(class_screen(turn.voice, found))


async def hand_out(turn: Turn, class_id: int) -> None:
    """Send the words to hand out, as a message that can be passed on."""
    found = await classes.show(turn.actor, class_id, turn.today)
    await turn.show(slip_screen(turn.voice, found), new_message=True)


async def ask_until(turn: Turn, class_id: int) -> None:
    """Ask for the last day."""
    await classes.show(turn.actor, class_id, turn.today)
    turn.expect(Until(class_id))
    back = (turn.voice.button("back.desk", SHOW(class_id)),)
    await turn.show(Screen(turn.voice.say("cls.ask_until"), (back,)))


async def wrote_until(turn: Turn, asked: Until, text: str) -> None:
    """Take the last day."""
    turn.way_back = ("back.desk", SHOW(asked.id))
    try:
        day = read_days(text, turn.now, turn.services.settings.zone).last
    except TimeProblemError:
        raise RefusedError("class.no_such_day") from None
    found = await classes.set_until(turn.actor, asked.id, day, turn.today)
    turn.expect(None)
    await turn.show(class_screen(turn.voice, found))


async def renew(turn: Turn, class_id: int, sure: bool) -> None:
    """Give a class another code, once she is sure."""
    if not sure:
        await _ask_sure(turn, "cls.renew", RENEW, class_id)
        return
    found = await classes.renew(turn.actor, class_id, turn.today)
    await turn.show(class_screen(turn.voice, found))


async def close(turn: Turn, class_id: int, sure: bool) -> None:
    """End a class, once she is sure."""
    if not sure:
        await _ask_sure(turn, "cls.close", CLOSE, class_id)
        return
    found = await classes.close(turn.actor, class_id, turn.today)
    await turn.show(class_screen(turn.voice, found))


async def _ask_sure(turn: Turn, key: str, sure: Tap, class_id: int) -> None:
    voice = turn.voice
    await classes.show(turn.actor, class_id, turn.today)
    yes = (voice.button(key, sure(class_id, True)),)
    back = (voice.button("back.desk", SHOW(class_id)),)
    await turn.show(Screen(voice.say(f"{key}_sure"), (yes, back)))


async def reopen(turn: Turn, class_id: int) -> None:
    """Let a class go on that was closed."""
    found = await classes.reopen(turn.actor, class_id, turn.today)
    await turn.show(class_screen(turn.voice, found))
