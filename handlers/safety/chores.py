"""What the clock does for safety: it calls the next coordinator, drills, forgets last words.

The girl hears how it goes at each step: that her call arrived, that it was not taken and the
next is called, that nobody can be reached.
"""

from datetime import datetime, timedelta

from bot.database import Database, Session
from bot.desk import counters
from bot.mentoring import apart, roster
from bot.people.staff import coordinators_of
from bot.safety import case_upkeep, drills, last_words, on_call, silence
from bot.safety.on_call import Step
from bot.safety.silence import Wait
from bot.safety.states import Silence
from bot.timekeeper import Wake
from bot.turn import Services, tell, voice_of
from handlers.feature import Duty
from handlers.safety import alerts, call_screens, case_screens
from handlers.safety import drills as drill_doors


async def escalate_cases(services: Services, database: Database, wake: Wake) -> None:
    """Look after every case that nobody has, or whose coordinator is gone."""
    now, first = services.clock(), services.settings.coordinator_ids
    async with database.read() as session:
        staff = await coordinators_of(session, first)
        waits = await on_call.anything_open(session, staff)
        over = await case_upkeep.has_mistakes(session, now)
        silent = await silence.anybody(session, now, services.case_patience)
        ahead = await case_upkeep.are_ahead(session, now, services.case_interval)
    if not waits and not over and not silent and not ahead:
        return
    staged = False
    async with database.write() as session:
        staff = await coordinators_of(session, first)
        await case_upkeep.erase_mistakes(session, now)
        await case_upkeep.stamp_anew(session, now, services.case_interval)

        async def far_from(person_id: int) -> tuple[int, ...]:
            return await apart.far_in_order(session, person_id, staff, now, services.settings.zone)

        for step in await on_call.look_after(session, far_from, now, services.case_interval):
            if step.alert is not None:
                await alerts.send(services, session, step.alert, now)
                staged = True
            heard = step.news is not None and call_screens.hears(step.kind, step.news)
            if heard and not step.erased:
                await _tell(services, session, step, now)
                staged = True
        for wait in await silence.look_after(session, far_from, now, services.case_patience):
            await _end_silence(services, session, wait, now)
            staged = True
    if staged:
        wake()


async def _tell(services: Services, session: Session, step: Step, now: datetime) -> None:
    """Tell a girl where her call stands, in the language in which she asked for help."""
    voice = await call_screens.her_voice(services, session, step)
    words = call_screens.told(step.kind, f"case.news_{step.news}")
    screen = call_screens.help_screen(voice, services.content, step.kind, words, calls=True)
    key = f"case:{step.case_id}:news:{step.news}:{step.round}"
    await tell(session, step.person_id, screen, key, now)


async def _end_silence(services: Services, session: Session, wait: Wait, now: datetime) -> None:
    """Remind who has a case of the girl who waits, or call the others and tell the girl."""
    if wait.done is Silence.REMINDED:
        voice = await voice_of(session, services, wait.holder_id)
        minutes = int((now - wait.since).total_seconds() // 60)
        screen = case_screens.silent_screen(voice, wait.case_id, minutes)
        await tell(session, wait.holder_id, screen, f"{wait.mark}:reminded", now)
        return
    for number, person_id in enumerate(wait.others):
        voice = await voice_of(session, services, person_id)
        screen = case_screens.alert_silent_screen(voice, wait.case_id, erased=wait.erased)
        await tell(session, person_id, screen, f"{wait.mark}:called:{number}", now)
    if wait.erased:
        return
    voice = await call_screens.her_voice(services, session, wait)
    key = "case.news_silent" if wait.others else "case.news_silent_alone"
    words = call_screens.told(wait.kind, key)
    screen = call_screens.help_screen(voice, services.content, wait.kind, words)
    await tell(session, wait.person_id, screen, f"{wait.mark}:told", now)


async def drill(services: Services, database: Database, wake: Wake) -> None:
    """Begin the drill of the month, or look after the one that runs."""
    now, settings = services.clock(), services.settings
    when = now, settings.zone, settings.drill_day
    async with database.read() as session:
        staff = await coordinators_of(session, settings.coordinator_ids)
        runs = await drills.running(session) is not None
        due = await drills.is_due(session, staff, *when)
    if not runs and not due:
        return
    async with database.write() as session:
        everybody = await coordinators_of(session, settings.coordinator_ids)
        staff = await roster.in_order(session, everybody, now, settings.zone)
        step = await drills.look_after(session, staff, now, services.case_interval)
        # One that has just ended is told of first: the next begins a moment later.
        if step is None and await drills.is_due(session, staff, *when):
            step = await drills.begin_by_clock(session, staff, now, services.case_interval)
        if step is not None:
            await drill_doors.carry_out(services, session, step, now)
    if step is not None:
        wake()


async def forget_last_words(services: Services, database: Database, _wake: Wake) -> None:
    """Forget what was written longer ago than it is read together."""
    now = services.clock()
    async with database.read() as session:
        oldest = await last_words.oldest_at(session)
    if oldest is None or now - oldest < last_words.LASTS:
        return
    async with database.write() as session:
        words = await last_words.forget_old(session, now)
        today = now.astimezone(services.settings.zone).date()
        await counters.forgot(session, today, {"words": words})


DUTIES = (
    Duty("escalate cases", timedelta(seconds=5), escalate_cases),
    Duty("drill", timedelta(seconds=5), drill),
    Duty("forget last words", timedelta(minutes=5), forget_last_words),
)
