"""What the start says to whoever runs the bot."""

import asyncio

from tests.conftest import StartBot


async def test_the_start_warns_when_nobody_can_be_called_and_of_a_slip_in_a_name(
    start_bot: StartBot,
) -> None:
    bot = await start_bot(COORDINATOR_IDS="88888", COORDINATR_IDS="3001")
    async with asyncio.timeout(10):
        while "none of the coordinators" not in bot.log():
            await asyncio.sleep(0.05)
    slip, stranger, nobody = [line for line in bot.log().splitlines() if "WARNING" in line]
    assert "COORDINATR_IDS is not a setting" in slip
    assert "coordinator 88888 has never written" in stranger
    assert "none of the coordinators" in nobody
