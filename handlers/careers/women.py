"""Women known for their work, made-up days that show what work is like, and the family page."""

from bot.content import Content
from bot.content.people import Objection, RoleModel, Story
from bot.language.words import shorten
from bot.screens.paging import number, page_row
from bot.screens.screen import LONGEST_LABEL, Button, Html, Screen, paragraphs
from bot.screens.sources import source_note
from bot.screens.taps import StaleError
from bot.screens.voice import Voice
from bot.turn import Turn

PEOPLE_A_PAGE = 5


def women_screen(voice: Voice, content: Content, page: int) -> Screen:
    """Return a page of women."""
    pages = max(1, -(-len(content.women) // PEOPLE_A_PAGE))
    page = min(page, pages - 1)
    shown = content.women[page * PEOPLE_A_PAGE : (page + 1) * PEOPLE_A_PAGE]
    return Screen(
        voice.say("women.text"),
        (
            *((Button(_label(voice, content, w), f"women:one:{w.id}:{page}"),) for w in shown),
            page_row(voice, "women:list", page, pages),
            (voice.button("back.home", "go:home"),),
        ),
    )


def _label(voice: Voice, content: Content, woman: RoleModel) -> str:
    return shorten(f"{content.field[woman.field].emoji} {woman.name}", LONGEST_LABEL)


def woman_screen(voice: Voice, content: Content, woman: RoleModel, page: int) -> Screen:
    """Return one woman, with the work that she does."""
    tongue = voice.tongue
    rows: list[tuple[Button, ...]] = [
        (Button(_career(voice, content, career), f"career:{career}"),)
        for career in woman.careers
        if career in content.careers
    ]
    rows.append((voice.button("back.women", f"women:list:{page}"),))
    return Screen(
        paragraphs(
            Html(
                f"{voice.say('answer.text', question=woman.name)}\n"
                f"{voice.say('women.work', work=woman.work.get(tongue))}"
            ),  # fmt: skip
            voice.say("verbatim", text=woman.story.get(tongue)),
            source_note(voice, woman),
        ),
        tuple(rows),
    )


def _career(voice: Voice, content: Content, career_id: str) -> str:
    career = content.careers[career_id]
    return f"{career.emoji} {career.name.get(voice.tongue)}"


def story_screen(voice: Voice, content: Content, story: Story) -> Screen:
    """Return a made-up day, which says of itself that it is made up."""
    return Screen(
        paragraphs(
            voice.say("answer.text", question=story.title.get(voice.tongue)),
            voice.say("verbatim", text=story.text.get(voice.tongue)),
        ),
        (
            (Button(_career(voice, content, story.career), f"career:{story.career}"),),
            (voice.button("back.home", "go:home"),),
        ),
    )


def family_screen(voice: Voice, content: Content, page: int) -> Screen:
    """Return the page for the family with what parents say."""
    objections = content.for_parents.objections
    pages = max(1, -(-len(objections) // PEOPLE_A_PAGE))
    page = min(page, pages - 1)
    shown = objections[page * PEOPLE_A_PAGE : (page + 1) * PEOPLE_A_PAGE]
    return Screen(
        voice.say("family.text"),
        (
            (voice.button("family.page", "family:page"),),
            *(
                (Button(shorten(o.says.get(voice.tongue), LONGEST_LABEL), f"family:says:{o.id}"),)
                for o in shown
            ),
            (*page_row(voice, "family:list", page, pages), voice.button("back.home", "go:home")),
        ),
    )


def page_screen(voice: Voice, content: Content) -> Screen:
    """Return the page itself: no buttons, so that it reads well when she forwards it."""
    page = content.for_parents
    return Screen(
        paragraphs(
            voice.say("answer.text", question=page.title.get(voice.tongue)),
            voice.say("verbatim", text=page.page.get(voice.tongue)),
            source_note(voice, page),
        )
    )


def objection_screen(voice: Voice, objection: Objection) -> Screen:
    """Return an answer that she can give."""
    rows: list[tuple[Button, ...]] = [(voice.button("back.family", "family:list:0"),)]
    if objection.faq:
        rows.insert(0, (voice.button("dir.more", f"faq:{objection.faq}:{voice.tongue}"),))
    return Screen(
        paragraphs(
            voice.say("family.says", says=objection.says.get(voice.tongue)),
            voice.say("verbatim", text=objection.answer.get(voice.tongue)),
        ),
        tuple(rows),
    )


async def women(turn: Turn, argument: str) -> None:
    """Show the women, or one of them."""
    what, _, rest = argument.partition(":")
    content = turn.services.content
    if what == "one":
        woman_id, _, page = rest.partition(":")
        woman = next((w for w in content.women if w.id == woman_id), None)
        if woman is not None:
            await turn.show(woman_screen(turn.voice, content, woman, number(page)))
            return
        raise StaleError
    await turn.show(women_screen(turn.voice, content, number(rest)))


async def story(turn: Turn, story_id: str) -> None:
    """Show a made-up day."""
    content = turn.services.content
    found = next((s for s in content.stories if s.id == story_id), None)
    if found is None:
        raise StaleError
    await turn.show(story_screen(turn.voice, content, found))


async def family(turn: Turn, argument: str) -> None:
    """Show the page for the family, or an answer to what parents say."""
    what, _, rest = argument.partition(":")
    content = turn.services.content
    if what == "page":
        await turn.show(page_screen(turn.voice, content), new_message=True)
        how = Screen(turn.voice.say("family.forward"),
                     ((turn.voice.button("back.family", "family:list:0"),),))  # fmt: skip
        await turn.show(how, new_message=True)
        return
    if what == "says":
        found = next((o for o in content.for_parents.objections if o.id == rest), None)
        if found is not None:
            await turn.show(objection_screen(turn.voice, found))
            return
        raise StaleError
    await turn.show(family_screen(turn.voice, content, number(rest)))
