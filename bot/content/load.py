"""Everything the bot may say, loaded from `content/` and typed.

The files are written by editors, so a mistake is reported with the file, the entry and what to
do, never as a traceback. `bot.editing.check` holds the checks that need more than one entry;
the shapes are in `bot.content.faq` and `bot.content.careers`.
"""

from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from bot.content.base import Model, Names
from bot.content.careers import CareerFile
from bot.content.directory import Institution, Opportunity
from bot.content.faq import Concept, Decoy, FaqFile, SmallTalk, Term, Topic
from bot.content.library import Content
from bot.content.lists import Province, Subject, WorkField
from bot.content.pathway import NeedFile, NodeFile
from bot.content.people import ForParents, RoleModel, Story
from bot.content.safety import Care, Hotline, Signs

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
