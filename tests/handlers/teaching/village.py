"""Girls who teach, and what the tests of teaching begin with."""

from sqlalchemy import select

from bot.people.tables import Conversation
from bot.teaching.tables import AskedWay, WayState
from handlers.teaching.awaiting import AnotherWay
from tests.chat import Chat
from tests.handlers.scenes import with_her_age
from tests.stage import ENGLISH_STUDENT, Stage

SECOND, THIRD = 1003, 1004
WHAT_IS_AI = "what-is-ai"
# Nobody has asked so yet, and the bot takes it for what it asks, or nearly.
WAY, OTHER_WAY = "អាអ៊ីអានេះវាជាអីទៅ", "អេអាយនេះជាអ្វីទៅ ពន្យល់ញុំផង"
# What the bot would never take for it.
FAR = "ត្រសក់ល្អជាងននោង"


async def teaches(girl: Chat) -> Chat:
    """A girl finds the page in the menu, and joins."""
    await girl.send("/menu")
    await girl.tap("home.more")
    await girl.tap("more.teach")
    girl.sees("teach.invite")
    await with_her_age(girl, "teach.join")
    girl.sees("teach.home")
    return girl


async def three_who_teach(stage: Stage) -> tuple[Chat, Chat, Chat]:
    """Three girls have joined."""
    first = stage.person(ENGLISH_STUDENT)
    second, third = (stage.enters(number, language="en") for number in (SECOND, THIRD))
    for girl in (first, second, third):
        await teaches(girl)
    return first, second, third


async def is_asked(stage: Stage, girl: Chat, entry: str = WHAT_IS_AI) -> None:
    """A girl was shown the question of this entry."""
    async with stage.database.write() as session:
        conversation = await session.get_one(Conversation, girl.id)
        conversation.awaiting = AnotherWay(entry).stored()


async def gives(stage: Stage, girl: Chat, text: str, entry: str = WHAT_IS_AI) -> None:
    """A girl gives another way of asking for an entry."""
    await is_asked(stage, girl, entry)
    await girl.send(text)


async def states(stage: Stage) -> list[WayState]:
    """Return how each way of asking stands, in the order in which they came."""
    async with stage.database.read() as session:
        return list(await session.scalars(select(AskedWay.state).order_by(AskedWay.id)))
