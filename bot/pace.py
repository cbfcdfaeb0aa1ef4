"""How fast messages may leave: Telegram's limits, overall and for one chat.

Times are seconds of a monotonic clock. Telegram publishes about 30 messages a second to all
and about one a second to one chat; the exact limits are its own, so `RetryAfter` is obeyed.
"""

from collections import deque

# A late timer may be made up for, so that the sustained rate is the one that was set.
_CATCH_UP_SECONDS = 0.05
# Messages reach the server later than they leave, some more and some less: so much longer than
# a second is the stretch in which no more than the limit leaves. It costs 3 % of the rate.
_MARGIN_SECONDS = 0.03
_MOST_REMEMBERED = 500


class Pace:
    """Says when the next message may leave; keeps nothing longer than it matters."""

    def __init__(self, per_second: float, chat_interval: float) -> None:
        self._interval = 1 / per_second
        self._chat_interval = chat_interval
        self._next_overall = 0.0
        self._next_for_chat: dict[int, float] = {}
        self._stops: deque[tuple[float, int]] = deque(maxlen=4)
        # When the last messages left, as many as may leave in `_stretch` seconds.
        burst = max(1, int(per_second))
        self._recent: deque[float] = deque(maxlen=burst)
        self._stretch = burst / per_second + _MARGIN_SECONDS

    def wait_overall(self, now: float) -> float:
        """Return the seconds until any message may leave."""
        full = len(self._recent) == self._recent.maxlen
        open_again = self._recent[0] + self._stretch if full else 0.0
        return max(0.0, self._next_overall - now, open_again - now)

    def wait_for_chat(self, chat_id: int, now: float) -> float:
        """Return the seconds until a message may leave to this chat."""
        return max(0.0, self._next_for_chat.get(chat_id, 0.0) - now)

    def sent(self, chat_id: int, now: float, *, edit: bool = False) -> None:
        """Count a message that leaves now; edits do not use up the chat's second."""
        self._next_overall = max(self._next_overall, now - _CATCH_UP_SECONDS) + self._interval
        self._recent.append(now)
        if not edit:
            self._next_for_chat[chat_id] = now + self._chat_interval
        if len(self._next_for_chat) > _MOST_REMEMBERED:
            self._next_for_chat = {c: t for c, t in self._next_for_chat.items() if t > now}

    def landed(self, chat_id: int, now: float) -> None:
        """Let the chat's second begin when the server has answered."""
        self._next_for_chat[chat_id] = now + self._chat_interval

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
