"""Searching from any chat: after the bot's name a girl types what she looks for.

What is found is sent in her name to whomever she writes to, so only what everybody may read is
found here: nothing of hers, and nothing of danger. Words of danger, and what is answered in the
private chat only, lead there.
"""

from collections.abc import Iterable

from bot.answering.ranking import Candidate
from bot.careers import directory
from bot.careers.directory import Wish
from bot.content import Content
from bot.content.base import BASE_TONGUE, Tongue
from bot.incoming import Search
from bot.language.detect import ANSWERED_IN
from bot.language.words import shorten
from bot.screens import deep_links
from bot.screens.articles import Article, Found
from bot.screens.deep_links import link_to
from bot.screens.parts import parts, plain
from bot.screens.screen import Html
from bot.screens.voice import Voice
from bot.turn import Services
from handlers.answering.targets import screen_of
from handlers.careers.women import page_screen as family_page

MOST_ARTICLES = 8
# For so long Telegram may answer the same search without asking.
GOOD_FOR_SECONDS = 300
LONGEST_TITLE, LONGEST_DESCRIPTION = 100, 120
_USEFUL_CHANCES = 3
_LINKS = {
    "faq": deep_links.ANSWER,
    "career": deep_links.CAREER,
    "institution": deep_links.ITEM,
    "opportunity": deep_links.ITEM,
}


def found(services: Services, search: Search, stored: str | None) -> Found:
    """Return what a search finds; `stored` is the language of her menus, if the bot knows her."""
    content, text = services.content, search.text.strip()
    hers = stored or content.told_by_telephone(search.language_code)
    voice = services.voice(hers or _spoken(services, text))
    shared = hers is None
    if not text:
        articles = (*_articles(voice, content, _useful(content)), _for_family(voice, content))
        return _found(voice, articles, shared=shared)
    if services.answerer.danger(text) is not None:
        return _in_private(voice)
    suggested = services.answerer.suggest(text)
    if suggested and _stays_private(content, suggested[0]):
        return _in_private(voice)
    return _found(voice, tuple(_articles(voice, content, suggested)), shared=shared)


def _spoken(services: Services, text: str) -> Tongue:
    return ANSWERED_IN[services.answerer.language(text)] if text else BASE_TONGUE


def _stays_private(content: Content, candidate: Candidate) -> bool:
    return candidate.kind == "faq" and candidate.id in content.stays_private


def _in_private(voice: Voice) -> Found:
    """Return nothing but the way to the private chat, which says nothing of why."""
    return Found((), voice.label("inline.private"), deep_links.HELP, 0)


def _found(voice: Voice, articles: tuple[Article, ...], *, shared: bool) -> Found:
    label = voice.label("inline.ask" if articles else "inline.nothing")
    return Found(articles, label, deep_links.ASK, GOOD_FOR_SECONDS, shared)


def _useful(content: Content) -> list[Candidate]:
    """Return what is shown before anything is typed: questions, and what pays for studies."""
    chances = directory.search(content, Wish("scholarship", girls=True))[:_USEFUL_CHANCES]
    return [
        *(Candidate(entry, "faq", 1.0) for entry in content.examples["any"]),
        *(Candidate(item.id, "opportunity", 1.0) for item in chances),
    ]


def _articles(
    voice: Voice, content: Content, candidates: Iterable[Candidate]
) -> Iterable[Article]:
    open_to_all = [c for c in candidates if not _stays_private(content, c)]
    for candidate in open_to_all[:MOST_ARTICLES]:
        text = screen_of(voice, content, candidate).text
        yield _article(voice, text, _LINKS[candidate.kind], candidate.id)


def _for_family(voice: Voice, content: Content) -> Article:
    return _article(voice, family_page(voice, content).text, deep_links.FAMILY)


def _article(voice: Voice, text: Html, what: str, which: str = "") -> Article:
    """Return what the bot would show as an article: its first line is the title."""
    heading, _, rest = plain(text).partition("\n")
    opens = voice.button("inline.open", link_to(voice.bot, what, which))
    return Article(
        f"{what}_{which}",
        shorten(heading, LONGEST_TITLE),
        shorten(rest, LONGEST_DESCRIPTION),
        parts(text)[0],
        ((opens,),),
    )
