"""The chore behind announcements: carries out what is due and keeps the coordinators told.

It runs every second and does nothing unless something is under way. The author, and whoever
agreed, get a message with a bar that is edited in place every few seconds, and a report at rest.
"""

from datetime import datetime, timedelta

from bot.announcements import lifecycle, recipients, sending
from bot.announcements.recipients import Progress
from bot.announcements.tables import Broadcast
from bot.content.base import Tongue
from bot.database import Database, Session
from bot.people.staff import coordinators_of
from bot.queues import outbox
from bot.queues.messages import Edit
from bot.queues.outbox import Lane
from bot.queues.tables import OutboxState
from bot.screens.screen import Screen
from bot.screens.voice import Voice
from bot.timekeeper import Wake
from bot.turn import Services, tell, voice_of
from handlers.announcements.screens import board_screen, grown_screen
from handlers.feature import Duty

EVERY = timedelta(seconds=1)
BOARD_EVERY = timedelta(seconds=3)
# So few looks at the progress say that it took a moment.
AT_ONCE = 3


class Announcer:
    """Carries out every announcement that is under way, one step at a time."""

    def __init__(self, services: Services, database: Database, wake: Wake) -> None:
        self._services = services
        self._database = database
        self._wake = wake
        self._voices: dict[Tongue, Voice] = {
            "km": services.voice("km"),
            "en": services.voice("en"),
        }
        rate = services.settings.messages_per_second
        self._ahead = max(sending.LEAST_AHEAD, int(sending.AHEAD_SECONDS * rate))
        # announcement -> when its boards were last edited, and to what
        self._boards: dict[int, tuple[datetime, str]] = {}

    async def run(self) -> None:
        """Do the next step of everything that is due."""
        async with self._database.read() as session:
            due = await sending.to_do(session, self._services.clock())
        for broadcast_id in due:
            await self._advance(broadcast_id)

    async def _advance(self, broadcast_id: int) -> None:
        database, now = self._database, self._services.clock()
        staff = await self._start_if_planned(broadcast_id, now)
        while await sending.gather(database, broadcast_id, staff):
            pass
        while await sending.fold(database, broadcast_id, now) == sending.FOLDED_AT_ONCE:
            pass
        await sending.drop_rest(database, broadcast_id, now)
        async with database.read() as session:
            room = self._ahead - await sending.on_the_way(session, broadcast_id)
        while moved := await self._stage_next(broadcast_id, now, room):
            room -= moved
            self._wake()
        await self._conclude(broadcast_id, now)

    async def _stage_next(self, broadcast_id: int, now: datetime, room: int) -> int:
        """Stage the next batch, corrections before first messages; return how many rows moved."""
        moved = await sending.mend(self._database, broadcast_id, self._voices, now, room)
        zone = self._services.settings.zone
        return moved or await sending.feed(
            self._database, broadcast_id, self._voices, zone, now, room
        )

    async def _start_if_planned(self, broadcast_id: int, now: datetime) -> tuple[int, ...]:
        """Start what was planned for now; return the coordinators of this moment."""
        settings = self._services.settings
        async with self._database.read() as session:
            staff = await coordinators_of(session, settings.coordinator_ids)
            if (await session.get_one(Broadcast, broadcast_id)).state != "scheduled":
                return staff
        async with self._database.write() as session:
            broadcast = await session.get_one(Broadcast, broadcast_id)
            limit = settings.announce_approval_above
            if await lifecycle.start_planned(session, broadcast, staff, now, limit):
                await self._tell_of_growth(session, broadcast, staff, now)
        return staff

    async def _tell_of_growth(
        self, session: Session, broadcast: Broadcast, staff: tuple[int, ...], now: datetime
    ) -> None:
        for person_id in staff:
            voice = await voice_of(session, self._services, person_id)
            shown = grown_screen(voice, broadcast, own=person_id == broadcast.author_id)
            key = f"broadcast:{broadcast.id}:grown:{broadcast.version}:{person_id}"
            await tell(session, person_id, shown, key, now)
        self._wake()

    async def _conclude(self, broadcast_id: int, now: datetime) -> None:
        """Count, move on what is finished, and show how it stands."""
        async with self._database.read() as session:
            broadcast = await session.get_one(Broadcast, broadcast_id)
            counts = await recipients.tally(session, broadcast)
        shown_at, shown = self._boards.get(broadcast_id, (None, ""))
        early = shown_at is not None and timedelta(0) <= now - shown_at < BOARD_EVERY
        if early and not sending.at_rest(broadcast, counts):
            return
        async with self._database.write() as session:
            broadcast = await session.get_one(Broadcast, broadcast_id)
            counts = await recipients.tally(session, broadcast)
            if broadcast.measured_from_utc is None:
                broadcast.measured_from_utc, broadcast.measured_from = now, counts.ended
            rests = sending.conclude(broadcast, counts, now)
            text = await self._show(session, broadcast, counts, now, shown, rests=rests)
        if rests:
            self._boards.pop(broadcast_id, None)
        else:
            self._boards[broadcast_id] = now, text
        self._wake()

    async def _show(
        self, session: Session, broadcast: Broadcast, counts: Progress, now: datetime,
        before: str, *, rests: bool,
    ) -> str:  # fmt: skip
        """Send or edit the boards, and report at rest; return what they say."""
        speed = self._services.settings.messages_per_second
        seconds = recipients.seconds_to_go(broadcast, counts, now, speed)
        text = ""
        watchers = dict.fromkeys((broadcast.author_id, broadcast.approved_by))
        broadcast.board_edits += 1
        for person_id in (w for w in watchers if w is not None):
            voice = await voice_of(session, self._services, person_id)
            board = board_screen(voice, broadcast, counts, seconds)
            text += board.text
            if board.text not in before:
                await self._show_board(session, broadcast, person_id, board, now, last=rests)
            # A report tells her telephone that it is over; what took a moment needs none.
            at_once = broadcast.board_edits <= AT_ONCE and not counts.mends
            if rests and broadcast.state != "paused" and not at_once:
                key = f"broadcast:{broadcast.id}:report:{broadcast.state}:{broadcast.version}"
                await tell(session, person_id, board, f"{key}:{person_id}", now)
        return text

    async def _show_board(
        self, session: Session, broadcast: Broadcast, person_id: int, board: Screen,
        now: datetime, *, last: bool,
    ) -> None:  # fmt: skip
        """Send the message with the bar, or edit it unless the edit before is not through yet."""
        key = f"broadcast:{broadcast.id}:board:{person_id}"
        state, message_id = await outbox.outcome(session, key)
        if state is None:
            await tell(session, person_id, board, key, now)
            return
        waits, _ = await outbox.outcome(session, f"{key}:{broadcast.board_edits - 1}")
        if message_id is None or (waits is OutboxState.WAITING and not last):
            return
        edit = Edit(message_id, board.text, board.rows)
        await outbox.stage(
            session, edit, to=person_id, key=f"{key}:{broadcast.board_edits}", lane=Lane.NOTE,
            now=now,
        )  # fmt: skip


DUTIES = (Duty("send announcements", EVERY, Announcer),)
