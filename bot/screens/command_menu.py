"""The menu of commands that Telegram shows: for everybody, and for the desk."""

from bot.rights import ALLOWED, May, Seat
from bot.screens.voice import Voice

COMMANDS = (
    "menu", "path", "careers", "ask", "topics", "find", "events", "mentor", "family", "help",
    "language", "privacy",
    "mydata", "forget", "hide",
)  # fmt: skip
STAFF_COMMANDS = (*COMMANDS, "desk", "announce")


def commands_of(seat: Seat | None) -> tuple[str, ...]:
    """Return the commands of one who has a seat at the desk, or none."""
    if seat is None:
        return COMMANDS
    return STAFF_COMMANDS if May.ANNOUNCEMENTS in ALLOWED[seat] else (*COMMANDS, "desk")


def command_menu(names: tuple[str, ...], voice: Voice) -> list[tuple[str, str]]:
    """Return each command with its words."""
    return [(name, voice.label(f"command.{name}")) for name in names]
