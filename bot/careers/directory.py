"""The directory: scholarships, programmes, dormitories and places to study, found by asking.

A wish is what a message or a tap says about them ("scholarship for poor girls in Battambang"):
a shelf, perhaps a province, perhaps that it must be for girls or for the poor.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from bot.content import Content
from bot.content.directory import Institution, Opportunity
from bot.content.lists import Province
from bot.language.khmer import fold
from bot.language.romanised import respell

Shelf = Literal["scholarship", "programme", "training", "dormitory", "study"]
Item = Opportunity | Institution
# A shelf, a province or “-”, and for whom: “g” for girls, “p” for the poor, or “-”.
Key = tuple[str, str, str]

SHELVES: tuple[Shelf, ...] = ("scholarship", "programme", "training", "dormitory", "study")
# The kinds of opportunity that stand on a shelf.
_KINDS: dict[Shelf, frozenset[str]] = {
    "scholarship": frozenset({"scholarship"}),
    "programme": frozenset({"programme", "club", "contest"}),
    "training": frozenset({"training"}),
    "dormitory": frozenset({"dormitory"}),
    "study": frozenset(),
}
_LONG_NAME = 6
# The concepts (content/concepts.yaml) that ask for a shelf, most telling first.
_ASKED_BY: tuple[tuple[str, Shelf], ...] = (
    ("scholarship", "scholarship"),
    ("dorm", "dormitory"),
    ("club", "programme"),
    ("tvet", "training"),
    ("university", "study"),
)


@dataclass(frozen=True)
class Wish:
    """What is looked for. `province` None means anywhere."""

    shelf: Shelf
    province: str | None = None
    girls: bool = False
    poor: bool = False

    @property
    def key(self) -> Key:
        """Return the wish as the parts of a button's data; `wish_of` reads them."""
        for_whom = "g" * self.girls + "p" * self.poor
        return self.shelf, self.province or "-", for_whom or "-"


def wish_of(key: Key, content: Content) -> Wish | None:
    """Return the wish that `key` stands for; None when it is forged or out of date."""
    shelf = next((shelf for shelf in SHELVES if shelf == key[0]), None)
    province = None if key[1] == "-" else key[1]
    if shelf is None or province not in (None, *(p.id for p in content.provinces)):
        return None
    return Wish(shelf, province, "g" in key[2], "p" in key[2])


def wish_in(text: str, concepts: Sequence[str], content: Content) -> Wish | None:
    """Return what `text`, which speaks of `concepts`, looks for; None when of no shelf."""
    shelf = next((shelf for concept, shelf in _ASKED_BY if concept in concepts), None)
    if shelf is None:
        return None
    return Wish(
        shelf, province_in(text, content.provinces), "girl" in concepts, "poor" in concepts
    )


@dataclass(frozen=True)
class _Names:
    """What names something: Khmer without spaces, Latin letters, and their sound."""

    khmer: tuple[str, ...]
    plain: tuple[str, ...]
    heard: tuple[str, ...]


@lru_cache(maxsize=128)
def _sought(said: tuple[str, ...]) -> _Names:
    names = [fold(name) for name in said]
    latin = [name for name in names if name.isascii()]
    spelt = [" ".join(map(respell, name.split())) for name in latin]
    return _Names(
        tuple(name.replace(" ", "") for name in names if not name.isascii()),
        tuple(f" {name} " for name in latin),
        # A short name respelled is soon another word: "keep" would be Kep.
        tuple(f" {name} " for name in spelt if len(name) >= _LONG_NAME),
    )


def province_in(text: str, provinces: Sequence[Province]) -> str | None:
    """Return the province that a text names, in Khmer, English or Latin letters."""
    folded = fold(text)
    khmer = folded.replace(" ", "")
    words = [word for word in folded.split() if word.isascii()]
    plain, heard = f" {' '.join(words)} ", f" {' '.join(respell(word) for word in words)} "
    for province in provinces:
        names = _sought((*province.label.all(), *province.also))
        if (
            any(name in khmer for name in names.khmer)
            or any(name in plain for name in names.plain)
            or any(name in heard for name in names.heard)
        ):
            return province.id
    return None


def search(content: Content, wish: Wish, home: str | None = None) -> list[Item]:
    """Return what fits a wish, the nearest first: to where it is wished for, else to her home.

    What takes girls from anywhere fits every province. A wish for girls or for the poor puts
    what is made for them first and keeps the rest, which takes them too.
    """
    near = wish.province or home
    if wish.shelf == "study":
        places = [i for i in content.institutions if _near(i.provinces, wish.province)]
        places.sort(key=lambda i: (near not in i.provinces, i.kind == "private"))
        return list(places)
    found = [
        o
        for o in content.opportunities
        if o.kind in _KINDS[wish.shelf] and _near(o.provinces, wish.province)
    ]
    found.sort(
        key=lambda o: (
            wish.poor and not o.for_poor,
            wish.girls and not o.for_girls,
            near is not None and near not in o.provinces,
        )
    )
    return list(found)


def stands_there(content: Content, wish: Wish) -> bool:
    """Return whether a place to study stands where it is wished for, not just takes from there."""
    return any(wish.province in place.provinces for place in content.institutions)


def beside(content: Content, wish: Wish) -> tuple[str, ...]:
    """Return the provinces beside the wished one where a place to study stands, most first."""
    here = next((p for p in content.provinces if p.id == wish.province), None)
    if here is None:
        return ()
    known = [near for near in here.beside if stands_there(content, replace(wish, province=near))]
    known.sort(key=lambda near: -len(search(content, replace(wish, province=near))))
    return tuple(known)


def widened(wish: Wish) -> Wish:
    """Return the same wish for the whole country."""
    return replace(wish, province=None)


def _near(provinces: Sequence[str], province: str | None) -> bool:
    return province is None or not provinces or province in provinces


def shelf_of(item: Item) -> Shelf:
    """Return the shelf on which an opportunity or a place to study stands."""
    if isinstance(item, Institution):
        return "study"
    return next(shelf for shelf, kinds in _KINDS.items() if item.kind in kinds)


def kind_of(item: Item) -> Literal["institution", "opportunity"]:
    """Return whether it is a place to study or an opportunity."""
    return "institution" if isinstance(item, Institution) else "opportunity"


def item(content: Content, item_id: str) -> Item | None:
    """Return an opportunity or a place to study by its id."""
    found = next((o for o in content.opportunities if o.id == item_id), None)
    return found or content.institution.get(item_id)
