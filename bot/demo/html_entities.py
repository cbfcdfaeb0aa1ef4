"""Telegram's HTML, parsed into text and entities, refused where Telegram refuses it."""

import re
from html import unescape
from typing import Any

_TYPES = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline",
    "ins": "underline", "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
    "code": "code", "pre": "pre", "tg-spoiler": "spoiler", "blockquote": "blockquote",
    "a": "text_link",
}  # fmt: skip
_TOKEN = re.compile(r"<(/?)([a-zA-Z-]+)([^<>]*)>|(<)|([^<]+)")
_HREF = re.compile(r"""href\s*=\s*(?:"([^"]*)"|'([^']*)')""")


class EntityError(ValueError):
    """The text is not HTML as Telegram wants it; the message is Telegram's own."""


def utf16(text: str) -> int:
    """Return the length in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def parse(source: str) -> tuple[str, list[dict[str, Any]]]:
    """Return the plain text and its entities; raises EntityError for malformed HTML."""
    text, entities = "", []
    open_tags: list[tuple[str, dict[str, Any]]] = []
    for closing, tag, attributes, stray, words in _TOKEN.findall(source):
        place = utf16(text)
        if stray:
            raise EntityError("Unexpected end of tag")
        if words:
            text += unescape(words)
        elif closing:
            name = tag.lower()
            if not open_tags or open_tags[-1][0] != name:
                expected = open_tags[-1][0] if open_tags else ""
                raise EntityError(
                    f'Unmatched end tag, expected "</{expected}>", found "</{name}>"'
                )
            _, entity = open_tags.pop()
            entity["length"] = place - entity["offset"]
            if entity["length"]:
                entities.append(entity)
        else:
            open_tags.append((tag.lower(), _open(tag.lower(), attributes, place)))
    if open_tags:
        raise EntityError(f'Can\'t find end tag corresponding to start tag "{open_tags[-1][0]}"')
    return text, sorted(entities, key=lambda e: (e["offset"], -e["length"]))


def _open(tag: str, attributes: str, place: int) -> dict[str, Any]:
    if tag not in _TYPES:
        raise EntityError(f'Unsupported start tag "{tag}"')
    entity: dict[str, Any] = {"type": _TYPES[tag], "offset": place, "length": 0}
    if tag == "blockquote" and "expandable" in attributes:
        entity["type"] = "expandable_blockquote"
    if tag == "a":
        found = _HREF.search(attributes)
        entity["url"] = unescape((found.group(1) or found.group(2) or "") if found else "")
    return entity
