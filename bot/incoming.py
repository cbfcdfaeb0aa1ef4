"""What an update says, free of Telegram's types."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "edited", "media", "button", "left", "returned", "elsewhere"]


@dataclass(frozen=True)
class Search:
    """What somebody types after the bot's name in any chat; nothing of it is kept."""

    query_id: str
    person_id: int
    language_code: str | None
    text: str


@dataclass(frozen=True)
class Incoming:
    """One thing a person did. `text` is what she wrote, a caption included; never None.

    `picture` is Telegram's id of a photo; only who was asked for one looks at it. `album` is what
    the pictures have in common that she sent at once. `replies_to` is the message that she answers
    by pulling it. `person_id` is that of the account: on a phone that several use, it is one of
    them who writes.
    """

    kind: Kind
    person_id: int
    language_code: str | None = None
    text: str = ""
    media: str | None = None
    data: str = ""
    callback_id: str | None = None
    message_id: int | None = None
    picture: str | None = None
    album: str | None = None
    replies_to: int | None = None

    @property
    def command(self) -> tuple[str, str] | None:
        """The command and its argument, when the text is one."""
        if self.kind != "text" or not self.text.startswith("/"):
            return None
        name, *argument = self.text[1:].split(maxsplit=1) or [""]
        return name.partition("@")[0].lower(), "".join(argument).strip()


def whole(text: str) -> str:
    """Return a text in which each half of a character is a �: it could not be stored."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
