"""Women known for their work, and the family page."""

from bot.content import Content
from bot.content.people import Objection, RoleModel
from bot.language.words import shorten
from bot.refusals import StaleError
from bot.screens import deep_links
from bot.screens.deep_links import share
from bot.screens.paging import Page, page_of
from bot.screens.prose import prose
from bot.screens.screen import LONGEST_LABEL, Button, Html, Screen, paragraphs
from bot.screens.sources import source_note
from bot.screens.voice import Voice
from bot.turn import Turn
from handlers.careers import origins, taps
from handlers.careers.screens import career_button
from handlers.doors import ENTRY, FAMILY, WOMEN, homewards

OBJECTIONS_A_PAGE = 5


def women_screen(voice: Voice, content: Content, number: int) -> Screen:
    """Return a page of women."""
    page = Page.of(content.women, number, origins.WOMEN_A_PAGE)
    return Screen(
        voice.say("women.text"),
        (
            *(
                (Button(_label(voice, content, woman), taps.WOMAN(woman.id, page.number)),)
                for woman in page.items
            ),
            page.ways(voice, WOMEN),
            homewards(voice),
        ),
    )


def _label(voice: Voice, content: Content, woman: RoleModel) -> str:
    name = woman.known_as(voice.tongue)
    return shorten(f"{content.field[woman.field].emoji} {name}", LONGEST_LABEL)


def woman_screen(voice: Voice, content: Content, woman: RoleModel, number: int) -> Screen:
    """Return one woman, with the work that she does; `number` is her page of the list."""
    tongue = voice.tongue
    rows: list[tuple[Button, ...]] = [
        (career_button(voice, content.careers[career], origins.of_woman(woman)),)
        for career in woman.careers
        if career in content.careers
    ]
    rows.append(homewards(voice, voice.button("back.women", WOMEN(number))))
    return Screen(
        paragraphs(
            Html(
                f"{voice.say('answer.text', question=woman.known_as(tongue))}\n"
                f"{voice.say('women.work', work=woman.work.get(tongue))}"
            ),
            voice.say("verbatim", text=woman.story.get(tongue)),
            voice.say("women.take_out"),
            source_note(voice, woman),
        ),
        tuple(rows),
    )


def family_screen(voice: Voice, content: Content, number: int) -> Screen:
    """Return the page for the family with what parents say."""
    page = Page.of(content.for_parents.objections, number, OBJECTIONS_A_PAGE)
    return Screen(
        voice.say("family.text"),
        (
            (voice.button("family.page", taps.FAMILY_PAGE()),),
            *(
                (Button(shorten(o.says.get(voice.tongue), LONGEST_LABEL), taps.OBJECTION(o.id)),)
                for o in page.items
            ),
            page.ways(voice, FAMILY),
            homewards(voice),
        ),
    )


def page_screen(voice: Voice, content: Content) -> Screen:
    """Return the page itself: no buttons, so that it reads well when she forwards it."""
    page = content.for_parents
    return Screen(
        paragraphs(
            voice.say("answer.text", question=page.title.get(voice.tongue)),
            prose(voice, page.page.get(voice.tongue), page=True),
            source_note(voice, page),
        )
    )


def objection_screen(voice: Voice, objection: Objection, number: int) -> Screen:
    """Return an answer that she can give; `number` is the page of what it answers."""
    back = homewards(voice, voice.button("back.family", FAMILY(number)))
    rows: list[tuple[Button, ...]] = [back]
    if objection.faq:
        more = ENTRY(objection.faq, voice.tongue, False)
        rows.insert(0, (voice.button("dir.more", more),))
    return Screen(
        paragraphs(
            voice.say("family.says", says=objection.says.get(voice.tongue)),
            voice.say("verbatim", text=objection.answer.get(voice.tongue)),
        ),
        tuple(rows),
    )


async def women(turn: Turn, number: int) -> None:
    """Show a page of the women."""
    await turn.show(women_screen(turn.voice, turn.services.content, number))


async def woman(turn: Turn, woman_id: str, number: int) -> None:
    """Show one woman."""
    content = turn.services.content
    found = next((w for w in content.women if w.id == woman_id), None)
    if found is None:
        raise StaleError
    await turn.show(woman_screen(turn.voice, content, found, number))


async def begin_family(turn: Turn, _argument: str) -> None:
    """Show the page for the family and what parents say."""
    await family(turn, 0)


async def family(turn: Turn, number: int) -> None:
    """Show the page for the family and what parents say."""
    await turn.show(family_screen(turn.voice, turn.services.content, number))


async def open_family_page(turn: Turn) -> None:
    """Show the page itself to whoever was sent it."""
    screen = page_screen(turn.voice, turn.services.content)
    await turn.show(screen.with_row(*homewards(turn.voice)), new_message=True)


async def family_page(turn: Turn) -> None:
    """Send the page itself, and how to bring it home."""
    voice = turn.voice
    content = turn.services.content
    await turn.show(page_screen(voice, content), new_message=True)
    title = content.for_parents.title.get(voice.tongue)
    how = Screen(
        voice.say("family.forward"),
        (
            share(voice, title, deep_links.FAMILY, label="share.family"),
            homewards(voice, voice.button("back.family", FAMILY(0))),
        ),
    )
    await turn.show(how, new_message=True)


async def objection(turn: Turn, objection_id: str) -> None:
    """Show an answer to what parents say."""
    objections = turn.services.content.for_parents.objections
    found = next((o for o in objections if o.id == objection_id), None)
    if found is None:
        raise StaleError
    number = page_of(objections, found, OBJECTIONS_A_PAGE)
    await turn.show(objection_screen(turn.voice, found, number))
