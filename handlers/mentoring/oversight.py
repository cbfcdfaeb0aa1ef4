"""Coordinators see the introductions: what waits, held messages, samples, reports, switches."""

from bot.mentoring import (
    apart,
    guardians,
    introductions,
    mentors,
    oversight,
    records,
    talks,
    waiting,
)
from bot.mentoring import held as held_messages
from bot.mentoring.mentors import Mentor
from bot.mentoring.relay import End, RelayMessage
from bot.mentoring.states import Who
from bot.people import ages, switches
from bot.rights import May
from bot.screens.screen import Html, Screen
from bot.screens.sure import sure_screen
from bot.turn import Turn
from handlers.desk import colleagues
from handlers.desk.colleagues import mentor_name
from handlers.doors import INTRODUCTION
from handlers.home import age
from handlers.mentoring.awaiting import Attestation, Rewriting
from handlers.mentoring.oversight_screens import (
    against_text,
    board_screen,
    decided_screen,
    held_screen,
    introduction_screen,
    list_screen,
    nothing_screen,
    sample_screen,
    transcript_screen,
)
from handlers.mentoring.relay import changed_screen, deliver
from handlers.mentoring.screens import field_name
from handlers.mentoring.taps import (
    DESK,
    DESK_HELD,
    DESK_RELAY_OFF_SURE,
    DESK_SURE,
)


async def home(turn: Turn) -> None:
    """Show the mentors' desk."""
    board, counts = await oversight.board(turn.actor), await waiting.counts(turn.actor)
    content = turn.services.content
    waits = [(field_name(turn.voice, content, field), n) for field, n in counts.items()]
    await turn.show(
        board_screen(
            turn.voice,
            board,
            waits,
            relay_on=await switches.is_on(turn.session, switches.RELAY),
            on_call=len(await switches.on_call(turn.session, turn.coordinators)),
        )
    )


async def listed(turn: Turn, page: int) -> None:
    """Show a page of what is open."""
    rows = await oversight.open_introductions(turn.actor)
    await turn.show(list_screen(turn.voice, rows, page, turn.now))


async def show(turn: Turn, number: int) -> None:
    """Show one introduction."""
    voice, session, policy = turn.voice, turn.session, turn.services.policy
    row = await oversight.look(turn.actor, number)
    alias = await guardians.alias_of(session, row.student_id)
    mentor = await mentors.find(session, row.mentor_id or row.wished_mentor_id or 0)
    consent = await guardians.consent_of(session, row.student_id)
    band = await ages.band_of(session, row.student_id)
    needs = guardians.needs_guardian(band, policy)
    how = consent.method if consent else ("missing" if needs else "not_needed")
    values: dict[str, object] = {
        "number": voice.number(row.id),
        "student": alias or "–",
        "mentor": mentor_name(voice, mentor) if mentor is not None else "–",
        "field": field_name(voice, turn.services.content, row.field),
        "hope": row.hope,
        "state": voice.label(f"mentor_state.{row.state}"),
        "waiting": voice.since(row.since_utc, turn.now),
        "age": voice.label(
            f"age_short.{band or 'minor'}",
            **age.years_of(voice, turn.services.settings.minimum_age),
        ),
        "consent": voice.label(f"consent.{how}"),
    }
    waits = how == "missing" and policy.consent != "school"
    doubt = await oversight.age_doubt(turn.actor, row)
    await turn.show(
        introduction_screen(
            voice,
            row,
            values,
            consent_waits=waits,
            doubt=doubt,
            may_reopen=await talks.may_reopen(session, row, policy),
            reported=records.side_of(row),
            against=await _against(turn, mentor),
            mentor=mentor.public_id if mentor is not None else None,
        )
    )


async def _against(turn: Turn, mentor: Mentor | None) -> Html | str:
    """Return what is known against a mentor about whom the reader is to decide."""
    if mentor is None:
        return ""
    name = mentor_name(turn.voice, mentor)
    return against_text(turn.voice, name, await records.of(turn.actor, mentor))


async def _against_writer(turn: Turn, message: RelayMessage) -> Html | str:
    """Return what is known against whoever wrote a message, where that is a mentor."""
    if message.from_student:
        return ""
    return await _against(turn, await mentors.find(turn.session, message.sender_id))


async def approve(turn: Turn, number: int) -> None:
    """Approve a request."""
    await _do(turn, number, "approve")


async def refuse(turn: Turn, number: int) -> None:
    """Ask whether to say not now to a request."""
    await _ask(turn, number, "refuse")


async def pause(turn: Turn, number: int) -> None:
    """Let a talk rest."""
    await _do(turn, number, "pause")


async def resume(turn: Turn, number: int) -> None:
    """Let a talk go on that a coordinator paused."""
    await _do(turn, number, "resume")


async def freeze(turn: Turn, number: int) -> None:
    """Freeze a talk at once."""
    await _do(turn, number, "freeze")


async def reopen(turn: Turn, number: int) -> None:
    """Ask whether to unfreeze a talk for the one who reported it."""
    _leads_back(turn, number)
    row = await apart.decided_on(turn.actor, number)
    key = "over.reopen_girl" if records.side_of(row) is Who.BOT else "over.reopen"
    yes = DESK_SURE(number, "reopen")
    await turn.show(sure_screen(turn.voice, key, INTRODUCTION(number), yes))


async def close(turn: Turn, number: int) -> None:
    """Ask whether to end a talk for good."""
    await _ask(turn, number, "close")


async def sure(turn: Turn, number: int, deed: str) -> None:
    """Do what was asked first: say not now to a request, reopen a talk, or end it for good."""
    await _do(turn, number, deed)


async def _ask(turn: Turn, number: int, deed: str) -> None:
    _leads_back(turn, number)
    await apart.decided_on(turn.actor, number)
    await turn.show(
        sure_screen(turn.voice, f"over.{deed}", INTRODUCTION(number), DESK_SURE(number, deed))
    )


async def _do(turn: Turn, number: int, deed: str) -> None:
    _leads_back(turn, number)
    await introductions.decide(turn.actor, number, deed, turn.services.policy)
    await show(turn, number)


def _leads_back(turn: Turn, number: int) -> None:
    """Let a refusal lead back to the introduction."""
    turn.way_back = ("back.desk", INTRODUCTION(number))


async def attest(turn: Turn, number: int) -> None:
    """Ask where a guardian's consent on paper is kept."""
    await apart.decided_on(turn.actor, number)
    turn.expect(Attestation(number))
    await turn.show(
        Screen(
            turn.voice.say("over.attest_how"),
            ((turn.voice.button("back.desk", INTRODUCTION(number)),),),
        ),
        new_message=True,
    )


async def attested(turn: Turn, asked: Attestation, text: str) -> None:
    """Record a guardian's consent on paper, with where the paper is kept."""
    _leads_back(turn, asked.introduction)
    row = await apart.decided_on(turn.actor, asked.introduction)
    await guardians.attest(turn.actor, row.student_id, text)
    turn.expect(None)
    await show(turn, asked.introduction)


async def transcript(turn: Turn, number: int, page: int | None) -> None:
    """Show a page of the messages up to a report: the last unless one is named."""
    found, zone = await oversight.transcript(turn.actor, number, page), turn.services.settings.zone
    screen = transcript_screen(turn.voice, number, found, zone)
    await turn.show(screen, new_message=page is None)


async def held(turn: Turn, message_id: int | None) -> None:
    """Show a held message in every version: the one of an alert, or the oldest."""
    found, voice = await held_messages.look(turn.actor, message_id), turn.voice
    if found is None:
        await turn.show(nothing_screen(voice))
        return
    await turn.show(held_screen(voice, found, await _against_writer(turn, found.message)))


async def allow(turn: Turn, message_id: int) -> None:
    """Let a held message pass as it is."""
    await _let_pass(turn, message_id, None)


async def rewrite(turn: Turn, message_id: int) -> None:
    """Ask how a held message should arrive."""
    turn.expect(Rewriting(message_id))
    await turn.show(
        Screen(
            turn.voice.say("over.rewrite_now"),
            ((turn.voice.button("back.desk", DESK_HELD(message_id)),),),
        ),
        new_message=True,
    )


async def rewritten(turn: Turn, asked: Rewriting, text: str) -> None:
    """Let a held message pass with what a coordinator made of it."""
    await _let_pass(turn, asked.message, text)
    turn.expect(None)


async def _let_pass(turn: Turn, message_id: int, text: str | None) -> None:
    turn.way_back = ("over.held", DESK_HELD(None))
    outcome = await held_messages.allow(turn.actor, message_id, turn.services.policy, text)
    if outcome is None:
        await turn.show(nothing_screen(turn.voice))
        return
    if outcome.end is End.SENT:
        await deliver(turn.session, turn.services, outcome, turn.now)
    key = f"closed.{outcome.reason}" if outcome.end is End.CLOSED else "over.allowed"
    await turn.show(decided_screen(turn.voice, key))


async def hold_back(turn: Turn, message_id: int) -> None:
    """Keep a held message from passing, and tell the one who wrote it."""
    turn.way_back = ("over.held", DESK_HELD(None))
    message = await held_messages.refuse(turn.actor, message_id)
    if message is None:
        await turn.show(nothing_screen(turn.voice))
        return
    sender = await turn.voice_of(message.sender_id)
    told = changed_screen(sender, "talk.refused", message.introduction_id)
    await turn.tell(message.sender_id, told, f"refused:{message.id}")
    await turn.show(decided_screen(turn.voice, "over.refused"))


async def sample(turn: Turn) -> None:
    """Show a message that is read at random; it is read once it was staged whole."""
    message, voice = await oversight.next_sample(turn.actor), turn.voice
    if message is None:
        await turn.show(nothing_screen(voice))
        return
    await turn.show(sample_screen(voice, message, await _against_writer(turn, message)))
    await oversight.sample_read(turn.actor, message.id)


async def turn_relay(turn: Turn, on: bool) -> None:
    """Switch talks and announcements on; ask before they are switched off."""
    turn.actor.require(May.TALKS)
    if on:
        await _turn(turn, switches.RELAY, on=True)
        await _tell_of_relay(turn, on=True)
    else:
        await turn.show(sure_screen(turn.voice, "over.relay_off", DESK(), DESK_RELAY_OFF_SURE()))


async def relay_off_sure(turn: Turn) -> None:
    """Switch talks and announcements off."""
    await _turn(turn, switches.RELAY, on=False)
    await _tell_of_relay(turn, on=False)


async def _tell_of_relay(turn: Turn, *, on: bool) -> None:
    """Tell the other coordinators that nothing passes to girls, or that it does again."""
    for other in turn.actor.others:
        voice = await turn.voice_of(other)
        who = await colleagues.actor_called(turn, voice)
        text = voice.say("over.relay_on_news" if on else "over.relay_off_news", who=who)
        screen = Screen(text, ((voice.button("news.look", DESK()),),))
        await turn.tell(other, screen, f"relay:{turn.update_id}:{other}")


async def _turn(turn: Turn, name: str, *, on: bool) -> None:
    await switches.turn(turn.actor, name, on=on)
    await home(turn)
