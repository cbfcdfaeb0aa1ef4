"""What was said, and to whom: before it is known which door it is for.

`asked` is what her conversation awaits, if anything.
"""

import re
from collections.abc import Collection

from bot.mentoring import mentors
from bot.rights import May
from bot.safety import cases as case_file
from bot.safety import last_words
from bot.screens.awaited import Awaited
from bot.turn import Turn
from handlers.home.awaiting import AskedAge, Secret
from handlers.mentoring import relay
from handlers.mentoring.awaiting import FirstName, FormAnswer, ToCoordinators, Worry
from handlers.safety import cases

# What may stand behind /start in a link to the bot.
_DEEP_LINK = re.compile(r"[A-Za-z0-9_-]{0,64}")


async def says_nothing_new(turn: Turn) -> bool:
    """Return whether it is a further picture of an album, or an edit that leaves her words as
    they were: each was answered before."""
    heard, conversation = turn.heard, turn.conversation
    if heard.album is not None:
        answered, conversation.album = conversation.album, heard.album
        return answered == heard.album and not heard.text
    return heard.kind == "edited" and await last_words.says(
        turn.actor, heard.message_id, heard.text
    )


def tells_number(turn: Turn, asked: Awaited | None) -> bool:
    """Return whether it is a number that says how old she is, or a PIN: it is kept nowhere."""
    heard = turn.heard
    told = heard.kind in ("text", "edited") and heard.command is None
    if not told or not isinstance(asked, AskedAge | Secret):
        return False
    return asked.takes(heard.text, turn.services.content)


def tells_name(turn: Turn, asked: Awaited | None) -> bool:
    """Return whether it is the name for which she was asked: that is like anything, and no alarm.

    A word that people have named a sign of danger is one there too.
    """
    of_mentor = isinstance(asked, FormAnswer) and asked.field == "first_name"
    asks = of_mentor or isinstance(asked, FirstName)
    text = turn.heard.text
    told = asks and turn.heard.kind == "text" and mentors.first_name(text) is not None
    return told and not turn.services.answerer.is_named_danger(text)


def words(turn: Turn, commands: Collection[str]) -> str:
    """Return what she wrote in words of her own: not the name of a command, nor a deep link."""
    if (command := turn.heard.command) is None or command[0] not in commands:
        return turn.heard.text
    name, argument = command
    return "" if name == "start" and _DEEP_LINK.fullmatch(argument) else argument


async def writes_to_girl(turn: Turn, asked: Awaited | None) -> bool:
    """Return whether what is written is staff's or a mentor's: it speaks of danger by nature."""
    # Who has a part of the desk is a person like any other outside of it, as in a case of her own.
    at_desk = turn.actor.is_staff or (turn.is_coordinator and asked and isinstance(asked.who, May))
    return bool(asked and at_desk) or await relay.writes_as_mentor(turn)


async def is_of_others(turn: Turn, asked: Awaited | None) -> bool:
    """Return whether it is said, or was before an edit, to somebody whose words it may quote.

    So is what worries a guardian or a mentor: it goes to a coordinator, and is not of herself.
    """
    told = turn.expected(Worry) or turn.expected(ToCoordinators)
    if turn.heard.kind == "text" and told is not None:
        return True
    if await case_file.tells_of_others(turn.actor):
        return True
    return await writes_to_girl(turn, asked) or await cases.edits_at_desk(turn)
