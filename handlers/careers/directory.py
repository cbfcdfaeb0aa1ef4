"""The directory: shelves, what fits a wish, and one opportunity or place to study."""

from bot.careers import directory
from bot.careers.directory import SHELVES, Item, Wish
from bot.content import Content
from bot.content.directory import Opportunity
from bot.language.words import shorten
from bot.screens.paging import number, page_row
from bot.screens.screen import LONGEST_LABEL, Button, Html, Screen, paragraphs
from bot.screens.sources import source_note
from bot.screens.taps import StaleError
from bot.screens.voice import Voice
from bot.turn import Turn

ITEMS_A_PAGE = 5


def shelves_screen(voice: Voice, province: str | None) -> Screen:
    """Return the shelves of the directory, for her province when she has told it."""
    return Screen(
        voice.say("dir.text"),
        (
            *(
                (voice.button(f"dir.shelf.{shelf}", f"dir:list:{Wish(shelf, province).key}:0"),)
                for shelf in SHELVES
            ),
            (voice.button("back.home", "go:home"),),
        ),
    )


def list_screen(voice: Voice, content: Content, wish: Wish, page: int) -> Screen:
    """Return a page of what fits a wish."""
    found = directory.search(content, wish)
    pages = max(1, -(-len(found) // ITEMS_A_PAGE))
    page = min(page, pages - 1)
    shown = found[page * ITEMS_A_PAGE : (page + 1) * ITEMS_A_PAGE]
    rows: list[tuple[Button, ...]] = [
        (Button(_title(voice, item), f"dir:item:{item.id}:{wish.key}"),) for item in shown
    ]
    if wish.province is not None:
        wider = directory.widened(wish).key
        rows.append((voice.button("dir.everywhere", f"dir:list:{wider}:0"),))
    rows.append(
        (
            *page_row(voice, f"dir:list:{wish.key}", page, pages),
            voice.button("back.directory", "dir:home"),
        )
    )
    return Screen(
        voice.say(
            "dir.list" if found else "dir.nothing",
            shelf=voice.label(f"dir.shelf.{wish.shelf}"),
            where=_where(voice, content, (wish.province,) if wish.province else ()),
            count=voice.number(len(found)),
        ),
        tuple(rows),
    )


def item_screen(voice: Voice, content: Content, item: Item, back: str) -> Screen:
    """Return one opportunity or place to study with its source."""
    tongue = voice.tongue
    rows: list[tuple[Button, ...]] = []
    if isinstance(item, Opportunity):
        lines = [
            voice.say("dir.who", who=item.who.get(tongue)),
            voice.say("dir.how", how=item.how.get(tongue)),
            voice.say(f"dir.recurs.{item.recurs.replace(' ', '_')}"),
        ]
        if item.faq:
            rows.append((voice.button("dir.more", f"faq:{item.faq}:{tongue}"),))
    else:
        lines = [voice.say("dir.entry", entry=item.entry.get(tongue))]
    link = voice.say("dir.link", link=str(item.link)) if item.link else ""
    rows.append((voice.button("back.directory", back), voice.button("back.home", "go:home")))
    return Screen(
        paragraphs(
            Html(
                voice.say("answer.text", question=item.name.get(tongue))
                + "\n"
                + voice.say("dir.where", where=_where(voice, content, item.provinces))
            ),
            voice.say("verbatim", text=item.about.get(tongue)),
            *lines,
            link,
            source_note(voice, item),
        ),
        tuple(rows),
    )


def wish_button(voice: Voice, content: Content, wish: Wish) -> Button:
    """Return the button under an answer that leads to what fits the question."""
    where = _where(voice, content, (wish.province,)) if wish.province else ""
    count = voice.number(len(directory.search(content, wish)))
    key = "dir.found_there" if where else "dir.found"
    shelf = voice.label(f"dir.shelf.{wish.shelf}")
    return voice.button(key, f"dir:list:{wish.key}:0", shelf=shelf, where=where, count=count)


def _title(voice: Voice, item: Item) -> str:
    if isinstance(item, Opportunity):
        return shorten(item.name.get(voice.tongue), LONGEST_LABEL)
    return shorten(f"{item.short} · {item.name.get(voice.tongue)}", LONGEST_LABEL)


def _where(voice: Voice, content: Content, provinces: tuple[str, ...]) -> str:
    labels = {p.id: p.label.get(voice.tongue) for p in content.provinces}
    names = [labels[p] for p in provinces if p in labels]
    return ", ".join(names) if names else voice.label("dir.anywhere")


async def shelves(turn: Turn, _argument: str) -> None:
    """Show the shelves."""
    await turn.show(shelves_screen(turn.voice, turn.person.province))


async def tapped(turn: Turn, argument: str) -> None:
    """Follow a button of the directory."""
    what, _, rest = argument.partition(":")
    content = turn.services.content
    if what == "home":
        await shelves(turn, "")
        return
    if what == "list":
        key, _, page = rest.rpartition(":")
        wish = directory.wish_of_key(key, content)
        if wish is not None:
            await turn.show(list_screen(turn.voice, content, wish, number(page)))
            return
    if what == "item":
        item_id, _, key = rest.partition(":")
        item = directory.item(content, item_id)
        if item is not None:
            wish = directory.wish_of_key(key, content)
            back = f"dir:list:{wish.key}:0" if wish else "dir:home"
            await turn.show(item_screen(turn.voice, content, item, back))
            return
    raise StaleError
