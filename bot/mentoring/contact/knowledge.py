"""What the relay looks for, read once from the content."""

from functools import cache

from bot.content.load import load_relay
from bot.content.relay import Relay
from bot.settings import CONTENT


@cache
def relay() -> Relay:
    """Return what the relay looks for. Raises ContentError when a file is wrong."""
    return load_relay(CONTENT)
