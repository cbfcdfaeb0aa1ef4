"""The steps of writing an event, and the preview: pure functions to screens."""

from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

from bot.content import Content
from bot.events.details import KINDS, LONGEST_PLACE, LONGEST_TEXT, LONGEST_TITLE, REPEATS, Details
from bot.events.drafts import Draft
from bot.events.pasted import Problem, Words
from bot.events.reminder_times import OFFSETS, USUAL
from bot.language.khmer import fold
from bot.language.words import shorten
from bot.people.people import GRADES
from bot.screens.screen import Button, Html, Screen, paragraphs
from bot.screens.voice import Voice
from handlers.events.screens import choice_rows, for_whom, when_text, where_text

CHOICES_A_PAGE = 6
LIMITS = {
    "title_km": LONGEST_TITLE, "title_en": LONGEST_TITLE, "text_km": LONGEST_TEXT,
    "text_en": LONGEST_TEXT, "place": LONGEST_PLACE,
}  # fmt: skip
OPTIONAL = frozenset({"text_km", "text_en", "place", "places", "until"})
MENUS: dict[str, tuple[str, ...]] = {
    "words": ("title_km", "title_en", "text_km", "text_en", "kind"),
    "for_whom": ("fields", "grades", "places"),
}
LONGEST_SAID = 60
GUIDED, ALONE = "g", "e"

Rows = tuple[tuple[Button, ...], ...]


def ask_screen(
    voice: Voice, content: Content, draft: Draft, step: str, mode: str, page: int, zone: ZoneInfo
) -> Screen:
    """Return the question of one step; guided ones can be stopped, others lead back."""
    rows, pages = _choices(voice, content, draft, step, mode, page)
    text = voice.say(
        f"eventform.ask.{step}",
        limit=voice.number(LIMITS.get(step, 0)),
        city=voice.city(zone),
        page=voice.number(page % pages + 1),
        pages=voice.number(pages),
        repeat=repeat_text(voice, draft.details),
    )
    if step in OPTIONAL:
        skip = voice.button("eventform.skip", f"evf:skip:{draft.id}:{step}:{mode}")
        rows = (*rows, (skip,))
    if mode == GUIDED:
        return Screen(text, (*rows, (voice.button("eventform.stop", f"evf:drop:{draft.id}"),)))
    return Screen(text, (*rows, (voice.button("eventform.back", f"evf:show:{draft.id}"),)))


def _choices(
    voice: Voice, content: Content, draft: Draft, step: str, mode: str, page: int
) -> tuple[Rows, int]:
    """Return the buttons of a step and how many pages they have."""
    details, ahead = draft.details, f"{draft.id}:{step}:{mode}"
    if step == "kind":
        return tuple(
            (Button(voice.label(f"event.kind.{kind}"), f"evf:set:{ahead}:{kind}"),)
            for kind in KINDS
        ), 1
    if step == "where":
        first = (
            voice.button("eventform.online", f"evf:set:{ahead}:online"),
            voice.button("eventform.everywhere", f"evf:set:{ahead}:everywhere"),
        )
        named = [
            Button(p.label.get(voice.tongue), f"evf:set:{ahead}:{p.id}") for p in content.provinces
        ]
        rows, pages = _paged(voice, named, f"evf:ask:{ahead}", page)
        return (first, *rows), pages
    if step == "fields":
        named = [
            _switch(voice, f.label.get(voice.tongue), f.id in details.fields, f"{ahead}:{f.id}")
            for f in content.fields
        ]
        return _paged(voice, named, f"evf:ask:{ahead}", page)
    if step == "grades":
        named = [
            _switch(voice, voice.label(f"grade.{g}"), g in details.grades, f"{ahead}:{g}")
            for g in GRADES
        ]
        return _paged(voice, named, f"evf:ask:{ahead}", page)
    if step == "repeat":
        rules = [voice.button(f"eventform.{r}", f"evf:set:{ahead}:{r}") for r in REPEATS]
        once = voice.button("eventform.once", f"evf:set:{ahead}:once")
        return ((once,), *((rule,) for rule in rules)), 1
    if step == "remind":
        chosen = details.offsets
        usual = OFFSETS if details.kind == "deadline" else USUAL
        switches = choice_rows(
            voice, usual if chosen is None else chosen, f"evf:flip:{ahead}",
            all_day=details.all_day,
        )  # fmt: skip
        return (*switches, (voice.button("remind.usual", f"evf:flip:{ahead}:usual"),)), 1
    return (), 1


def _switch(voice: Voice, label: str, on: bool, data: str) -> Button:
    return voice.button("offset.on" if on else "offset.off", f"evf:flip:{data}", offset=label)


def _paged(voice: Voice, buttons: Sequence[Button], ways: str, page: int) -> tuple[Rows, int]:
    pages = -(-len(buttons) // CHOICES_A_PAGE)
    page %= pages
    shown = buttons[page * CHOICES_A_PAGE : (page + 1) * CHOICES_A_PAGE]
    rows: Rows = tuple(tuple(shown[i : i + 2]) for i in range(0, len(shown), 2))
    onward = ((voice.button("page.next", f"{ways}:{page + 1}"),),) if pages > 1 else ()
    return (*rows, *onward), pages


def menu_screen(voice: Voice, draft: Draft, name: str) -> Screen:
    """Return the steps behind one button of the preview."""
    buttons = [
        voice.button(f"eventform.{step}", f"evf:ask:{draft.id}:{step}:{ALONE}")
        for step in MENUS[name]
    ]
    return Screen(
        voice.say(f"eventform.ask.{name}"),
        (
            *(tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2)),
            (voice.button("eventform.back", f"evf:show:{draft.id}"),),
        ),
    )


def preview_screen(
    voice: Voice, content: Content, draft: Draft, problems: Sequence[str],
    unread: Iterable[Problem], zone: ZoneInfo,
) -> Screen:  # fmt: skip
    """Return the event as written so far, what is missing, and the way to every step."""
    details, number = draft.details, draft.id
    missing = _problems(voice, problems, unread)
    text = paragraphs(
        voice.say("eventform.preview.edit" if draft.event_id else "eventform.preview.new"),
        _both(voice, details),
        "\n".join(_facts(voice, content, details, zone)),
        voice.say("eventform.preview.problems", lines=missing) if missing else "",
    )
    save = "eventform.save" if draft.event_id else "eventform.publish"

    def step(name: str) -> Button:
        return voice.button(f"eventform.{name}", f"evf:ask:{number}:{name}:{ALONE}")

    def menu(name: str) -> Button:
        return voice.button(f"eventform.{name}", f"evf:menu:{number}:{name}")

    return Screen(
        text,
        (
            () if any(problems) else (voice.button(save, f"evf:save:{number}"),),
            (menu("words"), step("when")),
            (step("where"), menu("for_whom")),
            (step("repeat"), step("remind")),
            (voice.button("eventform.drop", f"evf:drop:{number}"),),
        ),
    )


def _both(voice: Voice, details: Details) -> Html:
    nothing = voice.label("eventform.nothing")
    parts = []
    for title, text in (
        (details.title_km, details.text_km),
        (details.title_en, details.text_en),
    ):
        head = Html(f"<b>{voice.say('verbatim', text=title or nothing)}</b>")
        said = voice.say("verbatim", text=text)
        parts.append(f"{head}\n{said}" if said else head)
    return Html("\n\n".join(parts))


def _facts(voice: Voice, content: Content, details: Details, zone: ZoneInfo) -> list[Html]:
    facts = [voice.say("verbatim", text=voice.label(f"event.kind.{details.kind}"))
             if details.kind else voice.say("eventform.nothing")]  # fmt: skip
    if details.starts is not None:
        when = when_text(voice, details.starts, details.ends, zone, all_day=details.all_day)
        here = voice.say("eventform.preview.time", city=voice.city(zone))
        facts.append(Html(f"🗓 {when} {here}"))
    if details.online or details.everywhere or details.province or details.place:
        facts.append(
            where_text(
                voice, content, online=details.online, province=details.province,
                place=details.place,
            )
        )  # fmt: skip
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
    return voice.say(
        "eventform.repeat.until", repeat=often, day=voice.day(details.repeat_until)
    )  # fmt: skip


def _problems(voice: Voice, problems: Iterable[str], unread: Iterable[Problem]) -> Html:
    lines = [
        voice.say(
            "eventform.preview.said", problem=voice.label(f"problem.{p.name}"),
            said=shorten(p.said, LONGEST_SAID),
        )
        for p in unread
    ]  # fmt: skip
    lines += [
        voice.say("eventform.preview.line", problem=voice.label(f"problem.{name}"))
        for name in problems
    ]
    return Html("\n".join(lines))


def problem_screen(voice: Voice, name: str, said: str) -> Screen:
    """Return what is wrong with something just written; it is waited for again."""
    return Screen(
        voice.say(
            "eventform.preview.said", problem=voice.label(f"problem.{name}"),
            said=shorten(said, LONGEST_SAID),
        )
    )  # fmt: skip


def words_to_look_for(content: Content) -> Words:
    """Return what a pasted block may say, in every language."""
    both = content.locales.values()

    def of(prefix: str) -> dict[str, str]:
        return {
            fold(word): key.removeprefix(prefix)
            for words in both
            for key, said in words.items()
            if key.startswith(prefix)
            for word in said.split("|")
        }

    def alone(key: str) -> list[str]:
        return [word for words in both if key in words for word in words[key].split("|")]

    grades = {fold(w[key]): g for w in both for g in GRADES if (key := f"grade.{g}") in w}
    fields = {f.id: f for f in content.fields}
    return Words(
        names=of("paste.name."),
        kinds=of("paste.kind."),
        repeats=of("paste.repeat."),
        offsets={word: int(minutes) for word, minutes in of("paste.offset.").items()},
        provinces={
            fold(name): p.id for p in content.provinces for name in (*p.label.all(), p.id)
        },
        fields={
            fold(name): f.id
            for f in fields.values()
            for name in (*f.label.all(), f.id)
        },
        grades=grades | {g: g for g in GRADES},
        online=frozenset(map(fold, alone("paste.online"))),
        everywhere=frozenset(map(fold, alone("paste.everywhere"))),
        until=tuple(sorted(alone("paste.until"), key=len, reverse=True)),
    )  # fmt: skip
