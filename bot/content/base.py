"""The shapes that all content shares: words in every language, sources, reviews."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Annotated, ClassVar

from babel import Locale, UnknownLocaleError
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    HttpUrl,
    RootModel,
    StringConstraints,
    ValidationInfo,
    model_validator,
)

# A language of the menus, named as its folder in `content/locales/`.
Tongue = str
# What is said where a language has no words of its own.
BASE_TONGUE: Tongue = "km"

# A text is read again at least every two years, and not oftener than once a month.
FEWEST_REVIEW_DAYS, MOST_REVIEW_DAYS = 30, 730

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
EntryId = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]


class Model(BaseModel):
    """What all content shares: nothing unknown, nothing changed after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Text(RootModel[dict[Tongue, Words]]):
    """The same words in several languages, `{km: …, en: …}`; none is empty."""

    model_config = ConfigDict(frozen=True)

    def __hash__(self) -> int:
        return hash(frozenset(self.root.items()))

    def get(self, tongue: Tongue) -> str:
        """Return the words in one language, or in the base language where it has none."""
        words = self.root
        return words.get(tongue) or words.get(BASE_TONGUE) or next(iter(words.values()))

    def all(self) -> tuple[str, ...]:
        """Return the words in every language."""
        return tuple(self.root.values())

    @model_validator(mode="after")
    def _written(self, info: ValidationInfo) -> "Text":
        """What is read from files is written in every language that must be complete."""
        must: tuple[Tongue, ...] = info.context or ()
        if missing := [tongue for tongue in must if tongue not in self.root]:
            raise ValueError(f"{' and '.join(missing)} is missing: translate it")
        if not self.root:
            raise ValueError("write the words in some language")
        return self


def _known_locale(name: str) -> str:
    try:
        Locale.parse(name)
    except (UnknownLocaleError, ValueError):
        raise ValueError(f"no dates are known for “{name}”: name a language like it") from None
    return name


class TongueFile(Model):
    """What the bot must know of a language beside its words: `locales/<tongue>/tongue.yaml`."""

    # in its own words, for the choice of languages
    name: Words
    # whose words and order dates are written in
    locale: Annotated[str, AfterValidator(_known_locale)]
    digits: str = Field("0123456789", min_length=10, max_length=10)
    # telephones set to these languages (two letters, ISO 639-1) start in it
    telephones: tuple[Annotated[str, Field(pattern="^[a-z]{2}$")], ...] = ()
    # whether content lacking words in it is refused, or filled from the base language
    complete: bool = False


class Asks(Model):
    """Ways of asking, by how they are written."""

    km: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    rom: tuple[str, ...] = ()
    mix: tuple[str, ...] = ()

    def all(self) -> tuple[str, ...]:
        """Return every way of asking."""
        return (*self.km, *self.en, *self.rom, *self.mix)

    def and_(self, more: "Asks") -> "Asks":
        """Return these and more, each line once."""
        kept = {way: (*getattr(self, way), *getattr(more, way)) for way in type(self).model_fields}
        return Asks(**{way: tuple(dict.fromkeys(lines)) for way, lines in kept.items()})


class Source(Model):
    """Where a fact was read."""

    title: str = Field(min_length=1)
    url: HttpUrl
    year: int | None


def newest_year(sources: Iterable[Source]) -> int | None:
    """Return the year of the newest source; None where none has a year."""
    return max((source.year for source in sources if source.year), default=None)


class Reviewed(Model):
    """Something that states facts: where they were read, when, and how long that holds."""

    sources: tuple[Source, ...] = ()
    no_source: str | None = None
    reviewed: date
    review_every_days: int = Field(ge=FEWEST_REVIEW_DAYS, le=MOST_REVIEW_DAYS)

    @model_validator(mode="after")
    def _sourced(self) -> "Reviewed":
        if self.sources and self.no_source:
            raise ValueError("`sources` and `no_source` are both there: keep one of them")
        if not self.sources and not self.no_source:
            raise ValueError("write `sources`, where it was read, or `no_source` with the reason")
        return self

    @property
    def review_due(self) -> date:
        """The day by which it must be read again."""
        return self.reviewed + timedelta(days=self.review_every_days)


class Told(Reviewed):
    """A thing of which girls ask this and that: what a source says of it, and nothing else."""

    # the fields that only some of its kind have, each named as the aspect that asks for it
    TOLD: ClassVar[tuple[str, ...]]

    @property
    def told(self) -> dict[str, Text]:
        """What is known of it beside what all of its kind have, by aspect."""
        known: dict[str, Text | None] = {name: getattr(self, name) for name in self.TOLD}
        return {name: text for name, text in known.items() if text is not None}


class Names(Model):
    """The words girls use for something, in each way of writing."""

    km: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    rom: tuple[str, ...] = ()

    def all(self) -> tuple[str, ...]:
        """Return every name."""
        return (*self.km, *self.en, *self.rom)
