"""A girl joins a class with the code from her teacher, sees her classes, leaves with a tap."""

from bot.classes import classes
from bot.classes.classes import Class
from bot.screens.screen import Html, Screen, paragraphs
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.classes.awaiting import Code
from handlers.classes.taps import JOIN, LEAVE, NOT_NOW, TYPE_CODE
from handlers.doors import MY_CLASSES, PROFILE, homewards

SHOWN = 6


def ask_screen(voice: Voice, found: Class) -> Screen:
    """Return the question whether she wishes to join, and what follows from it."""
    return Screen(
        voice.say("class.ask", name=found.name, school=found.school),
        (
            (voice.button("class.yes", JOIN(found.code)), voice.button("class.no", NOT_NOW())),
            homewards(voice),
        ),
    )


def mine_screen(voice: Voice, found: list[Class]) -> Screen:
    """Return her classes, each with the way out of it."""
    lines = [
        voice.say("class.line", name=c.name, school=c.school, until=voice.day(c.until))
        for c in found
    ]
    return Screen(
        paragraphs(
            voice.say("class.mine_text" if found else "class.none"), Html("\n".join(lines))
        ),
        (
            *((voice.button("class.leave", LEAVE(c.id), name=c.name),) for c in found[:SHOWN]),
            (voice.button("class.type_code", TYPE_CODE()),),
            homewards(voice, voice.button("back.me", PROFILE())),
        ),
    )


async def join(turn: Turn, argument: str) -> None:
    """Ask whether to join the class of a code, or for the code."""
    await (ask(turn, argument) if argument.strip() else ask_code(turn))


async def ask_code(turn: Turn) -> None:
    """Ask for the code."""
    classes.require_student(turn.role)
    turn.expect(Code())
    await turn.show(Screen(turn.voice.say("class.ask_code"), (homewards(turn.voice),)))


async def typed_code(turn: Turn, _asked: Code, text: str) -> None:
    """Take the code that was asked for."""
    await ask(turn, text)


async def ask(turn: Turn, code: str) -> None:
    """Ask whether she wishes to join the class of a code; say so where there is none."""
    classes.require_student(turn.role)
    turn.expect(None)
    found = await classes.find(turn.actor, code, turn.today)
    await (_no_such_code(turn) if found is None else turn.show(ask_screen(turn.voice, found)))


async def _no_such_code(turn: Turn) -> None:
    again = (turn.voice.button("class.type_code", TYPE_CODE()),)
    await turn.show(Screen(turn.voice.say("class.no_such_code"), (again, homewards(turn.voice))))


async def typed(turn: Turn) -> bool:
    """Take a message that looks like a code and is one; return whether it was."""
    looks_so = turn.heard.kind == "text" and classes.read_code(turn.heard.text) is not None
    # Whoever has guessed too often is not heard here any more, nor told so.
    if turn.role.is_adult or not looks_so or await classes.tried_too_often(turn.actor):
        return False
    found = await classes.find(turn.actor, turn.heard.text, turn.today)
    if found is not None:
        await turn.show(ask_screen(turn.voice, found))
    return found is not None


async def join_sure(turn: Turn, code: str) -> None:
    """Let her join."""
    found = await classes.join(turn.actor, code, turn.today, turn.role)
    if found is None:
        await _no_such_code(turn)
        return
    voice = turn.voice
    leave = voice.button("class.leave", LEAVE(found.id), name=found.name)
    mine = voice.button("class.mine", MY_CLASSES())
    text = voice.say("class.joined", name=found.name, school=found.school)
    await turn.show(Screen(text, ((leave,), homewards(voice, mine))))


async def not_now(turn: Turn) -> None:
    """Leave it."""
    await turn.show(Screen(turn.voice.say("class.not_now"), (homewards(turn.voice),)))


async def mine(turn: Turn) -> None:
    """Show her classes."""
    await turn.show(mine_screen(turn.voice, await classes.of(turn.actor, turn.today)))


async def leave(turn: Turn, class_id: int) -> None:
    """Let her leave a class, with a way back into it."""
    voice = turn.voice
    left = await classes.leave(turn.actor, class_id, turn.today)
    if left is None:
        await mine(turn)
        return
    back = ((voice.button("class.back_in", JOIN(left.code)),),) if left.open else ()
    mine_button = voice.button("class.mine", MY_CLASSES())
    text = voice.say("class.left", name=left.name)
    await turn.show(Screen(text, (*back, homewards(voice, mine_button))))
