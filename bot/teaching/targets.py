"""What ways of asking are learned for: what is asked for in words, and is not sensitive."""

from bot.answering.targets import Kind, recalled
from bot.content import Content
from bot.content.faq import Learned

# Things that have a name are found by it, and small talk is not taught.
KINDS: tuple[Kind, ...] = ("faq", "list", "feature")


def can_be_learned(content: Content, key: str) -> bool:
    """Return whether ways of asking are learned for the target with this key."""
    kind, name, aspect = recalled(key)
    if aspect is not None or kind not in KINDS:
        return False
    if kind == "faq":
        return name in content.entries and name not in content.sensitive
    return any(page.kind == kind and page.id == name for page in content.pages)


def known_ways(content: Content, key: str) -> tuple[str, ...]:
    """Return the ways of asking for a target that the library has."""
    kind, name, _ = recalled(key)
    if kind == "faq":
        entry = content.entries[name]
        return (*entry.question.all(), *entry.asks.all())
    page = next(page for page in content.pages if page.kind == kind and page.id == name)
    return page.asks.and_(content.more_asks_for(page.kind, page.id)).all()


def can_be_taught(content: Content, entry_id: str) -> bool:
    """Return whether girls are asked for other ways of asking an entry's question."""
    entry = content.entries.get(entry_id)
    return (
        entry is not None and not isinstance(entry, Learned) and entry_id not in content.sensitive
    )
