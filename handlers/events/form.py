"""Writing an event: step by step, or from one pasted block; looked at before it is saved.

A new event is asked for step by step; every step can be gone back to from the preview. The
changes to a published event are a draft too, so that those who go are told once, at the end.
"""

from typing import Any

from bot.content import Content
from bot.events import calendar, drafts, pasted
from bot.events.calendar import IncompleteError
from bot.events.details import KINDS, REPEATS, Details, reworded, said_in
from bot.events.drafts import Draft
from bot.events.pasted import Problem
from bot.events.reminder_times import OFFSETS, USUAL
from bot.language import typed_times
from bot.language.khmer import repair
from bot.language.typed_times import TimeProblemError
from bot.people.people import GRADES
from bot.refusals import RefusedError, StaleError
from bot.screens.screen import Screen
from bot.screens.sure import sure_screen
from bot.turn import Turn
from handlers.doors import ANNOUNCE_EVENT
from handlers.events.awaiting import TAPPED, Block, Step
from handlers.events.form_screens import (
    CHOICES_A_PAGE,
    LIMITS,
    WORDS,
    ask_screen,
    may_be_skipped,
    menu_screen,
    menus,
    name_of,
    not_understood,
    preview_screen,
    steps_of,
    words_to_look_for,
    written_in,
)
from handlers.events.notices import announce
from handlers.events.taps import DISCARD, EVENTS, GUIDED, PREVIEW

# What a block says that is no correction of a few lines.
_WHOLE = {"title", "starts"}


def guided_steps(content: Content) -> tuple[str, ...]:
    """Return the steps of a new event, in order; the others are reached from the preview."""
    return steps_of(content, "kind", *WORDS, "when", "where", "place", "places")


def typed_steps(content: Content) -> tuple[str, ...]:
    """Return the steps that are answered in writing."""
    return steps_of(content, *LIMITS, "when", "places", "until")


async def new(turn: Turn) -> None:
    """Begin to write an event."""
    draft = await drafts.begin(turn.actor, Details())
    await _ask(turn, draft, guided_steps(turn.services.content)[0], guided=True)


async def begin(turn: Turn, details: Details) -> None:
    """Begin to write an event of which something is known already; the preview names the rest."""
    await _preview(turn, await drafts.begin(turn.actor, details))


async def paste(turn: Turn) -> None:
    """Ask for an event in one block."""
    turn.expect(Block())
    voice = turn.voice
    example = voice.label("eventform.example")
    await turn.show(
        Screen(
            voice.say("eventform.paste", example=example),
            ((voice.button("eventdesk.back", EVENTS.again()),),),
        ),
        new_message=True,
    )


async def edit(turn: Turn, event_id: int) -> None:
    """Begin to change a published event."""
    details = await calendar.details_of(turn.session, event_id, turn.now)
    draft, begun = await drafts.edit(turn.actor, event_id, details)
    if begun:
        turn.aside = Screen(turn.voice.say("eventform.begun"))
    await _preview(turn, draft)


async def preview(turn: Turn, draft_id: int) -> None:
    """Show the event as written so far."""
    await _preview(turn, await drafts.find(turn.actor, draft_id))


async def menu(turn: Turn, draft_id: int, name: str) -> None:
    """Show the steps behind one button of the preview."""
    draft, content = await drafts.find(turn.actor, draft_id), turn.services.content
    if name not in menus(content):
        raise StaleError
    await turn.show(menu_screen(turn.voice, content, draft, name))


async def ask(turn: Turn, draft_id: int, step: str, guided: bool, page: int) -> None:
    """Ask for one step."""
    if step not in (*typed_steps(turn.services.content), *TAPPED):
        raise StaleError
    await _ask(turn, await drafts.find(turn.actor, draft_id), step, page, guided=guided)


async def skip(turn: Turn, draft_id: int, step: str, guided: bool) -> None:
    """Leave a step empty and go on."""
    draft = await drafts.find(turn.actor, draft_id)
    if not may_be_skipped(step):
        raise StaleError
    if not _is_asked(turn, draft, step, kept=_is_filled(draft, step)):
        await _where_it_stands(turn, draft)
        return
    values = {"places": {"places": None}, "until": {"repeat_until": None}}
    empty = values.get(step) or _said(turn, draft, step, "")
    await _change(turn, draft, step, guided=guided, **empty)


async def choose(turn: Turn, draft_id: int, step: str, guided: bool, value: str) -> None:
    """Take what was chosen for a step and go on."""
    draft = await drafts.find(turn.actor, draft_id)
    if not _is_asked(turn, draft, step):
        await _where_it_stands(turn, draft)
        return
    provinces = {p.id for p in turn.services.content.provinces}
    if step == "kind" and value in KINDS:
        await _change(turn, draft, step, guided=guided, kind=value)
    elif step == "where" and value in {"online", "everywhere", *provinces}:
        where = {
            "online": value == "online",
            "everywhere": value == "everywhere",
            "province": value if value in provinces else None,
        }
        changed = await drafts.change(turn.actor, draft.id, **where)
        # The place goes with the province, so it is asked for at once.
        await _ask(turn, changed, "place", guided=guided)
    elif step == "repeat" and value in REPEATS:
        changed = await drafts.change(turn.actor, draft.id, repeat=value)
        await _ask(turn, changed, "until", guided=False)
    elif step == "repeat" and value == "once":
        await _change(turn, draft, step, guided=guided, repeat=None, repeat_until=None)
    else:
        raise StaleError


async def flip(turn: Turn, draft_id: int, step: str, _guided: bool, value: str) -> None:
    """Switch one field, grade or reminder on or off, and show the choice again."""
    draft = await drafts.find(turn.actor, draft_id)
    if not _is_asked(turn, draft, step):
        await _where_it_stands(turn, draft)
        return
    details, page, values = draft.details, 0, dict[str, Any]()
    fields = [f.id for f in turn.services.content.fields]
    offsets = {str(minutes): minutes for minutes in OFFSETS}
    if step == "fields" and value in fields:
        chosen = {*details.fields} ^ {value}
        values["fields"] = tuple(f for f in fields if f in chosen)
        page = fields.index(value) // CHOICES_A_PAGE
    elif step == "grades" and value in GRADES:
        chosen = {*details.grades} ^ {value}
        values["grades"] = tuple(g for g in GRADES if g in chosen)
    elif step == "remind" and value == "usual":
        values["offsets"] = None
    elif step == "remind" and value in offsets:
        usual = OFFSETS if details.kind == "deadline" else USUAL
        now = {*(usual if details.offsets is None else details.offsets)} ^ {offsets[value]}
        values["offsets"] = tuple(m for m in OFFSETS if m in now)
    else:
        raise StaleError
    changed = await drafts.change(turn.actor, draft.id, **values)
    await _ask(turn, changed, step, page, guided=False)


async def discard(turn: Turn, draft_id: int, sure: bool) -> None:
    """Throw a draft away, once she is sure."""
    if not sure:
        await drafts.find(turn.actor, draft_id)
        keep, yes = PREVIEW(draft_id), DISCARD(draft_id, True)
        await turn.show(sure_screen(turn.voice, "eventform.drop", keep, yes))
        return
    await drafts.discard(turn.actor, draft_id)
    await turn.show(_done(turn, "eventform.dropped"))


async def save(turn: Turn, draft_id: int, mark: str | None) -> None:
    """Publish a new event, or the changes to one, as they were seen; what is missing is named."""
    draft, actor = await drafts.find(turn.actor, draft_id), turn.actor
    if mark != draft.mark:
        turn.aside = Screen(turn.voice.say("eventform.changed"))
        await _preview(turn, draft)
        return
    zone, tongues = turn.services.settings.zone, written_in(turn.services.content)
    try:
        if draft.event_id is None:
            event_id = await calendar.publish(actor, draft.details, zone, tongues)
            tell = turn.voice.button("eventdesk.announce", ANNOUNCE_EVENT(event_id))
            screen = _done(turn, "eventform.published").with_row_before_last(tell)
        else:
            notices = await calendar.edit(actor, draft.event_id, draft.details, zone, tongues)
            told = await announce(turn.session, turn.services, notices, turn.now)
            screen = _done(turn, "eventform.saved", told=turn.voice.number(told))
    except IncompleteError:
        await _preview(turn, draft)
        return
    await drafts.discard(actor, draft.id)
    await turn.show(screen)


async def wrote(turn: Turn, asked: Step, text: str) -> None:
    """Take what was typed for a step; what is not understood is said and waited for again."""
    draft, guided = await drafts.find(turn.actor, asked.draft), GUIDED.read(asked.mode)
    if asked.is_tapped:
        turn.aside = Screen(turn.voice.say("form.tap_one"))
        await _ask(turn, draft, asked.step, guided=guided)
        return
    try:
        values = _read(turn, draft, asked.step, text)
    except RefusedError as refused:
        turn.aside = Screen(turn.voice.say(refused.key, **refused.values))
        await _ask(turn, draft, asked.step, guided=guided)
        return
    if asked.again and asked.step == "place":
        turn.aside = Screen(turn.voice.say("eventform.place_taken"))
    await _change(turn, draft, asked.step, guided=guided, **values)


async def wrote_block(turn: Turn, asked: Block, text: str) -> None:
    """Read a pasted block; what is missing or not understood is named in the preview.

    What is sent after the preview corrects it: the whole block once more, or some of its lines.
    """
    services = turn.services
    words = words_to_look_for(services.content)
    read = pasted.read_block(text, words, turn.now, services.settings.zone)
    if asked.again is None or read.details.model_fields_set >= _WHOLE:
        draft = await drafts.begin(turn.actor, read.details)
    else:
        before = await drafts.find(turn.actor, asked.again)
        values = pasted.corrected(before.details, read.details)
        draft = await drafts.change(turn.actor, before.id, **values)
    await _preview(turn, draft, read.problems)
    turn.expect(Block(draft.id))


def _read(turn: Turn, draft: Draft, step: str, text: str) -> dict[str, Any]:
    """Return the values that a typed step means. Raises RefusedError."""
    voice, zone = turn.voice, turn.services.settings.zone
    try:
        if step == "when":
            span = typed_times.read_span(text, turn.now, zone)
            return {"starts": span.starts, "ends": span.ends, "all_day": span.all_day}
        if step == "until":
            return {"repeat_until": typed_times.read_last_day(text, turn.now, zone)}
        if step == "places":
            return {"places": pasted.read_places(text)}
    except TimeProblemError as error:
        raise not_understood(voice, f"time_{error}", text) from None
    except ValueError:
        raise not_understood(voice, "places", text) from None
    said = repair(text).strip()
    if len(said) > LIMITS[name_of(step)]:
        raise not_understood(voice, f"{name_of(step)}_long", text)
    return _said(turn, draft, step, said)


def _said(turn: Turn, draft: Draft, step: str, said: str) -> dict[str, Any]:
    """Return the value of a step that holds words. Raises StaleError for an unknown step."""
    if step == "place":
        return {"place": said}
    for name in WORDS:
        for tongue in written_in(turn.services.content):
            if step == f"{name}_{tongue}":
                return {name: reworded(getattr(draft.details, name), tongue, said)}
    raise StaleError


def _is_asked(turn: Turn, draft: Draft, step: str, *, kept: bool = False) -> bool:
    """Return whether a button belongs to what is asked now; one of an earlier step does not.

    Where nothing is asked any more, it would take away what is `kept`.
    """
    asked = Step.read(turn.left)
    if asked is None or asked.draft != draft.id:
        return not kept
    return asked.step == step and not asked.again


def _is_filled(draft: Draft, step: str) -> bool:
    """Return whether a step that may be skipped holds something."""
    if (name := name_of(step)) in WORDS:
        return bool(said_in(getattr(draft.details, name), step.removeprefix(f"{name}_")))
    return bool(getattr(draft.details, {"until": "repeat_until"}.get(step, step)))


async def _where_it_stands(turn: Turn, draft: Draft) -> None:
    """Ask again what is asked, for a button of an earlier step; nothing has changed."""
    turn.toast = turn.voice.label("form.earlier")
    asked = Step.read(turn.left)
    if asked is not None and asked.draft == draft.id and not asked.again:
        await _ask(turn, draft, asked.step, guided=GUIDED.read(asked.mode))
        return
    await _preview(turn, draft)
    if asked is not None and asked.draft == draft.id:
        turn.expect(asked)


async def _ask(turn: Turn, draft: Draft, step: str, page: int = 0, *, guided: bool) -> None:
    services = turn.services
    turn.expect(Step(draft.id, step, GUIDED.write(guided)))
    steps = guided_steps(services.content)
    before = steps[steps.index(step) - 1] if guided and step in steps[1:] else None
    screen = ask_screen(
        turn.voice, services.content, draft, step, page, services.settings.zone,
        guided=guided, before=before,
    )  # fmt: skip
    await turn.show(screen)


async def _preview(turn: Turn, draft: Draft, unread: tuple[Problem, ...] = ()) -> None:
    turn.expect(None)
    services = turn.services
    problems = draft.details.problems(turn.now, written_in(services.content))
    screen = preview_screen(
        turn.voice, services.content, draft, problems, unread, services.settings.zone
    )
    await turn.show(screen)


async def _change(turn: Turn, draft: Draft, step: str, *, guided: bool, **values: Any) -> None:
    """Set values and go on: to the next step of a new event, else back to the preview."""
    changed = await drafts.change(turn.actor, draft.id, **values)
    steps = guided_steps(turn.services.content)
    if guided and step in steps[:-1]:
        await _ask(turn, changed, steps[steps.index(step) + 1], guided=True)
        return
    await _preview(turn, changed)
    # What is sent once more corrects what was typed last; after the last question, the day.
    last = step if step in ("until", "place") else "when"
    turn.expect(Step(draft.id, last, GUIDED.write(False), again=True))


def _done(turn: Turn, key: str, **values: object) -> Screen:
    voice = turn.voice
    return Screen(voice.say(key, **values), ((voice.button("eventdesk.back", EVENTS.again()),),))
