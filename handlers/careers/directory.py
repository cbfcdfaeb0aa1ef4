"""The directory: shelves, what fits a wish, and one opportunity or place to study."""

from dataclasses import replace
from functools import partial

from bot.careers import directory, known, saved
from bot.careers.directory import SHELVES, Item, Key, Wish, shelf_of, wish_of
from bot.content import Content
from bot.content.careers import Career
from bot.content.directory import Opportunity
from bot.events import deadlines
from bot.events.school_year import Coming
from bot.language.words import shorten
from bot.refusals import StaleError
from bot.screens import deep_links
from bot.screens.deep_links import share
from bot.screens.links import page_rows
from bot.screens.paging import Page, page_of
from bot.screens.screen import LONGEST_LABEL, Button, Html, Screen, in_rows, paragraphs
from bot.screens.sources import source_note
from bot.screens.taps import Data
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.careers import taps
from handlers.careers.screens import KEPT_A_PAGE
from handlers.doors import ASKED, DIRECTORY, ENTRY, SAVED, homewards

ITEMS_A_PAGE = 5
# so many fit beside what takes pupils from every province
PROVINCES_BESIDE = 4
# in place of a wish: she came from what she keeps
FROM_SAVED: Key = ("saved", "-", "-")


def shelves_screen(voice: Voice, province: str | None) -> Screen:
    """Return the shelves of the directory, for her province when she has told it."""
    return Screen(
        voice.say("dir.text"),
        (
            *(
                (voice.button(f"dir.shelf.{shelf}", to_shelf(Wish(shelf, province))),)
                for shelf in SHELVES
            ),
            homewards(voice),
        ),
    )


def to_shelf(wish: Wish) -> Data:
    """Return what a button to the first page of what fits a wish sends."""
    return taps.SHELF(*wish.key, 0)


def list_screen(
    voice: Voice, content: Content, wish: Wish, number: int, home: str | None = None
) -> Screen:
    """Return a page of what fits a wish, what is near her home first.

    Where no place to study stands in her province, it says so and leads to those beside it.
    """
    found = directory.search(content, wish, home)
    page = Page.of(found, number, ITEMS_A_PAGE)
    rows: list[tuple[Button, ...]] = [(item_button(voice, item, wish),) for item in page.items]
    heading = "dir.list" if found else "dir.nothing"
    near = directory.beside(content, wish)[:PROVINCES_BESIDE]
    if near and _no_school_stands(content, wish):
        heading = "dir.no_school"
        rows += in_rows([_beside_button(voice, content, wish, there) for there in near])
    if wish.province is not None:
        rows.append((voice.button("dir.everywhere", to_shelf(directory.widened(wish))),))
    rows.append(page.ways(voice, partial(taps.SHELF, *wish.key)))
    rows.append(homewards(voice, voice.button("back.directory", DIRECTORY())))
    return Screen(
        voice.say(
            heading,
            shelf=voice.label(f"dir.shelf.{wish.shelf}"),
            where=provinces_named(voice, content, (wish.province,) if wish.province else ()),
            count=voice.number(len(found)),
            near=provinces_named(voice, content, near),
        ),
        tuple(rows),
    )


def _no_school_stands(content: Content, wish: Wish) -> bool:
    in_a_province = wish.shelf == "study" and wish.province is not None
    return in_a_province and not directory.stands_there(content, wish)


def _beside_button(voice: Voice, content: Content, wish: Wish, province: str) -> Button:
    """Return the way to the same shelf of a province beside the wished one."""
    where = provinces_named(voice, content, (province,))
    return voice.button("dir.beside", to_shelf(replace(wish, province=province)), where=where)


def item_screen(
    voice: Voice,
    content: Content,
    item: Item,
    key: Key,
    *,
    kept: bool = False,
    number: int = 0,
    home: str | None = None,
) -> Screen:
    """Return one opportunity or place to study with its source, when she can apply, if known.

    `key` is the wish that found it, to which the way back leads; `number` is the page on which
    it stands among what she keeps; `home` is her province.
    """
    tongue = voice.tongue
    rows: list[tuple[Button, ...]] = []
    if isinstance(item, Opportunity):
        lines = [
            voice.say("dir.who", who=item.who.get(tongue)),
            voice.say("dir.how", how=item.how.get(tongue)),
            voice.say(f"dir.recurs.{item.recurs.replace(' ', '_')}"),
        ]
        if item.faq:
            rows.append((voice.button("dir.more", ENTRY(item.faq, tongue, False)),))
    else:
        lines = [voice.say("dir.entry", entry=item.entry.get(tongue))]
    when = deadlines.coming(content.school_year, item.id, voice.today) if voice.today else None
    if isinstance(item, Opportunity) and (when is None or when.certainty == "usual"):
        lines.append(over_text(voice, item, usual=when is not None))
    lines.append(until_text(voice, when))
    lines.append(_unknown_text(voice, item, tells_when=when is not None))
    kind = directory.kind_of(item)
    keep = ("career.unsave", taps.LET_ITEM_GO) if kept else ("career.save", taps.KEEP_ITEM)
    told = [
        voice.button(f"told.{kind}.{aspect}", ASKED(kind, item.id, aspect, tongue))
        for aspect in item.told
    ]
    rows += in_rows(told)
    link = voice.say("dir.link", link=str(item.link)) if item.link else ""
    rows += page_rows(voice, item.link)
    rows.append(
        (
            voice.button(keep[0], keep[1](item.id, *key)),
            *share(voice, item.name.get(tongue), deep_links.ITEM, item.id),
        )
    )
    rows.append(homewards(voice, _back(voice, content, item, key, number, home)))
    return Screen(
        paragraphs(
            Html(
                voice.say("answer.text", question=item.name.get(tongue))
                + "\n"
                + voice.say("dir.where", where=_stands(voice, content, item))
            ),
            voice.say("verbatim", text=item.about.get(tongue)),
            *lines,
            link,
            source_note(voice, item),
        ),
        tuple(rows),
    )


def _back(
    voice: Voice, content: Content, item: Item, key: Key, number: int, home: str | None
) -> Button:
    """Return the way to the page of the list on which a thing stands."""
    if key == FROM_SAVED:
        return voice.button("saved.list", SAVED(number))
    back, wish = DIRECTORY(), wish_of(key, content)
    if wish is not None:
        number = page_of(directory.search(content, wish, home), item, ITEMS_A_PAGE)
        back = taps.SHELF(*wish.key, number)
    return voice.button("back.directory", back)


def until_text(voice: Voice, when: Coming | None) -> Html:
    """Return until when she can apply, or in which months that usually is; else nothing."""
    if when is None:
        return Html("")
    if (last := deadlines.closes(when)) is not None:
        return voice.say("saved.until", when=voice.day(last))
    if when.certainty != "usual":
        return voice.say("saved.on", when=voice.day(when.first))
    first, last_month = voice.month(when.first), voice.month(when.last)
    if first == last_month:
        return voice.say("saved.usual", when=first)
    months = voice.say("schoolyear.from_to", first=first, last=last_month)
    return voice.say("saved.usual", when=months)


def over_text(voice: Voice, chance: Opportunity, *, usual: bool = False) -> Html:
    """Return that the newest round that is known has passed; nothing where it may be open.

    `usual` is whether it is said beside it in which months it comes.
    """
    last = chance.last_round
    if last is None or voice.today is None or not known.is_over(chance, voice.today):
        return Html("")
    if isinstance(last.root, str):
        return voice.say("dir.over", when=voice.number(last.root))
    again = chance.recurs == "yearly" and not usual
    key = "dir.over_yearly" if again else "dir.over_on"
    return voice.say(key, when=voice.day(last.root))


def _unknown_text(voice: Voice, item: Item, *, tells_when: bool) -> Html:
    """Return what girls ask of a thing and nobody here knows, and whom to ask; else nothing."""
    missing = [a for a in known.unknown_of(item) if not (a == "deadline" and tells_when)]
    if not missing:
        return Html("")
    kind = directory.kind_of(item)
    names = ", ".join(voice.label(f"aspect.{kind}.{aspect}") for aspect in missing)
    return voice.say(f"unknown.of_{kind}", what=names)


def wish_button(voice: Voice, content: Content, wish: Wish) -> Button:
    """Return the button under an answer that leads to what fits the question."""
    where = provinces_named(voice, content, (wish.province,)) if wish.province else ""
    count = voice.number(len(directory.search(content, wish)))
    key = "dir.found_there" if where else "dir.found"
    shelf = voice.label(f"dir.shelf.{wish.shelf}")
    return voice.button(key, to_shelf(wish), shelf=shelf, where=where, count=count)


def item_button(voice: Voice, item: Item, wish: Wish) -> Button:
    """Return a button that opens an opportunity or a place to study, found by a wish."""
    return Button(shorten(item_called(voice, item), LONGEST_LABEL), taps.ITEM(item.id, *wish.key))


def item_called(voice: Voice, item: Item) -> str:
    """Return what an opportunity or a place to study is called on a button."""
    name = item.name.get(voice.tongue)
    return name if isinstance(item, Opportunity) else f"{item.short} · {name}"


def _stands(voice: Voice, content: Content, item: Item) -> str:
    """Return where a thing is; a school stands somewhere, whether that is known or not."""
    none = "dir.anywhere" if isinstance(item, Opportunity) else "dir.unknown"
    return provinces_named(voice, content, item.provinces, none)


def provinces_named(
    voice: Voice, content: Content, provinces: tuple[str, ...], none: str = "dir.anywhere"
) -> str:
    """Return the names of provinces; of none, that it is anywhere, or what `none` says."""
    labels = {p.id: p.label.get(voice.tongue) for p in content.provinces}
    names = [labels[p] for p in provinces if p in labels]
    return ", ".join(names) if names else voice.label(none)


async def begin(turn: Turn, _argument: str) -> None:
    """Show the shelves."""
    await shelves(turn)


async def shelves(turn: Turn) -> None:
    """Show the shelves."""
    await turn.show(shelves_screen(turn.voice, turn.person.province))


async def shelf(turn: Turn, shelf: str, province: str, for_whom: str, number: int) -> None:
    """Show a page of what fits a wish."""
    content = turn.services.content
    wish = wish_of((shelf, province, for_whom), content)
    if wish is None:
        raise StaleError
    turn.about(f"list:{wish.shelf}")
    await turn.show(list_screen(turn.voice, content, wish, number, turn.person.province))


async def open_item(turn: Turn, item_id: str) -> None:
    """Open one opportunity or place to study, as when it was asked for by name."""
    found = _known(turn, item_id)
    turn.about(f"{directory.kind_of(found)}:{found.id}")
    await _show(turn, found, Wish(shelf_of(found)).key)


async def item(turn: Turn, item_id: str, shelf: str, province: str, for_whom: str) -> None:
    """Show one opportunity or place to study, with the way back to what fits the wish."""
    found = _known(turn, item_id)
    turn.about(f"{directory.kind_of(found)}:{found.id}")
    await _show(turn, found, (shelf, province, for_whom))


async def keep(turn: Turn, item_id: str, shelf: str, province: str, for_whom: str) -> None:
    """Keep an opportunity or a place to study, and say what she is reminded of."""
    found, voice = _known(turn, item_id), turn.voice
    await saved.keep(turn.actor, found.id)
    last = deadlines.closes(
        deadlines.coming(turn.services.content.school_year, found.id, turn.today)
    )
    if last is not None and await deadlines.are_on(turn.session, turn.person.id):
        turn.toast = voice.label("saved.kept_until", when=voice.day(last))
    else:
        turn.toast = voice.label("saved.kept")
    await _show(turn, found, (shelf, province, for_whom))


async def let_go(turn: Turn, item_id: str, shelf: str, province: str, for_whom: str) -> None:
    """Let go of an opportunity or a place to study that she kept."""
    found = _known(turn, item_id)
    stood = page_of(await _kept(turn), found, KEPT_A_PAGE)
    await saved.let_go(turn.actor, found.id)
    turn.toast = turn.voice.label("career.let_go")
    await _show(turn, found, (shelf, province, for_whom), stood)


def _known(turn: Turn, item_id: str) -> Item:
    found = directory.item(turn.services.content, item_id)
    if found is None:
        raise StaleError
    return found


async def _kept(turn: Turn) -> list[Item | Career]:
    return await saved.everything(turn.session, turn.services.content, turn.person.id)


async def _show(turn: Turn, found: Item, key: Key, stood: int = 0) -> None:
    """Show a thing; `stood` is its page among what she keeps, where she keeps it no longer."""
    voice, content, everything = turn.voice, turn.services.content, await _kept(turn)
    kept = found in everything
    number = page_of(everything, found, KEPT_A_PAGE) if kept else stood
    home = turn.person.province
    screen = item_screen(voice, content, found, key, kept=kept, number=number, home=home)
    await turn.show(screen)
