"""Pages of a list: a number that a forger made up shows one of those that there are."""

import pytest

from bot.content import Content
from bot.screens.paging import Page
from bot.screens.taps import Tap, page
from bot.screens.voice import Voice

TO = Tap("list", (page,))


@pytest.mark.parametrize(
    ("count", "number", "items", "shown", "pages"),
    [
        (0, 0, (), 0, 1),
        (5, 0, (0, 1, 2, 3, 4), 0, 1),
        (6, 1, (5,), 1, 2),
        (6, 99, (5,), 1, 2),
        (6, -1, (0, 1, 2, 3, 4), 0, 2),
    ],
)
def test_a_page_is_one_of_those_that_there_are(
    count: int, number: int, items: tuple[int, ...], shown: int, pages: int
) -> None:
    assert Page.of(range(count), number, 5) == Page(items, shown, pages)


@pytest.mark.parametrize(
    ("number", "leads_to"), [(0, ["list:1"]), (1, ["list:0", "list:2"]), (2, ["list:1"])]
)
def test_a_page_leads_to_its_neighbours(
    content: Content, number: int, leads_to: list[str]
) -> None:
    ways = Page.of(range(11), number, 5).ways(Voice(content, None), TO)
    assert [button.data for button in ways] == leads_to
