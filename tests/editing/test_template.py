"""A new entry begins as a template that the check does not let through before it is filled in."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from bot.content import ContentError, load_content
from bot.editing.check import read_through
from bot.editing.template import add_entry
from bot.settings import CONTENT

DAY = date(2026, 11, 24)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the content to add to."""
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


def test_a_template_loads_and_the_check_says_what_is_to_be_written(copy: Path) -> None:
    add_entry(copy, load_content(copy), "a-new-question", "family", DAY)
    content = load_content(copy)
    assert content.topic_of["a-new-question"] == "family"
    said = "\n".join(read_through(content, DAY, copy))
    assert "a-new-question.answer: is still to be written" in said
    assert "a way of asking is still to be written" in said


@pytest.mark.parametrize(
    ("entry_id", "topic", "says"),
    [
        ("A New One", "family", "cannot be an id"),
        ("tech-is-for-boys", "family", "already"),
        ("a-new-question", "cooking", "The topics are"),
    ],
)
def test_what_cannot_be_added_is_said(copy: Path, entry_id: str, topic: str, says: str) -> None:
    before = (copy / "faq" / "family.yaml").read_text(encoding="utf-8")
    with pytest.raises(ContentError, match=says):
        add_entry(copy, load_content(copy), entry_id, topic, DAY)
    assert (copy / "faq" / "family.yaml").read_text(encoding="utf-8") == before
