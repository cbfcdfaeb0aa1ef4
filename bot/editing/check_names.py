"""Checks that a name leads to one career, place to study or opportunity, and to no other."""

import re
from collections.abc import Iterable, Iterator

from bot.answering.targets import NAMED, targets_of
from bot.content import Content
from bot.language.khmer import fold

# Between the parts of a name that girls use by themselves, as in “Judge or prosecutor”.
_PARTS = re.compile(r"\s+(?:or|and)\s+|\s*(?:និង|[/(),])\s*")


def problems(content: Content) -> Iterator[str]:
    """Yield each name by which two of a kind are called."""
    named = {
        (career.id, name) for career in content.careers.values() for name in career.name.all()
    }
    owner: dict[tuple[str, str], str] = {}
    for target in targets_of(content):
        if target.kind not in NAMED:
            continue
        for name in target.lines:
            parts = _parts(name) if (target.id, name) in named else ()
            for said in dict.fromkeys((name, *parts)):
                first = owner.setdefault((target.kind, _sounded(said)), target.id)
                if first != target.id:
                    yield (
                        f"{target.kind} “{target.id}”: “{said}” is a name of “{first}” too: keep"
                        " it in one."
                    )


def _parts(name: str) -> Iterable[str]:
    return filter(None, _PARTS.split(name))


def _sounded(name: str) -> str:
    return fold(name).replace(" ", "")
