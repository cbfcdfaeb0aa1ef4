"""A number in a button, a link or a message may be anything: it is refused kindly, or fits.

What is tried is made from the doors that the features open, so a new button is tried without
anybody adding it here.
"""

from collections.abc import Iterator
from typing import Any

import pytest

import handlers
from bot.announcements.audience import FILTERS
from bot.rights import May
from bot.screens.taps import Part, Tap
from tests.handlers import scenes
from tests.handlers.forged import looks
from tests.rehearsal import rehearsal
from tests.stage import ENGLISH_STUDENT, FIRST_COORDINATOR, Stage

ODD = (
    "0", "-1", "៩៩៩", "²", "9" * 11, str(2**63), "9" * 40,
)  # fmt: skip
LINKS = ("faq_", "career_", "event_", "join_", "guardian_", "date_", "news_", "")


def _odd(tap: Tap) -> Iterator[str]:
    """Yield what a forger sends: each number that a part takes, and one of those that it refuses."""
    plain = [looks(part)[0] for part in tap.carries]
    for place, part in enumerate(tap.carries):
        refused = [odd for odd in ODD if not _takes(part, odd)]
        for odd in (*(odd for odd in ODD if odd not in refused), *refused[:1]):
            yield ":".join((tap.name, *plain[:place], odd, *plain[place + 1 :]))


def _takes(part: Part, text: str) -> bool:
    try:
        part.read(text)
    except (ValueError, KeyError):
        return False
    return True


@pytest.mark.parametrize("who", [ENGLISH_STUDENT, FIRST_COORDINATOR])
async def test_no_number_in_a_button_breaks_anything(stage: Stage, who: int) -> None:
    await stage.person(ENGLISH_STUDENT).send(scenes.UNKNOWN)
    broken = []
    async with rehearsal(stage, who) as trying:
        for tap, door in handlers.ROUTES.taps.values():
            # Each door is tried by whom it is for.
            if (isinstance(door.who, May)) is not (who == FIRST_COORDINATOR):
                continue
            for data in _odd(tap):
                try:
                    async with trying.taken_back():
                        await trying.act(data)
                except Exception as error:
                    broken.append(f"{data}: {type(error).__name__}")
    assert not broken, "\n".join(broken)


async def test_no_number_in_a_link_or_a_message_breaks_anything(stage: Stage) -> None:
    srey = stage.person(ENGLISH_STUDENT)
    for odd in ODD:
        for link in LINKS:
            await srey.send(f"/start {link}{odd}")
        await srey.send(odd)


@pytest.mark.parametrize("number", [-5, 2**52, 2**63, 10**40, True, 1.5, "7"])
@pytest.mark.parametrize("where", ["from", "chat", "message_id"])
async def test_an_update_with_an_impossible_number_is_let_go(
    stage: Stage, where: str, number: Any
) -> None:
    """The number of a person or a message that there cannot be: nobody is answered."""
    stranger = stage.enters(77)
    message: dict[str, Any] = {
        "message_id": 5, "date": 1, "text": "hello",
        "from": {"id": 77, "is_bot": False, "first_name": "S"},
        "chat": {"id": 77, "type": "private"},
    }  # fmt: skip
    if where == "message_id":
        message["message_id"] = number
    else:
        message[where]["id"] = number
    await stage.push({"message": message})
    tapped = {"id": "1", "from": message["from"], "message": message, "data": "go:home"}
    await stage.push({"callback_query": tapped})
    assert not stranger.messages()


async def test_no_odd_choice_of_an_announcement_breaks_anything(stage: Stage) -> None:
    broken = []
    async with rehearsal(stage, FIRST_COORDINATOR) as trying:
        await trying.act("cast:kind:event")
        for name in FILTERS:
            for odd in ODD:
                try:
                    async with trying.taken_back():
                        await trying.act(f"cast:pick:1:{name}:0:{odd}")
                        await trying.act("cast:who:1")
                except Exception as error:
                    broken.append(f"{name} {odd}: {type(error).__name__}")
    assert not broken, "\n".join(broken)
