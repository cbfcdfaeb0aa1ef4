"""The bot behind polling: the whole way, from the first word to the first answer."""

from tests.conftest import Chat, StartBot
from tests.stage import STUDENT


async def test_three_taps_lead_from_start_to_the_first_answer(
    start_bot: StartBot, chat: Chat
) -> None:
    await start_bot()
    srey = chat(STUDENT)
    await srey.send("/start")
    await srey.sees("មិនមែនមនុស្សទេ")
    await srey.tap("ខ្មែរ")
    await srey.sees("ថ្នាក់ទីប៉ុន្មាន")
    await srey.tap("រំលង")
    await srey.sees("រួចរាល់ហើយ")
    first = (await srey.buttons())[0]
    await srey.tap(first)
    await srey.sees("ពិនិត្យចុងក្រោយ")
