"""The chore behind announcements: carries out what is due and keeps the coordinators told.

It runs every second and does nothing unless something is under way. The author, and whoever
agreed, get a message with a bar that is edited in place every few seconds, and a report at rest,
as long as they sit at the desk.
"""

from datetime import datetime, timedelta

from bot.announcements import lifecycle, recipients, sending, series
from bot.announcements.lifecycle import Announcement
from bot.announcements.policy import Policy
from bot.announcements.sending import Standing
from bot.announcements.states import State
from bot.database import Database, Session
from bot.people.staff import coordinators_of
from bot.queues import outbox
from bot.queues.messages import Edit
from bot.queues.outbox import Lane
from bot.screens.screen import Screen
from bot.timekeeper import Wake
from bot.turn import Services, tell, voice_of
from handlers.announcements.board import board_screen
from handlers.announcements.screens import grown_screen
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
        self._voices = {tongue: services.voice(tongue) for tongue in services.content.tongues}
        self._policy = Policy.of(services.settings)
        # announcement -> when its boards were last edited, and to what
        self._boards: dict[int, tuple[datetime, str]] = {}
        # announcement -> how it stood when its boards said that nothing may leave
        self._standing_still: dict[int, Standing] = {}

    async def run(self) -> None:
        """Do the next step of everything that is due."""
        async with self._database.read() as session:
            due = await sending.to_do(session, self._services.clock())
        for broadcast_id in due:
            await self._advance(broadcast_id)

    async def _advance(self, broadcast_id: int) -> None:
        database, now = self._database, self._services.clock()
        staff = await self._start_if_planned(broadcast_id, now)
        await self._plan_next(broadcast_id, now)
        while await sending.gather(database, broadcast_id, staff, self._policy.today(now)):
            pass
        while await sending.fold(database, broadcast_id, now) == sending.FOLDED_AT_ONCE:
            pass
        await sending.drop_rest(database, broadcast_id, now)
        async with database.read() as session:
            room = self._policy.ahead - await sending.on_the_way(session, broadcast_id)
        while moved := await self._stage_next(broadcast_id, now, room):
            room -= moved
            self._wake()
        await self._conclude(broadcast_id, now)

    async def _stage_next(self, broadcast_id: int, now: datetime, room: int) -> int:
        """Stage the next batch, corrections before first messages; return how many rows moved."""
        moved = await sending.mend(self._database, broadcast_id, self._voices, now, room)
        return moved or await sending.feed(
            self._database, broadcast_id, self._voices, self._policy, now, room
        )

    async def _start_if_planned(self, broadcast_id: int, now: datetime) -> tuple[int, ...]:
        """Start what was planned for now; return the coordinators of this moment."""
        async with self._database.read() as session:
            staff = await coordinators_of(session, self._services.settings.coordinator_ids)
            if not await lifecycle.is_planned(session, broadcast_id):
                return staff
        async with self._database.write() as session:
            grown = await lifecycle.start_planned(session, broadcast_id, staff, now, self._policy)
            if grown is not None:
                await self._tell_of_growth(session, grown, staff, now)
        return staff

    async def _plan_next(self, broadcast_id: int, now: datetime) -> None:
        """Plan the next of a series as one of it starts."""
        async with self._database.read() as session:
            if not await series.waits_for_next(session, broadcast_id):
                return
        async with self._database.write() as session:
            await series.plan_next(session, broadcast_id, now, self._policy.zone)

    async def _tell_of_growth(
        self, session: Session, broadcast: Announcement, staff: tuple[int, ...], now: datetime
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
            found = await sending.standing(session, broadcast_id)
        shown_at, shown = self._boards.get(broadcast_id, (None, ""))
        early = shown_at is not None and timedelta(0) <= now - shown_at < BOARD_EVERY
        if (early or self._stands_still(found)) and not found.rests:
            return
        async with self._database.write() as session:
            found = await sending.conclude(session, broadcast_id, now)
            text = await self._show(session, found, now, shown)
        if found.rests:
            self._boards.pop(broadcast_id, None)
        else:
            self._boards[broadcast_id] = now, text
        self._wake()

    def _stands_still(self, found: Standing) -> bool:
        """Return whether it is switched off and its boards say so, just as it stands."""
        number = found.announcement.id
        if not found.is_off:
            self._standing_still.pop(number, None)
            return False
        before = self._standing_still.get(number)
        self._standing_still[number] = found
        return before is not None and (
            (before.announcement.state, before.announcement.version, before.counts)
            == (found.announcement.state, found.announcement.version, found.counts)
        )

    async def _show(self, session: Session, found: Standing, now: datetime, before: str) -> str:
        """Send or edit the boards, and report at rest; return what they say."""
        broadcast, counts = found.announcement, found.counts
        seconds = recipients.seconds_to_go(broadcast, counts, now, self._policy)
        text = ""
        # The next of a series keeps its author, who may have left the desk by then.
        staff = await coordinators_of(session, self._services.settings.coordinator_ids)
        watchers = dict.fromkeys((broadcast.author_id, broadcast.approved_by))
        for person_id in (w for w in watchers if w is not None and w in staff):
            voice = await voice_of(session, self._services, person_id)
            board = board_screen(voice, broadcast, counts, seconds, is_off=found.is_off)
            text += board.text
            if board.text not in before:
                await self._show_board(session, broadcast, person_id, board, now, last=found.rests)
            # A report tells her telephone that it is over; what took a moment needs none.
            at_once = broadcast.board_edits <= AT_ONCE and not counts.mends
            if found.rests and broadcast.state is not State.PAUSED and not at_once:
                key = f"broadcast:{broadcast.id}:report:{broadcast.state}:{broadcast.version}"
                await tell(session, person_id, board, f"{key}:{person_id}", now)
        return text

    async def _show_board(
        self, session: Session, broadcast: Announcement, person_id: int, board: Screen,
        now: datetime, *, last: bool,
    ) -> None:  # fmt: skip
        """Send the message with the bar, or edit it unless the edit before is not through yet."""
        key = f"broadcast:{broadcast.id}:board:{person_id}"
        sent = await outbox.outcome(session, key)
        if sent is None:
            await tell(session, person_id, board, key, now)
            return
        before = await outbox.outcome(session, f"{key}:{broadcast.board_edits - 1}")
        under_way = before is not None and before.waits
        if sent.message_id is None or (under_way and not last):
            return
        edit = Edit(sent.message_id, board.text, board.rows)
        await outbox.stage(
            session, edit, to=person_id, key=f"{key}:{broadcast.board_edits}", lane=Lane.NOTE,
            now=now,
        )  # fmt: skip


DUTIES = (Duty("send announcements", EVERY, Announcer),)
