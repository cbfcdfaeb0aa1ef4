"""Bring the database file to the newest schema, before anything else opens it."""

from pathlib import Path

from alembic import command
from alembic.config import Config

from bot.settings import ROOT


def migrate(file: Path) -> None:
    """Create `file` where it is missing and run every migration it lacks (blocking)."""
    file.parent.mkdir(parents=True, exist_ok=True)
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.set_main_option("sqlalchemy.url", f"sqlite:///{file}".replace("%", "%%"))
    command.upgrade(config, "head")
