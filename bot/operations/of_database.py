"""What the database says: whether this release can read it, what waits in it, who is on call."""

from collections.abc import Iterable

from bot.database.migrate import known_revisions, revision
from bot.database.one_instance import folder_missing
from bot.database.prepare import look_at
from bot.database.trouble import FAILURES, in_words
from bot.mentoring import roster
from bot.operations import invariants
from bot.operations.finding import Finding, Patient, bad, long, look, unseen, well
from bot.people.staff import coordinators_of
from bot.queues import depth
from bot.queues.outbox import Lane
from bot.safety import figures as cases
from bot.safety import on_call
from bot.safety.states import DrillEnd
from bot.settings import SettingsError

NOT_READ = "the database of this release cannot be read"
# What waits longer is stuck: an update is taken at once, a reply leaves within seconds. What goes
# to many is let to wait.
_STUCK_SECONDS = {"updates": 120.0, Lane.REPLY: 300.0, Lane.NOTE: 300.0}
_SLOW_SECONDS = 3600.0
# After this nobody may say that a girl who asked for a person was only asked to be patient.
_FORGOTTEN_SECONDS = 3600.0
# There is one a month; after this one was left out.
_LAST_DRILL_SECONDS = 45 * 86400.0
_FAILED = {
    DrillEnd.LATE: "the first who was called was not there in time",
    DrillEnd.UNANSWERED: "nobody who was called was there",
    DrillEnd.NOBODY: "nobody could be called",
}


async def migrations(patient: Patient) -> Iterable[Finding]:
    """Look whether the database is sound, and how far it is migrated."""
    newest = known_revisions()[0]
    if not patient.settings.is_in_file:
        return [await _on_server(patient.settings.database_url, newest)]
    file = patient.settings.database_file
    if not file.exists():
        missing = folder_missing(file, file.resolve().parent.parent)
        if missing is not None:
            return [bad("database", missing.removesuffix("."))]
        return [look("database", f"{file} is not there yet; the first start makes it")]
    try:
        found = revision(file)
    except SettingsError as error:
        return [bad("database", str(error))]
    except FAILURES as error:
        return [bad("database", f"{file} cannot be used: {in_words(error)}")]
    if found == newest:
        return [well("database", f"it is sound, and as this release wants it ({newest})")]
    says = f"it is sound, and of an older release ({found or 'empty'}, this one is {newest})"
    return [look("database", f"{says}; the next start brings it up to date")]


async def _on_server(url: str, newest: str) -> Finding:
    try:
        found = await look_at(url)
    except SettingsError as error:
        return bad("database", str(error).removesuffix("."))
    if found.is_of_this_release:
        return well("database", f"the server has it, as this release wants it ({newest})")
    says = f"it is of an older release ({found.revision or 'empty'}, this one is {newest})"
    return look("database", f"{says}; the next start brings it up to date")


async def records(patient: Patient) -> Iterable[Finding]:
    """Look whether what is kept agrees with itself, and keeps nobody who erased herself."""
    if patient.database is None:
        return [unseen("records", NOT_READ)]
    async with patient.database.read() as session:
        broken = await invariants.breaches(session, patient.settings.coordinator_ids)
    found = [bad("records", f"{one}; keep a copy and tell the engineers") for one in broken]
    return found or [well("records", f"all agree, by {len(invariants.RULES)} rules and more")]


async def queues(patient: Patient) -> Iterable[Finding]:
    """Look at what waits to be taken and to be sent, and since when."""
    if patient.database is None:
        return [unseen("queues", NOT_READ)]
    async with patient.database.read() as session:
        inbox = await depth.of_inbox(session)
        outbox = await depth.of_outbox(session, patient.now)
        failed = await depth.failed(session)
    waiting = {"updates": inbox} | {lane: found for lane, found in outbox.items()}
    found = []
    for name, one in waiting.items():
        what = name if isinstance(name, str) else f"{name.name.lower()} messages"
        says = f"{what} that wait: {one.waiting}, the first for {long(one.seconds(patient.now))}"
        if one.seconds(patient.now) > _STUCK_SECONDS.get(name, float("inf")):
            mend = "look into the log" if patient.process else "start the bot"
            found.append(bad("queues", f"{says}; {mend}"))
        elif one.seconds(patient.now) > _SLOW_SECONDS:
            found.append(look("queues", says))
    if failed:
        says = f"updates of the last two days that could not be answered: {failed}"
        found.append(look("queues", f"{says}; the log says where it failed"))
    return found or [well("queues", "nothing waits for long")]


async def coordinators(patient: Patient) -> Iterable[Finding]:
    """Look whether somebody can be called for a girl who asks for a person, and who waits."""
    if patient.database is None:
        if not patient.settings.coordinator_ids:
            return [bad("on call", "nobody; put the ids of coordinators into COORDINATOR_IDS")]
        return [unseen("on call", NOT_READ)]
    async with patient.database.read() as session:
        staff = await coordinators_of(session, patient.settings.coordinator_ids)
        doubts = await on_call.doubts(session, staff)
        calls = await cases.waiting_since(session)
        now = await roster.read(session, staff, patient.now, patient.settings.zone)
    found = [bad("on call", line) for line in doubts]
    waits = (patient.now - min(calls, default=patient.now)).total_seconds()
    if waits > _FORGOTTEN_SECONDS:
        says = f"girls who wait for a person: {len(calls)}, the first for {long(waits)}"
        found.append(bad("on call", f"{says}; ring a coordinator up now"))
    if not found:
        found = list(_of_roster(now))
    return found


def _of_roster(now: roster.Roster) -> Iterable[Finding]:
    """Yield who is on call now; nobody, or nobody in some hours, is to be looked at."""
    says = f"coordinators who can be called: {len(now.order)}, on call now: {len(now.there)}"
    then = "a girl's call goes to the deputies first, then to everybody"
    if not now.anybody_on_duty:
        mend = "nothing passes between girls and mentors; let one go on call at the desk"
        yield look("on call", f"{says}; {then}, and {mend}")
        return
    gaps = ", ".join(f"{gap.begins:%H:%M}-{gap.ends:%H:%M}" for gap in now.gaps)
    if gaps:
        says += f"; nobody is on call at {gaps}, when {then}"
    yield well("on call", says) if now.there else look("on call", says)


async def drill(patient: Patient) -> Iterable[Finding]:
    """Look whether those on call were tried lately, and whether somebody was there in time."""
    if patient.database is None:
        return [unseen("drill", NOT_READ)]
    async with patient.database.read() as session:
        last = await cases.last_drill(session)
    day = patient.settings.drill_day
    mend = "a coordinator begins one at the desk" + ("" if day else ", or set DRILL_DAY")
    if last is None:
        return [look("drill", f"there was none in a year; {mend}")]
    ago = (patient.now - last.began_at).total_seconds()
    found = []
    if ago > _LAST_DRILL_SECONDS:
        found.append(look("drill", f"the last was {long(ago)} ago; {mend}"))
    if (why := _FAILED.get(last.outcome or DrillEnd.IN_TIME)) is not None:
        says = f"the last, {long(ago)} ago, failed: {why}; ask those on call why, and repeat it"
        found.append(look("drill", says))
    return found or [
        well("drill", f"the last was {long(ago)} ago, and somebody was there in time")
    ]
