"""A turn: one update, one transaction, the replies staged in it.

A handler reads the turn, calls the domain and shows screens. Nothing is sent from here: the
courier delivers what the transaction committed, so a crash between the two loses nothing.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from bot.answering.answerer import Answerer
from bot.answering.targets import remembered
from bot.careers.pathway import Tree
from bot.clock import Clock
from bot.content import Content
from bot.content.base import Tongue
from bot.desk import counters
from bot.desk.places import Place
from bot.incoming import Incoming
from bot.language.detect import Language, tongue_for, written_in
from bot.mentoring import roles
from bot.mentoring.policy import Policy
from bot.people import people
from bot.people.staff import Actor, Role, coordinators_of, helpers_of
from bot.people.tables import Conversation, Person, Phone
from bot.queues import inbox, outbox
from bot.queues.messages import Commands, DeleteMany, Edit, Outgoing, Text
from bot.queues.outbox import Lane
from bot.rights import Seat
from bot.screens.awaited import Awaited
from bot.screens.command_menu import command_menu, commands_of
from bot.screens.parts import parts
from bot.screens.screen import Screen
from bot.screens.taps import Data
from bot.screens.voice import Voice
from bot.settings import Settings

A = TypeVar("A", bound=Awaited)
# (label, data) of buttons, as they are kept
Shown = list[list[str]]


@dataclass
class Services:
    """What every turn may use; a turn has a copy of its own, so nothing changes under its hands.

    Library and answerer are replaced together when coordinators add to the FAQ.
    """

    settings: Settings
    content: Content
    answerer: Answerer
    clock: Clock
    bot_username: str = ""

    @cached_property
    def tree(self) -> Tree:
        """The pathway."""
        return Tree(self.content.nodes)

    @property
    def policy(self) -> Policy:
        """The rules of mentoring, as the settings have them."""
        return Policy.of(self.settings)

    @property
    def case_interval(self) -> timedelta:
        """How long a coordinator has before the next is alerted."""
        return timedelta(minutes=self.settings.case_alert_minutes)

    @property
    def case_patience(self) -> timedelta:
        """How long a girl waits for a word in her case before its coordinator is reminded."""
        return timedelta(minutes=self.settings.case_answer_minutes)

    def tongue(self, code: str | None) -> Tongue:
        """Return the language that was chosen; the base where it is not known."""
        return self.content.tongue(code)

    def voice(self, tongue: str | None, *, adult: bool = False) -> Voice:
        """Return the words of one language; of the base where it is not known."""
        today = self.clock().astimezone(self.settings.zone).date()
        return Voice(self.content, tongue, today, self.bot_username, adult=adult)


@dataclass
class Turn:
    """One update on its way through a handler."""

    services: Services
    session: AsyncSession
    # a number that no other turn has; Telegram's own may come again
    update_id: int
    heard: Incoming
    person: Person
    conversation: Conversation
    new: bool
    coordinators: tuple[int, ...] = ()
    # who else sits at the desk, for a part of the work
    helpers: Mapping[int, Seat] = field(default_factory=dict)
    # the phone, if several use it: whose turn it is there is the person
    phone: Phone | None = None
    toast: str | None = None
    # where a refusal leads: the key of a label and a button's data
    way_back: tuple[str, Data] | None = None
    # who she is to the bot, and so how she is addressed
    role: Role = Role.STUDENT
    # the places of all features on the coordinators' desk, which may not know them itself
    desk_places: tuple[Place, ...] = ()
    # whether a button leads anywhere for her: what is not hers at the desk is not shown
    opens: Callable[[Data], bool] = lambda _: True
    # what stays open of the buttons shown before, when these are shown
    stays_open: Callable[[Shown, Shown], Shown] = lambda _before, _now: []
    # adds to a screen what every one has
    finished: Callable[[Screen], Screen] = lambda screen: screen
    # what home is to whom, where a feature has one for a role
    homes: Mapping[Role, "ShowsHome"] = field(default_factory=dict)
    # what goes above the first screen of the turn, with its buttons below
    aside: Screen | None = None
    # the button that is as good as pressed, where her words ask for a page of the bot
    leads_to: Data | None = None
    _staged: int = field(default=0, repr=False)
    # how much of it stays, whatever is refused
    _stays: int = field(default=0, repr=False)
    # what was written down of what happened
    tallied: tuple[tuple[str, str], ...] = ()
    _counted: list[tuple[str, str]] = field(default_factory=list, repr=False)
    _counted_stays: int = field(default=0, repr=False)
    # what was awaited until she left it in this turn
    left: dict[str, Any] | None = None
    # what she wrote before, to be taken as the answer to what is awaited
    again: str | None = None
    # whether she has left what was awaited, come what may
    _left: bool = field(default=False, repr=False)

    @cached_property
    def now(self) -> datetime:
        """The time of the turn, in UTC: one time, from its first use to its end."""
        return self.services.clock()

    @property
    def received(self) -> datetime:
        """When the update came in, to the second: it may have waited long for its turn."""
        return inbox.received_at(self.update_id)

    @property
    def today(self) -> date:
        """The day of the turn, where the bot is at home."""
        return self.now.astimezone(self.services.settings.zone).date()

    @property
    def actor(self) -> Actor:
        """Who acts in this turn, for the domain."""
        return Actor(
            self.session, self.person.id, self.coordinators, self.now, helpers=self.helpers,
            grown_up=self.role.is_adult,
        )  # fmt: skip

    @property
    def grade(self) -> str | None:
        """Her grade of this school year, if she told it."""
        return people.grade_of(self.person, self.today)

    def becomes(self, person: Person, conversation: Conversation) -> None:
        """Go on as another: on a phone that several use she has just said that she is here."""
        self.person, self.conversation = person, conversation

    def expect(self, awaited: Awaited | None) -> None:
        """Say what her next text answers; None for nothing in particular.

        Who says None before something is refused leaves what was awaited all the same.
        """
        if awaited is None and not self._left:
            self._left, self.left = True, self.conversation.awaiting
        self.conversation.awaiting = None if awaited is None else awaited.stored()

    def resume(self) -> None:
        """Await again what she has left in this turn: she was asked something beside it."""
        self.conversation.awaiting, self._left = self.left, False

    def take_up(self, text: str) -> None:
        """Await again what she has left in this turn, with `text` as the answer to it."""
        self.resume()
        self.again = text

    def expected(self, kind: type[A]) -> A | None:
        """Return what her next text answers, when it is of this kind."""
        return kind.read(self.conversation.awaiting)

    def about(self, key: str, aspect: str | None = None) -> None:
        """Say what was shown, and which aspect of it: what she writes next may be about it."""
        self.conversation.last_entry = remembered(key, aspect)
        self.conversation.last_entry_at_utc = self.now

    def keep(self) -> None:
        """Say that what was shown so far stays, whatever is refused after it."""
        if self._staged != self._stays:
            # It stands above what stays, and is not shown twice.
            self.aside = None
        self._stays = self._staged
        self._counted_stays = len(self._counted)

    async def undo(self) -> None:
        """Begin again after the savepoint of the turn was rolled back.

        What was awaited is awaited still, so that she may write again, unless it was left: by a
        tap, by a command, or by a handler for which there is nothing to write again.
        """
        await self.session.refresh(self.person)
        await self.session.refresh(self.conversation)
        if self.phone is not None:
            await self.session.refresh(self.phone)
        self._staged, self.toast = self._stays, None
        del self._counted[self._counted_stays :]
        if self._left:
            self.expect(None)

    def count(self, kind: str, *keys: str) -> None:
        """Count what happened (`bot/desk/counters.py`); nothing is counted that is refused."""
        self._counted += [(kind, key) for key in keys]

    async def tally(self) -> None:
        """Write down what was counted, in the transaction in which it happened."""
        await counters.count_all(self.session, self.today, self._counted)
        self.tallied, self._counted = tuple(self._counted), []

    @property
    def tongue(self) -> Tongue:
        """The language of her menus."""
        return self.services.tongue(self.person.language)

    def language_of(self, text: str) -> Language:
        """Return how she wrote something; as her menus speak, where it does not tell."""
        return self.services.answerer.language(text, written_in(self.tongue))

    def voice_for(self, text: str) -> Voice:
        """Return the words in which to answer what she wrote."""
        tongue = tongue_for(self.language_of(text), self.tongue)
        return self.services.voice(tongue, adult=self.role.is_adult)

    @property
    def voice(self) -> Voice:
        """The words of her menus."""
        return self.services.voice(self.tongue, adult=self.role.is_adult)

    @property
    def is_coordinator(self) -> bool:
        """Whether she sits at the desk, for all of it or a part; the domain asks again."""
        return self.actor.seat is not None

    async def show(self, screen: Screen, *, new_message: bool = False, key: str = "turn") -> None:
        """Stage a screen: in place of the message whose button was tapped, else as a new one.

        By its `key` it can be found again and taken back, where it shows somebody's words.
        """
        if self.aside is not None and self._staged == self._stays:
            screen = screen.below(self.aside)
        screen = self.finished(screen.only(self.opens))
        remember = [[b.label, b.pressed] for row in screen.rows for b in row]
        if remember:
            open_still = self.stays_open(self.conversation.buttons, remember)
            self.conversation.buttons = [*remember, *open_still]
        in_place = self.heard.kind == "button" and not new_message and self._staged == 0
        # An edit notifies nobody: nothing has to stand before what is to be read.
        texts = parts(screen.text if in_place else screen.words)
        for place, words in enumerate(texts):
            rows = screen.rows if place == len(texts) - 1 else ()
            if in_place and place == 0 and self.heard.message_id is not None:
                await self.send(Edit(self.heard.message_id, words, rows), key)
            else:
                await self.send(Text(words, rows), key)

    async def voice_of(self, person_id: int) -> Voice:
        """Return the words of somebody else's menus; the base for one who never wrote."""
        return await voice_of(self.session, self.services, person_id)

    async def send(self, message: Outgoing, key: str = "turn") -> None:
        """Stage a message to her; for one that is no screen, such as a picture or a file."""
        await outbox.stage(
            self.session, message, to=self.person.id, lane=Lane.REPLY, now=self.now,
            key=f"{key}:{self.update_id}:{self._staged}",
        )  # fmt: skip
        self._staged += 1

    async def take_out_heard(self) -> None:
        """Take out of the chat what she has just written, which is to stand nowhere."""
        if self.heard.kind == "text" and self.heard.message_id is not None:
            out = DeleteMany((self.heard.message_id,))
            await outbox.stage(
                self.session, out, to=self.person.id, lane=Lane.REPLY, now=self.now,
                key=f"out:{self.update_id}",
            )  # fmt: skip

    async def set_commands(self, person_id: int, seat: Seat | None, voice: Voice) -> None:
        """Stage the commands of a person in her language, whatever her telephone is set to."""
        menu = Commands(tuple(command_menu(commands_of(seat), voice)))
        key = f"commands:{self.update_id}:{person_id}"
        await outbox.stage(self.session, menu, to=person_id, key=key, lane=Lane.NOTE, now=self.now)

    async def tell(self, person_id: int, screen: Screen, key: str, lane: Lane = Lane.NOTE) -> None:
        """Stage a screen for somebody else, once for each `key`."""
        await tell(self.session, person_id, screen, key, self.now, lane)


# Home as it is shown to who has a role.
ShowsHome = Callable[[Turn], Awaitable[Screen]]


async def voice_of(session: AsyncSession, services: Services, person_id: int) -> Voice:
    """Return the words of somebody's menus; the base for one who never wrote."""
    person = await session.get(Person, person_id)
    return await voice_to(session, services, person_id, person.language if person else None)


async def voice_to(
    session: AsyncSession, services: Services, person_id: int, tongue: str | None
) -> Voice:
    """Return the words of a language, said to somebody as she is spoken to in her own turns."""
    first = services.settings.coordinator_ids
    staff = await coordinators_of(session, first)
    helpers = await helpers_of(session, first)
    who = await roles.role(Actor(session, person_id, staff, services.clock(), helpers=helpers))
    return services.voice(tongue, adult=who.is_adult)


async def tell(
    session: AsyncSession,
    person_id: int,
    screen: Screen,
    key: str,
    now: datetime,
    lane: Lane = Lane.NOTE,
    *,
    silent: bool = False,
    due: datetime | None = None,
    expires: datetime | None = None,
) -> None:
    """Stage a screen for a person outside of any turn of hers, once for each `key`.

    A long one is several messages; the last has the buttons and the key, so that it is there
    only when all are. `silent` makes no sound on her phone; what is `due` later waits; what has
    not left when it `expires` is dropped.
    """
    texts = parts(screen.words)
    for place, words in enumerate(texts, start=1):
        last = place == len(texts)
        message = Text(words, screen.rows if last else (), silent=silent)
        await outbox.stage(
            session, message, to=person_id, key=key if last else f"{key}:part{place}",
            lane=lane, now=now, due=due, expires=expires,
        )  # fmt: skip
