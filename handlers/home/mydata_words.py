"""What is kept of her, in words that she understands: no names of tables, columns and ids."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.careers import directory
from bot.content import Content
from bot.screens.voice import Voice
from handlers.home.age import years_of

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\S+", re.ASCII)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
# What somebody wrote herself stands as she wrote it, also where it looks like a date or a state.
_VERBATIM = frozenset({
    "text", "hope", "story", "name", "first_name", "school", "title", "question", "reply",
    "notes", "asked_back", "feeds_added",
})  # fmt: skip
# What is kept of mentoring lies together, and is shown beside the rest.
_WITHIN = "mentoring"
# What she is to the bot, which stands first.
_OWN = (
    "telegram_id", "language", "grade", "grade_told", "province", "age_band", "age_told",
    "asked_of_her", "joined",
)  # fmt: skip


@dataclass(frozen=True)
class Reader:
    """Says what is kept in one language."""

    voice: Voice
    content: Content
    zone: ZoneInfo
    # the age from which girls may take part, in which her age band is said
    minimum_age: int

    def title(self, section: str) -> str:
        """Return what a part of what is kept is called."""
        return self.voice.label_or(f"mine.{section}", section)

    def name(self, field: str) -> str:
        """Return what a value is called."""
        return self.voice.label_or(f"mine_field.{field}", field)

    def words(self, field: str, value: Any) -> str:
        """Return one value, which is no list and no table, in words."""
        if isinstance(value, bool):
            return self.voice.label("mine.yes" if value else "mine.no")
        if isinstance(value, int):
            # A number by which Telegram knows her is read as Telegram writes it.
            return str(value) if field == "telegram_id" else self.voice.number(value)
        text = str(value)
        if field in _VERBATIM:
            return text
        return self._time(text) or self._of_library(field, text) or self._known(text)

    def _time(self, text: str) -> str | None:
        try:
            return self._moment_or_day(text)
        except (ValueError, OverflowError):
            # It only looks like a date.
            return None

    def _moment_or_day(self, text: str) -> str | None:
        if _MOMENT.fullmatch(text):
            at = datetime.fromisoformat(text).astimezone(self.zone)
            return f"{self.voice.day(at.date())}, {self.voice.clock(at)}"
        if _DAY.fullmatch(text):
            return self.voice.day(date.fromisoformat(text))
        return None

    def line(self, values: Mapping[str, Any]) -> str:
        """Return a few values beside each other."""
        return " · ".join(self.words(field, one) for field, one in values.items() if holds(one))

    def _known(self, text: str) -> str:
        said = self.voice.label_or(f"mine_value.{text}", "")
        return said or self.voice.label_or(f"mentor_state.{text}", text)

    def _interest(self, name: str) -> str:
        return self._field(name) or self.voice.label_or(f"track.{name}", name)

    def _of_library(self, field: str, text: str) -> str | None:
        """Return the name of what an id of the library is the name of."""
        find = _FINDS.get(field)
        return None if find is None else find(self, text)

    def _age(self, band: str) -> str:
        return self.voice.label(f"age.{band}", **years_of(self.voice, self.minimum_age))

    def _career(self, career_id: str) -> str | None:
        career = self.content.careers.get(career_id)
        return career.name.get(self.voice.tongue) if career else None

    def _item(self, item_id: str) -> str | None:
        item = directory.item(self.content, item_id)
        return item.name.get(self.voice.tongue) if item else None

    def _field(self, field_id: str) -> str | None:
        field = self.content.field.get(field_id)
        return field.label.get(self.voice.tongue) if field else None

    def _entry(self, entry_id: str) -> str | None:
        entry = self.content.entries.get(entry_id.removeprefix("faq:"))
        return entry.question.get(self.voice.tongue) if entry else None

    def _province(self, province_id: str) -> str | None:
        labels = {p.id: p.label.get(self.voice.tongue) for p in self.content.provinces}
        return labels.get(province_id)

    def _language(self, tongue: str) -> str | None:
        known = self.content.tongues.get(tongue)
        return known.name if known else None

    def _next_question(self, place: str) -> str:
        node = next((node for node in self.content.nodes if node.id == place), None)
        return node.question.get(self.voice.tongue) if node else self.voice.label("mine.walk_over")

    def answers(self, steps: list[list[str]]) -> list[str]:
        """Return the answers of a walk as their buttons said them."""
        nodes = {node.id: node for node in self.content.nodes}
        options = (nodes[n].option(o) if n in nodes else None for n, o in steps)
        return [option.label.get(self.voice.tongue) for option in options if option is not None]


_FINDS: Mapping[str, Callable[[Reader, str], str | None]] = {
    "in_care": lambda reader, kind: reader.voice.label_or(f"kind.{kind}", kind),
    "age_band": Reader._age,
    "career": Reader._career,
    "saved_careers": Reader._career,
    "saved_items": Reader._item,
    "field": Reader._field,
    "waits_for": Reader._field,
    "interests": Reader._interest,
    "last_answer": Reader._entry,
    "entries_looked_at": Reader._entry,
    "next_question": Reader._next_question,
    "province": Reader._province,
    "language": Reader._language,
    "languages": Reader._language,
    "grade": lambda reader, grade: reader.voice.label_or(f"grade.{grade}", grade),
}


def sections(kept: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parts of what is kept that hold anything, her own data as the first."""
    own = {k: v for k, v in kept.items() if k in _OWN and holds(v)}
    parts = {"you": own} | {k: v for k, v in kept.items() if k not in (*_OWN, _WITHIN)}
    parts |= kept.get(_WITHIN) or {}
    return {name: value for name, value in parts.items() if holds(value)}


def holds(value: Any) -> bool:
    """Return whether there is anything in a value: no, nothing and none are not shown."""
    if isinstance(value, Mapping):
        return any(holds(one) for one in value.values())
    return value not in (None, False, 0, "") and value != []


def how_many(value: Any) -> int | None:
    """Return how many there are of what is a list; None for what is none."""
    return len(value) if isinstance(value, list) else None
