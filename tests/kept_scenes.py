"""A scene that many tests begin with is played once; later its end is laid down as it was.

The first time, everybody goes through the product's own doors, turn by turn. What is then in the
database, in the chats and on the stage is kept for the rest of the session, under what led to it:
the settings, who is there, and the scenes since the opening. Where a test has done anything else
before, on the stage or in the database behind it, nobody knows what led to it: all is played. So
it is on a server, of which no file can be laid down.
"""

import pickle
import sqlite3
from collections import OrderedDict
from collections.abc import Callable, Coroutine
from contextlib import closing
from dataclasses import dataclass, fields
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec

from bot.database import Database
from bot.demo.telegram_state import Telegram
from tests.chat import Chat

if TYPE_CHECKING:
    from tests.stage import Stage

P = ParamSpec("P")
# All that a Telegram knows but what ties it to this stage; people are the same ones afterwards.
_KEPT = {field.name for field in fields(Telegram)} - {
    "clock", "changed", "arrived", "polling", "people", "calls",
}  # fmt: skip
# So many ends are kept: each is a whole database.
_MOST = 64


@dataclass(frozen=True)
class _End:
    """How a scene ended; `of` are the library and the answerer with which it was played."""

    of: tuple[object, ...]
    history: tuple[object, ...]
    file: sqlite3.Connection
    stage: bytes


_ends: OrderedDict[tuple[object, ...], _End] = OrderedDict()


class Untouched:
    """Tells whether anything was done on a stage besides scenes that are kept."""

    def __init__(self, stage: "Stage", opened_on: Path) -> None:
        self._stage = stage
        # the database on which it opened, and the scenes since
        self.history: tuple[object, ...] = (opened_on,)
        self._look = self._looks()

    def is_so(self) -> bool:
        """Whether the stage is as the scenes have left it."""
        return not self._stage.database.is_shared and self._look == self._looks()

    def now_follows(self, history: tuple[object, ...]) -> None:
        """Take what is there now as the end of these scenes."""
        self.history, self._look = history, self._looks()

    def _looks(self) -> tuple[object, ...]:
        stage, telegram = self._stage, self._stage.telegram
        services = stage.services
        return (
            # This tells when anybody else has written to the file.
            stage.glance.execute("PRAGMA data_version").fetchone(), stage.now, stage.may_fail,
            dict(stage.due), id(services.content), id(services.answerer),
            repr([vars(telegram)[name] for name in ("faults", "webhook", "updates")]),
            telegram._next_update, telegram._next_query, dict(telegram._next_message),
        )  # fmt: skip


def kept(
    scene: Callable[Concatenate[Chat, P], Coroutine[Any, Any, None]],
) -> Callable[Concatenate[Chat, P], Coroutine[Any, Any, None]]:
    """Keep how a scene ends; the first who takes part in it is named first."""

    @wraps(scene)
    async def plays(who: Chat, /, *others: P.args, **told: P.kwargs) -> None:
        stage, untouched = who.stage, who.stage.untouched
        if not untouched.is_so():
            await scene(who, *others, **told)
            return
        about = (scene.__name__, *(_named(one) for one in (who, *others, *told.items())))
        before = untouched.history
        services = stage.services
        with_what = repr(services.settings), repr(stage.telegram.people)
        of = services.content, services.answerer
        led = (*map(id, of), *with_what, before, about)
        if led in _ends:
            _ends.move_to_end(led)
            _lay_down(stage, _ends[led])
            return
        clock = stage.now, dict(stage.due)
        await scene(who, *others, **told)
        # It is not laid down: what follows would be of another time than when it was played.
        assert (stage.now, stage.due) == clock, f"{scene.__name__} moves the clock: do not keep it"
        # What was named by its identity is held, lest another has the same later.
        end = _End(of, (*before, about), _copy(stage.database), _state(stage))
        _ends[led] = end
        if len(_ends) > _MOST:
            _, oldest = _ends.popitem(last=False)
            oldest.file.close()
        untouched.now_follows(end.history)

    return plays


def _named(one: object) -> object:
    return one.id if isinstance(one, Chat) else one


def _copy(database: Database) -> sqlite3.Connection:
    """Return a copy of the database in memory."""
    copy = sqlite3.connect(":memory:")
    with closing(sqlite3.connect(database.file)) as file:
        file.backup(copy)
    return copy


def _state(stage: "Stage") -> bytes:
    """Return what is on the stage, besides its database; nothing that it shares with others."""
    telegram = {name: _plain(getattr(stage.telegram, name)) for name in _KEPT}
    people = {number: vars(person) for number, person in stage.telegram.people.items()}
    return pickle.dumps((telegram, people, stage.spoken, stage.seen()))


def _plain(value: Any) -> Any:
    return dict(value) if isinstance(value, dict) else value


def _lay_down(stage: "Stage", end: _End) -> None:
    with closing(sqlite3.connect(stage.database.file)) as file:
        file.execute("PRAGMA synchronous=OFF")
        end.file.backup(file)
    telegram, people, stage.spoken, seen = pickle.loads(end.stage)  # noqa: S301 - of this process
    for name, value in telegram.items():
        there = getattr(stage.telegram, name)
        if isinstance(there, dict):
            there.clear()
            there.update(value)
        else:
            setattr(stage.telegram, name, value)
    for number, told in people.items():
        vars(stage.telegram.people[number]).update(told)
    for number, looks in seen.items():
        stage.person(number).has_seen(looks)
    stage.untouched.now_follows(end.history)
