"""What a YAML file says is the same from the file and from what was kept of it."""

from datetime import date
from pathlib import Path

import pytest

from bot import prepared
from bot.content.parsed import parsed
from bot.settings import CONTENT

ODD = "1: a number for a key\nhours: 10:30\nwhen: 2026-11-29 08:00:00\n"


@pytest.fixture(autouse=True)
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(prepared, "FOLDER", tmp_path / "kept")
    return tmp_path / "kept"


@pytest.mark.parametrize("name", ["hotlines.yaml", "calendar/school-year.yaml", "topics.yaml"])
def test_a_file_of_the_library_reads_the_same_the_second_time(shelf: Path, name: str) -> None:
    raw = (CONTENT / name).read_bytes()
    first = parsed(raw)
    assert len(list(shelf.glob("*.yaml.json"))) == 1
    assert parsed(raw) == first


def test_dates_stay_dates() -> None:
    raw = b"reviewed: 2026-11-29"
    assert [parsed(raw), parsed(raw)] == [{"reviewed": date(2026, 11, 29)}] * 2


def test_what_json_would_change_is_read_from_the_file_each_time(shelf: Path) -> None:
    first = parsed(ODD.encode())
    assert first[1] == "a number for a key"
    assert parsed(ODD.encode()) == first
    assert not list(shelf.glob("*.yaml.json"))


def test_another_text_is_another_file() -> None:
    assert parsed(b"a: 1") != parsed(b"a: 2")
