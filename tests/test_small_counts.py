"""No group of people is shown that is small enough to point at somebody."""

from hypothesis import given
from hypothesis import strategies as st

from bot import small_counts


@given(n=st.integers(0, 100))
def test_one_to_four_is_never_shown(n: int) -> None:
    assert (small_counts.shown(n) is None) == (1 <= n <= 4)


@given(counts=st.lists(st.integers(0, 30), max_size=12))
def test_a_hidden_count_cannot_be_worked_out_from_the_total(counts: list[int]) -> None:
    result = small_counts.shown_together(counts)
    hidden = [n for n, shown in zip(counts, result, strict=True) if shown is None]
    assert all(shown is None or shown == n for n, shown in zip(counts, result, strict=True))
    assert all(not 1 <= n <= 4 for n, s in zip(counts, result, strict=True) if s is not None)
    # One hidden number is the total less the others, unless there is nothing beside it.
    assert len(hidden) != 1 or all(n == 0 for n in counts if n not in hidden)
