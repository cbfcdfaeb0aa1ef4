"""What somebody does not want to hear is not sent to her."""

import pytest

from bot.announcements import audience, subscriptions
from bot.database import Database
from bot.refusals import StaleError
from tests.announcements.newsroom import GIRL, TODAY, by, people


async def test_a_kind_switched_off_is_respected_and_safety_is_not_a_choice(
    database: Database,
) -> None:
    async with database.write() as session:
        await people(session, 1, first=GIRL)
        await subscriptions.mute(by(session, GIRL), "tip")
        await subscriptions.mute(by(session, GIRL), "tip")
        with pytest.raises(StaleError):
            await subscriptions.mute(by(session, GIRL), "safety")
        reached = {
            k: bool(await audience.count(session, {}, k, (), TODAY)) for k in subscriptions.KINDS
        }
        assert reached == {"announcement": True, "event": True, "tip": False, "safety": True}
        assert await subscriptions.unmute(session, GIRL)
        assert not await subscriptions.unmute(session, GIRL)
        assert await audience.count(session, {}, "tip", (), TODAY) == {"km": 1}
