"""What many tests need: the real content, a database file, and the whole bot in a process."""

import asyncio
import os
import shutil
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from bot.answering.answerer import Answerer, build_answerer
from bot.content import Content, load_content
from bot.database import Database, on_sqlite
from bot.database.migrate import migrate
from bot.demo.conversation import Conversation
from bot.demo.server import DemoServer
from bot.settings import CONTENT, ROOT, url_of
from tests.engines import BOTH
from tests.postgres import Postgres
from tests.stage import (
    FIRST_COORDINATOR,
    SECOND_COORDINATOR,
    TOKEN,
    Stage,
    StartStage,
    everybody,
    started,
)

# How long one example takes says how busy the machine is.
settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")


# What takes long is begun with, so that at the end no processor waits for the other.
_LONGEST = (
    "tests/journeys/", "tests/handlers/test_crawl", "tests/handlers/test_odd_numbers",
    "tests/handlers/test_looks", "tests/handlers/test_privileges",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest tests first; the others stay in their order."""
    items.sort(key=lambda item: not item.nodeid.startswith(_LONGEST))


@pytest.fixture(scope="session", autouse=True)
def compiled_once() -> Iterator[None]:
    """Let every database file of the tests use the statements that were compiled for another.

    Each has engines of its own, which would compile them all anew: a fifth of the time.
    """
    first = create_async_engine("sqlite+aiosqlite://")

    async def learns_of_its_driver() -> None:
        async with first.connect():
            pass
        await first.dispose()

    asyncio.run(learns_of_its_driver())
    make = on_sqlite._engine

    def like_the_first(url: str, begin: str, pragmas: tuple[str, ...]) -> AsyncEngine:
        engine = make(url, begin, pragmas)
        engine.sync_engine.dialect = first.sync_engine.dialect
        engine.sync_engine._compiled_cache = first.sync_engine._compiled_cache
        return engine

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(on_sqlite, "_engine", like_the_first)
        yield


@pytest.fixture(scope="session")
def content() -> Content:
    """The content that ships."""
    return load_content(CONTENT)


@pytest.fixture(scope="session")
def answerer(content: Content) -> Answerer:
    """The answerer that the bot uses."""
    return build_answerer(content)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database file, to be copied and never opened."""
    file = tmp_path_factory.mktemp("migrated") / "template.sqlite"
    migrate(file)
    return file


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--engine postgres`: everything that does not look into a file, on the other engine."""
    parser.addoption("--engine", choices=BOTH, default="sqlite")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Let a module that says `ENGINES = BOTH` be played on both engines."""
    engines = getattr(metafunc.module, "ENGINES", None)
    if engines and "engine" in metafunc.fixturenames:
        metafunc.parametrize("engine", engines, indirect=True)


@pytest.fixture
def engine(request: pytest.FixtureRequest) -> str:
    """Which database the bot has in a test: `sqlite`, or `postgres`."""
    return str(getattr(request, "param", request.config.getoption("--engine")))


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Postgres]:
    """A PostgreSQL server, started when the first test needs one."""
    server = Postgres()
    yield server
    server.stop()


@pytest.fixture
def postgres(postgres_server: Postgres) -> Iterator[Postgres]:
    """A PostgreSQL server; the databases that are made on it go with the test."""
    yield postgres_server
    postgres_server.drop_all()


@pytest.fixture
def new_database(
    engine: str, tmp_path: Path, migrated: Path, request: pytest.FixtureRequest
) -> Callable[[str], str]:
    """Make a migrated database of a name; return its DATABASE_URL."""

    def make(name: str) -> str:
        if engine == "postgres":
            server: Postgres = request.getfixturevalue("postgres")
            return server.new()
        file = tmp_path / f"{name}.sqlite"
        shutil.copyfile(migrated, file)
        return url_of(file)

    return make


@pytest.fixture
async def start_stage(
    new_database: Callable[[str], str], migrated: Path, content: Content, answerer: Answerer
) -> AsyncIterator[StartStage]:
    """Set up a stage with settings of its own: `await start_stage(question_days=3)`."""
    async with AsyncExitStack() as stack:
        number = count()

        async def start(**settings: object) -> Stage:
            url = new_database(f"stage{next(number)}")
            return await stack.enter_async_context(
                started(url, migrated, content, answerer, **settings)
            )

        yield start


@pytest.fixture
async def stage(start_stage: StartStage) -> Stage:
    """A stage with the settings that every test knows (see `tests/stage.py`)."""
    return await start_stage()


@pytest.fixture
async def database(new_database: Callable[[str], str]) -> AsyncIterator[Database]:
    """A new, migrated database."""
    opened = Database(new_database("test"))
    yield opened
    await opened.close()


@pytest.fixture
async def server() -> AsyncIterator[DemoServer]:
    """The embedded Bot API on a free port."""
    demo = DemoServer(TOKEN, everybody())
    demo.start()
    yield demo
    await demo.stop()


class BotProcess:
    """`python -m bot run` against the embedded Bot API, in a process of its own."""

    def __init__(
        self, server: DemoServer, folder: Path, url: str = "", name: str = "bot", **settings: str
    ) -> None:
        self.server = server
        self.database_file = folder / "bot.sqlite"
        self.url = url or url_of(self.database_file)
        self._log = folder / f"{name}.log"
        self._environment = {
            **{k: v for k, v in os.environ.items() if k in ("PATH", "HOME", "LANG")},
            "BOT_TOKEN": TOKEN,
            "BOT_API_URL": server.root,
            "DATABASE_URL": self.url,
            "COORDINATOR_IDS": f"{FIRST_COORDINATOR},{SECOND_COORDINATOR}",
            "MESSAGES_PER_SECOND": "2000",
            "CHAT_INTERVAL_SECONDS": "0",
            "DRILL_DAY": "0",
            **settings,
        }
        self._process: asyncio.subprocess.Process | None = None
        self._began = 0

    async def start(self) -> None:
        """Start, and wait until it says that it is ready."""
        with self._log.open("ab") as log:
            self._began = self._log.stat().st_size
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run", cwd=ROOT, env=self._environment,
                stdout=log, stderr=log,
            )  # fmt: skip
        for _ in range(2400):
            if "ready in" in self.log_since_start():
                return
            if self._process.returncode is not None:
                break
            await asyncio.sleep(0.05)
        raise AssertionError(f"the bot did not start:\n{self.log()}")

    def kill(self) -> None:
        """Kill it as a power cut would."""
        if self._process is not None and self._process.returncode is None:
            self._process.send_signal(signal.SIGKILL)

    async def wait(self) -> int:
        """Wait for its end; return its exit status."""
        assert self._process is not None
        return await asyncio.wait_for(self._process.wait(), 30)

    async def terminate(self) -> int:
        """Ask it to stop; return its exit status."""
        assert self._process is not None
        if self._process.returncode is None:
            self._process.send_signal(signal.SIGTERM)
        return await self.wait()

    def log(self) -> str:
        """What it logged."""
        return self._log.read_text(encoding="utf-8", errors="replace")

    def log_since_start(self) -> str:
        """What it logged since it was last started."""
        return self._log.read_bytes()[self._began :].decode(errors="replace")


# Starts the bot with settings: `await start_bot(ANNOUNCE_APPROVAL_ABOVE="1")`.
StartBot = Callable[..., Awaitable[BotProcess]]
# Lets a test be somebody: `chat(STUDENT)`.
Chat = Callable[[int], Conversation]


@pytest.fixture
def bot_database(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """The DATABASE_URL of the bots that a test starts."""
    if engine == "postgres":
        server: Postgres = request.getfixturevalue("postgres")
        return server.new()
    return url_of(tmp_path / "bot.sqlite")


@pytest.fixture
async def start_bot(
    server: DemoServer, tmp_path: Path, bot_database: str
) -> AsyncIterator[StartBot]:
    """Start the whole bot; every process is ended with the test."""
    async with AsyncExitStack() as stack:

        @asynccontextmanager
        async def running(**settings: str) -> AsyncIterator[BotProcess]:
            process = BotProcess(server, tmp_path, bot_database, **settings)
            await process.start()
            try:
                yield process
            finally:
                await process.terminate()

        async def start(**settings: str) -> BotProcess:
            return await stack.enter_async_context(running(**settings))

        yield start


@pytest.fixture
async def chat(server: DemoServer) -> AsyncIterator[Chat]:
    """Be somebody: `chat(STUDENT)`."""
    opened: list[Conversation] = []

    def be(person_id: int) -> Conversation:
        opened.append(Conversation(server.root, person_id))
        return opened[-1]

    yield be
    for conversation in opened:
        await conversation.close()
