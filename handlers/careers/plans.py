"""The plan for a career, the support it names, and the card for the family."""

from datetime import date
from functools import partial

from bot.careers import walks, weekly
from bot.careers.family_card import FamilyCard, family_card
from bot.careers.plan import Plan, make_plan
from bot.content import Content
from bot.content.careers import Career
from bot.content.faq import FaqEntry
from bot.events import school_year
from bot.events.school_year import Coming
from bot.queues.messages import Drawing
from bot.screens import deep_links
from bot.screens.deep_links import share
from bot.screens.links import page_rows
from bot.screens.paging import Page
from bot.screens.screen import Button, Html, Screen, paragraphs
from bot.screens.sources import source_note
from bot.screens.taps import Data
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.careers import taps
from handlers.careers.careers import named
from handlers.careers.screens import (
    career_view,
    questions_rows,
    said,
    subjects_of,
    title,
    way_line,
)
from handlers.careers.weekly import undo_button
from handlers.doors import MENTOR_WISH, PATH, SAVED, homewards

# What is asked in fixed words (content/requests.yaml) and leads here.
ASKED_FOR = "plan"
# The dates of the school year that a plan speaks of, and how many of them.
_AHEAD = ("exam", "applications", "results")
MOST_AHEAD = 3


def plan_screen(
    voice: Voice,
    content: Content,
    plan: Plan,
    *,
    saved: bool,
    back: Button,
    grade: str | None = None,
    done: date | None = None,
    undo: Button | None = None,
) -> Screen:
    """Return the plan, so short that its buttons are in sight: a first step, what comes this year.

    `grade` is hers if she told it; `done` is the day on which she checked off the step, which
    `undo` takes back in that week.
    """
    career, tongue = plan.career, voice.tongue
    field = content.field_of[career.id]
    keep = (
        career_view(voice, "unsave", taps.LET_PLANNED_GO, career)
        if saved
        else career_view(voice, "save", taps.KEEP_PLANNED, career)
    )
    return Screen(
        paragraphs(
            voice.say("plan.title", title=title(voice, career)),
            "\n".join(
                (
                    voice.say("plan.step", text=career.first_step.get(tongue)),
                    *((voice.say("plan.step_done", day=voice.day(done)),) if done else ()),
                )
            ),
            this_year(voice, content, grade),
            "\n".join(
                voice.say("plan.note", text=voice.of_student(note.get(tongue)))
                for note in plan.notes
            ),
        ),
        (
            (voice.button("plan.whole", taps.WHOLE_PLAN(career.id, tongue, 0)),),
            (undo or voice.button("step.yes", taps.STEP_DONE(career.id, tongue)), keep),
            (
                voice.button("plan.about", taps.CAREER(career.id, tongue)),
                voice.button("plan.help", taps.SUPPORT(career.id, tongue)),
            ),
            (
                career_view(voice, "card", taps.CARD, career),
                voice.button("career.mentor", MENTOR_WISH(field, career.id)),
            ),
            homewards(voice, back),
        ),
    )


def this_year(voice: Voice, content: Content, grade: str | None) -> Html:
    """Return what comes within a year for who is in this grade; nothing where it was not told."""
    if grade is None or voice.today is None:
        return Html("")
    # What other grades have as well is one of many chances, and no turning point of this year.
    hers = (d for d in content.school_year if d.kind in _AHEAD and d.grades == (grade,))
    found = school_year.coming(hers, voice.today)[:MOST_AHEAD]
    if not found:
        return Html("")
    lines = [
        voice.say(
            f"plan.ahead.{one.certainty}",
            name=one.of.name.get(voice.tongue),
            when=_when(voice, one),
        )
        for one in found
    ]
    if any(one.certainty == "usual" for one in found):
        lines.append(voice.say("plan.ahead.ask"))
    return Html("\n".join((voice.say("plan.ahead"), *lines)))


def _when(voice: Voice, one: Coming) -> str:
    usual = one.certainty == "usual"
    say, shortly = (voice.month, voice.short_month) if usual else (voice.day, voice.short_day)
    last = say(one.last)
    if say(one.first) == last:
        return last
    return voice.label("schoolyear.span", first=shortly(one.first), last=last)


def whole_screen(voice: Voice, content: Content, plan: Plan, number: int) -> Screen:
    """Return a page of the whole plan: school and ways, then support and whom to look up to."""
    career, tongue = plan.career, voice.tongue
    parts = (_school_and_ways(voice, content, plan), _support_and_people(voice, plan))
    page = Page.of(parts, number, 1)
    (shown,) = page.items
    return Screen(
        paragraphs(
            voice.say(
                "plan.whole_title",
                title=title(voice, career),
                page=voice.number(page.number + 1),
                pages=voice.number(page.pages),
            ),
            *shown,
        ),
        (
            (
                voice.button("career.women", taps.MODELS(career.id, tongue, 0)),
                career_view(voice, "ways", taps.WAYS, career),
            ),
            page.ways(voice, partial(taps.WHOLE_PLAN, career.id, tongue)),
            homewards(voice, voice.button("back.plan", taps.PLAN(career.id, tongue))),
        ),
    )


def _school_and_ways(voice: Voice, content: Content, plan: Plan) -> tuple[str, ...]:
    career = plan.career
    school = (
        voice.say("plan.subjects", subjects=subjects_of(voice, content, career)),
        voice.say("plan.track", track=voice.label(f"compare.track.{career.track}")),
    )
    ways = (voice.say("plan.ways"), *(way_line(voice, way) for way in plan.ways))
    return "\n".join(school), "\n".join(ways)


def _support_and_people(voice: Voice, plan: Plan) -> tuple[str, ...]:
    tongue, woman, chance = voice.tongue, plan.woman, plan.chance
    where = ", ".join(place.short for place in plan.places)
    return (
        voice.say("plan.where", places=where) if where else "",
        voice.say("plan.support", name=chance.name.get(tongue)) if chance else "",
        voice.say("plan.woman", name=woman.known_as(tongue), work=woman.work.get(tongue))
        if woman
        else "",
    )


def support_screen(voice: Voice, plan: Plan, entries: list[FaqEntry]) -> Screen:
    """Return the support that the plan names, and questions others in her situation asked."""
    tongue = voice.tongue
    chance = plan.chance
    parts: list[Html | str] = [voice.say("plan.help_title", title=title(voice, plan.career))]
    if chance is not None:
        parts += [
            voice.say("plan.chance", name=chance.name.get(tongue)),
            said(voice, chance.about),
            voice.say("plan.who", text=chance.who.get(tongue)),
            voice.say("plan.how", text=chance.how.get(tongue)),
            voice.say("verbatim", text=str(chance.link)) if chance.link else "",
            source_note(voice, chance),
        ]
    else:
        parts.append(voice.say("plan.no_chance"))
    back = voice.button("back.plan", taps.PLAN(plan.career.id, tongue))
    pages = page_rows(voice, chance.link) if chance is not None else ()
    rows = (*questions_rows(voice, entries), *pages, homewards(voice, back))
    return Screen(paragraphs(*parts), rows)


def card_text_screen(voice: Voice, career: Career, card: FamilyCard) -> Screen:
    """Return the card as text, to copy or to forward; the other languages one tap away."""
    sections = [
        "\n".join(
            [
                voice.say("card.heading", text=section.heading),
                *(voice.say("card.line", text=line) for line in section.lines),
            ]
        )
        for section in card.sections
    ]
    return Screen(
        paragraphs(
            voice.say("card.text_title", for_whom=card.for_whom, title=title(voice, career)),
            voice.say("verbatim", text=card.what),
            voice.say("card.promise", text=card.promise),
            *sections,
            voice.say("card.signed", closing=card.closing, signature=card.signature),
        ),
        (
            *(
                (Button(voice.label_or(f"card.in.{t}", name), taps.CARD(career.id, t)),)
                for t, name in voice.others.items()
            ),
            share(voice, title(voice, career), deep_links.CAREER, career.id, label="share.family"),
            homewards(voice, voice.button("back.career", taps.CAREER(career.id, voice.tongue))),
        ),
    )


async def show(turn: Turn, career_id: str, tongue: str | None) -> None:
    """Show the plan for a career."""
    career, voice = named(turn, career_id, tongue)
    person = turn.person.id
    saved = career.id in await walks.saved(turn.session, person)
    walk = await walks.current(turn.session, person)
    done = walk is not None and walk.finished_at_utc is not None
    back = (
        voice.button("path.result", PATH())
        if done
        else voice.button("back.career", taps.CAREER(career.id, voice.tongue))
    )
    plan = await _plan(turn, career)
    step = await weekly.of(turn.session, person)
    of_this = step is not None and step.career_id == career.id
    zone = turn.services.settings.zone
    at = step.done_at_utc if step is not None and of_this else None
    day = None if at is None else at.astimezone(zone).date()
    fresh = weekly.done_this_week(step, career.id, turn.now)
    undo = undo_button(voice, career) if fresh else None
    content = turn.services.content
    grade = turn.grade
    screen = plan_screen(
        voice, content, plan, saved=saved, back=back, grade=grade, done=day, undo=undo
    )
    await turn.show(screen)


async def whole(turn: Turn, career_id: str, tongue: str | None, number: int) -> None:
    """Show a page of the whole plan."""
    career, voice = named(turn, career_id, tongue)
    plan = await _plan(turn, career)
    await turn.show(whole_screen(voice, turn.services.content, plan, number))


async def keep(turn: Turn, career_id: str, tongue: str | None) -> None:
    """Keep the career of a plan."""
    career, _ = named(turn, career_id, tongue)
    await walks.save(turn.actor, career.id)
    turn.toast = turn.voice.label("career.kept")
    await show(turn, career_id, tongue)


async def let_go(turn: Turn, career_id: str, tongue: str | None) -> None:
    """Let the career of a plan go."""
    career, _ = named(turn, career_id, tongue)
    await walks.unsave(turn.actor, career.id)
    turn.toast = turn.voice.label("career.let_go")
    await show(turn, career_id, tongue)


async def support(turn: Turn, career_id: str, tongue: str | None) -> None:
    """Show the support that a plan names."""
    career, voice = named(turn, career_id, tongue)
    plan = await _plan(turn, career)
    faq = [plan.chance.faq if plan.chance else None, *plan.faq]
    content = turn.services.content
    entries = [content.entries[e] for e in dict.fromkeys(faq) if e in content.entries]
    await turn.show(support_screen(voice, plan, entries))


async def card(turn: Turn, career_id: str, tongue: str | None) -> None:
    """Send the card for the family as a picture, drawn when it leaves, and as text."""
    career, voice = named(turn, career_id, tongue)
    services = turn.services
    words = family_card(services.content, career, voice.tongue, services.bot_username)
    recipe = {"draw": "career_card", "career": career.id, "tongue": voice.tongue}
    await turn.send(Drawing(recipe, voice.say("card.caption", title=title(voice, career))))
    await turn.show(card_text_screen(voice, career, words), new_message=True)


async def _plan(turn: Turn, career: Career) -> Plan:
    needs = await walks.needs(turn.session, turn.person.id, turn.services.tree)
    return make_plan(turn.services.content, career, needs, turn.person.province, turn.grade)


async def of(turn: Turn, asked: str) -> Data | None:
    """Return where her plan is: of several the one in which she did a step, else all she keeps."""
    step = await weekly.of(turn.session, turn.person.id)
    careers, tongue = turn.services.content.careers, turn.voice_for(asked).tongue
    if step is not None and step.career_id in careers:
        return taps.PLAN(step.career_id, tongue)
    kept = await walks.saved(turn.session, turn.person.id)
    known = [career_id for career_id in kept if career_id in careers]
    if len(known) == 1:
        return taps.PLAN(known[0], tongue)
    return SAVED(0) if kept else None


async def asked_for(turn: Turn) -> None:
    """Show her plan to one who asks for it in words; who has none is led to one."""
    turn.leads_to = await of(turn, turn.heard.text) or PATH()
