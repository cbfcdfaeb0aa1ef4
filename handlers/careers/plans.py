"""The plan for a career, the support it names, and the card for the family."""

from bot.careers import walks
from bot.careers.family_card import FamilyCard, family_card
from bot.careers.plan import Plan, make_plan
from bot.content import Content
from bot.content.careers import Career
from bot.content.faq import FaqEntry
from bot.language.words import shorten
from bot.queues.messages import Drawing
from bot.refusals import StaleError
from bot.screens.screen import LONGEST_LABEL, Button, Html, Screen, paragraphs
from bot.screens.sources import source_note
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.careers.screens import (
    data,
    events_data,
    mentor_data,
    plan_data,
    said,
    subjects_of,
    title,
    way_line,
)


def plan_screen(
    voice: Voice, content: Content, plan: Plan, *, saved: bool, back: Button
) -> Screen:
    """Return the plan: subjects, track, ways and where, support, a first step, a role model."""
    career = plan.career
    tongue = voice.tongue
    where = ", ".join(place.short for place in plan.places)
    support = voice.say("plan.support", name=plan.chance.name.get(tongue)) if plan.chance else ""
    model = (
        voice.say("plan.woman", name=plan.woman.name, work=plan.woman.work.get(tongue))
        if plan.woman
        else ""
    )
    school = [
        voice.say("plan.subjects", subjects=subjects_of(voice, content, career)),
        voice.say("plan.track", track=voice.label(f"compare.track.{career.track}")),
    ]
    there = [voice.say("plan.ways"), *(way_line(voice, way) for way in plan.ways)]
    if where:
        there.append(voice.say("plan.where", places=where))
    field = content.field_of[career.id]
    keep = "unsave" if saved else "save"
    return Screen(
        paragraphs(
            voice.say("plan.title", title=title(voice, career)),
            voice.say("plan.step", text=career.first_step.get(tongue)),
            "\n".join(school),
            "\n".join(there),
            "\n".join(part for part in (support, model) if part),
            "\n".join(voice.say("plan.note", text=n.note.get(tongue)) for n in plan.notes),
        ),
        (
            (
                voice.button("plan.about", data("page", career.id, voice)),
                voice.button("plan.help", plan_data("help", career, voice)),
            ),
            (
                voice.button("career.women", data("women", career.id, voice)),
                voice.button("career.card", plan_data("card", career, voice)),
            ),
            (
                voice.button("career.mentor", mentor_data(field, career)),
                voice.button("career.events", events_data(field)),
            ),
            (voice.button(f"career.{keep}", plan_data(keep, career, voice)), back),
        ),
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
    rows = [
        (Button(shorten(e.question.get(tongue), LONGEST_LABEL), f"faq:{e.id}:{tongue}"),)
        for e in entries
    ]
    return Screen(
        paragraphs(*parts),
        (*rows, (voice.button("back.plan", plan_data("show", plan.career, voice)),)),
    )


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
                (Button(voice.label_or(f"card.in.{t}", name), f"plan:card:{career.id}:{t}"),)
                for t, name in voice.others.items()
            ),
            (voice.button("back.career", data("page", career.id, voice)),),
        ),
    )


async def tapped(turn: Turn, argument: str) -> None:
    """Follow a button of a plan: `what:career:tongue`."""
    what, career_id, tongue = (argument.split(":", 2) + ["", ""])[:3]
    career = turn.services.content.careers.get(career_id)
    voice = turn.services.voice(tongue)
    if career is None or what not in ("show", "help", "card", "save", "unsave"):
        raise StaleError
    if what == "card":
        await _send_card(turn, voice, career)
    elif what == "help":
        plan = await _plan(turn, career)
        faq = [plan.chance.faq if plan.chance else None, *(need.faq for need in plan.notes)]
        content = turn.services.content
        entries = [content.entries[e] for e in dict.fromkeys(faq) if e in content.entries]
        await turn.show(support_screen(voice, plan, entries))
    else:
        await _show(turn, voice, career, what)


async def _plan(turn: Turn, career: Career) -> Plan:
    needs = await walks.needs(turn.session, turn.person.id, turn.services.tree)
    return make_plan(turn.services.content, career, needs, turn.person.province)


async def _show(turn: Turn, voice: Voice, career: Career, what: str) -> None:
    """Show the plan, after keeping the career or letting it go where that was tapped."""
    person = turn.person.id
    if what == "save":
        await walks.save(turn.session, person, career.id, turn.now)
        turn.toast = turn.voice.label("career.kept")
    elif what == "unsave":
        await walks.unsave(turn.session, person, career.id)
        turn.toast = turn.voice.label("career.let_go")
    saved = career.id in await walks.saved(turn.session, person)
    walk = await walks.current(turn.session, person)
    done = walk is not None and walk.finished_at_utc is not None
    back = (
        voice.button("path.result", "path:home")
        if done
        else voice.button("back.career", data("page", career.id, voice))
    )
    plan = await _plan(turn, career)
    await turn.show(plan_screen(voice, turn.services.content, plan, saved=saved, back=back))


async def _send_card(turn: Turn, voice: Voice, career: Career) -> None:
    """Send the card as a picture, drawn when it leaves, and as text."""
    services = turn.services
    card = family_card(services.content, career, voice.tongue, services.bot_username)
    recipe = {"draw": "career_card", "career": career.id, "tongue": voice.tongue}
    await turn.send(Drawing(recipe, voice.say("card.caption", title=title(voice, career))))
    await turn.show(card_text_screen(voice, career, card), new_message=True)
