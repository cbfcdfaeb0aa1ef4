"""How fast messages may leave: Telegram's limits, overall and for one chat.

Times are seconds of a monotonic clock. Telegram publishes about 30 messages a second to all
and about one a second to one chat; the exact limits are its own, so `RetryAfter` is obeyed.
"""

from collections import deque

# A late timer may be made up for, so that the sustained rate is the one that was set.
_CATCH_UP_SECONDS = 0.3
# While everything allowed is on its way, look again so soon whether an answer has come.
_LOOK_AGAIN_SECONDS = 0.005
_MOST_REMEMBERED = 500


class RateLimit:
    """Says when the next message may leave; keeps nothing longer than it matters."""

    def __init__(self, per_second: float, chat_interval: float) -> None:
        self._interval = 1 / per_second
        self._chat_interval = chat_interval
        self._next_overall = 0.0
        self._next_for_chat: dict[int, float] = {}
        self._stops: deque[tuple[float, int]] = deque(maxlen=4)
        # As many as `_most` may be counted by the server in `_stretch` seconds. It counts one
        # at some moment between its leaving and the answer, so one that is on its way counts
        # now, and one that was answered counts from the answer on: then no delay on the way,
        # here or there, can crowd a second.
        self._most = max(1, int(per_second))
        self._stretch = self._most / per_second
        self._on_the_way = 0
        self._answered: deque[float] = deque()

    def wait_overall(self, now: float) -> float:
        """Return the seconds until any message may leave."""
        while self._answered and self._answered[0] <= now - self._stretch:
            self._answered.popleft()
        crowded = 0.0
        if self._on_the_way + len(self._answered) >= self._most:
            free_at = self._answered[0] + self._stretch if self._answered else now
            crowded = max(free_at - now, _LOOK_AGAIN_SECONDS)
        return max(0.0, self._next_overall - now, crowded)

    def wait_for_chat(self, chat_id: int, now: float) -> float:
        """Return the seconds until a message may leave to this chat."""
        return max(0.0, self._next_for_chat.get(chat_id, 0.0) - now)

    def sent(self, chat_id: int, now: float, *, edit: bool = False) -> None:
        """Count a message that leaves now; edits do not use up the chat's second."""
        self._next_overall = max(self._next_overall, now - _CATCH_UP_SECONDS) + self._interval
        self._on_the_way += 1
        if not edit:
            self._next_for_chat[chat_id] = now + self._chat_interval
        if len(self._next_for_chat) > _MOST_REMEMBERED:
            self._next_for_chat = {c: t for c, t in self._next_for_chat.items() if t > now}

    def landed(self, chat_id: int, now: float, *, edit: bool = False) -> None:
        """Count the answer to a message, good or bad; the chat's second begins with it."""
        self._on_the_way -= 1
        self._answered.append(now)
        if not edit:
            after = now + self._chat_interval
            self._next_for_chat[chat_id] = max(self._next_for_chat.get(chat_id, 0.0), after)

    def stopped(self, chat_id: int, seconds: float, now: float) -> None:
        """Obey a RetryAfter: this chat waits, and everyone when several chats were stopped."""
        self._next_for_chat[chat_id] = now + seconds
        self._stops.append((now, chat_id))
        recent = {chat for at, chat in self._stops if now - at < 2}
        if len(recent) > 2:
            self._next_overall = max(self._next_overall, now + seconds)

    def busy_chats(self, now: float) -> set[int]:
        """Return the chats that must wait."""
        return {chat for chat, until in self._next_for_chat.items() if until > now}
