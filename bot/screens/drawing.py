"""Pictures: a message in the outbox carries a recipe, the courier has it drawn when it leaves.

So no turn waits for a drawing, and what is kept until then is a few numbers and words. A recipe
names its drawer under `draw`; the composition root says which drawers there are.
"""

from collections.abc import Callable, Mapping
from typing import Any

Recipe = dict[str, Any]
Drawer = Callable[[Recipe], bytes]


def by_name(drawers: Mapping[str, Drawer]) -> Drawer:
    """Return what draws any recipe (slow: run it in a thread). It raises KeyError for others."""

    def draw(recipe: Recipe) -> bytes:
        return drawers[recipe["draw"]](recipe)

    return draw
