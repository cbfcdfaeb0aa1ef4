"""The menu of commands that Telegram shows: for everybody, and for the desk."""

from bot.screens.voice import Voice

COMMANDS = (
    "menu", "path", "careers", "ask", "topics", "find", "events", "mentor", "family", "help",
    "language", "privacy",
)  # fmt: skip
STAFF_COMMANDS = (*COMMANDS, "desk", "announce")


def command_menu(names: tuple[str, ...], voice: Voice) -> list[tuple[str, str]]:
    """Return each command with its words."""
    return [(name, voice.label(f"command.{name}")) for name in names]
