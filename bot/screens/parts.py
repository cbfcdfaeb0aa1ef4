"""Cuts a long screen into messages: where its words allow it, its tags and signs whole.

Telegram counts what is read, not what is written in HTML, and refuses a tag that is not closed
and half a sign. So the words are cut, and each part is written as HTML anew.
"""

import re
from html import escape, unescape

from bot.language.words import cuts
from bot.screens.screen import Html

LONGEST_MESSAGE = 4096
_TAG = re.compile(r"<(/?)([a-z][a-z0-9-]*)[^<>]*>", re.IGNORECASE)


def parts(html: Html, limit: int = LONGEST_MESSAGE) -> list[Html]:
    """Return the messages of at most `limit` UTF-16 units in which a text is said, whole."""
    words, tags = _read(html)
    written = (_write(words, tags, *place) for place in cuts(words, limit))
    return [part for part in written if part]


def plain(html: str) -> str:
    """Return the words of a text as they are read, without its tags."""
    return _read(html)[0]


def _read(html: str) -> tuple[str, list[tuple[int, re.Match[str]]]]:
    """Return the words of a text, and its tags with where in the words they stand."""
    words, tags, last = "", [], 0
    for tag in _TAG.finditer(html):
        words += unescape(html[last : tag.start()])
        tags.append((len(words), tag))
        last = tag.end()
    return words + unescape(html[last:]), tags


def _write(words: str, tags: list[tuple[int, re.Match[str]]], start: int, end: int) -> Html:
    """Return a piece of the words as HTML: tags that are open before it begin in it again."""
    while start < end and words[start].isspace():
        start += 1
    while start < end and words[end - 1].isspace():
        end -= 1
    if start == end:
        return Html("")
    open_tags: list[re.Match[str]] = []
    before = [tag for at, tag in tags if at <= start]
    for tag in before:
        _open_or_close(open_tags, tag)
    written, place = "".join(tag[0] for tag in open_tags), start
    for at, tag in tags[len(before) :]:
        if at >= end:
            break
        written += escape(words[place:at], quote=False) + tag[0]
        _open_or_close(open_tags, tag)
        place = at
    written += escape(words[place:end], quote=False)
    return Html(written + "".join(f"</{tag[2]}>" for tag in reversed(open_tags)))


def _open_or_close(open_tags: list[re.Match[str]], tag: re.Match[str]) -> None:
    if tag[1]:
        open_tags.pop()
    else:
        open_tags.append(tag)
