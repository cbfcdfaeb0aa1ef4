"""Telling those concerned of what happened to an introduction or a mentor, once for each move.

The domain records moves; this turns every move that nobody was told of into messages, at the end
of each turn and from the clock. A move told in the transaction that marks it told is told once.
"""

from datetime import datetime

from bot.database import Session
from bot.mentoring import guardians, mentors, moves, switches
from bot.mentoring.states import Who
from bot.mentoring.tables import Introduction, IntroductionMove, Mentor
from bot.people.tables import Person
from bot.screens.screen import Button, Screen
from bot.screens.voice import Voice
from bot.turn import Services, tell

# move -> who is told, but for the one who made it
TOLD: dict[str, tuple[str, ...]] = {
    "ask": ("staff",),
    "remind_requested": ("student", "staff"),
    "remind_accepted": ("student",),
    "remind_blocked": ("staff",),
    "refuse": ("student",),
    "offer": ("student", "mentor"),
    "offer_next": ("student", "mentor"),
    "wait": ("student", "staff"),
    "nudge": ("student", "mentor"),
    "reoffer": ("mentor",),
    "accept": ("student", "guardian"),
    "begin": ("student", "mentor"),
    "pause": ("student", "mentor"),
    "resume": ("student", "mentor"),
    "warn": ("staff",),
    "check_in": ("student", "mentor", "guardian"),
    "ask_more": ("student", "mentor"),
    "extend": ("student", "mentor"),
    "report": ("student", "mentor", "staff"),
    "reopen": ("student", "mentor"),
    "end": ("student", "mentor"),
    "end_planned": ("student", "mentor", "guardian"),
    "end_mentor": ("student", "staff"),
    "close": ("student", "mentor"),
    "withdraw": ("student", "mentor"),
    "expire": ("student", "mentor"),
}
VETTING: dict[str, tuple[str, ...]] = {
    "apply": ("staff",),
    "check": ("staff",),
    "approve": ("mentor",),
    "refuse": ("mentor",),
    "suspend": ("mentor",),
    "lapse": ("mentor", "staff"),
    "warn": ("mentor", "staff"),
    "recheck": ("mentor",),
    "retire": ("staff",),
    "remove": ("mentor",),
    "return": ("mentor",),
    "story": ("staff",),
}
_TALKED = ("end", "end_planned", "end_mentor", "close")


def buttons(voice: Voice, key: str, side: str, number: int) -> tuple[tuple[Button, ...], ...]:
    """Return what can be done about a piece of news."""
    if side == "staff":
        return ((voice.button("news.look", f"over:intro:{number}"),),)
    if side == "guardian":
        return ((voice.button("news.guardian", "guard:home"),),)
    if key in ("offer", "offer_next", "nudge") and side == "mentor":
        return (
            (voice.button("offer.accept", f"ment:accept:{number}"),),
            (voice.button("offer.decline", f"ment:decline:{number}"),),
        )
    if key in ("accept", "remind_accepted"):
        return ((voice.button("intro.begin", f"intro:begin:{number}"),),)
    if key == "ask_more":
        return (
            (
                voice.button("talk.more_yes", f"talk:more:{number}:y"),
                voice.button("talk.more_no", f"talk:more:{number}:n"),
            ),
        )
    if key in _TALKED:
        opinions = tuple(
            voice.button(f"opinion.{name}", f"talk:opinion:{number}:{name}")
            for name in ("good", "fine", "bad")
        )
        return (opinions, (voice.button("home.help", "care:help"),))
    if key == "check_in":
        return (
            (voice.button("talk.all_well", "talk:well"),),
            (voice.button("talk.report", f"talk:report:{number}"),),
        )
    where = "intro:home" if side == "student" else f"ment:intro:{number}"
    return ((voice.button("news.see", where),),)


def key_of(move: IntroductionMove, row: Introduction) -> str:
    """Return the key under which a move is told."""
    if move.move == "remind":
        return f"remind_{move.before}"
    if move.move == "offer" and len(row.tried) > 1:
        return "offer_next"
    if move.move == "end" and move.detail in ("planned", "mentor"):
        return f"end_{move.detail}"
    return move.move


async def tell_news(
    session: Session, services: Services, coordinators: tuple[int, ...], now: datetime
) -> None:
    """Stage a message for everybody concerned by what nobody was told of yet."""
    for move in await moves.untold(session):
        move.told = True
        row = await session.get(Introduction, move.introduction_id)
        if row is not None:
            await _tell_move(session, services, move, row, coordinators, now)
    for mentor in await mentors.with_news(session):
        await _tell_vetting(session, services, mentor, coordinators, now)
        mentor.news = None


async def _tell_move(
    session: Session,
    services: Services,
    move: IntroductionMove,
    row: Introduction,
    coordinators: tuple[int, ...],
    now: datetime,
) -> None:
    mentor = await mentors.find(session, move.mentor_id or 0)
    student = await guardians.mentee(session, row.student_id) if row.student_id else None
    key = key_of(move, row)
    for side in TOLD.get(key, ()):
        if side == move.who and move.move != "begin" and move.move != "reopen":
            continue
        # Who reported is the one who can go on; the other hears nothing of a reopening.
        if key == "reopen" and row.paused_by != _person(side, row, move):
            continue
        for person_id in await _people(session, side, row, move, coordinators):
            voice = await _voice(session, services, person_id)
            field = services.content.field.get(row.field)
            text = voice.say(
                f"news.{key}.{side}",
                mentor=(mentor.first_name if mentor else "") or voice.label("news.a_mentor"),
                student=(student.alias if student else "") or voice.label("news.a_student"),
                field=field.label.get(voice.tongue) if field else row.field,
                hope=row.hope,
                number=voice.number(row.id),
                side=voice.label(f"side.{move.detail or Who.STUDENT}") if key == "warn" else "",
            )
            screen = Screen(text, buttons(voice, key, side, row.id))
            await tell(session, person_id, screen, f"move:{move.id}:{person_id}", now)


def _person(side: str, row: Introduction, move: IntroductionMove) -> int | None:
    return row.student_id if side == "student" else move.mentor_id


async def _people(
    session: Session,
    side: str,
    row: Introduction,
    move: IntroductionMove,
    coordinators: tuple[int, ...],
) -> tuple[int, ...]:
    if side == "staff":
        return await switches.on_call(session, coordinators) or coordinators
    if side == "guardian":
        found = await guardians.guardian_of(session, row.student_id)
    else:
        found = _person(side, row, move)
    return (found,) if found else ()


async def _tell_vetting(
    session: Session,
    services: Services,
    mentor: Mentor,
    coordinators: tuple[int, ...],
    now: datetime,
) -> None:
    for side in VETTING.get(mentor.news or "", ()):
        staff = side == "staff"
        who = await switches.on_call(session, coordinators) or coordinators
        for person_id in who if staff else (mentor.person_id,):
            voice = await _voice(session, services, person_id)
            data = f"vet:mentor:{mentor.person_id}" if staff else "ment:home"
            label = "news.look" if staff else "news.see"
            name = mentor.first_name or voice.label("news.a_mentor")
            screen = Screen(
                voice.say(f"vetting.{mentor.news}.{side}", mentor=name),
                ((voice.button(label, data),),),
            )
            key = f"mentor:{mentor.person_id}:{mentor.news}:{now.timestamp()}:{person_id}"
            await tell(session, person_id, screen, key, now)


async def _voice(session: Session, services: Services, person_id: int) -> Voice:
    person = await session.get(Person, person_id)
    return services.voice(person.language if person else None)
