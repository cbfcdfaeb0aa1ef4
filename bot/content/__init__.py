"""Everything the bot may say, loaded from `content/` and typed."""

from bot.content.library import Content
from bot.content.load import ContentError, load_content

__all__ = ["Content", "ContentError", "load_content"]
