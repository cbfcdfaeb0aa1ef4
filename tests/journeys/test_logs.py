"""What a process writes down about itself."""

from tests.conftest import Chat, StartBot
from tests.stage import ENGLISH_STUDENT, FIRST_COORDINATOR


async def test_logs_hold_ids_and_never_words_or_the_token(start_bot: StartBot, chat: Chat) -> None:
    bot = await start_bot(LOG_LEVEL="DEBUG")
    srey, bopha = chat(ENGLISH_STUDENT), chat(FIRST_COORDINATOR)
    await srey.send("my father hits me with unmistakablewords")
    await srey.tap("Talk to a real person")
    await bopha.tap("ខ្ញុំទទួល")
    await bopha.sees("unmistakablewords")
    assert "unmistakablewords" not in bot.log()
    assert "token-of-the-tests" not in bot.log()
