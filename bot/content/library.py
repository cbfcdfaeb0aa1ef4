"""Everything the bot may say, typed, with what is found by its id."""

import re
from functools import cached_property

from bot.content.aspects import AskedPage, Aspects, MoreAsks
from bot.content.base import BASE_TONGUE, Asks, Model, Tongue, TongueFile
from bot.content.careers import Career, CareerFile
from bot.content.directory import Institution, Opportunity
from bot.content.faq import (
    Concept,
    Decoy,
    FaqEntry,
    FaqFile,
    Learned,
    Request,
    SmallTalk,
    Term,
    Topic,
)
from bot.content.lists import Province, Subject, WorkField
from bot.content.pathway import Need, Node, NodeFile
from bot.content.people import ForParents, RoleModel, Story
from bot.content.safety import GENERAL, Care, Hotline, Signs
from bot.content.school_year import SchoolDate
from bot.content.teaching import NotLearned


class Content(Model):
    """All of `content/`, valid file by file."""

    topics: tuple[Topic, ...]
    examples: dict[str, tuple[str, ...]]
    faq: tuple[FaqFile, ...]
    more_asks: tuple[MoreAsks, ...]
    pages: tuple[AskedPage, ...]
    aspects: tuple[Aspects, ...]
    smalltalk: tuple[SmallTalk, ...]
    requests: tuple[Request, ...]
    decoys: tuple[Decoy, ...]
    concepts: tuple[Concept, ...]
    hotlines: tuple[Hotline, ...]
    provinces: tuple[Province, ...]
    fields: tuple[WorkField, ...]
    glossary: tuple[Term, ...]
    subjects: tuple[Subject, ...]
    career_files: tuple[CareerFile, ...]
    institutions: tuple[Institution, ...]
    opportunities: tuple[Opportunity, ...]
    school_year: tuple[SchoolDate, ...]
    women: tuple[RoleModel, ...]
    stories: tuple[Story, ...]
    for_parents: ForParents
    pathway_files: tuple[NodeFile, ...]
    needs: tuple[Need, ...]
    cares: tuple[Care, ...]
    signs: Signs
    wishes: Signs
    not_learned: NotLearned
    tongues: dict[Tongue, TongueFile]
    locales: dict[Tongue, dict[str, str]]
    button_keys: frozenset[str]
    # ways of asking that were learned from use, while it runs
    taught: tuple[MoreAsks, ...] = ()

    @cached_property
    def complete(self) -> tuple[Tongue, ...]:
        """The languages that must have words for everything, the base first."""
        return tuple(tongue for tongue, of in self.tongues.items() if of.complete)

    def tongue(self, code: str | None) -> Tongue:
        """Return the language that was chosen; the base where it is not known (any more)."""
        return code if code is not None and code in self.tongues else BASE_TONGUE

    def tongue_of_telephone(self, language_code: str | None) -> Tongue:
        """Return the language to start in on a telephone that is set to `language_code`."""
        return self.told_by_telephone(language_code) or BASE_TONGUE

    def told_by_telephone(self, language_code: str | None) -> Tongue | None:
        """Return the same; None for a telephone that is set to a language that nobody speaks."""
        first = (language_code or "").lower().partition("-")[0]
        starts = (tongue for tongue, of in self.tongues.items() if first in of.telephones)
        return next(starts, None)

    @cached_property
    def entries(self) -> dict[str, FaqEntry]:
        """Every FAQ entry by its id, in the order of the files, with every way of asking."""
        return {
            entry.id: entry.asked_too(self.more_asks_for("faq", entry.id))
            for file in self.faq
            for entry in file.entries
        }

    def more_asks_for(self, kind: str, name: str) -> Asks:
        """Return the ways of asking that stand apart from what they ask for."""
        return self._more_asks.get((kind, name), Asks())

    @cached_property
    def _more_asks(self) -> dict[tuple[str, str], Asks]:
        found: dict[tuple[str, str], Asks] = {}
        for file in (*self.more_asks, *self.taught):
            for name, asks in file.asks.items():
                place = (file.kind, name)
                found[place] = found[place].and_(asks) if place in found else asks
        return found

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
    def school_date(self) -> dict[str, SchoolDate]:
        """Every date of the school year by its id."""
        return {date.id: date for date in self.school_year}

    @cached_property
    def care_for(self) -> dict[str, Care]:
        """The care reply for each kind of danger."""
        return {care.kind: care for care in self.cares}

    def care(self, kind: str) -> Care:
        """Return the care reply for a kind of danger; the general one for any other."""
        return self.care_for.get(kind) or self.care_for[GENERAL]

    @cached_property
    def hotline(self) -> dict[str, Hotline]:
        """Every hotline by its id."""
        return {line.id: line for line in self.hotlines}

    @cached_property
    def of_danger(self) -> frozenset[str]:
        """The entries that speak of danger themselves."""
        named = {care.entry for care in self.cares if care.entry}
        return frozenset({*self.signs.spoken_of, *named})

    @cached_property
    def sensitive(self) -> frozenset[str]:
        """The entries that speak of danger or of what hurts: others must not read them by chance.

        They begin with a line that tells nothing, and can be hidden with one tap.
        """
        private = {topic.id for topic in self.topics if topic.private}
        kept = self.of_danger | {*self.signs.kept_private}
        return frozenset(
            entry for entry in self.entries if entry in kept or self.topic_of[entry] in private
        )

    @cached_property
    def stays_private(self) -> frozenset[str]:
        """The entries that are read in the private chat only: never shared, nor found elsewhere.

        They are sensitive, or no editor has read them yet.
        """
        return self.sensitive | {entry.id for entry in self.learned}

    @cached_property
    def small_words(self) -> frozenset[str]:
        """The words in small Latin letters with which entries are asked for: few are names."""
        lines = (x for e in self.entries.values() for x in (*e.question.all(), *e.asks.all()))
        return frozenset(word for line in lines for word in re.findall(r"\b[a-z]+\b", line))

    @cached_property
    def learned(self) -> tuple[Learned, ...]:
        """The entries that coordinators added in the bot."""
        return tuple(e for e in self.entries.values() if isinstance(e, Learned))

    def with_learned(
        self, entries: dict[str, list[Learned]], taught: tuple[MoreAsks, ...] = ()
    ) -> "Content":
        """Return this library with what coordinators added by topic, and ways of asking taught.

        Those that were learned before are left out, and so is an entry whose question an editor
        has taken over into the files.
        """
        files = [f for f in self.faq if not any(isinstance(e, Learned) for e in f.entries)]
        written = {e.question.get(BASE_TONGUE) for file in files for e in file.entries}
        for topic, added in entries.items():
            if new := tuple(e for e in added if e.question.get(BASE_TONGUE) not in written):
                files.append(FaqFile(topic=topic, entries=new))
        parts = {name: getattr(self, name) for name in type(self).model_fields}
        return Content.model_construct(**{**parts, "faq": tuple(files), "taught": taught})

    def in_topic(self, topic: str) -> list[FaqEntry]:
        """Return the entries of one topic; empty when there is no such topic."""
        return [entry for file in self.faq if file.topic == topic for entry in file.entries]
