"""Checks of what a girl in danger would be told: every kind has a reply, every number is fresh."""

from collections.abc import Iterator
from datetime import date

from bot.content import Content
from bot.content.base import BASE_TONGUE


def problems(content: Content, day: date) -> Iterator[str]:
    """Yield what is missing or overdue."""
    kinds = {sign.kind for sign in content.signs.signs} | {"help"}
    for kind in sorted(kinds - set(content.care_for)):
        yield f"safety/cares.yaml: nothing is said for “{kind}”: write a reply."
    for kind in sorted(kinds):
        if f"kind.{kind}" not in content.locales[BASE_TONGUE]:
            yield f"locales: “kind.{kind}” is missing: name the kind of danger."
    for care in content.cares:
        for line in care.hotlines:
            if line not in content.hotline:
                yield f"care “{care.kind}”: hotline “{line}” does not exist: correct its name."
        if care.entry and care.entry not in content.entries:
            yield f"care “{care.kind}”: entry “{care.entry}” does not exist: correct its name."
    for hotline in content.hotlines:
        if (day - hotline.reviewed).days > hotline.review_every_days:
            yield f"hotline “{hotline.id}”: confirm the number again, then set `reviewed`."
    for where in ("met_with_care", "spoken_of", "kept_private"):
        for entry in getattr(content.signs, where):
            if entry not in content.entries:
                yield f"safety signs, `{where}`: “{entry}” does not exist: correct its name."
    known = set(content.signs.words)
    for name in sorted(set(content.signs.herself) - known):
        yield f"safety signs, `herself`: the group “{name}” is not under `words`: add it."
    for sign in content.signs.signs:
        used = {*sign.all, *sign.unless, *sign.softened_by, *sign.deniable}
        used |= {name for group in sign.any for name in group}
        for name in sorted(used - known):
            yield f"safety sign “{sign.name}”: the group “{name}” is not under `words`: add it."
