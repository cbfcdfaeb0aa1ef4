"""The words of a calendar of others as plain text: some write HTML where none is meant."""

import re
from html import unescape

from bot.language.khmer import repair
from bot.language.words import shorten, utf16_length

_NAMES = (
    "a|abbr|address|article|b|big|blockquote|body|br|center|code|dd|del|div|dl|dt|em|figure|font"
    "|footer|h[1-6]|head|header|hr|html|html-blob|i|img|ins|li|link|main|meta|nav|o:p|ol|p|pre|s"
    "|script|section|small|span|strike|strong|style|sub|sup|table|tbody|td|tfoot|th|thead|title"
    "|tr|u|ul|wbr"
)
_TAG = re.compile(rf"<(/?)({_NAMES})(?:\s[^<>]*|\s*/)?>|<!--|<!doctype[^<>]*>", re.I)
_ADDRESS = re.compile(r"\bhref\s*=\s*[\"']?([^\"'\s<>]+)", re.I)
_ENTITY = re.compile(r"&(?:[a-z][a-z0-9]{1,30}|#\d{1,7}|#x[0-9a-f]{1,6});", re.I)
_BREAKS = re.compile(
    "address|article|blockquote|br|center|d[dlt]|div|figure|footer|h[1-6]|header|hr|main|nav|ol|p"
    "|pre|section|table|tr|ul"
)
_UNSEEN = frozenset(("head", "script", "style", "title"))
# Markup is longer than the words in it, but not without end.
_MOST_READ = 32


def plain(text: str, limit: int, *, one_line: bool = False) -> str:
    """Return text on as many lines as it has, without markup, repaired and short enough."""
    text = text[: limit * _MOST_READ]
    if _TAG.search(text):
        text = _without_tags(text)
    text = _ENTITY.sub(lambda found: unescape(found[0]), text).replace("\xa0", " ")
    lines = (" ".join(line.split()) for line in repair(text).splitlines())
    text = (" " if one_line else "\n").join(lines)
    text = re.sub(r"\n{3,}", "\n\n", text).strip()
    return text if utf16_length(text) <= limit else shorten(text, limit)


def _without_tags(text: str) -> str:
    """Return what a browser would show; of a link also where it leads, if it says otherwise."""
    words: list[str] = []
    leads, began = "", 0
    at = 0
    # In HTML the line breaks of the text mean no more than a space.
    while tag := _TAG.search(text, at):
        words.append(re.sub(r"\s+", " ", text[at : tag.start()]))
        at = tag.end()
        name = (tag[2] or "").lower()
        closes = bool(tag[1])
        if name in _UNSEEN and not closes or tag[0] == "<!--":
            end = re.compile("-->" if tag[0] == "<!--" else rf"</{name}\s*>", re.I)
            found = end.search(text, at)
            at = found.end() if found else len(text)
        elif name == "a" and not closes:
            found = _ADDRESS.search(tag[0])
            leads, began = (unescape(found[1]) if found else ""), len(words)
        elif name == "a":
            shown = "".join(words[began:]).strip()
            address = leads.removeprefix("mailto:").removeprefix("tel:")
            if address and address.rstrip("/") not in shown.rstrip("/"):
                words.append(f" ({address})" if shown else address)
            leads = ""
        elif name == "li" and not closes:
            words.append("\n• ")
        elif name in ("td", "th"):
            words.append(" ")
        elif _BREAKS.fullmatch(name):
            words.append("\n")
    words.append(re.sub(r"\s+", " ", text[at:]))
    # Where one paragraph ends the next begins: that is one new line, not two.
    return re.sub(r"\s*\n\s*", "\n", "".join(words))
