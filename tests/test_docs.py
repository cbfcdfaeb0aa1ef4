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
