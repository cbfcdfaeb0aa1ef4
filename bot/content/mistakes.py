"""What an editor reads of a mistake in a file: her own words for it, and what to write instead.

Pydantic tells programmers; whoever types an entry has never heard of inputs and strings.
"""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

_WORDS = {
    "string_type": "write words here (in quotes where they look like a number or a date)",
    "string_too_short": "this is too short: at least {min_length} letters",
    "string_too_long": "this is too long: at most {max_length} letters",
    "too_short": "these are too few: at least {min_length}",
    "too_long": "these are too many: at most {max_length}",
    "literal_error": "“{given}” is none of these: {expected}",
    "bool_type": "write true or false",
    "bool_parsing": "write true or false",
    "greater_than_equal": "“{given}” is too little: at least {ge}",
    "less_than_equal": "“{given}” is too much: at most {le}",
    "greater_than": "“{given}” is too little: more than {gt}",
    "url_parsing": "“{given}” is no address of a page: it begins with https://",
    "url_scheme": "“{given}” is no address of a page: it begins with https://",
    "url_type": "write the address of a page, beginning with https://",
    "dict_type": "write lines of the form `name: words` below it, each indented",
    "model_type": "write lines of the form `name: words` below it, each indented",
    "model_attributes_type": "write lines of the form `name: words` below it, each indented",
    "tuple_type": "write a list below it, each line of it beginning with a dash",
    "list_type": "write a list below it, each line of it beginning with a dash",
    "string_pattern_mismatch": "“{given}” is not written as it must be here{form}",
}
# Kinds of mistakes by how the name of the kind begins.
_KINDS = {
    "date": "“{given}” is no date: write it as 2026-11-30",
    "int": "write a whole number here",
}
# Forms that editors write by hand, in words.
_FORMS = {
    r"^[a-z0-9]+(-[a-z0-9]+)*$": ": small Latin letters and digits, with - between words",
    r"^[0-9 ]{3,12}$": ": three to twelve digits",
    r"^\d\d-\d\d$": ": month and day, such as 11-30",
    "^[a-z]{2}$": ": two small Latin letters",
    r"^[\u1780-\u17d3 ]+$": ": only Khmer letters",
}
_LONGEST_SHOWN = 40


def in_plain_words(file: str, raw: Any, error: ValidationError) -> str:
    """Return the mistakes of one file, a line each, with the entry and the place."""
    errors = error.errors()
    lines = []
    for item in errors:
        # All that one entry lacks is one mistake: it is not finished.
        way = item["loc"][:-1] if item["type"] == "missing" else item["loc"]
        entry, place = _place(raw, way)
        lines.append(f"{file}:{entry} {' → '.join(place) or 'the file'}: {_said(item, errors)}.")
    return "\n".join(dict.fromkeys(lines))


def _place(raw: Any, way: Iterable[int | str]) -> tuple[str, list[str]]:
    """Return the entry in which something is, for the line, and the names on the way to it."""
    entry, place, node = "", [], raw
    for step in way:
        node = _step(node, step)
        if isinstance(node, dict) and (found := node.get("id") or node.get("kind")):
            entry = f" entry “{found}”:"
        if not isinstance(step, int):
            place.append(str(step))
    return entry, place


def _step(node: Any, step: int | str) -> Any:
    try:
        return node[step]
    except (KeyError, IndexError, TypeError):
        return None


def _said(item: ErrorDetails, errors: list[ErrorDetails]) -> str:
    kind, context, given = item["type"], item.get("ctx", {}), item["input"]
    if kind == "value_error":
        return str(item["msg"]).removeprefix("Value error, ")
    if kind == "missing":
        return f"{' and '.join(f'“{name}”' for name in _lacking(item, errors))} must be written"
    if kind == "extra_forbidden":
        meant = get_close_matches(str(item["loc"][-1]), _lacking(item, errors), 1)
        return "nothing of this name belongs here" + (
            f"; did you mean “{meant[0]}”?" if meant else ": mend the name, or take it away"
        )
    if given is None or given == "":
        return "nothing is written here"
    words = _WORDS.get(kind) or next((w for k, w in _KINDS.items() if kind.startswith(k)), "")
    shown = str(given) if len(str(given)) <= _LONGEST_SHOWN else f"{given!s:.{_LONGEST_SHOWN}}…"
    form = _FORMS.get(str(context.get("pattern")), "")
    return words.format(**context, given=shown, form=form) or str(item["msg"])


def _lacking(item: ErrorDetails, errors: list[ErrorDetails]) -> list[str]:
    """Return the names of all that is missing where `item` is."""
    return [
        str(one["loc"][-1])
        for one in errors
        if one["type"] == "missing" and one["loc"][:-1] == item["loc"][:-1]
    ]
