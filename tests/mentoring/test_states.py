"""The table of moves is whole, and the page drawn from it is current."""

from bot.mentoring import diagram, states
from bot.mentoring.states import MOVES, OPEN, State, Who


def test_the_page_is_what_the_code_says() -> None:
    page = diagram.FILE.read_text(encoding="utf-8")
    assert page == diagram.document(), "run: bongsrey mentoring diagram --write"


def test_every_open_state_has_a_way_out_and_closed_ones_have_none() -> None:
    for state in State:
        leaves = {m.after for m in MOVES if state in m.before and m.after not in (None, state)}
        assert bool(leaves) == (state in OPEN), state


def test_every_state_can_be_reached() -> None:
    reached, grown = {State.REQUESTED}, True
    while grown:
        after = {m.after for m in MOVES for s in reached if s in m.before and m.after}
        grown = bool(after - reached)
        reached |= after
    assert reached == set(State)


def test_only_a_coordinator_or_the_clock_can_unfreeze_or_close_what_was_reported() -> None:
    for move in MOVES:
        # A report by mistake rests, taken back within a minute by who made it: `take_back`.
        if State.BLOCKED in move.before and move.name != "take_back":
            assert not {Who.STUDENT, Who.MENTOR} & move.who, move.name


def test_a_move_that_is_not_drawn_is_not_made() -> None:
    assert states.after(State.REQUESTED, "accept", Who.MENTOR) is None
    assert states.after(State.OFFERED, "accept", Who.STUDENT) is None
    assert states.after(State.ENDED, "begin", Who.STUDENT) is None
    assert states.after(State.OFFERED, "accept", Who.MENTOR) is State.ACCEPTED
