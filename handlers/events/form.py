"""Writing an event: step by step, or from one pasted block; looked at before it is saved.

A new event is asked for step by step; every step can be gone back to from the preview. The
changes to a published event are a draft too, so that those who go are told once, at the end.
"""

from typing import Any

from bot.events import calendar, drafts, pasted
from bot.events.calendar import IncompleteError
from bot.events.details import KINDS, REPEATS, Details
from bot.events.drafts import Draft
from bot.events.pasted import Problem
from bot.events.reminder_times import OFFSETS, USUAL
from bot.language import typed_times
from bot.language.khmer import repair
from bot.language.typed_times import TimeProblemError
from bot.people.people import GRADES
from bot.people.staff import require_coordinator
from bot.screens.screen import Screen
from bot.screens.taps import StaleError
from bot.turn import Turn
from handlers.events.form_screens import (
    ALONE,
    GUIDED,
    LIMITS,
    MENUS,
    OPTIONAL,
    ask_screen,
    menu_screen,
    preview_screen,
    problem_screen,
    words_to_look_for,
)
from handlers.events.notices import announce

# The steps that a new event goes through, in order; the others are reached from the preview.
STEPS = ("kind", "title_km", "title_en", "text_km", "text_en", "when", "where", "place", "places")
TYPED = (*LIMITS, "when", "places", "until")
TAPPED = ("kind", "where", "fields", "grades", "repeat", "remind")
LONGEST_NUMBER = 12


def number_of(text: str) -> int:
    """Return the number in callback data, 0 when there is none."""
    return int(text) if text.isdecimal() and len(text) < LONGEST_NUMBER else 0


async def tapped(turn: Turn, argument: str) -> None:
    """Follow a button of the form: `verb:draft:step:mode:value`."""
    require_coordinator(turn.person.id, turn.coordinators)
    verb, number, step, mode, value = (argument.split(":", 4) + [""] * 5)[:5]
    if verb == "new":
        draft = await _begin(turn, Details())
        await _ask(turn, draft, STEPS[0], GUIDED)
    elif verb == "paste":
        turn.conversation.awaiting = {"for": "event_block"}
        voice = turn.voice
        example = voice.label("eventform.example")
        await turn.show(Screen(voice.say("eventform.paste", example=example)), new_message=True)
    elif verb == "edit":
        await _edit(turn, number_of(number))
    elif (draft_ := await _find(turn, number_of(number))) is not None:
        await _with_draft(turn, draft_, verb, step, mode, value)


async def _with_draft(
    turn: Turn, draft: Draft, verb: str, step: str, mode: str, value: str
) -> None:
    mode = GUIDED if mode == GUIDED else ALONE
    if verb == "show":
        await _preview(turn, draft)
    elif verb == "menu" and step in MENUS:
        await turn.show(menu_screen(turn.voice, draft, step))
    elif verb == "ask" and step in (*TYPED, *TAPPED):
        await _ask(turn, draft, step, mode, number_of(value))
    elif verb == "skip" and step in OPTIONAL:
        await _skip(turn, draft, step, mode)
    elif verb == "set" and step in TAPPED:
        await _set(turn, draft, step, mode, value)
    elif verb == "flip" and step in ("fields", "grades", "remind"):
        await _flip(turn, draft, step, value)
    elif verb == "save":
        await _save(turn, draft)
    elif verb == "drop":
        await drafts.discard(turn.session, turn.person.id, turn.coordinators, draft.id)
        await turn.show(_done(turn, "eventform.dropped"))
    else:
        raise StaleError


async def _begin(turn: Turn, details: Details, event_id: int | None = None) -> Draft:
    return await drafts.begin(
        turn.session, turn.person.id, turn.coordinators, details, turn.now, event_id
    )


async def _find(turn: Turn, draft_id: int) -> Draft | None:
    draft = await drafts.find(turn.session, turn.person.id, turn.coordinators, draft_id)
    if draft is None:
        turn.conversation.awaiting = None
        await turn.show(_done(turn, "eventform.lost"))
    return draft


async def _edit(turn: Turn, event_id: int) -> None:
    details = await calendar.details_of(turn.session, event_id, turn.now)
    if details is None:
        await turn.show(_done(turn, "eventdesk.gone"))
        return
    await _preview(turn, await _begin(turn, details, event_id))


async def _ask(turn: Turn, draft: Draft, step: str, mode: str, page: int = 0) -> None:
    services = turn.services
    if step in TYPED:
        turn.conversation.awaiting = {
            "for": "event", "draft": draft.id, "step": step, "mode": mode,
        }  # fmt: skip
    screen = ask_screen(
        turn.voice, services.content, draft, step, mode, page, services.settings.zone
    )  # fmt: skip
    await turn.show(screen)


async def _preview(turn: Turn, draft: Draft, unread: tuple[Problem, ...] = ()) -> None:
    turn.conversation.awaiting = None
    problems = draft.details.problems(turn.now)
    services = turn.services
    screen = preview_screen(
        turn.voice, services.content, draft, problems, unread, services.settings.zone
    )
    await turn.show(screen)


async def _change(turn: Turn, draft: Draft, step: str, mode: str, **values: Any) -> None:
    """Set values and go on: to the next step of a new event, else back to the preview."""
    changed = await drafts.change(
        turn.session, turn.person.id, turn.coordinators, draft.id, turn.now, **values
    )
    if changed is None:
        raise StaleError
    if mode == GUIDED and step in STEPS[:-1]:
        await _ask(turn, changed, STEPS[STEPS.index(step) + 1], GUIDED)
    else:
        await _preview(turn, changed)


async def _skip(turn: Turn, draft: Draft, step: str, mode: str) -> None:
    values = {"places": {"places": None}, "until": {"repeat_until": None}}
    await _change(turn, draft, step, mode, **values.get(step, {step: ""}))


async def _set(turn: Turn, draft: Draft, step: str, mode: str, value: str) -> None:
    provinces = {p.id for p in turn.services.content.provinces}
    if step == "kind" and value in KINDS:
        await _change(turn, draft, step, mode, kind=value)
    elif step == "where" and value in {"online", "everywhere", *provinces}:
        where = {
            "online": value == "online",
            "everywhere": value == "everywhere",
            "province": value if value in provinces else None,
        }
        changed = await drafts.change(
            turn.session, turn.person.id, turn.coordinators, draft.id, turn.now, **where
        )
        # The place goes with the province, so it is asked for at once.
        if changed is not None:
            await _ask(turn, changed, "place", mode)
    elif step == "repeat" and value in REPEATS:
        changed = await drafts.change(
            turn.session, turn.person.id, turn.coordinators, draft.id, turn.now, repeat=value
        )
        if changed is not None:
            await _ask(turn, changed, "until", ALONE)
    elif step == "repeat" and value == "once":
        await _change(turn, draft, step, mode, repeat=None, repeat_until=None)
    else:
        raise StaleError


async def _flip(turn: Turn, draft: Draft, step: str, value: str) -> None:
    """Switch one field, grade or reminder on or off, and show the choice again."""
    details, page, values = draft.details, 0, dict[str, Any]()
    fields = [f.id for f in turn.services.content.fields]
    if step == "fields" and value in fields:
        chosen = {*details.fields} ^ {value}
        values["fields"] = tuple(f for f in fields if f in chosen)
        page = fields.index(value) // 6
    elif step == "grades" and value in GRADES:
        chosen = {*details.grades} ^ {value}
        values["grades"] = tuple(g for g in GRADES if g in chosen)
    elif step == "remind" and (value == "usual" or number_of(value) in OFFSETS):
        usual = OFFSETS if details.kind == "deadline" else USUAL
        now = {*(usual if details.offsets is None else details.offsets)} ^ {number_of(value)}
        values["offsets"] = None if value == "usual" else tuple(m for m in OFFSETS if m in now)
    else:
        raise StaleError
    changed = await drafts.change(
        turn.session, turn.person.id, turn.coordinators, draft.id, turn.now, **values
    )
    if changed is not None:
        await _ask(turn, changed, step, ALONE, page)


async def wrote(turn: Turn, text: str) -> None:
    """Take what was typed for a step; what is not understood is said and waited for again."""
    require_coordinator(turn.person.id, turn.coordinators)
    awaiting = turn.conversation.awaiting or {}
    draft = await _find(turn, int(awaiting["draft"]))
    if draft is None:
        return
    step = str(awaiting["step"])
    try:
        values = _read(turn, step, text)
        await _change(turn, draft, step, str(awaiting["mode"]), **values)
    except TimeProblemError as error:
        await turn.show(problem_screen(turn.voice, f"time_{error}", text))
    except ValueError:
        name = "places" if step == "places" else "too_long"
        await turn.show(problem_screen(turn.voice, name, text))


def _read(turn: Turn, step: str, text: str) -> dict[str, Any]:
    """Return the values that a typed step means. Raises TimeProblemError or ValueError."""
    zone = turn.services.settings.zone
    if step == "when":
        span = typed_times.read_span(text, turn.now, zone)
        return {"starts": span.starts, "ends": span.ends, "all_day": span.all_day}
    if step == "until":
        return {"repeat_until": typed_times.read_day(text, turn.now, zone)}
    if step == "places":
        return {"places": pasted.read_places(text)}
    return {step: repair(text).strip()}


async def wrote_block(turn: Turn, text: str) -> None:
    """Read a pasted block; what is missing or not understood is named in the preview."""
    require_coordinator(turn.person.id, turn.coordinators)
    services = turn.services
    words = words_to_look_for(services.content)
    read = pasted.read_block(text, words, turn.now, services.settings.zone)
    draft = await _begin(turn, read.details)
    await _preview(turn, draft, read.problems)


async def _save(turn: Turn, draft: Draft) -> None:
    zone, who = turn.services.settings.zone, (turn.person.id, turn.coordinators)
    try:
        if draft.event_id is None:
            await calendar.publish(turn.session, *who, draft.details, turn.now, zone)
            screen = _done(turn, "eventform.published")
        else:
            notices = await calendar.edit(
                turn.session, *who, draft.event_id, draft.details, turn.now, zone
            )
            if notices is None:
                await turn.show(_done(turn, "eventdesk.gone"))
                return
            told = await announce(turn, notices)
            screen = _done(turn, "eventform.saved", told=turn.voice.number(told))
    except IncompleteError:
        await _preview(turn, draft)
        return
    await drafts.discard(turn.session, *who, draft.id)
    await turn.show(screen)


def _done(turn: Turn, key: str, **values: object) -> Screen:
    voice = turn.voice
    return Screen(voice.say(key, **values), ((voice.button("eventdesk.back", "evd:list:0"),),))
