"""People of all roles write while everything goes wrong: nothing is lost, and all agrees.

The long form is `make soak`; what takes longer than a few seconds is left to it.
"""

from benchmarks.soak import soak


async def test_a_short_soak_finds_nothing() -> None:
    found = await soak(updates=200, people=30, seed=11, kills=1, short=True)
    assert all(found.opening.values()), found.opening
    assert found.kills == 1
    assert len(found.troubles) == 7
    assert found.lost == []
    assert found.again <= found.may_come_again
    assert found.out_of_order == found.waiting == found.failed == 0
    assert found.refused == {}
    assert found.unhandled == []
    assert found.breaches == []
    assert found.exit_status == 0
