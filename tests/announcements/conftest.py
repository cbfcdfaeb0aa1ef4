"""Words to send announcements in."""

import pytest

from bot.content import Content
from bot.screens.voice import Voice
from tests.announcements.newsroom import Voices


@pytest.fixture
def voices(content: Content) -> Voices:
    """The words of every language."""
    return {tongue: Voice(content, tongue) for tongue in content.tongues}
