"""What coordinators see of announcements: pure functions from what the domain returned."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.announcements.audience import Option
from bot.announcements.corrections import MENDABLE
from bot.announcements.lifecycle import LONGEST_TEXT
from bot.announcements.recipients import ENDS, Progress
from bot.announcements.subscriptions import KINDS
from bot.announcements.tables import Broadcast
from bot.content.base import Text
from bot.language.words import shorten
from bot.screens.paging import page_row
from bot.screens.screen import LONGEST_LABEL, Button, Html, Screen, paragraphs
from bot.screens.voice import Voice

BAR_CELLS = 12
_EXCERPT = 120
_REASONS = {
    "switched off": "cast.reason.switched_off",
    "erased herself": "cast.reason.erased",
    "cancelled": "cast.reason.cancelled",
    "withdrawn": "cast.reason.withdrawn",
    "no connection": "cast.reason.network",
}
Chosen = dict[str, tuple[Option, ...]]


@dataclass(frozen=True)
class Reach:
    """Who an announcement is for: how many by language, and the options that were chosen."""

    languages: dict[str, int]
    chosen: Chosen

    @property
    def people(self) -> int:
        """How many in all."""
        return sum(self.languages.values())


def option_label(voice: Voice, option: Option) -> str:
    """Return the words of one option of a filter."""
    label = option.label
    return label.get(voice.tongue) if isinstance(label, Text) else voice.label(label)


def audience_words(voice: Voice, chosen: Chosen) -> str:
    """Return an audience in words: any of the options, all of the filters."""
    groups = [", ".join(option_label(voice, o) for o in options) for options in chosen.values()]
    return " · ".join(g for g in groups if g) or voice.label("audience.all")


def list_screen(voice: Voice, rows: list[Broadcast], page: int, pages: int) -> Screen:
    """Return a page of announcements."""
    head = voice.say("cast.list", page=voice.number(page + 1), pages=voice.number(pages))
    return Screen(
        head if rows else voice.say("cast.none"),
        (
            (voice.button("cast.new", "cast:new"),),
            *((_row(voice, row),) for row in rows),
            (*page_row(voice, "cast:list", page, pages), voice.button("back.desk", "desk:home")),
        ),
    )


def _row(voice: Voice, row: Broadcast) -> Button:
    emoji = voice.label(f"cast.state.{row.state}").split()[0]
    title = row.text_km if voice.tongue == "km" else row.text_en
    title = title or row.text_km or row.text_en or voice.label("cast.state.draft")
    label = voice.label("cast.row", state=emoji, title=f"{voice.number(row.id)} {title}")
    return Button(shorten(label, LONGEST_LABEL), f"cast:card:{row.id}")


def kinds_screen(voice: Voice) -> Screen:
    """Return the choice of kinds."""
    return Screen(
        voice.say("cast.kinds"),
        (
            *((voice.button(f"news.kind.{k}", f"cast:kind:{k}"),) for k in KINDS),
            (voice.button("cast.back", "cast:list:0"),),
        ),
    )


def head(voice: Voice, broadcast: Broadcast) -> Html:
    """Return the line that says which announcement this is and how it stands."""
    return voice.say(
        "cast.head",
        number=voice.number(broadcast.id),
        kind=voice.label(f"news.kind.{broadcast.kind}"),
        state=voice.label(f"cast.state.{broadcast.state}"),
    )


def draft_screen(
    voice: Voice, broadcast: Broadcast, reach: Reach, approve_above: int, zone: ZoneInfo, *,
    own: bool,
) -> Screen:  # fmt: skip
    """Return an announcement that has not started, with what can be changed about it."""
    number = broadcast.id
    opens = broadcast.opens and broadcast.opens.partition(":")[0]
    start = broadcast.start_at_utc if broadcast.state != "draft" else None
    text = paragraphs(
        head(voice, broadcast),
        Html("\n".join((_words(voice, "khmer", broadcast.text_km),
                        _words(voice, "english", broadcast.text_en)))),
        voice.say(
            "cast.extras",
            picture=voice.label("cast.yes" if broadcast.picture else "cast.no"),
            button=voice.label(f"news.open.{opens}") if opens else voice.label("cast.no"),
        ),
        voice.say("cast.for", audience=audience_words(voice, reach.chosen),
                  people=voice.number(reach.people)),
        voice.say("cast.starts", moment=voice.moment(start, zone)) if start else "",
        voice.say("cast.second_needed", limit=voice.number(approve_above))
        if reach.people > approve_above else "",
    )  # fmt: skip
    back = voice.button("cast.back", "cast:list:0")
    if broadcast.state == "asked" and not own:
        return Screen(text, ((voice.button("cast.show", f"cast:show:{number}"),), (back,)))
    if broadcast.state != "draft":
        return Screen(text, ((voice.button("cast.take_back", f"cast:undo:{number}"),), (back,)))
    return Screen(
        text,
        (
            (voice.button("cast.km", f"cast:text:{number}:km"),
             voice.button("cast.en", f"cast:text:{number}:en")),
            (voice.button("cast.picture_button", f"cast:pic:{number}"),
             voice.button("cast.button_button", f"cast:btn:{number}")),
            (voice.button("cast.audience_button", f"cast:who:{number}",
                          people=voice.number(reach.people)),),
            (voice.button("cast.check", f"cast:check:{number}"),),
            (voice.button("cast.bin", f"cast:bin:{number}"), back),
        ),
    )  # fmt: skip


def _words(voice: Voice, which: str, text: str | None) -> Html:
    shown = shorten(text, _EXCERPT) if text else voice.say("cast.other_language")
    return voice.say(f"cast.{which}", text=shown)


def write_screen(voice: Voice, key: str, now: str | None, *buttons: Button) -> Screen:
    """Return the invitation to write, with what it says now."""
    return Screen(
        paragraphs(
            voice.say(key, most=voice.number(LONGEST_TEXT)),
            voice.say("cast.now_is", text=now) if now else "",
        ),
        (buttons,),
    )


def confirm_screen(
    voice: Voice, broadcast: Broadcast, reach: Reach, minutes: int, approve_above: int, *,
    silent: bool,
) -> Screen:  # fmt: skip
    """Return the last look before an announcement goes out."""
    number, version = broadcast.id, broadcast.version
    asks = reach.people > approve_above
    return Screen(
        paragraphs(
            voice.say(
                "cast.confirm",
                people=voice.number(reach.people),
                km=voice.number(reach.people - reach.languages.get("en", 0)),
                en=voice.number(reach.languages.get("en", 0)),
                minutes=voice.number(minutes),
                audience=audience_words(voice, reach.chosen),
            ),
            voice.say("cast.second_needed", limit=voice.number(approve_above)) if asks else "",
            voice.say("cast.night") if silent else "",
        ),
        (
            (voice.button("cast.ask_now" if asks else "cast.now",
                          f"cast:now:{number}:{version}"),),
            (voice.button("cast.later", f"cast:at:{number}:{version}"),),
            (voice.button("cast.card", f"cast:card:{number}"),),
        ),
    )  # fmt: skip


def time_screen(
    voice: Voice, broadcast: Broadcast, times: list[datetime], zone: ZoneInfo
) -> Screen:
    """Return the choice of a time to start."""
    number, version = broadcast.id, broadcast.version
    buttons = [
        Button(voice.moment(at, zone), f"cast:on:{number}:{version}:{int(at.timestamp())}")
        for at in times
    ]
    return Screen(
        voice.say("cast.when"),
        (*((b,) for b in buttons), (voice.button("cast.card", f"cast:card:{number}"),)),
    )


def second_screen(voice: Voice, broadcast: Broadcast, reach: Reach, zone: ZoneInfo) -> Screen:
    """Return what the second coordinator is asked."""
    number = broadcast.id
    return Screen(
        paragraphs(
            head(voice, broadcast),
            voice.say("cast.ask_second", people=voice.number(reach.people),
                      audience=audience_words(voice, reach.chosen)),
            voice.say("cast.starts", moment=voice.moment(broadcast.start_at_utc, zone))
            if broadcast.start_at_utc else "",
        ),
        (
            (voice.button("cast.agree", f"cast:yes:{number}:{broadcast.version}"),),
            (voice.button("cast.disagree", f"cast:no:{number}"),),
        ),
    )  # fmt: skip


def board_screen(
    voice: Voice, broadcast: Broadcast, counts: Progress, seconds_to_go: float | None
) -> Screen:
    """Return a started announcement: a bar, every recipient counted once, what can be done."""
    done = counts.ended * 100 // counts.total if counts.total else 0
    filled = "▰" * (done * BAR_CELLS // 100)
    bar = filled + "▱" * (BAR_CELLS - len(filled))
    return Screen(
        paragraphs(
            head(voice, broadcast),
            voice.say("cast.board", bar=bar, percent=voice.number(done)),
            Html("\n".join(_counts(voice, counts))),
            _to_go(voice, broadcast, counts, seconds_to_go),
            _mended(voice, broadcast, counts),
        ),
        _board_rows(voice, broadcast),
    )


def _counts(voice: Voice, counts: Progress) -> list[str]:
    lines: list[str] = []
    for state in ENDS:
        if counts.states[state] or state == "delivered":
            lines.append(voice.say(f"cast.{state}", count=voice.number(counts.states[state])))
        for (of, why), times in sorted(counts.reasons.items()):
            if of == state:
                words = voice.label(_REASONS[why]) if why in _REASONS else shorten(why, 80)
                lines.append(voice.say("cast.reason", reason=words, count=voice.number(times)))
    if counts.left:
        lines.append(voice.say("cast.left", count=voice.number(counts.left)))
    lines.append(voice.say("cast.total", count=voice.number(counts.total)))
    return lines


def _to_go(voice: Voice, broadcast: Broadcast, counts: Progress, seconds: float | None) -> str:
    if broadcast.state == "sending" and seconds is not None:
        if seconds < 60:
            return voice.say("cast.soon")
        return voice.say("cast.to_go", minutes=voice.number(round(seconds / 60)))
    if broadcast.state != "sending" and (staged := counts.states["staged"]):
        return voice.say("cast.on_the_way", count=voice.number(staged))
    return ""


def _mended(voice: Voice, broadcast: Broadcast, counts: Progress) -> str:
    if not (counts.mends or counts.mends_to_do):
        return ""
    return voice.say(
        "cast.taken_back" if broadcast.state == "withdrawn" else "cast.corrected",
        done=voice.number(counts.mends["done"]),
        failed=voice.number(counts.mends["failed"]),
        left=voice.number(counts.mends["staged"] + counts.mends_to_do),
    )


def _board_rows(voice: Voice, broadcast: Broadcast) -> tuple[tuple[Button, ...], ...]:
    number, rows = broadcast.id, []
    if broadcast.state == "sending":
        rows.append((voice.button("cast.pause", f"cast:pause:{number}"),
                     voice.button("cast.stop", f"cast:stop:{number}")))  # fmt: skip
    elif broadcast.state == "paused":
        rows.append((voice.button("cast.resume", f"cast:resume:{number}"),
                     voice.button("cast.stop", f"cast:stop:{number}")))  # fmt: skip
    if broadcast.state in MENDABLE:
        rows.append((voice.button("cast.fix", f"cast:fix:{number}"),
                     voice.button("cast.withdraw", f"cast:back:{number}")))  # fmt: skip
    rows.append((voice.button("cast.refresh", f"cast:card:{number}"),
                 voice.button("cast.back", "cast:new_list:0")))  # fmt: skip
    return tuple(rows)


def sure_screen(voice: Voice, broadcast: Broadcast, what: str, yes: str, data: str) -> Screen:
    """Return the question before something that cannot be undone."""
    return Screen(
        voice.say(what, number=voice.number(broadcast.id)),
        (
            (voice.button(yes, f"{data}:{broadcast.id}"),),
            (voice.button("cast.keep", f"cast:card:{broadcast.id}"),),
        ),
    )


def correction_screen(voice: Voice, broadcast: Broadcast, people: int, *, second: bool) -> Screen:
    """Return the last look at a correction, for its author or for the second coordinator."""
    number = (broadcast.proposal or {}).get("number", 0)
    key, yes = ("cast.ask_correction", "cast.agree_fix") if second else (
        "cast.fix_confirm", "cast.fix_yes")  # fmt: skip
    return Screen(
        paragraphs(head(voice, broadcast), voice.say(key, people=voice.number(people))),
        (
            (voice.button(yes, f"cast:fixyes:{broadcast.id}:{number}"),),
            (voice.button("cast.keep", f"cast:card:{broadcast.id}"),),
        ),
    )


def grown_screen(voice: Voice, broadcast: Broadcast, *, own: bool) -> Screen:
    """Return the note that a planned announcement has come to need a second coordinator."""
    look = voice.button("cast.look", f"cast:card:{broadcast.id}")
    key = "cast.grown_own" if own else "cast.grown"
    return Screen(voice.say(key, number=voice.number(broadcast.id)), ((look,),))
