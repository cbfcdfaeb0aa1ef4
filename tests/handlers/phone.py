"""A phone that two girls share, and what each of them does with it."""

from bot.people import chats
from bot.people.tables import Phone
from bot.queues.outbox import Lane
from bot.screens.screen import Html, Screen
from bot.turn import tell
from tests.chat import Chat
from tests.kept_scenes import kept
from tests.stage import ENGLISH_STUDENT, Stage

FIRST = ENGLISH_STUDENT
SECOND = chats.further(ENGLISH_STUDENT, 1)


@kept
async def _share(phone: Chat) -> None:
    """Chantha lets her sister Dara use her phone."""
    await phone.send("/start")
    await phone.tap_data("lang:en:w")
    await phone.send("/switch")
    await phone.tap("who.share")
    await phone.send("Chantha")
    await phone.tap("who.new")
    await phone.send("Dara")


async def shared(stage: Stage) -> Chat:
    """Return the phone of the two; it is the turn of Chantha, to whom the account belongs."""
    phone = stage.person(ENGLISH_STUDENT)
    await _share(phone)
    return phone


async def is_turn_of(phone: Chat, name: str) -> None:
    """Another says that she is here."""
    await phone.send("/switch")
    await phone.tap_words(name)


async def begins(phone: Chat, name: str) -> None:
    """Another is here for the first time, and chooses English."""
    await is_turn_of(phone, name)
    await phone.tap_data("lang:en:w")


async def opens_page(phone: Chat) -> None:
    """She whose turn it is opens the page of those who share the phone."""
    await phone.send("/menu")
    await phone.tap("home.more")
    await phone.tap("who.page")


async def sets_pin(phone: Chat, pin: str) -> None:
    """She whose turn it is chooses a PIN."""
    await opens_page(phone)
    await phone.tap("who.pin_set")
    await phone.send(pin)
    await phone.send(pin)


async def says_to(stage: Stage, person_id: int, words: str, lane: Lane = Lane.NOTE) -> None:
    """Something for one of them is put on its way, and delivered if it may be."""
    async with stage.database.write() as session:
        screen = Screen(Html(words))
        await tell(session, person_id, screen, f"test:{words}", stage.now, lane)
    await stage.deliver()


async def who_is_here(stage: Stage) -> int | None:
    """Return whose turn it is; nobody's while the names are asked for."""
    async with stage.database.read() as session:
        phone = await session.get_one(Phone, ENGLISH_STUDENT)
        return phone.in_use
