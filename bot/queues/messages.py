"""What leaves by the outbox: a value for each kind of message, and how it is stored.

Stored is a method of the Bot API and what it is called with. These words are never changed, for
rows of an older release must still be delivered.
"""

from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.screens.drawing import Recipe
from bot.screens.keyboard import keyboard, rows_of
from bot.screens.screen import Html, Rows

Payload = dict[str, Any]
Stored = tuple[str, Payload]

_Kind = TypeVar("_Kind")


class UnreadableError(Exception):
    """A stored row is no message; what it holds is not repeated, for it may be a girl's words."""


@dataclass(frozen=True)
class Text:
    """A new message of words and buttons."""

    text: Html
    rows: Rows = ()
    silent: bool = False

    def stored(self) -> Stored:
        """Return how it is stored."""
        return "send_message", _shown("text", self.text, self.rows) | _silence(self.silent)

    @classmethod
    def read(cls, payload: Payload) -> "Text":
        """Return what was stored."""
        return cls(_html(payload, "text"), _rows(payload), _silent(payload))


@dataclass(frozen=True)
class Edit:
    """Other words and buttons in place of those of an older message."""

    message_id: int
    text: Html
    rows: Rows = ()

    def stored(self) -> Stored:
        """Return how it is stored."""
        payload = _shown("text", self.text, self.rows) | {"message_id": self.message_id}
        return "edit_message_text", payload

    @classmethod
    def read(cls, payload: Payload) -> "Edit":
        """Return what was stored."""
        return cls(_message_id(payload), _html(payload, "text"), _rows(payload))


@dataclass(frozen=True)
class EditCaption:
    """Other words and buttons under an older picture."""

    message_id: int
    caption: Html
    rows: Rows = ()

    def stored(self) -> Stored:
        """Return how it is stored."""
        payload = _shown("caption", self.caption, self.rows) | {"message_id": self.message_id}
        return "edit_message_caption", payload

    @classmethod
    def read(cls, payload: Payload) -> "EditCaption":
        """Return what was stored."""
        return cls(_message_id(payload), _html(payload, "caption"), _rows(payload))


@dataclass(frozen=True)
class Delete:
    """An older message is taken back."""

    message_id: int

    def stored(self) -> Stored:
        """Return how it is stored."""
        return "delete_message", {"message_id": self.message_id}

    @classmethod
    def read(cls, payload: Payload) -> "Delete":
        """Return what was stored."""
        return cls(_message_id(payload))


@dataclass(frozen=True)
class DeleteMany:
    """Messages that are taken away together, hers too; at most a hundred."""

    message_ids: tuple[int, ...]

    def stored(self) -> Stored:
        """Return how it is stored."""
        return "delete_messages", {"message_ids": list(self.message_ids)}

    @classmethod
    def read(cls, payload: Payload) -> "DeleteMany":
        """Return what was stored."""
        return cls(tuple(_typed(int, number) for number in payload["message_ids"]))


@dataclass(frozen=True)
class Picture:
    """A picture that Telegram has already, by the id of its file."""

    file_id: str
    caption: Html
    rows: Rows = ()
    silent: bool = False

    def stored(self) -> Stored:
        """Return how it is stored."""
        shown = _shown("caption", self.caption, self.rows) | _silence(self.silent)
        return "send_photo", {"photo": self.file_id, **shown}

    @classmethod
    def read(cls, payload: Payload) -> "Picture":
        """Return what was stored."""
        file_id = _typed(str, payload["photo"])
        return cls(file_id, _html(payload, "caption"), _rows(payload), _silent(payload))


@dataclass(frozen=True)
class Drawing:
    """A picture that the courier has drawn when it leaves (`bot/screens/drawing.py`)."""

    recipe: Recipe
    caption: Html
    rows: Rows = ()

    def stored(self) -> Stored:
        """Return how it is stored: the recipe lies among the rest."""
        return "send_photo", {**self.recipe, **_shown("caption", self.caption, self.rows)}

    @classmethod
    def read(cls, payload: Payload) -> "Drawing":
        """Return what was stored."""
        caption, rows = _html(payload, "caption"), _rows(payload)
        rest = _shown("caption", caption, rows)
        return cls({k: v for k, v in payload.items() if k not in rest}, caption, rows)


@dataclass(frozen=True)
class Document:
    """A file that was made for her."""

    name: str
    content: bytes
    caption: Html

    def stored(self) -> Stored:
        """Return how it is stored: the file in base64."""
        file = {"file": b64encode(self.content).decode(), "file_name": self.name}
        return "send_document", file | _shown("caption", self.caption)

    @classmethod
    def read(cls, payload: Payload) -> "Document":
        """Return what was stored."""
        content = b64decode(_typed(str, payload["file"]), validate=True)
        return cls(_typed(str, payload["file_name"]), content, _html(payload, "caption"))


@dataclass(frozen=True)
class Commands:
    """The menu of commands of one chat, each with its words; none: what everybody has."""

    commands: tuple[tuple[str, str], ...] = ()

    def stored(self) -> Stored:
        """Return how it is stored."""
        method = "set_my_commands" if self.commands else "delete_my_commands"
        return method, {"commands": [list(command) for command in self.commands]}

    @classmethod
    def read(cls, payload: Payload) -> "Commands":
        """Return what was stored."""
        return cls(
            tuple((_typed(str, name), _typed(str, words)) for name, words in payload["commands"])
        )


# What changes a message that is there already.
Change = Edit | EditCaption | Delete | DeleteMany
Outgoing = Text | Change | Picture | Drawing | Document | Commands


def read(method: str, payload: Payload | None) -> Outgoing:
    """Return the message that a row of the outbox holds; raises UnreadableError if none."""
    try:
        return _READERS[method](payload or {})
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise UnreadableError(f"{type(error).__name__} in {method}") from None


def _photo(payload: Payload) -> Picture | Drawing:
    return Drawing.read(payload) if "draw" in payload else Picture.read(payload)


_READERS: Mapping[str, Callable[[Payload], Outgoing]] = {
    "send_message": Text.read,
    "edit_message_text": Edit.read,
    "edit_message_caption": EditCaption.read,
    "delete_message": Delete.read,
    "delete_messages": DeleteMany.read,
    "send_photo": _photo,
    "send_document": Document.read,
    "set_my_commands": Commands.read,
    "delete_my_commands": Commands.read,
}


def _shown(name: str, words: Html, rows: Rows = ()) -> Payload:
    shown: Payload = {name: words, "parse_mode": "HTML"}
    if rows:
        shown["reply_markup"] = keyboard(rows)
    return shown


def _silence(silent: bool) -> Payload:
    return {"disable_notification": True} if silent else {}


def _html(payload: Payload, name: str) -> Html:
    if payload["parse_mode"] != "HTML":
        raise ValueError
    return Html(_typed(str, payload[name]))


def _rows(payload: Payload) -> Rows:
    return rows_of(payload["reply_markup"]) if "reply_markup" in payload else ()


def _silent(payload: Payload) -> bool:
    return payload.get("disable_notification", False) is True


def _message_id(payload: Payload) -> int:
    return _typed(int, payload["message_id"])


def _typed(kind: type[_Kind], value: Any) -> _Kind:
    if not isinstance(value, kind):
        raise TypeError
    return value
