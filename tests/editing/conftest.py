"""What the tests of editing share."""

from pathlib import Path

import pytest


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A library in which nothing stands yet: what is added to it is alone."""
    for folder in ("faq", "careers", "directory", "calendar"):
        (tmp_path / folder).mkdir()
    return tmp_path
