"""Drills: those on call hear a made-up call that says so, and the desk sees how it went.

Nothing of a drill is ever told to anybody but coordinators.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.database import Session
from bot.mentoring import roster
from bot.people import staff
from bot.queues.outbox import Lane
from bot.safety import drills
from bot.safety.drills import Call, Result, Step
from bot.screens.paging import Page
from bot.screens.screen import Html, Screen, paragraphs
from bot.screens.sure import sure_screen
from bot.screens.voice import Voice
from bot.turn import Services, Turn, tell, voice_of
from handlers.desk.colleagues import Aliases, called_by_id
from handlers.desk.digest import how_it_went
from handlers.doors import DESK, homewards
from handlers.safety.awaiting import WordsInCase
from handlers.safety.taps import BEGIN_DRILL, DRILLS, HERE

A_PAGE = 4


def alert_screen(voice: Voice, drill_id: int, minutes: int) -> Screen:
    """Return the call of a drill, which says that it is one before anything else."""
    return Screen(
        voice.say("drill.alert", minutes=voice.number(minutes)),
        ((voice.button("drill.here", HERE(drill_id)),),),
    )


def over_screen(voice: Voice, result: Result, who: str, aim: int) -> Screen:
    """Return that a drill is over and how it went, for those who were called."""
    return Screen(
        voice.say(
            f"drill.over_{result.outcome}",
            who=who,
            minutes=_minutes(voice, result),
            aim=voice.number(aim),
        )
    )


def thanks_screen(voice: Voice, result: Result | None) -> Screen:
    """Return the thanks to whoever was there; that it is over, where another was before her."""
    if result is None:
        text = voice.say("drill.gone")
    else:
        text = voice.say("drill.thanks", minutes=_minutes(voice, result))
    return Screen(text, ((voice.button("back.desk", DESK()),),))


def list_screen(
    voice: Voice, results: Sequence[Result], names: Mapping[int, str], zone: ZoneInfo, number: int
) -> Screen:
    """Return a page of the last drills, newest first, and the way to begin one."""
    page = Page.of(results, number, A_PAGE)
    told = [_told(voice, one, names, zone) for one in page.items]
    return Screen(
        paragraphs(voice.say("drill.text"), *(told or [voice.say("drill.none")])),
        (
            (voice.button("drill.begin", BEGIN_DRILL(False)),),
            homewards(voice, *page.ways(voice, DRILLS), voice.button("back.desk", DESK())),
        ),
    )


def _told(voice: Voice, one: Result, names: Mapping[int, str], zone: ZoneInfo) -> Html:
    """Return how a drill went: when, how it ended, and with whom."""

    def called(people: Sequence[int]) -> str:
        return ", ".join(names[person_id] for person_id in people)

    parts = [
        voice.say("drill.line", at=voice.moment(one.began_at, zone), end=how_it_went(voice, one)),
        voice.say("drill.line_by", who=names[one.by]) if one.by is not None else "",
        voice.say("drill.line_silent", names=called(one.silent)) if one.silent else "",
        voice.say("drill.line_passed", names=called(one.passed)) if one.passed else "",
    ]
    return Html("\n".join(filter(None, parts)))


async def show(turn: Turn, page: int) -> None:
    """Show how the last drills went."""
    results = await drills.recent(turn.actor)
    known = await staff.aliases(turn.session)
    everybody = {one for r in results for one in (*r.silent, *r.passed, r.by) if one is not None}
    names = {one: _called(turn.voice, known, one) for one in everybody}
    zone = turn.services.settings.zone
    await turn.show(list_screen(turn.voice, results, names, zone, page))


def _called(voice: Voice, known: Aliases, person_id: int) -> str:
    """Return what a coordinator is called; she may have left the desk or erased herself."""
    return (
        called_by_id(voice, known, person_id) if person_id in known else voice.label("drill.left")
    )


async def begin(turn: Turn, sure: bool) -> None:
    """Begin a drill, once she is sure."""
    turn.way_back = ("back.desk", DRILLS(0))
    if not sure:
        await drills.may_begin(turn.actor)
        await turn.show(sure_screen(turn.voice, "drill.begin", DRILLS(0), BEGIN_DRILL(True)))
        return
    zone = turn.services.settings.zone
    in_order = await roster.in_order(turn.session, turn.coordinators, turn.now, zone)
    actor = replace(turn.actor, staff=in_order)
    step = await drills.begin(actor, turn.services.case_interval)
    await carry_out(turn.services, turn.session, step, turn.now)
    await show(turn, 0)


async def here(turn: Turn, drill_id: int) -> None:
    """Say that she who was called is there: the drill is over, and the others are told."""
    if turn.left is not None and WordsInCase.read(turn.left) is not None:
        # She writes to a girl: a drill leads nobody away from one.
        turn.resume()
    step = await drills.acknowledge(turn.actor, drill_id, turn.services.case_interval)
    if step is not None:
        await carry_out(turn.services, turn.session, step, turn.now)
    await turn.show(thanks_screen(turn.voice, step.result if step is not None else None))


async def carry_out(services: Services, session: Session, step: Step, now: datetime) -> None:
    """Call who is next, or tell that it is over: after everything that a girl waits for."""
    if step.call is not None:
        await _call(services, session, step.call, now)
    if step.result is None:
        return
    known = await staff.aliases(session)
    for person_id in step.told:
        voice = await voice_of(session, services, person_id)
        by = step.result.by
        who = _called(voice, known, by) if by is not None else ""
        screen = over_screen(voice, step.result, who, _aim(services))
        key = f"drill:{step.result.drill_id}:over:{person_id}"
        await tell(session, person_id, screen, key, now, Lane.REMINDER)


async def _call(services: Services, session: Session, call: Call, now: datetime) -> None:
    voice = await voice_of(session, services, call.coordinator_id)
    screen = alert_screen(voice, call.drill_id, _aim(services))
    # In a lane behind that of real calls, which overtake it, and which it never holds up.
    await tell(session, call.coordinator_id, screen, call.key, now, Lane.REMINDER)


def _aim(services: Services) -> int:
    """Return in how many minutes somebody is to be there."""
    return max(1, math.ceil(services.settings.case_alert_minutes))


def _minutes(voice: Voice, result: Result) -> str:
    return "" if result.minutes is None else voice.number(result.minutes)
