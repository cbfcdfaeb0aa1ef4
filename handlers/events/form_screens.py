"""The steps of writing an event, and the preview: pure functions to screens."""

from collections.abc import Iterable, Sequence
from typing import Literal
from zoneinfo import ZoneInfo

from bot.content import Content
from bot.content.base import BASE_TONGUE, Tongue
from bot.events.details import (
    KINDS,
    LONGEST_PLACE,
    LONGEST_TEXT,
    LONGEST_TITLE,
    REPEATS,
    Details,
    said_in,
)
from bot.events.drafts import Draft
from bot.events.pasted import Problem, Words
from bot.events.reminder_times import OFFSETS, USUAL
from bot.language.khmer import fold
from bot.language.typed_times import YEARS_AHEAD
from bot.language.words import shorten
from bot.people.people import GRADES
from bot.refusals import RefusedError
from bot.screens.paging import Page
from bot.screens.screen import Button, Html, Screen, in_rows, paragraphs
from bot.screens.swapped import swapped_words
from bot.screens.taps import Data
from bot.screens.voice import Voice, in_every_language
from handlers.doors import homewards
from handlers.events.screens import choice_rows, for_whom, when_text, where_text
from handlers.events.taps import ASK, DISCARD, EVENT, EVENTS, FLIP, MENU, PREVIEW, SAVE, SET, SKIP

CHOICES_A_PAGE = 4
# What is written in every language; a step for one is called by both, such as "title_km".
WORDS: tuple[Literal["title", "text"], ...] = ("title", "text")
# What the form says of such a step.
_ASKED_FOR = ("eventform.ask.{}", "eventform.{}")
LIMITS = {"title": LONGEST_TITLE, "text": LONGEST_TEXT, "place": LONGEST_PLACE}
# What a problem says how much may be.
_AT_MOST = {"time_far": YEARS_AHEAD} | {f"{name}_long": most for name, most in LIMITS.items()}
OPTIONAL = frozenset({"text", "place", "places", "until"})
LONGEST_SAID = 60

Rows = tuple[tuple[Button, ...], ...]


def written_in(content: Content) -> tuple[Tongue, ...]:
    """Return the languages in which an event must be written: those the form can ask for."""
    words = content.locales[BASE_TONGUE]
    asked = [form.format(name) for form in _ASKED_FOR for name in WORDS]
    return tuple(t for t in content.complete if all(f"{key}_{t}" in words for key in asked))


def steps_of(content: Content, *names: str) -> tuple[str, ...]:
    """Return the steps for these names, those for words once for each language."""
    tongues = written_in(content)
    return tuple(
        step
        for name in names
        for step in ([f"{name}_{tongue}" for tongue in tongues] if name in WORDS else [name])
    )


def name_of(step: str) -> str:
    """Return what a step is about, whatever the language of its words."""
    return next((name for name in WORDS if step.startswith(f"{name}_")), step)


def may_be_skipped(step: str) -> bool:
    """Return whether a step may stay empty; a title is read in the base language then."""
    name = name_of(step)
    return name in OPTIONAL or (name == "title" and step != f"title_{BASE_TONGUE}")


def menus(content: Content) -> dict[str, tuple[str, ...]]:
    """Return the steps behind the buttons of the preview that hold several."""
    return {
        "words": steps_of(content, *WORDS, "kind"),
        "for_whom": ("fields", "grades", "places"),
    }


def ask_screen(
    voice: Voice,
    content: Content,
    draft: Draft,
    step: str,
    page: int,
    zone: ZoneInfo,
    *,
    guided: bool,
    before: str | None,
) -> Screen:
    """Return the question of one step; guided ones can be stopped, others lead back.

    `before` is the guided step to which one can go back.
    """
    rows, place = _choices(voice, content, draft, step, page, guided=guided)
    text = voice.say(
        f"eventform.ask.{step}",
        limit=voice.number(LIMITS.get(name_of(step), 0)),
        city=voice.city(zone),
        page=voice.number(place.number + 1),
        pages=voice.number(place.pages),
        repeat=repeat_text(voice, draft.details),
    )
    if may_be_skipped(step):
        rows = (*rows, (voice.button("eventform.skip", SKIP(draft.id, step, guided)),))
    if guided:
        back = [voice.button("back.topic", ASK(draft.id, before, True, 0))] if before else []
        return Screen(
            text,
            (
                *rows,
                (*back, voice.button("eventform.stop", DISCARD(draft.id, False))),
                homewards(voice),
            ),
        )
    return Screen(text, (*rows, (voice.button("eventform.back", PREVIEW(draft.id)),)))


def _choices(
    voice: Voice, content: Content, draft: Draft, step: str, number: int, *, guided: bool
) -> tuple[Rows, Page[Button]]:
    """Return the buttons of a step, and the page of those that there are too many of."""
    details, all_of_it = draft.details, Page[Button].of((), 0, 1)

    def sets(value: str) -> Data:
        return SET(draft.id, step, guided, value)

    def flips(value: object) -> Data:
        return FLIP(draft.id, step, guided, value)

    def switch(label: str, value: str, *, on: bool) -> Button:
        return voice.button("offset.on" if on else "offset.off", flips(value), offset=label)

    def paged(buttons: Sequence[Button], *first: tuple[Button, ...]) -> tuple[Rows, Page[Button]]:
        # In old messages the page after the last is the first.
        page = Page.around(buttons, number, CHOICES_A_PAGE)
        onward = ASK(draft.id, step, guided, page.after)
        more = ((voice.button("page.next", onward),),) if page.pages > 1 else ()
        return (*first, *in_rows(page.items), *more), page

    if step == "kind":
        kinds = [Button(voice.label(f"event.kind.{kind}"), sets(kind)) for kind in KINDS]
        return tuple((kind,) for kind in kinds), all_of_it
    if step == "where":
        first = (
            voice.button("eventform.online", sets("online")),
            voice.button("eventform.everywhere", sets("everywhere")),
        )
        provinces = [Button(p.label.get(voice.tongue), sets(p.id)) for p in content.provinces]
        return paged(provinces, first)
    if step == "fields":
        return paged(
            [
                switch(f.label.get(voice.tongue), f.id, on=f.id in details.fields)
                for f in content.fields
            ]
        )
    if step == "grades":
        return paged(
            [switch(voice.label(f"grade.{g}"), g, on=g in details.grades) for g in GRADES]
        )
    if step == "repeat":
        rules = [voice.button(f"eventform.{rule}", sets(rule)) for rule in ("once", *REPEATS)]
        return tuple((rule,) for rule in rules), all_of_it
    if step == "remind":
        usual = OFFSETS if details.kind == "deadline" else USUAL
        chosen = usual if details.offsets is None else details.offsets
        switches = choice_rows(voice, chosen, flips, all_day=details.all_day)
        return (*switches, (voice.button("remind.usual", flips("usual")),)), all_of_it
    return (), all_of_it


def menu_screen(voice: Voice, content: Content, draft: Draft, name: str) -> Screen:
    """Return the steps behind one button of the preview."""
    buttons = [
        voice.button(f"eventform.{step}", ASK(draft.id, step, False, 0))
        for step in menus(content)[name]
    ]
    return Screen(
        voice.say(f"eventform.ask.{name}"),
        (
            *in_rows(buttons),
            (voice.button("eventform.back", PREVIEW(draft.id)),),
        ),
    )


def preview_screen(
    voice: Voice,
    content: Content,
    draft: Draft,
    problems: Sequence[str],
    unread: Iterable[Problem],
    zone: ZoneInfo,
) -> Screen:
    """Return the event as written so far, what is missing, and the way to every step."""
    details, number = draft.details, draft.id
    missing = _problems(voice, problems, unread)
    text = paragraphs(
        voice.say("eventform.preview.edit" if draft.event_id else "eventform.preview.new"),
        _words(voice, content, details),
        _swapped(voice, content, details),
        "\n".join(_facts(voice, content, details, zone)),
        voice.say("eventform.preview.problems", lines=missing) if missing else "",
    )
    back = (
        voice.button("event.back", EVENT(draft.event_id))
        if draft.event_id
        else voice.button("eventdesk.back", EVENTS.again())
    )
    save = "eventform.save" if draft.event_id else "eventform.publish"

    def step(name: str) -> Button:
        return voice.button(f"eventform.{name}", ASK(number, name, False, 0))

    def menu(name: str) -> Button:
        return voice.button(f"eventform.{name}", MENU(number, name))

    return Screen(
        text,
        (
            () if any(problems) else (voice.button(save, SAVE(number, draft.mark)),),
            (menu("words"), step("when")),
            (step("where"), menu("for_whom")),
            (step("repeat"), step("remind")),
            (voice.button("eventform.drop", DISCARD(number, False)),),
            homewards(voice, back),
        ),
    )


def _words(voice: Voice, content: Content, details: Details) -> Html:
    """Return title and description in every language."""
    parts = []
    for tongue in written_in(content):
        unsaid = "eventform.nothing" if tongue == BASE_TONGUE else "eventform.base_instead"
        title = said_in(details.title, tongue) or voice.label(unsaid)
        head = Html(f"<b>{voice.say('verbatim', text=title)}</b>")
        said = voice.say("verbatim", text=said_in(details.text, tongue))
        parts.append(f"{head}\n{said}" if said else head)
    return Html("\n\n".join(parts))


def _swapped(voice: Voice, content: Content, details: Details) -> str:
    """Return the warning that words are written as another language is, if they are."""
    return swapped_words(
        voice,
        {t: [said_in(getattr(details, name), t) for name in WORDS] for t in written_in(content)},
    )


def _facts(voice: Voice, content: Content, details: Details, zone: ZoneInfo) -> list[Html]:
    facts = [
        voice.say("verbatim", text=voice.label(f"event.kind.{details.kind}"))
        if details.kind
        else voice.say("eventform.nothing")
    ]
    if details.starts is not None:
        when = when_text(voice, details.starts, details.ends, zone, all_day=details.all_day)
        here = voice.say("eventform.preview.time", city=voice.city(zone))
        facts.append(Html(f"🗓 {when} {here}"))
    if details.online or details.everywhere or details.province or details.place:
        facts.append(
            where_text(
                voice,
                content,
                online=details.online,
                province=details.province,
                place=details.place,
            )
        )
    facts += for_whom(voice, content, details.fields, details.grades)
    if details.repeat:
        facts.append(Html(f"🔁 {repeat_text(voice, details)}"))
    if details.places is not None:
        facts.append(voice.say("eventform.preview.places", places=voice.number(details.places)))
    if details.offsets is None:
        facts.append(voice.say("eventform.preview.usual"))
    else:
        said = [voice.label(f"offset.{m}") for m in details.offsets]
        offsets = ", ".join(said) or voice.label("eventform.nothing")
        facts.append(voice.say("eventform.preview.remind", offsets=offsets))
    return facts


def repeat_text(voice: Voice, details: Details) -> Html:
    """Return how often something happens."""
    if details.repeat is None:
        return voice.say("eventform.repeat.none")
    often = voice.say("verbatim", text=voice.label(f"eventform.{details.repeat}"))
    if details.repeat_until is None:
        return often
    return voice.say("eventform.repeat.until", repeat=often, day=voice.day(details.repeat_until))


def _problems(voice: Voice, problems: Iterable[str], unread: Iterable[Problem]) -> Html:
    lines = [
        voice.say(
            "eventform.preview.said",
            problem=problem_label(voice, p.name),
            said=shorten(p.said, LONGEST_SAID),
        )
        for p in unread
    ]
    lines += [
        voice.say("eventform.preview.line", problem=problem_label(voice, name))
        for name in problems
    ]
    return Html("\n".join(lines))


def problem_label(voice: Voice, name: str) -> str:
    """Return a problem in words; of what is too long or too far they say how much it may be."""
    return voice.label(f"problem.{name}", most=voice.number(_AT_MOST.get(name, 0)))


def not_understood(voice: Voice, name: str, said: str) -> RefusedError:
    """Return the refusal of something just written; it is waited for again."""
    return RefusedError(
        "eventform.preview.said",
        problem=problem_label(voice, name),
        said=shorten(said, LONGEST_SAID),
    )


def words_to_look_for(content: Content) -> Words:
    """Return what a pasted block may say, in every language."""
    locales = content.locales.values()

    def of(prefix: str) -> dict[str, str]:
        return {
            fold(word): key.removeprefix(prefix)
            for words in locales
            for key, said in words.items()
            if key.startswith(prefix)
            for word in said.split("|")
        }

    def alone(key: str) -> list[str]:
        return [word for said in in_every_language(content, key) for word in said.split("|")]

    grades = {fold(said): g for g in GRADES for said in in_every_language(content, f"grade.{g}")}
    fields = {f.id: f for f in content.fields}
    return Words(
        tongues=written_in(content),
        names=of("paste.name."),
        kinds=of("paste.kind."),
        repeats=of("paste.repeat."),
        offsets={word: int(minutes) for word, minutes in of("paste.offset.").items()},
        provinces={fold(name): p.id for p in content.provinces for name in (*p.label.all(), p.id)},
        fields={fold(name): f.id for f in fields.values() for name in (*f.label.all(), f.id)},
        grades=grades | {g: g for g in GRADES},
        online=frozenset(map(fold, alone("paste.online"))),
        everywhere=frozenset(map(fold, alone("paste.everywhere"))),
        until=tuple(sorted(alone("paste.until"), key=len, reverse=True)),
    )
