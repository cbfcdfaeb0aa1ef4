"""What was accepted: taken up by the library, written for it, and given to everybody."""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml

from bot.__main__ import main
from bot.answering.targets import targets_of
from bot.content import Content
from bot.content.aspects import MoreAsks
from bot.database import Database, Session
from bot.editing import dataset
from bot.editing.export import export
from bot.people import people
from bot.people.tables import Band, Person
from bot.settings import Settings
from bot.teaching import live, words
from bot.teaching.tables import AskedWay, Origin, Teacher, WayState

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
OPEN, CLOSED = 1, 2
KHMER, ROMANISED = "អាអ៊ីអានេះវាជាអីទៅ", "AI nis jea avey tov bong"
OF_A_TALK = "ចង់ជួបបងស្រីធ្វើវិស្វករម្នាក់"


def _way(
    text: str, target: str = "faq:what-is-ai", language: str = "km", **more: object
) -> AskedWay:
    row = {
        "origin": Origin.TAUGHT, "state": WayState.ACCEPTED, "person_id": OPEN, "at_utc": NOW,
        "decided_at_utc": NOW,
    } | more  # fmt: skip
    return AskedWay(text=text, folded=words.key(text), language=language, target=target, **row)


async def _fill(session: Session, *ways: AskedWay) -> None:
    for person_id in (OPEN, CLOSED):
        await people.meet(session, person_id, "km", NOW)
    await session.flush()
    session.add(Teacher(person_id=OPEN, joined_at_utc=NOW, open=True))
    session.add(Teacher(person_id=CLOSED, joined_at_utc=NOW))
    session.add_all(ways)


@pytest.fixture
async def settings(database: Database, tmp_path: Path) -> Settings:
    """The settings of a bot that has learned some ways, and not others."""
    async with database.write() as session:
        await _fill(
            session,
            _way(KHMER),
            _way(ROMANISED, language="rom"),
            # The same to a reader, and another question.
            _way(f"{KHMER} ?", target="faq:what-is-coding"),
            _way(OF_A_TALK, target="feature:mentor"),
            _way("មិនទាន់មានអ្នកមើល", state=WayState.WAITING),
            _way("គេមិនយក", state=WayState.DROPPED),
            _way("មិនព្រមផ្សាយ", person_id=CLOSED),
            _way("ពាក្យក្នុងសំណួរ", origin=Origin.THUMB, person_id=None),
        )
    return Settings(database_url=f"sqlite:///{tmp_path / 'test.sqlite'}", _env_file=None)


async def test_only_what_was_accepted_is_taken_up(
    database: Database, settings: Settings, content: Content
) -> None:
    async with database.read() as session:
        taught = await live.accepted(session)
    library = content.with_learned({}, taught)
    entry, before = library.entries["what-is-ai"], content.entries["what-is-ai"]
    assert {*entry.asks.all()} - {*before.asks.all()} == {
        KHMER, ROMANISED, "មិនព្រមផ្សាយ", "ពាក្យក្នុងសំណួរ",
    }  # fmt: skip
    mentor = next(t for t in targets_of(library) if t.key == "feature:mentor")
    assert OF_A_TALK in mentor.lines
    # Nothing stays of what was taken back.
    assert library.with_learned({}) == content


async def test_the_stamp_changes_with_what_is_accepted(
    database: Database, settings: Settings
) -> None:
    async with database.write() as session:
        before = await live.stamp(session)
        row = await session.get_one(AskedWay, 5)
        row.state, row.decided_at_utc = WayState.ACCEPTED, NOW + timedelta(seconds=1)
        await session.flush()
        after = await live.stamp(session)
        await session.delete(row)
        await session.flush()
        assert before != after != await live.stamp(session)


async def test_they_are_written_for_the_repository_as_ways_of_asking(
    settings: Settings, content: Content
) -> None:
    exported = await asyncio.to_thread(export, settings, content)
    assert (exported.entries, exported.ways) == (0, 6)
    files = [MoreAsks.model_validate(d) for d in yaml.safe_load_all(exported.text) if d]
    assert {file.kind for file in files} == {"faq", "feature"}
    (of_entries,) = (file for file in files if file.kind == "faq")
    assert ROMANISED in of_entries.asks["what-is-ai"].rom
    # Once they stand in the files of the library they are no news, and `make fit` reads them.
    parts = dict(content) | {"more_asks": (*content.more_asks, *files)}
    moved = Content.model_construct(**parts)
    assert any(ROMANISED in target.lines for target in targets_of(moved))
    assert (await asyncio.to_thread(export, settings, moved)).ways == 0


def test_the_data_set_holds_what_was_given_openly_and_nobody(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setenv("DATABASE_URL", settings.database_url)
    folder = tmp_path / "data set"
    assert main(["dataset", "export", str(folder)]) == 0
    assert "4 ways of asking" in capsys.readouterr().out
    lines = (folder / dataset.LINES).read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    assert {(row["text"], row["target"]) for row in rows} == {
        (KHMER, "faq:what-is-ai"), (ROMANISED, "faq:what-is-ai"),
        (f"{KHMER} ?", "faq:what-is-coding"), (OF_A_TALK, "feature:mentor"),
    }  # fmt: skip
    assert {tuple(row) for row in rows} == {("text", "language", "target")}
    assert [row["text"] for row in rows] == sorted(row["text"] for row in rows)
    card = (folder / dataset.CARD).read_text(encoding="utf-8")
    assert "license: cc-by-4.0" in card
    assert "| `km` | Khmer in Khmer script | 3 |" in card
    # Written anew in its place, and never among other files.
    assert main(["dataset", "export", str(folder)]) == 0
    assert main(["dataset", "export", str(tmp_path)]) == 2
    assert "which is no part of the data set" in capsys.readouterr().err


async def test_nothing_is_published_of_who_tells_that_she_is_too_young(
    database: Database, settings: Settings
) -> None:
    async with database.write() as session:
        assert await live.given_openly(session)
        (await session.get_one(Person, OPEN)).age_band = Band.YOUNG
        await session.flush()
        assert await live.given_openly(session) == []


def test_lines_that_say_the_same_are_there_once() -> None:
    same = [dataset.Line(f"{KHMER}{end}", "km", "faq:what-is-ai") for end in (" ?", "", "។")]
    other = dataset.Line(KHMER, "km", "faq:what-is-coding")
    assert dataset.distinct([*same, other]) == [same[1], other]
