"""A third language is a folder of words and no code: made up here, added to a copy, spoken."""

import re
import shutil
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import yaml

import handlers
from bot.answering.answerer import build_answerer
from bot.content import Content, ContentError, load_content
from bot.database import Database
from bot.editing.check import read_through
from bot.editing.check_tongues import lacking
from bot.incoming import Incoming
from bot.people import people
from bot.screens.screen import Screen
from bot.screens.voice import Voice
from bot.settings import CONTENT, Settings
from bot.turn import Services, Turn

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 30)
GIRL = 1001
TRANSLATED, UNTRANSLATED = "girls-study-too-high", "brother-first"
ABOUT_HERSELF = """
name: Xish
locale: vi
digits: "abcdefghij"
telephones: [xx]
"""


def _in_xish(words: str) -> str:
    return f"[xx] {words}"


def _translate_home(root: Path) -> None:
    """Translate one file of the menus, except for the way to the second page."""
    folder = root / "locales" / "xx"
    folder.mkdir()
    (folder / "tongue.yaml").write_text(ABOUT_HERSELF, encoding="utf-8")
    english = yaml.safe_load((root / "locales/en/home.yaml").read_text(encoding="utf-8"))
    xish = {
        "texts": {key: _in_xish(words) for key, words in english["texts"].items()},
        "buttons": {
            key: _in_xish(words)[:30]
            for key, words in english["buttons"].items()
            if "{" not in words and key != "home.more"
        },
    }
    (folder / "home.yaml").write_text(yaml.safe_dump(xish), encoding="utf-8")


def _translate_an_answer(root: Path) -> None:
    path = root / "faq" / "family.yaml"
    written = yaml.safe_load(path.read_text(encoding="utf-8"))
    entry = next(entry for entry in written["entries"] if entry["id"] == TRANSLATED)
    entry["question"]["xx"] = "[xx] Zork plim girls vonk?"
    entry["answer"]["xx"] = "[xx] Girls vonk zork."
    path.write_text(yaml.safe_dump(written, allow_unicode=True), encoding="utf-8")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The content that ships, with some Xish in it."""
    copy = Path(shutil.copytree(CONTENT, tmp_path_factory.mktemp("third") / "content"))
    _translate_home(copy)
    _translate_an_answer(copy)
    return copy


@pytest.fixture(scope="module")
def services(root: Path) -> Services:
    content = load_content(root)
    settings = Settings(coordinator_ids=(3001,), _env_file=None)
    return Services(settings, content, build_answerer(content), lambda: NOW, "bong_srey_bot")


@dataclass
class _Shown(Turn):
    """A turn of which the test sees the screens."""

    screens: list[Screen] = field(default_factory=list)

    async def show(self, screen: Screen, *, new_message: bool = False, key: str = "turn") -> None:
        self.screens.append(screen)
        await super().show(screen, new_message=new_message, key=key)


class Chat:
    """A girl's conversation with the bot, in this process."""

    def __init__(self, database: Database, services: Services, telephone: str) -> None:
        self._database, self._services, self._telephone = database, services, telephone
        self._updates = 0
        self.screen = Screen(text="")  # type: ignore[arg-type]

    async def send(self, text: str) -> str:
        """Write to the bot; return what it says."""
        return await self._take(Incoming("text", GIRL, self._telephone, text))

    async def tap(self, label: str) -> str:
        """Tap a button of the last screen; return what the bot says."""
        data = next(b.data for row in self.screen.rows for b in row if b.label == label)
        return await self._take(Incoming("button", GIRL, data=data, message_id=self._updates))

    def labels(self) -> list[str]:
        """Return what the buttons of the last screen say."""
        return [button.label for row in self.screen.rows for button in row]

    async def _take(self, heard: Incoming) -> str:
        self._updates += 1
        async with self._database.write() as session:
            tongue = self._services.content.tongue_of_telephone(heard.language_code)
            person, conversation, new = await people.meet(session, GIRL, tongue, NOW)
            turn = _Shown(self._services, session, self._updates, heard, person, conversation, new)
            await handlers.take(turn)
        self.screen = turn.screens[-1]
        return "\n".join(screen.text for screen in turn.screens)


@pytest.fixture
def chat(database: Database, services: Services) -> Chat:
    return Chat(database, services, "km")


async def test_who_chooses_it_is_spoken_to_in_it(chat: Chat) -> None:
    welcome = await chat.send("/start")
    assert "[xx] <b>Hello!" in welcome
    assert chat.labels() == ["ខ្មែរ", "English", "Xish"]
    assert "[xx] <b>Which grade are you in?" in await chat.tap("Xish")
    assert "[xx] ⏭ Skip" in chat.labels()
    assert "[xx] <b>What would you like to know?" in await chat.send("/menu")
    assert "[xx] 🛟 I need help" in chat.labels()


async def test_what_has_no_words_in_it_is_said_in_the_base_language(
    chat: Chat, services: Services
) -> None:
    await chat.send("/start")
    await chat.tap("Xish")
    await chat.send("/menu")
    khmer = services.voice("km")
    assert khmer.label("home.more") in chat.labels()
    assert await chat.send("/ask") == khmer.say("ask.invite")


@pytest.mark.parametrize("asked_in", ["xx", "en", "km"])
async def test_a_question_is_answered_in_it_however_it_was_asked(
    chat: Chat, services: Services, asked_in: str
) -> None:
    await chat.send("/start")
    await chat.tap("Xish")
    entry = services.content.entries[TRANSLATED]
    answer = await chat.send(entry.question.get(asked_in))
    assert "[xx] Girls vonk zork." in answer
    untranslated = services.content.entries[UNTRANSLATED]
    first_line = untranslated.answer.get("km").splitlines()[0]
    assert first_line in await chat.send(untranslated.question.get("en"))


async def test_who_reads_khmer_or_english_is_still_answered_as_she_asks(
    chat: Chat, services: Services
) -> None:
    await chat.send("/start")
    await chat.tap("ខ្មែរ")
    entry = services.content.entries[TRANSLATED]
    assert entry.answer.get("en").splitlines()[0] in await chat.send(entry.question.get("en"))


async def test_a_telephone_set_to_it_starts_in_it(database: Database, services: Services) -> None:
    chat = Chat(database, services, "xx-XX")
    assert "[xx] I do not know that command" in await chat.send("/nonsense")


def test_its_numbers_and_dates_are_its_own(services: Services) -> None:
    voice = services.voice("xx")
    assert voice.number(2026) == "cacg"
    assert voice.day(date(2026, 11, 29)) == "cj tháng bb cacg"


def test_a_language_that_is_gone_speaks_the_base(services: Services) -> None:
    assert services.tongue("yy") == services.tongue(None) == "km"
    assert Voice(services.content, "yy").label("back.home") == "🏠 ទំព័រដើម"


def test_the_check_names_what_is_missing_and_finds_no_fault(root: Path) -> None:
    content = load_content(root)
    assert read_through(content, TODAY, root) == []
    (line,) = lacking(content)
    missing, of = map(int, re.findall(r"(\d+) of (\d+) texts", line)[0])
    assert 0 < missing < of
    assert line.startswith("Xish: ")
    for file in ("locales/xx/ ", "faq/*.yaml ", "careers/*.yaml ", "topics.yaml "):
        assert file in line


def test_words_that_are_there_must_be_right(root: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(root, tmp_path / "content"))
    with (copy / "locales/xx/home.yaml").open("a", encoding="utf-8") as file:
        file.write("  home.moer: zork\n")
    said = (copy / "topics.yaml").read_text(encoding="utf-8")
    (copy / "topics.yaml").write_text(said.replace("en: ", "xy: zork, en: ", 1), encoding="utf-8")
    problems = read_through(load_content(copy), TODAY, copy)
    assert any("home.moer" in problem for problem in problems)
    assert any("“xy”" in problem for problem in problems)


def test_once_it_must_be_complete_every_missing_word_is_refused(
    root: Path, tmp_path: Path
) -> None:
    copy = Path(shutil.copytree(root, tmp_path / "content"))
    with (copy / "locales/xx/tongue.yaml").open("a", encoding="utf-8") as file:
        file.write("complete: true\n")
    with pytest.raises(ContentError, match=f"“{UNTRANSLATED}”.*xx is missing: translate it"):
        load_content(copy)


def test_the_content_that_ships_lacks_nothing(content: Content) -> None:
    assert list(lacking(content)) == []
