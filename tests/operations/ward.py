"""A bot whose folder the doctor looks at."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from bot.clock import utc_now
from bot.operations import of_content
from bot.operations.doctor import CHECKS, examine
from bot.operations.finding import Verdict
from bot.settings import Settings
from tests.stage import FIRST_COORDINATOR, TOKEN

# To read the library takes a second, and is left to the tests of it.
OF_CONTENT = [check for check in CHECKS if check.__module__ == of_content.__name__]
QUICK = [check for check in CHECKS if check not in OF_CONTENT]
BAD, LOOK, WELL, UNSEEN = Verdict.BAD, Verdict.LOOK, Verdict.WELL, Verdict.UNSEEN


class Ward:
    """A bot on the database of a folder, and the doctor who looks at it."""

    def __init__(self, folder: Path, root: str) -> None:
        self.file = folder / "bot.sqlite"
        self.settings = Settings(
            bot_token=TOKEN, bot_api_url=root, coordinator_ids=(FIRST_COORDINATOR,),
            database_url=f"sqlite:///{self.file}", _env_file=None,
        )  # fmt: skip
        self.clock: Callable[[], datetime] = utc_now

    def has(self, **settings: object) -> None:
        """Choose settings."""
        self.settings = self.settings.model_copy(update=settings)

    async def says(self, about: str) -> list[tuple[Verdict, str]]:
        """Return what the doctor says about one thing."""
        checks = OF_CONTENT if about in ("content", "encoder") else QUICK
        found = [one async for one in examine(self.settings, self.clock, checks)]
        return [(one.verdict, one.says) for one in found if one.about == about]

    async def finds(self, about: str, verdict: Verdict, words: str) -> None:
        """See that the doctor says it."""
        found = await self.says(about)
        assert any(one is verdict and words in says for one, says in found), found
