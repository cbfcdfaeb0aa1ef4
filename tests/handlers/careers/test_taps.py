"""What buttons in old chats send still opens what they say, and every new one has room."""

import pytest

from bot.careers.directory import Item, Wish, search, shelf_of
from bot.content import Content
from handlers import ROUTES
from handlers.careers import careers, directory, pathway, plans, saved, taps, women

OLD = [
    ("jobs:fields:1", careers.fields, (1,)),
    ("jobs:in:care:0", careers.in_field, ("care", 0)),
    ("jobs:saved:0", saved.listed, (0,)),
    ("job:page:nurse:km", careers.page, ("nurse", "km")),
    ("job:place:nurse:en:rupp", careers.place, ("nurse", "en", "rupp")),
    ("job:women:nurse:en", careers.models, ("nurse", "en", 0)),
    ("job:women:nurse:en:2", careers.models, ("nurse", "en", 2)),
    ("job:story:nurse:km:1", careers.story, ("nurse", "km", 1)),
    ("job:with:nurse:km:doctor", careers.compare, ("nurse", "km", "doctor")),
    ("plan:show:nurse:km", plans.show, ("nurse", "km")),
    ("plan:unsave:nurse:en", plans.let_go, ("nurse", "en")),
    ("path:home", pathway.go_on, ()),
    ("path:pick:start:unsure", pathway.answer, ("start", "unsure")),
    ("path:pair:nurse:doctor", pathway.pair, ("nurse", "doctor")),
    ("dir:list:scholarship:battambang:gp:3", directory.shelf,
     ("scholarship", "battambang", "gp", 3)),
    ("dir:item:nubb:study:-:-", directory.item, ("nubb", "study", "-", "-")),
    ("women:list:0", women.women, (0,)),
    ("women:one:somebody:1", women.woman, ("somebody", 1)),
    ("family:page", women.family_page, ()),
    ("family:says:too-far", women.objection, ("too-far",)),
]  # fmt: skip


@pytest.mark.parametrize(("data", "handler", "values"), OLD)
def test_an_old_button_is_read(data: str, handler: object, values: tuple[object, ...]) -> None:
    door, carried = ROUTES.tapped(data)
    assert (door.handler, carried) == (handler, values)


def test_a_thing_of_the_directory_is_opened_and_kept_from_every_list_that_holds_it(
    content: Content,
) -> None:
    """A button whose data has no room in Telegram's 64 bytes is refused when it is made."""
    items: tuple[Item, ...] = (*content.institutions, *content.opportunities)
    for item in items:
        for province in (None, *(p.id for p in content.provinces)):
            wish = Wish(shelf_of(item), province, girls=True, poor=True)
            if item in search(content, wish):
                for tap in (taps.ITEM, taps.KEEP_ITEM, taps.LET_ITEM_GO):
                    assert tap(item.id, *wish.key)
