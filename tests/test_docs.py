"""The pages that are drawn from the code say what the code says."""

from pathlib import Path

import pytest

from docs.draw import pages


@pytest.mark.parametrize(
    ("page", "drawn"), pages().items(), ids=lambda value: getattr(value, "name", "")
)
def test_the_page_is_drawn_anew(page: Path, drawn: str) -> None:
    """Mend with `make docs`."""
    assert page.read_text(encoding="utf-8") == drawn
