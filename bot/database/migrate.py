"""Bring the database file to the newest schema, before anything else opens it."""

from pathlib import Path

from alembic import command
from alembic.config import Config

from bot.private_files import private_database
from bot.settings import ROOT


def migrate(file: Path) -> None:
    """Create `file` where it is missing and run every migration it lacks (blocking).

    Raises OSError where it cannot be written.
    """
    private_database(file)
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.set_main_option("sqlalchemy.url", f"sqlite:///{file}".replace("%", "%%"))
    command.upgrade(config, "head")
