"""A turn: one update, one transaction, the replies staged in it.

A handler reads the turn, calls the domain and shows screens. Nothing is sent from here: the
courier delivers what the transaction committed, so a crash between the two loses nothing.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property

from sqlalchemy.ext.asyncio import AsyncSession

from bot.answering.answerer import Answerer
from bot.careers.pathway import Tree
from bot.clock import Clock
from bot.content import Content
from bot.content.base import Tongue
from bot.desk import counters
from bot.incoming import Incoming
from bot.language.words import cut
from bot.people.people import tongue_of
from bot.people.staff import Role, role_of
from bot.people.tables import Conversation, Person
from bot.queues import outbox
from bot.queues.messages import Commands, Edit, Outgoing, Text
from bot.queues.outbox import Lane
from bot.safety.watch import DangerWatch
from bot.screens.screen import Html, Screen
from bot.screens.voice import Voice
from bot.settings import Settings

LONGEST_MESSAGE = 4096


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
    # reads a wish to talk with a woman of some field; the same reader as for danger
    wish_for: DangerWatch = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Build what is read from the library and does not change with what is learned."""
        self.wish_for = DangerWatch(self.content.wishes)

    @cached_property
    def tree(self) -> Tree:
        """The pathway."""
        return Tree(self.content.nodes)

    @property
    def case_interval(self) -> timedelta:
        """How long a coordinator has before the next is alerted."""
        return timedelta(minutes=self.settings.case_alert_minutes)

    def voice(self, tongue: Tongue) -> Voice:
        """Return the words of one language."""
        return Voice(self.content.locales, tongue)


@dataclass
class Turn:
    """One update on its way through a handler."""

    services: Services
    session: AsyncSession
    update_id: int
    heard: Incoming
    person: Person
    conversation: Conversation
    new: bool
    coordinators: tuple[int, ...] = ()
    toast: str | None = None
    _staged: int = field(default=0, repr=False)

    @property
    def now(self) -> datetime:
        """The time of the turn, in UTC."""
        return self.services.clock()

    @property
    def at_desk(self) -> tuple[AsyncSession, int, tuple[int, ...]]:
        """What every call for coordinators begins with: the session, who asks, who may."""
        return self.session, self.person.id, self.coordinators

    @property
    def today(self) -> date:
        """The day of the turn, where the bot is at home."""
        return self.now.astimezone(self.services.settings.zone).date()

    async def count(self, kind: str, *keys: str) -> None:
        """Count what happened, in the transaction in which it happens (`bot/desk/counters.py`)."""
        await counters.count(self.session, self.today, kind, keys)

    @property
    def tongue(self) -> Tongue:
        """The language of her menus."""
        return tongue_of(self.person)

    @property
    def voice(self) -> Voice:
        """The words of her menus."""
        return self.services.voice(self.tongue)

    @property
    def is_coordinator(self) -> bool:
        """Whether she may see the desk; the domain asks again."""
        return role_of(self.person.id, self.coordinators) is Role.COORDINATOR

    async def show(self, screen: Screen, *, new_message: bool = False) -> None:
        """Stage a screen: in place of the message whose button was tapped, else as a new one."""
        remember = [[b.label, b.data] for row in screen.rows for b in row]
        if remember:
            self.conversation.buttons = remember
        in_place = self.heard.kind == "button" and not new_message and self._staged == 0
        texts = cut(screen.text, LONGEST_MESSAGE)
        for place, text in enumerate(texts):
            words, rows = Html(text), screen.rows if place == len(texts) - 1 else ()
            if in_place and place == 0 and self.heard.message_id is not None:
                await self.send(Edit(self.heard.message_id, words, rows))
            else:
                await self.send(Text(words, rows, link_preview=False))

    async def voice_of(self, person_id: int) -> Voice:
        """Return the words of somebody else's menus; Khmer for one who never wrote."""
        return await voice_of(self.session, self.services, person_id)

    async def send(self, message: Outgoing) -> None:
        """Stage a message to her; for one that is no screen, such as a picture or a file."""
        key = f"turn:{self.update_id}:{self._staged}"
        await outbox.stage(
            self.session, message, to=self.person.id, key=key, lane=Lane.REPLY, now=self.now
        )
        self._staged += 1

    async def set_commands(self, person_id: int, commands: list[tuple[str, str]] | None) -> None:
        """Stage the menu of commands of a person; None gives her back what everybody has."""
        menu, key = Commands(tuple(commands or ())), f"commands:{self.update_id}:{person_id}"
        await outbox.stage(self.session, menu, to=person_id, key=key, lane=Lane.NOTE, now=self.now)

    async def tell(self, person_id: int, screen: Screen, key: str, lane: Lane = Lane.NOTE) -> None:
        """Stage a screen for somebody else, once for each `key`."""
        await tell(self.session, person_id, screen, key, self.now, lane)


async def voice_of(session: AsyncSession, services: Services, person_id: int) -> Voice:
    """Return the words of somebody's menus; Khmer for one who never wrote."""
    person = await session.get(Person, person_id)
    return services.voice(tongue_of(person) if person else "km")


async def tell(
    session: AsyncSession,
    person_id: int,
    screen: Screen,
    key: str,
    now: datetime,
    lane: Lane = Lane.NOTE,
    *,
    silent: bool = False,
    expires: datetime | None = None,
) -> None:
    """Stage a screen for a person outside of any turn of hers, once for each `key`.

    `silent` makes no sound on her phone; what has not left when it `expires` is dropped.
    """
    message = Text(screen.text, screen.rows, silent=silent)
    await outbox.stage(
        session, message, to=person_id, key=key, lane=lane, now=now, expires=expires
    )
