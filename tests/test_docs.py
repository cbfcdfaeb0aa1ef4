"""The pages that are drawn from the code say what the code says."""

import re
from pathlib import Path

import pytest

from bot.settings import ROOT
from docs.draw import pages


@pytest.mark.parametrize(
    ("page", "drawn"), pages().items(), ids=lambda value: getattr(value, "name", "")
)
def test_the_page_is_drawn_anew(page: Path, drawn: str) -> None:
    """Mend with `make docs`."""
    assert page.read_text(encoding="utf-8") == drawn


def test_every_file_that_the_page_on_security_names_is_there() -> None:
    page = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:bot|handlers|tests|migrations|content)[\w./]*)`", page)
    assert len(named) > 20
    assert [name for name in named if not (ROOT / name).exists()] == []


# The lines of the published standards that we collected, by their parts.
LINES = {"A": 14, "B": 6, "C": 7, "D": 17, "E": 6, "F": 10, "G": 5}


def _safeguarding() -> list[tuple[str, str]]:
    """Return each line of the standards as the page has it, with the cell that names its tests."""
    page = (ROOT / "docs/safeguarding.md").read_text(encoding="utf-8")
    table = page.partition("## Every line, and the test that proves it")[2]
    return re.findall(r"^\| ([A-G]\d+) \| (.*?) \|", table, re.MULTILINE)


def test_the_page_on_safeguarding_says_of_every_line_how_it_is_proved() -> None:
    wanted = [f"{part}{number}" for part, most in LINES.items() for number in range(1, most + 1)]
    assert [line for line, _ in _safeguarding()] == wanted


@pytest.mark.parametrize(("line", "cell"), _safeguarding())
def test_what_proves_a_line_is_there_or_it_is_said_why_nothing_does(line: str, cell: str) -> None:
    if cell.startswith("no test: "):
        assert len(cell.split()) > 5, f"{line} says why"
        return
    named = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", cell)
    assert named, f"{line} names a test, or says that there is none and why"
    for file, name in named:
        tests = (ROOT / file).read_text(encoding="utf-8") if (ROOT / file).is_file() else ""
        assert re.search(rf"^(?:async )?def {name}\(", tests, re.MULTILINE), f"{line}: {name}"
