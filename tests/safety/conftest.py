"""What the tests of the watch share."""

import pytest

from bot.answering.answerer import build_watch
from bot.content import Content
from bot.language.encoder import load_encoder
from bot.safety.watch import DangerWatch


@pytest.fixture(scope="session")
def watch(content: Content) -> DangerWatch:
    """The watch as the bot has it; it is only read."""
    return build_watch(content, load_encoder())
