"""What the roster looks like: who is on call now, quiet hours and deputies."""

from collections.abc import Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.desk.team import Member
from bot.mentoring.roster import Line, Roster
from bot.quiet_hours import QuietHours
from bot.screens.paging import Page
from bot.screens.screen import Button, Html, Screen, in_rows, paragraphs
from bot.screens.voice import Voice
from handlers.desk.colleagues import Aliases, called, called_by_id
from handlers.desk.taps import (
    DEPUTIES,
    DEPUTY,
    DUTY,
    QUIET,
    QUIET_NONE,
    QUIET_SET,
    QUIET_TYPE,
)
from handlers.doors import DESK, ROSTER, homewards

A_PAGE, DEPUTIES_A_PAGE = 6, 5
# What is offered with one tap: from which hour until which.
NIGHTS = ((20, 6), (21, 6), (22, 6), (22, 7), (17, 8))


def now_text(voice: Voice, roster: Roster, known: Aliases) -> Html:
    """Return who is on call now; of nobody, what follows from it."""
    if roster.there:
        names = ", ".join(called_by_id(voice, known, one) for one in roster.there)
        return voice.say("desk.on_call", names=names)
    return voice.say("desk.all_quiet" if roster.anybody_on_duty else "desk.nobody_on_call")


def gaps_text(voice: Voice, roster: Roster) -> Html | str:
    """Return the hours in which nobody is on call, if there are such."""
    if not roster.gaps:
        return ""
    hours = ", ".join(hours_of(voice, gap) for gap in roster.gaps)
    return voice.say("roster.gaps", hours=hours)


def week_text(voice: Voice, roster: Roster, known: Aliases) -> Html:
    """Return who is on call now, and in which hours nobody is."""
    return paragraphs(now_text(voice, roster, known), gaps_text(voice, roster))


def hours_of(voice: Voice, hours: QuietHours) -> str:
    """Return from when until when, as a clock shows it."""

    def at(clock: time) -> str:
        return voice.clock(datetime.combine(date.min, clock))

    return f"{at(hours.begins)}–{at(hours.ends)}"


def roster_screen(
    voice: Voice, roster: Roster, known: Aliases, number: int, *, on_duty: bool
) -> Screen:
    """Return a page of the coordinators in the order in which they are called now."""
    page = Page.of(roster.lines, number, A_PAGE)
    before = page.number * A_PAGE
    lines = [_line(voice, one, known, before + n) for n, one in enumerate(page.items, 1)]
    empty = "" if roster.there else now_text(voice, roster, known)
    return Screen(
        paragraphs(
            voice.say("roster.text"), Html("\n".join(lines)), empty, gaps_text(voice, roster)
        ),
        (
            (voice.button("roster.go_off" if on_duty else "roster.go_on", DUTY(not on_duty)),),
            (voice.button("roster.quiet", QUIET()), voice.button("roster.deputy", DEPUTIES(0))),
            homewards(voice, *page.ways(voice, ROSTER), voice.button("back.desk", DESK())),
        ),
    )


def _line(voice: Voice, line: Line, known: Aliases, number: int) -> Html:
    """Return one coordinator: whether she is there, her quiet hours, who stands in for her."""
    words = [
        voice.say(
            "roster.line",
            n=voice.number(number),
            who=called_by_id(voice, known, line.person_id),
            there=voice.label(f"roster.there.{line.there}"),
        )
    ]
    if line.quiet is not None:
        words.append(voice.say("roster.line_hours", hours=hours_of(voice, line.quiet)))
    if line.deputy_id is not None:
        who = called_by_id(voice, known, line.deputy_id)
        words.append(voice.say("roster.line_deputy", who=who))
    return Html("".join(words))


def quiet_screen(voice: Voice, hours: QuietHours | None, now: datetime, zone: ZoneInfo) -> Screen:
    """Return the choice of her quiet hours, by the clock of the programme."""
    return Screen(
        paragraphs(
            voice.say("roster.ask_hours", clock=voice.clock(now.astimezone(zone))),
            _hers(voice, hours),
        ),
        (
            *in_rows([_offer(voice, *night) for night in NIGHTS]),
            (voice.button("roster.type", QUIET_TYPE()), voice.button("roster.none", QUIET_NONE())),
            homewards(voice, voice.button("back.roster", ROSTER(0))),
        ),
    )


def _hers(voice: Voice, hours: QuietHours | None) -> Html:
    if hours is None:
        return voice.say("roster.hers_none")
    return voice.say("roster.hers", hours=hours_of(voice, hours))


def _offer(voice: Voice, begins: int, ends: int) -> Button:
    label = hours_of(voice, QuietHours(time(begins), time(ends)))
    return Button(f"🌙 {label}", QUIET_SET(begins, ends))


def deputies_screen(
    voice: Voice, members: Sequence[Member], known: Aliases, chosen: int | None, number: int
) -> Screen:
    """Return a page of the colleagues who may stand in for her; `chosen` is who does."""
    page = Page.of(members, number, DEPUTIES_A_PAGE)
    now = (
        voice.say("roster.deputy_none")
        if chosen is None
        else voice.say("roster.deputy_now", who=called_by_id(voice, known, chosen))
    )
    return Screen(
        paragraphs(voice.say("roster.ask_deputy"), now),
        (
            *((Button(called(voice, m.number, m.name), DEPUTY(m.number)),) for m in page.items),
            *(((voice.button("roster.nobody", DEPUTY(None)),),) if chosen is not None else ()),
            homewards(voice, *page.ways(voice, DEPUTIES), voice.button("back.roster", ROSTER(0))),
        ),
    )


def named_screen(voice: Voice, who: str) -> Screen:
    """Return what a deputy hears when a colleague names her."""
    return Screen(voice.say("roster.named", who=who), ((voice.button("desk.roster", ROSTER(0)),),))
