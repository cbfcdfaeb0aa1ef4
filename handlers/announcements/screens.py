"""What coordinators see of announcements: pure functions from what the domain returned.

How one that has started gets on is in `board`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.announcements.audience import CLASS, Option
from bot.announcements.corrections import proposal_of
from bot.announcements.lifecycle import LONGEST_TEXT, Announcement, words_of
from bot.announcements.opens import link_in, parted
from bot.announcements.policy import Policy
from bot.announcements.states import State
from bot.announcements.subscriptions import KINDS
from bot.content.base import Text, Tongue, TongueFile
from bot.language.words import shorten
from bot.screens.paging import Page
from bot.screens.screen import LONGEST_LABEL, Button, Html, Rows, Screen, paragraphs
from bot.screens.taps import Data, Tap
from bot.screens.voice import Voice
from bot.small_counts import shown
from handlers.announcements import taps
from handlers.doors import DESK

_EXCERPT = 120
Chosen = dict[str, tuple[Option, ...]]
Tongues = Mapping[Tongue, TongueFile]


@dataclass(frozen=True)
class Reach:
    """Who an announcement is for: how many by language, and the options that were chosen."""

    languages: Mapping[Tongue, int]
    chosen: Chosen

    @property
    def people(self) -> int:
        """How many in all."""
        return sum(self.languages.values())


def option_label(voice: Voice, option: Option) -> str:
    """Return the words of one option of a filter."""
    label = option.label
    return label.get(voice.tongue) if isinstance(label, Text) else voice.label(label)


def amount(voice: Voice, broadcast: Announcement, people: int) -> str:
    """Return how many people: of a class, in words where it is less than five.

    Whoever handed out three slips would know who they are.
    """
    if CLASS in broadcast.audience and shown(people) is None:
        return voice.label("cls.a_few")
    return voice.number(people)


def is_masked(broadcast: Announcement, parts: Iterable[int]) -> bool:
    """Return whether parts of a whole stay unsaid: one of a few is worked out from the others."""
    return CLASS in broadcast.audience and any(shown(part) is None for part in parts)


def audience_words(voice: Voice, chosen: Chosen) -> str:
    """Return an audience in words: any of the options, all of the filters."""
    groups = [", ".join(option_label(voice, o) for o in options) for options in chosen.values()]
    return " · ".join(g for g in groups if g) or voice.label("audience.all")


def off_note(voice: Voice, *, is_off: bool) -> Html:
    """Return that nothing leaves for now, where coordinators have switched it off."""
    return voice.say("cast.switched_off") if is_off else Html("")


def list_screen(voice: Voice, page: Page[Announcement], *, is_off: bool) -> Screen:
    """Return a page of announcements."""
    head = voice.say(
        "cast.list", page=voice.number(page.number + 1), pages=voice.number(page.pages)
    )
    return Screen(
        paragraphs(head if page.items else voice.say("cast.none"), off_note(voice, is_off=is_off)),
        (
            (voice.button("cast.new", taps.NEW()),),
            *((_row(voice, row),) for row in page.items),
            (*page.ways(voice, taps.LIST), voice.button("back.desk", DESK())),
        ),
    )


def _row(voice: Voice, row: Announcement) -> Button:
    emoji = voice.label(f"cast.state.{row.state}").split()[0]
    title = words_of(row, voice.tongue) or voice.label("cast.state.draft")
    if row.repeats is not None:
        emoji = f"🔁 {emoji}"
    label = voice.label("cast.row", state=emoji, title=f"{voice.number(row.id)} {title}")
    return Button(shorten(label, LONGEST_LABEL), taps.CARD(row.id))


def kinds_screen(voice: Voice, to: Callable[[str], Data]) -> Screen:
    """Return the choice of kinds; `to` is the button of one."""
    return Screen(
        voice.say("cast.kinds"),
        (
            *((voice.button(f"news.kind.{k}", to(k)),) for k in KINDS),
            (voice.button("cast.back", taps.LIST.again()),),
        ),
    )


def head(voice: Voice, broadcast: Announcement) -> Html:
    """Return the line that says which announcement this is and how it stands."""
    return voice.say(
        "cast.head",
        number=voice.number(broadcast.id),
        kind=voice.label(f"news.kind.{broadcast.kind}"),
        state=voice.label(f"cast.state.{broadcast.state}"),
    )


def draft_screen(
    voice: Voice, broadcast: Announcement, reach: Reach, policy: Policy, tongues: Tongues, *,
    own: bool, is_off: bool,
) -> Screen:  # fmt: skip
    """Return an announcement that has not started, with what can be changed about it."""
    number, words = broadcast.id, broadcast.words
    opens, _ = parted(broadcast.opens or "")
    start = broadcast.start_at_utc if broadcast.state is not State.DRAFT else None
    text = paragraphs(
        head(voice, broadcast),
        Html("\n".join(_words(voice, of.name, words.get(t)) for t, of in tongues.items())),
        voice.say(
            "cast.extras",
            picture=voice.label("cast.yes" if broadcast.picture else "cast.no"),
            button=voice.label(f"news.open.{opens}") if opens else voice.label("cast.no"),
        ),
        _leads_to(voice, broadcast),
        voice.say("cast.for", audience=audience_words(voice, reach.chosen),
                  people=amount(voice, broadcast, reach.people)),
        voice.say("cast.starts", moment=voice.moment(start, policy.zone)) if start else "",
        _again(voice, broadcast),
        _second_needed(voice, reach, policy),
        off_note(voice, is_off=is_off),
    )  # fmt: skip
    back = voice.button("cast.back", taps.LIST.again())
    if broadcast.state is State.ASKED and not own:
        return Screen(text, ((voice.button("cast.show", taps.SHOW(number)),), (back,)))
    if broadcast.state is not State.DRAFT:
        take_back = (voice.button("cast.take_back", taps.REDRAFT(number)),)
        return Screen(text, (take_back, *series_row(voice, broadcast), (back,)))
    return Screen(
        text,
        (
            tuple(voice.button("cast.write_in", taps.WRITE(number, t), language=of.name)
                  for t, of in tongues.items()),
            (voice.button("cast.picture_button", taps.PICTURE(number)),
             voice.button("cast.button_button", taps.BUTTON(number))),
            (voice.button("cast.audience_button", taps.AUDIENCE(number),
                          people=amount(voice, broadcast, reach.people)),),
            (voice.button("cast.repeat", taps.REPEAT(number)),
             voice.button("cast.check", taps.CHECK(number))),
            (voice.button("cast.bin", taps.DISCARD(number)), back),
        ),
    )  # fmt: skip


def _again(voice: Voice, broadcast: Announcement) -> str:
    """Return how often it comes again, and how to let the series rest or end."""
    if broadcast.repeats is None:
        return ""
    left = voice.number(broadcast.times_left or 0)
    waits = broadcast.state is State.SCHEDULED and broadcast.series_id is not None
    return paragraphs(
        voice.say(f"cast.again.{broadcast.repeats}", left=left),
        voice.say("cast.again_how") if waits else "",
    )


def series_row(voice: Voice, broadcast: Announcement) -> Rows:
    """Return the way to the series that an announcement is of, if it is of one."""
    if broadcast.series_id is None:
        return ()
    return ((voice.button("cast.series", taps.SERIES(broadcast.id, 0)),),)


def _leads_to(voice: Voice, broadcast: Announcement) -> str:
    """Return where the button leads, where that is out of Telegram: whoever agrees must see it."""
    link = link_in(broadcast.opens)
    return voice.say("cast.leads_to", link=link) if link else ""


def _words(voice: Voice, language: str, text: str | None) -> Html:
    shown = shorten(text, _EXCERPT) if text else voice.say("cast.other_language")
    return voice.say("cast.words", language=language, text=shown)


def _second_needed(voice: Voice, reach: Reach, policy: Policy) -> str:
    if reach.people <= policy.approve_above:
        return ""
    return voice.say("cast.second_needed", limit=voice.number(policy.approve_above))


def write_screen(
    voice: Voice, key: str, now: str | None, *ways: Button, language: str = ""
) -> Screen:
    """Return the invitation to write, with what it says now and the ways out."""
    return Screen(
        paragraphs(
            voice.say(key, most=voice.number(LONGEST_TEXT), language=language),
            voice.say("cast.now_is", text=now) if now else "",
        ),
        tuple((way,) for way in ways),
    )


def confirm_screen(
    voice: Voice, broadcast: Announcement, reach: Reach, policy: Policy, tongues: Tongues, *,
    silent: bool,
) -> Screen:  # fmt: skip
    """Return the last look before an announcement goes out."""
    number, version = broadcast.id, broadcast.version
    asks = reach.people > policy.approve_above
    masked = is_masked(broadcast, reach.languages.values())
    languages = (
        of.name if masked else f"{of.name} {voice.number(reach.languages.get(t, 0))}"
        for t, of in tongues.items()
    )
    return Screen(
        paragraphs(
            voice.say(
                "cast.confirm",
                people=amount(voice, broadcast, reach.people),
                languages=", ".join(languages),
                minutes=voice.number(policy.minutes_for(reach.people)),
                audience=audience_words(voice, reach.chosen),
            ),
            _again(voice, broadcast),
            _second_needed(voice, reach, policy),
            voice.say("cast.night") if silent else "",
        ),
        (
            (voice.button("cast.ask_now" if asks else "cast.now",
                          taps.SEND_NOW(number, version)),),
            (voice.button("cast.later", taps.CHOOSE_TIME(number, version)),),
            (voice.button("cast.card", taps.CARD(number)),),
        ),
    )  # fmt: skip


def time_screen(
    voice: Voice, broadcast: Announcement, times: list[datetime], zone: ZoneInfo
) -> Screen:
    """Return the choice of a time to start."""
    number, version = broadcast.id, broadcast.version
    buttons = [Button(voice.moment(at, zone), taps.SEND_AT(number, version, at)) for at in times]
    return Screen(
        voice.say("cast.when"),
        (*((b,) for b in buttons), (voice.button("cast.card", taps.CARD(number)),)),
    )


def second_screen(voice: Voice, broadcast: Announcement, reach: Reach, zone: ZoneInfo) -> Screen:
    """Return what the second coordinator is asked."""
    number = broadcast.id
    return Screen(
        paragraphs(
            head(voice, broadcast),
            voice.say("cast.ask_second", people=amount(voice, broadcast, reach.people),
                      audience=audience_words(voice, reach.chosen)),
            _leads_to(voice, broadcast),
            _again(voice, broadcast),
            voice.say("cast.starts", moment=voice.moment(broadcast.start_at_utc, zone))
            if broadcast.start_at_utc else "",
        ),
        (
            (voice.button("cast.agree", taps.AGREE(number, broadcast.version)),),
            (voice.button("cast.disagree", taps.SEND_BACK(number)),),
        ),
    )  # fmt: skip


def sure_screen(voice: Voice, broadcast: Announcement, what: str, yes: str, then: Tap) -> Screen:
    """Return the question before something that cannot be undone."""
    return Screen(
        voice.say(what, number=voice.number(broadcast.id)),
        (
            (voice.button(yes, then(broadcast.id)),),
            (voice.button("cast.keep", taps.CARD(broadcast.id)),),
        ),
    )


def correction_screen(
    voice: Voice, broadcast: Announcement, people: int, *, second: bool
) -> Screen:
    """Return the last look at a correction, for its author or for the second coordinator."""
    proposal = proposal_of(broadcast)
    number = proposal.number if proposal else 0
    key, yes = ("cast.ask_correction", "cast.agree_fix") if second else (
        "cast.fix_confirm", "cast.fix_yes")  # fmt: skip
    return Screen(
        paragraphs(
            head(voice, broadcast), voice.say(key, people=amount(voice, broadcast, people))
        ),
        (
            (voice.button(yes, taps.CORRECT_SURE(broadcast.id, number)),),
            (voice.button("cast.fix_drop", taps.CARD(broadcast.id)),),
        ),
    )


def grown_screen(voice: Voice, broadcast: Announcement, *, own: bool) -> Screen:
    """Return the note that a planned announcement has come to need a second coordinator."""
    look = voice.button("cast.look", taps.CARD(broadcast.id))
    key = "cast.grown_own" if own else "cast.grown"
    return Screen(voice.say(key, number=voice.number(broadcast.id)), ((look,),))
