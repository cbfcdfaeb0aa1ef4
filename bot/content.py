"""Everything the bot may say, loaded from `content/` and typed.

The files are written by editors, so a mistake is reported with the file, the entry and what to
do, never as a traceback. `bot.editing.check` holds the checks that need more than one entry;
the shapes are in `bot.content_models` and `bot.library_models`.
"""

from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from bot.answering.danger import Signs
from bot.content_models import (
    Care,
    Concept,
    Decoy,
    FaqEntry,
    FaqFile,
    Hotline,
    Learned,
    Model,
    Province,
    SmallTalk,
    Term,
    Tongue,
    Topic,
    WorkField,
)
from bot.language.khmer import repair
from bot.library_models import (
    Career,
    CareerFile,
    ForParents,
    Institution,
    Names,
    Opportunity,
    RoleModel,
    Story,
    Subject,
)
from bot.pathway_models import Need, NeedFile, Node, NodeFile

M = TypeVar("M", bound=BaseModel)


class ContentError(Exception):
    """Something in `content/` is wrong; the message says where and what to do."""


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


class _Topics(Model):
    examples: dict[str, tuple[str, ...]]
    topics: tuple[Topic, ...]


class _SmallTalks(Model):
    entries: tuple[SmallTalk, ...]


class _Decoys(Model):
    entries: tuple[Decoy, ...]


class _Concepts(Model):
    concepts: tuple[Concept, ...]


class _Hotlines(Model):
    hotlines: tuple[Hotline, ...]


class _Provinces(Model):
    provinces: tuple[Province, ...]


class _Fields(Model):
    fields: tuple[WorkField, ...]


class _Glossary(Model):
    terms: tuple[Term, ...]


class _Subjects(Model):
    subjects: tuple[Subject, ...]


class _CareerWishes(Model):
    career_wishes: Names


class _Institutions(Model):
    institutions: tuple[Institution, ...]


class _Opportunities(Model):
    opportunities: tuple[Opportunity, ...]


class _Women(Model):
    women: tuple[RoleModel, ...]


class _Stories(Model):
    stories: tuple[Story, ...]


class _Cares(Model):
    cares: tuple[Care, ...]


class _Locale(Model):
    """The words of one feature in one language: messages, and labels of buttons."""

    texts: dict[str, str] = {}
    buttons: dict[str, str] = {}


class Content(Model):
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
    glossary: tuple[Term, ...]
    subjects: tuple[Subject, ...]
    career_wishes: Names
    career_files: tuple[CareerFile, ...]
    institutions: tuple[Institution, ...]
    opportunities: tuple[Opportunity, ...]
    women: tuple[RoleModel, ...]
    stories: tuple[Story, ...]
    for_parents: ForParents
    pathway_files: tuple[NodeFile, ...]
    needs: tuple[Need, ...]
    cares: tuple[Care, ...]
    signs: Signs
    wishes: Signs
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
    def careers(self) -> dict[str, Career]:
        """Every career by its id, in the order of the fields."""
        order = {field.id: place for place, field in enumerate(self.fields)}
        files = sorted(self.career_files, key=lambda file: order.get(file.field, len(order)))
        return {career.id: career for file in files for career in file.careers}

    @cached_property
    def field_of(self) -> dict[str, str]:
        """The field of each career."""
        return {c.id: file.field for file in self.career_files for c in file.careers}

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """Every question of the pathway, in the order of the files."""
        return tuple(node for file in self.pathway_files for node in file.nodes)

    @cached_property
    def need(self) -> dict[str, Need]:
        """Every situation by its id."""
        return {need.id: need for need in self.needs}

    @cached_property
    def institution(self) -> dict[str, Institution]:
        """Every place to study by its id."""
        return {place.id: place for place in self.institutions}

    @cached_property
    def care_for(self) -> dict[str, Care]:
        """The care reply for each kind of danger."""
        return {care.kind: care for care in self.cares}

    @cached_property
    def hotline(self) -> dict[str, Hotline]:
        """Every hotline by its id."""
        return {line.id: line for line in self.hotlines}

    @cached_property
    def learned(self) -> tuple[Learned, ...]:
        """The entries that coordinators added in the bot."""
        return tuple(e for e in self.entries.values() if isinstance(e, Learned))

    def with_learned(self, entries: dict[str, list[Learned]]) -> "Content":
        """Return this library with the entries that coordinators added, by topic, and no others.

        One whose question an editor has taken over into the files is left out.
        """
        files = [f for f in self.faq if not any(isinstance(e, Learned) for e in f.entries)]
        written = {entry.question.km for file in files for entry in file.entries}
        for topic, added in entries.items():
            if new := tuple(e for e in added if e.question.km not in written):
                files.append(FaqFile(topic=topic, entries=new))
        parts = {name: getattr(self, name) for name in type(self).model_fields}
        return Content.model_construct(**{**parts, "faq": tuple(files)})

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
    parts["glossary"] = attempt("terms", _Glossary, root / "glossary.yaml")
    parts["subjects"] = attempt("subjects", _Subjects, root / "subjects.yaml")
    parts["career_wishes"] = attempt("career_wishes", _CareerWishes, root / "career_wishes.yaml")
    directory, people = root / "directory", root / "people"
    parts["institutions"] = attempt("institutions", _Institutions, directory / "institutions.yaml")
    parts["opportunities"] = attempt(
        "opportunities", _Opportunities, directory / "opportunities.yaml"
    )
    parts["women"] = attempt("women", _Women, people / "women.yaml")
    parts["stories"] = attempt("stories", _Stories, people / "stories.yaml")
    parts["cares"] = attempt("cares", _Cares, root / "safety" / "cares.yaml")
    for key, model, path in (
        ("signs", Signs, root / "safety" / "signs.yaml"),
        ("wishes", Signs, root / "wishes.yaml"),
        ("for_parents", ForParents, root / "people" / "parents.yaml"),
    ):
        try:
            parts[key] = _load(model, path)
        except ContentError as error:
            problems.append(str(error))
    career_files: list[CareerFile] = []
    for path in sorted((root / "careers").glob("*.yaml")):
        try:
            career_files.append(_load(CareerFile, path))
        except ContentError as error:
            problems.append(f"careers/{error}")
    parts["career_files"] = tuple(career_files)
    pathway = root / "pathways"
    parts["needs"] = attempt("needs", NeedFile, pathway / "needs.yaml")
    pathway_files: list[NodeFile] = []
    for path in sorted(pathway.glob("*.yaml")):
        if path.name != "needs.yaml":
            try:
                pathway_files.append(_load(NodeFile, path))
            except ContentError as error:
                problems.append(f"pathways/{error}")
    parts["pathway_files"] = tuple(pathway_files)
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
