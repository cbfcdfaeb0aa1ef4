"""Everything the bot may say, loaded from `content/` and typed.

The files are written by editors, so a mistake is reported with the file, the entry and what to
do, never as a traceback. `bot.content_check` holds the checks that need more than one entry.
"""

from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, HttpUrl, ValidationError, model_validator

from bot.answering.danger import Signs
from bot.language.khmer import repair

Tongue = Literal["km", "en"]
M = TypeVar("M", bound=BaseModel)
EntryId = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]


class ContentError(Exception):
    """Something in `content/` is wrong; the message says where and what to do."""


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Text(_Model):
    """The same words in both languages; neither may be missing."""

    km: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def get(self, tongue: Tongue) -> str:
        """Return the words in one language."""
        return self.km if tongue == "km" else self.en


class Asks(_Model):
    """Ways of asking, by how they are written."""

    km: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    rom: tuple[str, ...] = ()
    mix: tuple[str, ...] = ()

    def all(self) -> tuple[str, ...]:
        """Return every way of asking."""
        return (*self.km, *self.en, *self.rom, *self.mix)


class Source(_Model):
    """Where a fact was read."""

    title: str = Field(min_length=1)
    url: HttpUrl
    year: int | None


class FaqEntry(_Model):
    """One question with its reviewed answer."""

    id: EntryId
    question: Text
    answer: Text
    asks: Asks
    sources: tuple[Source, ...] = ()
    no_source: str | None = None
    reviewed: date
    review_every_days: int = Field(ge=30, le=730)
    related: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _sourced(self) -> "FaqEntry":
        if bool(self.sources) == bool(self.no_source):
            raise ValueError("give either `sources`, or `no_source` with the reason, not both")
        return self

    @property
    def review_due(self) -> date:
        """The day by which the entry must be read again."""
        return self.reviewed + timedelta(days=self.review_every_days)


class FaqFile(_Model):
    """One topic's entries."""

    topic: str
    entries: tuple[FaqEntry, ...]


class Topic(_Model):
    """A shelf of the FAQ."""

    id: str
    emoji: str
    label: Text


class SmallTalk(_Model):
    """Something said to be polite or curious, with the bot's short reply."""

    id: EntryId
    asks: Asks
    reply: Text


class Decoy(_Model):
    """Something girls ask that this bot does not answer; it teaches the matcher to say no."""

    id: EntryId
    asks: Asks


class Concept(_Model):
    """A notion with the words for it in every way of writing."""

    id: str
    km: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    rom: tuple[str, ...] = ()


class Hotline(_Model):
    """A number to call, with who answers, and when it was last confirmed."""

    id: str
    number: str = Field(pattern=r"^[0-9 ]{3,12}$")
    name: Text
    about: Text
    source: Source
    reviewed: date
    review_every_days: int = Field(ge=30, le=365)


class Province(_Model):
    """A province or the capital."""

    id: str
    label: Text


class WorkField(_Model):
    """A field of work, shared by careers, mentors and events."""

    id: str
    emoji: str
    label: Text


class Care(_Model):
    """What to say to a girl who may be in danger, by the kind of danger."""

    kind: str
    reply: Text
    hotlines: tuple[str, ...] = Field(min_length=1)
    entry: str | None = None


def _read(path: Path) -> Any:
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - safe
    except FileNotFoundError:
        raise ContentError(f"{path.name}: the file is missing.") from None
    except UnicodeDecodeError:
        raise ContentError(f"{path.name}: save the file as UTF-8.") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or "it is not valid YAML"
        raise ContentError(
            f"{path.name}{line}: {problem}. Check the indentation and the quotes."
        ) from None


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _plain(path: Path, raw: Any, error: ValidationError) -> str:
    lines = []
    for item in error.errors():
        name, place = "", []
        node = raw
        for step in item["loc"]:
            node = _step(node, step)
            if isinstance(node, dict) and (found := node.get("id") or node.get("kind")):
                name = f" entry “{found}”:"
            if not isinstance(step, int):
                place.append(str(step))
        message = str(item["msg"]).removeprefix("Value error, ")
        lines.append(f"{path.name}:{name} {' → '.join(place) or 'the file'}: {message}.")
    return "\n".join(lines)


def _step(node: Any, step: int | str) -> Any:
    try:
        return node[step]
    except (KeyError, IndexError, TypeError):
        return None


def _load(model: type[M], path: Path) -> M:
    raw = _read(path)
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        raise ContentError(_plain(path, raw, error)) from None


class _Topics(_Model):
    examples: dict[str, tuple[str, ...]]
    topics: tuple[Topic, ...]


class _SmallTalks(_Model):
    entries: tuple[SmallTalk, ...]


class _Decoys(_Model):
    entries: tuple[Decoy, ...]


class _Concepts(_Model):
    concepts: tuple[Concept, ...]


class _Hotlines(_Model):
    hotlines: tuple[Hotline, ...]


class _Provinces(_Model):
    provinces: tuple[Province, ...]


class _Fields(_Model):
    fields: tuple[WorkField, ...]


class _Cares(_Model):
    cares: tuple[Care, ...]


class _Locale(_Model):
    """The words of one feature in one language: messages, and labels of buttons."""

    texts: dict[str, str] = {}
    buttons: dict[str, str] = {}


class Content(_Model):
    """All of `content/`, valid file by file."""

    topics: tuple[Topic, ...]
    examples: dict[str, tuple[str, ...]]
    faq: tuple[FaqFile, ...]
    smalltalk: tuple[SmallTalk, ...]
    decoys: tuple[Decoy, ...]
    concepts: tuple[Concept, ...]
    hotlines: tuple[Hotline, ...]
    provinces: tuple[Province, ...]
    fields: tuple[WorkField, ...]
    cares: tuple[Care, ...]
    signs: Signs
    locales: dict[Tongue, dict[str, str]]
    button_keys: frozenset[str]

    @cached_property
    def entries(self) -> dict[str, FaqEntry]:
        """Every FAQ entry by its id, in the order of the files."""
        return {entry.id: entry for file in self.faq for entry in file.entries}

    @cached_property
    def topic_of(self) -> dict[str, str]:
        """The topic of each entry."""
        return {entry.id: file.topic for file in self.faq for entry in file.entries}

    @cached_property
    def field(self) -> dict[str, WorkField]:
        """Every field of work by its id."""
        return {field.id: field for field in self.fields}

    @cached_property
    def care_for(self) -> dict[str, Care]:
        """The care reply for each kind of danger."""
        return {care.kind: care for care in self.cares}

    @cached_property
    def hotline(self) -> dict[str, Hotline]:
        """Every hotline by its id."""
        return {line.id: line for line in self.hotlines}

    def in_topic(self, topic: str) -> list[FaqEntry]:
        """Return the entries of one topic; empty when there is no such topic."""
        return [entry for file in self.faq if file.topic == topic for entry in file.entries]


def load_content(root: Path) -> Content:
    """Read and type all of `root`; raises ContentError listing every mistake found."""
    problems: list[str] = []
    parts: dict[str, Any] = {}

    def attempt(key: str, model: type[BaseModel], path: Path) -> Any:
        try:
            return getattr(_load(model, path), key)
        except ContentError as error:
            problems.append(str(error))
            return ()

    parts["topics"] = attempt("topics", _Topics, root / "topics.yaml")
    parts["examples"] = attempt("examples", _Topics, root / "topics.yaml") or {}
    parts["smalltalk"] = attempt("entries", _SmallTalks, root / "smalltalk.yaml")
    parts["decoys"] = attempt("entries", _Decoys, root / "decoys.yaml")
    parts["concepts"] = attempt("concepts", _Concepts, root / "concepts.yaml")
    parts["hotlines"] = attempt("hotlines", _Hotlines, root / "hotlines.yaml")
    parts["provinces"] = attempt("provinces", _Provinces, root / "provinces.yaml")
    parts["fields"] = attempt("fields", _Fields, root / "fields.yaml")
    parts["cares"] = attempt("cares", _Cares, root / "safety" / "cares.yaml")
    try:
        parts["signs"] = _load(Signs, root / "safety" / "signs.yaml")
    except ContentError as error:
        problems.append(str(error))
    faq: list[FaqFile] = []
    for path in sorted((root / "faq").glob("*.yaml")):
        try:
            faq.append(_load(FaqFile, path))
        except ContentError as error:
            problems.append(str(error))
    locales: dict[str, dict[str, str]] = {"km": {}, "en": {}}
    button_keys: set[str] = set()
    for tongue, words in locales.items():
        for path in sorted((root / "locales" / tongue).glob("*.yaml")):
            try:
                locale = _load(_Locale, path)
            except ContentError as error:
                problems.append(f"locales/{tongue}/{error}")
                continue
            texts, labels = locale.texts.keys(), locale.buttons.keys()
            if twice := (words.keys() & (texts | labels)) | (texts & labels):
                problems.append(f"locales/{tongue}/{path.name}: {sorted(twice)} are there twice.")
            words |= locale.texts | locale.buttons
            button_keys |= locale.buttons.keys()
    if problems:
        raise ContentError("\n".join(dict.fromkeys(problems)))
    order = {topic.id: place for place, topic in enumerate(parts["topics"])}
    faq.sort(key=lambda file: order.get(file.topic, len(order)))
    return Content(**parts, faq=tuple(faq), locales=locales, button_keys=frozenset(button_keys))


def is_repaired(text: str) -> bool:
    """Return whether Khmer text is encoded in canonical order with nothing invisible in it."""
    return repair(text) == text
