"""Everything the bot may say, loaded from `content/` and typed.

The files are written by editors, so a mistake is reported with the file, the entry and what to
do, never as a traceback. `bot.editing.check` holds the checks that need more than one entry;
the shapes are those of `Content`.
"""

from pathlib import Path
from typing import Any, TypeVar, get_args

import yaml
from pydantic import BaseModel, ValidationError, create_model

from bot.content.base import BASE_TONGUE, Model, Tongue, TongueFile
from bot.content.library import Content
from bot.content.mistakes import in_plain_words
from bot.content.parsed import parsed
from bot.content.relay import Allowed, Digits, Languages, Platforms, Relay, Shared, Theme
from bot.content.strict_yaml import SlipError

M = TypeVar("M", bound=BaseModel)

# part of `Content` -> the file it is in, and under which key; without a key, the whole file or
# all files of a pattern that are not named here
PARTS: dict[str, tuple[str, str | None]] = {
    "topics": ("topics.yaml", "topics"),
    "examples": ("topics.yaml", "examples"),
    "faq": ("faq/*.yaml", None),
    "more_asks": ("asks/*.yaml", None),
    "pages": ("pages.yaml", "pages"),
    "aspects": ("aspects/*.yaml", None),
    "smalltalk": ("smalltalk.yaml", "entries"),
    "requests": ("requests.yaml", "requests"),
    "decoys": ("decoys.yaml", "entries"),
    "concepts": ("concepts.yaml", "concepts"),
    "hotlines": ("hotlines.yaml", "hotlines"),
    "provinces": ("provinces.yaml", "provinces"),
    "fields": ("fields.yaml", "fields"),
    "glossary": ("glossary.yaml", "terms"),
    "subjects": ("subjects.yaml", "subjects"),
    "career_files": ("careers/*.yaml", None),
    "institutions": ("directory/institutions.yaml", "institutions"),
    "opportunities": ("directory/opportunities.yaml", "opportunities"),
    "school_year": ("calendar/school-year.yaml", "dates"),
    "women": ("people/women.yaml", "women"),
    "stories": ("people/stories.yaml", "stories"),
    "for_parents": ("people/parents.yaml", None),
    "pathway_files": ("pathways/*.yaml", None),
    "needs": ("pathways/needs.yaml", "needs"),
    "cares": ("safety/cares.yaml", "cares"),
    "signs": ("safety/signs.yaml", None),
    "wishes": ("wishes.yaml", None),
    "not_learned": ("teaching.yaml", None),
}


class ContentError(Exception):
    """Something in `content/` is wrong; the message says where and what to do."""


def _read(path: Path, name: str) -> Any:
    try:
        return parsed(path.read_bytes())
    except FileNotFoundError:
        raise ContentError(f"{name}: the file is missing.") from None
    except UnicodeDecodeError:
        raise ContentError(f"{name}: save the file as UTF-8.") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or "it is not valid YAML"
        mend = "" if isinstance(error, SlipError) else " Check the indentation and the quotes."
        raise ContentError(f"{name}{line}: {problem}.{mend}") from None
    except OSError as error:
        raise ContentError(f"{name}: the file cannot be read ({error.strerror}).") from None


class _Words(Model):
    """The words of one feature in one language: messages, and labels of buttons."""

    texts: dict[str, str] = {}
    buttons: dict[str, str] = {}


class _Reader:
    """Reads one file after the other and gathers what is wrong with them."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.problems: list[str] = []
        # the languages in which every text must be written
        self.must: tuple[Tongue, ...] = ()

    def read(self, model: type[M], file: str) -> M | None:
        """Return what a file holds; None, with the problem noted, when it cannot be read."""
        try:
            raw = _read(self._root / file, file)
            return model.model_validate(raw, context=self.must)
        except ContentError as error:
            self.problems.append(str(error))
        except ValidationError as error:
            self.problems.append(in_plain_words(file, raw, error))
        return None

    def files(self, pattern: str) -> list[str]:
        """Return the names of the files of a pattern that are not named by themselves."""
        found = {p.relative_to(self._root).as_posix() for p in self._root.glob(pattern)}
        return sorted(found - {file for file, _ in PARTS.values()})

    def refuse(self) -> None:
        """Raise ContentError with everything that was wrong, if anything was."""
        if self.problems:
            raise ContentError("\n".join(dict.fromkeys(self.problems)))


def _shape(part: str) -> Any:
    return Content.model_fields[part].annotation


def _shape_of_file(file: str) -> type[Model]:
    """Return the shape of a file: its keys, each of the shape of its part."""
    keys: dict[str, Any] = {
        key: (_shape(part), ...) for part, (name, key) in PARTS.items() if name == file and key
    }
    return create_model("File", __base__=Model, **keys)


def _parts(reader: _Reader) -> dict[str, Any]:
    parts: dict[str, Any] = {}
    for part, (file, key) in PARTS.items():
        if key is not None:
            parts[part] = getattr(reader.read(_shape_of_file(file), file), key, None)
        elif "*" in file:
            one = get_args(_shape(part))[0]
            parts[part] = tuple(reader.read(one, name) for name in reader.files(file))
        else:
            parts[part] = reader.read(_shape(part), file)
    return parts


def _tongues(reader: _Reader, root: Path) -> dict[Tongue, TongueFile]:
    """Return the languages: the base, then those that must be complete, then the others."""
    names = [folder.name for folder in (root / "locales").iterdir() if folder.is_dir()]
    read = {name: reader.read(TongueFile, f"locales/{name}/tongue.yaml") for name in names}
    tongues = {name: tongue for name, tongue in read.items() if tongue is not None}
    if not (BASE_TONGUE in tongues and tongues[BASE_TONGUE].complete):
        reader.problems.append(
            f"locales/{BASE_TONGUE}/tongue.yaml: what has no words elsewhere is said in this "
            "language: write `complete: true`."
        )
    order = sorted(
        tongues, key=lambda name: (name != BASE_TONGUE, not tongues[name].complete, name)
    )
    return {name: tongues[name] for name in order}


def _words_of(reader: _Reader, tongue: Tongue) -> tuple[dict[str, str], set[str]]:
    """Return the words of a language by their keys, and which of them are on buttons."""
    words: dict[str, str] = {}
    on_buttons: set[str] = set()
    for file in reader.files(f"locales/{tongue}/*.yaml"):
        if file.endswith("/tongue.yaml") or not (found := reader.read(_Words, file)):
            continue
        texts, labels = found.texts.keys(), found.buttons.keys()
        if twice := (words.keys() & (texts | labels)) | (texts & labels):
            reader.problems.append(f"{file}: {sorted(twice)} are there twice.")
        words |= found.texts | found.buttons
        on_buttons |= labels
    return words, on_buttons


def load_content(root: Path) -> Content:
    """Read and type all of `root`; raises ContentError listing every mistake found."""
    reader = _Reader(root)
    tongues = _tongues(reader, root)
    reader.must = tuple(name for name, tongue in tongues.items() if tongue.complete)
    parts = _parts(reader)
    words = {tongue: _words_of(reader, tongue) for tongue in tongues}
    reader.refuse()
    order = {topic.id: place for place, topic in enumerate(parts["topics"])}
    parts["faq"] = tuple(sorted(parts["faq"], key=lambda f: order.get(f.topic, len(order))))
    return Content(
        **parts,
        tongues=tongues,
        locales={tongue: said for tongue, (said, _) in words.items()},
        button_keys=frozenset(key for _, labels in words.values() for key in labels),
    )


def load_relay(root: Path) -> Relay:
    """Read and type what the relay looks for; raises ContentError listing every mistake found."""
    folder, reader = "safety/relay", _Reader(root)
    shared = reader.read(Shared, f"{folder}/words.yaml")
    allowed = reader.read(Allowed, f"{folder}/allowed.yaml")
    digits = reader.read(Digits, f"{folder}/numbers.yaml")
    platforms = reader.read(Platforms, f"{folder}/platforms.yaml")
    languages = reader.read(Languages, f"{folder}/languages.yaml")
    named = ("words", "allowed", "numbers", "platforms", "languages")
    others = {f"{folder}/{name}.yaml" for name in named}
    themes = {
        Path(file).stem: reader.read(Theme, file)
        for file in reader.files(f"{folder}/*.yaml")
        if file not in others
    }
    reader.refuse()
    return Relay.model_validate(
        {
            "themes": themes,
            "shared": shared,
            "allowed": allowed,
            "digits": digits,
            "platforms": platforms,
            "languages": languages,
        }
    )
