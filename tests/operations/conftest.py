"""The ward, for all that the doctor looks at."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.clock import utc_now
from bot.database import Database
from bot.demo.server import DemoServer
from bot.desk import team
from bot.people import people
from tests.operations.ward import Ward
from tests.stage import FIRST_COORDINATOR


@pytest.fixture
def ward(
    tmp_path: Path, migrated: Path, server: DemoServer, monkeypatch: pytest.MonkeyPatch
) -> Ward:
    monkeypatch.chdir(tmp_path)
    place = tmp_path / "data"
    place.mkdir(mode=0o700)
    found = Ward(place, server.root)
    shutil.copy(migrated, found.file)
    found.file.chmod(0o600)
    return found


@pytest.fixture
async def on_call(ward: Ward) -> AsyncIterator[Database]:
    """The database of the ward, with a coordinator who can be called."""
    database = Database(ward.settings.database_url)
    async with database.write() as session:
        await team.register_first(session, ward.settings.coordinator_ids, utc_now())
        await people.meet(session, FIRST_COORDINATOR, "en", utc_now())
    yield database
    await database.close()
