"""What is stored is read back as it was, and what the release before stored is understood."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.queues import messages
from bot.queues.messages import (
    Commands,
    Delete,
    Document,
    Drawing,
    Edit,
    EditCaption,
    Outgoing,
    Picture,
    Text,
    UnreadableError,
)
from bot.screens.screen import Address, Button, Copied, Html
from handlers import doors

KEYBOARD = {"inline_keyboard": [[{"text": "Home", "callback_data": "go:home"}]]}
HOME = ((Button("Home", doors.HOME()),),)

# Rows as release 0.1 wrote them, by hand: they may still wait when the new one starts.
ROWS: list[tuple[str, dict[str, Any], Outgoing]] = [
    (
        "send_message",
        {"text": "<b>Hi</b>", "parse_mode": "HTML"},
        Text(Html("<b>Hi</b>")),
    ),
    (
        "send_message",
        {"text": "a", "parse_mode": "HTML", "reply_markup": KEYBOARD},
        Text(Html("a"), HOME),
    ),
    (
        "send_message",
        {"text": "a", "parse_mode": "HTML", "disable_notification": True},
        Text(Html("a"), silent=True),
    ),
    (
        "edit_message_text",
        {"text": "b", "parse_mode": "HTML", "reply_markup": KEYBOARD, "message_id": 7},
        Edit(7, Html("b"), HOME),
    ),
    (
        "edit_message_text",
        {"message_id": 7, "text": "b", "parse_mode": "HTML"},
        Edit(7, Html("b")),
    ),
    (
        "edit_message_caption",
        {"caption": "c", "parse_mode": "HTML", "reply_markup": KEYBOARD, "message_id": 8},
        EditCaption(8, Html("c"), HOME),
    ),
    ("delete_message", {"message_id": 9}, Delete(9)),
    (
        "send_photo",
        {"photo": "AgAC-1", "caption": "d", "parse_mode": "HTML", "reply_markup": KEYBOARD,
         "disable_notification": True},
        Picture("AgAC-1", Html("d"), HOME, silent=True),
    ),
    (
        "send_photo",
        {"draw": "career_card", "career": "nurse", "tongue": "km", "caption": "e",
         "parse_mode": "HTML"},
        Drawing({"draw": "career_card", "career": "nurse", "tongue": "km"}, Html("e")),
    ),
    (
        "send_photo",
        {"draw": "figure", "kind": "bars", "title": "t", "series": ["n"], "labels": ["x", "y"],
         "rows": [[1], [None]], "few": "few", "tongue": "en", "caption": "e",
         "parse_mode": "HTML"},
        Drawing(
            {"draw": "figure", "kind": "bars", "title": "t", "series": ["n"],
             "labels": ["x", "y"], "rows": [[1], [None]], "few": "few", "tongue": "en"},
            Html("e"),
        ),
    ),
    (
        "send_photo",
        {"draw": "poster", "title": "t", "caption": "e", "parse_mode": "HTML",
         "reply_markup": KEYBOARD},
        Drawing({"draw": "poster", "title": "t"}, Html("e"), HOME),
    ),
    (
        "send_document",
        {"file": "e30=", "file_name": "bongsrey.json", "caption": "f", "parse_mode": "HTML"},
        Document("bongsrey.json", b"{}", Html("f")),
    ),
    ("set_my_commands", {"commands": [["desk", "The desk"]]}, Commands((("desk", "The desk"),))),
    ("delete_my_commands", {"commands": []}, Commands()),
]  # fmt: skip


@pytest.mark.parametrize(("method", "payload", "message"), ROWS)
def test_rows_of_the_release_before_are_read_and_still_written_so(
    method: str, payload: dict[str, Any], message: Outgoing
) -> None:
    assert messages.read(method, payload) == message
    assert message.stored() == (method, payload)


def test_rows_that_asked_for_no_preview_are_read_still() -> None:
    payload = {"text": "a", "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}
    assert messages.read("send_message", payload) == Text(Html("a"))


html = st.builds(Html, st.text())
ids = st.integers(1, 2**52)
# Callback data is at most 64 bytes.
words = st.text(min_size=1, max_size=100)
does = st.text(max_size=16) | st.builds(Address, words) | st.builds(Copied, words)
buttons = st.builds(Button, st.text(), does)
rows = st.lists(st.lists(buttons, min_size=1, max_size=3).map(tuple), max_size=3).map(tuple)
recipes = st.dictionaries(
    st.text().filter(lambda name: name not in ("caption", "parse_mode", "draw", "reply_markup")),
    st.recursive(st.none() | st.integers() | st.text(), st.lists, max_leaves=5),
)
anything = st.one_of(
    st.builds(Text, html, rows, st.booleans()),
    st.builds(Edit, ids, html, rows),
    st.builds(EditCaption, ids, html, rows),
    st.builds(Delete, ids),
    st.builds(Picture, st.text(), html, rows, st.booleans()),
    st.builds(
        lambda name, r, *shown: Drawing(r | {"draw": name}, *shown), st.text(), recipes, html, rows
    ),
    st.builds(Document, st.text(), st.binary(), html),
    st.builds(Commands, st.lists(st.tuples(st.text(), st.text())).map(tuple)),
)


@given(anything)
def test_every_message_comes_back_from_the_table_as_it_went_in(message: Outgoing) -> None:
    method, payload = message.stored()
    back = messages.read(method, json.loads(json.dumps(payload)))
    assert type(back) is type(message)
    assert back == message
    # An address equals its own letters: whether it still opens a page is told by its type.
    assert _what_buttons_are(back) == _what_buttons_are(message)


def _what_buttons_are(message: Outgoing) -> list[type]:
    return [type(b.data) for row in getattr(message, "rows", ()) for b in row]


@pytest.mark.parametrize(
    ("method", "payload"),
    [
        ("send_message", None),
        ("send_message", {"text": "secret words"}),
        ("send_message", {"text": "secret words", "parse_mode": "Markdown"}),
        ("send_message", {"text": ["secret words"], "parse_mode": "HTML"}),
        ("send_message", {"text": "secret words", "parse_mode": "HTML", "reply_markup": {}}),
        ("send_message", {"text": "secret words", "parse_mode": "HTML", "reply_markup": "x"}),
        ("edit_message_text", {"text": "secret words", "parse_mode": "HTML"}),
        ("delete_message", {"message_id": "secret words"}),
        ("send_photo", {"caption": "secret words", "parse_mode": "HTML"}),
        ("send_document", {"file": "secret words", "file_name": "a", "caption": "",
                           "parse_mode": "HTML"}),
        ("set_my_commands", {"commands": [["secret words"]]}),
        ("send_secret", {"text": "secret words"}),
    ],
)  # fmt: skip
def test_what_is_no_message_is_refused_without_its_words(
    method: str, payload: dict[str, Any] | None
) -> None:
    with pytest.raises(UnreadableError) as refused:
        messages.read(method, payload)
    assert "words" not in str(refused.value)
    assert refused.value.__cause__ is None
