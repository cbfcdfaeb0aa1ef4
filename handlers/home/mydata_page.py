"""Her copy as a page: it opens on any telephone, needs no net, runs nothing, and is hers."""

from collections.abc import Mapping
from html import escape
from typing import Any

from handlers.home.mydata_words import Reader, holds, sections

# Nothing is loaded and nothing is run, whatever somebody may have written into it.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
# What says no more than these of each is a line of its own, or the page would be long.
_IN_A_LINE = frozenset({"at", "state"})
# What the bot remembers to go on where she is; its names are no words for her.
_OF_THE_BOT = frozenset(
    {"asked_for", "doors_of_home", "where_she_was", "buttons_below_her_question"}
)
_STYLE = """
body{margin:0 auto;max-width:40rem;padding:1rem;background:#fff7f5;color:#33262b;
font:1.05rem/1.7 "Noto Sans Khmer","Khmer OS","Khmer Sangam MN",system-ui,sans-serif}
h1{font-size:1.4rem;line-height:1.5}
h2{font-size:1.1rem;margin:0 0 .4rem;color:#a33a5e}
section{background:#fff;border-radius:.8rem;padding:.8rem 1rem;margin:.8rem 0}
dl{margin:0}dl+dl{border-top:1px solid #f0dfe3;margin-top:.6rem;padding-top:.6rem}
dt{color:#7a6870;font-size:.9rem}dd{margin:0 0 .3rem;white-space:pre-wrap;overflow-wrap:anywhere}
ul{margin:0;padding-left:1.2rem}
"""


def page(reader: Reader, kept: Mapping[str, Any], made: str) -> bytes:
    """Return what is kept of her as an HTML page; `made` says when it was written."""
    voice = reader.voice
    parts = "\n".join(
        f"<section><h2>{escape(reader.title(name))}</h2>{_shown(reader, name, value)}</section>"
        for name, value in sections(kept).items()
    )
    title, told = escape(voice.label("mine.page_title")), escape(voice.label("mine.page_text"))
    written = escape(voice.label("mine.page_made", at=made))
    return (
        f'<!doctype html>\n<html lang="{escape(voice.tongue)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"<h1>{title}</h1>\n<p>{told}</p>\n{parts}\n<p>{written}</p>\n</body>\n</html>\n"
    ).encode()


def _shown(reader: Reader, name: str, value: Any) -> str:
    if name == "helpful" and isinstance(value, Mapping):
        value = [{"last_answer": entry, "helpful": good} for entry, good in value.items()]
    if name == "answers":
        value = reader.answers(value)
    if isinstance(value, Mapping):
        return _table(reader, name, value)
    if not isinstance(value, list):
        return escape(reader.words(name, value))
    if all(isinstance(one, Mapping) for one in value):
        if all(one.keys() <= _IN_A_LINE for one in value):
            return _lines([reader.line(one) for one in value])
        return "".join(_table(reader, name, one) for one in value)
    return _lines([reader.words(name, one) for one in value])


def _lines(said: list[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(one)}</li>' for one in said)}</ul>"


def _table(reader: Reader, name: str, value: Mapping[str, Any]) -> str:
    if value.keys() <= set(reader.content.tongues):
        # What is said in several languages.
        return escape(str(value.get(reader.voice.tongue) or next(iter(value.values()))))
    rows = "".join(
        f"<dt>{escape(reader.name(field))}</dt><dd>{_cell(reader, field, one)}</dd>"
        for field, one in value.items()
        if holds(one) or isinstance(one, bool)
    )
    return f"<dl>{rows}</dl>"


def _cell(reader: Reader, field: str, value: Any) -> str:
    # What the bot remembers of its own work is said to be there; it stands in the other file.
    if field in _OF_THE_BOT:
        return escape(reader.voice.label("mine.yes"))
    return _shown(reader, field, value)
