"""Her data is hers: what is kept, why, how long and who sees it; and forgetting all of it."""

from math import ceil

from bot import privacy
from bot.database.backup import KEEP_BEFORE
from bot.mentoring import guardians, minors, sharing, waiting
from bot.mentoring import privacy as mentoring
from bot.people import ages, chats, phones
from bot.queues import hiding, inbox, outbox
from bot.queues.messages import Commands
from bot.queues.outbox import FAREWELL, Lane
from bot.safety import erased, last_words
from bot.safety.erased import LeftOpen
from bot.screens.screen import Html, Screen, in_rows, paragraphs
from bot.screens.taps import Data
from bot.screens.voice import Voice
from bot.settings import Settings
from bot.small_counts import FEWEST_SHOWN
from bot.turn import Turn
from handlers.doors import CASE, PRIVACY, SHARED_PHONE, hide_row, homewards, to_more
from handlers.home import names
from handlers.home.taps import ERASE, ERASE_FOR_SURE, MY_DATA, PRIVACY_PAGE, PRIVACY_PAGES, RENAME


def numbers(voice: Voice, settings: Settings) -> dict[str, str]:
    """Return every number that the pages name, from what forgets by it."""
    hours = int(hiding.REACHES_BACK.total_seconds() // 3600)
    times = {
        "question_days": settings.question_days,
        "private_days": min(settings.question_days, settings.case_days),
        "case_days": settings.case_days,
        "walk_days": settings.walk_days,
        "class_days": settings.class_days,
        "event_days": settings.event_days,
        "announce_days": settings.announce_days,
        "talk_days": ceil(settings.mentor_transcript_days),
        "minor_days": minors.LASTS.days,
        "wait_days": waiting.LASTS.days,
        "frozen_days": mentoring.FROZEN_LASTS.days,
        "backup_days": settings.backup_days,
        "tally_years": settings.tally_years,
        "audit_years": settings.audit_years,
        "before_days": KEEP_BEFORE.days,
        "minutes": int(last_words.LASTS.total_seconds() // 60),
        "hide_days": round(hours / 24),
        "few": FEWEST_SHOWN,
        "grown": ages.GROWN_UP,
        "place_days": inbox.KEEP_DONE.days,
        "receipt_days": outbox.KEEP_RECEIPTS.days,
    }
    said = {name: voice.number(value) for name, value in times.items()}
    # Where copies from before an upgrade are kept as long as all others, one number says it.
    longer = times["before_days"] != times["backup_days"]
    said["before"] = voice.label("data.before", days=said["before_days"]) if longer else ""
    return said


def card_screen(voice: Voice) -> Screen:
    """Return what her rights are, with the page of each."""
    pages = [voice.button(f"data.page_{page}", PRIVACY_PAGE(page)) for page in PRIVACY_PAGES]
    last = (voice.button("data.mine", MY_DATA()), voice.button("data.erase", ERASE()))
    return Screen(voice.say("data.text"), (*in_rows(pages), last, to_more(voice)))


def page_screen(voice: Voice, settings: Settings, page: str, *, shares: bool = False) -> Screen:
    """Return one page: what is kept, how long, who sees it, what stays, a shared telephone.

    Who `shares` hers, or may, finds there how others can have pages of their own on it.
    """
    back = homewards(voice, voice.button("back.data", PRIVACY()))
    others = ((voice.button("who.page", SHARED_PHONE()),),) if shares else ()
    rows = (hide_row(voice), *others, back) if page == "phone" else (back,)
    return Screen(voice.say(f"privacy.{page}", **numbers(voice, settings)), rows)


def _stays(voice: Voice, settings: Settings, *, waits: bool) -> tuple[Html, ...]:
    """Return what may stay, and what waits about a mentor.

    Of an open case everybody hears the same, whether there is one or not: it may be another who
    holds her phone.
    """
    named = numbers(voice, settings)
    return (
        voice.say("data.stays", days=named["frozen_days"]) if waits else Html(""),
        voice.say("data.may_stay"),
        voice.say("data.backups", **named),
    )


def _said(voice: Voice, key: str, *, waits: bool) -> Html:
    """Return words about erasing, as one speaks to a mentor where something about her waits."""
    return voice.say(f"{key}_mentor" if waits else key)


def sure_screen(
    voice: Voice, settings: Settings, back: Data, *, waits: bool, withdraws: bool = False
) -> Screen:
    """Return the question before everything is erased; of a guardian it `withdraws` a consent.

    Who leaves it all as it is goes `back` to where she came from.
    """
    return Screen(
        paragraphs(
            _said(voice, "data.sure", waits=waits),
            voice.say("guardian.erase_withdraws") if withdraws else "",
            voice.say("data.empties", **numbers(voice, settings)),
            *_stays(voice, settings, waits=waits),
        ),
        (
            (voice.button("data.erase_yes", ERASE_FOR_SURE()),),
            (voice.button("data.page_stays", PRIVACY_PAGE("stays")),),
            homewards(voice, voice.button("data.keep", back)),
        ),
    )


async def card(turn: Turn, _argument: str = "") -> None:
    """Show what her rights are."""
    await turn.show(card_screen(turn.voice))


async def show_page(turn: Turn, page: str) -> None:
    """Show one page of privacy."""
    shares = page == "phone" and await sharing.may_share(turn.actor)
    await turn.show(page_screen(turn.voice, turn.services.settings, page, shares=shares))


async def ask_again(turn: Turn, _argument: str = "") -> None:
    """Ask before everything is erased."""
    waits = await mentoring.held_back(turn.session, turn.person.id)
    withdraws = bool(await guardians.given_by(turn.session, turn.person.id))
    # From the page of a shared phone, which alone offers another name.
    from_phone = any(data == RENAME() for _, data in turn.conversation.buttons)
    back = SHARED_PHONE() if from_phone and turn.heard.kind == "button" else PRIVACY()
    screen = sure_screen(
        turn.voice, turn.services.settings, back, waits=waits, withdraws=withdraws
    )
    await turn.show(screen)


async def erase(turn: Turn) -> None:
    """Forget her, take away what both wrote, and say so; once, however often she taps."""
    voice, settings, person_id = turn.voice, turn.services.settings, turn.person.id
    waits = await mentoring.held_back(turn.session, person_id)
    # Where it stands is forgotten with her.
    found = await hiding.in_chat(turn.session, person_id, turn.now)
    await forget(turn, person_id)
    if turn.new and not waits:
        # She was forgotten before, and was known only since this tap.
        turn.toast = voice.label("data.erased_before")
        return
    phone = await phones.of(turn.session, chats.chat_of(person_id))
    # On a phone that others use as well, to whoever holds it: to her nothing is said any more.
    to = person_id if phone is None else chats.door(phone.chat_id)
    tapped = turn.heard.message_id if turn.heard.kind == "button" else None
    await hiding.take_away(
        turn.session, to, found, key=f"{FAREWELL}chat:{turn.update_id}", tapped=tapped,
        now=turn.now,
    )  # fmt: skip
    last = Screen(
        paragraphs(
            _said(voice, "data.erased", waits=waits),
            *_stays(voice, settings, waits=waits),
        )
    )
    # Not as an answer like others: nothing is kept of having sent it.
    await turn.tell(to, last, f"{FAREWELL}{turn.update_id}", Lane.REPLY)
    # Behind ☰ is again what everybody has: no language that she chose.
    await outbox.stage(
        turn.session, Commands(), to=to, key=f"{FAREWELL}commands:{turn.update_id}",
        lane=Lane.REPLY, now=turn.now,
    )  # fmt: skip
    if phone is not None:
        phones.begins_below(phone, turn.heard.message_id, *found[:1])
        await names.show_below(turn, phone)


async def forget(turn: Turn, person_id: int) -> None:
    """Forget somebody; whoever has her case is told."""
    case = await erased.left_open(turn.session, person_id)
    await privacy.erase(turn.session, person_id, turn.now)
    if case is not None and not case.before and case.held_by not in (None, person_id):
        await _tell_holder(turn, case)


async def _tell_holder(turn: Turn, case: LeftOpen) -> None:
    """Tell who has her case that its words are gone: she may have been made to do it."""
    holder = case.held_by or 0
    voice = await turn.voice_of(holder)
    screen = Screen(
        voice.say("data.case_erased", case=voice.number(case.id)),
        ((voice.button("case.open", CASE(case.id)),),),
    )
    await turn.tell(holder, screen, f"case:{case.id}:erased:{turn.update_id}")
