"""Databases as releases of the past have left them."""

from pathlib import Path

from alembic import command
from alembic.config import Config

from bot.settings import ROOT


def config(file: Path) -> Config:
    """Return what Alembic must know of a database file."""
    return config_of(f"sqlite:///{file}")


def config_of(url: str) -> Config:
    """Return what Alembic must know of a database."""
    told = Config()
    told.set_main_option("script_location", str(ROOT / "migrations"))
    told.set_main_option("sqlalchemy.url", url)
    return told


def upgrade_to(file: Path, revision: str) -> Path:
    """Bring a database, or a new file, to the schema of a release; return the file."""
    command.upgrade(config(file), revision)
    return file
