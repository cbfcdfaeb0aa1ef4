"""The moves of an announcement: what the docs draw is what runs."""

from bot.announcements.states import MENDABLE, MOVES, STARTED, State, after, drawing
from bot.settings import ROOT


def test_the_picture_in_the_docs_is_drawn_from_the_moves() -> None:
    page = (ROOT / "docs" / "announcements.md").read_text(encoding="utf-8")
    assert drawing() in page, f"draw it anew:\n{drawing()}"


def test_what_has_started_is_never_a_draft_again() -> None:
    ends = {after(state, move.name) for state in STARTED for move in MOVES} - {None}
    assert ends <= STARTED


def test_all_that_can_be_corrected_can_be_taken_back() -> None:
    assert {s for s in State if after(s, "withdraw") is State.WITHDRAWN} == MENDABLE
