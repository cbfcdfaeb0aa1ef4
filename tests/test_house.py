"""Every room of the house has its floor, and what must not leave a room is kept in it."""

import tomllib
from pathlib import Path
from typing import Any

from bot.settings import ROOT


def _contract(name: str) -> dict[str, Any]:
    with (ROOT / "pyproject.toml").open("rb") as file:
        contracts = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    return next(c for c in contracts if c["name"] == name)


def _rooms(folder: Path) -> set[str]:
    files = {p.stem for p in folder.glob("*.py")} | {p.parent.name for p in folder.glob("*/*.py")}
    return {f"{folder.name}.{name}" for name in files - {"__init__"}}


def test_every_room_of_the_product_has_its_floor() -> None:
    """The rooms of handlers are counted by their own contract."""
    floors = _contract("Arrows run down")["layers"]
    assert _rooms(ROOT / "bot") == {r for f in floors for r in f.split(" | ")} - {"handlers"}


def test_telegram_is_kept_out_of_all_that_stands_below_it() -> None:
    floors = _contract("Arrows run down")["layers"]
    below = floors[floors.index("handlers | bot.telegram") + 1 :]
    kept_out = set(_contract("Telegram stays in its room")["source_modules"])
    assert kept_out == {room for floor in below for room in floor.split(" | ")} | {"handlers"}
