"""What a target of the ranking looks like, and the button that opens it: pure functions.

A target that is a page of the bot has no screen of its own but a door, through which a girl who
asks for it is taken at once.
"""

from collections.abc import Mapping

from bot.answering.ranking import Candidate
from bot.careers import directory
from bot.careers.directory import SHELVES, Item, Wish, shelf_of
from bot.content import Content
from bot.content.directory import Institution
from bot.content.people import RoleModel
from bot.events.listing import Shown
from bot.language.words import shorten
from bot.screens.screen import LONGEST_LABEL, Button, Screen
from bot.screens.taps import Data
from bot.screens.voice import Voice
from handlers.answering import of_careers, of_places
from handlers.answering.entries import (
    entry_button,
    entry_screen,
    smalltalk_screen,
)
from handlers.answering.pages import PAGES
from handlers.careers.directory import item_button, list_screen, wish_button
from handlers.careers.origins import to_woman
from handlers.careers.screens import career_button, fields_screen
from handlers.careers.screens import title as career_title
from handlers.doors import (
    ASKED,
    CALENDAR,
    CAREER_FIELDS,
    HOME,
    MENTOR_WISH,
)

CAREERS = "careers"
# Who asks these about a thing wants to see the thing itself.
WHOLE = ("what", "wish", "about")
_BETWEEN = " · "
# The topic, for the figures of the desk, of what is no entry of a topic.
SHELF_TOPICS: Mapping[str, str] = {
    "scholarship": "money",
    "study": "university",
    "training": "tvet",
    "programme": "mentors",
    "dormitory": "safety",
    CAREERS: "choose",
}
FEATURE_TOPICS: Mapping[str, str] = {
    "mentor": "mentors",
    "women": "mentors",
    "volunteer": "mentors",
    "family": "family",
    "pathway": "choose",
    "plan": "choose",
    "person": "feelings",
    "school-year": "exam",
}


def door_of(
    content: Content, candidate: Candidate, field: str | None = None, province: str | None = None
) -> Data | None:
    """Return what the button to a page of the bot sends; None for what is no such page.

    `field` is the field of work of the woman whom she would like to meet, `province` where events
    are looked for.
    """
    if candidate.kind != "feature":
        return CAREER_FIELDS(0) if candidate.key == f"list:{CAREERS}" else None
    if candidate.id == "mentor" and field in content.field:
        return MENTOR_WISH(field, None)
    if candidate.id == "events" and province is not None:
        return CALENDAR("0", 0, Shown(province=province).code)
    if (woman := _woman(content, candidate)) is not None:
        return to_woman(content, woman)
    return PAGES[candidate.id]


def _woman(content: Content, candidate: Candidate) -> RoleModel | None:
    """Return the woman who was asked for by her name, where the women are meant."""
    of_women = candidate.key == "feature:women"
    return next((w for w in content.women if of_women and w.id == candidate.aspect), None)


def is_known(content: Content, candidate: Candidate) -> bool:
    """Return whether there is (still) such a thing with such an aspect."""
    asked = {(of.kind, aspect.id) for of in content.aspects for aspect in of.aspects}
    if (candidate.kind, candidate.aspect) not in asked:
        return False
    if candidate.kind == "career":
        return candidate.id in content.careers
    item = directory.item(content, candidate.id)
    return item is not None and directory.kind_of(item) == candidate.kind


def page_of_career(candidate: Candidate) -> bool:
    """Return whether a career is asked for and nothing particular about it."""
    return candidate.kind == "career" and (candidate.aspect is None or candidate.aspect in WHOLE)


def lacks(content: Content, candidate: Candidate) -> bool:
    """Return whether the thing is known and what was asked about it is not."""
    if candidate.kind == "career":
        return of_careers.is_unknown(content.careers[candidate.id], candidate.aspect)
    if candidate.kind in ("institution", "opportunity"):
        return of_places.is_unknown(_item(content, candidate), candidate.aspect)
    return False


def screen_of(
    voice: Voice,
    content: Content,
    candidate: Candidate,
    wish: Wish | None = None,
    home: str | None = None,
) -> Screen:
    """Return what a target looks like; `wish` says what she looks for in a list.

    `home` is her province, with which places begin, if she told it.
    """
    match candidate.kind:
        case "faq":
            return entry_screen(voice, content, content.entries[candidate.id])
        case "career":
            career = content.careers[candidate.id]
            return of_careers.career_screen(voice, content, career, candidate.aspect, home)
        case "institution" | "opportunity":
            item = _item(content, candidate)
            return of_places.place_or_chance_screen(voice, content, item, candidate.aspect)
        case "list" if candidate.id == CAREERS:
            return fields_screen(voice, content.fields, 0, saved=False)
        case "list":
            return list_screen(voice, content, _wish(candidate, wish), 0, home)
        case "smalltalk":
            return smalltalk_screen(voice, content, candidate.id)
    opens = button_of(voice, content, candidate)
    return Screen(
        voice.say("asked.page", page=opens.label), ((opens,), (voice.button("back.home", HOME()),))
    )


def button_of(
    voice: Voice,
    content: Content,
    candidate: Candidate,
    wish: Wish | None = None,
    field: str | None = None,
) -> Button:
    """Return the button that opens a target; it says what was asked about it, if anything was."""
    opens = _whole_button(voice, content, candidate, wish, field)
    aspect = candidate.aspect
    if aspect is None or aspect in WHOLE or candidate.kind == "feature":
        return Button(shorten(opens.label, LONGEST_LABEL), opens.data)
    asked = voice.label(f"aspect.{candidate.kind}.{aspect}")
    room = LONGEST_LABEL - len(asked) - len(_BETWEEN)
    name = shorten(_name(voice, content, candidate), room)
    answers = ASKED(candidate.kind, candidate.id, aspect, voice.tongue)
    return Button(f"{name}{_BETWEEN}{asked}", answers)


def _name(voice: Voice, content: Content, candidate: Candidate) -> str:
    if candidate.kind == "career":
        return career_title(voice, content.careers[candidate.id])
    item = _item(content, candidate)
    return item.short if isinstance(item, Institution) else item.name.get(voice.tongue)


def _whole_button(
    voice: Voice, content: Content, candidate: Candidate, wish: Wish | None, field: str | None
) -> Button:
    if (woman := _woman(content, candidate)) is not None:
        return Button(woman.known_as(voice.tongue), to_woman(content, woman))
    if (door := door_of(content, candidate, field)) is not None:
        return voice.button(f"page.{candidate.id}", door)
    match candidate.kind:
        case "faq":
            return entry_button(voice, content.entries[candidate.id])
        case "career":
            return career_button(voice, content.careers[candidate.id])
        case "institution" | "opportunity":
            item = _item(content, candidate)
            return item_button(voice, item, Wish(shelf_of(item)))
        case "list":
            return wish_button(voice, content, _wish(candidate, wish))
    raise ValueError(f"no button opens {candidate.key}")


def topic_of(content: Content, candidate: Candidate) -> str | None:
    """Return the topic that a target counts for; None for one that is of no topic."""
    match candidate.kind:
        case "faq":
            return content.topic_of[candidate.id]
        case "career":
            return SHELF_TOPICS[CAREERS]
        case "institution" | "opportunity":
            return SHELF_TOPICS[shelf_of(_item(content, candidate))]
        case "list":
            return SHELF_TOPICS[candidate.id]
        case "feature":
            return FEATURE_TOPICS.get(candidate.id, "bot")
    return None


def _wish(candidate: Candidate, wish: Wish | None) -> Wish:
    """Return her wish where it is for this list, else one for the whole list."""
    if wish is not None and wish.shelf == candidate.id:
        return wish
    shelf = next(shelf for shelf in SHELVES if shelf == candidate.id)
    return Wish(shelf)


def _item(content: Content, candidate: Candidate) -> Item:
    item = directory.item(content, candidate.id)
    if item is None:
        raise ValueError(f"there is no {candidate.key}")
    return item
