"""Telling those concerned of what happened to an introduction or a mentor, once for each move.

The domain records moves; this turns every move that nobody was told of into messages, at the end
of each turn and from the clock. A move told in the transaction that marks it told is told once.
"""

from dataclasses import replace

from bot.mentoring import apart, guardians, mentors, moves, records, roster
from bot.mentoring.introductions import Introduction
from bot.mentoring.mentors import Mentor
from bot.mentoring.moves import IntroductionMove
from bot.mentoring.states import Who
from bot.mentoring.talks import BY_BOT, OPINIONS
from bot.people.staff import Actor
from bot.screens.screen import Button, Screen, paragraphs
from bot.screens.voice import Voice
from bot.turn import Services, tell, voice_of
from handlers.desk.colleagues import mentor_name
from handlers.doors import HELP, HOME, INTRODUCTION, MENTORING, TRANSCRIPT, VET_MENTOR
from handlers.mentoring.oversight_screens import against_text
from handlers.mentoring.screens import field_name
from handlers.mentoring.taps import (
    BEGIN,
    CONSENT,
    CONSENT_WORRY,
    GIRL,
    MENTOR_HOME,
    OFFER_ACCEPT,
    OFFER_DECLINE,
    TALK_MORE,
    TALK_OPINION,
    TALK_REPORT,
    TALK_WELL,
    TALK_WORRY,
    TALK_WRITE,
)

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
    # the mentor has just read why her message went nowhere
    "approach": ("student", "staff"),
    # the other side has been told that it rests
    "take_back": ("staff",),
    "reopen": ("student", "mentor"),
    # what the bot had frozen: the girl goes on, and her mentor knows that it waits for that
    "reopen_girl": ("student", "mentor"),
    "end": ("student", "mentor"),
    "end_planned": ("student", "mentor", "guardian"),
    "end_mentor": ("student", "staff"),
    # she stopped by herself
    "end_left": ("student", "staff"),
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
    "quiet": ("mentor", "staff"),
    "speak": ("mentor",),
    # she erased herself, and is told so there
    "freeze": ("staff",),
    "lapse": ("mentor", "staff"),
    "warn": ("mentor", "staff"),
    "recheck": ("mentor",),
    "retire": ("staff",),
    "remove": ("mentor",),
    "return": ("mentor",),
    "story": ("staff",),
}
# after which both are asked how it was; of a talk that a report or a suspension ended nobody asks
_ASKED = ("end", "end_planned")
# after which the two can write to each other
_RUNS = ("begin", "resume", "extend")


def buttons(voice: Voice, key: str, side: str, number: int) -> tuple[tuple[Button, ...], ...]:
    """Return what can be done about a piece of news."""
    if key == "approach" and side == "staff":
        words = voice.button("over.read_transcript", TRANSCRIPT(number, None))
        return ((words,), (voice.button("news.look", INTRODUCTION(number)),))
    if key == "approach":
        return ((voice.button("home.help", HELP()), voice.button("news.see", MENTORING())),)
    if side == "staff":
        return ((voice.button("news.look", INTRODUCTION(number)),),)
    if side == "guardian":
        return ((voice.button("news.guardian", CONSENT(0)),),)
    if key in ("offer", "offer_next", "nudge") and side == "mentor":
        return (
            (voice.button("offer.accept", OFFER_ACCEPT(number)),),
            (voice.button("offer.decline", OFFER_DECLINE(number)),),
        )
    if key in ("accept", "remind_accepted"):
        return ((voice.button("intro.begin", BEGIN(number)),),)
    if key == "ask_more":
        more = voice.button("talk.more_yes", TALK_MORE(number, True))
        return ((more, voice.button("talk.more_no", TALK_MORE(number, False))),)
    if key in _ASKED:
        opinions = tuple(
            voice.button(f"opinion.{name}", TALK_OPINION(number, name)) for name in OPINIONS
        )
        return (opinions, (voice.button("home.help", HELP()),))
    if key in ("close", "end_mentor") and side == "student":
        return ((voice.button("home.help", HELP()),),)
    if key == "end_left":
        return ((voice.button("news.see", MENTORING()), voice.button("back.home", HOME())),)
    if key == "check_in":
        worry = voice.button("talk.worry_button", TALK_WORRY(number, None))
        return (
            (voice.button("talk.all_well", TALK_WELL()),),
            *(((worry,),) if side == "mentor" else ()),
            (voice.button("talk.report", TALK_REPORT(number)),),
        )
    see = voice.button("news.see", MENTORING() if side == "student" else GIRL(number))
    # What she types without it goes to the bot.
    write = ((voice.button("talk.write", TALK_WRITE(number)),),) if key in _RUNS else ()
    return (*write, (see,))


def key_of(move: IntroductionMove, row: Introduction) -> str:
    """Return the key under which a move is told."""
    if move.move == "remind":
        return f"remind_{move.before}"
    if move.move == "offer" and len(row.tried) > 1:
        return "offer_next"
    if move.move == "report" and move.who is Who.BOT:
        return "approach"
    if move.move == "end" and move.detail in ("planned", "mentor", "left"):
        return f"end_{move.detail}"
    if move.move == "reopen" and move.detail == BY_BOT:
        return "reopen_girl"
    return move.move


async def tell_news(services: Services, actor: Actor) -> None:
    """Stage a message for everybody concerned by what nobody was told of yet."""
    for move, row in await moves.take_untold(actor.session):
        await _tell_move(services, actor, move, row)
    for number, guardian_id in await guardians.take_ended(actor.session):
        await _tell_ended(services, actor, number, guardian_id)
    for mentor, news in await mentors.take_news(actor.session):
        await _tell_vetting(services, actor, mentor, news)


async def _tell_ended(services: Services, actor: Actor, number: int, guardian_id: int) -> None:
    """Tell a guardian that the talk is over, and no more of the girl than that."""
    voice = await voice_of(actor.session, services, guardian_id)
    rows = ((voice.button("guardian.worry", CONSENT_WORRY()),), *buttons(voice, "", "guardian", 0))
    screen = Screen(voice.say("guardian.talk_over"), rows)
    await tell(actor.session, guardian_id, screen, f"consent:{number}:over", actor.now)


async def _tell_move(
    services: Services, actor: Actor, move: IntroductionMove, row: Introduction
) -> None:
    session = actor.session
    mentor = await mentors.find(session, move.mentor_id or 0)
    alias = await guardians.alias_of(session, row.student_id)
    key = key_of(move, row)
    for side in TOLD.get(key, ()):
        if side == move.who and move.move != "begin" and move.move != "reopen":
            continue
        # Who reported is the one who can go on; the other hears nothing of a reopening.
        if key == "reopen" and row.paused_by != _person(side, row, move):
            continue
        for person_id in await _people(services, actor, side, row, move):
            voice = await voice_of(session, services, person_id)
            text = voice.say(
                f"news.{key}.{side}",
                mentor=mentor_name(voice, mentor),
                student=alias or voice.label("news.a_student"),
                field=field_name(voice, services.content, row.field),
                hope=row.hope,
                number=voice.number(row.id),
                side=_side(voice, key, move),
            )
            screen = Screen(text, buttons(voice, key, side, row.id))
            await tell(session, person_id, screen, f"move:{move.id}:{person_id}", actor.now)


def _side(voice: Voice, key: str, move: IntroductionMove) -> str:
    """Return which side a piece of news is about, in the words of coordinators."""
    if key == "warn":
        return voice.label(f"side.{move.detail or Who.STUDENT}")
    return voice.label(f"reported_by.{move.who}") if key == "report" else ""


def _person(side: str, row: Introduction, move: IntroductionMove) -> int | None:
    return row.student_id if side == "student" else move.mentor_id


async def _people(
    services: Services, actor: Actor, side: str, row: Introduction, move: IntroductionMove
) -> tuple[int, ...]:
    if side == "staff":
        # Nobody hears of a pair of her own.
        return await apart.told(actor, row, services.settings.zone)
    if side == "guardian":
        found = await guardians.guardian_of(actor.session, row.student_id)
    else:
        found = _person(side, row, move)
    return (found,) if found else ()


async def _tell_vetting(services: Services, actor: Actor, mentor: Mentor, news: str) -> None:
    session, mentor_id = actor.session, mentor.person_id
    for side in VETTING.get(news, ()):
        staff = side == "staff"
        others = tuple(c for c in actor.staff if c != mentor_id)
        now, zone = actor.now, services.settings.zone
        who = (await roster.read(session, others, now, zone)).told if staff else (mentor_id,)
        for person_id in who:
            voice = await voice_of(session, services, person_id)
            way = (
                voice.button("news.look", VET_MENTOR(mentor.public_id))
                if staff
                else voice.button("news.see", MENTOR_HOME(0))
            )
            name = mentor_name(voice, mentor)
            text = voice.say(f"vetting.{news}.{side}", mentor=name)
            if staff:
                reader = replace(actor, id=person_id)
                text = paragraphs(
                    text, against_text(voice, name, await records.of(reader, mentor))
                )
            screen = Screen(text, ((way,),))
            key = f"mentor:{mentor.public_id}:{news}:{actor.now.timestamp()}:{person_id}"
            await tell(session, person_id, screen, key, actor.now)
