"""An editor hears which answers have few ways of asking."""

from bot.content import Content
from bot.content.base import Asks
from bot.content.faq import FaqFile
from bot.editing.check_asks import thin
from bot.editing.limits import PLENTY_OF_ASKS

ENOUGH = Asks(
    **{way: tuple(f"{way} {n}" for n in range(most)) for way, most in PLENTY_OF_ASKS.items()}
)


def library(content: Content, *asks: Asks) -> Content:
    """The library with as many answers as there are ways of asking given."""
    file = content.faq[0]
    entries = tuple(
        entry.model_copy(update={"asks": given})
        for entry, given in zip(file.entries, asks, strict=False)
    )
    few = FaqFile(topic=file.topic, entries=entries)
    return Content.model_construct(**(dict(content) | {"faq": (few,), "more_asks": ()}))


def test_nothing_is_said_where_every_answer_has_plenty(content: Content) -> None:
    assert list(thin(library(content, ENOUGH, ENOUGH))) == []


def test_the_thinnest_come_first_with_what_each_lacks(content: Content) -> None:
    no_khmer, no_mix = ENOUGH.model_copy(update={"km": ()}), ENOUGH.model_copy(update={"mix": ()})
    few = library(content, no_mix, ENOUGH, no_khmer)
    mixed, _, khmer = (entry.id for entry in few.faq[0].entries)
    (line,) = thin(few)
    assert line.startswith("2 of 3 answers")
    assert line.endswith(f"{khmer} ({PLENTY_OF_ASKS['km']}), {mixed} ({PLENTY_OF_ASKS['mix']}).")
