"""Simulated people in all roles: the opening that gives them something to do, and what they do then.

They choose among what they are shown, as people do, and now and then do something else.
"""

import asyncio
import contextlib
import random
import re
import time

from benchmarks.soak_world import Watch, buttons
from bot.content import Content
from bot.demo.people_api import MEDIA
from bot.demo.telegram_state import Person

COORDINATORS = (3001, 3002)
_FIRST = 10_000
# Of how many people one is a mentor from the beginning, and how many are at most.
_MENTOR_OF, _MOST_MENTORS = 40, 3
PATIENCE_SECONDS = 90.0
# A spinner may stop of itself, when what stops it was lost.
_TAP_PATIENCE_SECONDS, _AFTER_TAP_SECONDS = 10.0, 0.3
# What others did is told within a moment.
_SHOWN_WITHIN_SECONDS = 30.0
_COMMANDS = (
    "/menu", "/path", "/careers", "/ask", "/topics", "/find", "/events", "/mentor", "/family", "/help",
    "/language", "/privacy", "/mydata", "/hide", "/me", "/start",
)  # fmt: skip
_STAFF = ("/desk", "/desk", "/announce")
# What the bot may be waiting for.
_TYPED = (
    "Sophea", "ស្រីមុំ", "12", "2", "I build apps for hospitals and learned to code at 19.",
    "How did you learn to code without a computer?", "folder 3, seen today", "ដំណឹងថ្មី", "The news of the week",
    "my father hits me every night", "call me at 012 345 678", "ok", "👍", "<b>&amp;", "x" * 900,
    "kind: workshop\ntitle: ការងារ\ntitle: Jobs\nwhen: 24/12/2026 18:00\nwhere: Phnom Penh, Library\nplaces: 2",
)  # fmt: skip
_STORY, _HOPE = _TYPED[4], _TYPED[5]


class Crowd:
    """Everybody, and what each of them does next."""

    def __init__(self, watch: Watch, content: Content, texts: list[str], seed: int) -> None:
        self._watch, self._world = watch, watch.telegram
        self._content, self._texts = content, texts
        self._chance = random.Random(seed)
        self.acts = 0
        self.late = 0
        self._idle: list[int] = []
        self._silent: set[int] = set()

    def enters(self, number: int) -> None:
        """Let so many people have a chat with the bot, and two coordinators."""
        chance = self._chance
        for person_id in (*COORDINATORS, *range(_FIRST, _FIRST + number)):
            role = "coordinator" if person_id in COORDINATORS else "student"
            language = chance.choice(("km", "en")) if role == "student" else "en"
            self._world.people[person_id] = Person(person_id, "P", role, language)
        self._idle = list(self._world.people)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._world.people)

    # One thing that somebody does

    async def does(self, person: Person, body: dict[str, object]) -> None:
        """Let somebody send something, and wait until the bot does something in her chat."""
        self.acts += 1
        heard = self._watch.acts(person)
        self._world.says(person, body)
        try:
            await asyncio.wait_for(heard, PATIENCE_SECONDS)
        except TimeoutError:
            # She waits on: what is never answered is seen at the end.
            self.late += 1
            self._silent.add(person.id)

    async def taps(self, person: Person, message: dict[str, object], data: str) -> None:
        """Let somebody tap a button: it is done when its spinner stops, whatever it changes."""
        self.acts += 1
        heard = self._watch.acts(person)
        query_id = self._world.taps(person, message, data)
        end = time.monotonic() + _TAP_PATIENCE_SECONDS
        while query_id not in self._world.toasts and time.monotonic() < end:
            await asyncio.sleep(0.01)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(heard, _AFTER_TAP_SECONDS)
        self._watch.lets_go(person)

    async def somebody_acts(self) -> None:
        """Let somebody who waits for nothing do the next thing."""
        place = self._chance.randrange(len(self._idle))
        self._idle[place], self._idle[-1] = self._idle[-1], self._idle[place]
        person = self._world.people[self._idle.pop()]
        try:
            await self._next(person)
        finally:
            if person.id not in self._silent:
                self._idle.append(person.id)

    async def _next(self, person: Person) -> None:
        chance, chat = self._chance, self._world.chats[person.id]
        if person.blocked or chance.random() < 0.004:
            self.acts += 1
            self._watch.lets_go(person)
            self._world.blocks(person, not person.blocked)
            return
        shown = buttons(chat)
        dice = chance.random()
        if shown and dice < 0.45:
            await self.taps(person, *chance.choice(shown))
        elif dice < 0.75:
            await self.does(person, {"text": chance.choice(self._texts)})
        elif dice < 0.87:
            commands = (*_COMMANDS, *_STAFF * 3) if person.role == "coordinator" else _COMMANDS
            await self.does(person, {"text": chance.choice(commands)})
        elif dice < 0.955:
            await self.does(person, {"text": chance.choice(_TYPED)})
        elif dice < 0.98:
            await self.does(person, dict(MEDIA[chance.choice(sorted(MEDIA))]))
        elif dice < 0.985:
            await self._writes_fast(person)
        elif dice < 0.992:
            await self._forgets(person)
        else:
            self.acts += 1
            self._world.searches(person, chance.choice(self._texts)[:40])

    async def _writes_fast(self, person: Person) -> None:
        """Somebody sends several things before she is answered."""
        self.acts += 2
        # Each another: the same answer twice is not said again without a reason.
        *first, last = self._chance.sample(_COMMANDS, 3)
        for text in first:
            self._world.says(person, {"text": text})
        await self.does(person, {"text": last})

    async def _forgets(self, person: Person) -> None:
        """Somebody erases herself; coordinators stay, or nobody would be at the desk."""
        await self.does(person, {"text": "/privacy"})
        if person.role != "coordinator":
            await self._tap(person, "data.erase")
            await self._tap(person, "data.erase_yes")

    # The opening

    async def _tap(self, person: Person, key: str) -> None:
        """Tap the newest button with the words of a key, once it is there, if it ever is."""
        patterns = [self._pattern(tongue, key) for tongue in self._content.locales]
        end = time.monotonic() + _SHOWN_WITHIN_SECONDS
        while (found := self._newest(person, patterns)) is None and time.monotonic() < end:
            await asyncio.sleep(0.02)
        if found is not None:
            await self.taps(person, *found)

    def _newest(
        self, person: Person, patterns: list[re.Pattern[str]]
    ) -> tuple[dict[str, object], str] | None:
        for message in reversed(self._world.chats[person.id]):
            for row in message.get("reply_markup", {}).get("inline_keyboard", []):
                for button in row:
                    shown = any(pattern.fullmatch(button["text"]) for pattern in patterns)
                    if shown and "callback_data" in button:
                        return message, button["callback_data"]
        return None

    def _pattern(self, tongue: str, key: str) -> re.Pattern[str]:
        words = re.split(r"\{[^}]*\}", self._content.locales[tongue][key])
        return re.compile(r"(?:\W+ )?" + ".*?".join(map(re.escape, words)) + r"(?: .*)?")

    async def _data(self, person: Person, data: str) -> None:
        """Send the data of a button of the newest screen."""
        chat = self._world.chats[person.id]
        message = next((one for one in reversed(chat) if one["from"]["is_bot"]), None)
        if message is not None:
            await self.taps(person, message, data)

    async def _plays(self, person: Person, *steps: str) -> None:
        """Play steps: “#key” taps its words, “>data” sends data, all else is written."""
        for step in steps:
            if step.startswith("#"):
                await self._tap(person, step[1:])
            elif step.startswith(">"):
                await self._data(person, step[1:])
            else:
                await self.does(person, {"text": step})

    async def opens(self) -> None:
        """Give everybody something to do: talks, an event, an announcement, calls for help."""
        bopha, nary = (self._world.people[one] for one in COORDINATORS)
        await self._plays(bopha, "/desk")
        await self._plays(nary, "/desk")
        others = [one for one in self._world.people.values() if one.role == "student"]
        pairs = min(_MOST_MENTORS, max(1, len(others) // _MENTOR_OF))
        for number in range(1, pairs + 1):
            mentor, girl, mother = others[3 * number - 3 : 3 * number]
            await self._talk(number, mentor, girl, mother)
        await self._plays(
            bopha, "/desk", "#desk.events", "#eventdesk.paste", _TYPED[-1], "#eventform.publish"
        )
        await self._plays(
            bopha, "/announce", "#cast.new", ">cast:kind:announcement", "ដំណឹងទីមួយ",
            "The first news", "#cast.check", "#cast.now",
        )  # fmt: skip
        await self._plays(others[1], "my father hits me every night", ">care:person")

    async def _talk(self, number: int, mentor: Person, girl: Person, mother: Person) -> None:
        """A mentor applies and is signed for by two, a girl asks for her, her guardian agrees."""
        bopha, nary = (self._world.people[one] for one in COORDINATORS)
        name = f"Sophea{chr(64 + number)}"
        await self._plays(
            mentor, "/mentor", "#intro.volunteer", name, ">ment:field:software", "#languages.both",
            ">ment:set:province:phnom-penh", "#hours.evenings", ">ment:set:places:2", _STORY,
            *["#mentor.i_accept"] * 8, "#mentor.send_form",
        )  # fmt: skip
        await self._plays(bopha, "#news.look", "#vet.checklist")
        for check in ("identity", "references", "interview", "training", "police"):
            await self._plays(bopha, f"#check.{check}", "folder 3, seen today")
        await self._plays(nary, "#news.look", "#vet.approve")
        await self._plays(girl, "/mentor", "#intro.start", "#age.minor", ">intro:field:software")
        await self._tap_words(girl, name)
        await self._plays(girl, "Pov", _HOPE, "#intro.agree")
        if (link := await self._link(girl)) is not None:
            await self._plays(mother, f"/start {link}", "#guardian.agree")
        await self._plays(nary, "/desk", ">over:list:0", f">over:intro:{number}", "#over.approve")
        await self._plays(mentor, "#offer.accept")
        await self._plays(girl, "#intro.begin")
        await self._plays(mentor, f">talk:write:{number}", "Welcome! What do you like best?")

    async def _link(self, girl: Person) -> str | None:
        """Return what the link carries that a girl is to give to her guardian, once it is there."""
        end = time.monotonic() + _SHOWN_WITHIN_SECONDS
        while time.monotonic() < end:
            told = str(self._world.chats[girl.id])
            if found := re.search(r"start(?:=|%3D)(guardian_[\w-]+)", told):
                return found[1]
            await asyncio.sleep(0.02)
        return None

    async def _tap_words(self, person: Person, words: str) -> None:
        for message, data in reversed(buttons(self._world.chats[person.id])):
            rows = message["reply_markup"]["inline_keyboard"]
            if any(
                words in b["text"] and b.get("callback_data") == data for row in rows for b in row
            ):
                await self.taps(person, message, data)
                return
