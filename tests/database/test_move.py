"""`bongsrey migrate-data`: all that a SQLite database holds is in the PostgreSQL one afterwards."""

import asyncio
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select, text

from bot.__main__ import main
from bot.commands import EXIT_CONFIGURATION
from bot.database import Database, Session, insert_new
from bot.database.one_instance import only_instance
from bot.people.people import meet
from bot.people.tables import Person
from bot.queues import inbox
from bot.safety.tables import Case, CaseMessage
from bot.settings import url_of
from tests.postgres import Postgres
from tests.stage import OPENING

Said = pytest.CaptureFixture[str]


def _in(url: str, do: Callable[[Session], object]) -> None:
    async def work() -> None:
        database = Database(url)
        async with database.write() as session:
            await do(session)  # type: ignore[misc]
        await database.close()

    asyncio.run(work())


async def _a_little_of_everything(session: Session) -> None:
    for number in range(1, 1203):
        await insert_new(
            session, Person, {"id": number, "language": "km", "joined_at_utc": OPENING}
        )
    _, talk, _ = await meet(session, 7, "km", datetime(2026, 11, 24, 2, 0, 0, 123456, UTC))
    talk.awaiting = {"for": "x", "words": "ប្អូន 🌸 \\u0000", "deep": [1, 2.5, None, True]}
    session.add(Case(id=41, person_id=7, kind="abuse", opened_at_utc=OPENING, alerted=[1, 2]))
    await session.flush()
    session.add(
        CaseMessage(case_id=41, author_id=7, by_staff=False, text="ខ្ញុំភ័យ", corrected=True,
                    at_utc=OPENING)
    )  # fmt: skip
    await session.flush()
    # The number of an erased case is never given again.
    await session.execute(text("UPDATE sqlite_sequence SET seq = 90 WHERE name = 'cases'"))


@pytest.fixture
def old(tmp_path: Path, migrated: Path) -> Path:
    """A SQLite database with a little of everything."""
    file = Path(shutil.copy(migrated, tmp_path / "old.sqlite"))
    _in(url_of(file), _a_little_of_everything)
    return file


@pytest.fixture
def new(postgres: Postgres, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """A database on a server with tables and no rows, which the settings name."""
    url = postgres.new()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", url)
    return url


def test_all_of_it_arrives_and_numbers_go_on(
    old: Path, postgres: Postgres, monkeypatch: pytest.MonkeyPatch, capsys: Said
) -> None:
    """Also where there are no tables yet."""
    new = postgres.empty()
    monkeypatch.setenv("DATABASE_URL", new)
    assert main(["migrate-data", str(old)]) == 0
    said = capsys.readouterr().out
    assert "1,202 people" in said
    assert "Every row was read back" in said

    async def look(session: Session) -> None:
        _, talk, known = await meet(session, 7, "km", OPENING)
        assert not known
        assert talk.awaiting == {
            "for": "x", "words": "ប្អូន 🌸 \\u0000", "deep": [1, 2.5, None, True],
        }  # fmt: skip
        (line,) = (await session.scalars(select(CaseMessage))).all()
        assert (line.text, line.corrected, line.at_utc) == ("ខ្ញុំភ័យ", True, OPENING)
        case = Case(person_id=8, kind="abuse", opened_at_utc=OPENING, alerted=[])
        session.add(case)
        await session.flush()
        assert case.id == 91

    _in(new, look)


def test_what_is_there_already_is_never_added_to(old: Path, new: str, capsys: Said) -> None:
    assert main(["migrate-data", str(old)]) == 0
    assert main(["migrate-data", str(old)]) == EXIT_CONFIGURATION
    assert "is not empty" in capsys.readouterr().err


def test_what_cannot_be_kept_leaves_nothing_behind(old: Path, new: str, capsys: Said) -> None:
    async def odd(session: Session) -> None:
        await session.execute(text("UPDATE case_messages SET text = 'a' || char(0) || 'secret'"))

    _in(url_of(old), odd)
    assert main(["migrate-data", str(old)]) == EXIT_CONFIGURATION
    said = capsys.readouterr().err
    assert "a sign that PostgreSQL does not keep" in said
    assert "secret" not in said

    async def look(session: Session) -> None:
        assert (await session.scalars(select(Person.id))).all() == []

    _in(new, look)


def test_while_a_bot_runs_on_it_nothing_is_copied(old: Path, new: str, capsys: Said) -> None:
    with only_instance(old):
        assert main(["migrate-data", str(old)]) == EXIT_CONFIGURATION
    assert "already running" in capsys.readouterr().err


async def test_what_waited_is_handled_after_the_move(old: Path, new: str) -> None:
    before = Database(url_of(old))
    update = {"update_id": 5, "message": {"chat": {"id": 7, "type": "private"}}}
    await inbox.store(before, [update], OPENING)
    await before.close()
    assert await asyncio.to_thread(main, ["migrate-data", str(old)]) == 0
    after = Database(new)
    (row,) = await inbox.waiting(after)
    assert row.payload == update
    await after.close()


def test_into_a_file_it_does_not_copy(
    old: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", "sqlite:///new.sqlite")
    assert main(["migrate-data", str(old)]) == EXIT_CONFIGURATION
    assert "Let it name the empty PostgreSQL database" in capsys.readouterr().err
