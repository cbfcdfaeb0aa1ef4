"""Every button that anybody is shown leads somewhere, in both languages.

Each button is pressed once, in the state in which it was shown: what a press changes is taken
back, and played again only for the buttons that came with the change. Of what somebody before her
was shown as well, such as the pages of the library, each is tried with a few of each kind only.
"""

import asyncio
import re
import shutil
from collections import Counter, deque
from collections.abc import Iterable, Set
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import product
from pathlib import Path

import pytest

from bot.answering.answerer import Answerer
from bot.content import Content
from bot.content.base import Tongue
from bot.settings import url_of
from handlers.doors import HOME
from tests.chat import Chat
from tests.handlers import scenes
from tests.rehearsal import COMMANDS, Rehearsal, Tried, rehearsal
from tests.stage import (
    ENGLISH_STUDENT,
    FIRST_COORDINATOR,
    GUARDIAN,
    MENTOR,
    STUDENT,
    Stage,
    started,
)

WAITING, APPLYING, SUSPENDED, BUSY, OFFERED, ENDED, REPORTED, READY = range(5001, 5009)
ROLES = {
    "a student": STUDENT,
    "a student in a talk": ENGLISH_STUDENT,
    "a student whose request waits": WAITING,
    "a student whose mentor is asked": OFFERED,
    "a student whose mentor is ready": READY,
    "a student whose talk is over": ENDED,
    "a student who reported": REPORTED,
    "a mentor": MENTOR,
    "a mentor with reports": BUSY,
    "a mentor who has applied": APPLYING,
    "a mentor who is suspended": SUSPENDED,
    "a guardian": GUARDIAN,
    "a coordinator": FIRST_COORDINATOR,
}
LINKS = ("/start faq_what-is-ai", "/start career_nurse", "/start guardian_old", "/start join_old")
# To choose from on one screen of a phone.
MOST_BUTTONS = 8
TONGUES: tuple[Tongue, ...] = ("km", "en")
# So many buttons of a kind that others were shown before are pressed again.
KNOWN_AGAIN = 2
# Choices that are combined, such as the filters of a list, have no end: so many of each kind.
MOST_OF_A_KIND = 6


@dataclass(frozen=True)
class Village:
    """A database in which every list has something, and what everybody has been shown."""

    file: Path
    now: datetime
    shown: dict[int, set[str]]


async def _mentoring(stage: Stage, bopha: Chat, nary: Chat) -> None:
    """Fill the mentors' desk: a mentor in each state, an introduction in each."""
    people = scenes.mentoring(stage)
    busy = stage.enters(BUSY, "Dara", "en")
    suspended = stage.enters(SUSPENDED, "Lina", "en")
    await scenes.becomes_mentor(busy, bopha, nary, "Dara")
    await scenes.becomes_mentor(suspended, bopha, nary, "Lina")
    await scenes.applies(stage.enters(APPLYING, "Kunthea", "en"), "Kunthea")
    await nary.forge("vet:list")
    await nary.tap_words("Lina")
    await nary.tap("vet.suspend")
    await nary.tap("vet.suspend_yes")

    async def approved() -> None:
        await nary.tap("news.look")
        await nary.tap("over.approve")

    async def asks(girl_id: int, mentor: str, age: str = "adult") -> Chat:
        girl = stage.enters(girl_id, language="en")
        await scenes.asks_for(girl, mentor, age=age)
        return girl

    # A talk that goes on, with a message that waits to be read; her guardian agreed.
    await scenes.talking(people)
    await people.sophea.send("Welcome! What do you like best?")
    await people.sophea.send("I can lend you 20$ for the book")
    over = await asks(ENDED, "Dara")
    await approved()
    await busy.tap("offer.accept")
    await over.tap("intro.begin")
    await over.send("/mentor")
    await over.tap("talk.end")
    await over.tap("talk.end_yes")
    reporter = await asks(REPORTED, "Dara")
    await approved()
    await busy.tap("offer.accept")
    await reporter.tap("intro.begin")
    await reporter.send("/mentor")
    await reporter.tap("talk.report")
    await asks(READY, "Dara")
    await approved()
    await busy.tap("offer.accept")
    await asks(WAITING, "Sophea", "minor")
    await asks(OFFERED, "Sophea")
    await approved()


async def _events(stage: Stage, nary: Chat) -> None:
    """Publish an event that repeats and one that is full, leave a draft, follow a calendar."""
    day = f"{stage.now.astimezone(stage.services.settings.zone) + timedelta(days=2):%d/%m/%Y}"
    for title, more in (("Jobs", "repeat: weekly"), ("Code", "places: 1")):
        await scenes.pastes_event(
            nary, "kind: workshop", "title: ការងារ", f"title: {title}", f"when: {day} 18:00",
            "where: Phnom Penh, Library", "fields: AI and data", "grades: 11, 12", more,
        )  # fmt: skip
        await nary.tap("eventform.publish")
    for girl in (stage.person(STUDENT), stage.person(ENGLISH_STUDENT)):
        await girl.forge("ev:y:1:going")
        await girl.forge("ev:y:2:going")
    await scenes.pastes_event(nary, "kind: talk", f"when: {day} 18:00")
    await stage.strikes_after(days=1, hours=9)


async def _questions(stage: Stage, bopha: Chat) -> None:
    """Ask what nobody knows; answer one, add it, leave another half answered."""
    srey, pov = stage.person(STUDENT), stage.person(ENGLISH_STUDENT)
    for girl in (srey, pov):
        await girl.send(scenes.UNKNOWN)
        await girl.forge("rate:n:what-is-ai:en")
    for words in ("how heavy is a florp?", "can wizards own a comet?"):
        await srey.send(words)
    await stage.passes(6)
    await scenes.opens_question(bopha)
    await bopha.tap("desk.answer")
    await bopha.send("សេះបង្កង់មិនស្ម័គ្រចិត្តទេ។")
    await bopha.send("Zebras do not vote.")
    await bopha.tap("inbox.send")
    await bopha.tap("learn.add")
    await bopha.send("សេះបង្កង់ស្ម័គ្រចិត្តទេ?")
    await bopha.send("Do zebras vote?")
    await scenes.opens_question(bopha, "florp")
    await bopha.tap("desk.answer")
    await bopha.send("គ្មានពណ៌ទេ។")


async def _announcements(stage: Stage, bopha: Chat) -> None:
    """One is sent, one is planned, one is a draft."""
    await scenes.writes_announcement(bopha, "ដំណឹងទីមួយ", "The first news")
    await bopha.tap("cast.check")
    await bopha.tap("cast.now")
    await stage.passes(5)
    await scenes.writes_announcement(bopha, "ដំណឹងទីពីរ", "The second news", "tip")


async def _played(file: Path, template: Path, content: Content, answerer: Answerer) -> Village:
    shutil.copyfile(template, file)
    async with started(
        url_of(file), template, content, answerer, mentor_sample_percent=100, **scenes.ALWAYS_DAY
    ) as stage:
        srey = stage.person(STUDENT)
        bopha, nary = await scenes.at_desk(stage)
        await _mentoring(stage, bopha, nary)
        await _questions(stage, bopha)
        await _events(stage, nary)
        await _announcements(stage, bopha)
        await srey.send("/path")
        await srey.tap("path.start")
        await srey.forge("job:save:nurse:en")
        await scenes.asks_for_a_person(srey)
        await bopha.tap("case.acknowledge")
        await bopha.forge("team:as:full")
        shown = {person_id: stage.person(person_id).was_shown() for person_id in ROLES.values()}
        return Village(file, stage.now, shown)


@pytest.fixture(scope="module")
def village(
    tmp_path_factory: pytest.TempPathFactory, migrated: Path, content: Content, answerer: Answerer
) -> Village:
    """Everybody has done something, and every list has something."""
    file = tmp_path_factory.mktemp("village") / "village.sqlite"
    return asyncio.run(_played(file, migrated, content, answerer))


@dataclass
class Crawl:
    """Presses every button that is shown; `known` ones only a few times of each kind."""

    rehearsal: Rehearsal
    stale: str
    unknown: str
    known: Set[str]
    old: Set[str]  # was shown to her before, and may be out of date
    pressed: set[str] = field(default_factory=set)
    dead: list[str] = field(default_factory=list)
    pressed_of: Counter[str] = field(default_factory=Counter)

    async def everywhere(self, starts: Iterable[str]) -> None:
        """Press everything from these on; what came with a change, after the change."""
        states: deque[tuple[tuple[str, ...], list[str]]] = deque([((), list(starts))])
        while states:
            way, shown = states.popleft()
            fresh = [does for does in shown if self._is_to_do(does)]
            if fresh:
                async with self.rehearsal.taken_back():
                    for does in way:
                        await self.rehearsal.act(does)
                    states.extend(((*way, does), more) for does, more in await self._all(fresh))

    async def _all(self, waiting: list[str]) -> list[tuple[str, list[str]]]:
        """Press what waits and all that leads on to; return what changed something."""
        left, changes = deque(waiting), []
        while left:
            does = left.popleft()
            if not self._is_to_do(does):
                continue
            self._count(does)
            tried = await self._try(does)
            if tried is None:
                continue
            if tried.changed:
                changes.append((does, list(tried.buttons)))
            else:
                left.extend(tried.buttons)
        return changes

    def _is_to_do(self, does: str) -> bool:
        if does in self.pressed:
            return False
        kind, most = self._kind(does)
        return self.pressed_of[kind] < most

    def _count(self, does: str) -> None:
        self.pressed.add(does)
        self.pressed_of[self._kind(does)[0]] += 1

    def _kind(self, does: str) -> tuple[str, int]:
        """Return what it is counted with, and how many of these are pressed."""
        if _in_any_tongue(does) in self.known:
            return f"known {does.partition(':')[0]}", KNOWN_AGAIN
        return ":".join(does.split(":")[:2]), MOST_OF_A_KIND

    async def _try(self, does: str) -> Tried | None:
        try:
            async with self.rehearsal.taken_back():
                tried = await self.rehearsal.act(does)
        except Exception as error:
            self.dead.append(f"{does} fails: {error!r}")
            return None
        told = " ".join(tried.texts)
        stale = tried.toast == self.stale and does not in self.old
        if stale or self.unknown in told:
            self.dead.append(f"{does} leads nowhere")
        elif not (told or tried.toast):
            self.dead.append(f"{does} is not answered")
        for screen in tried.screens:
            if screen.count(HOME()) > 1:
                self.dead.append(f"{does} shows the way home more than once")
        if max(tried.choices, default=0) > MOST_BUTTONS:
            self.dead.append(f"{does} shows more than a phone has room for: {tried.choices}")
        return tried


async def test_every_button_leads_somewhere(
    village: Village, content: Content, answerer: Answerer, tmp_path: Path
) -> None:
    known: set[str] = set()
    dead: list[str] = []
    file = Path(shutil.copy(village.file, tmp_path / "crawl.sqlite"))
    async with started(url_of(file), village.file, content, answerer) as stage:
        stage.now = village.now
        for tongue, (role, person_id) in product(TONGUES, ROLES.items()):
            words, shown = content.locales[tongue], village.shown[person_id]
            async with rehearsal(stage, person_id) as trying:
                await trying.speak(tongue)
                stale, unknown = words["stale.toast"], words["unknown.command"]
                crawl = Crawl(trying, stale, unknown, known, shown)
                commands = [f"/{name}" for name in COMMANDS if _has(name, person_id)]
                await crawl.everywhere([*commands, *LINKS, *sorted(shown)])
            dead += [f"{role}, {tongue}: {what}" for what in crawl.dead]
            known |= {_in_any_tongue(does) for does in crawl.pressed}
    assert not dead, "\n".join(dead)
    assert len(known) > 600, "the crawl has not come far"


def _in_any_tongue(does: str) -> str:
    return re.sub(r":(km|en)$", "", does)


def _has(command: str, person_id: int) -> bool:
    return person_id == FIRST_COORDINATOR or command not in ("desk", "announce")
